"""One visit to a page: who asks for what of which database, and how the answer is sent.

A page is a function Visit → Response. It parses the address into a frozen value, hands that to a question (a
function of a connection, run in a thread of Datasette's under its time limit) and the answer to a template.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import quote, unquote, urlencode

from datasette.utils import tilde_encode
from datasette.utils.asgi import Response

from extractor.serving import Review
from extractor.site import access, assets, policy
from extractor.site.asking import ask
from extractor.site.ours import ours
from extractor.site.rendering import quoted, rendered
from extractor.site.review import gate
from extractor.site.words import Language, Speech

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

Params = ParamSpec("Params")
Answer = TypeVar("Answer")
LANGUAGE_COOKIE, THEME_COOKIE = "extractor-language", "extractor-theme"
MENU = (("search", "/-/s"), ("compare", "/-/c"), ("figures", "/-/f"), ("units", "/-/u"))
REVIEW = ("review", "/-/r")  # where review is on
THEMES = ("auto", "light", "dark")
# Characters that turn the direction of what follows, and NUL: shown as a mark, so that stored text cannot
# make a page say what it does not.
_TURNING = re.compile(r"[\0\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Refused(Exception):
    """What cannot be shown. `key` names the label of what happened, `key` + "_remedy" what to do."""

    def __init__(self, status: int, key: str, **values: object) -> None:
        super().__init__(key)
        self.status, self.key, self.values = status, key, values


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for one of our pages. `database` is the one asked for, else the first of ours."""

    datasette: Datasette
    request: Request
    databases: tuple[str, ...]
    database: str
    speech: Speech
    theme: str
    review: Review | None = None  # how review is on
    access: gate.Access | None = None  # what lets this visitor review

    @property
    def arguments(self) -> Mapping[str, tuple[str, ...]]:
        """The query string: name → values, in their order."""
        return {name: tuple(self.request.args.getlist(name)) for name in self.request.args}

    def argument(self, name: str, default: str = "") -> str:
        """The first value of `name` in the query string, without space round it."""
        return str(self.request.args.get(name) or default).strip()

    @property
    def day(self) -> str:
        """The day that validity is told of: `?day=`, else today. ISO 8601."""
        asked = self.argument("day")
        try:
            return date.fromisoformat(asked).isoformat()
        except ValueError:
            return date.today().isoformat()

    def part(self, name: str) -> str:
        """A named group of the route, decoded."""
        return unquote(self.request.url_vars[name] or "")

    async def ask(
        self,
        question: Callable[Concatenate[sqlite3.Connection, Params], Answer],
        *args: Params.args,
        **kwargs: Params.kwargs,
    ) -> Answer:
        """`question(connection, …)` over the database of this visit.

        Raises Refused where it takes longer than Datasette's `sql_time_limit_ms`, where a database lacks a
        table that the program gained later, and where its file was written to since it was opened.
        """

        def asked(connection: sqlite3.Connection) -> Answer:
            return question(connection, *args, **kwargs)

        try:
            return await ask(self.datasette, self.database, asked)
        except sqlite3.OperationalError as error:
            if str(error) == "interrupted":
                raise Refused(503, "common.error_slow") from error
            if str(error).startswith("no such table"):
                raise Refused(409, "common.error_old") from error
            raise
        except sqlite3.DatabaseError as error:
            if "malformed" in str(error):  # opened as immutable, it is read as it was
                raise Refused(503, "common.error_changed") from error
            raise

    def link(self, path: str, /, **query: object) -> str:
        """The address of `path` with the database of this visit; empty values are left out."""
        address, mark, fragment = path.partition("#")
        if self.database not in self.databases[:1]:
            query = {"db": self.database, **query}
        asked = "&".join(
            f"{name}={quoted(str(each))}" for name, value in query.items() for each in _listed(value)
        )
        base = str(self.datasette.setting("base_url"))
        return f"{base}{address.removeprefix('/')}{asked and '?'}{asked}{mark}{fragment}"

    def absolute(self, document: str, ref: str = "") -> str:
        """The whole address of a document or clause, for what leaves the site."""
        path = self.link(f"/-/d/{quote(document, safe='')}{ref and f'#{ref}'}")
        return str(self.datasette.absolute_url(self.request, path))

    def row(self, table: str, key: str) -> str:
        """The address of a row in Datasette's own pages."""
        return f"{_table(self.datasette, self.database, table)}/{tilde_encode(key)}"

    def table(self, table: str, **filters: str) -> str:
        """The address of a table in Datasette's own pages, filtered."""
        return f"{_table(self.datasette, self.database, table)}?{urlencode(filters)}"

    def setting(self, name: str, value: str) -> str:
        """The address that keeps a choice (language, theme) and comes back to this page in this state."""
        path = self.datasette.urls.path(f"/-/set/{name}/{value}")
        return f"{path}?{urlencode({'next': self.request.full_path})}"

    async def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """The page that `templates/extractor/<template>.html` makes of `values`."""
        html = rendered(template, **self._common() | values)
        headers = {"Content-Security-Policy": policy.OWN}
        return Response.html(_TURNING.sub("\ufffd", html), status=status, headers=headers)

    def file(self, body: str, *, name: str, media_type: str) -> Response:
        """A file to be downloaded: UTF-8, with a byte-order mark where it is CSV (Excel asks for it)."""
        mark = "\ufeff" if media_type == "text/csv" else ""
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(mark + body, headers=headers, content_type=f"{media_type}; charset=utf-8")

    def _common(self) -> dict[str, Any]:
        return {
            "visit": self,
            "t": self.speech,
            "language": self.speech.language,
            "theme": self.theme,
            "link": self.link,
            "asset": lambda name: assets.address(self.datasette, name),
            "csrftoken": self.request.scope.get("csrftoken", str),  # of Datasette 0.65; "" where it has none
            "menu": (*MENU, REVIEW) if self.review else MENU,
            "active": "",
        }


@lru_cache(maxsize=100)  # a page links to hundreds of rows
def _table(datasette: Datasette, database: str, table: str) -> str:
    return str(datasette.urls.table(database, table))


Handler = Callable[[Visit], Awaitable[Response]]


async def visited(datasette: Datasette, request: Request, handler: Handler) -> Response:
    """The answer of `handler`; what it refuses, as a page that says what happened and what to do.

    Raises Forbidden where Datasette's permissions do not let this visitor see the database.
    """
    visit = _visit(datasette, request)
    try:
        if not visit.databases:
            raise Refused(404, "common.error_no_database")
        if visit.database not in visit.databases:
            raise Refused(404, "common.error_unknown_database", name=visit.database[:80])
        await access.ensure(datasette, request.actor, visit.database)
        return await handler(visit)
    except Refused as refused:
        what = visit.speech(refused.key, **refused.values)
        remedy = visit.speech(f"{refused.key}_remedy", **refused.values)
        return await visit.page("error", status=refused.status, what=what, remedy=remedy)


def _visit(datasette: Datasette, request: Request) -> Visit:
    databases = tuple(ours(datasette))
    language: Language = "en" if request.cookies.get(LANGUAGE_COOKIE) == "en" else "zh"
    theme = request.cookies.get(THEME_COOKIE)
    database = request.args.get("db") or next(iter(databases), "")
    review = gate.review_of(datasette)
    return Visit(
        datasette, request, databases, database, Speech(language), theme if theme in THEMES else THEMES[0],
        review, gate.access(review, request),
    )  # fmt: skip


def _listed(value: object) -> tuple[object, ...]:
    """The values of one name of a query string: none for None and ""."""
    if isinstance(value, tuple | list):
        return tuple(each for each in value if each not in (None, ""))
    return () if value in (None, "", False) else (value,)
