"""Facts with the words they rest on, and the words around those: all that one needs to check them by eye."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from extractor.contract import FACT_TABLES, Column, FactKind, load_contract

KINDS: Final[tuple[FactKind, ...]] = tuple(FACT_TABLES)
BEFORE, AFTER = 300, 200  # characters of a clause that are shown around a quote
LONGEST = 400  # characters of any value, and of a quote
# Of each fact these are told elsewhere on the page.
_ELSEWHERE = frozenset(("id", "clause_id", "unit_id", "quote", "start", "end", "rule", "position"))
_OF_UNITS = ("name", "canonical_name", "sector")
_SQL = f"""
select f.*, c.document_id as document_id, c.ref as ref, c.level as level, substr(c.marker, 1, 20) as marker,
  substr(c.heading, 1, 120) as heading, substr(c.text, 1, 240) as opening,
  c.start as clause_start, c.end as clause_end,
  substr(coalesce(d.title, d.id), 1, 200) as document_title, {{units}}
  substr(d.text, max(f.start - {BEFORE}, 0) + 1, min(f.start, {BEFORE})) as before,
  substr(d.text, f.start + 1, min(f.end - f.start, {LONGEST})) as words,
  substr(d.text, f.end + 1, {AFTER}) as after
from json_each(:ids) i join {{table}} f on f.id = i.value
join clauses c on c.id = f.clause_id join documents d on d.id = c.document_id {{joined}}
order by i.key
"""
_DUTIES = _SQL.format(
    table="responsibilities", joined="join units u on u.id = f.unit_id",
    units="".join(f"u.{name} as {name}, " for name in _OF_UNITS),
)  # fmt: skip


class Words(NamedTuple):
    """A quote and what stands before and after it in its clause; `cut`: whether more stands there."""

    before: str
    quote: str
    after: str
    cut_before: bool
    cut_after: bool


class Fact(NamedTuple):
    """One row of one of the six tables. `opening` is how its clause begins, where the quote is not of it."""

    kind: FactKind
    id: str
    start: int  # of the quote, in documents.text
    document_id: str
    document_title: str
    ref: str
    place: str  # marker and heading of its clause
    rule: str
    fields: tuple[tuple[Column, str | int | float], ...]  # those that are stated
    words: Words
    opening: str | None


def facts(db: sqlite3.Connection, chosen: Sequence[tuple[FactKind, str]]) -> tuple[Fact, ...]:
    """The facts with these kinds and ids, in this order. A query a kind."""
    found: dict[str, Fact] = {}
    for kind in KINDS:
        ids = [name for of, name in chosen if of == kind]
        found |= {fact.id: fact for fact in _of_kind(db, kind, ids)}
    return tuple(found[name] for _, name in chosen)


def around(row: Mapping[str, Any]) -> Words:
    """A quote in its clause: `before` and `after` are cut where the clause begins and ends.

    A quote that stands elsewhere (a rule stated once for the whole notice) keeps its own line.
    """
    before, after = str(row["before"]), str(row["after"])
    if row["clause_start"] <= row["start"] and row["end"] <= row["clause_end"]:
        room = (row["start"] - row["clause_start"], row["clause_end"] - row["end"])
    else:
        room = (len(before.rpartition("\n")[2]), len(after.partition("\n")[0]))
    words = str(row["words"])
    whole = len(words) == row["end"] - row["start"]  # else the quote itself is cut
    left, right = before[max(len(before) - room[0], 0) :], after[: room[1]] if whole else ""
    return Words(left, words, right, len(left) < room[0], len(right) < room[1])


def rows(db: sqlite3.Connection, sql: str, values: Mapping[str, object]) -> Iterator[dict[str, Any]]:
    """The answer to `sql`, each row by the names of its columns."""
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _of_kind(db: sqlite3.Connection, kind: FactKind, ids: Iterable[str]) -> Iterator[Fact]:
    sql = _DUTIES if kind == "duty" else _SQL.format(table=FACT_TABLES[kind], units="", joined="")
    for row in rows(db, sql, {"ids": json.dumps(list(ids))}):
        words = around(row)
        inside = row["clause_start"] <= row["start"] < row["clause_end"]
        yield Fact(
            kind, row["id"], row["start"], row["document_id"], row["document_title"], row["ref"],
            " ".join(filter(None, (row["marker"], row["heading"]))),
            row["rule"],
            fields=tuple((c, _cut(row[c.name])) for c in _columns(kind) if row[c.name] is not None),
            words=words,
            opening=None if inside else row["opening"],
        )  # fmt: skip


@cache
def _columns(kind: FactKind) -> tuple[Column, ...]:
    """What is shown of a kind of fact, in the order of the contract."""
    contract = load_contract()
    own = tuple(column for column in contract[FACT_TABLES[kind]].columns if column.name not in _ELSEWHERE)
    if kind != "duty":
        return own
    return (*(column for column in contract["units"].columns if column.name in _OF_UNITS), *own)


def _cut(value: Any) -> Any:
    return value[:LONGEST] if isinstance(value, str) else value
