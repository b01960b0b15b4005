"""The same matter side by side: matters are rows, jurisdictions are columns.

A cell without a clause says which of two things holds: the notice is silent (`未提及`), or its words occur
in the notice but in no clause that was understood as dealing with the matter (`未能识别`).

Guarantee: a table costs at most `QUERIES` queries, however many rows, columns and clauses it has.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from extractor.compare.columns import Column, CompareError, columns
from extractor.compare.duties import DutyRow
from extractor.compare.excerpts import OMITTED, excerpt
from extractor.compare.fact_rows import FactRow
from extractor.compare.figures import Figure, figures, leads
from extractor.compare.matters import Hit, Scored, hits, named, scored
from extractor.compare.provisions import Provision, placed
from extractor.compare.silence import Reading, Silence, of_words, readings, silence
from extractor.compare.topics import Topic, passages
from extractor.relevance import relevance
from extractor.search import contains, fts_query, terms

__all__ = ["OMITTED", "Cell", "Column", "CompareError", "Entry", "GapRow", "Row", "State", "Table", "compare"]

QUERIES = 10
State = Literal["present", "未提及", "未能识别"]
_OTHER = Topic("", "其他")
_FOUND = """
select c.id from clauses_fts f join clauses c on c.rowid = f.rowid
where clauses_fts match :query and c.document_id in (select value from json_each(:documents))
order by f.rank, c.id limit :limit
"""
# The clauses of a few notices are read: the index has those of all.
_FEW = 100
_CLAUSES = """
select c.id, c.text from json_each(?) d cross join clauses c on c.document_id = d.value order by c.id
"""


class Entry(NamedTuple):
    """A clause in a cell. `text` is the sentences that deal with the matter, …… for those left out."""

    clause_id: str
    place: str  # （三）10. and the page, for reading
    heading: str
    text: str
    score: float
    words: tuple[str, ...]
    figures: tuple[Figure, ...]
    leads: tuple[str, ...]


class Cell(NamedTuple):
    """What one jurisdiction says on one matter; `more` is how many clauses are left out for want of room.

    `reason` says why a cell without a clause is 未能识别, "" else.
    """

    state: State
    entries: tuple[Entry, ...] = ()
    more: int = 0
    reason: str = ""


class Row(NamedTuple):
    """One matter, a cell for each column."""

    matter: str
    cells: tuple[Cell, ...]


class GapRow(NamedTuple):
    """A matter that most columns have and this one does not; `present` are those that have it."""

    matter: str
    column: str
    state: State
    reason: str
    present: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The comparison; every row has as many cells as there are columns.

    `facts`, `duties` and `gaps` are () until `extractor.compare.details.detailed` fills them.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    facts: tuple[FactRow, ...] = ()
    duties: tuple[DutyRow, ...] = ()
    gaps: tuple[GapRow, ...] = ()


class Limits(NamedTuple):
    """How much is wanted at most: rows, clauses in a cell, clauses of a query. None: all."""

    rows: int | None = None
    entries: int | None = None
    clauses: int = 2000


EVERYTHING = Limits()


def compare(
    db: sqlite3.Connection,
    *,
    topics: Sequence[str] = (),
    query: str | None = None,
    jurisdictions: Sequence[str] = (),
    limits: Limits = EVERYTHING,
) -> Table:
    """What each jurisdiction says on `topics` or on `query`.

    `topics` are names or ids; one above others stands for each of those. `jurisdictions` are names or codes,
    in the order of the columns; without, all that have notices.
    Raises `CompareError` where one of them is not in the database.
    """
    chosen = columns(db, jurisdictions)
    documents = [document for column in chosen for document in column.documents]
    if topics:
        matters = named(db, topics)[: limits.rows]
        own = hits(db, matters, documents)
        asked = _Asked(db, chosen, (), limits, tuple((each, own[each.id]) for each in matters))
        known = placed(db, asked.kept)
    else:
        known = placed(db, _found(db, query or "", documents, limits.clauses))
        words = _words(query or "")
        asked = _Asked(db, chosen, words, limits, _by_matter(words, known, scored(db, known))[: limits.rows])
    return Table("、".join(topics) or query or "", chosen, _rows(asked, known))


class _Asked(NamedTuple):
    """What the rows are made of. `words` are those of a query, () for topics."""

    db: sqlite3.Connection
    columns: tuple[Column, ...]
    words: tuple[str, ...]
    limits: Limits
    matters: tuple[tuple[Topic, tuple[Hit, ...]], ...]

    def of(self, column: Column, own: Iterable[Hit]) -> list[Hit]:
        """The clauses of one column."""
        there = set(column.documents)
        return [hit for hit in own if hit.document_id in there]

    @property
    def kept(self) -> tuple[str, ...]:
        """The clauses that the cells show."""
        cells = (self.of(column, own) for _, own in self.matters for column in self.columns)
        return tuple(dict.fromkeys(hit.clause_id for cell in cells for hit in cell[: self.limits.entries]))

    def places(self, topic: Topic, clause: Provision) -> list[int]:
        """Where the words of the query, or of the topic, stand in a clause."""
        return _places(self.words, clause) or passages(topic, clause.words, clues=True)


_Known = Mapping[str, tuple[Provision, str]]


def _found(db: sqlite3.Connection, words: str, documents: Collection[str], limit: int) -> list[str]:
    """The clauses of `documents` that hold all words, the best of them."""
    wanted = terms(words)
    there = json.dumps(list(documents))
    if not wanted:
        return []
    if len(documents) > _FEW:
        asked = {"query": fts_query(words), "documents": there, "limit": limit}
        return [name for (name,) in db.execute(_FOUND, asked)]
    rows = [row for row in db.execute(_CLAUSES, (there,)) if all(contains(row[1], term) for term in wanted)]
    scores = relevance([text for _, text in rows], [[term] for term in wanted])
    best = sorted(zip(scores, rows, strict=True), key=lambda pair: -pair[0])
    return [name for _, (name, _) in best[:limit]]


def _words(query: str) -> tuple[str, ...]:
    return tuple(query.replace('"', " ").split())


def _places(words: Iterable[str], clause: Provision) -> list[int]:
    return [match.start() for word in words for match in re.finditer(re.escape(word), clause.text)]


def _by_matter(
    words: Sequence[str], known: _Known, topics: Mapping[str, tuple[Scored, ...]]
) -> tuple[tuple[Topic, tuple[Hit, ...]], ...]:
    """The clauses of a query by matter: the topic that the sentences with its words are most about."""
    names: dict[str, Topic] = {}
    own: dict[str, list[Hit]] = defaultdict(list)
    for name, (clause, _) in sorted(known.items()):
        said = excerpt(clause, _places(words, clause))
        ranked = [
            (*_bearing(each.topic, said, words), each.score, each.topic.id, each) for each in topics[name]
        ]
        best = max(ranked)[-1] if ranked else Scored(_OTHER, 0.0, ())
        names[best.topic.id] = best.topic
        own[best.topic.id].append(Hit(clause.document_id, name, best.score, best.words))
    order = sorted(own, key=lambda name: (name == "", -len(own[name]), name))
    return tuple((names[name], tuple(sorted(own[name], key=lambda hit: -hit.score))) for name in order)


def _bearing(topic: Topic, said: str, words: Sequence[str]) -> tuple[int, int]:
    """Whether a topic's own words there hold those of the query, and how many of its words are there."""
    there = [word for word in topic.words if word.text in said]
    return sum(any(word in own.text for own in there) for word in words), len(there)


def _rows(asked: _Asked, known: _Known) -> tuple[Row, ...]:
    numbers, units = figures(asked.db, asked.kept), leads(asked.db, asked.kept)

    def entry(topic: Topic, hit: Hit) -> Entry:
        clause, place = known[hit.clause_id]
        text = excerpt(clause, asked.places(topic, clause))
        own = tuple(figure for figure in numbers[clause.id] if figure.quote in text)
        return Entry(clause.id, place, clause.heading, text, hit.score, hit.words, own, units[clause.id])

    unread = _unread(asked)
    rows = []
    for topic, own in asked.matters:
        cells = []
        for column in asked.columns:
            there = asked.of(column, own)
            entries = tuple(entry(topic, hit) for hit in there[: asked.limits.entries])
            reason = unread.get((topic.id, column.id), "")
            empty = Cell("未能识别" if reason else "未提及", reason=reason)
            cells.append(Cell("present", entries, len(there) - len(entries)) if entries else empty)
        rows.append(Row(topic.name, tuple(cells)))
    return tuple(rows)


def _unread(asked: _Asked) -> dict[tuple[str, str], str]:
    """(topic, column) → why a cell without a clause is not silent."""
    if asked.words:  # a column with a hit under another matter is silent on this one
        hit = {hit.document_id for _, own in asked.matters for hit in own}
        columns = [column for column in asked.columns if not hit.intersection(column.documents)]
        empty = [(topic, column) for topic, _ in asked.matters for column in columns]
    else:
        cells = ((topic, own, column) for topic, own in asked.matters for column in asked.columns)
        empty = [(topic, column) for topic, own, column in cells if not asked.of(column, own)]
    notices = readings(asked.db, {document for _, column in empty for document in column.documents})
    found = {}
    for topic, column in empty:
        own = [notices[document] for document in column.documents if document in notices]
        found[topic.id, column.id] = _silence(asked.words, topic, own).reason
    return found


def _silence(words: Sequence[str], topic: Topic, notices: Iterable[Reading]) -> Silence:
    return of_words(words, notices) if words else silence(topic, notices)
