"""What the first page tells: whose notices there are, on what, what is due, and what should be looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from extractor.site.questions.facts import number
from extractor.site.questions.memory import remembered
from extractor.site.questions.validity import STATE, STATES

DAYS: Final = 180
MOST: Final = 12  # rows of a list
LISTED: Final = 400  # jurisdictions
TOPICS: Final = 60
_PLACES = f"""
select n.code, substr(coalesce(j.name, ''), 1, 60), n.state, n.documents, n.last_issued from (
  select d.jurisdiction_id as code, {STATE} as state, count(*) as documents, max(d.issued_on) as last_issued
  from documents d group by 1, 2
) n left join jurisdictions j on j.id = n.code order by n.code
"""
_TOPICS = f"""
select t.id, substr(t.name, 1, 60), substr(coalesce(above.name, ''), 1, 60), n.clauses from (
  select topic_id, count(*) as clauses from clause_topics
  group by topic_id order by clauses desc limit {TOPICS}
) n join topics t on t.id = n.topic_id left join topics above on above.id = t.parent_id
order by above.rowid is null, above.rowid, n.clauses desc, t.id
"""
# A year is over on its last day; a day of every year comes this year or the next.
_DUE = f"""
select due_on, due, task, quote, document_id, ref, jurisdiction from (
  select case
      when l.due like '--%' and substr(:day, 1, 4) || substr(l.due, 2) >= :day
        then substr(:day, 1, 4) || substr(l.due, 2)
      when l.due like '--%' then (substr(:day, 1, 4) + 1) || substr(l.due, 2)
      when length(l.due) = 4 then l.due || '-12-31'
      else l.due
    end as due_on, l.due as due, substr(l.task, 1, 120) as task, substr(l.quote, 1, 120) as quote,
    c.document_id as document_id, c.ref as ref, substr(coalesce(j.short_name, ''), 1, 60) as jurisdiction
  from deadlines l join clauses c on c.id = l.clause_id join documents d on d.id = c.document_id
  left join jurisdictions j on j.id = d.jurisdiction_id
  where d.status <> 'draft' and (d.effective_until is null or d.effective_until >= :day)
    and (l.due like '--%' or l.due between substr(:day, 1, 4) and :until)
    and not exists (select 1 from clause_links k where k.from_clause_id = c.id)
) where due_on between :day and :until order by due_on, document_id, ref limit {MOST}
"""
_EXPIRING = f"""
select d.effective_until, d.id, substr(coalesce(d.title, d.id), 1, 120),
  substr(coalesce(j.short_name, ''), 1, 60)
from documents d left join jurisdictions j on j.id = d.jurisdiction_id
where d.effective_until between :day and :until and d.status <> 'draft' order by 1, 2 limit {MOST}
"""
_RECENT = f"""
select d.id, substr(coalesce(d.title, d.id), 1, 120), substr(d.doc_number, 1, 60),
  substr(coalesce(j.short_name, ''), 1, 60), {STATE}
from documents d left join jurisdictions j on j.id = d.jurisdiction_id order by d.rowid desc limit 6
"""
_FINDINGS = """
select n.severity, substr(n.code, 1, 80), n.number, (
  select substr(f.message, 1, 200) from findings f where f.code = n.code and f.severity = n.severity limit 1
) from (select code, severity, count(*) as number from findings group by 1, 2) n
order by case n.severity when 'error' then 0 when 'warning' then 1 else 2 end, 3 desc, 2 limit 12
"""
# Words that stand in a clause beside their facts, of the first rows only: the page must not wait for them.
_EXAMPLES = """
select 'amount', words, null from (
  select quote, coalesce(purpose, action) as words from (select * from amounts limit 200)
  where kind = 'benefit'
) where instr(quote, words) and length(words) between 3 and 8
union all select * from (
  select 'target', indicator, value from (select * from targets limit 200)
  where value > 1 and instr(quote, indicator) and instr(quote, value) and length(indicator) between 2 and 12
  order by value = cast(value as integer) limit 1
)
union all
select 'lead', r.quote, null from (select * from responsibilities limit 500) r
join clauses c on c.id = r.clause_id
where r.role = 'lead' and length(r.quote) between 3 and 10
  and instr(c.text, '牵头') and instr(c.text, r.quote)
"""
_COUNTS = """
select (select count(*) from documents), (select count(*) from clauses),
  (select count(*) from responsibilities), (select count(*) from targets), (select count(*) from amounts),
  (select count(*) from deadlines)
"""


class Place(NamedTuple):
    """A jurisdiction with notices. `states` counts them by validity, those of none left out."""

    id: str | None
    name: str
    documents: int
    states: Mapping[str, int]
    last_issued: str | None


class Topic(NamedTuple):
    """A topic and how many clauses have it; `above` is the topic it stands under, or ""."""

    id: str
    name: str
    above: str
    clauses: int


class Due(NamedTuple):
    """Something to be done by `due_on`; `due` is how it is stored: a day, a year, a day of every year."""

    due_on: str
    due: str
    task: str | None
    quote: str
    document_id: str
    ref: str
    jurisdiction: str


class Expiring(NamedTuple):
    """A notice whose last day comes."""

    until: str
    id: str
    title: str
    jurisdiction: str


class Recent(NamedTuple):
    """A notice that was ingested last."""

    id: str
    title: str
    doc_number: str | None
    jurisdiction: str
    state: str


class Finding(NamedTuple):
    """A kind of finding, how many there are, and the message of one."""

    severity: str
    code: str
    number: int
    example: str


class Counts(NamedTuple):
    """How much there is."""

    documents: int
    clauses: int
    duties: int
    targets: int
    amounts: int
    deadlines: int


class Lasting(NamedTuple):
    """What is the same on every day."""

    counts: Counts
    topics: tuple[Topic, ...]
    findings: tuple[Finding, ...]
    examples: tuple[str, ...]


class Home(NamedTuple):
    """The first page."""

    lasting: Lasting
    places: tuple[Place, ...]  # the first of them, by code
    jurisdictions: int  # how many there are
    due: tuple[Due, ...]
    expiring: tuple[Expiring, ...]
    recent: tuple[Recent, ...]


@remembered
def home(db: sqlite3.Connection, day: str) -> Home:
    """The first page as it is on `day` (ISO 8601). Eight queries."""
    until = (date.fromisoformat(day) + timedelta(days=DAYS)).isoformat()
    asked = {"day": day, "until": until}
    places = tuple(_places(db.execute(_PLACES, asked).fetchall()))
    return Home(
        _lasting(db),
        places=places[:LISTED],
        jurisdictions=len(places),
        due=tuple(Due(*row) for row in db.execute(_DUE, asked)),
        expiring=tuple(Expiring(*row) for row in db.execute(_EXPIRING, asked)),
        recent=tuple(Recent(*row) for row in db.execute(_RECENT, asked)),
    )


@remembered
def _lasting(db: sqlite3.Connection) -> Lasting:
    return Lasting(
        Counts(*db.execute(_COUNTS).fetchone()),
        topics=tuple(Topic(*row) for row in db.execute(_TOPICS)),
        findings=tuple(Finding(*row) for row in db.execute(_FINDINGS)),
        examples=tuple(_examples(db)),
    )


def _places(rows: Sequence[tuple[str | None, str, str, int, str | None]]) -> Iterator[Place]:
    by_code: dict[str | None, list[tuple[str | None, str, str, int, str | None]]] = {}
    for row in rows:
        by_code.setdefault(row[0], []).append(row)
    for code, own in sorted(by_code.items(), key=lambda pair: (pair[0] is None, pair[0] or "")):
        counts = {row[2]: row[3] for row in own}
        yield Place(
            code,
            own[0][1],
            sum(counts.values()),
            {state: counts[state] for state in STATES if state in counts},
            max((row[4] for row in own if row[4]), default=None),
        )


def _examples(db: sqlite3.Connection) -> Iterator[str]:
    """One search a kind that finds something in this database: a sum, a target with its figure, who leads."""
    first: dict[str, tuple[str, float | None]] = {}
    for kind, words, value in db.execute(_EXAMPLES):
        first.setdefault(kind, (words, value))
    for kind, (words, value) in first.items():
        quoted = f'"{words}"' if " " in words else words
        yield {"target": f"{quoted} {'' if value is None else number(value)}", "lead": f"{quoted} 牵头"}.get(
            kind, quoted
        )
