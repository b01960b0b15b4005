"""Which of the databases that Datasette serves this program made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasette.app import Datasette

_OURS = "select count(*) = 2 from sqlite_master where name in ('documents', 'clauses_fts')"


def ours(datasette: Datasette) -> Iterator[str]:
    """The names of the databases that this program made, in the order in which they were given."""
    return (name for name, db in datasette.databases.items() if db.path and _is_ours(str(db.path)))


def holds_ours(connection: sqlite3.Connection) -> bool:
    """Whether the database of this connection is one that this program made."""
    return bool(connection.execute(_OURS).fetchone()[0])


@cache
def _is_ours(path: str) -> bool:
    """Asked of each file once: a database does not change its kind while it is served."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return holds_ours(connection)
    except sqlite3.Error:
        return False
