"""Of each clause the kinds of its facts and the sectors it names: the rows of `clause_facets`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from extractor.contract import FACT_TABLES, load_contract
from extractor.records.rows import Row


def facets(rows: Mapping[str, list[Row]]) -> list[Row]:
    """The rows that follow from those of the facts, by clause: its id, then two lists in order, as JSON."""
    clauses: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for kind, table in FACT_TABLES.items():
        clause = load_contract()[table].names.index("clause_id")
        for row in rows[table]:
            clauses[str(row[clause])][0].add(kind)
    sectors = _sectors(rows["units"])
    names = load_contract()["responsibilities"].names
    clause, unit = names.index("clause_id"), names.index("unit_id")
    for row in rows["responsibilities"]:
        clauses[str(row[clause])][1].add(sectors[str(row[unit])])
    return [(clause_id, *map(_listed, found)) for clause_id, found in sorted(clauses.items())]


def _sectors(units: Iterable[Row]) -> Mapping[str, str]:
    """Id of a unit → its sector."""
    names = load_contract()["units"].names
    own, sector = names.index("id"), names.index("sector")
    return {str(row[own]): str(row[sector]) for row in units}


def _listed(values: set[str]) -> str:
    return json.dumps(sorted(values), ensure_ascii=False)
