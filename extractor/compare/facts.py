"""The facts of a database as the comparison sees them: targets, sums, terms and deadlines, each normalised.

Left out are facts of rows that restate a clause of the body, which would count twice, and those of
letterheads and closings, which are of the notice itself (试行二年).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, Literal, NamedTuple

from extractor.compare.normal import Measure, Sense, amount, duration, normal_name, sense, target
from extractor.lexicon import read_toml

Kind = Literal["target", "amount", "duration", "deadline"]
_BEFORE = 12  # characters before a number that say whether it is a change or a level
_SHORTEST = 4  # characters of the name of a count that says what it is of; a rate's may be shorter
_SOURCE = f"""
select f.*, d.id as document_id, coalesce(j.name, '') as place, coalesce(j.short_name, '') as short_place,
  coalesce((
    select substr(d.text, max(n.start - {_BEFORE}, f.start) + 1, n.start - max(n.start - {_BEFORE}, f.start))
    from numbers n where n.clause_id = f.clause_id and n.record_id = f.id
    order by n.start limit 1
  ), '') as before
from documents d
join {{table}} f on f.clause_id > d.id || '.' and f.clause_id < d.id || '/'
join clauses c on c.id = f.clause_id and c.level not in ('front', 'preamble', 'closing', 'back')
left join jurisdictions j on j.id = d.jurisdiction_id
where d.id in (select value from json_each(?)) and not exists (
  select 1 from clause_links l where l.from_clause_id = f.clause_id and l.kind = 'task_of'
)
order by f.id
"""
_TABLES: tuple[tuple[str, Kind], ...] = (
    ("targets", "target"), ("amounts", "amount"), ("durations", "duration"), ("deadlines", "deadline")
)  # fmt: skip


class Fact(NamedTuple):
    """A row of `normal_facts`. `name` and `beneficiary` are normalised, "" where there is none.

    `sure` is False where the name alone does not tell the matter, so that the clauses must be alike.
    """

    id: str
    kind: Kind
    document_id: str
    clause_id: str
    name: str
    beneficiary: str
    role: str  # of a sum: benefit, cap, price …; "" else
    sense: Sense
    comparator: str
    value: float | None
    value_high: float | None
    unit: str
    deadline: str | None
    calculation: str
    sure: bool


def facts(db: sqlite3.Connection, documents: Collection[str]) -> Iterator[Fact]:
    """The facts of `documents`, those of one kind after another, by id."""
    asked = json.dumps(sorted(documents))
    for table, kind in _TABLES:
        cursor = db.execute(_SOURCE.format(table=table), (asked,))
        columns = [column[0] for column in cursor.description]
        for row in cursor:
            yield _fact(kind, dict(zip(columns, row, strict=True)))


def _fact(kind: Kind, row: dict[str, Any]) -> Fact:
    places = (row["place"], row["short_place"])
    who = normal_name(row.get("beneficiary"), places=places)
    name = normal_name(_printed(kind, row), places=places)
    measure = _measure(kind, row)
    return Fact(
        id=row["id"], kind=kind, document_id=row["document_id"], clause_id=row["clause_id"],
        name=name, beneficiary=who, role=row.get("kind") or "",
        sense=sense(row["before"]), comparator=row.get("comparator") or "=",
        value=measure.value if measure else None, value_high=measure.value_high if measure else None,
        unit=measure.unit if measure else "",
        deadline=row["due"] if kind == "deadline" else row.get("deadline"),
        calculation=measure.calculation if measure else "",
        sure=_is_sure(kind, row, name),
    )  # fmt: skip


def _printed(kind: Kind, row: dict[str, Any]) -> str | None:
    if kind == "amount":
        return _benefit(row["purpose"], row["beneficiary"], row["action"])
    column = {"target": "indicator", "duration": "subject", "deadline": "task"}[kind]
    return str(row[column] or "")


def _benefit(purpose: str | None, beneficiary: str | None, action: str | None) -> str:
    """What a sum is for; of whom where the purpose says no more than 补助; "" where neither is said."""
    if purpose and normal_name(purpose) not in _words().bare:
        return purpose
    return f"{beneficiary}{purpose or action or ''}" if beneficiary else ""


def _measure(kind: Kind, row: dict[str, Any]) -> Measure | None:
    if kind == "deadline":
        return None
    value, high, unit = row["value"], row["value_high"], row["unit"]
    if kind == "target":
        return target(value, high, unit, row["normal_value"])
    if kind == "amount":
        return amount(value, high, unit, per=row["per"], period=row["period"])
    return duration(value, high, unit, row["quote"])


def _is_sure(kind: Kind, row: dict[str, Any], name: str) -> bool:
    words = _words()
    if kind == "target":
        return name not in words.bare and (len(name) >= _SHORTEST or name.endswith(words.rates))
    if kind == "amount":
        return bool(name and row["beneficiary"]) and normal_name(row["purpose"]) not in words.bare | {""}
    return kind == "duration" and name.endswith(words.leaves)


class _Words(NamedTuple):
    bare: frozenset[str]
    rates: tuple[str, ...]
    leaves: tuple[str, ...]


@cache
def _words() -> _Words:
    names = read_toml("facts.toml")["names"]
    return _Words(frozenset(names["bare"]), tuple(names["rates"]), tuple(names["leaves"]))
