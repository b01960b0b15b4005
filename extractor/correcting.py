"""Corrections onto a database: what the file of corrections says is made so in its rows, and nothing else.

Guarantees: done twice it changes nothing; the same notices and corrections give the same rows, whether the
corrections were there before the notices or came after; each document is corrected in one transaction; a
database that has nothing to change is opened to read only. Where the file of corrections is missing, what was
applied before stays, and is reported.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractor.compare.update import refresh
from extractor.corrections import book
from extractor.corrections.assigning import Documents, assign
from extractor.corrections.document import Document
from extractor.corrections.model import Correction, Outcome, State, in_force
from extractor.corrections.settling import settle
from extractor.store import finish, open_store
from extractor.store.corrected import correct, noted

if TYPE_CHECKING:
    from sqlite_utils import Database

_HELD = "select document_id, id from corrections"
_THERE = "select 1 from sqlite_master where name = 'corrections'"
_COMPARED = frozenset(("targets", "amounts", "durations", "deadlines"))  # what comparisons of figures rest on


class Report(NamedTuple):
    """What the corrections in force came to. `missing`: applied before, and the file of them is not there."""

    outcomes: Mapping[str, tuple[Outcome, ...]]  # by document
    absent: tuple[Correction, ...]  # of documents that the database does not have
    changed: int  # documents whose rows were changed
    missing: int = 0

    @property
    def counts(self) -> Mapping[State, int]:
        """How many came to what."""
        return Counter(outcome.state for each in self.outcomes.values() for outcome in each)


class _Plan(NamedTuple):
    outcomes: Mapping[str, tuple[Outcome, ...]]
    absent: tuple[Correction, ...]
    stale: tuple[str, ...]  # documents whose rows differ from their outcomes


def bring_up_to_date(database: Path, corrections: Path) -> Report:
    """Apply the corrections in force that are in the file `corrections`.

    Raises BookError, StoreError, sqlite3.Error.
    """
    if not corrections.exists():
        return Report({}, (), 0, missing=_held(database))
    wanted = in_force(book.read(corrections))
    with closing(_reading(database)) as db:
        plan, _ = _planned(db, wanted)
    if plan.stale:
        with closing(open_store(database)) as store:
            try:
                plan, documents = _planned(store.conn, wanted)
                _carry_out(store, plan, documents)
            finally:
                finish(store)
    return Report(plan.outcomes, plan.absent, len(plan.stale))


def look(database: Path, corrections: Path) -> Report:
    """What the corrections in force would come to. Writes nothing."""
    wanted = in_force(book.read(corrections))
    with closing(_reading(database)) as db:
        plan, _ = _planned(db, wanted)
    return Report(plan.outcomes, plan.absent, len(plan.stale))


def _planned(db: sqlite3.Connection, wanted: Sequence[Correction]) -> tuple[_Plan, Documents]:
    documents = Documents(db)
    assigned = assign(documents, wanted)
    outcomes = {name: settle(documents[name], own) for name, own in assigned.by_document.items()}
    there = db.execute(_THERE).fetchone()
    held = {name for name, _ in db.execute(_HELD)} if there else set()
    stale = [
        name for name in sorted({*outcomes, *held})
        if not there or _differs(documents[name], outcomes.get(name, ()))
    ]  # fmt: skip
    return _Plan(outcomes, assigned.absent, tuple(stale)), documents


def _carry_out(store: Database, plan: _Plan, documents: Documents) -> None:
    compared = []
    for name in plan.stale:
        with store.atomic():
            kinds = correct(store, documents[name], plan.outcomes.get(name, ()))
        if kinds & _COMPARED:
            compared.append(name)
    refresh(store.conn, compared)


def _differs(document: Document, outcomes: Sequence[Outcome]) -> bool:
    """Whether the database shows other corrections of a document than these."""
    wanted = {noted(document, outcome) for outcome in outcomes}
    return wanted != {tuple(row.values()) for row in document.held}


def _reading(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)


def _held(database: Path) -> int:
    with closing(_reading(database)) as db:
        if not db.execute(_THERE).fetchone():
            return 0
        (count,) = db.execute("select count(*) from corrections").fetchone()
        return int(count)
