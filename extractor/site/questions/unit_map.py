"""The heat map of one unit or sector: topics by jurisdictions, with the clauses it leads and supports."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from extractor.site.questions.units import MEANT, NEW, OF_PLACE, Named

_ROWS, _COLUMNS = 40, 12
_PLACES = """
select place from duty_places where kind = :kind and name = :name
order by place in (select value from json_each(:places)) desc, clauses desc, place limit :most
"""
# The clauses with duties of the units `meant` in the documents of :places, and the clauses they deal with.
# The range of ids is that of a document's clauses; SQLite is told how few they are.
_COUNTS = """
with chosen as materialized (
  select d.document_id, p.value as place from json_each(:places) p cross join duty_counts d on {of_place}
),
own as materialized (
  select k.place, r.clause_id, coalesce(l.to_clause_id, r.clause_id) as matter,
    max(r.role = 'lead') as led, max(r.role = 'support') as supported
  from chosen k
  cross join responsibilities r on likelihood(r.clause_id > k.document_id || '.', 0.0001)
    and likelihood(r.clause_id < k.document_id || '/', 0.0001)
  cross join units u on u.id = r.unit_id and {meant}
  left join clause_links l on l.from_clause_id = r.clause_id and l.kind = 'task_of'
  where {new} group by r.clause_id, matter
)
select t.id, substr(t.name, 1, 60), place, clauses, led, supported
from (
  select ct.topic_id, own.place, count(*) as clauses, sum(led) as led, sum(supported) as supported
  from own cross join clause_topics ct on ct.clause_id = own.matter group by ct.topic_id, own.place
) join topics t on t.id = topic_id order by t.name
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
    sql = _COUNTS.format(
        of_place=OF_PLACE.format(place="p.value"), meant=MEANT[who.kind], new=NEW.format(duty="r", link="l")
    )
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
