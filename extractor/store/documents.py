"""One notice into the database: all of its rows or none.

Guarantees: writing the same notice again changes nothing; writing other bytes under a source name replaces
what it held; the rows depend on the set of notices, not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlite_utils import Database

from extractor.contract import load_contract, quoted
from extractor.model import Notice
from extractor.records import Record, record
from extractor.records.ids import assigned, base_of
from extractor.search import spaced
from extractor.store.cited import resolve_cited, resolve_new, resolve_own
from extractor.store.programs import note_program
from extractor.store.remove import remove, rename

_SAME_SOURCE = """
select id, source_sha256, source_name, doc_number, title from documents
where source_sha256 = ? or source_name = ?
"""
_NAMES = "select doc_number, title from documents where id = ?"
_FTS_INSERT = "insert into clauses_fts (rowid, text) values (?, ?)"
_TEXT = load_contract()["clauses"].names.index("text")


def known(db: Database, sha256: str) -> bool:
    """Whether a file with this hash (hexadecimal) is in the database."""
    return (
        db.conn.execute("select 1 from documents where source_sha256 = ?", (sha256,)).fetchone() is not None
    )


def write(db: Database, notice: Notice) -> str:
    """Write `notice` in one transaction and return the id of its document.

    Bytes that the database holds under another source name stay one document, named by the smaller name.
    """
    with db.atomic():
        document_id, texts = put(db, record(notice))
        index(db, texts)
    return document_id


def replaces(db: Database, new: Record) -> bool:
    """Whether the database holds a document of these bytes or of this source name."""
    return db.conn.execute(_SAME_SOURCE, (new.sha256, new.name)).fetchone() is not None


def put(db: Database, new: Record) -> tuple[str, list[tuple[int, str]]]:
    """All rows of a notice but those of the index: the id of its document, and what is to be indexed.

    Inside a transaction of the caller, who calls `index` last: each statement after it would make FTS5 flush.
    What is replaced must have been indexed.
    """
    sha256, name, base = new.sha256, new.name, new.base
    old = db.conn.execute(_SAME_SOURCE, (sha256, name)).fetchall()
    for row in old:
        remove(db, row[0])
    document_id = _settle(db, base, sha256)
    for gone in {base_of(row[0], row[1]) for row in old} - {base}:
        _settle(db, gone)
    note_program(db, new.program)
    texts = _insert(db, new.renamed(document_id))
    _keep_smallest_name(db, document_id, [name, *(row[2] for row in old if row[1] == sha256)])
    resolve_own(db, document_id)
    resolve_new(db, document_id, new.number, new.title)
    for row in old:
        resolve_cited(db, row[3], row[4])
    return document_id, texts


def forget(db: Database, sha256: str) -> None:
    """Take out the document of these bytes, in one transaction: the others stand as if it had never been."""
    with db.atomic():
        for row in db.conn.execute(_SAME_SOURCE, (sha256, None)).fetchall():
            remove(db, row[0])
            _settle(db, base_of(row[0], row[1]))
            resolve_cited(db, row[3], row[4])


def index(db: Database, texts: Sequence[tuple[int, str]]) -> None:
    """Make clauses findable: their rowids with their texts, characters apart."""
    db.conn.executemany(_FTS_INSERT, texts)


def _settle(db: Database, base: str, new: str | None = None) -> str:
    """Give all documents that share `base` the ids that are theirs in any order; the id of hash `new`."""
    stems = db.conn.execute(
        "select id, source_sha256 from documents where id = ? or (id >= ? and id < ?)",
        (base, f"{base}-", f"{base}."),
    )
    held = {sha256: name for name, sha256 in stems if base_of(name, sha256) == base}
    hashes = {*held, new} if new else set(held)
    if not hashes:
        return base
    ids = assigned(base, (sha256 for sha256 in hashes if sha256))
    moves = [(held[sha256], ids[sha256]) for sha256 in held if held[sha256] != ids[sha256]]
    for before, after in sorted(moves, key=lambda move: move[1] == base):  # the plain id is free at last
        rename(db, before, after)
        resolve_cited(db, *db.conn.execute(_NAMES, (after,)).fetchone())  # another may be the smallest now
    return ids[new] if new else base


def _keep_smallest_name(db: Database, document_id: str, names: list[str]) -> None:
    if min(names) != names[0]:
        db.conn.execute("update documents set source_name = ? where id = ?", (min(names), document_id))


def _insert(db: Database, new: Record) -> list[tuple[int, str]]:
    """Insert all rows; what remains to be indexed: the rowid and the characters of each clause."""
    connection = db.conn
    last = connection.execute("select coalesce(max(rowid), 0) from clauses").fetchone()[0]
    for table, values in new.rows.items():
        if table == "clauses":
            values = [(last + place, *row) for place, row in enumerate(values, 1)]
        connection.executemany(_insert_sql(table), values)
    return [(last + place, spaced(str(row[_TEXT]))) for place, row in enumerate(new.rows["clauses"], 1)]


@cache
def _insert_sql(table: str) -> str:
    names = load_contract()[table].names
    columns = ("rowid", *names) if table == "clauses" else names  # the index refers to clauses by rowid
    verb = "insert or ignore" if table == "units" else "insert"
    marks = ", ".join("?" * len(columns))
    return f"{verb} into {quoted(table)} ({', '.join(map(quoted, columns))}) values ({marks})"
