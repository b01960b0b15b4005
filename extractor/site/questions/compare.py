"""What the page COMPARE asks: matters by jurisdictions, with what differs from the pinned column."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from extractor.compare.details import detailed
from extractor.compare.files import write
from extractor.compare.files.marks import Stretch, stretches
from extractor.compare.table import (
    EVERYTHING,
    Cell,
    Column,
    CompareError,
    Entry,
    Limits,
    Row,
    Table,
    compare,
)
from extractor.site.questions.choices import (
    Place,
    TopicChoice,
    chosen,
    commonest,
    listed,
    places,
    topics,
)

QUERIES = 14
MOST_COLUMNS, MOST_TOPICS = 8, 12
_COLUMNS, _TOPICS = 4, 6  # where none is chosen
_SHOWN = Limits(rows=MOST_TOPICS, entries=3, clauses=300)
Likeness = Literal["pinned", "same", "marked", "apart", "alone"]


class CompareAsked(NamedTuple):
    """What the address says: jurisdictions (codes), topics (ids) or words, the pinned and the open column."""

    jurisdictions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    query: str = ""
    pin: str = ""
    tab: str = ""


class Shown(NamedTuple):
    """An entry with what differs from the pinned column.

    pinned: it is of that column; same: word for word; marked: by character; apart: too different to mark;
    alone: the pinned column says nothing on the matter.
    """

    entry: Entry
    likeness: Likeness
    stretches: tuple[Stretch, ...]


class ShownCell(NamedTuple):
    """A cell and its column."""

    column: Column
    cell: Cell
    entries: tuple[Shown, ...]


class ShownRow(NamedTuple):
    """A matter and its cells."""

    matter: str
    cells: tuple[ShownCell, ...]


class Comparison(NamedTuple):
    """The answer. `asked` is what was in fact asked: with the choices made for want of any."""

    asked: CompareAsked
    places: tuple[Place, ...]
    topics: tuple[TopicChoice, ...]
    columns: tuple[Place, ...]
    rows: tuple[ShownRow, ...]
    problem: str = ""


def comparison(db: sqlite3.Connection, asked: CompareAsked) -> Comparison:
    """The page. A topic that the database does not have is told in `problem`."""
    known, there = places(db), topics(db)
    settled = _settled(db, asked, known)
    own = tuple(known[code] for code in settled.jurisdictions)
    every = listed(known, own)
    if not own or not (settled.topics or settled.query):
        return Comparison(settled, every, there, own, ())
    try:
        table = _table(db, settled, _SHOWN)
    except CompareError as error:
        return Comparison(settled, every, there, own, (), str(error))
    return Comparison(settled, every, there, own, tuple(_row(table, row) for row in table.rows))


def comparison_file(db: sqlite3.Connection, asked: CompareAsked, form: str) -> bytes:
    """What `extractor compare` writes of the same: every clause, facts, duties, gaps. `form` is a suffix."""
    settled = _settled(db, asked, places(db))
    names = {topic.id: topic.name for topic in topics(db)}
    title = "、".join(names.get(topic, topic) for topic in settled.topics) or settled.query
    table = replace(detailed(db, _table(db, settled, EVERYTHING)), title=title)
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"table.{form}"
        write(table, file)
        return file.read_bytes()


def _settled(db: sqlite3.Connection, asked: CompareAsked, every: Mapping[str, Place]) -> CompareAsked:
    """With defaults for what is not said, and the pinned column first."""
    own = chosen(every, asked.jurisdictions, most=MOST_COLUMNS if asked.jurisdictions else _COLUMNS)
    codes = [place.id for place in own]
    pin = asked.pin if asked.pin in codes else next(iter(codes), "")
    codes.sort(key=lambda code: code != pin)
    names = asked.topics[:MOST_TOPICS]
    if not names and not asked.query:
        names = commonest(db, codes, most=_TOPICS)
    tab = asked.tab if asked.tab in codes else pin
    return CompareAsked(tuple(codes), () if asked.query else names, asked.query, pin, tab)


def _table(db: sqlite3.Connection, asked: CompareAsked, limits: Limits) -> Table:
    return compare(
        db, topics=asked.topics, query=asked.query, jurisdictions=asked.jurisdictions, limits=limits
    )


def _row(table: Table, row: Row) -> ShownRow:
    cells = zip(table.columns, row.cells, strict=True)
    return ShownRow(
        row.matter,
        tuple(
            ShownCell(column, cell, tuple(_shown(entry, row, pinned=number == 0) for entry in cell.entries))
            for number, (column, cell) in enumerate(cells)
        ),
    )


def _shown(entry: Entry, row: Row, *, pinned: bool) -> Shown:
    plain = (Stretch(entry.text, False),)
    first = row.cells[0].entries
    if pinned or not first:
        return Shown(entry, "pinned" if pinned else "alone", plain)
    if any(other.text == entry.text for other in first):
        return Shown(entry, "same", plain)
    found = stretches(entry, row)
    return Shown(entry, "marked" if len(found) > 1 else "apart", found)
