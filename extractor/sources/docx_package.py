"""The package of a DOCX (ECMA-376, part 2): its parts as safely parsed XML, found by relationship.

No entity is expanded, no document type read, nothing fetched; a part that declares a document type is refused
(the standard forbids it).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from zipfile import ZipFile

from lxml import etree

from extractor.model import ReadError
from extractor.sources import Limits
from extractor.sources.archives import REPACK, member, opened

Element = Any  # an lxml element: the library carries no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# «Strict» files name the same elements in other namespaces
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")


class Package(NamedTuple):
    """A DOCX that is open. `main` is the path of its main part."""

    name: str
    archive: ZipFile
    limits: Limits
    main: str
    parts: Mapping[str, str]  # styles, numbering, footnotes …: kind of relationship → path

    def part(self, kind: str) -> Element | None:
        """The root of the part that the main part relates to as `kind`, or None."""
        path = self.parts.get(kind)
        return None if path is None else xml(self.name, self.archive, path, self.limits)

    def document(self) -> Element:
        root = xml(self.name, self.archive, self.main, self.limits)
        if root is None:
            raise ReadError(self.name, "its main part {main} is missing.", REPACK, main=self.main)
        return root

    def properties(self) -> dict[str, str]:
        """Title, creator and dates as the program that made the file states them."""
        root = xml(self.name, self.archive, "docProps/core.xml", self.limits)
        if root is None:
            return {}
        stated = (
            (etree.QName(child).localname, (child.text or "").strip()) for child in root.iterchildren("*")
        )
        return {f"core.{key}": value for key, value in stated if value}


def open_package(name: str, data: bytes, limits: Limits) -> Package:
    """Raises ReadError where the file is damaged, hostile, encrypted or holds no document."""
    archive = opened(name, data, limits)
    roots = _relations(name, archive, "", limits)
    main = roots.get("officeDocument", "word/document.xml")
    return Package(name, archive, limits, main, _relations(name, archive, main, limits))


def xml(name: str, archive: ZipFile, path: str, limits: Limits) -> Element | None:
    """The root element of a part; None where the package has no such part."""
    try:
        info = archive.getinfo(path)
    except KeyError:
        return None
    if info.file_size > limits.max_markup:
        raise ReadError(
            name,
            "its part {path} has {count:,} bytes, over the limit.",
            "Split the file.",
            path=path,
            count=info.file_size,
        )
    data = member(name, archive, info)
    if DOCTYPE.search(data.replace(b"\x00", b"")):
        raise ReadError(
            name, "its part {path} declares a document type or entities.", "Do not trust the file.", path=path
        )
    for strict, plain in STRICT:
        data = data.replace(strict, plain)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(
            name, "its part {path} is no XML that can be read ({error}).", REPACK, path=path, error=error.msg
        ) from error


def _relations(name: str, archive: ZipFile, source: str, limits: Limits) -> dict[str, str]:
    """Kind of relationship → path of the part, for the parts inside the package."""
    folder, file = posixpath.split(source)
    root = xml(name, archive, posixpath.join(folder, "_rels", f"{file}.rels"), limits)
    found: dict[str, str] = {}
    for relation in () if root is None else root.iterchildren("{*}Relationship"):
        if relation.get("TargetMode") != "External":
            kind = (relation.get("Type") or "").rpartition("/")[2]
            target = relation.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found.setdefault(kind, posixpath.normpath(path))
    return found
