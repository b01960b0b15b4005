"""The heat map of sectors and topics: how many clauses each sector leads and supports."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from urllib.parse import quote

from extractor.site.questions.charts import Chart, FiguresAsked, Mark
from extractor.site.questions.choices import OF_PLACES, Place, chosen, places

MOST_PLACES = 8
_MOST_DOCUMENTS = 400
_SECTORS, _TOPICS = 24, 24
# A row of a task table counts for the clause that it restates. The ids of the clauses of a document begin
# with its id and a full stop; / is the character after it.
_COUNTS = f"""
with asked as materialized (
  select d.id from {OF_PLACES}
  order by d.issued_on desc, d.id limit {_MOST_DOCUMENTS}
)
select u.sector, t.id, substr(t.name, 1, 60), count(distinct ct.clause_id),
  count(distinct ct.clause_id) filter (where r.role = 'lead'),
  count(distinct ct.clause_id) filter (where r.role = 'support'),
  count(distinct ct.clause_id) filter (where r.role not in ('lead', 'support'))
from asked a
join responsibilities r on r.clause_id > a.id || '.' and r.clause_id < a.id || '/'
left join clause_links l on l.from_clause_id = r.clause_id and l.kind = 'task_of'
join clause_topics ct on ct.clause_id = coalesce(l.to_clause_id, r.clause_id)
join topics t on t.id = ct.topic_id
join units u on u.id = r.unit_id
group by u.sector, t.id
"""
COLUMNS = ("sector", "topic", "clauses", "lead", "support", "other_roles")


def sectors_by_topic(db: sqlite3.Connection, asked: FiguresAsked) -> Chart:
    """One mark a sector and topic, of the sectors and topics with most clauses. Two queries."""
    every = places(db)
    own = chosen(every, asked.jurisdictions, most=MOST_PLACES)
    codes = json.dumps([place.id for place in own])
    rows = db.execute(_COUNTS, {"places": codes}).fetchall()
    sectors: dict[str, int] = defaultdict(int)
    topics: dict[str, int] = defaultdict(int)
    for sector, _, topic, count, *_ in rows:
        sectors[sector] += count
        topics[topic] += count
    first = _first(sectors, _SECTORS), _first(topics, _TOPICS)
    kept = [row for row in rows if row[0] in first[0] and row[2] in first[1]]
    kept.sort(key=lambda row: (first[0].index(row[0]), first[1].index(row[2])))
    says = (("clauses", sum(row[3] for row in rows)), ("sectors", len(sectors)), ("topics", len(topics)))
    return Chart(
        "heat", "heat", COLUMNS, tuple(_mark(row, own, asked) for row in kept), every, own, says=says,
        left_out=len(rows) - len(kept),
    )  # fmt: skip


def _first(counts: dict[str, int], most: int) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))[:most]


def _mark(row: tuple[str, str, str, int, int, int, int], own: tuple[Place, ...], asked: FiguresAsked) -> Mark:
    sector, topic_id, topic, count, lead, support, others = row
    codes = tuple(place.id for place in own) if asked.jurisdictions else ()
    cells = (sector, topic, str(count), str(lead), str(support), str(others))
    path, query = f"/-/u/{quote(sector, safe='')}", (("topic", (topic_id,)), ("j", codes))
    return Mark(cells, path, sector, topic, label=str(count), query=query)
