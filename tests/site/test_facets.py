"""Counts of facets are what the facts of the clauses found say, looked at clause by clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from extractor.contract import FACT_TABLES
from extractor.site.questions.candidates import Asked, candidates
from extractor.site.questions.facets import FACETS, facets
from extractor.site.questions.terms import terms
from tests.site.comparing import compared
from tests.site.opening import answer, connected

# Of one clause: what it counts under, by way of the tables that say so.
_OF_ONE = {
    "jurisdiction": """select jurisdiction_id from documents d join clauses c on c.document_id = d.id
      where c.id = ? and jurisdiction_id is not null""",
    "topic": "select topic_id from clause_topics where clause_id = ?",
    "sector": "select distinct sector from responsibilities join units u on u.id = unit_id where clause_id = ?",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compared(tmp_path_factory.mktemp("facets"))


def counted(database: Path, clauses: list[str]) -> Mapping[str, Counter[str]]:
    found: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    with connected(database) as db:
        for clause in clauses:
            for facet, sql in _OF_ONE.items():
                found[facet].update(value for (value,) in db.execute(sql, (clause,)))
            for kind, table in FACT_TABLES.items():
                if db.execute(f"select 1 from {table} where clause_id = ?", (clause,)).fetchone():
                    found["kind"][kind] += 1
    return found


@pytest.mark.parametrize("typed", ["托育", "的", "补贴 生育", "GDP", "没有这个词"])
def test_a_clause_counts_once_under_each_value_it_has(database: Path, typed: str) -> None:
    hits = answer(database, candidates, Asked(typed, terms(typed), day="2024-05-01"), most=1000)
    found = answer(database, facets, [(each.id, each.document_id) for each in hits])
    held = {facet: {each.value: each.clauses for each in values} for facet, values in found.items()}
    assert held == counted(database, [each.id for each in hits])


def test_values_come_in_the_order_of_their_counts(database: Path) -> None:
    hits = answer(database, candidates, Asked("的", terms("的"), day="2024-05-01"), most=1000)
    for values in answer(database, facets, [(each.id, each.document_id) for each in hits]).values():
        assert (
            list(values) == sorted(values, key=lambda each: (-each.clauses, each.value)) and len(values) > 1
        )
