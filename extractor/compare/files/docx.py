"""A comparison as .docx: 条文对照表 on landscape A4, a column a jurisdiction; then the facts."""

from __future__ import annotations

from pathlib import Path

from docx.document import Document as Doc
from docx.table import _Cell

from extractor.compare.files.facts import Sheet, side_by_side
from extractor.compare.files.marks import LEGEND, notes, stretches, title
from extractor.compare.files.word import BODY, GREY, HEAD, NEW, body, grid, landscape, say
from extractor.compare.files.word import title as heading
from extractor.compare.table import Cell, Row, Table


def write_docx(table: Table, file: Path) -> None:
    """The heading row is repeated on every page; what differs from the first column is red and underlined."""
    document = landscape()
    heading(document, f"{table.title} 条文对照表")
    widths = (2, *(9 for _ in table.columns))
    clauses = grid(
        document, ("事项", *(column.name for column in table.columns)), widths, rows=len(table.rows)
    )
    for place, column in zip(clauses.rows[0].cells[1:], table.columns, strict=True):
        for name in column.titles:
            say(place.add_paragraph(), name, size=7, colour=GREY, centred=True)
    for row, cells in zip(table.rows, body(clauses), strict=True):
        say(cells[0].paragraphs[0], row.matter, font=HEAD, bold=True, centred=True)
        for place, cell in zip(cells[1:], row.cells, strict=True):
            _fill(place, cell, row)
    say(document.add_paragraph(), LEGEND, size=8, colour=GREY)
    for sheet in side_by_side(table):
        if sheet.rows:
            _facts(document, f"{table.title} {sheet.name}对照", sheet)
    document.save(str(file))


def _fill(place: _Cell, cell: Cell, matter: Row) -> None:
    paragraph = place.paragraphs[0]
    if not cell.entries:
        say(paragraph, cell.state, colour=GREY, centred=True)
        if cell.reason:
            say(place.add_paragraph(), cell.reason, size=7.5, colour=GREY)
    for number, entry in enumerate(cell.entries):
        paragraph = place.add_paragraph() if number else paragraph
        say(paragraph, title(entry), font=HEAD, size=8.5, bold=True)
        paragraph = place.add_paragraph()
        for stretch in stretches(entry, matter):
            run = say(paragraph, stretch.text, colour=NEW if stretch.new else None)
            run.font.underline = stretch.new or None
        for label, words in notes(entry):
            say(place.add_paragraph(), f"{label}：{words}", size=7.5, colour=GREY)


def _facts(document: Doc, name: str, sheet: Sheet) -> None:
    heading(document, name, size=13)
    heads, widths = zip(*sheet.heads, strict=True)
    for row, cells in zip(sheet.rows, body(grid(document, heads, widths, rows=len(sheet.rows))), strict=True):
        for number, (place, words) in enumerate(zip(cells, row, strict=True)):
            say(place.paragraphs[0], str(words), size=8.5, font=BODY if number else HEAD)
