"""Every table of a database as one file each: CSV for spreadsheets, JSON lines for programs. Reads only."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

Format = Literal["csv", "jsonl"]


class Exported(NamedTuple):
    """A file that was written and how many rows it has."""

    path: Path
    rows: int


def tables(db: sqlite3.Connection) -> tuple[str, ...]:
    """The tables of the contract, by name, without those that full-text search keeps for itself."""
    rows = db.execute("select name from pragma_table_list where schema = 'main' and type = 'table'")
    return tuple(sorted(name for (name,) in rows if not name.startswith(("sqlite_", "_"))))


def export(db: sqlite3.Connection, folder: Path, *, form: Format) -> Iterator[Exported]:
    """Write each table into `folder`, rows in stored order; yields each file when it is whole.

    CSV is UTF-8 with a byte order mark, so that spreadsheet programs show Chinese; NULL is an empty cell.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write = {"csv": _csv, "jsonl": _jsonl}[form]
    for table in tables(db):
        cursor = db.execute(f'select * from "{table}" order by rowid')
        path = folder / f"{table}.{form}"
        yield Exported(path, write(path, cursor))


def _csv(path: Path, cursor: sqlite3.Cursor) -> int:
    written = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(column[0] for column in cursor.description)
        for row in cursor:
            writer.writerow(row)
            written += 1
    return written


def _jsonl(path: Path, cursor: sqlite3.Cursor) -> int:
    names = [column[0] for column in cursor.description]
    written = 0
    with path.open("w", encoding="utf-8") as stream:
        for row in cursor:
            stream.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")
            written += 1
    return written
