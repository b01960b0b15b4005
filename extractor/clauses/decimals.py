"""A number alone as a marker: 1 总则 over 1.1 编制目的, as emergency plans and standards count (GB/T 1.1).

A figure begins many lines (15日内…), so it is one only where decimals count on below it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from extractor.clauses.headings import bare_heading
from extractor.markers import Marker

HEAD = re.compile("([0-9]{1,2}) {0,3}(?=[\u3400-\u9fff])")
FEWEST = 2  # heads with decimals below them, that show how a notice counts
Anchor = tuple[int, int]  # paragraph that begins with k.1, and its k


def bare_numbers(
    words: Sequence[str], cells: Sequence[bool], marks: Sequence[Marker | None]
) -> Mapping[int, Marker]:
    """Paragraph → the number that it begins with, where that is a marker. `marks` are the others."""
    anchors = [
        (i, mark.path[0])
        for i, mark in enumerate(marks)
        if mark is not None and len(mark.path) == 2 and mark.number == 1 and not cells[i]
    ]
    if len(anchors) < FEWEST:
        return {}
    heads: dict[int, list[int]] = {}
    for i, line in enumerate(words):
        match = HEAD.match(line) if marks[i] is None and not cells[i] else None
        if match and bare_heading(line[match.end() :]):
            heads.setdefault(int(match[1]), []).append(i)
    found: dict[int, Marker] = {}
    firsts = [place for place, (_, number) in enumerate(anchors) if number == 1]
    for place, after in zip_longest(firsts, firsts[1:]):
        stop = len(words) if after is None else anchors[after][0]  # where another document counts anew
        series = list(_series(anchors[place:after], heads, stop))
        if sum(anchored for _, anchored in series) >= FEWEST:
            for number, (head, _) in enumerate(series, 1):
                match = HEAD.match(words[head])
                assert match is not None
                found[head] = Marker("bare", match[1], number, match.end(), (number,))
    return found


def _series(
    anchors: Sequence[Anchor], heads: Mapping[int, Sequence[int]], stop: int
) -> Iterator[tuple[int, bool]]:
    """The heads that count 1, 2 … round the decimals `anchors`, and whether decimals stand below each.

    The last before k.1 is the head of section k; a section without decimals begins with the first line that
    can head it.
    """
    first: dict[int, int] = {}
    for anchor, number in reversed(anchors):
        first[number] = anchor
    last, number = -1, 1
    while True:
        at = first.get(number)
        own = heads.get(number, ())
        place = bisect_right(own, last) if at is None else bisect_left(own, at) - 1
        if not 0 <= place < len(own) or not last < own[place] < stop:
            return
        last, number = own[place], number + 1
        yield last, at is not None
