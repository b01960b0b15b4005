"""Columns by themselves: closed vocabularies, forms of dates and JSON, URL-safe ids."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from extractor.check.rows import Violation, key, rows
from extractor.contract import Column, Table, quoted

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DUE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?|--\d{2}(?:-\d{2})?")  # 2025, 2025-06, 2025-06-30, --11-30
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


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
        return _is_date
    if column.form == "due":
        return lambda value: isinstance(value, str) and (_is_date(value) or _is_due(value))
    if column.form == "json":
        return _is_list_of_names
    if column.name == "id" and table.pk == ("id",):
        return lambda value: isinstance(value, str) and bool(_ID.fullmatch(value))
    if column.name == "source_sha256":
        return lambda value: bool(_SHA256.fullmatch(value))
    return None


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_due(value: str) -> bool:
    if not _DUE.fullmatch(value):
        return False
    return "-" not in value or _is_date((value.replace("--", "2000-", 1) + "-01")[:10])


def _is_list_of_names(value: str) -> bool:
    try:
        names = json.loads(value)
    except ValueError:
        return False
    return isinstance(names, list) and all(isinstance(name, str) and name for name in names)
