"""Rows of a table ↔ the bytes of a Parquet file, with a note of ours beside them.

A whole number that float64 cannot hold stands in the column as the nearest it can, and exactly in the file's
metadata: what is read back is what was written.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor import arrow
from extractor.arrow import Value
from extractor.contract import load_contract

Row = tuple[Value, ...]
_NOTE = b"policy_extractor"
_EXACT = 2**53  # whole numbers up to here are floats without loss


def to_bytes(table: str, rows: Sequence[Row], note: Any = None) -> bytes:
    """A Parquet file of rows; `note` is JSON. Raises `ArrowError` where a value does not suit its column."""
    batch = arrow.record_batch(table, rows)
    metadata = {**batch.schema.metadata, _NOTE: json.dumps([note, _large(table, rows)], ensure_ascii=False)}
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(sink, batch.schema.with_metadata(metadata), compression="zstd") as writer:
        writer.write_batch(batch.replace_schema_metadata(metadata))
    return bytes(sink.getvalue())


def rows_of(table: str, content: bytes) -> list[Row]:
    """The rows of a file."""
    found = pq.read_table(pa.BufferReader(content))
    _, large = _noted(found.schema)
    rows = list(arrow.rows(table, found))
    for place, column, value in large:
        rows[place] = (*rows[place][:column], int(value), *rows[place][column + 1 :])
    return rows


def note_of(content: bytes) -> Any:
    """The note of a file."""
    return _noted(pq.read_schema(pa.BufferReader(content)))[0]


def columns_of(content: bytes, names: Sequence[str]) -> list[Row]:
    """Some columns of a file of texts, in the order of `names`."""
    found = pq.read_table(pa.BufferReader(content), columns=list(names))
    return list(zip(*(found[name].to_pylist() for name in names), strict=True))


def _noted(schema: pa.Schema) -> tuple[Any, list[tuple[int, int, str]]]:
    note, large = json.loads(schema.metadata[_NOTE])
    return note, large


def _large(table: str, rows: Sequence[Row]) -> list[tuple[int, int, str]]:
    """Row, column and digits of whole numbers that float64 cannot hold."""
    columns = load_contract()[table].columns
    return [
        (place, at, str(row[at]))
        for at, column in enumerate(columns)
        if column.type == "NUMERIC"
        for place, row in enumerate(rows)
        if isinstance(value := row[at], int) and abs(value) > _EXACT and float(value) != value
    ]
