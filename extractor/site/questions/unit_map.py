"""The heat map of one unit or sector: topics by jurisdictions, with the clauses it leads and supports."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from extractor.site.questions.units import DUTIES, MEANT, NEW, Named

_ROWS, _COLUMNS = 40, 12
_PLACES = """
select coalesce(jurisdiction_id, document_id) from duty_counts where kind = :kind and name = :name
group by 1 order by coalesce(jurisdiction_id, document_id) in (select value from json_each(:places)) desc,
  sum(clauses) desc, 1 limit :most
"""
_COUNTS = """
with chosen as materialized (
  select document_id from duty_counts where kind = :kind and name = :name
    and coalesce(jurisdiction_id, document_id) in (select value from json_each(:places))
)
select t.id, substr(t.name, 1, 60), place, count(*), sum(led), sum(supported)
from (
  select ct.topic_id, coalesce(d.jurisdiction_id, d.id) as place, max(r.role = 'lead') as led,
    max(r.role = 'support') as supported
  {duties}
  cross join clause_topics ct on ct.clause_id = coalesce(l.to_clause_id, r.clause_id)
  cross join documents d on d.id = k.document_id
  where {new}
  group by ct.topic_id, r.clause_id
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
    sql = _COUNTS.format(duties=DUTIES.format(meant=MEANT[who.kind]), new=NEW)
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
