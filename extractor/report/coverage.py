"""How much of each notice was understood: its numbers, the names of its units, its citations.

Whatever the size of the database, all is counted in SQL; only the notices with most to look at are listed.
"""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from extractor.contract import FACT_TABLES
from extractor.report.facts import KINDS

# What makes a notice one to look at: numbers of no class, units in no sector, findings above a note.
_WORST = """
with open (document_id, things) as (
  select document_id, count(*) from numbers where class = 'unclassified' group by 1
  union all select document_id, count(*) from findings where severity <> 'info' group by 1
  union all select substr(r.clause_id, 1, instr(r.clause_id, '.') - 1), count(distinct r.unit_id)
  from units u join responsibilities r on r.unit_id = u.id where u.sector = '其他' group by 1
)
select d.id, substr(coalesce(d.title, d.id), 1, 200), substr(d.doc_number, 1, 60), coalesce(o.things, 0)
from documents d left join (select document_id, sum(things) as things from open group by 1) o
  on o.document_id = d.id
order by 4 desc, d.id limit ?
"""
_OF_CLAUSES = "f.clause_id > d.value || '.' and f.clause_id < d.value || '/'"
# Document → how many there are, how many of them are understood.
_NUMBERS = """
select document_id, count(*), sum(class <> 'unclassified') from numbers
where document_id in (select value from json_each(?)) group by 1
"""
_UNITS = f"""
select d.value, count(distinct f.unit_id), count(distinct case when u.sector <> '其他' then f.unit_id end)
from json_each(?) d join responsibilities f on {_OF_CLAUSES} join units u on u.id = f.unit_id group by 1
"""
# What a cover notice issues is the notice itself: no citation of another.
_CITATIONS = f"""
select d.value, count(*), count(f.cited_document_id) from json_each(?) d
join citations f on {_OF_CLAUSES} where f.relation <> 'issues' group by 1
"""
_FINDINGS = """
select document_id, sum(severity = 'error'), sum(severity = 'warning'), sum(severity = 'info') from findings
where document_id in (select value from json_each(?)) group by 1
"""
_FACTS = " union all ".join(
    f"select d.value, count(*) from json_each(:names) d join {table} f on {_OF_CLAUSES} group by 1"
    for table in FACT_TABLES.values()
)
_CLASSES = "select class, count(*) from numbers group by 1 order by class = 'unclassified', 2 desc, 1"
# A program and how many documents it read; those of before programs were noted have none.
_PROGRAMS = """
select p.version, p.python, p.id, count(*) from documents d left join programs p on p.id = d.program_id
group by d.program_id order by 4 desc, 3
"""
_TOTALS = """
select (select count(*) from documents), (select count(*) from clauses),
  (select coalesce(sum(length(text)), 0) from documents),
  (select count(distinct document_id) from numbers where class = 'unclassified'),
  (select count(*) from units), (select count(*) from units where sector <> '其他'),
  (select count(*) from citations where relation <> 'issues'),
  (select count(cited_document_id) from citations where relation <> 'issues')
"""


class Share(NamedTuple):
    """So many of so many."""

    known: int = 0
    all: int = 0

    @property
    def ratio(self) -> float | None:
        """0 … 1; None of nothing."""
        return self.known / self.all if self.all else None


class Document(NamedTuple):
    """One notice. `things`: how much there is to look at."""

    id: str
    title: str
    doc_number: str | None
    things: int
    facts: int
    numbers: Share  # with a class
    units: Share  # names in a known sector
    citations: Share  # of notices that the database holds
    findings: tuple[int, int, int]  # errors, warnings, notes


class Totals(NamedTuple):
    """The whole database."""

    documents: int
    clauses: int
    characters: int
    complete: int  # documents whose numbers all have a class
    facts: tuple[tuple[str, int], ...]  # kind → how many
    classes: tuple[tuple[str, int], ...]  # of numbers, unclassified last
    numbers: Share
    units: Share
    citations: Share
    programs: tuple[tuple[str | None, str | None, str | None, int], ...]  # version, Python, id, documents


def totals(db: sqlite3.Connection) -> Totals:
    """Counts of everything."""
    every, clauses, characters, incomplete, units, known, cited, held = db.execute(_TOTALS).fetchone()
    classes = tuple(db.execute(_CLASSES))
    found = sum(count for _, count in classes)
    return Totals(
        every, clauses, characters, every - incomplete,
        facts=tuple((k, db.execute(f"select count(*) from {FACT_TABLES[k]}").fetchone()[0]) for k in KINDS),
        classes=classes,
        numbers=Share(found - dict(classes).get("unclassified", 0), found),
        units=Share(known, units), citations=Share(held, cited),
        programs=tuple(db.execute(_PROGRAMS)),
    )  # fmt: skip


def documents(db: sqlite3.Connection, most: int) -> tuple[Document, ...]:
    """The `most` notices with most to look at, in that order, then by id."""
    rows = db.execute(_WORST, (most,)).fetchall()
    names = json.dumps([row[0] for row in rows])
    numbers, units, citations = (
        {name: Share(known, every) for name, every, known in db.execute(sql, (names,))}
        for sql in (_NUMBERS, _UNITS, _CITATIONS)
    )
    findings = {
        name: (errors, warnings, notes) for name, errors, warnings, notes in db.execute(_FINDINGS, (names,))
    }
    facts: dict[str, int] = {}
    for name, count in db.execute(_FACTS, {"names": names}):
        facts[name] = facts.get(name, 0) + count
    return tuple(
        Document(
            name, title, doc_number, things, facts.get(name, 0), numbers.get(name, Share()),
            units.get(name, Share()), citations.get(name, Share()), findings.get(name, (0, 0, 0)),
        )
        for name, title, doc_number, things in rows
    )  # fmt: skip
