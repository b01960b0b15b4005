"""The index of sectors and units, and which of them a name stands for."""

from __future__ import annotations

import sqlite3
from typing import Literal, NamedTuple

from extractor.site.questions.memory import remembered

QUERIES = 2
_MOST = 400
Kind = Literal["sector", "unit"]
_SECTORS = """
select sector, name, clauses, lead, support from duty_totals where kind = 'sector' order by clauses desc, name
"""
# By a name as printed too: 市卫健委 finds 市卫生健康委员会.
_UNITS = """
select t.sector, substr(t.name, 1, 200), t.clauses, t.lead, t.support from duty_totals t
where t.kind = 'unit' and (:words = '' or instr(t.name, :words)
  or t.name in (select canonical_name from units where instr(name, :words)))
order by t.clauses desc, t.name limit :most
"""
# A name is a sector's, a unit's in full, or a unit's as printed; of several units so called, the commonest.
_NAMED = """
select kind, name from (
  select kind, name, kind = 'unit' as place, 0 as clauses from duty_totals where name = :name
  union all
  select t.kind, t.name, 2, t.clauses from units u
  join duty_totals t on t.kind = 'unit' and t.name = u.canonical_name where u.name = :name
) order by place, clauses desc limit 1
"""
MEANT = {"sector": "u.sector = :name", "unit": "u.canonical_name = :name"}
# The counts `d` of the documents of a place; a notice of no jurisdiction stands by itself.
OF_PLACE = """
d.kind = :kind and d.name = :name
  and (d.jurisdiction_id = {place} or d.document_id = {place} and +d.jurisdiction_id is null)
"""
# A row of a task table deals with the matter of the clause it restates; where that names the unit itself, it
# is not new. {duty} is a row of responsibilities, {link} of clause_links.
NEW = """
not exists (
  select 1 from responsibilities body where body.clause_id = {link}.to_clause_id
    and body.unit_id = {duty}.unit_id
)
"""


class Group(NamedTuple):
    """A sector or unit of the index, and how many clauses name it, as lead and as support."""

    sector: str
    name: str
    clauses: int
    lead: int
    support: int


class Index(NamedTuple):
    """Sectors, and the units with most duties."""

    sectors: tuple[Group, ...]
    units: tuple[Group, ...]


class Named(NamedTuple):
    """A sector, or a unit by its name in full."""

    kind: Kind
    name: str


@remembered
def index(db: sqlite3.Connection, words: str) -> Index:
    """All sectors, and the units whose name has `words`; those with most duties first."""
    units = db.execute(_UNITS, {"words": words, "most": _MOST})
    return Index(tuple(Group(*row) for row in db.execute(_SECTORS)), tuple(Group(*row) for row in units))


def named(db: sqlite3.Connection, name: str) -> Named | None:
    """What `name` stands for; None where no clause names it."""
    row = db.execute(_NAMED, {"name": name}).fetchone()
    return None if row is None else Named(*row)
