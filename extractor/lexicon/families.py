"""Which sums a family or person gets, and for which child: words as data (`families.toml`), the rule in SQL.

The store counts such sums by name and the site draws them; both ask with `OF_FAMILIES`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from . import read_toml

# Of a row `f` of amounts, with the parameters of `parameters`.
OF_FAMILIES = """
f.kind in ('benefit', 'cap') and coalesce(f.per, '') not in (select value from json_each(:per))
and not exists (select 1 from json_each(:institutions) w where instr(f.beneficiary, w.value))
"""


class Families(NamedTuple):
    """Who is no family (`per`, `institutions`), how names of leave end, what each child is called."""

    per: tuple[str, ...]
    institutions: tuple[str, ...]
    leave: tuple[str, ...]
    orders: Mapping[str, tuple[str, ...]]


@cache
def load_families() -> Families:
    """The words, read once a process."""
    data = read_toml("families.toml")
    per, bodies, endings = (
        tuple(data[name]) for name in ("institution_per", "institution_words", "leave_endings")
    )
    orders = {name: tuple(words) for name, words in data["child_orders"].items()}
    return Families(per, bodies, endings, orders)


def parameters() -> dict[str, str]:
    """What `OF_FAMILIES` refers to."""
    words = load_families()
    return {"per": json.dumps(words.per), "institutions": json.dumps(words.institutions)}


def child_orders(beneficiary: str | None) -> tuple[str, ...]:
    """For which child a sum is, in the words for its beneficiary; () where they do not say."""
    orders = load_families().orders
    return tuple(name for name, words in orders.items() if any(word in (beneficiary or "") for word in words))
