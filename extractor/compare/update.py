"""Topics and pairs into the database: for documents that have none yet, or for all where it must be so.

Guarantees: a document that was compared costs nothing again; where one left, changed or got another id, those
that stood beside it are compared anew, and where the list of topics is another, all are; each update is one
transaction.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from extractor.compare import runs, works
from extractor.compare.fact_pairs import clear_facts, forget_facts, write_facts
from extractor.compare.found import Like, found_topics
from extractor.compare.gaps import write_gaps
from extractor.compare.pairs import Pair, pairs
from extractor.compare.provisions import Provision, by_id, provisions
from extractor.compare.superior import write_descents
from extractor.compare.topics import Scored, Scorer, Topic, load_topics, scorer, topic
from extractor.compare.validity import write_states
from extractor.compared import forget, neighbours, renew

METHOD = "5"  # of scoring: another makes every document be compared anew
_TOPICS = """
select id, name, parent_id, description, words from topics
where origin in ('list', ?) order by origin desc, rowid
"""
_SCORES = """
select clause_id, topic_id, score from clause_topics join topics on topics.id = topic_id where origin = 'list'
"""
_LIKES = """
with bare as materialized (
  select id, document_id from clauses where id not in
    (select clause_id from clause_topics where topic_id in (select id from topics where origin = 'list'))
)
select a_id, b_id, a.document_id, b.document_id, score
from bare a cross join clause_pairs on a_id = a.id join bare b on b.id = b_id
"""


class Updated(NamedTuple):
    """What an update did: documents compared, and pairs written."""

    documents: int
    pairs: int


def update(db: sqlite3.Connection, *, topics: Sequence[Topic] | None = None) -> Updated:
    """Bring topics and pairs up to date. `topics` replaces the list that the database holds.

    Without `topics`, the list is the one of the last update, at first the shipped one.
    """
    with db:
        works.update(db)
    listed = tuple(topics) if topics is not None else held_topics(db) or load_topics()
    wanted = _states(db, listed)
    held = dict(db.execute("select document_id, state from compared"))
    stale = {name for name, state in held.items() if wanted.get(name) != state}
    new = frozenset(name for name, state in wanted.items() if held.get(name) != state)
    new |= wanted.keys() & {other for name in stale for other in neighbours(db, name)}
    if not new and not stale:
        return Updated(0, 0)
    method = _method(listed)
    with db:
        if all(not state.startswith(method) for state in held.values()):
            _clear(db)
            _write_topics(db, listed)
            new = frozenset(wanted)
        else:
            for name in stale | new:
                forget(db, name)
            renew(db, stale)
        before = _listed_words(db)
        shown = wanted.keys() - works.other_readings(db)
        documents = tuple(provisions(db, shown))
        scored = _write_scores(db, documents, scorer(listed), new)
        count = _write_pairs(db, pairs(documents, scored, new=new))
        write_facts(db, new & shown)
        runs.update(db, new)
        write_descents(db, new=new, shown=shown)
        write_states(db)
        _write_found(db, by_id(documents))
        same = before.items() & _listed_words(db).items()
        write_gaps(db, held_topics(db, found=True), new=new, unchanged={name for name, _ in same})
        db.executemany("insert or replace into compared values (?, ?)", ((n, wanted[n]) for n in sorted(new)))
    return Updated(len(new), count)


def refresh(db: sqlite3.Connection, documents: Iterable[str]) -> None:
    """Compare the facts of documents anew that were compared before: they were corrected since."""
    held = {name for (name,) in db.execute("select document_id from compared")}
    changed = sorted(held & set(documents))
    if changed:
        with db:
            forget_facts(db, changed)
            write_facts(db, set(changed) - works.other_readings(db))


def held_topics(db: sqlite3.Connection, *, found: bool = False) -> tuple[Topic, ...]:
    """The list of topics that the database holds, with `found` those found without a list too.

    () where it was never compared.
    """
    return tuple(
        topic(name_id, name, json.loads(words), parent=parent, description=about)
        for name_id, name, parent, about, words in db.execute(_TOPICS, ("found" if found else "list",))
    )


def _listed_words(db: sqlite3.Connection) -> dict[str, str]:
    """Topic → its words as stored."""
    return dict(db.execute("select id, coalesce(words, '') from topics"))


def _states(db: sqlite3.Connection, listed: Iterable[Topic]) -> dict[str, str]:
    """Document → hash of the method and the list of topics, and of its bytes."""
    method = _method(listed)
    others = works.other_readings(db)  # a reading that comes to stand for its work is compared as a new one
    rows = db.execute("select id, source_sha256 from documents")
    return {name: method + _hash(f"{sha256} {name in others}") for name, sha256 in rows}


def _method(listed: Iterable[Topic]) -> str:
    lists = repr(sorted((each.id, each.name, each.parent or "", each.listed) for each in listed))
    return _hash(f"{METHOD} {lists}")


def _hash(words: str) -> str:
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()


def _clear(db: sqlite3.Connection) -> None:
    clear_facts(db)
    for table in ("descents", "topic_gaps", "clause_topics", "clause_runs", "clause_pairs", "compared"):
        db.execute(f"delete from {table}")
    db.execute("update topics set parent_id = null")
    db.execute("delete from topics")


def _write_topics(db: sqlite3.Connection, listed: Iterable[Topic]) -> None:
    rows = [
        (each.id, each.name, each.description, each.parent, "list", _json(each.listed)) for each in listed
    ]
    rows.sort(key=lambda row: row[3] is not None)  # a topic comes after the one above it
    db.executemany("insert into topics values (?, ?, ?, ?, ?, ?)", rows)


def _write_scores(
    db: sqlite3.Connection, documents: Iterable[Sequence[Provision]], score: Scorer, new: frozenset[str]
) -> Mapping[str, Mapping[str, float]]:
    """Score the clauses of new documents; the listed topics of every clause."""
    for document in documents:
        if document and document[0].document_id in new:
            rows = [(p.id, found) for p in document for found in score(p)]
            db.executemany("insert into clause_topics values (?, ?, ?, ?)", map(_score_row, rows))
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for clause, name, value in db.execute(_SCORES):
        found[clause][name] = value
    return found


def _score_row(row: tuple[str, Scored]) -> tuple[str, str, float, str]:
    return (row[0], row[1].topic, row[1].score, _json(row[1].words))


def _write_pairs(db: sqlite3.Connection, found: Iterable[Pair]) -> int:
    cursor = db.executemany("insert or replace into clause_pairs values (?, ?, ?, ?)", found)
    return cursor.rowcount


def _write_found(db: sqlite3.Connection, known: Mapping[str, Provision]) -> None:
    """The topics that no list has, found anew: another document may join what stood apart."""
    db.execute("delete from clause_topics where topic_id in (select id from topics where origin = 'found')")
    db.execute("delete from topics where origin = 'found'")
    likes = [Like(*row) for row in db.execute(_LIKES)]
    for each in found_topics(likes, known):
        row = (each.id, each.name, None, None, "found", _json(each.words))
        db.execute("insert into topics values (?, ?, ?, ?, ?, ?)", row)
        rows = (
            (clause, each.id, score, _json([word for word in each.words if word in known[clause].words]))
            for clause, score in each.clauses.items()
        )
        db.executemany("insert into clause_topics values (?, ?, ?, ?)", rows)


def _json(words: Iterable[str]) -> str:
    return json.dumps(list(words), ensure_ascii=False)
