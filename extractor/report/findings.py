"""What a person should look at, by kind, each with its words; and the facts that rest on doubtful words."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from extractor.contract import FACT_TABLES, FactKind
from extractor.report.facts import KINDS, Fact, Words, around, facts, rows

EXAMPLES: Final = 20  # findings of a kind that are listed
MOST_DOUBTFUL: Final = 100  # facts on doubtful words that are listed
_WORDS = 200  # characters of the words that a finding is of
_SIDE = 60  # characters before and after
_KINDS = """
select code, severity, count(*) as number, count(distinct document_id) as documents from findings
group by code, severity
order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, 3 desc, 1
"""
_OF_KIND = f"""
select f.id, f.document_id, substr(coalesce(d.title, d.id), 1, 120) as title, c.ref,
  substr(f.message, 1, 300) as message,
  f.start, f.end, coalesce(c.start, 0) as clause_start, coalesce(c.end, length(d.text)) as clause_end,
  substr(d.text, max(f.start - {_SIDE}, 0) + 1, min(f.start, {_SIDE})) as before,
  substr(d.text, f.start + 1, min(f.end - f.start, {_WORDS}))
    || iif(f.end - f.start > {_WORDS}, '…', '') as words,
  substr(d.text, f.end + 1, {_SIDE}) as after
from (
  select * from findings where code = :code and severity = :severity
  order by document_id, start, id limit {EXAMPLES}
) f
join documents d on d.id = f.document_id
left join clauses c on c.id = f.clause_id order by f.document_id, f.start, f.id
"""
# Findings that a reader cannot pass over, on the very words of a fact.
_DOUBTED = """
from findings w join {table} f on f.clause_id = w.clause_id and f.start < w.end and f.end > w.start
where w.severity <> 'info'
"""


class Finding(NamedTuple):
    """One of them. `words` is None where it is of the whole notice."""

    id: str
    document_id: str
    title: str
    ref: str | None
    message: str
    words: Words | None


class Group(NamedTuple):
    """The findings of one code and severity; `examples` are the first of them."""

    code: str
    severity: str
    number: int
    documents: int
    examples: tuple[Finding, ...]


class Doubtful(NamedTuple):
    """The facts on doubtful words: how many there are, by kind, and the first of them."""

    counts: tuple[tuple[FactKind, int], ...]
    examples: tuple[Fact, ...]

    @property
    def number(self) -> int:
        return sum(count for _, count in self.counts)


def findings(db: sqlite3.Connection) -> tuple[Group, ...]:
    """All kinds, the severest first, then the most frequent."""
    return tuple(
        Group(**kind, examples=tuple(_finding(row) for row in rows(db, _OF_KIND, kind)))
        for kind in list(rows(db, _KINDS, {}))
    )


def doubtful(db: sqlite3.Connection) -> Doubtful:
    """Facts whose words carry a finding above a note, in the order of their ids."""
    counts: list[tuple[FactKind, int]] = []
    names: list[tuple[FactKind, str]] = []
    for kind in KINDS:
        doubted = _DOUBTED.format(table=FACT_TABLES[kind])
        ((count,),) = db.execute(f"select count(distinct f.id) {doubted}")
        counts.append((kind, count))
        limit = MOST_DOUBTFUL - len(names)
        names += [
            (kind, name)
            for (name,) in db.execute(f"select distinct f.id {doubted} order by 1 limit ?", (limit,))
        ]
    return Doubtful(tuple(counts), facts(db, names))


def _finding(row: Mapping[str, Any]) -> Finding:
    words = None if row["start"] is None else around(row)
    return Finding(row["id"], row["document_id"], row["title"], row["ref"], row["message"], words)
