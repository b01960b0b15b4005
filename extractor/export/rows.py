"""Rows of the contract's tables, read one by one, columns in the contract's order."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from extractor.contract import Table, quoted

Value = str | int | float | None
Row = tuple[Value, ...]
Tick = Callable[[int], None]  # is told how many more rows or documents are done

_OFTEN = 1000  # rows between two ticks


@contextmanager
def snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """What is read inside is one state of the database, also while it is written to."""
    if db.in_transaction:
        yield
        return
    db.execute("begin")
    try:
        yield
    finally:
        db.rollback()


def count(db: sqlite3.Connection, table: Table) -> int:
    """How many rows the table has; 0 in a database that was made before it was."""
    if not _columns(db, table):
        return 0
    (rows,) = db.execute(f"select count(*) from {quoted(table.name)}").fetchone()
    return int(rows)


def rows(db: sqlite3.Connection, table: Table, tick: Tick) -> Iterator[Row]:
    """The rows in stored order. A column that was added after the database was made is NULL."""
    there = _columns(db, table)
    if not there:
        return
    names = (quoted(name) if name in there else f"null as {quoted(name)}" for name in table.names)
    number = 0
    for number, row in enumerate(
        db.execute(f"select {', '.join(names)} from {quoted(table.name)} order by rowid"), 1
    ):
        yield row
        if number % _OFTEN == 0:
            tick(_OFTEN)
    tick(number % _OFTEN)


def _columns(db: sqlite3.Connection, table: Table) -> set[str]:
    return {row[1] for row in db.execute(f"pragma table_info({quoted(table.name)})")}
