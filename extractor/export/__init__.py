"""A database as files for other programs. Reads only; each kind of file has one module here.

Tables: `csv` with datapackage.json, `jsonl`, `parquet`, one file a table. Documents: `akn` (Akoma Ntoso 3.0),
one file a document, and `spacy` (DocBin). Rows and documents are streamed: what is in memory does not grow
with the database. The same database gives the same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from extractor.contract import Table, load_contract
from extractor.export import datapackage
from extractor.export.files import ExportError, file_name, refuse_existing, replacing
from extractor.export.notices import stored, wanted_ids
from extractor.export.rows import Row, Tick, count, rows, snapshot

Format = Literal["csv", "jsonl", "parquet", "akn", "spacy"]
OF_TABLES: tuple[Format, ...] = ("csv", "jsonl", "parquet")
OF_DOCUMENTS: tuple[Format, ...] = ("akn", "spacy")
__all__ = ["OF_DOCUMENTS", "OF_TABLES", "ExportError", "Exported", "Format", "Order", "export", "size"]
_TableWriter = Callable[[Table, Iterable[Row], Path], int]


@dataclass(frozen=True, slots=True)
class Order:
    """What to write: a kind of file, and tables or documents by name (all where none is named)."""

    form: Format
    tables: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    overwrite: bool = False


class Exported(NamedTuple):
    """A file that was written and how many rows or documents are in it."""

    path: Path
    rows: int


def size(db: sqlite3.Connection, order: Order) -> int:
    """How many rows or documents `export` will write."""
    if order.form in OF_TABLES:
        return sum(count(db, table) for table in _tables(order))
    return len(wanted_ids(db, order.documents))


def export(
    db: sqlite3.Connection, folder: Path, order: Order, *, tick: Tick = lambda done: None
) -> Iterator[Exported]:
    """Write what `order` says into `folder`, made where there is none; yields each file when it is whole.

    Rows are in stored order, documents in that of their ids, all of one state of the database. Raises
    `ExportError` where a file is there already and `overwrite` is not set, where a table, a document or a
    library is lacking, or where a value is not what the contract says.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with snapshot(db):
        if order.form in OF_TABLES:
            yield from _export_tables(db, folder, order, tick)
        else:
            yield from _export_documents(db, folder, order, tick)


def _export_tables(db: sqlite3.Connection, folder: Path, order: Order, tick: Tick) -> Iterator[Exported]:
    write, tables = _table_writer(order.form), _tables(order)
    names = [f"{table.name}.{order.form}" for table in tables]
    if order.form == "csv":
        names.append(datapackage.NAME)
    if not order.overwrite:
        refuse_existing(folder / name for name in names)
    for table, name in zip(tables, names, strict=False):
        with replacing(folder / name) as part:
            written = write(table, rows(db, table, tick), part)
        yield Exported(folder / name, written)
    if order.form == "csv":
        with replacing(folder / datapackage.NAME) as part:
            datapackage.write(tables, part)
        yield Exported(folder / datapackage.NAME, len(tables))


def _tables(order: Order) -> tuple[Table, ...]:
    contract = load_contract()
    absent = sorted(set(order.tables) - {table.name for table in contract})
    if absent:
        raise ExportError(
            "no table {table} in the contract; it has {tables}.",
            table=absent[0],
            tables=", ".join(t.name for t in contract),
        )
    return tuple(table for table in contract if not order.tables or table.name in order.tables)


def _table_writer(form: Format) -> _TableWriter:
    if form == "parquet":
        try:
            from extractor.export import parquet
        except ImportError as error:
            raise ExportError("Parquet needs pyarrow: pip install 'policy-extractor[parquet]'.") from error
        return parquet.write
    from extractor.export import csv_tables, jsonl

    return csv_tables.write if form == "csv" else jsonl.write


def _export_documents(db: sqlite3.Connection, folder: Path, order: Order, tick: Tick) -> Iterator[Exported]:
    ids = wanted_ids(db, order.documents)
    write = _export_akn if order.form == "akn" else _export_docbins
    for exported in write(db, folder, ids, order.overwrite):
        tick(exported.rows)
        yield exported


def _export_akn(
    db: sqlite3.Connection, folder: Path, ids: Sequence[str], overwrite: bool
) -> Iterator[Exported]:
    from extractor.export import akn

    if not overwrite:
        refuse_existing(folder / file_name(each, ".xml") for each in ids)
    for each in ids:
        path = folder / file_name(each, ".xml")
        with replacing(path) as part:
            part.write_text(akn.document(stored(db, each)), "utf-8")
        yield Exported(path, 1)


def _export_docbins(
    db: sqlite3.Connection, folder: Path, ids: Sequence[str], overwrite: bool
) -> Iterator[Exported]:
    from extractor.export import docbin

    firsts = range(0, len(ids), docbin.DOCUMENTS)
    paths = [folder / docbin.file_name(number) for number, _ in enumerate(firsts, 1)]
    others = sorted(set(folder.glob("*.spacy")) - set(paths))
    refuse_existing(others if overwrite else [*paths, *others])  # `spacy train` would read the others too
    for first, path in zip(firsts, paths, strict=True):
        with replacing(path) as part:
            written = docbin.write((stored(db, each) for each in ids[first : first + docbin.DOCUMENTS]), part)
        yield Exported(path, written)
