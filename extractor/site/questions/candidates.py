"""The clauses that a search looks at: which rows are read first, so that no table is gone through for a few.

Words are looked up in the index, and its hits are held against the clauses of the notices that are asked
for, or of a rare topic, sector or kind of fact. Where these notices are few, their clauses are read
instead: however common a word is in others, it costs nothing. Without words lead the rows of the notices,
of the topic, of the kind of fact or of the sector.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from extractor.contract import FACT_TABLES
from extractor.relevance import relevance
from extractor.search import contains
from extractor.site.questions.terms import Term, fts
from extractor.site.questions.validity import IN_FORCE

_FEW: Final = 100  # notices
_LONGEST: Final = 20_000  # characters of a clause that are kept
_RARE: Final = 20_000  # clauses: fewer are gathered, more are found among the hits soon enough
_WITHIN = f"""
select d.id from documents d where d.jurisdiction_id in (
  with recursive below (id) as (
    values (:jurisdiction) union select j.id from jurisdictions j join below on j.parent_id = below.id
  )
  select id from below
) and (not :in_force or {IN_FORCE}) and (:document = '' or d.id = :document)
"""
_NAMED = f"select d.id from documents d where d.id = :document and (not :in_force or {IN_FORCE})"
_HITS = "clauses_fts f cross join clauses c on c.rowid = f.rowid"
_OF_SCOPE = "json_each(:documents) s cross join clauses c on c.document_id = s.value"
# The plus keeps SQLite from asking the index for one row after the other.
_AMONG = "+f.rowid in (select c.rowid from {source})"
_OF_TOPIC = """
(select clause_id from clause_topics where topic_id = :topic order by score desc) x
cross join clauses c on c.id = x.clause_id
"""
_OF_KIND = "(select distinct clause_id from {table}) x cross join clauses c on c.id = x.clause_id"
_OF_SECTOR = """
(
  select distinct r.clause_id from units u cross join responsibilities r on r.unit_id = u.id
  where u.sector = :sector
) x cross join clauses c on c.id = x.clause_id
"""
_LEADING: Final[Mapping[str, str]] = {"topic": _OF_TOPIC, "kind": _OF_KIND, "sector": _OF_SECTOR}
_OF_ALL = "documents d cross join clauses c on c.document_id = d.id"
_COUNTS: Final[Mapping[str, str]] = {
    "topic": f"select 1 from clause_topics where topic_id = :topic limit {_RARE}",
    "kind": f"select 1 from {{table}} limit {_RARE}",
    "sector": f"""select 1 from units u cross join responsibilities r on r.unit_id = u.id
      where u.sector = :sector limit {_RARE}""",
}
_CONDITIONS: Final[Mapping[str, str]] = {
    "topic": "exists (select 1 from clause_topics x where x.clause_id = c.id and x.topic_id = :topic)",
    "sector": """exists (select 1 from responsibilities x join units u on u.id = x.unit_id
      where x.clause_id = c.id and u.sector = :sector)""",
    "kind": "exists (select 1 from {table} x where x.clause_id = c.id)",
    "in_force": f"exists (select 1 from documents d where d.id = c.document_id and {IN_FORCE})",
}


class Asked(NamedTuple):
    """What is asked. Empty strings ask nothing."""

    typed: str = ""
    terms: tuple[Term, ...] = ()
    jurisdiction: str = ""
    topic: str = ""
    sector: str = ""
    kind: str = ""
    document: str = ""
    in_force: bool = False
    day: str = ""  # the day that validity is told of
    page: int = 1

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing at all."""
        chosen = (self.jurisdiction, self.topic, self.sector, self.kind, self.document, self.in_force)
        return not (fts(self.terms) or any(chosen))


class Candidate(NamedTuple):
    """A clause that has all that is asked for. Long values are cut."""

    id: str
    document_id: str
    position: int
    ref: str
    marker: str | None
    heading: str | None
    text: str
    page: int | None


def candidates(db: sqlite3.Connection, asked: Asked, *, most: int) -> list[Candidate]:
    """The first `most` that are found, best first; without words, by document. Three queries at most."""
    found = [_cut(each) for each in islice(_found(db, asked), most)]
    words = [term.words for term in asked.terms if not term.excluded]
    scores = relevance([each.text for each in found], words)
    ranked = [(-score, *each[1:3], each) for score, each in zip(scores, found, strict=True)]
    return [each for *_, each in sorted(ranked)]  # no two stand at one place of a notice


def count(db: sqlite3.Connection, asked: Asked, *, most: int) -> int:
    """How many clauses are found; no further than `most` is counted."""
    return sum(1 for _ in islice(_found(db, asked), most))


def _found(db: sqlite3.Connection, asked: Asked) -> Iterator[Candidate]:
    """What is found, one after the other, as it is read."""
    if asked.empty:
        return iter(())
    scope = _scope(db, asked)
    source, conditions = _read(asked, scope, _rare(db, asked) if scope is None else ())
    known = {**asked._asdict(), "terms": None, "query": fts(asked.terms), "documents": json.dumps(scope)}
    sql = f"""
      select c.id, c.document_id, c.position, c.ref, substr(c.marker, 1, 40), substr(c.heading, 1, 200),
        c.text, c.page_from
      from {source} where {" and ".join(conditions) or "1"}
    """.replace("{table}", _table(asked.kind))
    found = map(Candidate._make, db.execute(sql, known))
    return found if source == _HITS else (each for each in found if _holds(each.text, asked.terms))


def _cut(found: Candidate) -> Candidate:
    return found if len(found.text) <= _LONGEST else found._replace(text=found.text[:_LONGEST])


def _holds(text: str, asked: Iterable[Term]) -> bool:
    """Whether the index would find the text."""
    return all(term.excluded != any(contains(text, word) for word in term.words) for term in asked)


def _scope(db: sqlite3.Connection, asked: Asked) -> list[str] | None:
    """The notices that are asked for; None: all, or those that are in force."""
    if not (asked.jurisdiction or asked.document):
        return None
    sql = _WITHIN if asked.jurisdiction else _NAMED
    return [name for (name,) in db.execute(sql, asked._asdict() | {"terms": None})]


def _rare(db: sqlite3.Connection, asked: Asked) -> list[str]:
    """Of topic, sector and kind, what few clauses have. One query, where one is asked for."""
    names = [name for name in _COUNTS if getattr(asked, name)]
    if not (names and fts(asked.terms)):
        return []
    counts = ", ".join(f"(select count(*) from ({_COUNTS[name]}))" for name in names)
    sql = f"select {counts}".replace("{table}", _table(asked.kind))
    (row,) = db.execute(sql, asked._asdict() | {"terms": None})
    return [name for name, count in zip(names, row, strict=True) if count < _RARE]


def _read(asked: Asked, scope: Sequence[str] | None, rare: Sequence[str]) -> tuple[str, list[str]]:
    """Where rows are read from, and the conditions that are left."""
    left = [name for name in _CONDITIONS if getattr(asked, name)]
    conditions: list[str] = []
    if scope is not None and (len(scope) <= _FEW or not fts(asked.terms)):
        source = _OF_SCOPE
    elif fts(asked.terms):
        source = _HITS
        conditions.append("clauses_fts match :query")
        conditions += [_AMONG.format(source=_LEADING[name]) for name in rare]
        conditions += [_AMONG.format(source=_OF_SCOPE)] if scope is not None else []
        left = [name for name in left if name not in rare]
    else:
        first = next((name for name in _LEADING if name in left), "")
        source = _LEADING.get(first, _OF_ALL)
        left = [name for name in left if name != first]
    if scope is not None and "in_force" in left:
        left.remove("in_force")
    return source, conditions + [_CONDITIONS[name] for name in left]


def _table(kind: str) -> str:
    """The table of a kind of fact: `kind` comes from an address, so it is looked up here."""
    return next((table for name, table in FACT_TABLES.items() if name == kind), "")
