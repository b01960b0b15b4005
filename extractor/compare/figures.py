"""The figures and leading units of clauses, as a reader of a comparison wants them.

Four queries, however many clauses are asked for.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Literal, NamedTuple

Kind = Literal["目标", "金额", "时长", "期限"]
_COMPARATORS = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "~": "约"}
PERIODS = {"once": "一次性", "day": "每日", "month": "每月", "quarter": "每季度", "year": "每年"}
_TARGETS = """
select clause_id, indicator, comparator, value, value_high, unit, deadline, quote from targets
where clause_id in (select value from json_each(?)) order by start
"""
_AMOUNTS = """
select clause_id, coalesce(purpose, beneficiary, action), comparator, value, value_high, unit, period, per,
  quote
from amounts where clause_id in (select value from json_each(?)) order by start
"""
_DURATIONS = """
select clause_id, subject, action, comparator, value, value_high, unit, quote from durations
where clause_id in (select value from json_each(?)) order by start
"""
# What a row of a task table says of duties, it says of the clause that it restates.
_LEADS = """
with stated as (
  select value as clause_id, value as at, 0 as own from json_each(?1)
  union all select to_clause_id, from_clause_id, 1 from clause_links
    where to_clause_id in (select value from json_each(?1)) and kind = 'task_of'
)
select stated.clause_id, units.name, role from stated
join responsibilities on responsibilities.clause_id = stated.at join units on units.id = unit_id
where basis != 'default' order by own, at, responsibilities.position
"""


class Figure(NamedTuple):
    """A figure of a clause: 每千人口托位数 ≥4.5个 (2025). `value` is a number as stored."""

    kind: Kind
    name: str
    value: float
    unit: str
    words: str
    quote: str


def figures(db: sqlite3.Connection, clauses: Collection[str]) -> Mapping[str, tuple[Figure, ...]]:
    """Clause → its targets, sums and terms, in that order; a clause without any has ()."""
    found: dict[str, list[Figure]] = {clause: [] for clause in clauses}
    asked = (json.dumps(list(clauses)),)
    for clause, name, comparator, value, high, unit, deadline, quote in db.execute(_TARGETS, asked):
        words = value_words(comparator, value, high, unit) + (f"（{deadline}）" if deadline else "")
        found[clause].append(_figure("目标", name, value, unit, words, quote))
    for clause, name, comparator, value, high, unit, period, per, quote in db.execute(_AMOUNTS, asked):
        words = value_words(comparator, value, high, unit)
        words = PERIODS.get(period, "") + words + (f"/{per}" if per else "")
        found[clause].append(_figure("金额", name, value, unit, words, quote))
    for clause, name, action, comparator, value, high, unit, quote in db.execute(_DURATIONS, asked):
        words = (action or "") + value_words(comparator, value, high, unit)
        found[clause].append(_figure("时长", name, value, unit, words, quote))
    return {clause: tuple(own) for clause, own in found.items()}


def _figure(kind: Kind, name: str | None, value: Any, unit: str, words: str, quote: str) -> Figure:
    label = name or ""
    return Figure(kind, label, float(value), unit, f"{label} {words}".strip(), quote)


def value_words(comparator: str, value: Any, high: Any, unit: str) -> str:
    """≥4.5个, 1,000–2,000元: a value with its comparator and unit, every digit that is stored."""
    upper = f"–{number(high)}" if high is not None else ""
    return f"{_COMPARATORS.get(comparator, '')}{number(value)}{upper}{unit}"


def number(value: Any) -> str:
    """A stored number for reading: thousands apart, no digit lost."""
    return f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"


def leads(db: sqlite3.Connection, clauses: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Clause → its leading units; where none leads by name, the units responsible."""
    rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for clause, name, role in db.execute(_LEADS, (json.dumps(list(clauses)),)):
        rows[clause].append((name, role))
    return {clause: _leading(rows[clause]) for clause in clauses}


def _leading(rows: Collection[tuple[str, str]]) -> tuple[str, ...]:
    lead = [name for name, role in rows if role == "lead"]
    return tuple(dict.fromkeys(lead or [name for name, role in rows if role == "responsible"]))
