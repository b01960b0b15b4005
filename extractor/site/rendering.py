"""Our templates, in an environment of their own.

Datasette's renders asynchronously, which costs each word of a page a look whether it must be waited for; ours
have nothing to wait for, and are rendered in half the time.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote_plus

from jinja2 import Environment, PackageLoader

_FOLDER = "extractor"  # under templates/, where no template of Datasette or of another plugin is


def rendered(template: str, **values: Any) -> str:
    """The page that `templates/extractor/<template>.html` makes of `values`."""
    return _environment().get_template(f"{_FOLDER}/{template}.html").render(values)


@lru_cache(maxsize=20_000)  # a page links to the same names again and again
def quoted(value: str) -> str:
    """`value` for a query string."""
    return quote_plus(value)


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("extractor.site"), autoescape=True, auto_reload=False)
