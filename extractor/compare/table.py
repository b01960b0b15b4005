"""The same matter side by side: matters are rows, jurisdictions are columns.

A cell without a clause says which of two things holds: the notice is silent (`未提及`), or its words occur
in the notice but in no clause that was understood as dealing with the matter (`未能识别`).
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from extractor.compare.figures import Figure, figures, leads
from extractor.compare.provisions import BLANK, Provision, provisions
from extractor.compare.topics import Topic, passages
from extractor.compare.update import held_topics
from extractor.search import search

State = Literal["present", "未提及", "未能识别"]
_OTHER = "其他"
_LIMIT = 2000  # clauses of a query
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]|[^。；\n]+$")
OMITTED = "……"


class CompareError(Exception):
    """A comparison that cannot be made. Names what was asked for and the remedy."""


class Column(NamedTuple):
    """A jurisdiction and its documents (ids and titles)."""

    id: str
    name: str
    documents: tuple[str, ...]
    titles: tuple[str, ...]


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
    """What one jurisdiction says on one matter."""

    state: State
    entries: tuple[Entry, ...] = ()


class Row(NamedTuple):
    """One matter, a cell for each column."""

    matter: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The comparison; every row has as many cells as there are columns."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def compare(
    db: sqlite3.Connection,
    *,
    topic: str | None = None,
    query: str | None = None,
    jurisdictions: Sequence[str] = (),
) -> Table:
    """What each jurisdiction says on `topic` (name or id; one above others: each of those) or on `query`.

    `jurisdictions` are names or codes, in the order of the columns; without, all that have notices.
    Raises `CompareError` where one of them is not in the database.
    """
    columns = _columns(db, jurisdictions)
    known = {each.id: each for document in provisions(db) for each in document}
    if topic is not None:
        asked = _Asked(db, None, frozenset())
        wanted = _wanted(db, topic)
        matters = {each.id: _of_topic(db, each.id) for each in wanted}
    else:
        hits = {hit.clause_id for hit in search(db, query or "", limit=_LIMIT)} & known.keys()
        asked = _Asked(db, query or "", frozenset(known[name].document_id for name in hits))
        matters, wanted = _of_query(asked, hits, known)
    rows = []
    for each in wanted:
        own = [known[name] for name in sorted(matters[each.id]) if name in known]
        rows.append(Row(each.name, tuple(_cell(asked, each, column, own) for column in columns)))
    return Table(topic or query or "", columns, tuple(rows))


class _Asked(NamedTuple):
    """What the cells are made from. `query` is None for a topic; `hit` are documents that it was found in."""

    db: sqlite3.Connection
    query: str | None
    hit: frozenset[str]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple((self.query or "").replace('"', " ").split())

    def places(self, clause: Provision) -> list[int]:
        """Where the words of the query stand in a clause."""
        return [at for word in self.words for at in _all(word, clause.text)]


def _columns(db: sqlite3.Connection, names: Sequence[str]) -> tuple[Column, ...]:
    groups: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    rows = db.execute(
        "select d.id, coalesce(d.title, d.id), coalesce(j.id, d.id), coalesce(j.name, d.title, d.id), "
        "coalesce(j.short_name, '') from documents d left join jurisdictions j on j.id = d.jurisdiction_id "
        "order by 3, d.issued_on, d.id"
    )
    labels: dict[str, set[str]] = {}
    for document, title, code, name, short in rows:
        groups[code].append((document, title, name))
        labels[code] = {code, name, short}
    chosen = list(groups) if not names else [_code(name, labels) for name in names]
    return tuple(
        Column(
            code, own[0][2], tuple(document for document, _, _ in own), tuple(title for _, title, _ in own)
        )
        for code, own in ((code, groups[code]) for code in dict.fromkeys(chosen))
    )


def _code(name: str, labels: Mapping[str, set[str]]) -> str:
    for code, own in labels.items():
        if name in own:
            return code
    there = "、".join(sorted(max(own, key=len) for own in labels.values()))
    raise CompareError(f"no notice of {name} is in the database; there are {there}.")


def _wanted(db: sqlite3.Connection, name: str) -> tuple[Topic, ...]:
    topics = held_topics(db, found=True)
    for each in topics:
        if name in (each.id, each.name):
            return tuple(t for t in topics if t.parent == each.id) or (each,)
    near = [each.name for each in topics if name in each.name or each.name in name]
    hint = f" Did you mean {'、'.join(near)}?" if near else f" There are {'、'.join(t.name for t in topics)}."
    raise CompareError(f"no topic {name}.{hint} Or ask with --query {name}.")


def _of_topic(db: sqlite3.Connection, name: str) -> set[str]:
    return {
        clause for (clause,) in db.execute("select clause_id from clause_topics where topic_id = ?", (name,))
    }


def _of_query(
    asked: _Asked, hits: Iterable[str], known: Mapping[str, Provision]
) -> tuple[dict[str, set[str]], tuple[Topic, ...]]:
    """The clauses of a query by matter: the topic that the sentences with its words are most about."""
    topics = {each.id: each for each in held_topics(asked.db, found=True)}
    matters: dict[str, set[str]] = defaultdict(set)
    for clause in hits:
        said = excerpt(known[clause], asked.places(known[clause]))
        rows = asked.db.execute("select topic_id, score from clause_topics where clause_id = ?", (clause,))
        ranked = [(*_bearing(topics[name], said, asked.words), score, name) for name, score in rows]
        matters[max(ranked)[-1] if ranked else ""].add(clause)
    order = sorted(matters, key=lambda name: (name == "", -len(matters[name]), name))
    return matters, tuple(topics.get(name, Topic("", _OTHER)) for name in order)


def _bearing(topic: Topic, said: str, words: Sequence[str]) -> tuple[int, int]:
    """Whether a topic's own words there hold those of the query, and how many of its words are there."""
    there = [word for word in topic.words if word.text in said]
    return sum(any(word in own.text for own in there) for word in words), len(there)


def _cell(asked: _Asked, matter: Topic, column: Column, clauses: Iterable[Provision]) -> Cell:
    entries = [_entry(asked, matter, clause) for clause in clauses if clause.document_id in column.documents]
    if entries:
        return Cell("present", tuple(sorted(entries, key=lambda entry: -entry.score)))
    if asked.hit.intersection(column.documents):
        return Cell("未提及")  # its clauses with these words deal with other matters
    marks = ", ".join("?" * len(column.documents))
    texts = asked.db.execute(f"select text from documents where id in ({marks})", column.documents)
    return Cell("未能识别" if any(_mentions(asked, matter, text) for (text,) in texts) else "未提及")


def _mentions(asked: _Asked, matter: Topic, text: str) -> bool:
    if asked.query is not None:
        return all(word in text for word in asked.words)
    return bool(passages(matter, text, clues=False))


def _entry(asked: _Asked, matter: Topic, clause: Provision) -> Entry:
    db = asked.db
    marker, page = db.execute("select marker, page_from from clauses where id = ?", (clause.id,)).fetchone()
    row = db.execute(
        "select score, words from clause_topics where clause_id = ? and topic_id = ?", (clause.id, matter.id)
    ).fetchone() or (0.0, "[]")
    text = excerpt(clause, asked.places(clause) or passages(matter, clause.words, clues=True))
    ref = clause.id.removeprefix(clause.document_id + ".")
    return Entry(
        clause_id=clause.id,
        place=" ".join(part for part in (ref, marker, f"第{page}页" if page else "") if part),
        heading=clause.heading,
        text=text,
        score=row[0],
        words=tuple(json.loads(row[1] or "[]")),
        figures=tuple(figure for figure in figures(db, clause.id) if figure.quote in text),
        leads=leads(db, clause.id),
    )


def _all(word: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(word), text)] if word else []


def excerpt(clause: Provision, places: Sequence[int]) -> str:
    """The sentences of a clause that hold one of `places`; all of them where only its heading does.

    Lists of responsible units are left out without a sign: they stand in the cell by themselves.
    """
    end = clause.heading_end
    whole = all(at < end for at in places)
    kept: list[str] = []
    for match in _SENTENCE.finditer(clause.text):
        start, stop = match.span()
        if start < end and clause.text[start:stop].strip("。\n") == clause.heading:
            continue
        if not clause.words[start:stop].strip(BLANK + "。；"):
            continue
        if whole or any(start <= at < stop for at in places):
            kept.append(match[0])
        elif kept and kept[-1] != OMITTED:
            kept.append(OMITTED)
    return "".join(kept).removesuffix(OMITTED).strip() or clause.text
