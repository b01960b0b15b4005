"""The words of a clause cut where facts begin and end, so that a page can mark them. Pure.

Facts nest and overlap as they like: a passage carries every fact that covers it, and the passages of a clause
joined are its words, to the character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.contract import FactKind
from extractor.site.questions.facts import KINDS, Fact


class Passage(NamedTuple):
    """A run of characters covered by the same facts. `kinds` are in the order of the legend."""

    text: str
    facts: tuple[Fact, ...] = ()
    strong: bool = False  # part of a heading

    @property
    def kinds(self) -> tuple[FactKind, ...]:
        own = {fact.kind for fact in self.facts}
        return tuple(kind for kind in KINDS if kind in own)


Paragraph = tuple[Passage, ...]


def paragraphs(
    text: str, start: int, facts: Sequence[Fact], *, heading_end: int = 0
) -> tuple[Paragraph, ...]:
    """The lines of `text`, which stands at `start` of its document, each as passages.

    Facts outside it are left out; what stands before `heading_end` (an offset in the document) is strong.
    """
    found: list[Paragraph] = []
    at = start
    for line in text.split("\n"):
        passages = tuple(_passages(line, at, facts, heading_end))
        if line.strip():
            found.append(passages)
        at += len(line) + 1
    return tuple(found)


def _passages(line: str, start: int, facts: Sequence[Fact], heading_end: int) -> Iterator[Passage]:
    end = start + len(line)
    here = [fact for fact in facts if fact.start < end and fact.end > start and fact.start < fact.end]
    edges = {start, end, _within(heading_end, start, end)}
    edges |= {_within(place, start, end) for fact in here for place in (fact.start, fact.end)}
    places = sorted(edges)
    waiting = sorted(here, key=lambda fact: -fact.start)
    covering: list[Fact] = []
    for a, b in pairwise(places):
        while waiting and waiting[-1].start <= a:
            covering.append(waiting.pop())
        covering = [fact for fact in covering if fact.end >= b]
        yield Passage(line[a - start : b - start], tuple(covering), a < heading_end)


def _within(place: int, start: int, end: int) -> int:
    return min(max(place, start), end)
