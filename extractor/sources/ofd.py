"""OFD (GB/T 33190-2016), the national fixed-layout format → `Source`.

A zip package of XML: OFD.xml names the documents, each names its pages and their templates; a page places its
characters in millimetres. Nothing is unpacked, and no path that leaves the package is followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from posixpath import normpath
from typing import NamedTuple
from zipfile import ZipFile

from lxml import etree

from extractor.model import Finding, ReadError, Source
from extractor.sources import Limits
from extractor.sources.archives import member, opened
from extractor.sources.ofd_page import POINTS, Canvas, Picture, local, numbers
from extractor.sources.pages import Layout
from extractor.sources.pages.assemble import laid_out, lines

MEDIA_TYPE = "application/ofd"
REMEDY = "Open it in the program that made it and save it again."
A4 = (210.0, 297.0)
FEW = 12  # characters on a page that is a picture
PICTURED = 0.3


class Package:
    """The parts of an OFD file, each parsed once."""

    def __init__(self, name: str, archive: ZipFile, limits: Limits) -> None:
        self._name, self._archive, self._limits = name, archive, limits
        self._infos = {info.filename.replace("\\", "/").lower(): info for info in archive.infolist()}

    def resolve(self, base: str, location: str) -> str:
        """A location in the part `base` as a path from the root. Raises ReadError where it leaves it."""
        location = location.strip().replace("\\", "/")
        folder = base.rpartition("/")[0]
        joined = location if location.startswith("/") or not folder else f"{folder}/{location}"
        path = normpath(joined.lstrip("/"))
        if path.startswith("..") or ":" in path:
            raise ReadError(
                self._name,
                "its part {location} lies outside the file.",
                "Do not trust the file.",
                location=repr(location),
            )
        return path

    def bytes(self, path: str) -> bytes | None:
        info = self._infos.get(path.lower())
        return member(self._name, self._archive, info) if info is not None else None

    def part(self, path: str) -> etree._Element | None:
        """The root of an XML part; None where there is none. Raises ReadError where it is damaged."""
        data = self.bytes(path)
        if data is None:
            return None
        if len(data) > self._limits.max_markup:
            raise ReadError(
                self._name,
                "its part {path} has {count:,} bytes, over the limit of {most:,}.",
                "Split it, or raise the limit.",
                path=path,
                count=len(data),
                most=self._limits.max_markup,
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise ReadError(
                self._name, "its part {path} is damaged ({error}).", REMEDY, path=path, error=error.msg
            ) from error


class PageRef(NamedTuple):
    """A page of a document: its part, its size in millimetres where the document states it, its templates."""

    path: str
    area: tuple[float, float]
    templates: dict[str, str]
    images: dict[str, str]


def read(name: str, data: bytes, sha256: str, limits: Limits) -> Source:
    """The lines of an OFD file. Raises ReadError where it is damaged, hostile, too long or has no text."""
    with opened(name, data, limits) as archive:
        package = Package(name, archive, limits)
        pages = list(_pages(name, package))
        if len(pages) > limits.max_pages:
            raise ReadError(
                name,
                "the file has {count:,} pages, over the limit of {most:,}.",
                "Split it, or raise the limit.",
                count=len(pages),
                most=limits.max_pages,
            )
        layouts: list[Layout] = []
        findings: list[Finding] = []
        for number, page in enumerate(pages, 1):
            layout, doubts = _layout(package, page, number, limits, name)
            layouts.append(layout)
            findings += doubts
    found = lines(layouts)
    if not found:
        raise ReadError(name, "no page has text on it.", "Check that it is the right file.")
    return Source(name, sha256, MEDIA_TYPE, found, page_count=len(pages), findings=tuple(findings))


def _pages(name: str, package: Package) -> Iterator[PageRef]:
    """The pages of all documents of the package, in order."""
    root = package.part("OFD.xml")
    roots = [node.text for node in _all(root, "DocRoot") if node.text] if root is not None else []
    if not roots:
        raise ReadError(name, "its OFD.xml names no document.", REMEDY)
    for location in roots:
        path = package.resolve("OFD.xml", location)
        document = package.part(path)
        if document is None:
            raise ReadError(name, "its document {path} is missing.", REMEDY, path=path)
        area = _area(document) or A4
        templates = {
            node.get("ID", ""): package.resolve(path, node.get("BaseLoc", ""))
            for node in _all(document, "TemplatePage")
        }
        images = dict(_images(package, path, document))
        for page in _all(document, "Page"):
            if page.get("BaseLoc"):
                yield PageRef(package.resolve(path, page.get("BaseLoc", "")), area, templates, images)


def _images(package: Package, path: str, document: etree._Element) -> Iterator[tuple[str, str]]:
    """The pictures among the resources, by id."""
    for tag in ("PublicRes", "DocumentRes"):
        for node in _all(document, tag):
            where = package.resolve(path, node.text or "")
            resources = package.part(where)
            if resources is None:
                continue
            base = resources.get("BaseLoc", "")
            for media in _all(resources, "MultiMedia"):
                file = next(
                    (child.text for child in media if local(child) == "MediaFile" and child.text), None
                )
                if media.get("Type") == "Image" and file:
                    yield media.get("ID", ""), package.resolve(where, f"{base}/{file}" if base else file)


def _layout(
    package: Package, page: PageRef, number: int, limits: Limits, name: str
) -> tuple[Layout, list[Finding]]:
    """The blocks of a page with those of its templates; a page that is a picture is recognised."""
    root = package.part(page.path)
    if root is None:
        text = f"文件中缺少第{number}页。"
        return Layout(number, 0, 0, ()), [Finding("error", "page-damaged", text)]
    canvas = _drawn(package, page, root)
    glyphs = sum(map(len, canvas.glyphs.values()))
    picture = max(canvas.pictures, key=lambda p: p.share, default=None)
    if picture is not None and glyphs <= FEW and picture.share > PICTURED:
        return _recognised(package, page, picture, number, limits, name)
    return laid_out(canvas.sheets(number)), []


def _drawn(package: Package, page: PageRef, root: etree._Element) -> Canvas:
    """The page with its templates, which lie under it."""
    width, height = _area(root) or page.area
    canvas = Canvas(width, height)
    for use in _all(root, "Template"):
        path = page.templates.get(use.get("TemplateID", ""))
        template = package.part(path) if path else None
        if template is not None:
            canvas.draw(template)
    canvas.draw(root)
    return canvas


def canvas_of(name: str, data: bytes, number: int, limits: Limits) -> Canvas | None:
    """What page `number` (from 1) draws; None where there is no such page."""
    with opened(name, data, limits) as archive:
        package = Package(name, archive, limits)
        for page in islice(_pages(name, package), number - 1, number):
            root = package.part(page.path)
            return None if root is None else _drawn(package, page, root)
    return None


def _recognised(
    package: Package, page: PageRef, picture: Picture, number: int, limits: Limits, name: str
) -> tuple[Layout, list[Finding]]:
    path = page.images.get(picture.resource)
    data = package.bytes(path) if path else None
    if data is None:
        text = f"第{number}页是图片，而文件中没有这幅图片。"
        return Layout(number, 0, 0, ()), [Finding("error", "page-without-text", text)]
    from extractor.sources import scan

    recognise = scan.recogniser(name, limits)
    image = next(scan.frames(name, data, limits)).pixels
    return recognise(image, number, picture.box[2] * POINTS / image.shape[1])


def _area(root: etree._Element) -> tuple[float, float] | None:
    """Width and height in millimetres of the page, by its physical box."""
    for tag in ("PhysicalBox", "ApplicationBox", "ContentBox"):
        for node in _all(root, tag):
            box = numbers(node.text or "")
            if len(box) == 4 and box[2] > 0 and box[3] > 0:
                return box[2], box[3]
    return None


def _all(root: etree._Element, tag: str) -> Iterator[etree._Element]:
    return (node for node in root.iter() if local(node) == tag)
