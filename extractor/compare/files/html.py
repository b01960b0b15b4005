"""A comparison as one .html file that needs nothing else and prints on landscape A4."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from extractor.compare.files.marks import LEGEND, notes, stretches, title
from extractor.compare.table import Cell, Row, Table

_STYLE = """
@page { size: A4 landscape; margin: 12mm }
body { font: 14px/1.6 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; margin: 1rem; color: #111 }
h1 { font: bold 20px "Noto Sans CJK SC", SimHei, sans-serif; text-align: center }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
th, td { border: 1px solid #555; padding: .4em .5em; vertical-align: top; overflow-wrap: anywhere }
th { background: #eef1f5; font-family: "Noto Sans CJK SC", SimHei, sans-serif }
thead { display: table-header-group }
col.matter { width: 6em }
h2 { font-size: 1em; margin: .2em 0; overflow-wrap: anywhere }
p { margin: .2em 0 }
.note { color: #444; font-size: .86em }
.state { color: #777; text-align: center }
mark { background: none; color: #b00020; text-decoration: underline }
.titles { font-weight: normal; font-size: .8em }
@media print { body { font-size: 9pt; margin: 0 } }
"""


def write_html(table: Table, file: Path) -> None:
    """Jurisdictions as columns, a matter a row, what differs from the first column underlined in red."""
    file.write_text("".join(_page(table)), "utf-8")


def _page(table: Table) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
    yield f"<title>{escape(table.title)} 条文对照表</title>"
    yield f"<style>{_STYLE}</style></head><body><h1>{escape(table.title)} 条文对照表</h1>\n"
    yield '<table><colgroup><col class="matter">' + "<col>" * len(table.columns) + "</colgroup>\n"
    yield "<thead><tr><th>事项</th>"
    for column in table.columns:
        titles = "".join(f"<br>{escape(name)}" for name in column.titles)
        yield f'<th>{escape(column.name)}<span class="titles">{titles}</span></th>'
    yield "</tr></thead><tbody>\n"
    for row in table.rows:
        cells = "".join(f"<td>{''.join(_cell(cell, row))}</td>" for cell in row.cells)
        yield f"<tr><th>{escape(row.matter)}</th>{cells}</tr>\n"
    yield f'</tbody></table>\n<p class="note">{LEGEND}</p>'
    yield "</body></html>\n"


def _cell(cell: Cell, row: Row) -> Iterator[str]:
    if not cell.entries:
        yield f'<p class="state">{cell.state}</p>'
    for entry in cell.entries:
        yield f"<h2>{escape(title(entry))}</h2><p>"
        for stretch in stretches(entry, row):
            words = escape(stretch.text).replace("\n", "<br>")
            yield f"<mark>{words}</mark>" if stretch.new else words
        yield "</p>"
        for label, words in notes(entry):
            yield f'<p class="note">{label}：{escape(words)}</p>'
