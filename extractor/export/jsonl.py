"""Tables as JSON lines for programs: an object a row, JSON columns as the arrays that they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from extractor.contract import Table
from extractor.export.files import ExportError
from extractor.export.rows import Row


def write(table: Table, rows: Iterable[Row], path: Path) -> int:
    """Write the rows in UTF-8; returns how many. Names are those of the columns, NULL is null.

    Raises `ExportError` where a row holds what JSON does not have.
    """
    arrays = tuple(column.name for column in table.columns if column.form == "json")
    number = 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            stream.write(_line(table, arrays, row) + "\n")
            number += 1
    return number


def _line(table: Table, arrays: tuple[str, ...], row: Row) -> str:
    values: dict[str, object] = dict(zip(table.names, row, strict=True))
    try:
        for name in arrays:
            value = values[name]
            values[name] = json.loads(value) if isinstance(value, str) else value
        return json.dumps(values, ensure_ascii=False, allow_nan=False)
    except (ValueError, TypeError) as error:
        raise ExportError(
            "{table}: {row} is no row of JSON ({error}). Find such rows with `extractor check`, "
            "and ingest their documents again.",
            table=table.name,
            row=repr(row[:3]),
            error=error,
        ) from error
