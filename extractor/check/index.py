"""Proof that the full-text index holds exactly the characters of the clauses. Reads only; linear.

A copy of the index is put over the clauses in the temporary database, where SQLite itself compares the two;
only where they differ are all entries gone through to name the clauses.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from extractor.search import TOKENIZER, spaced

Entry = tuple[str, int, int]  # a character, the rowid of its clause, its place in it
_SHADOWS = ("data", "idx", "docsize")  # the tables in which FTS5 keeps an index
_COPY = f"""
create temp view clauses_apart as select rowid, spaced(text) as text from main.clauses;
create virtual table temp.index_copy using fts5(
  text, content='clauses_apart', content_rowid='rowid', tokenize="{TOKENIZER}"
);
""" + "".join(
    f"delete from temp.index_copy_{name};"
    f"insert into temp.index_copy_{name} select * from main.clauses_fts_{name};"
    for name in _SHADOWS
)
_UNCOPY = "drop table if exists temp.index_copy; drop view if exists temp.clauses_apart;"
_FRESH = f"""
create virtual table temp.clauses_again using fts5(text, content='', tokenize="{TOKENIZER}");
create virtual table temp.entries_again using fts5vocab(temp, clauses_again, instance);
create virtual table temp.entries_held using fts5vocab(main, clauses_fts, instance);
insert into temp.clauses_again (rowid, text) select rowid, spaced(text) from main.clauses order by rowid;
"""
_UNFRESH = "".join(
    f"drop table if exists temp.{name};" for name in ("entries_held", "entries_again", "clauses_again")
)


def unindexed(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """(clause id, what) for each clause that the index does not hold as it stands, and what else it holds."""
    db.create_function("spaced", 1, spaced, deterministic=True)
    if _agree(db):
        return
    named = False
    with _temporary(db, _FRESH, _UNFRESH):
        held, again = _entries(db, "entries_held"), _entries(db, "entries_again")
        for row in sorted({entry[1] for entry in _differences(held, again)}):
            found = db.execute("select id from main.clauses where rowid = ?", (row,)).fetchone()
            yield (
                (found[0], "the index differs from its text")
                if found
                else (f"row {row}", "the index holds no clause's text")
            )
            named = True
    if not named:
        yield "clauses_fts", "the index is damaged"


def _agree(db: sqlite3.Connection) -> bool:
    """Whether SQLite finds the index and the clauses to be the same."""
    with _temporary(db, _COPY, _UNCOPY):
        try:
            db.execute("insert into temp.index_copy (index_copy, rank) values ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            return False
        return True


@contextmanager
def _temporary(db: sqlite3.Connection, make: str, drop: str) -> Iterator[None]:
    db.executescript(drop + make)
    try:
        yield
    finally:
        db.rollback()
        db.executescript(drop)


def _entries(db: sqlite3.Connection, table: str) -> Iterator[Entry]:
    """In the order of characters, clauses and places, as FTS5 keeps them."""
    return db.execute(f"select term, doc, offset from temp.{table}")


def _differences(left: Iterator[Entry], right: Iterator[Entry]) -> Iterator[Entry]:
    """The entries that are in one of two sorted runs only."""
    a, b = next(left, None), next(right, None)
    while a is not None or b is not None:
        if a == b:
            a, b = next(left, None), next(right, None)
        elif a is not None and (b is None or a < b):
            yield a
            a = next(left, None)
        elif b is not None:
            yield b
            b = next(right, None)
