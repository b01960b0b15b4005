"""Opening pages of the site in tests, and counting what they ask of the database."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm

from extractor import search
from extractor.corrections.book import beside
from extractor.serving import Review
from extractor.site import SETTINGS, app
from extractor.site.review.gate import turn_on

_QUERY = re.compile(r"\s*(?:select|with)\b", re.IGNORECASE)
_OF_SQLITE = re.compile(r"sqlite_master|pragma|clauses_fts_", re.IGNORECASE)


def opened(served: Path | Datasette, *paths: str, cookies: Mapping[str, str] | None = None) -> list[Any]:
    """The responses of the site over a database to GET requests; review is on where one is for its pages."""

    async def get() -> list[Any]:
        site = site_over(served, *paths) if isinstance(served, Path) else served
        await site.invoke_startup()
        found = [await site.client.get(path, cookies=dict(cookies or {})) for path in paths]
        if hasattr(site, "close"):
            site.close()
        return found

    return asyncio.run(get())


def changing(database: Path, *paths: str) -> Datasette:
    """The site over a database that may change while it is served; with review as `site_over` has it."""
    app(database)  # tells Datasette of the plugin
    site = Datasette.__new__(Datasette)
    if _reviews(paths):
        turn_on(site, Review(beside(database)))
    site.__init__([str(database)], settings=SETTINGS)
    return site


def site_over(database: Path, *paths: str) -> Datasette:
    """The site over a database, with review where one of `paths` is a page of review."""
    return app(database, review=Review(beside(database)) if _reviews(paths) else None)


def _reviews(paths: Iterable[str]) -> bool:
    return any(path.startswith("/-/r") for path in paths)


def page(database: Path, path: str, **cookies: str) -> str:
    """The text of one page, which must be there."""
    (response,) = opened(database, path, cookies=cookies)
    assert response.status_code == 200, (path, response.status_code, response.text[-600:])
    return str(response.text)


@contextmanager
def connected(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection as Datasette's: read-only, with our function."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        search.register(connection)
        yield connection


def answer(database: Path, question: Callable[..., Any], *asked: Any, **how: Any) -> Any:
    """What `question` answers over `database`."""
    with connected(database) as connection:
        return question(connection, *asked, **how)


def questions_of(database: Path, path: str) -> int:
    """How many queries a page asks: opened once more, it adds them, and nothing of what a start asks.

    Of a file that may change, so that nothing is remembered.
    """
    return len(asked(database, path, path)) - len(asked(database, path))


def questions_remembered(database: Path, path: str) -> int:
    """How many queries a page asks when it is opened for the second time and the file does not change."""
    return len(asked(database, path, path, lasting=True)) - len(asked(database, path, lasting=True))


def asked(database: Path, *paths: str, lasting: bool = False) -> list[str]:
    """The queries that a site asks from its start until it has shown these pages, with their values.

    Left out: look-ups of the schema, and what SQLite asks of the tables behind the full-text index.
    """
    with traced() as statements:
        site = site_over(database, *paths) if lasting else changing(database, *paths)
        assert {response.status_code for response in opened(site, *paths)} == {200}
    return [each for each in statements if _QUERY.match(each) and not _OF_SQLITE.search(each)]


@contextmanager
def traced() -> Iterator[list[str]]:
    """The statements that sites opened inside run on the databases they serve."""
    statements: list[str] = []

    class Tracing:
        __name__ = "tracing"

        @hookimpl(trylast=True)
        def prepare_connection(self, conn: sqlite3.Connection, database: str) -> None:
            if not database.startswith("_"):
                conn.set_trace_callback(statements.append)

    plugin = Tracing()
    pm.register(plugin)
    try:
        yield statements
    finally:
        pm.unregister(plugin)
