"""What the page UNIT asks: what one unit or sector has to do.

The counts by document say which notices a page is made of, so that the clauses of no other are looked at.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from extractor.site.questions.choices import Place, place_of, places
from extractor.site.questions.unit_map import MapRow, map_of
from extractor.site.questions.units import MEANT, NEW, OF_PLACE, Kind, named

QUERIES = 9
PAGE = 100  # clauses on a page
ROLES = ("lead", "support", "responsible", "implement", "guide")
# The documents on which clauses :offset to :offset + :page of the list stand, and the clauses before them:
# first of which of the first :reach places, by their sums.
_CHOSEN = """
with reached as (
  select place, clauses, sum(clauses) over (order by place rows unbounded preceding) as upto
  from (
    select place, {count} as clauses from duty_places where kind = :kind and name = :name and {count} > 0
      and (:every or place in (select value from json_each(:places)))
    order by place limit :reach
  )
),
kept as materialized (
  select place, upto - clauses as before from reached
  where :all or upto > :offset and upto - clauses < :offset + :page
),
found as (
  select k.place, k.before, d.document_id, d.issued_on, d.{count} as clauses from kept k
  cross join duty_counts d on {of_place}
)
select document_id, upto - clauses from (
  select place, document_id, clauses, before + sum(clauses) over (
    partition by place order by issued_on desc, document_id rows unbounded preceding
  ) as upto from found where clauses > 0
) where :all or upto > :offset and upto - clauses < :offset + :page order by upto
"""
# The clauses are read in their order, in which an index has them, and no further than the page reaches.
_LISTED = """
select coalesce(d.jurisdiction_id, d.id), d.id, substr(coalesce(d.title, d.id), 1, 200),
  substr(d.doc_number, 1, 60), kept.id, kept.ref, kept.heading, kept.words
from (
  select k.key as place, c.position, c.document_id, c.id, c.ref,
    substr(coalesce(c.heading, ''), 1, 200) as heading, substr(c.text, 1, 160) as words
  from json_each(:documents) k cross join clauses c on c.document_id = k.value
  where exists (
    select 1 from responsibilities r cross join units u on u.id = r.unit_id and {meant}
    left join clause_links l on l.from_clause_id = r.clause_id and l.kind = 'task_of'
    where r.clause_id = c.id and (:role = '' or r.role = :role) and {new}
      and (:topic = '' or exists (select 1 from clause_topics ct
        where ct.clause_id = coalesce(l.to_clause_id, r.clause_id) and ct.topic_id = :topic))
  ) limit :page offset :offset
) kept cross join documents d on d.id = kept.document_id order by kept.place, kept.position
"""
_PARTS = """
select r.clause_id, substr(u.canonical_name, 1, 200), substr(u.name, 1, 200), r.role, r.basis,
  substr(r.quote, 1, 400)
from responsibilities r join units u on u.id = r.unit_id
where r.clause_id in (select value from json_each(:clauses)) and {meant} and (:role = '' or r.role = :role)
order by r.clause_id, r.position
"""
_TOPICS = """
select a.value, t.id, substr(t.name, 1, 60) from json_each(?) a
left join clause_links l on l.from_clause_id = a.value and l.kind = 'task_of'
join clause_topics ct on ct.clause_id = coalesce(l.to_clause_id, a.value) join topics t on t.id = ct.topic_id
group by a.value, t.id order by max(ct.score) desc
"""
_DEADLINES = """
select clause_id, due from deadlines where clause_id in (select value from json_each(:clauses))
union select clause_id, deadline from targets
  where clause_id in (select value from json_each(:clauses)) and deadline is not null
order by 2
"""


class UnitAsked(NamedTuple):
    """What the address says: a sector or unit, and jurisdictions, role and topic to narrow by."""

    name: str
    jurisdictions: tuple[str, ...] = ()
    role: str = ""
    topic: str = ""
    page: int = 1


class Part(NamedTuple):
    """The part that a unit takes in a clause."""

    unit: str  # in full
    printed: str
    role: str
    basis: str
    quote: str


class Duty(NamedTuple):
    """A clause that names the unit. `due` are the deadlines of the clause, as stored."""

    clause_id: str
    place: str
    heading: str
    words: str
    parts: tuple[Part, ...]
    due: tuple[str, ...]
    topics: tuple[tuple[str, str], ...]


class Notice(NamedTuple):
    """The duties under one notice."""

    jurisdiction: Place | None
    id: str
    title: str
    doc_number: str | None
    duties: tuple[Duty, ...]


class Duties(NamedTuple):
    """The answer.

    `heat` is of all duties, whatever they are narrowed by, in the jurisdictions `columns`: those with most,
    and those asked for. `more` says that there is another page.
    """

    kind: Kind
    columns: tuple[Place, ...]
    heat: tuple[MapRow, ...]
    notices: tuple[Notice, ...]
    more: bool


def duties(db: sqlite3.Connection, asked: UnitAsked) -> Duties | None:
    """What the sector or unit of this name has to do; None where there is none of that name.

    A row of a task table is left out where the clause that it restates names the unit itself.
    """
    who = named(db, asked.name)
    if who is None:
        return None
    known = {"kind": who.kind, "name": who.name, "role": asked.role, "topic": asked.topic}
    meant = MEANT[who.kind]
    rows = _listed(db, asked, known)
    clauses = json.dumps([row[4] for row in rows[:PAGE]])
    read = _Read(
        _parts(db.execute(_PARTS.format(meant=meant), known | {"clauses": clauses})),
        _grouped(db.execute(_DEADLINES, {"clauses": clauses})),
        _grouped((clause, (name_id, name)) for clause, name_id, name in db.execute(_TOPICS, (clauses,))),
    )
    codes, heat = map_of(db, who, asked.jurisdictions)
    every = places(db)
    columns = tuple(place_of(every, code) for code in codes)
    return Duties(who.kind, columns, heat, tuple(_notices(rows[:PAGE], read, every)), len(rows) > PAGE)


def _listed(db: sqlite3.Connection, asked: UnitAsked, known: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """The clauses of a page and one more. Two queries.

    Clauses are not counted by topic, so with one all documents are gone through.
    """
    role = next((role for role in ROLES if role == asked.role), "clauses")
    offset = (asked.page - 1) * PAGE
    reach = -1 if asked.topic else offset + PAGE + 1  # a place has a clause at least
    page = {"page": PAGE + 1, "offset": offset, "all": bool(asked.topic), "reach": reach}
    narrowed = {"every": not asked.jurisdictions, "places": json.dumps(asked.jurisdictions)}
    chosen = db.execute(
        _CHOSEN.format(count=role, of_place=OF_PLACE.format(place="k.place")), {**known, **page, **narrowed}
    ).fetchall()
    before = chosen[0][1] if chosen else 0
    documents = json.dumps([document for document, _ in chosen])
    sql = _LISTED.format(meant=MEANT[known["kind"]], new=NEW.format(duty="r", link="l"))
    return db.execute(sql, {**known, **page, "documents": documents, "offset": offset - before}).fetchall()


class _Read(NamedTuple):
    """What stands with each clause."""

    parts: Mapping[str, tuple[Part, ...]]
    due: Mapping[str, tuple[str, ...]]
    topics: Mapping[str, tuple[tuple[str, str], ...]]


def _grouped(rows: Iterable[tuple[str, Any]]) -> Mapping[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for name, value in rows:
        found[name].append(value)
    return {name: tuple(own) for name, own in found.items()}


def _parts(rows: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[Part, ...]]:
    """A unit is named once a role, however often a clause names it."""
    found: dict[str, dict[tuple[str, str], Part]] = defaultdict(dict)
    for clause, *row in rows:
        part = Part(*row)
        found[clause].setdefault((part.unit, part.role), part)
    return {clause: tuple(own.values()) for clause, own in found.items()}


def _notices(rows: Iterable[tuple[Any, ...]], read: _Read, every: Mapping[str, Place]) -> Iterator[Notice]:
    groups: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        groups[row[1]].append(row)
    for document, own in groups.items():
        code, _, title, number, *_ = own[0]
        found = tuple(
            Duty(
                clause,
                ref,
                heading,
                words,
                read.parts[clause],
                read.due.get(clause, ()),
                read.topics.get(clause, ()),
            )
            for *_, clause, ref, heading, words in own
        )
        yield Notice(every.get(code), document, title, number, found)
