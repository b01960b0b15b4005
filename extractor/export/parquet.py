"""Tables as Parquet, typed as `extractor.arrow` says, in groups of rows of bounded size. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyarrow.parquet import ParquetWriter

from extractor.arrow import ArrowError, record_batch, schema
from extractor.contract import Table
from extractor.export.files import ExportError
from extractor.export.rows import Row

MOST_ROWS = 50_000  # of a group; with `MOST_CHARACTERS`, some ten megabytes before compression
MOST_CHARACTERS = 4_000_000


def write(table: Table, rows: Iterable[Row], path: Path) -> int:
    """Write the rows; returns how many. One group of rows is in memory at a time.

    Raises `ExportError` where a value is not what the contract says of its column.
    """
    number = 0
    with ParquetWriter(path, schema(table.name), compression="zstd") as writer:
        for group in groups(rows):
            try:
                batch = record_batch(table.name, group)
            except ArrowError as error:
                raise ExportError(error.message) from error
            writer.write_batch(batch)
            number += len(group)
    return number


def groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in order, as many together as stay under both limits; a row over them stands alone."""
    group: list[Row] = []
    characters = 0
    for row in rows:
        longer = sum(len(value) for value in row if isinstance(value, str))
        if group and (len(group) == MOST_ROWS or characters + longer > MOST_CHARACTERS):
            yield group
            group, characters = [], 0
        group.append(row)
        characters += longer
    if group:
        yield group
