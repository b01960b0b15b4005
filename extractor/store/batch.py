"""Documents into the database, a few to each transaction: their common pages and the index are written once.

Guarantees: a document is in the file with all of its rows or with none, however the run ends; one that fails
takes nothing of another with it. Where a transaction cannot be kept, all documents of it are named.
"""

from __future__ import annotations

import sqlite3
import time

from sqlite_utils import Database

from extractor.records import Record
from extractor.store.documents import index, put, replaces
from extractor.store.schema import ROOM, StoreError

DOCUMENTS = 64  # in one transaction at most
SECONDS = 1.0  # after the last commit, from which on the next document is kept at once


class Batch:
    """The documents of a run that are written but not yet kept. `keep` keeps the last of them."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._texts: list[tuple[int, str]] = []  # of clauses: indexed last, or FTS5 would flush for each
        self._sources: list[str] = []
        self._kept = time.monotonic()

    def write(self, new: Record) -> str:
        """Write a notice; the id of its document. Raises `StoreError` where the batch is lost."""
        if replaces(self._db, new):
            self.keep()  # what goes must be in the index before it can be taken out of it
        if not self._db.conn.in_transaction:
            self._db.begin()
        try:
            with self._db.atomic():
                document_id, texts = put(self._db, new)
        except sqlite3.Error as error:
            if self._db.conn.in_transaction:
                raise
            raise self._lost(error, new.name) from error
        self._texts += texts
        self._sources.append(new.name)
        if len(self._sources) >= DOCUMENTS or time.monotonic() - self._kept > SECONDS:
            self.keep()
        return document_id

    def keep(self) -> None:
        """Keep what was written. Raises `StoreError` where it is lost."""
        try:
            if self._db.conn.in_transaction:
                index(self._db, self._texts)
                self._db.commit()
        except sqlite3.Error as error:
            self._db.rollback()
            raise self._lost(error) from error
        self._begin_anew()

    def _lost(self, error: sqlite3.Error, *more: str) -> StoreError:
        """What to raise where SQLite undid the transaction: with it went all documents of the batch."""
        names = "、".join((*self._sources, *more))
        self._begin_anew()
        return StoreError("not kept ({error}): {names}. {room}", error=error, names=names, room=ROOM)

    def _begin_anew(self) -> None:
        self._texts, self._sources, self._kept = [], [], time.monotonic()
