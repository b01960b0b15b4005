"""Which body clause each row of a task table restates (contract: `clause_links`, kind `task_of`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from extractor.lexicon.layout import layout
from extractor.model import Cell, Clause, Finding, Link, Span, Table, Text

GRAM = 6  # characters; shorter runs are shared by unrelated clauses of one notice
COMMON = 20  # clauses; a run that more of them share tells nothing
SHARE = 0.3  # of a row's words that a clause must hold to be the one restated
WHOLE = 0.97  # from here on a row says what its clauses say
BODY = ("chapter", "section", "part", "subpart", "article", "item")
SENTENCE = re.compile("[^。；！？\n]+[。；！？]?")


def links(text: Text, clauses: Sequence[Clause], found: Sequence[Table]) -> Iterator[Link | Finding]:
    """For each row of a task table the body clause that holds most of its words, and others that hold much.

    Sentence by sentence: a row often puts sentences of two clauses together. Where even the best clauses
    lack some of the row's words a finding says so. A table without a body restates nothing.
    """
    rows = [index for index, clause in enumerate(clauses) if clause.level == "row"]
    body = [i for i, clause in enumerate(clauses) if clause.level in BODY and not clause.ref.startswith("a")]
    if not rows or not body:
        return
    cells = {cell.span.start: cell for table in found for cell in table.cells}
    tasks = {row: _task_words(text, clauses[row], cells) for row in rows}
    shares = _shares(text.text, clauses, body, tasks)
    for row in rows:
        length = sum(end - start for start, end in tasks[row])
        if length:
            yield from _linked(clauses, row, shares[row], length)


def _linked(
    clauses: Sequence[Clause], row: int, shares: Counter[int], length: int
) -> Iterator[Link | Finding]:
    named = f"第{clauses[row].number or clauses[row].ref}行"
    best = [(clause, min(1.0, share / length)) for clause, share in shares.most_common()]
    chosen = [(clause, share) for clause, share in best if share >= SHARE]
    if not chosen:
        message = f"{named}在正文中找不到对应的条款"
        yield Finding("info", "row-without-clause", message, clauses[row].span, row)
        return
    for clause, share in chosen:
        yield Link(row, clause, round(share, 3))
    total = min(1.0, sum(share for _, share in best))
    if total < WHOLE:
        message = f"{named}与正文不同：有{1 - total:.0%}的文字在对应条款中没有"
        yield Finding("info", "row-differs", message, clauses[row].span, row)


def _shares(
    text: str, clauses: Sequence[Clause], body: Sequence[int], tasks: dict[int, list[Span]]
) -> dict[int, Counter[int]]:
    """For each row how many characters of it each clause holds: whole sentences first, then runs of them."""
    starts = [clause.span.start for clause in clauses]
    first, last = clauses[body[0]].body, clauses[body[-1]].span.end
    shares: dict[int, Counter[int]] = {row: Counter() for row in tasks}
    rest: list[tuple[int, Span]] = []
    for row, sentences in tasks.items():
        for span in sentences:
            at = text.find(text[span.start : span.end], first, last) if span.end - span.start >= GRAM else -1
            if at >= 0:
                shares[row][bisect_right(starts, at) - 1] += span.end - span.start
            else:
                rest.append((row, span))
    grams = _index(text, clauses, body, {text[i : i + GRAM] for _, span in rest for i in _grams(span)})
    for row, span in rest:
        hits = Counter(clause for i in _grams(span) for clause in grams.get(text[i : i + GRAM], ()))
        if hits:
            clause, count = max(hits.items(), key=lambda item: (item[1], -item[0]))
            shares[row][clause] += count + GRAM - 1
    return shares


def _grams(span: Span) -> range:
    return range(span.start, span.end - GRAM + 1)


def _index(
    text: str, clauses: Sequence[Clause], body: Sequence[int], wanted: set[str]
) -> dict[str, set[int]]:
    """Where the wanted runs stand in the body."""
    grams: dict[str, set[int]] = {}
    if wanted:
        for index in body:
            own = text[clauses[index].body : clauses[index].span.end]
            for gram in wanted.intersection([own[i : i + GRAM] for i in range(len(own) - GRAM + 1)]):
                grams.setdefault(gram, set()).add(index)
    return {gram: where for gram, where in grams.items() if len(where) <= COMMON}


def _task_words(text: Text, row: Clause, cells: dict[int, Cell]) -> list[Span]:
    """The sentences of a row outside its number and its columns of units."""
    spans = []
    offset = row.body
    for line in text.text[row.body : row.span.end].split("\n"):
        cell = cells.get(offset)
        if cell is None or not layout().unit_column.search(cell.col_header or ""):
            spans += [Span(offset + m.start(), offset + m.end()) for m in SENTENCE.finditer(line)]
        offset += len(line) + 1
    return spans
