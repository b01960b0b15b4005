"""Of each clause the kinds of its facts and the sectors it names: the rows of `clause_facets`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache

from extractor.contract import FACT_TABLES, load_contract
from extractor.records.rows import Row


def facets(rows: Mapping[str, list[Row]]) -> list[Row]:
    """The rows that follow from those of a notice's facts and units."""
    clause = {table: _place(table, "clause_id") for table in FACT_TABLES.values()}
    kinds = ((row[clause[table]], kind) for kind, table in FACT_TABLES.items() for row in rows[table])
    own, sector, unit = (
        _place("units", "id"),
        _place("units", "sector"),
        _place("responsibilities", "unit_id"),
    )
    sectors = {row[own]: row[sector] for row in rows["units"]}
    named = ((row[clause["responsibilities"]], sectors[row[unit]]) for row in rows["responsibilities"])
    return listed(kinds, named)


def listed(kinds: Iterable[Row], sectors: Iterable[Row]) -> list[Row]:
    """Pairs of a clause and a kind, of a clause and a sector → by clause its id and both lists, as JSON."""
    clauses: dict[str, tuple[set[str], set[str]]] = {}
    for place, pairs in enumerate((kinds, sectors)):
        for clause, value in pairs:
            clauses.setdefault(str(clause), (set(), set()))[place].add(str(value))
    return [
        (clause, *(json.dumps(sorted(values), ensure_ascii=False) for values in found))
        for clause, found in sorted(clauses.items())
    ]


@cache
def _place(table: str, column: str) -> int:
    return load_contract()[table].names.index(column)
