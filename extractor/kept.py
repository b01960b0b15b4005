"""A folder of sources as they were ingested, each once, named by its hash and never by what it was called.

Nothing is written outside the folder: a name there is hexadecimal digits and a suffix of this program.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractor.sources import suffix_of
from extractor.store.kept import note_kept

if TYPE_CHECKING:
    from sqlite_utils import Database

NAME = re.compile(r"[0-9a-f]{64}(?:\.[a-z]{1,5})?")


class SourceFolder(NamedTuple):
    """Keeps sources in a folder, and notes where in the database at `database`, open as `db`."""

    folder: Path
    database: Path
    db: Database

    def keep(self, sha256: str, content: bytes) -> None:
        """Keep a source. Raises OSError where it cannot be written."""
        path = keep(self.folder, sha256, suffix_of(content), content)
        note_kept(self.db, sha256, shown_from(self.database, path), len(content))


def note(db: Database, database: Path, kept: Iterable[tuple[str, Path, int]]) -> None:
    """Note sources that were kept elsewhere: hash, file and bytes of each."""
    with db.atomic():
        for sha256, path, size in kept:
            note_kept(db, sha256, shown_from(database, path), size)


def keep(folder: Path, sha256: str, suffix: str, content: bytes) -> Path:
    """Write `content` into `folder`, made where there is none, unless it is there; the path of the file.

    A reader never sees half a file: it is written under another name and then renamed. Raises OSError.
    """
    name = f"{sha256}{suffix}"
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a hash and a suffix")
    path = folder / name
    if path.is_file() and not path.is_symlink() and path.stat().st_size == len(content):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{name}.{os.getpid()}"
    try:
        part.write_bytes(content)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


def shown_from(database: Path, path: Path) -> str:
    """How a database names a file: from its own folder, so that both can be moved together."""
    return Path(os.path.relpath(path.resolve(), database.resolve().parent)).as_posix()


def kept_path(database: Path, sha256: str) -> Path | None:
    """Where the source with this hash is kept, as the database says; None where it is not there."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
        if not db.execute("select 1 from sqlite_master where name = 'kept_sources'").fetchone():
            return None
        row = db.execute("select path from kept_sources where sha256 = ?", (sha256,)).fetchone()
    path = database.resolve().parent / row[0] if row else None
    return path if path is not None and path.is_file() else None
