"""Columns by themselves: closed vocabularies, forms of dates and JSON, URL-safe ids."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from extractor.check.rows import Violation, key, rows
from extractor.contract import Column, Table, is_date, is_due, quoted

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def columns(db: sqlite3.Connection, table: Table) -> Iterator[Violation]:
    """Every value that its column does not allow."""
    for column in table.columns:
        fits = _fits(column, table)
        if fits is None:
            continue
        name = quoted(column.name)
        for (value,) in db.execute(
            f"select distinct {name} from {quoted(table.name)} where {name} is not null"
        ):
            if fits(value):
                continue
            sql = f"select * from {quoted(table.name)} where {name} = ?"
            for row in rows(db, sql, value):
                document = row.get("document_id") or (row["id"] if table.name == "documents" else None)
                yield Violation(document, table.name, key(table.name, row), f"{column.name} is {value!r}")


def _fits(column: Column, table: Table) -> Callable[[Any], bool] | None:
    """Whether a value may stand in `column`; None where any may."""
    if column.values:
        return lambda value: value in column.values
    if column.form == "date":
        return is_date
    if column.form == "due":
        return is_due
    if column.form == "json":
        return _is_list_of_names
    if column.name == "id" and table.pk == ("id",):
        return lambda value: isinstance(value, str) and bool(_ID.fullmatch(value))
    if column.name == "source_sha256":
        return lambda value: bool(_SHA256.fullmatch(value))
    return None


def _is_list_of_names(value: str) -> bool:
    try:
        names = json.loads(value)
    except ValueError:
        return False
    return isinstance(names, list) and all(isinstance(name, str) and name for name in names)
