"""The rows of a comparison: topics, and the clauses that deal with each."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from extractor.compare.columns import CompareError
from extractor.compare.topics import Topic, topic
from extractor.messages import Message

_TOPIC = "select id, name, parent_id, description, words from topics"
_NAMED = f"""
with asked as (
  select id from topics where id in (select value from json_each(:names))
  union select id from topics where name in (select value from json_each(:names))
)
{_TOPIC} where id in asked or parent_id in asked order by origin desc, rowid
"""
_NEAR = """
select name from topics where instr(name, :name) or instr(:name, name) order by origin desc, rowid limit 20
"""
_THERE = "select name from topics order by origin desc, rowid limit 200"
# The ids of the clauses of a document begin with its id and a full stop; / is the character after it.
# `cross join` and `+` keep SQLite to that range: by topic it would read the clauses of all documents.
_CLAUSES = """
select ct.topic_id, d.value, ct.clause_id, ct.score, ct.words
from json_each(:documents) d
cross join clause_topics ct on ct.clause_id > d.value || '.' and ct.clause_id < d.value || '/'
where +ct.topic_id in (select value from json_each(:topics))
order by ct.score desc, ct.clause_id
"""
_OF_CLAUSES = f"""
select ct.clause_id, ct.score, ct.words, t.* from clause_topics ct join ({_TOPIC}) t on t.id = ct.topic_id
where ct.clause_id in (select value from json_each(:clauses))
"""


class Hit(NamedTuple):
    """A clause that deals with a matter; `words` are what the score rests on."""

    document_id: str
    clause_id: str
    score: float
    words: tuple[str, ...]


class Scored(NamedTuple):
    """A topic of a clause."""

    topic: Topic
    score: float
    words: tuple[str, ...]


def named(db: sqlite3.Connection, names: Sequence[str]) -> tuple[Topic, ...]:
    """The topics of these names or ids, in that order; in the place of one above others, each of those.

    Raises `CompareError` where there is no such topic.
    """
    rows = db.execute(_NAMED, {"names": json.dumps(list(names))})
    topics = [_topic(*row) for row in rows]
    found: dict[str, Topic] = {}
    for name in names:
        own = next((each for each in topics if name in (each.id, each.name)), None)
        if own is None:
            raise CompareError(_absent(db, name))
        under = [each for each in topics if each.parent == own.id] or [own]
        found |= {each.id: each for each in under}
    return tuple(found.values())


def _absent(db: sqlite3.Connection, name: str) -> Message:
    near = [each for (each,) in db.execute(_NEAR, {"name": name})]
    there = [each for (each,) in db.execute(_THERE)] if not near else []
    if near:
        hint = Message("Did you mean {names}?", names="、".join(near))
    else:
        hint = Message("There are {names}.", names="、".join(there))
    return Message("no topic {name}. {hint} Or ask with --query {name}.", name=name, hint=hint)


def hits(
    db: sqlite3.Connection, topics: Iterable[Topic], documents: Collection[str]
) -> Mapping[str, tuple[Hit, ...]]:
    """Topic id → the clauses of `documents` that deal with it, those of the highest score first."""
    found: dict[str, list[Hit]] = {each.id: [] for each in topics}
    asked = {"documents": json.dumps(list(documents)), "topics": json.dumps(list(found))}
    for name, document, clause, score, words in db.execute(_CLAUSES, asked):
        found[name].append(Hit(document, clause, score, tuple(json.loads(words or "[]"))))
    return {name: tuple(own) for name, own in found.items()}


def scored(db: sqlite3.Connection, clauses: Collection[str]) -> Mapping[str, tuple[Scored, ...]]:
    """Clause → its topics."""
    found: dict[str, list[Scored]] = defaultdict(list)
    topics: dict[str, Topic] = {}
    for clause, score, words, *row in db.execute(_OF_CLAUSES, {"clauses": json.dumps(list(clauses))}):
        if row[0] not in topics:
            topics[row[0]] = _topic(*row)
        found[clause].append(Scored(topics[row[0]], score, tuple(json.loads(words or "[]"))))
    return {clause: tuple(found[clause]) for clause in clauses}


def _topic(name_id: str, name: str, parent: str | None, about: str | None, words: str | None) -> Topic:
    return topic(name_id, name, json.loads(words or "[]"), parent=parent, description=about)
