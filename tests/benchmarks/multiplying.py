"""A large database out of a small one: its documents again and again, under other ids and of other places.

To read a million clauses takes long; what the pages cost depends on how many rows there are, not on how they
came. The result keeps the contract (`extractor check` passes): ids, hashes and names of files are new, all that
refers to them is moved with them, and the index and the counts are made by the store. The words of a copy are
those of its original. Left out are common runs and pairs of facts, which are large and which no page reads.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from extractor import store
from extractor.contract import Column, Table, load_contract, quoted
from extractor.search import spaced

_SHARED = (
    "jurisdictions",
    "topics",
    "units",
    "topic_gaps",
    "duty_places",
    "duty_totals",
    "fact_names",
    "kept_sources",
    "programs",
    "program_parts",
)
_LEFT_OUT = ("fact_pairs", "clause_runs")
_OF_DOCUMENT = re.compile(r"[^._]+")  # the id of a document, with which those of its clauses and facts begin
_UNBOUND = ("id", "document_id", "record_id", "fact_id")  # ids that the contract binds to no one table


def multiply(source: Path, target: Path, times: int) -> None:
    """Write to `target` what `source` holds, `times` times."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as db:
        db.execute("vacuum into ?", (str(target),))
    with closing(sqlite3.connect(target)) as db:
        db.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -400000")
        for table in _LEFT_OUT:
            db.execute(f"delete from {table}")
        indexes = _without_indexes(db)
        most = {table.name: _last(db, table.name) for table in load_contract()}
        places = [code for (code,) in db.execute("select id from jurisdictions order by id")]
        for number in range(1, times):
            _copy(db, number, most, places)
            db.commit()
        for sql in indexes:
            db.execute(sql)
        db.commit()
    with closing(store.open_store(target)) as made:
        _finish(made, most["clauses"])


def _without_indexes(db: sqlite3.Connection) -> list[str]:
    """Drop the indexes, which are made faster when all is there; the statements that make them."""
    found = db.execute(
        "select name, sql from sqlite_master where type = 'index' and sql is not null"
    ).fetchall()
    for name, _ in found:
        db.execute(f"drop index {quoted(name)}")
    return [sql for _, sql in found]


def _last(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"select coalesce(max(rowid), 0) from {quoted(table)}").fetchone()[0])


def _copy(db: sqlite3.Connection, number: int, most: dict[str, int], places: list[str]) -> None:
    """The rows of the first documents once more, as copy `number`."""
    at = {code: place for place, code in enumerate(places)}

    def moved(name: str | None) -> str | None:
        return name and _OF_DOCUMENT.sub(lambda match: f"{match[0]}-x{number:03}", name, count=1)

    def elsewhere(code: str | None) -> str | None:
        return code and places[(at[code] + number * 997) % len(places)]

    db.create_function("moved", 1, moved, deterministic=True)
    db.create_function("elsewhere", 1, elsewhere, deterministic=True)
    db.create_function("hashed", 1, lambda value: hashlib.sha256(f"{number} {value}".encode()).hexdigest())
    for table in load_contract():
        if table.name not in (*_SHARED, *_LEFT_OUT):
            names = ", ".join(map(quoted, table.names))
            values = ", ".join(_values(table, number))
            sql = f"insert into {quoted(table.name)} ({names}) select {values} from {quoted(table.name)}"
            db.execute(f"{sql} where rowid <= ? order by rowid", (most[table.name],))


def _values(table: Table, number: int) -> Iterator[str]:
    for column in table.columns:
        name = column.name
        if _is_moved(column):
            yield f"moved({quoted(name)})"
        elif name == "jurisdiction_id":
            yield f"elsewhere({name})"
        elif name == "source_sha256":
            yield f"hashed({name})"
        elif name == "source_name":
            yield f"'{number:03}-' || {name}"
        else:
            yield quoted(name)


def _is_moved(column: Column) -> bool:
    """Whether it names what is copied."""
    if column.references is None:
        return column.name in _UNBOUND
    return column.references[0] not in _SHARED


def _finish(made: Database, first: int) -> None:
    """The index of the copied clauses and what is made once a run."""
    made.conn.create_function("spaced", 1, spaced)
    with made.atomic():
        made.conn.execute(
            "insert into clauses_fts (rowid, text) select rowid, spaced(text) from clauses where rowid > ?",
            (first,),
        )
    store.finish(made)
