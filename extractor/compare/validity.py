"""Which provisions are in force on a day, and the states of a notice over time.

A notice is in force from the day that it states, else from its date of issue; to the last day that it
states, or the day before a later notice of the database repeals it (《…》同时废止). Nothing else ends it:
where no end is stated, none is assumed. A draft is never in force; of a notice without a date nothing is
said.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

State = Literal["draft", "undated", "before", "in_force", "expired", "repealed"]
# After 《甲》: 同时废止, and 、《乙》（洪府发〔2020〕3号）同时废止; not …，《乙》同时废止
_REPEALED = re.compile(
    r"""(?:[、和及]{1,2}《[^《》\n]{1,80}》(?:（[^（）\n]{0,40}）)?){0,6}
    [^。；\n《]{0,30}?(?:废止|停止执行|不再执行|停止施行|即行失效)""",
    re.VERBOSE,
)
_REPEALING = re.compile(r"(?:废止|停止执行)(?:原)?$")  # before 《甲》
_DOCUMENTS = """
select id, status, coalesce(effective_from, issued_on), effective_until, effective_from is not null
from documents where :names is null or id in (select value from json_each(:names)) order by id
"""
_REPEALS = """
select c.cited_document_id, k.document_id, coalesce(d.effective_from, d.issued_on),
  substr(d.text, max(c.start - 5, 0) + 1, min(c.start, 5)), substr(d.text, c.end + 1, 400)
from citations c join clauses k on k.id = c.clause_id join documents d on d.id = k.document_id
where c.cited_document_id is not null and c.cited_document_id != k.document_id and d.status != 'draft'
  and coalesce(d.effective_from, d.issued_on) is not null
order by 3, 2
"""
_PROVISIONS = """
select c.id from clauses c where c.document_id = ?
  and c.level in ('chapter', 'section', 'part', 'subpart', 'article', 'item', 'annex', 'row')
order by c.position
"""


_WRITE = "insert into document_states values (?, ?, ?, ?, ?, ?, ?)"


class Period(NamedTuple):
    """A state and its first and last day, ISO; None where it is open. `by` is the notice that repealed it."""

    state: State
    start: str | None
    end: str | None
    by: str | None = None


class Validity(NamedTuple):
    """The states of a notice in the order of time. `stated`: its first day is printed, not that of issue."""

    document_id: str
    periods: tuple[Period, ...]
    stated: bool

    def on(self, day: str) -> Period:
        """The state on a day (ISO)."""
        return next(p for p in self.periods if (p.start or "") <= day and (p.end is None or day <= p.end))


def validities(db: sqlite3.Connection, documents: Iterable[str] | None = None) -> Iterator[Validity]:
    """The states over time of `documents`, in the order of ids; of all without."""
    repeals = _repeals(db)
    names = None if documents is None else json.dumps(list(documents))
    for name, status, start, end, stated in db.execute(_DOCUMENTS, {"names": names}):
        yield Validity(name, tuple(_periods(status, start, end, repeals.get(name))), bool(stated))


def write_states(db: sqlite3.Connection) -> None:
    """Fill the table `document_states` anew: a later notice may have repealed any."""
    db.execute("delete from document_states")
    db.executemany(
        _WRITE,
        (
            (each.document_id, place, period.state, period.start, period.end, period.by, int(each.stated))
            for each in validities(db)
            for place, period in enumerate(each.periods)
        ),
    )


def in_force(db: sqlite3.Connection, day: str) -> Iterator[str]:
    """The ids of the provisions that are in force on `day` (ISO), by document and in reading order."""
    for each in validities(db):
        if each.on(day).state == "in_force":
            yield from (name for (name,) in db.execute(_PROVISIONS, (each.document_id,)))


def _repeals(db: sqlite3.Connection) -> Mapping[str, tuple[str, str]]:
    """Document → (first day on which it is repealed, by which), the earliest."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for cited, by, day, before, after in db.execute(_REPEALS):
        if _REPEALING.search(before) or _REPEALED.match(after):
            found[cited].append((day, by))
    return {name: min(own) for name, own in found.items()}


def _periods(
    status: str, start: str | None, end: str | None, repeal: tuple[str, str] | None
) -> Iterator[Period]:
    if status == "draft":
        yield Period("draft", None, None)
        return
    if start is None:
        yield Period("undated", None, None)
        return
    yield Period("before", None, _day(start, -1))
    day, by = repeal if repeal and repeal[0] > start and (end is None or repeal[0] <= end) else (None, None)
    last = _day(day, -1) if day else end
    yield Period("in_force", start, last)
    if last is not None:
        yield Period("repealed" if day else "expired", _day(last, 1), None, by)


def _day(iso: str, days: int) -> str:
    return (date.fromisoformat(iso) + timedelta(days=days)).isoformat()
