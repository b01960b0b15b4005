"""What is to be written of each clause: its number, its heading, its words, the tables among them.

Guarantee: the numbers, headings and words of all clauses, in order, are the whole text of the document, white
space apart. A clause that begins inside a table is not written by itself: it is part of the table, and the
table is part of the words of the clause that it stands in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.export.akn.grids import Grid, Line, grids
from extractor.export.notices import Record, Stored

_STOPS = "。：；:;"  # one of them ends a heading with which a text begins


class Part(NamedTuple):
    """`text[start:end]`."""

    start: int
    end: int


class Opening(NamedTuple):
    """How a clause begins, and where its words go on."""

    num: Part | None
    heading: Part | None
    words: int


@dataclass(slots=True)
class Planned:
    """A clause that is written by itself. `parent` is one of them too; `inside` begin in its tables."""

    clause: Record
    parent: str | None
    opening: Opening
    end: int
    tables: list[Grid] = field(default_factory=list)
    inside: list[Record] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.clause["id"])


def plan(notice: Stored, lines: tuple[Line, ...]) -> tuple[Planned, ...]:
    """The clauses to write, in reading order."""
    known: dict[str, Planned] = {}
    for clause in notice.clauses:
        parent = clause["parent_id"] if clause["parent_id"] in known else None
        opening = _opening(notice.text, clause)
        known[clause["id"]] = Planned(clause, parent, opening, clause["end"])
    starts = [clause["start"] for clause in notice.clauses]
    part_of: dict[str, str] = {}
    for grid in grids(notice, lines):
        owner = known[grid.clause_id]
        after_owner = bisect_right(starts, owner.clause["start"])
        first, last = bisect_left(starts, grid.start, lo=after_owner), bisect_left(starts, grid.end)
        before = notice.clauses[after_owner:first]
        if grid.start >= owner.opening.words and all(part_of.get(each["id"]) == owner.id for each in before):
            inside = notice.clauses[first:last]
            part_of |= {each["id"]: owner.id for each in inside}
            owner.tables.append(grid)
            owner.inside += inside
            owner.end = max(owner.end, *(each["end"] for each in inside), 0)
    return tuple(_standing(known, part_of))


def _standing(known: Mapping[str, Planned], part_of: Mapping[str, str]) -> Iterator[Planned]:
    for name, planned in known.items():
        if name not in part_of:
            planned.parent = part_of.get(planned.parent or "", planned.parent)
            yield planned


def _opening(text: str, clause: Record) -> Opening:
    """Marker and heading where they stand at the beginning of the clause, as the contract has it."""
    at, end = int(clause["start"]), int(clause["end"])
    num = heading = None
    marker, title = clause["marker"], clause["heading"]
    if marker and text.startswith(marker, at, end):
        num = Part(at, at + len(marker))
        at = num.end
    first = at + len(text[at:end]) - len(text[at:end].lstrip())
    if title and text.startswith(title, first, end):
        stop = first + len(title)
        stop += stop < end and text[stop] in _STOPS
        heading = Part(first, stop)
        at = stop
    return Opening(num, heading, at)
