"""Corrections onto a database: what the file of corrections says is made so in its rows, and nothing else.

Guarantees: done twice it changes nothing; the same notices and corrections give the same rows, whether the
corrections were there before the notices or came after; each document is corrected in one transaction; a
database that has nothing to change is opened to read only. Where the file of corrections is missing, what was
applied before stays, and is reported.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractor.compare.update import refresh
from extractor.corrections import book
from extractor.corrections.assigning import Documents, assign
from extractor.corrections.document import Document
from extractor.corrections.model import Correction, Outcome, in_force
from extractor.corrections.settling import settle
from extractor.store import finish, open_store
from extractor.store.corrected import correct, noted

if TYPE_CHECKING:
    from sqlite_utils import Database

_HELD = "select document_id, id, state from corrections"
_THERE = "select 1 from sqlite_master where name = 'corrections'"
_COMPARED = frozenset(("targets", "amounts", "durations", "deadlines"))  # what comparisons of figures rest on


class Report(NamedTuple):
    """What the corrections in force came to. `missing`: applied before, and the file of them is not there."""

    counts: Mapping[str, int]  # state → how many
    absent: tuple[Correction, ...]  # of documents that the database does not have
    outcomes: Mapping[str, tuple[Outcome, ...]]  # by document, of those that were looked at
    changed: int = 0  # documents whose rows were changed
    missing: int = 0


class _Plan(NamedTuple):
    report: Report
    stale: tuple[str, ...]  # documents whose rows differ from their outcomes


def bring_up_to_date(database: Path, corrections: Path) -> Report:
    """Apply the corrections in force that are in the file `corrections`.

    A document that has been corrected by just these since it was read is not looked at again.
    Raises BookError, StoreError, sqlite3.Error.
    """
    if not corrections.exists():
        return Report({}, (), {}, missing=_held(database))
    wanted = in_force(book.read(corrections))
    with closing(_reading(database)) as db:
        plan = _planned(db, Documents(db), wanted)
    if not plan.stale:
        return plan.report
    with closing(open_store(database)) as store:
        try:
            documents = Documents(store.conn)
            plan = _planned(store.conn, documents, wanted)
            _carry_out(store, plan, documents)
        finally:
            finish(store)
    return plan.report._replace(changed=len(plan.stale))


def look(database: Path, corrections: Path) -> Report:
    """What each correction in force would come to. Writes nothing. Raises BookError, sqlite3.Error."""
    wanted = in_force(book.read(corrections))
    with closing(_reading(database)) as db:
        return _planned(db, Documents(db), wanted, every=True).report


def _planned(
    db: sqlite3.Connection, documents: Documents, wanted: Sequence[Correction], *, every: bool = False
) -> _Plan:
    """What is to be done, by documents; with `every`, those too of which it is plain that nothing is."""
    by_document, absent = assign(documents, wanted)
    there = db.execute(_THERE).fetchone()  # a database may be older than corrections
    held: dict[str, dict[str, str]] = defaultdict(dict)
    for name, correction, state in db.execute(_HELD) if there else ():
        held[name][correction] = state
    counts: Counter[str] = Counter()
    outcomes: dict[str, tuple[Outcome, ...]] = {}
    stale = []
    for name in sorted({*by_document, *held}):
        own = by_document.get(name, ())
        if not every and {each.id for each in own} == held[name].keys():
            counts.update(held[name].values())
            continue
        outcomes[name] = settle(documents[name], own)
        counts.update(outcome.state for outcome in outcomes[name])
        if not there or _differs(documents[name], outcomes[name]):
            stale.append(name)
    return _Plan(Report(counts, absent, outcomes), tuple(stale))


def _carry_out(store: Database, plan: _Plan, documents: Documents) -> None:
    compared = []
    for name in plan.stale:
        with store.atomic():
            kinds = correct(store, documents[name], plan.report.outcomes[name])
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
