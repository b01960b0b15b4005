"""The file of corrections as the pages see it: what is in force, what the database shows of it, what waits.

A correction waits (`pending`) until `ingest` or `correct` applied it: the database is not written to here.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from extractor.corrections import book
from extractor.corrections.fields import written
from extractor.corrections.model import Correction, Fact, in_force
from extractor.site.visit import Refused, Visit

PENDING: Final = "pending"  # the database does not show it yet
PAST: Final = "past"  # another word took its place, or it was a withdrawal that is done
ABSENT: Final = "absent"  # of a notice that the database does not have
_LONGEST: Final = 200  # characters of a value or a name on a page
_LONGEST_NOTE: Final = 2000
_HEADER: Final = 100  # bytes of an SQLite file that tell its version
_THERE = "select 1 from sqlite_master where name = 'corrections'"
_SHOWN = "select id, fact_id, state, coalesce(reason, '') from corrections"
_HERE = """
select json_extract(e.value, '$[0]') from json_each(?) e
where exists (select 1 from documents where id = json_extract(e.value, '$[1]'))
  or exists (select 1 from documents where source_sha256 = json_extract(e.value, '$[2]'))
  or exists (select 1 from documents where doc_number = json_extract(e.value, '$[3]'))
"""


class Change(NamedTuple):
    """A column that was corrected, and its values as they are written."""

    name: str
    before: str
    after: str


class Said(NamedTuple):
    """A correction as a page shows it. `state`: as the database has it, else one of those above."""

    id: str
    fact_id: str
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


@dataclass(frozen=True)
class Book:
    """All corrections, the oldest first, and what the database shows of them."""

    every: Sequence[Correction]
    shown: Mapping[str, Shown]
    here: frozenset[str]  # those of notices that the database has

    @cached_property
    def standing(self) -> tuple[Correction, ...]:
        """Those in force."""
        return in_force(self.every)

    @cached_property
    def decided(self) -> frozenset[str]:
        """The facts and findings of which something stands, but for conflicts."""
        found = ((each, self.shown.get(each.id)) for each in self.standing)
        return frozenset(
            (known.fact_id if known else each.fact_id) or ""
            for each, known in found if known is None or known.state != "conflict"
        )  # fmt: skip

    @cached_property
    def waiting(self) -> tuple[Said, ...]:
        """What the database does not show yet: said since, or taken back since."""
        return self._said(each for each in self.every if self._states[each.id] == PENDING)

    @cached_property
    def conflicts(self) -> tuple[Said, ...]:
        """Those in force that the database could not apply."""
        return self._said(each for each in self.standing if self._states[each.id] == "conflict")

    def of_fact(self, fact: Fact) -> tuple[Said, ...]:
        """What was ever said of a fact, the last first: also what other words took the place of."""
        ids = {each.id for each in self.every if self._is_of(each, fact)}
        for each in reversed(self.every):  # what a later word replaced was of the same fact
            ids |= set(each.replaces) if each.id in ids else set()
        return self._said(each for each in reversed(self.every) if each.id in ids)

    def latest(self, most: int) -> tuple[Said, ...]:
        """The last that were said, the last first."""
        return self._said(reversed(self.every[-most:]))

    def _is_of(self, correction: Correction, fact: Fact) -> bool:
        known = self.shown.get(correction.id)
        if known is not None:
            return known.fact_id == fact.id
        return (correction.fact_id, correction.place.quote) == (fact.id, fact.place.quote)

    def _said(self, corrections: Iterable[Correction]) -> tuple[Said, ...]:
        return tuple(_said(each, self.shown.get(each.id), self._states[each.id]) for each in corrections)

    @cached_property
    def _states(self) -> Mapping[str, str]:
        """Correction → what the database has of it, else whether it waits or is over."""
        standing = {each.id for each in self.standing}
        replaced = {name for each in self.every for name in each.replaces}
        undone: dict[str, bool] = {}  # whether the database shows what a word, or one before it, said
        states: dict[str, str] = {}
        for each in self.every:
            undone[each.id] = any(name in self.shown or undone.get(name, False) for name in each.replaces)
            if each.id in standing:
                known = self.shown.get(each.id)
                states[each.id] = known.state if known else PENDING if each.id in self.here else ABSENT
            else:
                withdraws = each.verdict == "withdraw" and each.id not in replaced
                states[each.id] = PENDING if withdraws and undone[each.id] else PAST
        return states


def opened(db: sqlite3.Connection, every: Sequence[Correction]) -> Book:
    """The corrections of the file beside what the database has of them. Two queries."""
    there = db.execute(_THERE).fetchone()  # a database may be older than corrections
    known = {row[0]: Shown(*row[1:]) for row in db.execute(_SHOWN)} if there else {}
    unknown = (each for each in every if each.id not in known)
    asked = [(c.id, c.subject.document_id, c.subject.source_sha256, c.subject.doc_number) for c in unknown]
    here = {name for (name,) in db.execute(_HERE, (json.dumps(asked),))} if asked else set()
    return Book(every, known, frozenset(here | set(known)))


async def waiting(visit: Visit) -> Mapping[str, tuple[Said, ...]]:
    """Fact → what waits to be applied to it, for a visitor who may review; nothing for others."""
    if visit.access is None:
        return {}
    found: dict[str, tuple[Said, ...]] = {}
    for each in (await visit.ask(opened, await read(visit.access.corrections))).waiting:
        found[each.fact_id] = (*found.get(each.fact_id, ()), each)
    return found


async def read(path: Path) -> tuple[Correction, ...]:
    """All corrections of the file, the oldest first. Raises Refused where it cannot be read."""
    try:
        return await asyncio.to_thread(_read, path)
    except (book.BookError, OSError) as error:
        raise Refused(503, "review.no_book", problem=str(error)) from error


async def add(path: Path, correction: Correction) -> None:
    """Write a correction into the file. Raises Refused where it cannot be written."""
    try:
        await asyncio.to_thread(book.add, path, [correction])
    except book.BookError as error:
        raise Refused(503, "review.no_book", problem=str(error)) from error


def _said(correction: Correction, known: Shown | None, state: str) -> Said:
    changes = tuple(
        Change(name, written(correction.seen.get(name))[:_LONGEST], written(value)[:_LONGEST])
        for name, value in correction.changes.items()
    )
    return Said(
        correction.id, (known and known.fact_id) or correction.fact_id, correction.place.quote[:_LONGEST],
        correction.verdict, changes, correction.made_by[:_LONGEST], correction.made_at,
        correction.why[:_LONGEST_NOTE], state, known.reason if known else "",
    )  # fmt: skip


def _read(path: Path) -> tuple[Correction, ...]:
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)  # holds SQLite's counter of changes
    except FileNotFoundError:
        return ()
    return _kept(path, header)


@lru_cache(maxsize=4)
def _kept(path: Path, header: bytes) -> tuple[Correction, ...]:
    """The file as long as its header is this one: it is parsed once, however many pages are asked for."""
    return book.read(path)
