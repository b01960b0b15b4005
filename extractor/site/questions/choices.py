"""What can be chosen on the pages that put jurisdictions side by side. One query each."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from extractor.site.questions.memory import remembered

HUES = 10  # colours of the palette in figures.css
LISTED = 400  # places that a page offers to choose from
MOST_ALONE = 2000  # notices of no jurisdiction that stand by themselves
# The documents of the jurisdictions :places; a notice of none stands by itself, as in a comparison.
OF_PLACES = """
documents d join json_each(:places) p
  on d.jurisdiction_id = p.value or d.id = p.value and +d.jurisdiction_id is null
"""
_PLACES = f"""
with counted as (
  select jurisdiction_id as code, count(*) as documents from documents
  where jurisdiction_id is not null group by 1
  union all select * from (
    select id, 1 from documents where jurisdiction_id is null order by id limit {MOST_ALONE}
  )
)
select c.code, substr(coalesce(j.name, d.title, d.id), 1, 80),
  substr(coalesce(j.short_name, d.title, d.id), 1, 60), c.documents, row_number() over (order by c.code) - 1
from counted c left join jurisdictions j on j.id = c.code
left join documents d on j.id is null and d.id = c.code
order by c.documents desc, c.code
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


@remembered
def places(db: sqlite3.Connection) -> Mapping[str, Place]:
    """Code → jurisdiction that has notices, those with most first."""
    rows = db.execute(_PLACES).fetchall()
    shared = Counter(short for _, _, short, *_ in rows)
    return MappingProxyType(
        {
            code: Place(code, name, short if shared[short] == 1 else name, count, place % HUES)
            for code, name, short, count, place in rows
        }
    )


def place_of(every: Mapping[str, Place], code: str) -> Place:
    """The place of this code; of a notice that stands by itself and is one too many, its id."""
    return every.get(code) or Place(code, code[:80], code[:60], 1, 0)


def listed(every: Mapping[str, Place], own: Iterable[Place]) -> tuple[Place, ...]:
    """Those that a page offers to choose from: those with most notices, and what is chosen."""
    first = dict(islice(every.items(), LISTED))
    return (*first.values(), *(place for place in own if place.id not in first))


def chosen(every: Mapping[str, Place], codes: Iterable[str], *, most: int) -> tuple[Place, ...]:
    """Those of `codes`, in their order; without any, the first `most` of `every`. Never more than `most`."""
    own = [every[code] for code in dict.fromkeys(codes) if code in every]
    return tuple(islice(own or every.values(), most))


@remembered
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
