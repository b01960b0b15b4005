"""The pages of the site: one module a page, one entry each in `PAGES`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.site.pages import compare, document, figures, home, originals, review, search, settings, unit
from extractor.site.visit import Handler, visited

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

View = Callable[..., Awaitable[Any]]


class Page(NamedTuple):
    """A page: the regular expression of its path, and the function that answers."""

    path: str
    handler: Handler


PAGES = (
    Page(r"^/-/home$", home.home),
    Page(r"^/-/s(?:\.(?P<form>csv|json))?$", search.search),
    Page(r"^/-/d/(?P<document>[^/]+)$", document.read),
    Page(r"^/-/d/(?P<document>[^/]+)/page/(?P<page>[1-9][0-9]{0,3})\.png$", originals.page_picture),
    Page(r"^/-/d/(?P<document>[^/]+)/source$", originals.source_file),
    Page(r"^/-/f(?:\.(?P<form>csv))?$", figures.figures),
    Page(r"^/-/u$", unit.units),
    Page(r"^/-/u/(?P<unit>[^/]+)$", unit.unit),
    Page(r"^/-/c(?:\.(?P<form>docx|xlsx|csv|html|json))?$", compare.compare),
    Page(r"^/-/[cdfrsu](?:[./].*)?$", settings.nowhere),  # all else that begins like one of ours
)
REVIEW = (
    Page(r"^/-/r$", review.queue),
    Page(r"^/-/r/enter$", review.enter),
    Page(r"^/-/r/f/(?P<fact>[^/]+)$", review.fact),
)
AT_ROOT = Page(r"^/$", home.home)


def routes(*, at_root: bool, review: bool) -> tuple[tuple[str, View], ...]:
    """What Datasette is told: (path, view). `at_root` puts the home page in place of Datasette's index."""
    pages = (*(REVIEW if review else ()), *PAGES, *((AT_ROOT,) if at_root else ()))
    return (
        *((page.path, _view(page.handler)) for page in pages),
        (r"^/-/set/(?P<name>language|theme)/(?P<value>[a-z]+)$", settings.choose),
        (r"^/-/datasette(?:\.(?P<format>json))?$", settings.index),
    )


def _view(handler: Handler) -> View:
    async def view(datasette: Datasette, request: Request) -> Response:
        return await visited(datasette, request, handler)

    return view
