"""Corrections in a file of their own (SQLite), which only grows.

Each is one row, named by the hash of all it says, so that one that is written twice is there once. Nothing is
ever changed or deleted. Readers and writers may be at it at the same time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, get_args

from extractor.corrections.model import Correction, Place, Subject, Verdict, canonical
from extractor.messages import Trouble

NAME: Final = "corrections.db"
_APPLICATION = 0x50434F52  # PCOR, in the header of the file
_VERSION = 1
_WAIT = 10.0  # seconds for another writer
_COLUMNS = (
    "id", "document_id", "source_sha256", "doc_number", "title", "jurisdiction_id", "kind", "fact_id",
    "clause_sha256", "clause_ref", "clause_rank", "clause_total", "quote", "offset", "anchor", "rank",
    "total", "twins", "seen", "verdict", "changes", "made_by", "made_at", "why", "replaces",
)  # fmt: skip
_NUMBERS = {"clause_rank", "clause_total", "offset", "rank", "total", "twins"}
_MAY_BE_NULL = {"doc_number", "title", "jurisdiction_id", "clause_sha256", "clause_ref", "offset"}
_TABLE = "create table corrections ({}, primary key (id)) strict, without rowid".format(
    ", ".join(
        f'"{name}" {"integer" if name in _NUMBERS else "text"}{"" if name in _MAY_BE_NULL else " not null"}'
        for name in _COLUMNS
    )
)
_INSERT = f"insert or ignore into corrections values ({', '.join('?' * len(_COLUMNS))})"
_ALL = "select * from corrections order by made_at, id"


class BookError(Trouble):
    """A file of corrections that cannot be used. Names the file, what is wrong and the remedy."""


def beside(database: Path) -> Path:
    """Where the corrections of a database are, unless another file is named: in its folder."""
    return database.with_name(NAME)


def read(path: Path) -> tuple[Correction, ...]:
    """All corrections, the oldest first; () where there is no file. Raises BookError."""
    if not path.exists():
        return ()
    with _opened(path, write=False) as db:
        return tuple(_correction(path, row) for row in db.execute(_ALL))


def add(path: Path, corrections: Iterable[Correction]) -> int:
    """Write corrections into the file, made where there is none; how many are new. Raises BookError."""
    rows = [_row(each) for each in corrections]
    with _opened(path, write=True) as db:
        before = db.total_changes
        db.executemany(_INSERT, rows)
        return db.total_changes - before


@contextmanager
def _opened(path: Path, *, write: bool) -> Iterator[sqlite3.Connection]:
    """The file in one transaction."""
    address = f"{path.resolve().as_uri()}?mode={'rwc' if write else 'ro'}"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=_WAIT, isolation_level=None)) as db:
            db.execute("begin immediate" if write else "begin")
            _prepare(path, db)
            yield db
            db.execute("commit")
    except sqlite3.Error as error:
        raise BookError(
            "{path}: {error}. Check that it is a file of corrections, and that it and its folder may be "
            "written to.",
            path=path,
            error=error,
        ) from error


def _prepare(path: Path, db: sqlite3.Connection) -> None:
    """Make the table in a new file. Raises BookError where the file is another's."""
    (application,) = db.execute("pragma application_id").fetchone()
    (version,) = db.execute("pragma user_version").fetchone()
    if application == _APPLICATION and version == _VERSION:
        return
    if application or version or db.execute("select 1 from sqlite_master").fetchone():
        words = "{path}: is no file of corrections. Name another file with --corrections."
        if application == _APPLICATION:
            words = "{path}: has version {version}, not {wanted}. Name another file with --corrections."
        raise BookError(words, path=path, version=version, wanted=_VERSION)
    db.execute(_TABLE)
    db.execute(f"pragma application_id = {_APPLICATION}")
    db.execute(f"pragma user_version = {_VERSION}")


def _row(correction: Correction) -> tuple[Any, ...]:
    place = correction.place
    return (
        correction.id, *correction.subject, correction.kind, correction.fact_id, *place[:6],
        canonical(place.anchor), *place[7:], canonical(correction.seen), correction.verdict,
        canonical(correction.changes), correction.made_by, correction.made_at, correction.why,
        canonical(sorted(correction.replaces)),
    )  # fmt: skip


def _correction(path: Path, row: tuple[Any, ...]) -> Correction:
    named = dict(zip(_COLUMNS, row, strict=True))
    try:
        found = from_columns(named)
    except (ValueError, TypeError, KeyError) as error:
        raise BookError(
            "{path}: correction {id} is damaged ({error}). The file was changed by another program: "
            "restore it from a copy or from an exported table.",
            path=path,
            id=named["id"],
            error=error,
        ) from error
    return found


def from_columns(named: dict[str, Any]) -> Correction:
    """The correction of a row. Raises ValueError, TypeError or KeyError where it is none."""
    place = {name: named[name] for name in Place._fields} | {
        "anchor": tuple(map(int, json.loads(named["anchor"])))
    }
    found = Correction(
        subject=Subject(*(named[name] for name in Subject._fields)),
        kind=named["kind"], fact_id=named["fact_id"], place=Place(**place), seen=json.loads(named["seen"]),
        verdict=named["verdict"], changes=json.loads(named["changes"]), made_by=named["made_by"],
        made_at=named["made_at"], why=named["why"], replaces=tuple(json.loads(named["replaces"])),
    )  # fmt: skip
    if found.verdict not in get_args(Verdict):
        raise ValueError(f"verdict {found.verdict!r}")
    where = found.place
    if not (
        0 <= where.clause_rank < where.clause_total and 0 <= where.rank < where.total and where.twins > 0
    ):
        raise ValueError("its ranks and counts do not fit")
    if found.id != named["id"]:
        raise ValueError("its id is not that of its content")
    return found
