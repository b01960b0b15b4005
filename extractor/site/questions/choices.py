"""What can be chosen on the pages that put jurisdictions side by side. One query each."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

HUES = 10  # colours of the palette in figures.css
MOST_PLACES = 400
# The documents of the jurisdictions :places; a notice of none stands by itself, as in a comparison.
OF_PLACES = """
documents d join json_each(:places) p
  on d.jurisdiction_id = p.value or d.id = p.value and d.jurisdiction_id is null
"""
# Names are looked up for what is wanted only.
_PLACES = """
with counted as (
  select jurisdiction_id as code, count(*) as documents from documents
  where jurisdiction_id is not null group by 1
  union all select id, 1 from documents where jurisdiction_id is null
), wanted as materialized (
  select * from (select *, row_number() over (order by code) - 1 as place from counted)
  where :codes is null or code in (select value from json_each(:codes))
  order by documents desc, code limit :most
)
select w.code, substr(coalesce(j.name, d.title, d.id), 1, 80),
  substr(coalesce(j.short_name, d.title, d.id), 1, 60), w.documents, w.place
from wanted w left join jurisdictions j on j.id = w.code
left join documents d on j.id is null and d.id = w.code
order by w.documents desc, w.code
"""
_TOPICS = """
select t.id, substr(t.name, 1, 60), substr(coalesce(p.name, ''), 1, 60), t.origin
from topics t left join topics p on p.id = t.parent_id
where not exists (select 1 from topics under where under.parent_id = t.id)
order by t.origin desc, t.rowid limit 300
"""
_COMMONEST = f"""
select ct.topic_id from {OF_PLACES}
join clause_topics ct on ct.clause_id > d.id || '.' and ct.clause_id < d.id || '/'
group by ct.topic_id order by count(distinct p.value) desc, count(*) desc, ct.topic_id limit :most
"""


class Place(NamedTuple):
    """A jurisdiction with notices.

    `hue` is its colour in every chart: its place by code among all that have any.
    """

    id: str
    name: str
    label: str  # the short name; the whole one where two share the short one
    documents: int
    hue: int


class TopicChoice(NamedTuple):
    """A topic that clauses can have. `group` is the topic above it, or ""."""

    id: str
    name: str
    group: str
    found: bool  # without a list


def clause_path(clause_id: str) -> str:
    """The path of a clause on the page of its document.

    >>> clause_path("xihu-2023-8.2.3.10")
    '/-/d/xihu-2023-8#2.3.10'
    """
    document, _, ref = clause_id.partition(".")
    return f"/-/d/{document}#{ref}"


def places(db: sqlite3.Connection, codes: Collection[str] | None = None) -> tuple[Place, ...]:
    """The jurisdictions that have notices, or those of `codes`; most notices first, `MOST_PLACES` at most."""
    asked = {"codes": None if codes is None else json.dumps(list(codes)), "most": MOST_PLACES}
    rows = db.execute(_PLACES, asked).fetchall()
    shared = Counter(short for _, _, short, *_ in rows)
    return tuple(
        Place(code, name, short if shared[short] == 1 else name, count, place % HUES)
        for code, name, short, count, place in rows
    )


def chosen(every: Sequence[Place], codes: Collection[str], *, most: int) -> tuple[Place, ...]:
    """Those of `codes`, in their order; without any, the first `most` of `every`. Never more than `most`."""
    known = {place.id: place for place in every}
    return tuple(known[code] for code in dict.fromkeys(codes) if code in known)[:most] or tuple(every[:most])


def topics(db: sqlite3.Connection) -> tuple[TopicChoice, ...]:
    """Listed topics first, in their order, without those above others; () where there are none."""
    return tuple(
        TopicChoice(name_id, name, above, origin == "found")
        for name_id, name, above, origin in db.execute(_TOPICS)
    )


def commonest(db: sqlite3.Connection, codes: Collection[str], *, most: int) -> tuple[str, ...]:
    """The topics that most of these jurisdictions deal with."""
    asked = {"places": json.dumps(list(codes)), "most": most}
    return tuple(name for (name,) in db.execute(_COMMONEST, asked))
