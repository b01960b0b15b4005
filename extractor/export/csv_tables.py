"""Tables as CSV for spreadsheets: UTF-8 with a byte order mark, so that Excel shows Chinese."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from extractor.contract import Table
from extractor.export.rows import Row, Value
from extractor.spreadsheet import inert


def write(table: Table, rows: Iterable[Row], path: Path) -> int:
    """Write the rows; returns how many. No text begins a formula, numbers are numbers.

    NULL and the empty text are both an empty cell: where the difference matters, take JSON lines or Parquet.
    """
    number = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(table.names)
        for row in rows:
            writer.writerow(map(_cell, row))
            number += 1
    return number


def _cell(value: Value) -> Value:
    return inert(value) if isinstance(value, str) else value
