"""PDF → `Source`: pages with text by their glyphs and rules, pages without by optical recognition.

Pages are read one at a time and let go, so that memory does not grow with their pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium

from extractor.model import Finding, ReadError, Source
from extractor.sources import Limits
from extractor.sources.pages import Layout
from extractor.sources.pages.assemble import laid_out, lines
from extractor.sources.pages.plausible import is_garbage
from extractor.sources.pdf_page import Reading, read_page

MEDIA_TYPE = "application/pdf"
PICTURED = 0.3  # of the page; a picture this large may hold its text
FEW = 12  # characters on a page that is a picture: a stamp, a number, a scanner's mark
DPI = 200
REMEDY = "Open it in the program that made it and save it again."


class Read(NamedTuple):
    """One page: its layout, or None where it must be recognised, and what is to be said of it."""

    layout: Layout | None
    finding: Finding | None = None


def read(name: str, data: bytes, sha256: str, limits: Limits) -> Source:
    """The lines of a PDF. Raises ReadError where it is encrypted, damaged, too long or has no text."""
    document = _opened(name, data)
    try:
        count = len(document)
        if count > limits.max_pages:
            raise ReadError(
                name, "the file has {count:,} pages, over the limit of {most:,}.",
                "Split it, or raise the limit.", count=count, most=limits.max_pages,
            )  # fmt: skip
        reads = list(_pages(name, document, count))
        layouts, findings = _recognised(name, document, reads, limits)
    finally:
        document.close()
    found = lines(layouts)
    if not found:
        raise ReadError(name, "no page has text on it.", "Check that it is the right file.")
    return Source(name, sha256, MEDIA_TYPE, found, page_count=count, findings=tuple(findings))


def _opened(name: str, data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise ReadError(
                name, "the file is encrypted.", "Save it without a password, then ingest it again."
            ) from error
        raise ReadError(name, "the file is damaged or cut short.", REMEDY) from error


def _pages(name: str, document: pdfium.PdfDocument, count: int) -> Iterator[Read]:
    for index in range(count):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            text = f"第{index + 1}页已损坏，未读取。"
            yield Read(Layout(index + 1, 0, 0, ()), Finding("error", "page-damaged", text))
            continue
        try:
            yield _page(read_page(page, index + 1), index + 1)
        except pdfium.PdfiumError as error:
            raise ReadError(
                name, "page {index} cannot be read ({error}).", REMEDY, index=index + 1, error=error
            ) from error
        finally:
            page.close()


def _page(reading: Reading, number: int) -> Read:
    """The text of a page where it can be trusted: what is seen, or a scanner's layer under a picture."""
    picture = reading.pictured > PICTURED
    glyphs = sum(len(sheet.glyphs) for sheet in reading.sheets)
    if is_garbage(glyph.text for sheet in reading.sheets for glyph in sheet.glyphs):
        return Read(None, Finding("warning", "garbled-text", f"第{number}页的文字层是乱码。"))
    if glyphs > FEW or (glyphs and not picture):
        return Read(laid_out(reading.sheets))
    under = sum(len(sheet.glyphs) for sheet in reading.hidden)
    if picture and under > FEW:
        if not is_garbage(glyph.text for sheet in reading.hidden for glyph in sheet.glyphs):
            text = f"第{number}页是图片，文字取自扫描仪自带的识别结果。"
            return Read(laid_out(reading.hidden), Finding("warning", "scanner-text", text))
        return Read(None)
    if picture or reading.pictured > 0.01:
        return Read(None)
    return Read(Layout(number, 0, 0, ()))


def _recognised(
    name: str, document: pdfium.PdfDocument, reads: list[Read], limits: Limits
) -> tuple[list[Layout], list[Finding]]:
    """The layouts of all pages, those without text recognised optically; and what is to be said of them."""
    findings = [read.finding for read in reads if read.finding is not None]
    pictures = [number for number, read in enumerate(reads, 1) if read.layout is None]
    layouts = [read.layout for read in reads if read.layout is not None]
    if not pictures:
        return layouts, findings
    from extractor.sources import scan

    try:
        recognise = scan.recogniser(name, limits)
    except ReadError:
        if not any(found.blocks for found in layouts):
            raise
        text = "第{}页没有文字，只有图片，未读取；安装 policy-extractor[ocr] 后可以识别。"
        findings += [Finding("error", "page-without-text", text.format(number)) for number in pictures]
        return layouts, findings
    made = {found.number: found for found in layouts}
    for number in pictures:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(DPI / 72, (limits.max_pixels / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, rev_byteorder=True)  # red first
        made[number], doubts = recognise(bitmap.to_numpy(), number, 1 / scale)
        findings += doubts
        bitmap.close()
        page.close()
    return [made[number] for number in sorted(made)], findings
