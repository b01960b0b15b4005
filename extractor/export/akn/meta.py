"""<meta>: what a document is, when it holds, what it speaks of, and its facts as the database has them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from extractor.export.akn import names
from extractor.export.akn.marks import unit_name
from extractor.export.akn.xml import add, clean
from extractor.export.notices import FACTS, Stored

PROGRAM = "policy-extractor"
SOURCE = f"#{PROGRAM}"
_ROLES = {"author": "发文机关", "editor": "标注"}
_CONCEPTS = {"target": "目标", "amount": "金额", "duration": "期限", "inForce": "施行"}
_SINGULAR: Mapping[str, str] = {name: name[:-1] for name in FACTS} | {"responsibilities": "responsibility"}
_OF_DOCUMENT = ("status", "validity_quote", "source_name", "source_sha256", "media_type", "page_count")
_OF_CLAUSE = ("id", "level", "page_from", "page_to", "inferred")


def links(notice: Stored) -> Mapping[str, str]:
    """Where each citation leads: to the cited document where the database has it, else to a reference."""
    return {
        fact["id"]: names.work(notice.cited[fact["cited_document_id"]])
        if fact["cited_document_id"] in notice.cited
        else f"#cited_{number}"
        for number, fact in enumerate(notice.facts["citations"], 1)
    }


def fill(meta: Element, notice: Stored, *, eids: Mapping[str, str], linked: Mapping[str, str]) -> None:
    """Fill the <meta> of the whole document. `eids`: clause → its element."""
    identification(meta, notice, component="main")
    _validity(meta, notice)
    _references(meta, notice, linked)
    _facts(meta, notice, eids)


def identification(meta: Element, notice: Stored, *, component: str) -> None:
    """Work, expression and manifestation of the document or of one of its attachments."""
    head = notice.head
    element = add(meta, "identification", source=SOURCE)
    authors = [f"#issuer_{number}" for number, _ in enumerate(notice.issuers, 1)] or ["#issuer_unknown"]
    work = _level(element, "FRBRWork", names.work(head), f"/!{component}", notice, authors)
    add(work, "FRBRcountry", value="cn")
    if head["doc_number"] and component == "main":
        add(work, "FRBRnumber", value=head["doc_number"])
    text = _level(element, "FRBRExpression", names.expression(head), f"/!{component}", notice, authors)
    add(text, "FRBRlanguage", language=names.LANGUAGE)
    file = _level(
        element, "FRBRManifestation", names.expression(head), f"/!{component}.xml", notice, [SOURCE]
    )
    add(file, "FRBRformat", value="xml")


def _level(
    parent: Element, tag: str, iri: str, component: str, notice: Stored, authors: list[str]
) -> Element:
    """What the three levels of identification have in common. The one date known is that of issue."""
    element = add(parent, tag)
    day = names.issued(notice.head)
    add(element, "FRBRthis", value=iri + component)
    add(element, "FRBRuri", value=iri + (".xml" if tag == "FRBRManifestation" else ""))
    if notice.head["title"] and component.startswith("/!main"):
        add(element, "FRBRalias", value=notice.head["title"], name="title")
    add(element, "FRBRdate", date=day or names.UNDATED, name="issued" if day else "unknown")
    for author in authors:
        add(element, "FRBRauthor", href=author, as_="#editor" if author == SOURCE else "#author")
    return element


def _validity(meta: Element, notice: Stored) -> None:
    """Days of issue, of coming into force and the last day in force, as far as they are stated."""
    stated = [
        (column, day, kind)
        for column, kind in (
            ("issued_on", "generation"),
            ("effective_from", None),
            ("effective_until", "repeal"),
        )
        if (day := names.valid_date(notice.head[column]))
    ]
    if stated:
        lifecycle = add(meta, "lifecycle", source=SOURCE)
        for column, day, kind in stated:
            add(lifecycle, "eventRef", eId=column, date=day, source=SOURCE, type=kind)
    days = {column for column, _, _ in stated}
    if days & {"effective_from", "effective_until"}:
        group = add(add(meta, "temporalData", source=SOURCE), "temporalGroup", eId="tmpg_1")
        start = "#effective_from" if "effective_from" in days else None
        end = "#effective_until" if "effective_until" in days else None
        add(group, "timeInterval", start=start, end=end, refersTo="#inForce")


def _references(meta: Element, notice: Stored, linked: Mapping[str, str]) -> None:
    """Who and what the text refers to."""
    element = add(meta, "references", source=SOURCE)

    def reference(tag: str, eid: str, what: object, shown: object, **attributes: object) -> None:
        kind = tag.removeprefix("TLC").lower()
        href = f"/akn/ontology/{kind}/cn/{quote(str(what), safe='')}"
        add(element, tag, eId=eid, href=href, showAs=shown, **attributes)

    reference("TLCOrganization", PROGRAM, PROGRAM, PROGRAM)
    for number, issuer in enumerate(notice.issuers, 1):
        reference("TLCOrganization", f"issuer_{number}", issuer, issuer)
    if not notice.issuers:
        reference("TLCOrganization", "issuer_unknown", "unknown", "（未载明）")
    for unit in notice.units.values():
        names_of = {"shortForm": unit["name"]} if unit["name"] != unit["canonical_name"] else {}
        reference("TLCOrganization", unit_name(unit["id"]), unit["id"], unit["canonical_name"], **names_of)
    for role, shown in _ROLES.items():
        reference("TLCRole", role, role, shown)
    for concept, shown in _CONCEPTS.items():
        reference("TLCConcept", concept, concept, shown)
    for fact in notice.facts["citations"]:
        if linked[fact["id"]].startswith("#"):
            shown = fact["title"] or fact["doc_number"] or fact["quote"]
            what = fact["doc_number"] or shown
            reference("TLCReference", linked[fact["id"]][1:], what, shown, name=fact["relation"])


def _facts(meta: Element, notice: Stored, eids: Mapping[str, str]) -> None:
    """Rows of the database, NULL left out; `href` is the element of the clause."""
    element = add(meta, "proprietary", source=SOURCE)
    _row(element, "document", {name: notice.head[name] for name in ("id", *_OF_DOCUMENT)})
    for clause in notice.clauses:
        _row(
            element,
            "clause",
            {"href": f"#{eids[clause['id']]}"} | {name: clause[name] for name in _OF_CLAUSE},
        )
    for table in FACTS:
        for fact in notice.facts[table]:
            _row(element, _SINGULAR[table], {"href": f"#{eids[fact['clause_id']]}"} | dict(fact))


def _row(parent: Element, kind: str, values: Mapping[str, object]) -> None:
    given = {name: clean(value) for name, value in values.items() if value is not None}
    SubElement(parent, f"policy:{kind}", given)
