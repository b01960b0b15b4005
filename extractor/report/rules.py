"""Which rules made the facts, and how many each."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from extractor.contract import FACT_TABLES, FactKind

_SQL = " union all ".join(
    f"select '{kind}', rule, count(*) from {table} group by rule" for kind, table in FACT_TABLES.items()
)


class Rule(NamedTuple):
    """A rule and the facts of one kind that it made."""

    kind: FactKind
    name: str
    facts: int


def rules(db: sqlite3.Connection) -> tuple[Rule, ...]:
    """By kind in the order of the contract, the busiest first."""
    order = list(FACT_TABLES)
    found = [Rule(*row) for row in db.execute(_SQL)]
    return tuple(sorted(found, key=lambda rule: (order.index(rule.kind), -rule.facts, rule.name)))
