"""What there is to review: findings, or the facts of one document, in reading order.

Findings of comparisons are left out (each comparison makes them anew), and so are conflicts of corrections,
which have a list of their own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from typing import Final, NamedTuple

from extractor.contract import FACT_TABLES
from extractor.site.questions.facts import KINDS

PAGE: Final = 20
_MOST_IDS: Final = 5000  # of a queue: further on, the place of an item is not told
_MOST_CHOICES: Final = 300
_ROUND: Final = 30  # characters shown before and after the words
_FINDINGS = """
select f.id, 'finding' as kind, f.document_id, f.clause_id, 0 as place, f.start, f."end", f.severity,
  f.code, f.message
from findings f
where f.id glob '*_f[0-9]*' and (:code = '' or f.code = :code) and (:severity = '' or f.severity = :severity)
  and (:document = '' or f.document_id = :document)
  and (:place = '' or f.document_id in (select id from documents where jurisdiction_id = :place))
"""
_FACTS = """
select f.id, '{kind}' as kind, c.document_id, f.clause_id, c.position as place, f.start, f."end",
  '' as severity, '' as code, '' as message
from {table} f join clauses c on c.id = f.clause_id
where f.clause_id > :document || '.' and f.clause_id < :document || '/'
"""
_ORDER = "document_id, place, start, id"
_LISTED = f"""
select f.id, f.kind, f.document_id, f.clause_id, f.severity, substr(f.code, 1, 80),
  substr(f.message, 1, 300), substr(coalesce(d.title, d.id), 1, 120), substr(c.ref, 1, 40),
  substr(d.text, max(f.start - {_ROUND}, 0) + 1, min({_ROUND}, f.start)),
  substr(d.text, f.start + 1, min(f."end" - f.start, 200)), substr(d.text, f."end" + 1, {_ROUND})
from ({{rows}} order by {_ORDER} limit {PAGE + 1} offset :first) f
join documents d on d.id = f.document_id left join clauses c on c.id = f.clause_id
order by f.document_id, f.place, f.start, f.id
"""
_DECIDED = "id in (select value from json_each(:decided))"
_CODES = """
select substr(code, 1, 80), count(*) from findings where id glob '*_f[0-9]*'
group by 1 order by 2 desc, 1 limit 100
"""
_PLACES = f"""
select id, substr(name, 1, 60) from jurisdictions
where id in (select jurisdiction_id from documents) order by id limit {_MOST_CHOICES}
"""
_DOCUMENTS = f"""
select id, substr(coalesce(title, id), 1, 80) from documents order by rowid desc limit {_MOST_CHOICES}
"""


class QueueAsked(NamedTuple):
    """`show`: findings, or the facts of `document`; the rest narrows, "" for all. `every`: decided too."""

    show: str = "findings"
    code: str = ""
    severity: str = ""
    place: str = ""
    document: str = ""
    kind: str = ""
    every: bool = False
    page: int = 1


class Item(NamedTuple):
    """A finding or a fact with its words: those before, its own, those after."""

    id: str
    kind: str
    document_id: str
    clause_id: str | None
    severity: str
    code: str
    message: str
    title: str
    ref: str | None
    before: str | None
    words: str | None
    after: str | None


class Queue(NamedTuple):
    """A page of what is asked. `total`: with what is decided, which `decided` counts."""

    items: tuple[Item, ...]
    total: int
    decided: int
    more: bool
    codes: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, str], ...]
    documents: tuple[tuple[str, str], ...]


class Stands(NamedTuple):
    """Where an item stands in its queue, from 1 (None: too far on), and the items beside it."""

    place: int | None
    total: int
    decided: int
    previous: str | None
    next: str | None
    next_open: str | None  # the next that is not decided; after the last, from the beginning again


def queue(db: sqlite3.Connection, asked: QueueAsked, decided: Collection[str]) -> Queue:
    """The page `asked.page`. Five queries."""
    values = _values(asked, decided)
    left = "" if asked.every else f"where not {_DECIDED}"
    rows = db.execute(_LISTED.format(rows=f"select * from ({_all(asked)}) {left}"), values).fetchall()
    total, done = db.execute(_counted(asked), values).fetchone()
    return Queue(
        tuple(Item(*row) for row in rows[:PAGE]), total, done, len(rows) > PAGE,
        codes=tuple(db.execute(_CODES)), places=tuple(db.execute(_PLACES)),
        documents=tuple(db.execute(_DOCUMENTS)),
    )  # fmt: skip


def stands(db: sqlite3.Connection, asked: QueueAsked, decided: Collection[str], name: str) -> Stands:
    """The place of the item `name` in its queue. Two queries."""
    values = _values(asked, decided)
    sql = f"select id from ({_all(asked)}) order by {_ORDER} limit {_MOST_IDS}"
    ids = [found for (found,) in db.execute(sql, values)]
    total, done = db.execute(_counted(asked), values).fetchone()
    at = ids.index(name) if name in ids else -1
    others = (*ids[at + 1 :], *ids[: max(at, 0)])
    return Stands(
        at + 1 or None, total, done,
        previous=ids[at - 1] if at > 0 else None,
        next=ids[at + 1] if 0 <= at < len(ids) - 1 else None,
        next_open=next((each for each in others if each not in decided), None),
    )  # fmt: skip


def _all(asked: QueueAsked) -> str:
    """The rows that are asked for, whether decided or not."""
    if asked.show == "findings":
        return _FINDINGS
    kinds = [kind for kind in KINDS if asked.kind in ("", kind)]
    return " union all ".join(_FACTS.format(kind=kind, table=FACT_TABLES[kind]) for kind in kinds)


def _counted(asked: QueueAsked) -> str:
    return f"select count(*), coalesce(sum({_DECIDED}), 0) from ({_all(asked)})"


def _values(asked: QueueAsked, decided: Collection[str]) -> dict[str, object]:
    return {
        "code": asked.code, "severity": asked.severity, "place": asked.place, "document": asked.document,
        "decided": json.dumps(sorted(decided)), "first": (asked.page - 1) * PAGE,
    }  # fmt: skip
