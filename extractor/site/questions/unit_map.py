"""The heat map of one unit or sector: topics by jurisdictions, with the clauses it leads and supports."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from extractor.site.questions.units import MEANT, NEW, Named

_ROWS, _COLUMNS = 40, 12
_PLACES = """
select place from duty_places where kind = :kind and name = :name
order by place in (select value from json_each(:places)) desc, clauses desc, place limit :most
"""
# The duties of the units `meant` in the documents of :places. The range of ids is that of a document's
# clauses; SQLite is told how few they are, and by the plus to read them before it looks for the units.
_COUNTS = """
with chosen as materialized (
  select d.document_id, p.value as place from json_each(:places) p
  cross join duty_counts d on d.kind = :kind and d.name = :name and d.jurisdiction_id = p.value
  union all
  select d.document_id, p.value from json_each(:places) p
  cross join duty_counts d on d.kind = :kind and d.name = :name and d.document_id = p.value
    and +d.jurisdiction_id is null
),
own as materialized (
  select k.place, r.clause_id, r.unit_id, r.role from chosen k
  cross join responsibilities r on likelihood(r.clause_id > k.document_id || '.', 0.0001)
    and likelihood(r.clause_id < k.document_id || '/', 0.0001)
  where +r.unit_id in (select u.id from units u where {meant})
)
select t.id, substr(t.name, 1, 60), place, count(*), sum(led), sum(supported)
from (
  select ct.topic_id, own.place, max(own.role = 'lead') as led, max(own.role = 'support') as supported
  from own left join clause_links l on l.from_clause_id = own.clause_id and l.kind = 'task_of'
  cross join clause_topics ct on ct.clause_id = coalesce(l.to_clause_id, own.clause_id)
  where {new} group by ct.topic_id, own.clause_id
) join topics t on t.id = topic_id
group by t.id, place order by t.name
"""


class MapRow(NamedTuple):
    """A topic: for each jurisdiction (clauses, led, supported) or None."""

    id: str
    name: str
    cells: tuple[tuple[int, int, int] | None, ...]


def map_of(
    db: sqlite3.Connection, who: Named, asked: Collection[str]
) -> tuple[tuple[str, ...], tuple[MapRow, ...]]:
    """The codes of the columns, and the rows, the topic with most clauses first. Two queries.

    The columns are the jurisdictions asked for and those with most clauses, by code.
    """
    places = {**who._asdict(), "places": json.dumps(list(asked)), "most": _COLUMNS}
    codes = tuple(sorted(code for (code,) in db.execute(_PLACES, places)))
    sql = _COUNTS.format(meant=MEANT[who.kind], new=NEW.format(duty="own", link="l"))
    rows = db.execute(sql, {**who._asdict(), "places": json.dumps(codes)}).fetchall()
    return codes, _rows(rows, codes)


def _rows(rows: Sequence[tuple[str, str, str, int, int, int]], codes: Sequence[str]) -> tuple[MapRow, ...]:
    names: dict[str, str] = {}
    cells: dict[str, dict[str, tuple[int, int, int]]] = defaultdict(dict)
    for topic, name, code, *counts in rows:
        names[topic] = name
        cells[topic][code] = (counts[0], counts[1], counts[2])
    order = sorted(
        cells, key=lambda topic: (-sum(count for count, *_ in cells[topic].values()), names[topic])
    )
    return tuple(
        MapRow(topic, names[topic], tuple(cells[topic].get(code) for code in codes))
        for topic in order[:_ROWS]
    )
