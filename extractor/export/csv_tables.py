"""Tables as CSV for spreadsheets: UTF-8 with a byte order mark, so that Excel shows Chinese."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from extractor.contract import Table
from extractor.export.rows import Row, Value
from extractor.spreadsheet import inert


def write(table: Table, rows: Iterable[Row], path: Path) -> int:
    """Write the rows; returns how many. Text is quoted and begins no formula, numbers are numbers.

    NULL and the empty text are both an empty cell: where the difference matters, take JSON lines or Parquet.
    """
    number = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerow(table.names)
        # All text is quoted: where the separator of lists is `;`, a spreadsheet parts bare text there.
        writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
        for row in rows:
            writer.writerow(map(_cell, row))
            number += 1
    return number


def _cell(value: Value) -> Value:
    return inert(value) if isinstance(value, str) else value
