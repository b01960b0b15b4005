"""What of a database is shown: itself where it holds no private word, else a masked copy beside it.

The copy has the database's name, in the folder `.masked` beside it, and is made anew when the database or the
program changed since.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from extractor.provenance import program
from extractor.store import StoreError
from extractor.store.masked import private_words_in, write_masked

FOLDER: Final = ".masked"


def public(database: Path, *, begin: Callable[[], None] = lambda: None) -> Path:
    """The database to show; `begin` is called before a copy is written, for that may take its time.

    Raises StoreError where nobody knows what is private, or no copy can be made.
    """
    if not private_words_in(database):
        return database
    copy = database.parent / FOLDER / database.name
    note = copy.with_name(f"{database.name}.of")
    state = _state(database)
    try:
        if copy.is_file() and note.is_file() and note.read_text("utf-8") == state:
            return copy
        begin()
        note.unlink(missing_ok=True)
        write_masked(database, copy)
        note.write_text(state, "utf-8")
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            "{database} holds private words, and its masked copy {copy} cannot be written "
            "({error}). Write one elsewhere with `extractor mask` and name that, or show all "
            "with --show-private.",
            database=database,
            copy=copy,
            error=error,
        ) from error
    return copy


def _state(database: Path) -> str:
    """What the copy is made of: the file, what is not yet merged into it, and the program."""
    files = (database, database.with_name(f"{database.name}-wal"))
    stats = [file.stat() for file in files if file.exists()]
    return "\n".join((program().id, *(f"{stat.st_mtime_ns} {stat.st_size}" for stat in stats)))
