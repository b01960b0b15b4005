"""What the clauses of a search have in common: counts by jurisdiction, topic, sector and kind of fact."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from extractor.site.questions.facts import TABLES

FACETS: Final = ("jurisdiction", "topic", "sector", "kind")
_KINDS = "\n".join(
    f"union all select 'kind', '{kind}', '{kind}', count(*) from hits"
    f" where exists (select 1 from {table} x where x.clause_id = hits.id)"
    for kind, table in TABLES.items()
)
# `cross join` keeps the hits in front: there are few of them, however large the tables.
_OF_CLAUSES = f"""
with hits (id) as (select value from json_each(:clauses))
select 'topic', t.id, substr(t.name, 1, 60), count(*) from hits
  cross join clause_topics x on x.clause_id = hits.id cross join topics t on t.id = x.topic_id group by 2
union all
select 'sector', u.sector, u.sector, count(distinct hits.id) from hits
  cross join responsibilities x on x.clause_id = hits.id cross join units u on u.id = x.unit_id group by 2
{_KINDS}
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
    """Facet → its values, the most frequent first, for hits given as (clause, document). Two queries."""
    found: dict[str, list[FacetValue]] = {name: [] for name in FACETS}
    found["jurisdiction"] = _jurisdictions(db, Counter(document for _, document in hits))
    for facet, *row in db.execute(_OF_CLAUSES, {"clauses": json.dumps([clause for clause, _ in hits])}):
        if row[2]:
            found[facet].append(FacetValue(*row))
    return {
        name: tuple(sorted(values, key=lambda each: (-each.clauses, each.value)))
        for name, values in found.items()
    }


def _jurisdictions(db: sqlite3.Connection, clauses: Mapping[str, int]) -> list[FacetValue]:
    """Of each jurisdiction, how many of the clauses, which are counted by document."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for document, code, name in db.execute(_OF_DOCUMENTS, (json.dumps(list(clauses)),)):
        names[code] = name
        counts[code] += clauses[document]
    return [FacetValue(code, names[code], count) for code, count in counts.items()]
