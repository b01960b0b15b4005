"""What a comparison left in a database, taken out again where a document leaves, changes or gets another id.

Standard library only: the store and the comparison both build on it. Inside a transaction of the caller.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection

# Table → a column that begins with the id of a document. Children first.
_OF_CLAUSES = (
    ("fact_pairs", "a_id"), ("fact_pairs", "b_id"), ("normal_facts", "id"),
    ("clause_runs", "a_id"), ("clause_runs", "b_id"), ("clause_pairs", "a_id"), ("clause_pairs", "b_id"),
    ("clause_topics", "clause_id"),
)  # fmt: skip
# Table → a column that is the id of a document.
_OF_DOCUMENTS = (
    ("descents", "superior_id"), ("descents", "local_id"),
    ("document_states", "document_id"), ("document_states", "repealed_by"),
)  # fmt: skip
# Documents with clauses or facts that are paired with one of a document's.
_NEIGHBOURS = " union ".join(
    f"select substr({other}, 1, instr({other}, '.') - 1) from {table} where {own} >= ? and {own} < ?"
    for table in ("clause_pairs", "fact_pairs")
    for own, other in (("a_id", "b_id"), ("b_id", "a_id"))
)


def neighbours(connection: Connection, document_id: str) -> frozenset[str]:
    """The documents that were put side by side with it: what they are paired with may be other without it."""
    bounds = (f"{document_id}.", f"{document_id}/") * 4
    return frozenset(name for (name,) in connection.execute(_NEIGHBOURS, bounds))


def forget(connection: Connection, document_id: str) -> None:
    """Take out what was found by comparing a document, so that nothing is known of it."""
    bounds = (f"{document_id}.", f"{document_id}/")
    for table, column in _OF_CLAUSES:
        connection.execute(f"delete from {table} where {column} >= ? and {column} < ?", bounds)
    for table, column in _OF_DOCUMENTS:
        connection.execute(f"delete from {table} where {column} = ?", (document_id,))
    # What is said of a jurisdiction's silence rests on all its documents.
    connection.execute(
        "delete from topic_gaps where jurisdiction_id = (select jurisdiction_id from documents where id = ?)",
        (document_id,),
    )


def renew(connection: Connection, names: Iterable[str]) -> None:
    """Let the next comparison take these documents for new."""
    connection.execute(
        "delete from compared where document_id in (select value from json_each(?))",
        (json.dumps(sorted(names)),),
    )
