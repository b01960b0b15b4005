"""The saved queries of the site, as data (`queries.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class SavedQuery(NamedTuple):
    """A question, and the SQL that answers it. Parameters are `:name`; an empty one has a default."""

    name: str
    title: str  # Chinese · English
    description: str
    sql: str


@cache
def load_queries() -> tuple[SavedQuery, ...]:
    """All saved queries, in the order in which they are shown."""
    rows = tomllib.loads(files("extractor.site").joinpath("queries.toml").read_text("utf-8"))
    return tuple(
        SavedQuery(
            name,
            f"{row['title_zh']} · {row['title']}",
            f"{row['about_zh']} {row['about']}",
            row["sql"].strip(),
        )
        for name, row in rows.items()
    )
