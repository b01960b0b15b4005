"""The heat map of sectors and topics: how many clauses each sector leads and supports."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import add
from typing import NamedTuple
from urllib.parse import quote

from extractor.site.questions.charts import Chart, FiguresAsked, Mark
from extractor.site.questions.choices import OF_PLACES, Place, chosen, listed, places

MOST_PLACES = 8
_MOST_DOCUMENTS = 400
_SECTORS, _TOPICS_SHOWN = 24, 24
_ASKED = f"""
with asked as materialized (
  select d.id from {OF_PLACES}
  order by d.issued_on desc, d.id limit {_MOST_DOCUMENTS}
)
"""
# The ids of the clauses of a document begin with its id and a full stop; / is the character after it. SQLite
# is told how few they are. A row of a task table counts for the clause that it restates.
_OF_DOCUMENT = """
likelihood({column} > a.id || '.', 0.0001) and likelihood({column} < a.id || '/', 0.0001)
"""
_DUTIES = f"""{_ASKED}
select coalesce(l.to_clause_id, r.clause_id), u.sector, r.role from asked a
cross join responsibilities r on {_OF_DOCUMENT.format(column="r.clause_id")}
left join clause_links l on l.from_clause_id = r.clause_id and l.kind = 'task_of'
cross join units u on u.id = r.unit_id
"""
_TOPICS = f"""{_ASKED}
select ct.clause_id, t.id, substr(t.name, 1, 60) from asked a
cross join clause_topics ct on {_OF_DOCUMENT.format(column="ct.clause_id")}
cross join topics t on t.id = ct.topic_id
"""
COLUMNS = ("sector", "topic", "clauses", "lead", "support", "other_roles")


class _Cell(NamedTuple):
    """A sector and a topic (id and name): the clauses that have both, and of these those of each role."""

    sector: str
    topic_id: str
    topic: str
    clauses: int
    lead: int
    support: int
    others: int


def sectors_by_topic(db: sqlite3.Connection, asked: FiguresAsked) -> Chart:
    """One mark a sector and topic, of the sectors and topics with most clauses. Three queries."""
    every = places(db)
    own = chosen(every, asked.jurisdictions, most=MOST_PLACES)
    cells = tuple(_cells(db, [place.id for place in own]))
    sectors: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    for cell in cells:
        sectors[cell.sector] += cell.clauses
        topics[cell.topic] += cell.clauses
    first = _first(sectors, _SECTORS), _first(topics, _TOPICS_SHOWN)
    kept = [cell for cell in cells if cell.sector in first[0] and cell.topic in first[1]]
    kept.sort(key=lambda cell: (first[0].index(cell.sector), first[1].index(cell.topic)))
    says = (("clauses", sectors.total()), ("sectors", len(sectors)), ("topics", len(topics)))
    return Chart(
        "heat", "heat", COLUMNS, tuple(_mark(cell, own, asked) for cell in kept), listed(every, own), own,
        says=says, left_out=len(cells) - len(kept),
    )  # fmt: skip


def _cells(db: sqlite3.Connection, codes: Sequence[str]) -> Iterator[_Cell]:
    """Counted here: SQLite would sort every meeting of a duty and a topic to count each clause once."""
    asked = {"places": json.dumps(codes)}
    topics: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for clause, *topic in db.execute(_TOPICS, asked):
        topics[clause].append((topic[0], topic[1]))
    roles: dict[tuple[str, str], set[str]] = defaultdict(set)
    for clause, sector, role in db.execute(_DUTIES, asked):
        if clause in topics:
            roles[clause, sector].add(role)
    counts: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for (clause, sector), own in roles.items():
        found = (1, "lead" in own, "support" in own, not own <= {"lead", "support"})
        for topic_id, name in topics[clause]:
            count = counts[sector, topic_id, name]
            count[:] = map(add, count, found)
    for key, count in sorted(counts.items()):
        yield _Cell(*key, *count)


def _first(counts: Mapping[str, int], most: int) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))[:most]


def _mark(cell: _Cell, own: tuple[Place, ...], asked: FiguresAsked) -> Mark:
    codes = tuple(place.id for place in own) if asked.jurisdictions else ()
    cells = (cell.sector, cell.topic, *map(str, cell[3:]))
    path, query = f"/-/u/{quote(cell.sector, safe='')}", (("topic", (cell.topic_id,)), ("j", codes))
    return Mark(cells, path, cell.sector, cell.topic, label=str(cell.clauses), query=query)
