"""Where on its pages a clause or a fact stands. Reads a database only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from extractor.model import Box, Span

# Tables whose rows quote the text of their document; `tables` has no span of its own, its clause has.
FACTS = (
    "responsibilities",
    "targets",
    "amounts",
    "durations",
    "deadlines",
    "citations",
    "numbers",
    "findings",
)
CLAUSE = """
select document_id, id, start, "end" from clauses where id = ?
union all select c.document_id, c.id, c.start, c."end" from tables t join clauses c on c.id = t.clause_id
where t.id = ?
"""
FACT = """
select c.document_id, c.id, f.start, f."end" from {} f join clauses c on c.id = f.clause_id
where f.id = ? and f.start is not null
"""
LINES = """
select page, start, "end", x0, top, x1, bottom from lines
where document_id = ? and start < ? and "end" > ? order by start
"""


class Location(NamedTuple):
    """The words of a clause or a fact and their boxes (points, origin at the top left), by page.

    `clause_id` is the clause itself, or the one that the fact stands in.
    """

    document_id: str
    clause_id: str
    quote: str
    source_name: str
    source_sha256: str
    media_type: str
    boxes: Mapping[int, tuple[Box, ...]]


def locate(db: sqlite3.Connection, name: str) -> Location | None:
    """The place of clause or fact `name`; None where there is none. A source without pages gives no boxes.

    Of a line that the words fill in part only that part is taken, in proportion to the width of characters.
    """
    row = db.execute(CLAUSE, (name, name)).fetchone()
    for table in FACTS:
        row = row or db.execute(FACT.format(table), (name,)).fetchone()
    if row is None:
        return None
    document_id, clause_id, start, end = row
    text, source_name, sha256, media_type = db.execute(
        "select text, source_name, source_sha256, media_type from documents where id = ?", (document_id,)
    ).fetchone()
    boxes: dict[int, list[Box]] = {}
    for page, box in _boxes(db, document_id, text, Span(start, end)):
        boxes.setdefault(page, []).append(box)
    by_page = {page: tuple(found) for page, found in sorted(boxes.items())}
    return Location(document_id, clause_id, text[start:end], source_name, sha256, media_type, by_page)


def _boxes(db: sqlite3.Connection, document_id: str, text: str, span: Span) -> Iterator[tuple[int, Box]]:
    for page, start, end, *edges in db.execute(LINES, (document_id, span.end, span.start)):
        yield page, part_of(Box(*edges), text[start:end], Span(span.start - start, span.end - start))


def part_of(box: Box, words: str, span: Span) -> Box:
    """The part of a line's box that holds `words[span]`. A line that stands upright is taken whole."""
    wide, high = box.x1 - box.x0, box.bottom - box.top
    inside = Span(max(0, span.start), min(len(words), span.end))
    if inside == (0, len(words)) or high > wide:
        return box
    unit = wide / max(_width(words), 0.5)
    x0 = box.x0 + unit * _width(words[: inside.start])
    return box._replace(x0=x0, x1=x0 + unit * _width(words[inside.start : inside.end]))


def _width(words: str) -> float:
    """In Chinese characters: Latin letters and digits are half as wide."""
    return sum(0.5 if char.isascii() else 1.0 for char in words)
