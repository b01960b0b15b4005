"""The facts of clauses as pages show them: kind, words, figure, and the fields that the source states."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from extractor.contract import FACT_TABLES, FactKind

LONGEST = 400  # characters of one value
KINDS: tuple[FactKind, ...] = tuple(FACT_TABLES)
_COMPARATORS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ ", "=": ""}
# What is shown of each kind beside subject and figure, in this order.
_FIELDS: Mapping[FactKind, tuple[str, ...]] = {
    "duty": ("sector", "basis"),
    "target": ("deadline", "scope"),
    "amount": ("kind", "action", "beneficiary", "per", "period", "payer"),
    "duration": ("action", "beneficiary"),
    "deadline": (),
    "citation": ("doc_number", "relation"),
}
_SUBJECTS: Mapping[FactKind, str] = {
    "duty": "name",
    "target": "indicator",
    "amount": "purpose",
    "duration": "subject",
    "deadline": "task",
    "citation": "title",
}
_ELSE: Mapping[FactKind, str] = {"amount": "action", "citation": "quote"}  # where the subject is not stated
_IN = "f.clause_id in (select value from json_each(?))"
_DUTIES = f"""
select f.*, u.name, u.sector, u.canonical_name from responsibilities f join units u on u.id = f.unit_id
where {_IN} order by f.clause_id, f.position, f.start
"""


class Fact(NamedTuple):
    """A row of one of the six tables. `start` and `end` are offsets in documents.text."""

    kind: FactKind
    id: str
    clause_id: str
    start: int
    end: int
    quote: str
    subject: str | None  # who or what: the unit, the indicator, the leave, the task, the cited title
    figure: str | None  # ≥ 4.5个, 2025-12-31; a duty and a citation have none
    role: str | None  # of a duty
    fields: tuple[tuple[str, str], ...]  # (column, value), those that are stated
    leads_to: str | None  # the unit's canonical name, the cited document's id


def facts_of(db: sqlite3.Connection, clauses: Iterable[str]) -> tuple[Fact, ...]:
    """The facts of the clauses with these ids, by kind and place. Six queries, however many clauses."""
    names = json.dumps(sorted(clauses))
    return tuple(fact for kind in KINDS for fact in _of_kind(db, kind, names))


def by_clause(facts: Iterable[Fact]) -> dict[str, tuple[Fact, ...]]:
    """Clause id → its facts, in their order."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.clause_id, []).append(fact)
    return {name: tuple(each) for name, each in found.items()}


def number(value: float | int | str) -> str:
    """A stored number by its shortest digits, never with an exponent: 4.5, 2000, 0.00008."""
    if not isinstance(value, float):
        return str(value)
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def figure(row: Mapping[str, Any]) -> str:
    """≥ 4.5个; 10–20元."""
    high = f"–{number(row['value_high'])}" if row["value_high"] is not None else ""
    sign = _COMPARATORS.get(row["comparator"], row["comparator"])
    return f"{sign}{number(row['value'])}{high}{row['unit']}"


def _of_kind(db: sqlite3.Connection, kind: FactKind, names: str) -> Iterator[Fact]:
    sql = (
        _DUTIES
        if kind == "duty"
        else f"select f.* from {FACT_TABLES[kind]} f where {_IN} order by f.clause_id, f.start, f.id"
    )
    cursor = db.execute(sql, (names,))
    columns = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(columns, map(_cut, values), strict=True))
        subject = row[_SUBJECTS[kind]] or row.get(_ELSE.get(kind, ""))
        yield Fact(
            kind, row["id"], row["clause_id"], row["start"], row["end"], row["quote"],
            subject=subject,
            figure=_figure(kind, row),
            role=row.get("role"),
            fields=tuple((name, row[name]) for name in _FIELDS[kind] if row[name] not in (None, subject)),
            leads_to=row.get("canonical_name") or row.get("cited_document_id"),
        )  # fmt: skip


def _cut(value: Any) -> Any:
    """A stored value no longer than a page has room for."""
    return value[:LONGEST] if isinstance(value, str) else value


def _figure(kind: FactKind, row: Mapping[str, Any]) -> str | None:
    if kind == "deadline":
        return str(row["due"])
    return figure(row) if "comparator" in row else None
