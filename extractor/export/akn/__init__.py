"""A document as Akoma Ntoso 3.0 (OASIS LegalDocML): <doc> with its text, its references and its facts."""

from __future__ import annotations

from extractor.export.akn import meta
from extractor.export.akn.marks import marked
from extractor.export.akn.structure import Structure
from extractor.export.akn.xml import add, root, written
from extractor.export.notices import Stored


def document(notice: Stored) -> str:
    """The XML of a document. Its text, without <meta>, is that of the document, white space apart."""
    linked = meta.links(notice)
    structure = Structure(notice, marked(notice, linked))
    tree = root()
    doc = add(tree, "doc", name=notice.head["kind"] or "公文", contains="originalVersion")
    head = add(doc, "meta")
    structure.build(doc)
    meta.fill(head, notice, eids=structure.eids, linked=linked)
    for attachment in structure.attachments:
        own = attachment.doc.makeelement("meta", {})
        attachment.doc.insert(0, own)
        meta.identification(own, notice, component=attachment.eid)
    return written(tree)
