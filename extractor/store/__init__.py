"""The database: the only writer of SQLite.

`open_store`, `write` for each notice (or `Batch.write` for the records of many), `finish`.
The tables are those of `extractor.contract`.
"""

from __future__ import annotations

import sqlite3
from os import PathLike, fspath

from sqlite_utils import Database

from extractor.lexicon.divisions import Divisions, load_divisions
from extractor.store.batch import Batch
from extractor.store.cited import resolve_wrapped
from extractor.store.documents import forget, known, write
from extractor.store.duty_counts import total
from extractor.store.name_counts import count_names
from extractor.store.programs import forget_programs
from extractor.store.schema import ROOM, StoreError, ensure

__all__ = [
    "ROOM",
    "Batch",
    "StoreError",
    "division_rows",
    "finish",
    "forget",
    "known",
    "open_store",
    "write",
]

_PRAGMAS = (
    "foreign_keys = on", "synchronous = normal", "temp_store = memory", "cache_size = -65536",
    "wal_autocheckpoint = 16384",  # pages: the disk is waited for every 64 MB
)  # fmt: skip
_LEVELS = ("national", "province", "prefecture", "county")
_ANALYSED_ROWS = 1000  # an index's statistics from this many rows: the same plans in a fraction of the time


def open_store(path: str | PathLike[str]) -> Database:
    """Open the database at `path` for writing, made where there is none.

    Raises `StoreError` where the file cannot be opened, is no database of this program, or is of another
    version of the contract.
    """
    name = fspath(path)
    try:
        db = Database(sqlite3.connect(name), execute_plugins=False)
        ensure(db, name)
        db.enable_wal()  # readers go on reading, and a commit waits for no disk; `finish` takes it off
        for pragma in _PRAGMAS:
            db.conn.execute(f"pragma {pragma}")
        _write_jurisdictions(db, load_divisions())
    except sqlite3.Error as error:
        raise StoreError(
            "{name}: cannot be opened for writing ({error}). Check that it is this program's, held by no "
            "other, and that the disk has room.",
            name=name,
            error=error,
        ) from error
    return db


def finish(db: Database) -> None:
    """What is done once a run: citations by titles of cover notices, counts, statistics, one plain file."""
    with db.atomic():
        forget_programs(db)
        resolve_wrapped(db)
        total(db)
        count_names(db)
    db.conn.execute(f"pragma analysis_limit = {_ANALYSED_ROWS}")
    db.conn.execute("analyze")
    db.conn.commit()
    db.disable_wal()


def _write_jurisdictions(db: Database, divisions: Divisions) -> None:
    """All divisions, superiors first; nothing is done where they are there."""
    (there,) = db.conn.execute("select count(*) from jurisdictions").fetchone()
    if there >= len(divisions):
        return
    with db.atomic():
        db.conn.executemany(
            "insert or replace into jurisdictions values (?, ?, ?, ?, ?)", division_rows(divisions)
        )


def division_rows(divisions: Divisions) -> list[tuple[str, str, str, str, str | None]]:
    """The rows of `jurisdictions`, superiors first."""
    return [
        (d.code, d.name, d.short_name, d.level, d.parent)
        for d in sorted(divisions, key=lambda d: _LEVELS.index(d.level))
    ]
