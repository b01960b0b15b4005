"""The invariants of the contract, proved on a database: quotes, tiling, the ledger, ids, keys, the index.

`check` reads only, one document at a time, and yields every row that breaks a promise. What it proves stands
beside each function; the closed vocabularies and forms come from `extractor.contract`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from os import PathLike
from pathlib import Path

from extractor.check.columns import columns
from extractor.check.corrections import corrections
from extractor.check.document import Scan, document
from extractor.check.facets import facets
from extractor.check.index import unindexed
from extractor.check.numerals import numerals
from extractor.check.rows import Violation, key, rows
from extractor.contract import Contract, load_contract, quoted

__all__ = ["Violation", "check", "numerals"]


def check(
    database: sqlite3.Connection | str | PathLike[str], *, numbers_in: Scan = numerals
) -> Iterator[Violation]:
    """Every row of the database that breaks the contract.

    Each character of the ranges that `numbers_in` gives must be in exactly one row of the ledger.
    Raises `sqlite3.Error` where the file is no database.
    """
    if isinstance(database, sqlite3.Connection):
        yield from _check(database, numbers_in)
        return
    uri = Path(database).resolve().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        yield from _check(connection, numbers_in)


def _check(db: sqlite3.Connection, numbers_in: Scan) -> Iterator[Violation]:
    contract = load_contract()
    missing = tuple(_missing(db, contract))
    if missing:  # nothing else can be asked of it
        yield from missing
        return
    yield from _file(db, contract)
    for table in contract:
        yield from columns(db, table)
    for row in rows(db, "select * from documents order by id"):
        yield from document(db, row, numbers_in)
    yield from _pairs(db)
    yield from facets(db)
    yield from corrections(db)
    for name, what in unindexed(db):
        yield Violation(name.partition(".")[0] if "." in name else None, "clauses_fts", name, what)


def _missing(db: sqlite3.Connection, contract: Contract) -> Iterator[Violation]:
    """Every table and column of the contract is there."""
    for table in contract:
        there = {row[1] for row in db.execute(f"pragma table_info({quoted(table.name)})")}
        for name in table.names if there else ():
            if name not in there:
                yield Violation(None, table.name, None, f"column {name} is missing")
        if not there:
            yield Violation(None, table.name, None, "the table is missing")
    if not db.execute("select 1 from sqlite_master where name = 'clauses_fts'").fetchone():
        yield Violation(None, "clauses_fts", None, "the full-text index is missing")


def _file(db: sqlite3.Connection, contract: Contract) -> Iterator[Violation]:
    """The version, SQLite's own checks, and foreign keys."""
    (version,) = db.execute("pragma user_version").fetchone()
    if version != contract.version:
        yield Violation(None, "user_version", None, f"is {version}, not {contract.version}")
    for (problem,) in db.execute("pragma integrity_check"):
        if problem != "ok":
            yield Violation(None, "integrity_check", None, problem)
    for table, rowid, parent, _ in db.execute("pragma foreign_key_check").fetchall():
        row = next(rows(db, f"select * from {quoted(table)} where rowid = ?", rowid))
        yield Violation(None, table, key(table, row), f"refers to no row of {parent}")


def _pairs(db: sqlite3.Connection) -> Iterator[Violation]:
    """Pairs are of two documents, the smaller id first; scores are from 0 to 1."""
    for a, b in db.execute("select a_id, b_id from clause_pairs where a_id >= b_id"):
        yield Violation(None, "clause_pairs", f"{a} {b}", "the smaller id is not first")
    for table in ("clause_pairs", "clause_topics", "clause_links"):
        for row in rows(db, f"select * from {table} where score not between 0 and 1"):
            yield Violation(None, table, key(table, row), f"score {row['score']} is not from 0 to 1")
