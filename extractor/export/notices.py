"""One document with its clauses, facts and tables, as the database holds them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.export.files import ExportError

Record = Mapping[str, Any]  # column → value
FACTS = ("responsibilities", "targets", "amounts", "durations", "deadlines", "citations")
_CELLS = """
select t.id as table_id, t.clause_id, t.position, t.caption, l.row, l.col, l.text, l.col_header
from tables t join clauses c on c.id = t.clause_id join cells l on l.table_id = t.id
where c.document_id = ? order by t.position, t.id, l.rowid
"""
_QUANTITIES = """
select * from numbers where document_id = ? and class in ('target', 'amount', 'duration') order by start
"""
_CITED = """
select distinct d.id, d.jurisdiction_id, d.issued_on from documents d
join citations f on f.cited_document_id = d.id join clauses c on c.id = f.clause_id
where c.document_id = ? order by d.id
"""
_UNITS = """
select distinct u.* from units u
join responsibilities r on r.unit_id = u.id join clauses c on c.id = r.clause_id
where c.document_id = ? order by u.id
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """A document. Everything is in reading order, cells in that in which their words stand in the text."""

    head: Record
    clauses: tuple[Record, ...]
    facts: Mapping[str, tuple[Record, ...]]
    units: Mapping[str, Record]
    cells: tuple[Record, ...]
    quantities: tuple[Record, ...]  # numbers of targets, amounts and durations
    cited: Mapping[str, Record]  # documents of the database that it cites, by id

    @property
    def id(self) -> str:
        return str(self.head["id"])

    @property
    def text(self) -> str:
        return str(self.head["text"])

    @property
    def issuers(self) -> tuple[str, ...]:
        return tuple(map(str, json.loads(self.head["issuers"])))


def wanted_ids(db: sqlite3.Connection, names: Sequence[str]) -> Sequence[str]:
    """The ids of the documents to write, in order; all where none is named. `ExportError` where one lacks."""
    there = [str(name) for (name,) in db.execute("select id from documents order by id")]
    absent = sorted(set(names) - set(there))
    if absent:
        raise ExportError(
            "no document {document} in the database. List them: select id from documents.", document=absent[0]
        )
    return [name for name in there if name in names] if names else there


def stored(db: sqlite3.Connection, document_id: str) -> Stored:
    """The document with this id."""
    (head,) = _records(db, "select * from documents where id = ?", document_id)
    return Stored(
        head=head,
        clauses=tuple(
            _records(db, "select * from clauses where document_id = ? order by position", document_id)
        ),
        facts={name: tuple(_records(db, _facts(name), document_id)) for name in FACTS},
        units={str(unit["id"]): unit for unit in _records(db, _UNITS, document_id)},
        cells=tuple(_records(db, _CELLS, document_id)),
        quantities=tuple(_records(db, _QUANTITIES, document_id)),
        cited={str(each["id"]): each for each in _records(db, _CITED, document_id)},
    )


def _facts(table: str) -> str:
    """Rows of one kind of fact in reading order."""
    return f"""
select f.* from {table} f join clauses c on c.id = f.clause_id
where c.document_id = ? order by c.position, f.rowid
"""


def _records(db: sqlite3.Connection, sql: str, value: object) -> Iterator[Record]:
    cursor = db.execute(sql, (value,))
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)
