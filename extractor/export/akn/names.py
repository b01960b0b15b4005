"""Names of documents and of their parts, by the Akoma Ntoso Naming Convention 1.0.

IRI of a work: /akn/cn-{division}/doc/{date}/{document id}; the division is the code of GB/T 2260 and is left
out for national offices and unknown ones. eId: that of the parent, `__`, the abbreviated name of the element,
`_`, and the clause's own part of its ref: 2.3.10 is part_2__subpart_3__art_10.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

LANGUAGE = "zho"  # ISO 639-2, as the convention asks for
UNDATED = "0001-01-01"  # the schema demands a date; named `unknown` beside it
NATION = "100000"
# Levels with an element of their own; all others are <hcontainer name="{level}">.
ELEMENTS: Mapping[str, str] = {
    "chapter": "chapter", "section": "section", "part": "part", "subpart": "subpart",
    "article": "article", "item": "point",
}  # fmt: skip
_SHORT: Mapping[str, str] = {"chapter": "chp", "section": "sec", "article": "art"}
_BLANK = re.compile(r"\s+")


def element_of(level: str) -> str:
    """The element that a clause of this level is."""
    return ELEMENTS.get(level, "hcontainer")


def own_part(ref: str, parent: str | None) -> str:
    """What a ref adds to that of the clause above it; the whole ref where it does not begin with it.

    >>> own_part("2.3.10", "2.3"), own_part("a1", None), own_part("1-2", "1.1")
    ('10', 'a1', '1-2')
    """
    return ref.removeprefix(f"{parent}.") if parent else ref


class Ids:
    """The eIds of one document: each is given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, parent: str | None, element: str, number: object = None) -> str:
        """The eId of an element under `parent`; of a second one of that name with -2, and so on."""
        short = _SHORT.get(element, element)
        name = short if number is None else f"{short}_{number}"
        whole = _BLANK.sub("-", f"{parent}__{name}" if parent else name)
        unique, further = whole, 1
        while unique in self._given:
            further += 1
            unique = f"{whole}-{further}"
        self._given.add(unique)
        return unique


def work(head: Mapping[str, Any]) -> str:
    """The IRI of a document as a work. `head` is its row of `documents`."""
    code = head["jurisdiction_id"]
    division = f"-{quote(str(code), safe='')}" if code and code != NATION else ""
    return f"/akn/cn{division}/doc/{issued(head) or UNDATED}/{quote(str(head['id']), safe='')}"


def expression(head: Mapping[str, Any]) -> str:
    """The IRI of its Chinese text, of the day it was issued."""
    return f"{work(head)}/{LANGUAGE}@{issued(head) or ''}"


def issued(head: Mapping[str, Any]) -> str | None:
    """The date of issue, where there is one."""
    return valid_date(head["issued_on"])


def valid_date(words: object) -> str | None:
    """An ISO date that is one; None for anything else.

    >>> valid_date("2023-10-16"), valid_date("2023-02-30"), valid_date("2025"), valid_date(None)
    ('2023-10-16', None, None, None)
    """
    try:
        return date.fromisoformat(str(words)).isoformat()
    except ValueError:
        return None
