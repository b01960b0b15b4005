"""Tables with the headers of their rows and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.lexicon.layout import layout
from extractor.model import Cell, Clause, Paragraph, Span, Table, Text

LONGEST_TITLE = 20  # characters of the title of a column
FIGURE = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+(?:\.[0-9]+)?")


def tables(text: Text, clauses: Sequence[Clause]) -> Iterator[Table]:
    """Every table of the text in reading order; header rows are those above the first figure or task."""
    starts = [clause.span.start for clause in clauses]
    by_table: dict[int, list[tuple[int, Paragraph]]] = {}
    for index, paragraph in enumerate(text.paragraphs):
        if paragraph.cell is not None:
            by_table.setdefault(paragraph.cell.table, []).append((index, paragraph))
    for members in by_table.values():
        first = members[0][0]
        owner = bisect_right(starts, members[0][1].span.start) - 1
        yield _table(
            text, [paragraph for _, paragraph in members], owner, _caption(text, first, clauses[owner])
        )


def _caption(text: Text, first: int, owner: Clause) -> str | None:
    """The short lines just above a table, back to the beginning of its clause's own words."""
    lines: list[str] = []
    for paragraph in reversed(text.paragraphs[max(0, first - 2) : first]):
        words = text.text[max(paragraph.span.start, owner.body) : paragraph.span.end]
        if not words or len(words) > 60 or words[-1] in "。；" or paragraph.cell is not None:
            break
        lines.append(words)
    return " ".join(reversed(lines)) or None


def _table(text: Text, members: Sequence[Paragraph], owner: int, caption: str | None) -> Table:
    members = _whole_cells(members)
    words = {(p.cell.row, p.cell.col): text.text[p.span.start : p.span.end] for p in members if p.cell}
    rows = 1 + max(p.cell.row + p.cell.row_span - 1 for p in members if p.cell)
    cols = 1 + max(p.cell.col + p.cell.col_span - 1 for p in members if p.cell)
    heads = _header_rows(words, rows)
    column = _column_heads(members, words, heads, cols)
    cells = []
    for p in members:
        if p.cell is None:
            continue
        row, col = p.cell.row, p.cell.col
        own = words[row, col]
        under = row >= heads
        cells.append(
            Cell(
                row, col, own, p.span,
                row_header=words.get((row, 0)) if under and col else None,
                col_header=" ".join(column.get(col, ())) or None if under else None,
                value=_value(own),
            )
        )  # fmt: skip
    return Table(owner, rows, cols, tuple(cells), caption)


def _whole_cells(members: Sequence[Paragraph]) -> list[Paragraph]:
    """One paragraph a cell: those of a cell with several follow one another."""
    cells: dict[object, Paragraph] = {}
    for p in members:
        first = cells.get(p.cell, p)
        cells[p.cell] = first._replace(span=Span(first.span.start, p.span.end))
    return list(cells.values())


def _column_heads(
    members: Sequence[Paragraph], words: dict[tuple[int, int], str], heads: int, cols: int
) -> dict[int, list[str]]:
    """The heads above each column, from the top; a head also stands over an empty cell to its right."""
    column: dict[int, list[str]] = {}
    for row in range(heads):
        spans = {p.cell.col: p.cell.col_span for p in members if p.cell and p.cell.row == row}
        last: str | None = None
        until = 0
        for col in range(cols):
            if col in spans:
                last, until = words[row, col], col + spans[col]
            if last is not None and (col < until or (row < heads - 1 and col)):
                column.setdefault(col, []).append(last)
    return column


def _header_rows(words: dict[tuple[int, int], str], rows: int) -> int:
    """How many rows head the table: those before the first that holds a figure or a row number.

    A form (label, value, label, value) has none.
    """
    for row in range(rows):
        line = [value for (r, _), value in words.items() if r == row]
        titles = [value for value in line if len(value) <= LONGEST_TITLE]
        if any(layout().row_column.search(title) or layout().unit_column.search(title) for title in titles):
            return row + 1
        if any(layout().whose_column.fullmatch(title) for title in titles):
            return row + 1
        if any(len(value) > 2 * LONGEST_TITLE for value in line):
            return row
        if any(_value(value) is not None for value in line):
            return row
    return (
        1 if rows > 1 and all(len(value) <= LONGEST_TITLE for (r, _), value in words.items() if r == 0) else 0
    )


def _value(words: str) -> Decimal | None:
    plain = words.strip().rstrip("%")
    return Decimal(plain.replace(",", "")) if FIGURE.fullmatch(plain) and len(plain) <= 20 else None
