"""Clauses that hold the words asked for, best first, by document, with counts by facet."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from extractor.site.questions.facets import FacetValue, facets
from extractor.site.questions.facts import KINDS, TABLES, Fact, Kind, by_clause, facts_of
from extractor.site.questions.snippets import Piece, snippet
from extractor.site.questions.terms import Term, fts, marked
from extractor.site.questions.validity import IN_FORCE, STATE

MOST: Final = 2_000  # clauses that are ranked; beyond it a page says so
DOCUMENTS: Final = 10  # on one page
OF_ONE: Final = 5  # clauses shown of one document
ROWS: Final = 5_000  # in a file

_SHOWN_FIRST: Final[tuple[Kind, ...]] = ("target", "amount", "duration", "deadline", "duty", "citation")

_FROM_WORDS = "clauses_fts f join clauses c on c.rowid = f.rowid"
_WITHIN = """
d.jurisdiction_id in (
  with recursive below (id) as (
    values (:jurisdiction) union select j.id from jurisdictions j join below on j.parent_id = below.id
  )
  select id from below
)
"""
_CONDITIONS: Final[Mapping[str, str]] = {
    "jurisdiction": _WITHIN,
    "topic": "exists (select 1 from clause_topics x where x.clause_id = c.id and x.topic_id = :topic)",
    "sector": """exists (select 1 from responsibilities x join units u on u.id = x.unit_id
      where x.clause_id = c.id and u.sector = :sector)""",
    "document": "c.document_id = :document",
    "in_force": IN_FORCE,
}
_DOCUMENTS = f"""
select d.id, substr(d.title, 1, 200), substr(d.doc_number, 1, 60), substr(j.short_name, 1, 60),
  d.issued_on, {STATE}
from documents d left join jurisdictions j on j.id = d.jurisdiction_id
where d.id in (select value from json_each(:ids))
"""
_CLAUSES = """
select id, ref, substr(marker, 1, 40), substr(heading, 1, 200), substr(text, 1, 20000), page_from from clauses
where id in (select value from json_each(?))
"""
_NAMES = """
select 'jurisdiction', id, substr(name, 1, 60) from jurisdictions where id = :jurisdiction
union all select 'topic', id, substr(name, 1, 60) from topics where id = :topic
union all select 'document', id, substr(coalesce(title, id), 1, 80) from documents where id = :document
"""


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


class Hit(NamedTuple):
    """One clause found."""

    id: str
    ref: str
    marker: str | None
    heading: str | None
    pieces: tuple[Piece, ...]
    page: int | None
    facts: tuple[Fact, ...]


class Group(NamedTuple):
    """The clauses found in one document: the best of them, and how many there are."""

    id: str
    title: str | None
    doc_number: str | None
    jurisdiction: str | None
    issued_on: str | None
    state: str
    hits: tuple[Hit, ...]
    clauses: int


class Found(NamedTuple):
    """A page of what was found."""

    groups: tuple[Group, ...]
    clauses: int
    documents: int
    capped: bool  # more than MOST clauses hold the words; only the first MOST are ranked
    facets: Mapping[str, tuple[FacetValue, ...]]
    names: Mapping[str, str]  # filter → name of its chosen value
    pages: int


def search(db: sqlite3.Connection, asked: Asked) -> Found:
    """One page of the clauses that `asked` asks for. Twelve queries."""
    hits = _hits(db, asked)
    by_document: dict[str, list[str]] = {}
    for clause, document in hits:
        by_document.setdefault(document, []).append(clause)
    first = (asked.page - 1) * DOCUMENTS
    shown = dict(islice(by_document.items(), first, first + DOCUMENTS))
    return Found(
        groups=tuple(_groups(db, asked, shown)),
        clauses=len(hits),
        documents=len(by_document),
        capped=len(hits) == MOST,
        facets=facets(db, hits),
        names=_names(db, asked),
        pages=-(-len(by_document) // DOCUMENTS),
    )


def rows(db: sqlite3.Connection, asked: Asked, *, limit: int = ROWS) -> Iterator[dict[str, Any]]:
    """The clauses found, best first, as rows of a file. Three queries; read it at once."""
    hits = _hits(db, asked)[:limit]
    clauses = {row[0]: row for row in db.execute(_CLAUSES, (json.dumps([clause for clause, _ in hits]),))}
    ids = json.dumps(sorted({document for _, document in hits}))
    documents = {row[0]: row for row in db.execute(_DOCUMENTS, {"ids": ids, "day": asked.day})}
    for clause, document in hits:
        _, ref, marker, heading, text, page = clauses[clause]
        _, title, doc_number, jurisdiction, issued_on, state = documents[document]
        yield {
            "jurisdiction": jurisdiction, "title": title, "doc_number": doc_number, "issued_on": issued_on,
            "validity": state, "clause": clause, "ref": ref, "marker": marker, "heading": heading,
            "text": text, "page": page,
        }  # fmt: skip


def _hits(db: sqlite3.Connection, asked: Asked) -> list[tuple[str, str]]:
    """(clause, document), best first; without words, in the order of documents and clauses."""
    query = fts(asked.terms)
    if asked.empty:
        return []
    conditions = [_CONDITIONS[name] for name in _CONDITIONS if getattr(asked, name)]
    if asked.kind:
        conditions.append(f"exists (select 1 from {_table(asked.kind)} x where x.clause_id = c.id)")
    if query:
        conditions.append("clauses_fts match :query")
    source, rank = (_FROM_WORDS, "f.rank") if query else ("clauses c", "0")
    if asked.jurisdiction or asked.in_force:
        source = f"{source} join documents d on d.id = c.document_id"
    sql = f"""
      select id, document_id from (
        select c.id as id, c.document_id as document_id, c.position as position, {rank} as rank
        from {source} where {" and ".join(conditions)} limit {MOST}
      ) order by rank, document_id, position
    """
    return [tuple(row) for row in db.execute(sql, asked._asdict() | {"query": query, "terms": None})]


def _table(kind: str) -> str:
    """The table of a kind of fact: `kind` comes from an address, so it is looked up here."""
    return next(table for name, table in TABLES.items() if name == kind)


def _groups(db: sqlite3.Connection, asked: Asked, shown: Mapping[str, Sequence[str]]) -> Iterator[Group]:
    words = marked(asked.terms)
    most = 50 if asked.document else OF_ONE
    best = [clause for clauses in shown.values() for clause in clauses[:most]]
    clauses = {row[0]: row for row in db.execute(_CLAUSES, (json.dumps(best),))}
    facts = by_clause(facts_of(db, best))
    ids = json.dumps(list(shown))
    documents = {row[0]: row for row in db.execute(_DOCUMENTS, {"ids": ids, "day": asked.day})}
    for document, found in shown.items():
        hits = (clauses[clause] for clause in found[:most])
        views = tuple(_hit(row, words, facts) for row in hits)
        yield Group(*(*documents[document], views, len(found)))


def _hit(row: Sequence[Any], words: Sequence[str], facts: Mapping[str, tuple[Fact, ...]]) -> Hit:
    name, ref, marker, heading, text, page = row
    own = sorted(facts.get(name, ()), key=lambda fact: _SHOWN_FIRST.index(fact.kind))
    return Hit(name, ref, marker, heading, snippet(text, words), page, tuple(own))


def _names(db: sqlite3.Connection, asked: Asked) -> Mapping[str, str]:
    """Jurisdiction, topic and document that were chosen, by name."""
    return {facet: name for facet, _, name in db.execute(_NAMES, asked._asdict() | {"terms": None})}


def valid_kind(value: str) -> str:
    """`value` where it is a kind of fact, else ""."""
    return value if value in KINDS else ""
