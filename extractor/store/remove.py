"""Taking a document out of the database and giving one another id. Inside a transaction of the caller."""

from __future__ import annotations

import json
from sqlite3 import Connection

from sqlite_utils import Database

from extractor.compared import forget, neighbours, renew
from extractor.contract import quoted
from extractor.records.ids import OF_CLAUSES, OF_DOCUMENTS
from extractor.search import spaced

# The document, the other readings of its work, and what bears its number: looked at anew.
_WORK = """
select ? union select other.document_id from works own join works other on other.work_id = own.work_id
where own.document_id = ? union select other.id from documents own
join documents other on other.doc_number = own.doc_number where own.id = ?
"""
_FORGET_WORK = tuple(
    f"delete from {what} document_id in (select value from json_each(?))"
    for what in (
        "findings where code in ('readings-differ', 'same-number') and", "sketches where", "works where"
    )
)  # fmt: skip
FORGET_UNIT = """
delete from units where id = ? and not exists (select 1 from responsibilities where unit_id = units.id)
"""


def remove(db: Database, document_id: str) -> None:
    """Delete a document with all that rests on it; what cited it cites nothing in the database any more."""
    connection = db.conn
    connection.execute(
        "update citations set cited_document_id = null where cited_document_id = ?", (document_id,)
    )
    texts = connection.execute(
        "select rowid, text from clauses where document_id = ?", (document_id,)
    ).fetchall()
    connection.executemany(
        "insert into clauses_fts (clauses_fts, rowid, text) values ('delete', ?, ?)",
        ((rowid, spaced(text)) for rowid, text in texts),
    )
    units = connection.execute(
        "select distinct unit_id from responsibilities where " + _within("clause_id"), _bounds(document_id)
    ).fetchall()
    _forget_comparison(connection, document_id)
    for table, columns in OF_CLAUSES:
        connection.execute(f"delete from {quoted(table)} where {_within(columns[-1])}", _bounds(document_id))
    for table, _ in OF_DOCUMENTS:
        connection.execute(f"delete from {quoted(table)} where document_id = ?", (document_id,))
    connection.execute("delete from documents where id = ?", (document_id,))
    connection.executemany(FORGET_UNIT, units)


def rename(db: Database, before: str, after: str) -> None:
    """Give document `before` the id `after`, and every id that begins with it likewise."""
    connection = db.conn
    connection.execute("pragma defer_foreign_keys = on")
    _forget_comparison(connection, before)
    for table, columns in OF_CLAUSES:
        sets = ", ".join(f"{quoted(name)} = ? || substr({quoted(name)}, ?)" for name in columns)
        values = (after, len(before) + 1) * len(columns)
        connection.execute(
            f"update {quoted(table)} set {sets} where {_within(columns[-1])}", (*values, *_bounds(before))
        )
    for table, columns in OF_DOCUMENTS:
        sets = "".join(f", {quoted(name)} = ? || substr({quoted(name)}, ?)" for name in columns)
        values = (after, len(before) + 1) * len(columns)
        connection.execute(
            f"update {quoted(table)} set document_id = ?{sets} where document_id = ?",
            (after, *values, before),
        )
    connection.execute(
        "update citations set cited_document_id = ? where cited_document_id = ?", (after, before)
    )
    connection.execute("update documents set id = ? where id = ?", (after, before))


def _forget_comparison(connection: Connection, document_id: str) -> None:
    """Nothing is known of it any more, and what stood beside it is looked at anew."""
    renew(connection, {document_id, *neighbours(connection, document_id)})
    forget(connection, document_id)
    names = json.dumps([name for (name,) in connection.execute(_WORK, (document_id,) * 3)])
    for statement in _FORGET_WORK:
        connection.execute(statement, (names,))


def _within(column: str) -> str:
    """True of the ids of a document's clauses, and of what belongs to them, in an index of `column`."""
    return f"{quoted(column)} >= ? and {quoted(column)} < ?"


def _bounds(document_id: str) -> tuple[str, str]:
    return f"{document_id}.", f"{document_id}/"
