"""The site: a Datasette plugin over databases of this program, which it only reads.

Each hook decides whether a database is one of ours and hands over to a pure module. Datasette 0.65 asks for
metadata and queries when it needs them (`get_metadata`, `canned_queries`); 1.0 is told once (`startup`).
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Awaitable, Callable
from copy import deepcopy
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from datasette import hookimpl

from extractor import search
from extractor.site import inspected, pages, policy
from extractor.site.labels import ABOUT, TITLE, labels
from extractor.site.ours import holds_ours, ours
from extractor.site.queries import load_queries
from extractor.site.review.gate import review_of, turn_on

if TYPE_CHECKING:
    from datasette.app import Datasette

    from extractor.serving import Review

_MAPPED = 2**31 - 2**16  # bytes, the most that SQLite maps: connections share them, and copy nothing
SETTINGS = {"sql_time_limit_ms": 5000, "suggest_facets": False}


def app(*paths: str | PathLike[str], review: Review | None = None) -> Datasette:
    """The site over the databases at `paths`, opened as immutable; with `review`, facts may be reviewed."""
    # Datasette imports this module while it is itself being imported: at the top, either would be half there.
    from datasette.app import Datasette
    from datasette.plugins import pm

    plugin = sys.modules[__name__]
    if not pm.is_registered(plugin):
        pm.register(plugin, name=__name__)
    site = Datasette.__new__(Datasette)
    if review is not None:
        turn_on(site, review)  # before it is made: it asks for routes while it is
    site.__init__(immutables=[fspath(path) for path in paths], settings=SETTINGS)
    return site


@hookimpl(trylast=True)  # after Datasette's own functions: `escape_fts` takes the place of its namesake
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Make `?_search=` and `fts_query()` find Chinese words; read the file where it lies in memory."""
    if holds_ours(conn):
        conn.execute(f"pragma mmap_size = {_MAPPED}")
        search.register(conn)
        conn.create_function("escape_fts", 1, search.fts_query, deterministic=True)


@hookimpl(optionalhook=True)
def get_metadata(datasette: Datasette) -> dict[str, Any]:
    """Labels and page settings (Datasette 0.65)."""
    return {"databases": {name: _metadata() for name in ours(datasette)}}


@hookimpl(optionalhook=True)
def canned_queries(datasette: Datasette, database: str) -> dict[str, dict[str, str]]:
    """The saved queries (Datasette 0.65)."""
    if database not in ours(datasette):
        return {}
    return {
        query.name: {"sql": query.sql, "title": query.title, "description": query.description}
        for query in load_queries()
    }


@hookimpl
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    """Labels, page settings and saved queries (Datasette 1.0)."""

    async def tell() -> None:
        for name in ours(datasette):
            if hasattr(datasette, "set_resource_metadata"):
                await _tell_labels(datasette, name)
                datasette.config = _configured(datasette.config or {}, name)
            if hasattr(datasette, "add_query"):
                await _tell_queries(datasette, name)

    return tell


@hookimpl
def register_routes(datasette: Datasette) -> tuple[tuple[str, pages.View], ...]:
    """Our pages; the home page also at `/` where a database of ours is served."""
    return pages.routes(at_root=any(ours(datasette)), review=review_of(datasette) is not None)


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[policy.App], policy.App]:
    """A Content-Security-Policy on every answer; and before the first one, what Datasette need not count."""
    inspected.tell(datasette)
    return policy.guarded


@hookimpl
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    """The way back from Datasette's own pages."""
    return [{"href": datasette.urls.path("/-/home"), "label": "政策条款库 · Policy clauses"}]


def _metadata() -> dict[str, Any]:
    tables = {
        name: {
            "title": label.title,
            "description": label.description,
            "columns": dict(label.columns),
            **label.settings,
        }
        for name, label in labels().items()
    }
    return {"title": TITLE, "description": ABOUT, "tables": tables}


async def _tell_labels(datasette: Datasette, database: str) -> None:
    await datasette.set_database_metadata(database, "title", TITLE)
    await datasette.set_database_metadata(database, "description", ABOUT)
    for table, label in labels().items():
        await datasette.set_resource_metadata(database, table, "title", label.title)
        await datasette.set_resource_metadata(database, table, "description", label.description)
        for column, about in label.columns.items():
            await datasette.set_column_metadata(database, table, column, "description", about)


async def _tell_queries(datasette: Datasette, database: str) -> None:
    for query in load_queries():
        if await datasette.get_query(database, query.name) is None:
            await datasette.add_query(
                database,
                query.name,
                query.sql,
                title=query.title,
                description=query.description,
                is_trusted=True,
            )


def _configured(config: dict[str, Any], database: str) -> dict[str, Any]:
    """`config` with the settings of our tables under those that are there."""
    found = deepcopy(config)
    tables = found.setdefault("databases", {}).setdefault(database, {}).setdefault("tables", {})
    for table, label in labels().items():
        tables[table] = {**label.settings, **tables.get(table, {})}
    return found
