"""Where sources are kept, as rows of `kept_sources`."""

from __future__ import annotations

from sqlite_utils import Database


def note_kept(db: Database, sha256: str, path: str, size: int) -> None:
    """Note that the source with this hash is kept at `path`, told from the folder of the database."""
    with db.atomic():
        db.conn.execute(
            "insert or replace into kept_sources (sha256, path, bytes) values (?, ?, ?)", (sha256, path, size)
        )
