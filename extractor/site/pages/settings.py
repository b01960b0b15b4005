"""Language and theme, kept in two cookies; and Datasette's own index beside our home page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Response

from extractor.site.visit import LANGUAGE_COOKIE, THEME_COOKIE, THEMES, Refused
from extractor.site.words import LANGUAGES

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from extractor.site.visit import Visit

_CHOICES = {"language": (LANGUAGE_COOKIE, LANGUAGES), "theme": (THEME_COOKIE, THEMES)}
_YEAR = 365 * 24 * 60 * 60


async def choose(datasette: Datasette, request: Request) -> Response:
    """Keep the choice and go back to `?next=`, a path of this site; anything else leads to the home page."""
    cookie, values = _CHOICES[request.url_vars["name"]]
    value = request.url_vars["value"]
    response = Response.redirect(local_path(request.args.get("next") or "") or datasette.urls.path("/-/home"))
    if value in values:
        response.set_cookie(cookie, value, max_age=_YEAR, path=datasette.urls.path("/"), httponly=True)
    return response


def local_path(address: str) -> str | None:
    """`address` where a browser can only take it for a path of this site, else None.

    >>> local_path("/-/s?q=%E6%89%98"), local_path("//example.org"), local_path("/\\\\example.org")
    ('/-/s?q=%E6%89%98', None, None)
    """
    plain = address.isascii() and address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else None


async def nowhere(visit: Visit) -> Response:
    """An address that begins like one of ours and is none."""
    raise Refused(404, "common.error_no_page")


async def index(datasette: Datasette, request: Request) -> Response:
    """Datasette's own index of databases, whose place our home page takes."""
    from datasette.views.index import IndexView

    return await IndexView(datasette).dispatch_request(request)
