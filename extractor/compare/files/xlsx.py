"""A comparison as .xlsx: the clauses side by side, and a sheet a kind of fact with numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from extractor.compare.files.facts import Sheet, listed, sheets
from extractor.compare.files.marks import notes, stretches, title
from extractor.compare.files.sheet import Look, Part, blocks, lines, set_height, set_up, write_parts
from extractor.compare.table import Cell, Row, Table

_WIDTH = 46  # of a column of clauses, in half-width characters
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(table: Table, file: Path) -> None:
    """Sheets 条文, 指标, 金额, 期限, 职责, 缺项 and 明细 (those with rows), with frozen heads and filters."""
    with Workbook(str(file), OPTIONS) as book:
        look = Look(book)
        _clauses(table, book.add_worksheet("条文"), look)
        for sheet in (*sheets(table), listed(table)):
            if sheet.rows:
                _facts(f"{table.title} {sheet.name}", sheet, book.add_worksheet(sheet.name), look)


def _clauses(table: Table, sheet: Worksheet, look: Look) -> None:
    """A matter a row; where a row would be too high to be shown, it goes on in the next."""
    heads = (("事项", 14), *((column.name, _WIDTH) for column in table.columns))
    set_up(sheet, f"{table.title} 条文对照表", heads, look, frozen=1)
    number = 0
    for row in table.rows:
        cells = [tuple(_blocks(cell, row, look)) for cell in row.cells]
        for own in zip_longest(*cells, fillvalue=()):
            number += 1
            sheet.write_string(number, 0, row.matter, look.head)
            for place, parts in enumerate(own, 1):
                if len(parts) == 1 and not row.cells[place - 1].entries:
                    sheet.write_string(number, place, parts[0][1], look.state)
                else:
                    write_parts(sheet, (number, place), parts, look)
            texts = ("".join(words for _, words in parts) for parts in own)
            set_height(sheet, number, max(lines(text, _WIDTH) for text in texts))
    sheet.autofilter(0, 0, max(number, 1), len(table.columns))


def _blocks(cell: Cell, row: Row, look: Look) -> Iterator[tuple[Part, ...]]:
    """What a cell says, a clause a block and more where it is long."""
    if not cell.entries:
        yield ((look.state, "\n".join(part for part in (cell.state, cell.reason) if part)),)
    for entry in cell.entries:
        parts = [(look.bold, title(entry) + "\n")]
        parts += [
            (look.new if stretch.new else look.plain, stretch.text) for stretch in stretches(entry, row)
        ]
        parts += [(look.plain, f"\n{label}：{words}") for label, words in notes(entry)]
        yield from blocks(parts, _WIDTH)


def _facts(name: str, own: Sheet, sheet: Worksheet, look: Look) -> None:
    set_up(sheet, name, own.heads, look, frozen=2)
    for number, row in enumerate(own.rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, place, value, look.cell)
            else:
                sheet.write_number(number, place, value, look.cell)
        heights = (lines(str(value), width) for value, (_, width) in zip(row, own.heads, strict=True))
        set_height(sheet, number, max(heights))
    sheet.autofilter(0, 0, max(len(own.rows), 1), len(own.heads) - 1)
