"""Questions to a database, in a thread of Datasette's and under its time limit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from datasette.utils import sqlite_timelimit

from extractor.site.questions.memory import Memory, recalling

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

Answer = TypeVar("Answer")
_MEMORIES: WeakKeyDictionary[Database, Memory] = WeakKeyDictionary()  # of files that do not change
_BROKEN = "Could not decode"  # SQLite's words for text that is no UTF-8


async def ask(datasette: Datasette, name: str, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """What `question` answers over the database `name`.

    Raises sqlite3.OperationalError: "interrupted" where it takes longer than `sql_time_limit_ms`.
    """
    limit = datasette.setting("sql_time_limit_ms")
    database = datasette.get_database(name)
    memory = None if database.is_mutable else _MEMORIES.setdefault(database, Memory())

    def run(connection: sqlite3.Connection) -> Answer:
        with sqlite_timelimit(connection, limit), recalling(memory):
            try:
                with _plain(connection):
                    return question(connection)
            except sqlite3.OperationalError as error:
                if not str(error).startswith(_BROKEN):
                    raise
            return question(connection)

    answer: Answer = await database.execute_fn(run)
    return answer


@contextmanager
def _plain(connection: sqlite3.Connection) -> Iterator[None]:
    """Rows as tuples and text as it is read: Datasette looks at each value for what is no UTF-8."""
    rows, text = connection.row_factory, connection.text_factory
    connection.row_factory, connection.text_factory = None, str
    try:
        yield
    finally:
        connection.row_factory, connection.text_factory = rows, text
