"""pyproject.toml: what `pip install policy-extractor[…]` brings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.docs.shell import PROJECT, TOP

EXTRAS = PROJECT["optional-dependencies"]
FOR_USERS = {"dask", "notebooks", "ocr", "parquet"}
FOR_MAKERS = {"test", "dev"}


def libraries(extra: str) -> Iterator[str]:
    """What an extra brings, other extras of the project looked into."""
    for requirement in EXTRAS[extra]:
        own = re.fullmatch(r"policy-extractor\[([\w,]+)\]", requirement)
        if own:
            for each in own[1].split(","):
                yield from libraries(each)
        else:
            yield requirement


def test_all_is_the_union_of_what_users_may_want() -> None:
    assert set(EXTRAS) == FOR_USERS | FOR_MAKERS | {"all"}
    assert set(libraries("all")) == {library for extra in FOR_USERS for library in libraries(extra)}


def test_every_extra_that_users_may_want_is_named_where_they_look() -> None:
    readme = (TOP / "README.md").read_text("utf-8")
    assert all(f"`{extra}`" in readme for extra in (*FOR_USERS, "all"))
