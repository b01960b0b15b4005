"""Which cited documents are in the database: by number first, else by title.

Where several documents bear a number or title, the smallest id stands for them, so that the order of ingest
makes no difference.
"""

from __future__ import annotations

import re

from sqlite_utils import Database

# The title of a cover notice and the plan in it: …关于印发〈实施方案〉的通知 → 实施方案
_WRAPPED = re.compile(r"印发[〈《“]?(?P<title>[^〈〉《》“”]{2,200})[〉》”]?的(?:通知|函)")
_SQL = """
update citations set cited_document_id = coalesce(
  (select min(id) from documents where documents.doc_number = citations.doc_number),
  (select min(id) from documents where documents.title = citations.title)
) where {}
"""
_SMALLEST = "select min(id) from documents where {} = ?"
_HELD = "exists (select 1 from documents where documents.{0} = citations.{0})"
# Kept as a partial index, so that an end of a run costs what such titles cost, not what all citations cost.
WRAPPED_INDEX = "create index idx_citations_wrapped on citations (title) where instr(title, '印发') > 0"
_WRAPPED_TITLES = "select distinct title from citations where instr(title, '印发') > 0"
_RESOLVE_WRAPPED = """
update citations set cited_document_id = (select min(id) from documents where title = :plan)
where title = :title
  and not exists (select 1 from documents as d where d.doc_number = citations.doc_number or d.title = :title)
"""


def resolve_own(db: Database, document_id: str) -> None:
    """Find the documents that `document_id` cites. Its citations are new: those found nowhere stay NULL."""
    own = (
        "clause_id >= ? and clause_id < ? and ("
        + " or ".join(map(_HELD.format, ("doc_number", "title")))
        + ")"
    )
    db.conn.execute(_SQL.format(own), (f"{document_id}.", f"{document_id}/"))


def resolve_cited(db: Database, doc_number: str | None, title: str | None) -> None:
    """Find anew what is cited by this number or title, after a document that bore it went."""
    for column, value in (("doc_number", doc_number), ("title", title)):
        if value:
            db.conn.execute(_SQL.format(f"{column} = ?"), (value,))


def resolve_new(db: Database, document_id: str, doc_number: str | None, title: str | None) -> None:
    """Find what is cited by the number or title of a document that came.

    Another with a smaller id stands for both already: of a thousand 实施方案 few are looked at anew.
    """
    for column, value in (("doc_number", doc_number), ("title", title)):
        if value and db.conn.execute(_SMALLEST.format(column), (value,)).fetchone()[0] == document_id:
            db.conn.execute(_SQL.format(f"{column} = ?"), (value,))


def resolve_row(db: Database, citation_id: str) -> None:
    """Find anew what one citation cites; plans cited by cover notices are found by `resolve_wrapped`."""
    db.conn.execute(_SQL.format("id = ?"), (citation_id,))


def resolve_wrapped(db: Database) -> None:
    """Find the plans that are cited by the titles of their cover notices."""
    for (title,) in db.conn.execute(_WRAPPED_TITLES).fetchall():
        match = _WRAPPED.search(title)
        if match:
            db.conn.execute(_RESOLVE_WRAPPED, {"title": title, "plan": match["title"]})
