"""The numbers in the first column of a recognised table, where single digits are often missed or misread."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from extractor.lexicon.layout import layout
from extractor.model import Finding
from extractor.sources.pages import Block, Part, PartCell, Row

NUMBER = re.compile(r"[0-9]{1,3}")
HEAD = 8  # characters of the heading of a column
SURE = 0.5  # of the rows whose numbers count on as they should


def renumbered(block: Block, findings: list[Finding]) -> Block:
    """The table with its rows counted through, each change a finding; other blocks as they are.

    Only where its first column is headed as one of numbers, or holds nothing else, and most of its numbers
    follow the rows.
    """
    if not isinstance(block, Part):
        return block
    column = {cell.row: _words(cell) for cell in block.cells if cell.col == 0 and cell.row_span == 1}
    named = Counter(cell.row for cell in block.cells if _is_head(_words(cell)))
    heads = {row for row, count in named.items() if count > 1}  # one alone may be a short task
    order = {row: place for place, row in enumerate(sorted(column.keys() - heads))}
    if not heads and not all(len(text) <= 3 for text in column.values()):
        return block
    offsets = Counter(
        int(column[row]) - place for row, place in order.items() if NUMBER.fullmatch(column[row])
    )
    offset, count = offsets.most_common(1)[0] if offsets else (0, 0)
    if len(order) < 3 or count < max(2, SURE * len(order)):
        return block
    cells = list(block.cells)
    for index, cell in enumerate(cells):
        if cell.col or cell.row not in order:
            continue
        was, place = column[cell.row], order[cell.row]
        meant = str(place + offset)
        if was == meant or (place == 0 and not was):
            continue  # a row that goes on from the page before has no number here
        text = f"第{block.page}页：行号识别为“{was}”，应为“{meant}”。"
        findings.append(Finding("warning", "repaired-misread", text))
        cells[index] = _numbered(cell, meant, block, cells)
    return replace(block, cells=tuple(cells))


def _words(cell: PartCell) -> str:
    return "".join(row.text for row in cell.rows).strip()


def _is_head(words: str) -> bool:
    wording = layout()
    return len(words) <= HEAD and any(
        column.search(words) for column in (wording.row_column, wording.task_column, wording.unit_column)
    )


def _numbered(cell: PartCell, number: str, part: Part, cells: list[PartCell]) -> PartCell:
    """The cell with this number, where its own words stand or beside the first line of its row."""
    if cell.rows:
        return cell._replace(rows=(replace(cell.rows[0], text=number),))
    beside = next((c.rows[0] for c in cells if c.row == cell.row and c.rows), None)
    if beside is None:
        return cell
    box = beside.box._replace(x0=part.edges[0], x1=part.edges[1])
    row: Row = replace(beside, text=number, box=box)
    return cell._replace(rows=(row,))
