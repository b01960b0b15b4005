"""What people corrected is so: a fact that was corrected says it, one that was rejected is not there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from extractor.check.rows import Row, Violation, rows
from extractor.contract import quoted
from extractor.corrections.fields import kinds

_APPLIED = "select * from corrections where state = 'applied' order by document_id, id"
_DUTY = """
select f.*, u.name as unit, u.canonical_name, u.sector from responsibilities f
join units u on u.id = f.unit_id where f.id = ?
"""
_UNTOLD = """
select document_id, id from corrections c where state = 'conflict' and not exists (
  select 1 from findings f where f.document_id = c.document_id and f.code = 'correction-conflict'
    and f.id = c.document_id || '_fx' || c.id
)
"""


def corrections(db: sqlite3.Connection) -> Iterator[Violation]:
    """Every row of `corrections` that the facts, or the findings, do not bear out."""
    for row in rows(db, _APPLIED):
        for what in _broken(db, row):
            yield Violation(row["document_id"], "corrections", row["id"], what)
    for document, name in db.execute(_UNTOLD):
        yield Violation(document, "corrections", name, "is a conflict that no finding tells")


def _broken(db: sqlite3.Connection, row: Row) -> Iterator[str]:
    kind, name = row["kind"], row["fact_id"]
    if kind not in kinds():
        yield f"kind is {kind!r}"
        return
    sql = _DUTY if kind == "responsibilities" else f"select * from {quoted(kind)} where id = ?"
    fact = next(rows(db, sql, name), None)
    if row["verdict"] == "reject":
        if fact is not None:
            yield f"{name} was rejected and is there"
    elif fact is None:
        yield f"{name} was corrected and is not there"
    else:
        for column, (_, value) in json.loads(row["changes"]).items():
            if fact.get(column) != value:
                yield f"{column} of {name} is {fact.get(column)!r}, not {value!r} as it was corrected"
