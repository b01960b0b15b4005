"""Proof that `clause_facets` says of each clause just what its facts say. Reads only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from extractor.check.rows import Violation
from extractor.contract import FACT_TABLES

_FACTS = "\n".join(
    (
        "select clause_id, 'sectors', sector from responsibilities join units on units.id = unit_id",
        *(f"union select clause_id, 'kinds', '{kind}' from {table}" for kind, table in FACT_TABLES.items()),
    )
)
# What is no JSON is named where columns are looked at, and says nothing here.
_SAID = "\nunion all\n".join(
    f"select clause_id, '{name}', value from clause_facets, json_each(iif(json_valid({name}), {name}, '[]'))"
    for name in ("kinds", "sectors")
)


def facets(db: sqlite3.Connection) -> Iterator[Violation]:
    """Every kind of fact and every sector that the table lacks, and those that no fact bears out."""
    for what, more, less in (("lacks", _FACTS, _SAID), ("no fact bears out", _SAID, _FACTS)):
        found = db.execute(f"select * from ({more}) except select * from ({less}) order by 1, 2, 3")
        for clause, name, value in found.fetchall():
            document = str(clause).partition(".")[0]
            yield Violation(document, "clause_facets", clause, f"{name}: {what} {value!r}")
