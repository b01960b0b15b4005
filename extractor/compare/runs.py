"""Common wording of aligned clauses: the table `clause_runs`, and what of a clause is its own.

Guarantees: the characters of a run are the same on both sides, `substr(text, start + 1, length)` of both
documents. Runs are kept of the pairs that are among the `BEST` of either clause by the text they share, and
share `LEAST_SHARED` characters; so it does not matter in which order documents came.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractor.compare.reuse import runs

BEST = 3
LEAST_SHARED = 16
# A clause, and where its words stand in the text of its document: they end where the clause ends.
_PLACED = """
select clauses.text, clauses.start - length(clauses.text) + length(
  rtrim(substr(documents.text, clauses.start + 1, "end" - clauses.start), char(10) || ' ')
) from clauses join documents on documents.id = document_id where clauses.id = ?
"""
_TOUCHED = """
with own as (select id from clauses where document_id in (select value from json_each(:new)))
select id from own
union select b_id from own cross join clause_pairs on a_id = id
union select a_id from own cross join clause_pairs on b_id = id
"""
_BEST = """
select b_id, shared_text from clause_pairs where a_id = :clause and shared_text >= :least
union all select a_id, shared_text from clause_pairs where b_id = :clause and shared_text >= :least
order by 2 desc, 1 limit :best
"""
_HELD = "select distinct a_id, b_id from clause_runs where a_id = :clause or b_id = :clause"
_OF_CLAUSE = """
select a_start, length, b_id from clause_runs where a_id = :clause
union all select b_start, length, a_id from clause_runs where b_id = :clause
"""
Pair = tuple[str, str]


class Stretch(NamedTuple):
    """Characters of a clause, and the clauses that have the same words; without any, they are its own.

    `start` counts in the text of the clause.
    """

    start: int
    text: str
    shared_with: tuple[str, ...]


def update(db: sqlite3.Connection, new: Collection[str]) -> int:
    """Find the runs that the pairs of `new` documents call for; how many. In a transaction of the caller."""
    best: dict[str, frozenset[str]] = {}

    def of(clause: str) -> frozenset[str]:
        if clause not in best:
            asked = {"clause": clause, "least": LEAST_SHARED, "best": BEST}
            best[clause] = frozenset(other for other, _ in db.execute(_BEST, asked))
        return best[clause]

    touched = [clause for (clause,) in db.execute(_TOUCHED, {"new": json.dumps(sorted(new))})]
    wanted = {(min(clause, other), max(clause, other)) for clause in touched for other in of(clause)}
    held = {pair for clause in touched for pair in db.execute(_HELD, {"clause": clause})}
    gone = [(a, b) for a, b in held - wanted if b not in of(a) and a not in of(b)]
    db.executemany("delete from clause_runs where a_id = ? and b_id = ?", gone)
    cursor = db.executemany(
        "insert into clause_runs values (?, ?, ?, ?, ?)", _rows(db, sorted(wanted - held))
    )
    return max(cursor.rowcount, 0)


def _rows(db: sqlite3.Connection, pairs: Iterable[Pair]) -> Iterator[tuple[str, str, int, int, int]]:
    @lru_cache(maxsize=2_000)
    def placed(clause: str) -> tuple[str, int]:
        text, start = db.execute(_PLACED, (clause,)).fetchone()
        return text, start

    for a, b in pairs:
        (text, start), (other, other_start) = placed(a), placed(b)
        for run in runs(text, other):
            yield a, b, start + run.a_start, other_start + run.b_start, run.length


def stretches(db: sqlite3.Connection, clause: str) -> tuple[Stretch, ...]:
    """The text of a clause in stretches, each with the clauses that it shares those words with.

    Joined, they are the text again. () where there is no such clause.
    """
    row = db.execute(_PLACED, (clause,)).fetchone()
    if row is None:
        return ()
    text, offset = row
    marks: dict[int, tuple[set[str], set[str]]] = {0: (set(), set()), len(text): (set(), set())}
    for start, length, other in db.execute(_OF_CLAUSE, {"clause": clause}):
        marks.setdefault(start - offset, (set(), set()))[0].add(other)
        marks.setdefault(start - offset + length, (set(), set()))[1].add(other)
    found = []
    open_now: set[str] = set()
    places = sorted(marks)
    for place, until in pairwise(places):
        begin, end = marks[place]
        open_now = (open_now - end) | begin
        found.append(Stretch(place, text[place:until], tuple(sorted(open_now))))
    return tuple(found)
