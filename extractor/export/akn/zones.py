"""The parts of a document that Akoma Ntoso knows, in its order: which clause at the top stands in which.

Preface, preamble, main body, conclusions, attachments come in this order and no other. What a notice prints
out of it (a signature before the last part, a preamble with points) is in the main body, in its place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from extractor.export.notices import Record


class Zones(NamedTuple):
    """Clauses of the top level, in reading order from the first zone to the last."""

    preface: Sequence[Record]
    preamble: Sequence[Record]
    body: Sequence[Record]
    conclusions: Sequence[Record]
    attachments: Sequence[Record]


def zones(tops: Sequence[Record], parents: Collection[str]) -> Zones:
    """`tops` in reading order; `parents` are the ids of the clauses that have others under them."""

    def bare(clause: Record, *levels: str) -> bool:
        return clause["level"] in levels and clause["id"] not in parents

    front = next((at for at, each in enumerate(tops) if not bare(each, "front")), len(tops))
    body = next((at for at in range(front, len(tops)) if not bare(tops[at], "preamble")), len(tops))
    annexes = len(tops)
    for at in range(len(tops) - 1, body - 1, -1):
        if tops[at]["level"] == "annex":
            annexes = at
        elif tops[at]["level"] != "back":
            break
    end = annexes
    while end > body and bare(tops[end - 1], "closing", "back"):
        end -= 1
    return Zones(tops[:front], tops[front:body], tops[body:end], tops[end:annexes], tops[annexes:])
