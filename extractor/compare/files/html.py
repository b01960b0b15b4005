"""A comparison as one .html file: jurisdictions as columns, a matter a row; then the facts side by side."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from extractor.compare.files.facts import Sheet, side_by_side
from extractor.compare.files.marks import LEGEND, notes, stretches, title
from extractor.compare.files.page import page, words
from extractor.compare.table import Cell, Row, Table


def write_html(table: Table, file: Path) -> None:
    """What differs from the first column is underlined in red."""
    file.write_text(page(f"{table.title} 条文对照表", _parts(table)), "utf-8")


def _parts(table: Table) -> Iterator[str]:
    yield '<div class="wide"><table><colgroup><col class="narrow">'
    yield "<col>" * len(table.columns) + "</colgroup>\n<thead><tr><th>事项</th>"
    for column in table.columns:
        titles = "".join(f"<br>{escape(name)}" for name in column.titles)
        yield f'<th>{escape(column.name)}<span class="titles">{titles}</span></th>'
    yield "</tr></thead><tbody>\n"
    for row in table.rows:
        cells = "".join(f"<td>{''.join(_cell(cell, row))}</td>" for cell in row.cells)
        yield f"<tr><th>{escape(row.matter)}</th>{cells}</tr>\n"
    yield f'</tbody></table></div>\n<p class="note">{LEGEND}</p>\n'
    for sheet in side_by_side(table):
        if sheet.rows:
            yield from _facts(sheet)


def _cell(cell: Cell, row: Row) -> Iterator[str]:
    if not cell.entries:
        yield f'<p class="state">{cell.state}</p>'
        if cell.reason:
            yield f'<p class="note">{escape(cell.reason)}</p>'
    for entry in cell.entries:
        yield f"<h3>{escape(title(entry))}</h3><p>"
        for stretch in stretches(entry, row):
            yield f"<mark>{words(stretch.text)}</mark>" if stretch.new else words(stretch.text)
        yield "</p>"
        for label, said in notes(entry):
            yield f'<p class="note">{label}：{escape(said)}</p>'


def _facts(sheet: Sheet) -> Iterator[str]:
    yield f'<h2>{sheet.name}对照</h2><div class="wide"><table><colgroup><col class="narrow">'
    yield "<col>" * (len(sheet.heads) - 1) + "</colgroup>\n<thead><tr>"
    yield "".join(f"<th>{escape(head)}</th>" for head, _ in sheet.heads) + "</tr></thead><tbody>\n"
    for first, *rest in sheet.rows:
        cells = "".join(f'<td class="words">{escape(str(value))}</td>' for value in rest)
        yield f'<tr class="short"><th>{escape(str(first))}</th>{cells}</tr>\n'
    yield "</tbody></table></div>\n"
