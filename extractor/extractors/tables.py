"""Tables with their headers, and which body clause each row of a task table restates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.lexicon.layout import layout
from extractor.model import Cell, Clause, Finding, Link, Paragraph, Span, Table, Text

FIGURE = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+(?:\.[0-9]+)?")
GRAM = 6  # characters; shorter runs are shared by unrelated clauses of one notice
COMMON = 20  # clauses; a run that more of them share tells nothing
SHARE = 0.3  # of a row's words that a clause must hold to be the one restated
BODY = ("chapter", "section", "part", "subpart", "article", "item")
SENTENCE = re.compile("[^。；！？\n]+[。；！？]?")


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
        if any(layout().row_column.search(value) or layout().unit_column.search(value) for value in line):
            return row + 1
        if any(_value(value) is not None for value in line):
            return row
    return 1 if rows > 1 and all(len(value) <= 20 for (r, _), value in words.items() if r == 0) else 0


def _value(words: str) -> Decimal | None:
    plain = words.strip().rstrip("%")
    return Decimal(plain.replace(",", "")) if FIGURE.fullmatch(plain) and len(plain) <= 20 else None


# --- task rows and the clauses they restate --------------------------------------------------------


def links(text: Text, clauses: Sequence[Clause], found: Sequence[Table]) -> Iterator[Link | Finding]:
    """For each row of a task table the body clause that holds most of its words, and others that hold much.

    Sentence by sentence: a row often puts sentences of two clauses together. Where even the best clause
    lacks some of the row's words a finding says so.
    """
    rows = [index for index, clause in enumerate(clauses) if clause.level == "row"]
    if not rows:
        return
    grams = _index(text.text, clauses)
    cells = {cell.span.start: cell for table in found for cell in table.cells}
    for row in rows:
        task = _task_words(text, clauses[row], cells)
        shares: Counter[int] = Counter()
        for start, end in task:
            hits = Counter(
                c for i in range(start, end - GRAM + 1) for c in grams.get(text.text[i : i + GRAM], ())
            )
            if hits:
                clause, count = max(hits.items(), key=lambda item: (item[1], -item[0]))
                shares[clause] += count + GRAM - 1
        length = sum(end - start for start, end in task)
        yield from _linked(text, clauses, row, shares, length)


def _linked(
    text: Text, clauses: Sequence[Clause], row: int, shares: Counter[int], length: int
) -> Iterator[Link | Finding]:
    if not length:
        return
    named = f"row {clauses[row].marker or clauses[row].ref}"
    best = [(clause, min(1.0, share / length)) for clause, share in shares.most_common()]
    chosen = [(clause, share) for clause, share in best if share >= SHARE]
    if not chosen:
        message = f"{named} restates no clause of the body."
        yield Finding("info", "row-without-clause", message, clauses[row].span, row)
        return
    for clause, share in chosen:
        yield Link(row, clause, round(share, 3))
    total = min(1.0, sum(share for _, share in best))
    if total < 0.97:
        message = f"{named} differs from the clause it restates: {1 - total:.0%} of its words are not there."
        yield Finding("info", "row-differs", message, clauses[row].span, row)


def _index(text: str, clauses: Sequence[Clause]) -> dict[str, set[int]]:
    grams: dict[str, set[int]] = {}
    for index, clause in enumerate(clauses):
        if clause.level in BODY and not clause.ref.startswith("a"):
            for i in range(clause.body, clause.span.end - GRAM + 1):
                grams.setdefault(text[i : i + GRAM], set()).add(index)
    return {gram: where for gram, where in grams.items() if len(where) <= COMMON}


def _task_words(text: Text, row: Clause, cells: dict[int, Cell]) -> list[Span]:
    """The sentences of a row outside its number and its columns of units."""
    spans = []
    offset = row.body
    for line in text.text[row.body : row.span.end].split("\n"):
        cell = cells.get(offset)
        if cell is None or not layout().unit_column.search(cell.col_header or ""):
            for match in SENTENCE.finditer(line):
                spans.append(Span(offset + match.start(), offset + match.end()))
        offset += len(line) + 1
    return spans
