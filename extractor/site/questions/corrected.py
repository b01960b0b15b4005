"""What a document shows of corrections: what people said of its facts, as the database has it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from extractor.corrections.fields import written

_THERE = "select 1 from sqlite_master where name = 'corrections'"
_MARKS = """
select fact_id, clause_id, verdict, state, changes, substr(quote, 1, 120), substr(made_by, 1, 100),
  substr(made_at, 1, 20), substr(why, 1, 300)
from corrections where document_id = ? and state <> 'conflict' and fact_id is not null
order by made_at, id limit 2000
"""
_LONGEST = 120  # characters of a value


class Change(NamedTuple):
    """A column that was corrected: as it was parsed and as it is."""

    name: str
    before: str
    after: str


class Mark(NamedTuple):
    """What was said of a fact, and came true."""

    fact_id: str
    clause_id: str | None
    verdict: str
    state: str
    changes: tuple[Change, ...]
    quote: str
    made_by: str
    made_at: str
    why: str


class Marks(NamedTuple):
    """By fact; and the facts that were taken out, by clause."""

    by_fact: Mapping[str, tuple[Mark, ...]]
    rejected: Mapping[str, tuple[Mark, ...]]


def marks_of(db: sqlite3.Connection, document: str) -> Marks:
    """The marks of a document; none where the database is older than corrections. One query."""
    rows = db.execute(_MARKS, (document,)) if db.execute(_THERE).fetchone() else ()
    found = [Mark(*row)._replace(changes=_changes(row[4])) for row in rows]
    out = [mark for mark in found if mark.verdict == "reject" and mark.state == "applied"]
    return Marks(
        _gathered((mark.fact_id, mark) for mark in found), _gathered((m.clause_id or "", m) for m in out)
    )


def _changes(stored: str) -> tuple[Change, ...]:
    """The changes of a JSON object; what is broken is left out."""
    try:
        pairs = [(str(name), *pair) for name, pair in json.loads(stored).items()]
        return tuple(Change(n, written(a)[:_LONGEST], written(b)[:_LONGEST]) for n, a, b in pairs)
    except (ValueError, TypeError, AttributeError):
        return ()


def _gathered(pairs: Iterable[tuple[str, Mark]]) -> dict[str, tuple[Mark, ...]]:
    found: dict[str, tuple[Mark, ...]] = {}
    for name, mark in pairs:
        found[name] = (*found.get(name, ()), mark)
    return found
