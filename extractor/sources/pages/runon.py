"""Parts of tables → tables with numbered cells: over pages, with rows that a page cut put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractor.model import CellRef
from extractor.sources.grid import BROKEN, LONGEST_BROKEN
from extractor.sources.pages import Part, PartCell, Row
from extractor.sources.pages.indents import first_word

SAME = 4.0  # points that a column may move from page to page
MOST_HEADS = 4  # rows of a heading that is printed again
FULL = 1.6  # type sizes; a line that lacks less to the cell's edge was broken there
EDGE = 0.6  # type sizes; a line is full that lacks no more than its next word and this
STOP = re.compile(r"[。！？]$")


@dataclass(slots=True)
class Table:
    """A table while its parts are put together."""

    number: int
    last: Part
    heads: list[dict[int, str]]
    cells: dict[tuple[int, int], tuple[PartCell, list[Row]]] = field(default_factory=dict)
    rows: int = 0

    def add(self, part: Part, *, skip: int, joined: bool) -> None:
        """Put a part below what is there: without its first `skip` rows, the next one joined to the last."""
        shift = self.rows - skip - (1 if joined else 0)
        for cell in part.cells:
            if cell.row >= skip:
                key = (cell.row + shift, cell.col)
                if key in self.cells:
                    self.cells[key][1].extend(cell.rows)
                else:
                    self.cells[key] = (cell, list(cell.rows))
                self.rows = max(self.rows, cell.row + shift + cell.row_span)
        self.last = part

    def lines(self) -> Iterator[tuple[CellRef, Row, bool]]:
        """Each printed line with its cell, and whether it begins a paragraph in it."""
        for (row, col), (cell, rows) in sorted(self.cells.items()):
            ref = CellRef(self.number, row, col, cell.row_span, cell.col_span)
            broken = sum(len(r.text) for r in rows) <= LONGEST_BROKEN and any(
                BROKEN.fullmatch(r.text) for r in rows
            )
            for index, line in enumerate(rows):
                lack = (cell.width - _width(rows[index - 1])) / max(line.size, rows[index - 1].size)
                ended = index > 0 and lack > FULL + first_word(line.text)
                yield ref, line, ended and not broken


def start(part: Part, number: int) -> Table:
    part = _without_repeats(part, _texts(part)[0], 1)
    table = Table(number, part, _texts(part)[:MOST_HEADS])
    table.add(part, skip=0, joined=False)
    return table


def goes_on(table: Table, part: Part) -> bool:
    """Whether the part, first on its page, goes on with the table that ended the page before.

    Its outer borders are the same, and all columns of the one are borders of the other: the page may have
    parted a heading over several columns from these.
    """
    if part.page != table.last.page + 1:
        return False
    before, after = _from_left(table.last.edges), _from_left(part.edges)
    if abs(before[-1] - after[-1]) > SAME:
        return False
    few, many = sorted((before, after), key=len)
    return len(few) > 2 and all(any(abs(x - y) <= SAME for y in many) for x in few)


def _from_left(edges: Sequence[float]) -> list[float]:
    return [x - edges[0] for x in edges]


def _over(cell: PartCell, few: Sequence[float], many: Sequence[float]) -> PartCell:
    """A cell of a part with few columns as one of the part with many."""
    first, last = few[cell.col], few[min(cell.col + cell.col_span, len(few) - 1)]
    col = min(range(len(many)), key=lambda i: abs(many[i] - first))
    end = min(range(len(many)), key=lambda i: abs(many[i] - last))
    return cell._replace(col=col, col_span=max(1, end - col))


def _aligned(table: Table, part: Part) -> Part:
    """The part over the columns of the table; where it has more of them the table takes these."""
    before, after = _from_left(table.last.edges), _from_left(part.edges)
    if len(after) < len(before):
        cells = tuple(_over(cell, after, before) for cell in part.cells)
        return replace(part, cells=cells, edges=table.last.edges)
    if len(after) > len(before):
        moved = [(_over(cell, before, after), row, rows) for (row, _), (cell, rows) in table.cells.items()]
        table.cells = {(row, cell.col): (cell, rows) for cell, row, rows in moved}
    return part


def extend(table: Table, part: Part) -> None:
    """Add a part: without the heading printed again, its first row joined where the page cut it."""
    part = _without_repeats(_aligned(table, part), table.heads[0], 1)
    texts = _texts(part)
    skip = 0
    for head, row in zip(table.heads, texts, strict=False):
        if not _same_head(head, row):
            break
        skip += 1
    if skip >= len(texts):
        table.last = part
        return
    table.add(part, skip=skip, joined=_is_cut(table, part, skip))


def take_rest(table: Table, part: Part) -> bool:
    """Add a part with words in one column to the table's last row if it is surely its rest; False if not.

    It is one row with words in one cell. Every row of the table has words in the first column, and here there
    are none, so that it is no row of its own, nor one of several beside a merged cell. The cell above goes on
    with the words: in the middle of a sentence or list or, where rows are numbered, with the next sentence.
    """
    if not goes_on(table, part) or len(part.edges) > len(table.last.edges):
        return False
    part = _aligned(table, part)
    cell = next(cell for cell in part.cells if cell.rows)
    if cell.col == 0 or any(cell.row for cell in part.cells) or not _is_named(table):
        return False
    above, rows = table.cells.get((table.rows - 1, cell.col), (cell, []))
    if not rows or above.col_span != cell.col_span:
        return False
    last, first = rows[-1].text.rstrip(), cell.rows[0]
    if last[-1:].isascii() and first.text[:1].isascii():
        return False  # figures of two rows would become one
    if not _goes_on(above, rows, first, FULL) and not (STOP.search(last) and _is_numbered(table)):
        return False
    table.add(part, skip=0, joined=True)
    return True


def _is_named(table: Table) -> bool:
    """Whether every row under the heading has words in the first column, in a cell of its own."""
    column = [table.cells.get((row, 0)) for row in range(table.rows)]
    heading = column[0][0].row_span if column[0] else 1
    return len(column) > heading and all(found and found[1] for found in column[heading:])


def _is_numbered(table: Table) -> bool:
    """Whether the first column has nothing but numbers under the heading; some may be missing."""
    return all(
        rows == [] or rows[0].text.strip().isdigit()
        for (row, col), (_, rows) in table.cells.items()
        if col == 0 and row >= len(table.heads[:1])
    )


def _without_repeats(part: Part, head: dict[int, str], first: int) -> Part:
    """The part without the heading where it is printed again from row `first` on."""
    texts = _texts(part)
    if sum(bool(words) for words in head.values()) < 2:
        return part
    again = [row for row, words in enumerate(texts) if row >= first and _same_head(head, words)]
    if not again:
        return part
    kept = [
        c._replace(row=c.row - sum(row < c.row for row in again)) for c in part.cells if c.row not in again
    ]
    return replace(part, cells=tuple(kept))


def _same_head(head: dict[int, str], row: dict[int, str]) -> bool:
    """Whether a row is the heading printed again; of three columns or more one may have been misread."""
    if not row or head.keys() != row.keys():
        return False
    differ = sum(head[col] != row[col] for col in head)
    return differ == 0 or (differ == 1 and sum(map(bool, head.values())) >= 3)


def _texts(part: Part) -> list[dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for cell in part.cells:
        words = "".join(row.text for row in cell.rows).replace(" ", "")
        rows.setdefault(cell.row, {})[cell.col] = words
    return [rows.get(row, {}) for row in range(max(rows) + 1)]


def _is_cut(table: Table, part: Part, first: int) -> bool:
    """Whether the first row of the part is the rest of the table's last row.

    What its cells hold goes on in the middle of a sentence or list; or the cell of the row's number is empty
    and at least one cell goes on so, or has nothing left to say.
    """
    above = {col: (cell, rows) for (row, col), (cell, rows) in table.cells.items() if row == table.rows - 1}
    below = {cell.col: cell for cell in part.cells if cell.row == first}
    filled = [col for col, cell in below.items() if cell.rows]
    empty = [col for col, cell in below.items() if not cell.rows and col in above and above[col][1]]
    edge = FULL if empty else EDGE
    open_ended = [col for col in filled if col in above and _goes_on(*above[col], below[col].rows[0], edge)]
    if filled and len(open_ended) == len(filled):
        return True
    if not empty:
        return False
    return _is_numbered(table) and 0 in empty and (bool(open_ended) or len(empty) > 1)


def _goes_on(cell: PartCell, rows: Sequence[Row], after: Row, edge: float) -> bool:
    """Whether the last line of a cell was broken at its edge, because the next word had no room."""
    if not rows or STOP.search(rows[-1].text):
        return False
    return (cell.width - _width(rows[-1])) / after.size < first_word(after.text) + edge


def _width(row: Row) -> float:
    return row.box.x1 - row.box.x0
