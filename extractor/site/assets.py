"""Where Datasette serves the style sheets and scripts of the site."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasette.app import Datasette

_FOLDER = "static"


def address(datasette: Datasette, name: str) -> str:
    """The address of `static/<name>`."""
    return str(datasette.urls.static_plugins(_plugin(), name))


@cache
def _plugin() -> str:
    """The name under which Datasette serves our folder: that of the distribution, or of the module."""
    from datasette.plugins import get_plugins

    folder = str(files("extractor.site").joinpath(_FOLDER))
    return next(str(plugin["name"]) for plugin in get_plugins() if plugin["static_path"] == folder)
