"""A comparison as .xlsx: the clauses side by side, and a sheet of figures with numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from extractor.compare.files.marks import notes, stretches, title
from extractor.compare.table import Cell, Row, Table

_CELL_LIMIT = 32_000  # characters; Excel holds 32,767 in a cell
_FONT = "宋体"
_FIGURES = ("事项", "地区", "种类", "名称", "数值", "单位", "表述", "原文", "条款")
_WIDTHS = (14, 22, 8, 30, 12, 8, 34, 50, 30)
_LINE = 15.5  # points
_WIDTH = 44  # of a column, in half-width characters


def write_xlsx(table: Table, file: Path) -> None:
    """Sheets 条文 and 数值, with frozen heads and filters."""
    with Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        look = _Look(book)
        _clauses(table, book.add_worksheet("条文"), look)
        _figures(table, book.add_worksheet("数值"), look)


class _Look:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": _FONT, "font_size": 10.5, "text_wrap": True, "valign": "top", "border": 1}
        self.cell: Format = book.add_format(base)
        self.head: Format = book.add_format(
            base | {"bold": True, "bg_color": "#EEF1F5", "align": "center", "valign": "vcenter"}
        )
        self.state: Format = book.add_format(base | {"font_color": "#777777", "align": "center"})
        self.plain: Format = book.add_format({"font_name": _FONT, "font_size": 10.5})
        self.new: Format = book.add_format(
            {"font_name": _FONT, "font_size": 10.5, "font_color": "#B00020", "underline": 1}
        )
        self.bold: Format = book.add_format({"font_name": _FONT, "font_size": 10.5, "bold": True})


def _page(sheet: Worksheet, title: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.5)
    sheet.set_header(f"&C{title.replace('&', '&&')}")
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _clauses(table: Table, sheet: Worksheet, look: _Look) -> None:
    _page(sheet, f"{table.title} 条文对照表")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, len(table.columns), _WIDTH)
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, ["事项", *(column.name for column in table.columns)], look.head)
    for number, row in enumerate(table.rows, 1):
        sheet.write_string(number, 0, row.matter, look.head)
        for place, cell in enumerate(row.cells, 1):
            _write_cell(sheet, (number, place), cell, row, look)
        sheet.set_row(number, min(409, _LINE * max(map(_lines, row.cells))))
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns))


def _write_cell(sheet: Worksheet, at: tuple[int, int], cell: Cell, row: Row, look: _Look) -> None:
    if not cell.entries:
        sheet.write_string(*at, cell.state, look.state)
        return
    parts = [(form, text) for form, text in _parts(cell, row, look) if text]
    text = "".join(words for _, words in parts)
    if len(text) > _CELL_LIMIT:
        sheet.write_string(*at, text[: _CELL_LIMIT - 1] + "…", look.cell)
    else:
        sheet.write_rich_string(*at, *(piece for part in parts for piece in part), look.cell)


def _parts(cell: Cell, row: Row, look: _Look) -> Iterator[tuple[Format, str]]:
    for number, entry in enumerate(cell.entries):
        yield look.bold, ("\n\n" if number else "") + title(entry) + "\n"
        for stretch in stretches(entry, row):
            yield (look.new if stretch.new else look.plain), stretch.text
        yield look.plain, "".join(f"\n{label}：{words}" for label, words in notes(entry))


def _lines(cell: Cell) -> int:
    """How many lines a cell takes, for the height of its row."""
    per_line = _WIDTH // 2 - 2
    words = (
        part for entry in cell.entries for part in (title(entry), entry.text, *map("".join, notes(entry)), "")
    )
    return sum(1 + len(line) // per_line for part in words for line in part.split("\n")) or 1


def _figures(table: Table, sheet: Worksheet, look: _Look) -> None:
    _page(sheet, f"{table.title} 数值")
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, _FIGURES, look.head)
    number = 0
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            for entry in cell.entries:
                for figure in entry.figures:
                    number += 1
                    words = (row.matter, column.name, figure.kind, figure.name)
                    sheet.write_row(number, 0, words, look.cell)
                    sheet.write_number(number, 4, figure.value, look.cell)
                    rest = (figure.unit, figure.words, figure.quote, entry.clause_id)
                    sheet.write_row(number, 5, rest, look.cell)
    sheet.autofilter(0, 0, max(number, 1), len(_FIGURES) - 1)
