"""The words that tell sums for families from sums for institutions, as data (`families.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Families(NamedTuple):
    """Who is no family (`per`, `institutions`), how names of leave end, what each child is called."""

    per: tuple[str, ...]
    institutions: tuple[str, ...]
    leave: tuple[str, ...]
    orders: Mapping[str, tuple[str, ...]]


@cache
def load_families() -> Families:
    """The words, read once a process."""
    data = tomllib.loads(files("extractor.site.questions").joinpath("families.toml").read_text("utf-8"))
    per, bodies, endings = (
        tuple(data[name]) for name in ("institution_per", "institution_words", "leave_endings")
    )
    orders = {name: tuple(words) for name, words in data["child_orders"].items()}
    return Families(per, bodies, endings, orders)


def child_orders(beneficiary: str | None) -> tuple[str, ...]:
    """For which child a sum is, in the words for its beneficiary; () where they do not say."""
    orders = load_families().orders
    return tuple(name for name, words in orders.items() if any(word in (beneficiary or "") for word in words))
