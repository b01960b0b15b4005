"""The clauses of one document without their words: the outline, the way to each, and the part that is shown.

A long notice is shown in parts of whole clauses, so that a page stays light whatever is stored.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from extractor.site.questions.reference import Step

PART: Final = 30_000  # characters of a notice on one page
_HEADED: Final = ("chapter", "section", "part", "subpart", "article", "annex", "table", "preamble", "closing")
_CLAUSES = """
select id, ref, level, depth, parent_id, substr(marker, 1, 40), substr(heading, 1, 200), start, end,
  subtree_end, page_from, page_to, inferred
from clauses where document_id = ? order by position
"""


class Node(NamedTuple):
    """One clause. Offsets are those of documents.text."""

    id: str
    ref: str
    level: str
    depth: int
    parent_id: str | None
    marker: str | None
    heading: str | None
    start: int
    end: int
    subtree_end: int
    page_from: int | None
    page_to: int | None
    inferred: int

    @property
    def step(self) -> Step:
        return Step(self.level, self.marker, self.heading, self.ref)

    @property
    def listed(self) -> bool:
        """Whether the outline shows it: what has a heading, and what frames the body."""
        return self.level in _HEADED and bool(self.heading or self.level in ("preamble", "closing", "annex"))


class Part(NamedTuple):
    """Clauses `first` up to `last` (excluded) of a document, and where its neighbours begin, if any."""

    first: int
    last: int
    before: int | None
    after: int | None


def nodes_of(db: sqlite3.Connection, document: str) -> tuple[Node, ...]:
    """The clauses of `document` in reading order. One query."""
    return tuple(Node(*row) for row in db.execute(_CLAUSES, (document,)))


def ways(nodes: Sequence[Node]) -> Mapping[str, tuple[Node, ...]]:
    """Clause id → the clauses from the top down to it, itself included."""
    found: dict[str, tuple[Node, ...]] = {}
    for node in nodes:  # a clause comes after the one it stands under
        found[node.id] = (*found.get(node.parent_id or "", ()), node)
    return found


def part_with(nodes: Sequence[Node], ref: str, *, size: int = PART) -> Part:
    """The part that holds the clause `ref`; the first where no clause has it."""
    firsts: list[int] = []
    length = size
    for place, node in enumerate(nodes):
        if length >= size:
            firsts.append(place)
            length = 0
        length += node.end - node.start
    wanted = next((place for place, node in enumerate(nodes) if node.ref == ref), 0)
    number = sum(first <= wanted for first in firsts) - 1
    if number < 0:
        return Part(0, 0, None, None)
    after = firsts[number + 1] if number + 1 < len(firsts) else None
    return Part(firsts[number], after or len(nodes), firsts[number - 1] if number else None, after)
