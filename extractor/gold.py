"""Gold files and what a database holds of the same notices; the outcomes of the last run, for comparison."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extractor.evaluate import Found, Row, score
from extractor.model import ReadError
from extractor.scores import Outcome

_OF_DOCUMENT = "join clauses c on c.id = t.clause_id where c.document_id = ?"


def load(paths: Iterable[Path]) -> tuple[dict[str, Any], ...]:
    """The gold of files and of folders of them; `ReadError` for a file that is none."""
    files = (f for path in paths for f in (sorted(path.glob("*.json")) if path.is_dir() else [path]))
    return tuple(_load(file) for file in files)


def _load(file: Path) -> dict[str, Any]:
    try:
        gold = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise ReadError(
            str(file), "is no JSON ({error}).", "Mend the file or leave it out.", error=error
        ) from error
    if not isinstance(gold, dict) or not gold.keys() >= {"source", "sha256", "document", "clauses"}:
        raise ReadError(
            str(file),
            "is no gold file: it lacks source, sha256, document or clauses.",
            "Name a folder of gold files, such as corpora/gold.",
        )
    return gold


def find(db: sqlite3.Connection, gold: Row) -> Found:
    """What `db` holds of the gold's document, found by the hash of its source; nothing where it is absent."""
    documents = _rows(db, "select * from documents where source_sha256 = ?", gold["sha256"])
    if not documents:
        return Found()
    name = documents[0]["id"]
    return Found(
        document=documents[0],
        clauses=_rows(db, "select * from clauses where document_id = ? order by position", name),
        responsibilities=_rows(
            db,
            "select t.*, u.name as unit_name from responsibilities t join units u on u.id = t.unit_id "
            + _OF_DOCUMENT,
            name,
        ),
        targets=_rows(db, f"select t.* from targets t {_OF_DOCUMENT}", name),
        amounts=_rows(db, f"select t.* from amounts t {_OF_DOCUMENT}", name),
        durations=_rows(db, f"select t.* from durations t {_OF_DOCUMENT}", name),
        citations=_rows(db, f"select t.* from citations t {_OF_DOCUMENT}", name),
        links=_rows(
            db,
            "select t.* from clause_links t join clauses c on c.id = t.from_clause_id "
            "where c.document_id = ? and t.kind = 'task_of'",
            name,
        ),
    )


def compare(db: sqlite3.Connection, golds: Iterable[Row]) -> Iterator[Outcome]:
    """The outcomes of every gold file against `db`."""
    for gold in golds:
        yield from score(gold, find(db, gold))


def absent(db: sqlite3.Connection, golds: Iterable[Row]) -> tuple[str, ...]:
    """The sources of gold files whose notice is not in `db`: all their facts count as missed."""
    known = {row["source_sha256"] for row in _rows(db, "select source_sha256 from documents")}
    return tuple(gold["source"] for gold in golds if gold["sha256"] not in known)


def last_run(state: Path) -> tuple[Outcome, ...] | None:
    """The outcomes written by `keep_run`, or None where there is no readable state."""
    try:
        return tuple(Outcome(*row) for row in json.loads(state.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def keep_run(state: Path, outcomes: Iterable[Outcome]) -> None:
    """Write the outcomes where the next run finds them."""
    state.write_text(json.dumps([list(o) for o in outcomes], ensure_ascii=False), "utf-8")


def _rows(db: sqlite3.Connection, sql: str, *values: object) -> tuple[Row, ...]:
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return tuple(dict(zip(names, row, strict=True)) for row in cursor)
