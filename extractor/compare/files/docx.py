"""A comparison as .docx: 条文对照表 on landscape A4, jurisdictions as columns, a matter a row."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table as Grid
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from extractor.compare.files.marks import LEGEND, notes, stretches, title
from extractor.compare.table import Cell, Column, Row, Table

_BODY, _HEAD = "宋体", "黑体"
_NEW = RGBColor(0xB0, 0x00, 0x20)
_GREY = RGBColor(0x66, 0x66, 0x66)
_WIDTH, _HEIGHT, _MARGIN, _MATTER = Mm(297), Mm(210), Mm(14), Mm(20)


def write_docx(table: Table, file: Path) -> None:
    """The heading row is repeated on every page; what differs from the first column is red and underlined."""
    document = Document()
    _set_up(document)
    _say(document.add_paragraph(), f"{table.title} 条文对照表", font=_HEAD, size=16, bold=True, centred=True)
    grid = document.add_table(rows=1, cols=1 + len(table.columns))
    grid.style = "Table Grid"
    grid.autofit = False
    _head(grid.rows[0], table.columns)
    for row in table.rows:
        _row(grid.add_row(), row)
    _set_widths(grid, len(table.columns))
    _say(document.add_paragraph(), LEGEND, size=8, colour=_GREY)
    document.save(str(file))


def _set_up(document: Doc) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(9)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _BODY)
    style.paragraph_format.space_after = Pt(2)


def _head(row: _Row, columns: tuple[Column, ...]) -> None:
    mark = OxmlElement("w:tblHeader")  # repeated on every page
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
    _say(row.cells[0].paragraphs[0], "事项", font=_HEAD, size=9, bold=True, centred=True)
    for cell, column in zip(row.cells[1:], columns, strict=True):
        _say(cell.paragraphs[0], column.name, font=_HEAD, size=9, bold=True, centred=True)
        for name in column.titles:
            _say(cell.add_paragraph(), name, size=7, colour=_GREY, centred=True)
    for cell in row.cells:
        _shade(cell)


def _row(row: _Row, matter: Row) -> None:
    cells = row.cells
    _say(cells[0].paragraphs[0], matter.matter, font=_HEAD, size=9, bold=True, centred=True)
    for place, cell in zip(cells[1:], matter.cells, strict=True):
        _fill(place, cell, matter)


def _fill(place: _Cell, cell: Cell, matter: Row) -> None:
    paragraph = place.paragraphs[0]
    if not cell.entries:
        _say(paragraph, cell.state, size=9, colour=_GREY, centred=True)
    for number, entry in enumerate(cell.entries):
        paragraph = place.add_paragraph() if number else paragraph
        _say(paragraph, title(entry), font=_HEAD, size=8.5, bold=True)
        paragraph = place.add_paragraph()
        for stretch in stretches(entry, matter):
            _say(paragraph, stretch.text, new=stretch.new)
        for label, words in notes(entry):
            _say(place.add_paragraph(), f"{label}：{words}", size=7.5, colour=_GREY)


def _say(
    paragraph: Paragraph,
    words: str,
    *,
    font: str = _BODY,
    size: float = 9,
    bold: bool = False,
    centred: bool = False,
    new: bool = False,
    colour: RGBColor | None = None,
) -> None:
    """Add words to a paragraph."""
    run = paragraph.add_run(words)
    run.font.size, run.font.bold = Pt(size), bold or None
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if new:
        run.font.color.rgb, run.font.underline = _NEW, True
    elif colour is not None:
        run.font.color.rgb = colour
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "EEF1F5")
    cell._tc.get_or_add_tcPr().append(shade)


def _set_widths(grid: Grid, columns: int) -> None:
    rest = Length((_WIDTH - 2 * _MARGIN - _MATTER) // max(columns, 1))
    for number, column in enumerate(grid.columns):
        column.width = rest if number else _MATTER
        for cell in column.cells:
            cell.width = column.width
