"""PDF to text against pdfplumber, pypdfium2 and pdfminer.six alone, on the same pages in the same run.

The peers give the characters of a page; this program gives paragraphs with the place of each line, without
running heads and page numbers, and cells of tables. So that speed is not all: the share of the paragraphs of the
notice that stand whole in one line of what comes out (white space aside).
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pdfplumber
import pypdfium2
from pdfminer.high_level import extract_text

from extractor.sources import read_source
from extractor.text import normalise
from tests.benchmarks.measuring import Figures, seconds
from tests.makers.reportlab_pdf import pdf_of
from tests.sources.compared import notices

NAMES = ("luhe", "xihu", "zhangzhou", "xinjian")
LONG = 40  # characters from which on a paragraph is wrapped


def ours(data: bytes) -> str:
    return normalise(read_source("a.pdf", data)).text


def by_pdfplumber(data: bytes) -> str:
    with pdfplumber.open(BytesIO(data)) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def by_pypdfium2(data: bytes) -> str:
    pdf = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def by_pdfminer(data: bytes) -> str:
    return extract_text(BytesIO(data))


READERS: dict[str, Callable[[bytes], str]] = {
    "extractor": ours, "pdfplumber": by_pdfplumber, "pypdfium2": by_pypdfium2, "pdfminer.six": by_pdfminer,
}  # fmt: skip


def pdf(rounds: int) -> Figures:
    """Pages a second and paragraphs kept whole, of each."""
    read = notices()
    files = {name: pdf_of(read[name].text) for name in NAMES}
    pages = sum(len(pypdfium2.PdfDocument(file)) for file in files.values())
    systems: dict[str, Figures] = {}
    for name, reader in READERS.items():
        taken = seconds(lambda read=reader: [read(file) for file in files.values()], rounds)  # type: ignore[misc]
        whole = [_whole(read[key].text.text, reader(file)) for key, file in files.items()]
        share = sum(kept for kept, _ in whole) / sum(count for _, count in whole)
        systems[name] = {"rate": round(pages / taken, 1), "whole": round(100 * share, 1)}
    for system in systems.values():
        system["times"] = round(systems["extractor"]["rate"] / system["rate"], 2)
    return {"pages": pages, "rounds": rounds, "systems": systems}


def _whole(text: str, found: str) -> tuple[int, int]:
    """How many of the long paragraphs of a text stand whole in a line, of how many."""
    lines = {"".join(line.split()) for line in found.splitlines()}
    paragraphs = [p for line in text.split("\n") if len(p := "".join(line.split())) >= LONG]
    return sum(paragraph in lines for paragraph in paragraphs), len(paragraphs)
