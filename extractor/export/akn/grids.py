"""Where the tables of a document stand in its text: a table is a run of lines that are its cells.

The database has the words of cells and not where they stand; since every cell is a line or more of the text,
in the order of the cells, the run is found by its words. A table that is not found so is left as lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from extractor.export.notices import Record, Stored

MOST_COLUMNS = 200  # up to which empty cells are written so that columns stand one under another


class Line(NamedTuple):
    """A line of the text with words, without the white space around them."""

    start: int
    end: int


class Cell(NamedTuple):
    """A cell and where its words stand. `head` where it stands in a heading row."""

    row: int
    col: int
    start: int
    end: int
    head: bool


class Grid(NamedTuple):
    """A table, from its first cell to its last, and the clause that it is part of: no row of it."""

    clause_id: str
    start: int
    end: int
    cells: tuple[Cell, ...]


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a text, those without words left out."""
    found, start = [], 0
    for words in text.split("\n"):
        bare = words.strip()
        if bare:
            first = start + words.index(bare)
            found.append(Line(first, first + len(bare)))
        start += len(words) + 1
    return tuple(found)


def grids(notice: Stored, found: Sequence[Line]) -> Iterator[Grid]:
    """The tables of the document that stand in its text, in order."""
    clauses = {clause["id"]: clause for clause in notice.clauses}
    starts = [line.start for line in found]
    after = 0
    for _, members in groupby(notice.cells, key=lambda cell: (cell["position"], cell["table_id"])):
        cells = tuple(members)
        begins = clauses[cells[0]["clause_id"]]
        owner = begins
        while owner["level"] == "row" and (above := clauses.get(owner["parent_id"])):
            if above["position"] >= owner["position"]:
                break
            owner = above
        first = max(after, bisect_right(starts, begins["start"]) - 1)
        run = _run(notice.text, found[first : bisect_left(starts, owner["subtree_end"])], cells)
        if run:
            after = bisect_left(starts, run[-1].end)
            yield Grid(owner["id"], run[0].start, run[-1].end, run)


def _run(text: str, found: Sequence[Line], cells: Sequence[Record]) -> tuple[Cell, ...]:
    """The cells with their places, where their lines follow one another in `found`; else nothing."""
    words = [[part.strip() for part in str(cell["text"]).split("\n") if part.strip()] for cell in cells]
    there = "\n".join(["", *(text[line.start : line.end] for line in found), ""])
    wanted = "\n".join(["", *(part for parts in words for part in parts), ""])
    before = there.find(wanted) if len(wanted) > 1 else -1
    if before < 0:
        return ()
    at = there.count("\n", 0, before)
    headed = any(cell["col_header"] is not None for cell in cells)
    placed = []
    for cell, parts in zip(cells, words, strict=True):
        if parts:
            own = found[at : at + len(parts)]
            at += len(parts)
            head = headed and cell["col_header"] is None
            placed.append(Cell(int(cell["row"]), int(cell["col"]), own[0].start, own[-1].end, head))
    return tuple(placed)
