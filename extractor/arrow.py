"""Rows of the contract's tables as Arrow: the schema of a table, and rows of it as a record batch.

Knows the contract and pyarrow and nothing else, so that whatever has rows can use it: a whole database as
Parquet, a shard of a run. Needs the extra `parquet`.

Types: TEXT is string, INTEGER int64, NUMERIC float64; a column of form `date` is date32, one of form `json`
a list of strings. Columns that may hold no NULL are not nullable. The metadata of a field holds its labels
and descriptions in Chinese and English, that of the schema also the primary key and the contract's version.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from operator import index
from typing import Any

import pyarrow as pa

from extractor.contract import Column, Table, load_contract
from extractor.messages import Trouble

Value = str | int | float | None
# What pyarrow (ArrowInvalid, ArrowTypeError) and the converters raise.
_UNSUITED = (ValueError, TypeError, OverflowError)
_TYPES: dict[str, pa.DataType] = {"TEXT": pa.string(), "INTEGER": pa.int64(), "NUMERIC": pa.float64()}


class ArrowError(Trouble, ValueError):
    """A value that is not what the contract says of its column. Names table, column and value."""


@cache
def schema(name: str) -> pa.Schema:
    """The Arrow schema of the table of that name, its columns in the contract's order."""
    contract = load_contract()
    table = contract[name]
    about = {"table": name, "contract": str(contract.version), "primary_key": ",".join(table.pk)}
    about |= _said(table)
    return pa.schema([_field(column) for column in table.columns], metadata=about)


def record_batch(name: str, rows: Iterable[Sequence[Value]]) -> pa.RecordBatch:
    """Rows as SQLite holds them, columns in the contract's order, as one record batch in their order.

    A whole number that float64 cannot hold (beyond 2**53) becomes the float nearest to it. Raises
    `ArrowError` where a value does not suit its column.
    """
    form, columns = schema(name), tuple(zip(*rows, strict=True))
    if not columns:
        return pa.RecordBatch.from_pylist([], schema=form)
    arrays = [
        _array(name, column, values)
        for column, values in zip(load_contract()[name].columns, columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=form)


def rows(name: str, batch: pa.RecordBatch | pa.Table) -> Iterator[tuple[Value, ...]]:
    """What `record_batch` was made of, in order: the rows as SQLite holds them."""
    backwards = map(_backwards, load_contract()[name].columns)
    columns = [
        [None if value is None else back(value) for value in column.to_pylist()]
        for column, back in zip(batch.columns, backwards, strict=True)
    ]
    return zip(*columns, strict=True)


def _field(column: Column) -> pa.Field:
    about = _said(column) | {"unit": column.unit or ""}
    return pa.field(column.name, _type(column), nullable=not column.required, metadata=about)


def _type(column: Column) -> pa.DataType:
    if column.form == "json":
        return pa.list_(pa.field("item", pa.string(), nullable=False))
    return pa.date32() if column.form == "date" else _TYPES[column.type]


def _said(part: Table | Column) -> dict[str, str]:
    return {"zh": part.zh, "en": part.en, "about_zh": part.about_zh, "about": part.about}


def _array(table: str, column: Column, values: Sequence[Value]) -> pa.Array:
    try:
        return _converted(column, values)
    except _UNSUITED as error:
        wrong = next(value for value in values if not _suits(column, value))
        raise ArrowError(
            "{table}.{column}: {wrong} is no {type}. Find such rows with `extractor check`, "
            "and ingest their documents again.",
            table=table,
            column=column.name,
            wrong=repr(wrong),
            type=_type(column),
        ) from error


def _converted(column: Column, values: Sequence[Value]) -> pa.Array:
    if column.required and None in values:
        raise ValueError("NULL where none may be")
    convert = _converter(column)
    return pa.array([None if value is None else convert(value) for value in values], _type(column))


def _suits(column: Column, value: Value) -> bool:
    try:
        _converted(column, (value,))
    except _UNSUITED:
        return False
    return True


def _converter(column: Column) -> Callable[[Any], object]:
    if column.form == "json":
        return _strings
    if column.form == "date":
        return date.fromisoformat
    return _CONVERTERS[column.type]


def _strings(value: str) -> list[str]:
    found = json.loads(value)
    if not isinstance(found, list):
        raise TypeError("no JSON array")
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _float(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError("no number")
    return float(value)


# What pyarrow would cut or read in silence (2.5 as 2, bytes as text) is refused here.
_CONVERTERS: dict[str, Callable[[Any], object]] = {"TEXT": _text, "INTEGER": index, "NUMERIC": _float}


# --- back ------------------------------------------------------------------------------------------------


def _backwards(column: Column) -> Callable[[Any], Value]:
    if column.form == "json":
        return _json
    if column.form == "date":
        return date.isoformat
    return _shortest if column.type == "NUMERIC" else _same


def _json(value: list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _shortest(value: float) -> int | float:
    """As a NUMERIC column of SQLite keeps it: an integer where it is one."""
    return int(value) if value.is_integer() and abs(value) < _WHOLE else value


def _same(value: Any) -> Any:
    return value


_WHOLE = 2**63
