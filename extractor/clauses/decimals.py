"""A number alone as a marker: 1 总则 over 1.1 编制目的, as emergency plans and standards count (GB/T 1.1).

A figure begins many lines (15日内…), so it is one only where decimals count on below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

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
    for place, (at, number) in enumerate(anchors):
        if number != 1:
            continue
        series = list(_series(at, anchors[place:], heads))
        if sum(anchored for _, anchored in series) >= FEWEST:
            for number, (head, _) in enumerate(series, 1):
                match = HEAD.match(words[head])
                assert match is not None
                found[head] = Marker("bare", match[1], number, match.end(), (number,))
    return found


def _series(
    first: int, anchors: Sequence[Anchor], heads: Mapping[int, Sequence[int]]
) -> Iterator[tuple[int, bool]]:
    """The heads that count 1, 2 … round the decimals from 1.1 on, and whether decimals stand below each.

    The last before k.1 is the head of section k; a section without decimals begins with the first line that
    can head it.
    """
    stop = next((at for at, number in anchors[1:] if number == 1), None)  # where another document counts anew
    last, number = -1, 1
    at: int | None = first
    while True:
        if at is not None:
            head = next((i for i in reversed(heads.get(number, ())) if last < i < at), None)
        else:
            head = next((i for i in heads.get(number, ()) if i > last and (stop is None or i < stop)), None)
        if head is None:
            return
        yield head, at is not None
        last, number = head, number + 1
        later = (i for i, own in anchors if own == number and i > last and (stop is None or i < stop))
        at = next(later, None)
