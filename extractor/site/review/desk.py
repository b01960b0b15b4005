"""The file of corrections as the pages see it: what is in force, what the database shows of it, what waits.

A correction waits (`pending`) until `ingest` or `correct` applied it: the database is not written to here.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from extractor.corrections import book
from extractor.corrections.fields import written
from extractor.corrections.model import Correction, Fact, in_force
from extractor.site.visit import Refused, Visit

_THERE = "select 1 from sqlite_master where name = 'corrections'"
_SHOWN = "select id, fact_id, state, coalesce(reason, '') from corrections"
_HERE = """
select e.value ->> 0 from json_each(?) e where exists (select 1 from documents where id = e.value ->> 1)
or exists (select 1 from documents where source_sha256 = e.value ->> 2)
or exists (select 1 from documents where doc_number = e.value ->> 3)
"""
PENDING = "pending"  # the database does not show it yet
PAST = "past"  # another word took its place, or it was a withdrawal that is done
ABSENT = "absent"  # of a notice that the database does not have
_LONGEST = 200  # characters of a value, a name or a note on a page


class Change(NamedTuple):
    """A column that was corrected, and its values as they are written."""

    name: str
    before: str
    after: str


class Said(NamedTuple):
    """A correction as a page shows it. `state`: as the database has it, else one of those above."""

    id: str
    fact_id: str
    kind: str
    quote: str
    verdict: str
    changes: tuple[Change, ...]
    made_by: str
    made_at: str
    why: str
    state: str
    reason: str


class Shown(NamedTuple):
    """What the database says of a correction."""

    fact_id: str | None
    state: str
    reason: str


def opened(db: sqlite3.Connection, every: Sequence[Correction]) -> Book:
    """The corrections of the file beside what the database has of them. Two queries."""
    there = db.execute(_THERE).fetchone()  # a database may be older than corrections
    known = {row[0]: Shown(*row[1:]) for row in db.execute(_SHOWN)} if there else {}
    waiting = [each for each in every if each.id not in known]
    asked = [(c.id, c.subject.document_id, c.subject.source_sha256, c.subject.doc_number) for c in waiting]
    here = {name for (name,) in db.execute(_HERE, (json.dumps(asked),))} if asked else set()
    return Book(every, known, frozenset(here | set(known)))


class Book(NamedTuple):
    """All corrections and what the database shows of them."""

    every: Sequence[Correction]
    shown: Mapping[str, Shown]
    here: frozenset[str]  # those of notices that the database has

    @property
    def standing(self) -> tuple[Correction, ...]:
        """Those in force."""
        return in_force(self.every)

    @property
    def decided(self) -> frozenset[str]:
        """The facts and findings of which something stands, but for conflicts."""
        found = ((each, self.shown.get(each.id)) for each in self.standing)
        return frozenset(
            (known.fact_id if known else each.fact_id) or ""
            for each, known in found if known is None or known.state != "conflict"
        )  # fmt: skip

    def of_fact(self, fact: Fact) -> tuple[Said, ...]:
        """What was ever said of a fact, the last first: also what other words took the place of."""
        ids = {each.id for each in self.every if self._is_of(each, fact)}
        for each in reversed(self.every):  # what a later word replaced was of the same fact
            ids |= set(each.replaces) if each.id in ids else set()
        return tuple(reversed(self._said(each for each in self.every if each.id in ids)))

    def latest(self, most: int) -> tuple[Said, ...]:
        """The last that were said, the last first."""
        return tuple(reversed(self._said(self.every[-most:])))

    def conflicts(self) -> tuple[Said, ...]:
        """Those in force that the database could not apply."""
        return tuple(each for each in self._said(self.standing) if each.state == "conflict")

    def waiting(self) -> tuple[Said, ...]:
        """What the database does not show yet: said since, or taken back since."""
        return tuple(each for each in self._said(self.every) if each.state == PENDING)

    def _undoes(self, correction: Correction) -> bool:
        """Whether the database shows what a withdrawal takes back."""
        known = {each.id: each for each in self.every}
        back = [*correction.replaces]
        while back:
            name = back.pop()
            if name in self.shown:
                return True
            back += known[name].replaces if name in known else ()
        return False

    def _is_of(self, correction: Correction, fact: Fact) -> bool:
        known = self.shown.get(correction.id)
        if known is not None:
            return known.fact_id == fact.id
        return (correction.fact_id, correction.place.quote) == (fact.id, fact.place.quote)

    def _said(self, corrections: Iterable[Correction]) -> list[Said]:
        standing = {each.id for each in self.standing}
        return [_said(each, self.shown.get(each.id), self._state(each, standing)) for each in corrections]

    def _state(self, correction: Correction, standing: Collection[str]) -> str:
        """What the database has not of a correction: whether it waits, or is over."""
        replaced = any(correction.id in each.replaces for each in self.every)
        undoes = correction.verdict == "withdraw" and not replaced and self._undoes(correction)
        if correction.id in standing or undoes:
            return PENDING if correction.id in self.here or undoes else ABSENT
        return PAST


def _said(correction: Correction, known: Shown | None, state: str) -> Said:
    changes = tuple(
        Change(name, written(correction.seen.get(name))[:_LONGEST], written(value)[:_LONGEST])
        for name, value in correction.changes.items()
    )
    state = known.state if known and state != PAST else state
    return Said(
        correction.id, (known and known.fact_id) or correction.fact_id, correction.kind,
        correction.place.quote[:_LONGEST], correction.verdict, changes, correction.made_by[:_LONGEST],
        correction.made_at, correction.why[: 10 * _LONGEST], state,
        known.reason if known else "",
    )  # fmt: skip


async def waiting(visit: Visit) -> Mapping[str, tuple[Said, ...]]:
    """Fact → what waits to be applied to it, for a visitor who may review; nothing for others."""
    if visit.access is None:
        return {}
    book = await visit.ask(opened, await read(visit.access.corrections))
    found: dict[str, tuple[Said, ...]] = {}
    for each in book.waiting():
        found[each.fact_id] = (*found.get(each.fact_id, ()), each)
    return found


async def read(path: Path) -> tuple[Correction, ...]:
    """All corrections of the file, the oldest first. Raises Refused where it cannot be read."""
    try:
        return await asyncio.to_thread(_read, path)
    except book.BookError as error:
        raise Refused(503, "review.no_book", problem=str(error)) from error


async def add(path: Path, correction: Correction) -> None:
    """Write a correction into the file. Raises Refused where it cannot be written."""
    try:
        await asyncio.to_thread(book.add, path, [correction])
    except book.BookError as error:
        raise Refused(503, "review.no_book", problem=str(error)) from error


def _read(path: Path) -> tuple[Correction, ...]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return ()
    return _kept(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _kept(path: Path, modified: int, size: int) -> tuple[Correction, ...]:
    """The file as it was at that moment: it is parsed once, however many pages are asked for."""
    return book.read(path)
