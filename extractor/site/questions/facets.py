"""What the clauses of a search have in common: counts by jurisdiction, topic, sector and kind of fact."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

FACETS: Final = ("jurisdiction", "topic", "sector", "kind")
# `cross join` keeps the hits in front: there are few of them, however large the tables.
_TOPICS = """
with hits (id) as (select value from json_each(?))
select t.id, substr(t.name, 1, 60), count(*) from hits
  cross join clause_topics x on x.clause_id = hits.id cross join topics t on t.id = x.topic_id group by 1
"""
_FACTS = """
with hits (id) as (select value from json_each(?))
select x.kinds, x.sectors, count(*) from hits
  cross join clause_facets x on x.clause_id = hits.id group by 1, 2
"""
_OF_DOCUMENTS = """
select d.id, j.id, substr(j.name, 1, 60) from documents d join jurisdictions j on j.id = d.jurisdiction_id
where d.id in (select value from json_each(?))
"""


class FacetValue(NamedTuple):
    """A value that the clauses found have, and how many have it."""

    value: str
    name: str
    clauses: int


def facets(db: sqlite3.Connection, hits: Sequence[tuple[str, str]]) -> Mapping[str, tuple[FacetValue, ...]]:
    """Facet → its values, the most frequent first, for hits given as (clause, document). Three queries."""
    clauses = json.dumps(sorted(clause for clause, _ in hits))  # sorted: those of a notice lie side by side
    kinds, sectors = _facts(db, clauses)
    found = {
        "jurisdiction": _jurisdictions(db, Counter(document for _, document in hits)),
        "topic": [FacetValue(*row) for row in db.execute(_TOPICS, (clauses,))],
        "sector": [FacetValue(name, name, count) for name, count in sectors.items()],
        "kind": [FacetValue(name, name, count) for name, count in kinds.items()],
    }
    return {
        name: tuple(sorted(values, key=lambda each: (-each.clauses, each.value)))
        for name, values in found.items()
    }


def _facts(db: sqlite3.Connection, clauses: str) -> tuple[Counter[str], Counter[str]]:
    """Of each kind of fact and of each sector, how many of the clauses (a JSON array of ids) have it."""
    kinds: Counter[str] = Counter()
    sectors: Counter[str] = Counter()
    for of_kinds, of_sectors, count in db.execute(_FACTS, (clauses,)):
        for found, names in ((kinds, of_kinds), (sectors, of_sectors)):
            for name in json.loads(names):
                found[name] += count
    return kinds, sectors


def _jurisdictions(db: sqlite3.Connection, clauses: Mapping[str, int]) -> list[FacetValue]:
    """Of each jurisdiction, how many of the clauses, which are counted by document."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for document, code, name in db.execute(_OF_DOCUMENTS, (json.dumps(list(clauses)),)):
        names[code] = name
        counts[code] += clauses[document]
    return [FacetValue(code, names[code], count) for code, count in counts.items()]
