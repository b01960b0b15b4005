"""Clauses that hold the words asked for, best first, by document, with counts by facet."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from extractor.contract import FactKind
from extractor.site.questions.candidates import Asked, Candidate, candidates
from extractor.site.questions.facets import FacetValue, facets
from extractor.site.questions.facts import KINDS, Fact, by_clause, facts_of
from extractor.site.questions.snippets import Piece, snippet
from extractor.site.questions.terms import marked
from extractor.site.questions.validity import STATE

MOST: Final = 1_000  # clauses that are ranked and counted; beyond it a page says so
DOCUMENTS: Final = 10  # on one page
OF_ONE: Final = 5  # clauses shown of one document
ROWS: Final = 5_000  # in a file

_SHOWN_FIRST: Final[tuple[FactKind, ...]] = ("target", "amount", "duration", "deadline", "duty", "citation")

_DOCUMENTS = f"""
select d.id, substr(d.title, 1, 200), substr(d.doc_number, 1, 60), substr(j.short_name, 1, 60),
  d.issued_on, {STATE}
from documents d left join jurisdictions j on j.id = d.jurisdiction_id
where d.id in (select value from json_each(:ids))
"""
_NAMES = """
select 'jurisdiction', id, substr(name, 1, 60) from jurisdictions where id = :jurisdiction
union all select 'topic', id, substr(name, 1, 60) from topics where id = :topic
union all select 'document', id, substr(coalesce(title, id), 1, 80) from documents where id = :document
"""


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
    """One page of the clauses that `asked` asks for. Thirteen queries."""
    found = candidates(db, asked, most=MOST)
    by_document: dict[str, list[Candidate]] = {}
    for each in found:
        by_document.setdefault(each.document_id, []).append(each)
    first = (asked.page - 1) * DOCUMENTS
    shown = dict(islice(by_document.items(), first, first + DOCUMENTS))
    return Found(
        groups=tuple(_groups(db, asked, shown)),
        clauses=len(found),
        documents=len(by_document),
        capped=len(found) == MOST,
        facets=facets(db, [(each.id, each.document_id) for each in found]),
        names=_names(db, asked),
        pages=-(-len(by_document) // DOCUMENTS),
    )


def rows(db: sqlite3.Connection, asked: Asked, *, limit: int = ROWS) -> Iterator[dict[str, Any]]:
    """The clauses found, best first, as rows of a file. Three queries; read it at once."""
    found = candidates(db, asked, most=limit)
    ids = json.dumps(sorted({each.document_id for each in found}))
    documents = {row[0]: row for row in db.execute(_DOCUMENTS, {"ids": ids, "day": asked.day})}
    for each in found:
        _, title, doc_number, jurisdiction, issued_on, state = documents[each.document_id]
        yield {
            "jurisdiction": jurisdiction, "title": title, "doc_number": doc_number, "issued_on": issued_on,
            "validity": state, "clause": each.id, "ref": each.ref, "marker": each.marker,
            "heading": each.heading, "text": each.text, "page": each.page,
        }  # fmt: skip


def _groups(
    db: sqlite3.Connection, asked: Asked, shown: Mapping[str, Sequence[Candidate]]
) -> Iterator[Group]:
    words = marked(asked.terms)
    most = 50 if asked.document else OF_ONE
    facts = by_clause(facts_of(db, (each.id for found in shown.values() for each in found[:most])))
    ids = json.dumps(list(shown))
    documents = {row[0]: row for row in db.execute(_DOCUMENTS, {"ids": ids, "day": asked.day})}
    for document, found in shown.items():
        hits = tuple(_hit(each, words, facts) for each in found[:most])
        yield Group(*(*documents[document], hits, len(found)))


def _hit(found: Candidate, words: Sequence[str], facts: Mapping[str, tuple[Fact, ...]]) -> Hit:
    own = sorted(facts.get(found.id, ()), key=lambda fact: _SHOWN_FIRST.index(fact.kind))
    pieces = snippet(found.text, words)
    return Hit(found.id, found.ref, found.marker, found.heading, pieces, found.page, tuple(own))


def _names(db: sqlite3.Connection, asked: Asked) -> Mapping[str, str]:
    """Jurisdiction, topic and document that were chosen, by name. One query, where one was."""
    if not (asked.jurisdiction or asked.topic or asked.document):
        return {}
    return {facet: name for facet, _, name in db.execute(_NAMES, asked._asdict() | {"terms": None})}


def valid_kind(value: str) -> str:
    """`value` where it is a kind of fact, else ""."""
    return value if value in KINDS else ""
