"""What all parts of `check` share: rows as mappings, and what breaks a promise."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from extractor.contract import load_contract

Row = Mapping[str, Any]


class Violation(NamedTuple):
    """A row that breaks a promise. `document` and `id` are None where it is of no document or row."""

    document: str | None
    table: str
    id: str | None
    what: str

    def __str__(self) -> str:
        place = " ".join(part for part in (self.document, self.table, self.id) if part)
        return f"{place}: {self.what}"


def rows(db: sqlite3.Connection, sql: str, *values: object) -> Iterator[dict[str, Any]]:
    """The answer to `sql`, each row by the names of its columns."""
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def key(table: str, row: Row) -> str | None:
    """The primary key of a row; None where the table has none or is not of the contract."""
    found = next((known.pk for known in load_contract() if known.name == table), ())
    return " ".join(str(row[name]) for name in found) or None
