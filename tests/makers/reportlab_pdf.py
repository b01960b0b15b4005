"""A notice as a PDF in the layout of GB/T 9704-2012, made with reportlab.

A4, text block 156 mm × 225 mm, type size 3 (16 points), 22 lines of 28 characters, paragraphs two characters in, a
red letterhead, `— 4 —` at the outer foot, ruled tables whose rows a page may cut and whose headings come back.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from extractor.model import CellRef, Text
from extractor.text.joining import reads_as_title
from tests.sources.making import Cells, parts

pytest.importorskip("reportlab", reason="reportlab makes the PDF of these tests; it is not installed")

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, LongTable, PageTemplate, Paragraph, Spacer, TableStyle

FONTS = {
    "wqy": ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    "gbsn": ("/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0),
}
SIZE, LEADING = 16.0, 29.0
RED = colors.Color(0.85, 0.1, 0.1)


@cache
def font(name: str) -> str:
    """A registered Chinese font: one of `FONTS`, embedded, or `STSong-Light`, which readers have."""
    if name == "STSong-Light":
        pdfmetrics.registerFont(UnicodeCIDFont(name))
        return name
    path, index = FONTS[name]
    if not Path(path).exists():
        pytest.skip(f"the font {path} is not installed (Debian: fonts-wqy-zenhei, fonts-arphic-gbsn00lp)")
    pdfmetrics.registerFont(TTFont(name, path, subfontIndex=index))
    return name


def styles(face: str) -> dict[str, ParagraphStyle]:
    body = ParagraphStyle(
        "body",
        fontName=face,
        fontSize=SIZE,
        leading=LEADING,
        firstLineIndent=2 * SIZE,
        wordWrap="CJK",
        alignment=TA_JUSTIFY,
    )
    return {
        "body": body,
        "flush": ParagraphStyle("flush", body, firstLineIndent=0),
        "title": ParagraphStyle(
            "title", body, fontSize=22, leading=34, firstLineIndent=0, alignment=TA_CENTER
        ),
        "cell": ParagraphStyle("cell", body, fontSize=12, leading=16, firstLineIndent=0),
        "head": ParagraphStyle(
            "head", body, fontSize=44, leading=56, firstLineIndent=0, alignment=TA_CENTER, textColor=RED
        ),
    }


def pdf_of(text: Text, *, face: str = "wqy", letterhead: str | None = None, head: str | None = None) -> bytes:
    """The PDF. `letterhead` stands in red over the first page, `head` small at the top of every page."""
    look = styles(font(face))
    story = []
    if letterhead:
        story += [Paragraph(letterhead, look["head"]), Spacer(1, 20)]
    for part in parts(text):
        if isinstance(part, str):
            story.append(Paragraph(part.replace("&", "&amp;").replace("<", "&lt;"), look[kind(part)]))
        else:
            story += [table_of(part, look["cell"]), Spacer(1, 8)]
    stream = BytesIO()
    document = BaseDocTemplate(stream, pagesize=A4, title="", invariant=1)
    frame = Frame(
        28 * mm, 35 * mm, 156 * mm, 225 * mm, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )

    def furniture(canvas, _) -> None:
        canvas.setFont(font(face), 14)
        number = canvas.getPageNumber()
        words = f"— {number} —"
        if number % 2:
            canvas.drawRightString(A4[0] - 40 * mm, 28 * mm, words)
        else:
            canvas.drawString(42 * mm, 28 * mm, words)
        if head:
            canvas.setFont(font(face), 9)
            canvas.drawCentredString(A4[0] / 2, A4[1] - 20 * mm, head)
        if letterhead and number == 1:
            canvas.setStrokeColor(RED)
            canvas.setLineWidth(2)
            canvas.line(28 * mm, A4[1] - 65 * mm, 184 * mm, A4[1] - 65 * mm)

    document.addPageTemplates(PageTemplate(frames=[frame], onPage=furniture))
    document.build(story)
    return stream.getvalue()


def kind(words: str) -> str:
    """The style of a paragraph: a title is centred, who is addressed stands at the margin."""
    if reads_as_title(words) and 12 < len(words) <= 80:
        return "title"
    return "flush" if words.endswith("：") and words.startswith("各") else "body"


def table_of(cells: Cells, style: ParagraphStyle) -> LongTable:
    """A ruled table; a row may be cut by a page, and the first row is printed again on the next."""
    rows = max(cell.row + cell.row_span for cell, _ in cells)
    cols = max(cell.col + cell.col_span for cell, _ in cells)
    grid: list[list[object]] = [[""] * cols for _ in range(rows)]
    merged = []
    for cell, words in cells:
        grid[cell.row][cell.col] = Paragraph(words, style)
        if cell.row_span > 1 or cell.col_span > 1:
            merged.append(
                ("SPAN", (cell.col, cell.row), (cell.col + cell.col_span - 1, cell.row + cell.row_span - 1))
            )
    widths = _widths(cells, cols)
    table = LongTable(grid, colWidths=widths, repeatRows=1 if rows > 3 else 0, splitByRow=1, splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                *merged,
            ]
        )
    )
    return table


def _widths(cells: Cells, cols: int) -> list[float]:
    """Column widths by what they hold, 156 mm together."""
    longest = [
        max([len(w) for c, w in cells if c.col == col and c.col_span == 1] or [4]) for col in range(cols)
    ]
    shares = [min(max(length, 6), 60) for length in longest]
    return [156 * mm * share / sum(shares) for share in shares]


def plain_table(rows: list[list[str]], *, face: str = "wqy") -> Cells:
    """Cells of a table without merged ones."""
    return [(CellRef(0, r, c), words) for r, row in enumerate(rows) for c, words in enumerate(row) if words]
