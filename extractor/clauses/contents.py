"""The lines of a table of contents: they look like the clauses that they announce."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.markers import Marker

MOST_ABOVE = 60  # lines above a table of contents
FEWEST_LISTED = 4  # lines of one that nothing heads
STOPS = re.compile(r"。|；|[：:]$|！$")


def contents(words: Sequence[str], marks: Sequence[Marker | None]) -> frozenset[int]:
    """The lines of a table of contents: from 目录 to where its first line comes again."""
    for index, line in enumerate(words[:MOST_ABOVE]):
        if line.replace(" ", "") in ("目录", "目次") and index + 1 < len(words):
            first = re.sub(r"[\s.…·\-0-9]+$", "", words[index + 1])
            again = (
                i for i in range(index + 2, len(words)) if re.sub(r"[\s.…·\-0-9]+$", "", words[i]) == first
            )
            return frozenset(range(index, next(again, index + 1)))
    return _bare_contents(words, marks)


def _bare_contents(words: Sequence[str], marks: Sequence[Marker | None]) -> frozenset[int]:
    """The same where nothing heads it: short lines from the first marker on, that come again below."""
    first = next((i for i, mark in enumerate(marks[:MOST_ABOVE]) if mark is not None), None)
    if first is None:
        return frozenset()
    again = next((i for i in range(first + 1, len(words)) if words[i] == words[first]), first)
    while first and again > first and words[first - 1] == words[again - 1]:
        first, again = first - 1, again - 1  # a heading whose number no marker shows
    listed = words[first:again]
    if len(listed) < FEWEST_LISTED or any(STOPS.search(line) for line in listed):
        return frozenset()
    below = set(words[again:])
    repeated = sum(line in below for line in listed)
    return frozenset(range(first, again)) if 2 * repeated > len(listed) else frozenset()
