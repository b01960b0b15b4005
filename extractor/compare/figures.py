"""The figures and leading units of a clause, as a reader of a comparison wants them."""

from __future__ import annotations

import sqlite3
from typing import Any, Literal, NamedTuple

Kind = Literal["目标", "金额", "时长", "期限"]
_COMPARATORS = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "~": "约"}
_PERIODS = {"once": "一次性", "day": "每日", "month": "每月", "quarter": "每季度", "year": "每年"}
_TARGETS = """
select start, indicator, comparator, value, value_high, unit, deadline, quote from targets
where clause_id = ? order by start
"""
_AMOUNTS = """
select start, coalesce(purpose, beneficiary, action), comparator, value, value_high, unit, period, per, quote
from amounts where clause_id = ? order by start
"""
_DURATIONS = """
select start, subject, comparator, value, value_high, unit, quote from durations
where clause_id = ? order by start
"""
_LEADS = """
select units.name, responsibilities.role from responsibilities join units on units.id = unit_id
where clause_id = ? and basis != 'default' order by responsibilities.position
"""


class Figure(NamedTuple):
    """A figure of a clause: 每千人口托位数 ≥4.5个 (2025). `value` is a number as stored."""

    kind: Kind
    name: str
    value: float
    unit: str
    words: str
    quote: str


def figures(db: sqlite3.Connection, clause: str) -> tuple[Figure, ...]:
    """Targets, sums and terms of a clause, in that order."""
    found = []
    for _, name, comparator, value, high, unit, deadline, quote in db.execute(_TARGETS, (clause,)):
        words = _words(comparator, value, high, unit) + (f"（{deadline}）" if deadline else "")
        found.append(_figure("目标", name, value, unit, words, quote))
    for _, name, comparator, value, high, unit, period, per, quote in db.execute(_AMOUNTS, (clause,)):
        words = _PERIODS.get(period, "") + _words(comparator, value, high, unit) + (f"/{per}" if per else "")
        found.append(_figure("金额", name, value, unit, words, quote))
    for _, name, comparator, value, high, unit, quote in db.execute(_DURATIONS, (clause,)):
        found.append(_figure("时长", name, value, unit, _words(comparator, value, high, unit), quote))
    return tuple(found)


def _figure(kind: Kind, name: str | None, value: Any, unit: str, words: str, quote: str) -> Figure:
    label = name or ""
    return Figure(kind, label, float(value), unit, f"{label} {words}".strip(), quote)


def _words(comparator: str, value: Any, high: Any, unit: str) -> str:
    upper = f"–{_number(high)}" if high is not None else ""
    return f"{_COMPARATORS.get(comparator, '')}{_number(value)}{upper}{unit}"


def _number(value: Any) -> str:
    return f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"


def leads(db: sqlite3.Connection, clause: str) -> tuple[str, ...]:
    """The leading units; where none leads by name, the units responsible."""
    rows = db.execute(_LEADS, (clause,)).fetchall()
    lead = [name for name, role in rows if role == "lead"]
    return tuple(dict.fromkeys(lead or [name for name, role in rows if role == "responsible"]))
