"""Tables of sources that know their tables (DOCX, HTML) → lines with a `CellRef`.

A merged cell is one line with its span; what stands in a cell, tables in it included, is that line's words in
reading order. A table that only places things on the page is no table: its cells are paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import NamedTuple

from extractor.lexicon.layout import layout
from extractor.model import CellRef, Line

# A heading broken by hand in a narrow cell: 总托 / 位数, 序 / 号; 县委 is a name of its own
BROKEN = re.compile(r"[\u3400-\u9fff]{1,2}(?<![委府局办部院会厅])")
LONGEST_BROKEN = 12  # characters of a heading broken so
CLOSED = re.compile(r"[。；，、：！？,;:!?）)》]$")
LEAST_PAGE = 200  # characters of a page that is laid out with tables
DEEPEST = 40  # tables in tables; below it the innermost are left flat


class GridCell(NamedTuple):
    """One cell, at its first row and column, with what stands in it."""

    row: int
    col: int
    row_span: int
    col_span: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as the source has it: its cells in reading order."""

    cells: tuple[GridCell, ...]


Block = Line | Grid


def lines(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """The blocks in reading order as lines; tables are counted from 0."""
    return tuple(_lines(blocks, count(), 0))


def _lines(blocks: Sequence[Block], tables: Iterator[int], depth: int) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Line):
            yield block
        elif depth > DEEPEST:
            yield from _flat(block)
        elif _places_only(block):
            for cell in block.cells:
                yield from _lines(cell.blocks, tables, depth + 1)
        elif _is_imprint(block):
            yield from _rows(block)
        else:
            table = next(tables)
            for cell in block.cells:
                words = cell_words(list(_flat_blocks(cell.blocks)))
                if words:
                    ref = CellRef(table, cell.row, cell.col, cell.row_span, cell.col_span)
                    first = next(_flat_blocks(cell.blocks))
                    yield replace(first, text=words, outline=None, cell=ref)


def _filled(grid: Grid) -> list[GridCell]:
    return [cell for cell in grid.cells if any(line.text.strip() for line in _flat_blocks(cell.blocks))]


def _places_only(grid: Grid) -> bool:
    """Whether all words stand in one column: a frame round text, or a page laid out with tables.

    So does a table whose one cell holds nearly all, with tables of its own in it.
    """
    filled = _filled(grid)
    if len({cell.col for cell in filled}) <= 1:
        return True
    sizes = {id(cell): sum(len(line.text) for line in _flat_blocks(cell.blocks)) for cell in filled}
    largest = max(filled, key=lambda cell: sizes[id(cell)])
    nests = any(isinstance(block, Grid) for block in largest.blocks)
    return nests and sizes[id(largest)] > max(LEAST_PAGE, 0.8 * sum(sizes.values()))


def _is_imprint(grid: Grid) -> bool:
    """The ruled lines at the end of a notice (GB/T 9704-2012, 7.4), often made as a table."""
    if len(grid.cells) > 8:
        return False
    starts = ["".join(line.text for line in _flat_blocks(cell.blocks)).strip() for cell in _filled(grid)]
    return bool(starts) and layout().imprint.match(starts[0].replace(" ", "")) is not None


def _rows(grid: Grid) -> Iterator[Line]:
    """Each row as one line."""
    rows: dict[int, list[Line]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).extend(_flat_blocks(cell.blocks))
    for row in rows.values():
        words = " ".join(line.text.strip() for line in row if line.text.strip())
        if words:
            yield replace(row[0], text=words)


def _flat_blocks(blocks: Sequence[Block]) -> Iterator[Line]:
    """The lines in the blocks, with those of tables in reading order."""
    stack: list[Block] = list(reversed(blocks))
    while stack:
        block = stack.pop()
        if isinstance(block, Line):
            yield block
        else:
            stack.extend(part for cell in reversed(block.cells) for part in reversed(cell.blocks))


def _flat(grid: Grid) -> Iterator[Line]:
    return _flat_blocks((grid,))


def cell_words(paragraphs: Sequence[Line]) -> str:
    """The paragraphs of a cell as one line.

    A space stands where a paragraph ends without a stop (市教育局 / 市财政局), unless they are one heading
    that was broken by hand to fit (总托 / 位数).
    """
    pieces = [line.text.strip() for line in paragraphs if line.text.strip()]
    broken = sum(map(len, pieces)) <= LONGEST_BROKEN and any(BROKEN.fullmatch(piece) for piece in pieces)
    if broken:
        return "".join(pieces)
    out = ""
    for piece in pieces:
        out += piece if not out or CLOSED.search(out[-1:]) else f" {piece}"
    return out
