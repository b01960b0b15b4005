"""Tables of a notice as tables: where each cell stands in the text, so that its facts can be marked.

The store keeps the words of cells without their places. They follow one another in the text of their clause,
in reading order, so each is looked for after the one before it; a table of which one cell is not found so is
no grid, and its clause is shown as lines.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple

MOST_CELLS: Final = 5_000
_CELLS = """
select t.id, t.clause_id, t.caption, t.n_cols, c.row, c.col, c.text
from tables t join clauses cl on cl.id = t.clause_id join cells c on c.table_id = t.id
where cl.document_id = ? order by t.clause_id, t.position, c.row, c.col limit ?
"""


class Place(NamedTuple):
    """A cell and the half-open run of the document's text that it is. `span` counts the columns it covers."""

    start: int
    end: int
    span: int


class Grid(NamedTuple):
    """A table whose cells were all found. `rows` are never empty."""

    clause_id: str
    rows: tuple[tuple[Place, ...], ...]

    @property
    def start(self) -> int:
        return self.rows[0][0].start

    @property
    def end(self) -> int:
        return self.rows[-1][-1].end

    def moved(self, by: int) -> Grid:
        """The same table, told from another place."""
        rows = (tuple(Place(cell.start + by, cell.end + by, cell.span) for cell in row) for row in self.rows)
        return Grid(self.clause_id, tuple(rows))


class Stored(NamedTuple):
    """A cell as it is stored, with its table."""

    table_id: str
    clause_id: str
    caption: str | None
    n_cols: int
    row: int
    col: int
    text: str


def stored_of(db: sqlite3.Connection, document: str) -> tuple[tuple[Stored, ...], ...]:
    """The cells of each table of `document`. One query."""
    cells = (Stored(*row) for row in db.execute(_CELLS, (document, MOST_CELLS)))
    return tuple(tuple(group) for _, group in groupby(cells, key=lambda cell: cell.table_id))


def grid(cells: Sequence[Stored], text: str, *, start: int, end: int) -> Grid | None:
    """The table with these cells where they stand in `text[start:end]`, else None."""
    rows: list[tuple[Place, ...]] = []
    at = start
    for _, group in groupby(cells, key=lambda cell: cell.row):
        row: list[Place] = []
        filled = [cell for cell in group if cell.text]
        for cell, following in zip(filled, (*filled[1:], None), strict=True):
            found = text.find(cell.text, at, end)
            if found < 0:
                return None
            until = following.col if following else cell.n_cols
            row.append(Place(found, found + len(cell.text), max(1, until - cell.col)))
            at = found + len(cell.text)
        if row:
            rows.append(tuple(row))
    whole = bool(rows) and not _words_between(rows, text)
    return Grid(cells[0].clause_id, tuple(rows)) if whole else None


def _words_between(rows: Iterable[tuple[Place, ...]], text: str) -> bool:
    """Whether there are words between one cell and the next: then the grid would lose them."""
    places = [place for row in rows for place in row]
    return any(text[before.end : after.start].strip() for before, after in pairwise(places))
