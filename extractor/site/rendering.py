"""Our templates, in an environment of their own.

Datasette's renders asynchronously, which costs each word of a page a look whether it must be waited for; ours
have nothing to wait for, and are rendered in half the time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote, quote_plus

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from extractor.site.questions.choices import Place

_FOLDER = "extractor"  # under templates/, where no template of Datasette or of another plugin is


def rendered(template: str, **values: Any) -> str:
    """The page that `templates/extractor/<template>.html` makes of `values`."""
    return _environment().get_template(f"{_FOLDER}/{template}.html").render(values)


@lru_cache(maxsize=20_000)  # a page links to the same names again and again
def quoted(value: str) -> str:
    """`value` for a query string."""
    return quote_plus(value)


@lru_cache(maxsize=20_000)
def segment(value: str) -> str:
    """`value` as one part of a path."""
    return quote(value, safe="")


def inert(values: Iterable[str]) -> list[str]:
    """`values` as HTML, for templates that print very many: all are escaped at once.

    >>> inert(["a<b", '"'])
    ['a&lt;b', '&#34;']
    """
    joined = "\0".join(value.replace("\0", "\ufffd") for value in values)
    return str(escape(joined)).split("\0")


def place_options(places: tuple[Place, ...], chosen: Collection[str], *, counted: bool) -> Markup:
    """The places to choose from, as boxes to tick."""
    return Markup("\n".join(_option(place, place.id in chosen, counted) for place in places))


@lru_cache(maxsize=20_000)  # the same hundreds on page after page, of each chart others of them
def _option(place: Place, checked: bool, counted: bool) -> Markup:
    option: Markup = _places().option(place, checked, counted)
    return option


@cache
def _places() -> Any:
    return _environment().get_template(f"{_FOLDER}/_places.html").module


@cache
def _environment() -> Environment:
    environment = Environment(loader=PackageLoader("extractor.site"), autoescape=True, auto_reload=False)
    environment.globals["place_options"] = place_options
    environment.filters["quoted"] = quoted
    return environment
