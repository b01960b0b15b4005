"""The facts of one document as the parser left them, read from a database, with the corrections it shows.

A row that a correction changed or took out is told as it was parsed (`corrections.parsed`), so that what is
read does not depend on what was applied before. Findings that a comparison of documents makes are no part of
it: each comparison makes them anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from extractor.contract import quoted
from extractor.corrections.fields import kinds, seen_columns
from extractor.corrections.model import FINDINGS, Fact, Place, Subject

Row = Mapping[str, Any]
_SUBJECT = """
select id, source_sha256, doc_number, title, jurisdiction_id, text from documents where id = ?
"""
_CLAUSES = 'select id, ref, marker, text, start, "end" from clauses where document_id = ? order by position'
_DUTIES = """
select f.*, u.name as unit, u.canonical_name, u.sector, u.jurisdiction_id as unit_jurisdiction
from responsibilities f join units u on u.id = f.unit_id where f.clause_id >= ? and f.clause_id < ?
"""
_FACTS = "select * from {} where clause_id >= ? and clause_id < ?"
_FINDINGS = "select * from findings where document_id = ?"
_OF_PARSER = re.compile(r"_f\d+$", re.ASCII)
_NUMBERS = "select record_id, start, class from numbers where document_id = ? and record_id is not null"
_HELD = "select * from corrections where document_id = ? order by id"
_THERE = "select 1 from sqlite_master where name = 'corrections'"


class Clause(NamedTuple):
    """A clause as a place. `start`: of its text in documents.text; `rank`: of those with the same words."""

    id: str
    ref: str
    sha256: str
    rank: int
    total: int
    start: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its facts, by kind and in reading order."""

    subject: Subject
    clauses: Mapping[str, Clause]
    facts: tuple[Fact, ...]
    rows: Mapping[str, Row]  # id of a fact → its row as parsed, with its unit and `numbers` (start, class)
    held: tuple[Row, ...]  # the rows of `corrections` that the database has for it

    def fact(self, name: str) -> Fact | None:
        """The fact with this id, also where a correction took it out."""
        return next((fact for fact in self.facts if fact.id == name), None)


def document_of(name: str) -> str:
    """The id of the document of a fact or finding.

    >>> document_of("xihu-2023-8.2.3.10_t1"), document_of("xihu-2023-8_f2")
    ('xihu-2023-8', 'xihu-2023-8')
    """
    return name.partition(".")[0] if "." in name else name.rpartition("_")[0]


def load(db: sqlite3.Connection, document_id: str) -> Document | None:
    """The document; None where there is none of that id. Twelve queries, whatever its length."""
    found = db.execute(_SUBJECT, (document_id,)).fetchone()
    if found is None:
        return None
    *subject, text = found
    clauses = {clause.id: clause for clause in _clauses(_all(db, _CLAUSES, document_id), text)}
    held = tuple(_all(db, _HELD, document_id)) if db.execute(_THERE).fetchone() else ()
    parsed = {row["fact_id"]: (row["kind"], _parsed(row)) for row in held if row["parsed"]}
    numbers = _numbers(db, document_id)
    rows: dict[str, Row] = {}
    facts: list[Fact] = []
    for kind in kinds():
        there = {row["id"]: {"numbers": (), **row} for row in _rows(db, kind, document_id, text)}
        there = {name: {**row, "numbers": numbers.get(name, ())} for name, row in there.items()}
        there |= {name: row for name, (of, row) in parsed.items() if of == kind}
        facts += _ranked(_fact(kind, row, clauses) for row in _ordered(there.values(), clauses))
        rows |= there
    return Document(Subject(*subject), clauses, tuple(facts), rows, held)


def _parsed(held: Row) -> Row:
    """A row as the parser made it. Ids are those of today: a document may have been renamed since."""
    row: Row = json.loads(held["parsed"])
    return {**row, "id": held["fact_id"], "clause_id": held["clause_id"], "document_id": held["document_id"]}


def _clauses(rows: Sequence[Row], text: str) -> Iterator[Clause]:
    hashes = [hashlib.sha256(row["text"].encode()).hexdigest() for row in rows]
    counts, seen = Counter(hashes), Counter[str]()
    for row, sha256 in zip(rows, hashes, strict=True):
        own = text[row["start"] : row["end"]]
        start = row["start"] + _body(own, row["marker"] or "")
        yield Clause(row["id"], row["ref"], sha256, seen[sha256], counts[sha256], start)
        seen[sha256] += 1


def _body(own: str, marker: str) -> int:
    """Where in its own words a clause's text begins: after the marker and white space."""
    after = len(own) - len(own.lstrip()) + len(marker)
    return after + len(own[after:]) - len(own[after:].lstrip())


def _rows(db: sqlite3.Connection, kind: str, document_id: str, text: str) -> Iterable[Row]:
    if kind == FINDINGS:
        found = (row for row in _all(db, _FINDINGS, document_id) if _OF_PARSER.search(row["id"]))
        return [
            {**row, "quote": "" if row["start"] is None else text[row["start"] : row["end"]]} for row in found
        ]
    sql = _DUTIES if kind == "responsibilities" else _FACTS.format(quoted(kind))
    return _all(db, sql, f"{document_id}.", f"{document_id}/")


def _numbers(db: sqlite3.Connection, document_id: str) -> Mapping[str, Sequence[tuple[int, str]]]:
    """Fact → (start, class) of the number words that the ledger ties to it."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for record, start, kind in db.execute(_NUMBERS, (document_id,)):
        found[record].append((start, kind))
    return {record: sorted(each) for record, each in found.items()}


def _ordered(rows: Iterable[Row], clauses: Mapping[str, Clause]) -> list[Row]:
    """In reading order of clauses, then as the parser numbered them."""
    order = {name: place for place, name in enumerate(clauses)}
    return sorted(rows, key=lambda row: (order.get(row["clause_id"], -1), len(row["id"]), row["id"]))


def _fact(kind: str, row: Row, clauses: Mapping[str, Clause]) -> Fact:
    """The fact of a row, as if it were alone in its place."""
    clause = clauses.get(row["clause_id"])
    offset, anchor = None, ()
    if clause is not None:
        outside = row["start"] is None or row.get("basis") == "default"
        offset = None if outside else row["start"] - clause.start
        anchor = tuple(start - clause.start for start, _ in row["numbers"])
    stands: tuple[str | None, str | None, int, int] = (
        (clause.sha256, clause.ref, clause.rank, clause.total) if clause else (None, None, 0, 1)
    )
    place = Place(*stands, row["quote"], offset, anchor, 0, 1, 1)
    fields = {column: row[column] for column in seen_columns(kind)}
    return Fact(kind, row["id"], row["clause_id"], place, fields, row["start"], row["end"])


def _ranked(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Facts of one kind, told from those that stand in the same place."""
    groups: dict[tuple[Any, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.clause_id, fact.words].append(fact)
    for group in groups.values():
        for rank, fact in enumerate(group):
            twins = sum(other.fields == fact.fields for other in group)
            yield replace(fact, place=fact.place._replace(rank=rank, total=len(group), twins=twins))


def _all(db: sqlite3.Connection, sql: str, *values: object) -> list[dict[str, Any]]:
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
