"""Tables with level rules alone (三线表): their columns are told by the white between them.

Only what leaves no doubt is a table: at least three rules of one length, white that runs through all rows
between the columns, a heading over every column, and rows that each begin in the first one. All else stays
the lines that it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.model import Box
from extractor.sources.pages import Glyph, Rule

SAME = 3.0  # points by which rules of one length differ
GUTTER = 1.0  # type sizes of white, at least, between columns
INNER = 2.0  # type sizes of white, at most, in the line of a cell
FILLED = 2  # cells with words that each row has at least
FEWEST = 2  # rows under the heading
MOST_RULES = 100  # of one length on a page; more are a drawing

Band = list[list[Glyph]]  # the printed lines between two rules


class Grid(NamedTuple):
    """The borders of columns and of rows."""

    edges: tuple[float, ...]
    borders: tuple[float, ...]


def open_tables(level: Sequence[Rule], glyphs: Sequence[Glyph]) -> Iterator[list[Box]]:
    """The cells of each table that these level rules bound."""
    for group in _of_one_length(level):
        left, right = min(rule.x0 for rule in group), max(rule.x1 for rule in group)
        inside = [g for g in glyphs if left <= (g.x0 + g.x1) / 2 <= right and not g.text.isspace()]
        heights = sorted(rule.top for rule in group)
        bands = [_lines(inside, top, bottom) for top, bottom in pairwise(heights)]
        first = 0
        while first < len(bands) - 1:
            count, cells = _longest(bands[first:], heights[first:], (left, right))
            if cells:
                yield cells
            first += max(1, count)


def _of_one_length(level: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Rules that begin and end at the same places, where there are three and not too many."""
    groups: list[list[Rule]] = []
    for rule in sorted(level):
        last = groups[-1][-1] if groups else None
        if last is not None and abs(last.x0 - rule.x0) <= SAME and abs(last.x1 - rule.x1) <= SAME:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return (group for group in groups if 3 <= len(group) <= MOST_RULES)


def _lines(glyphs: Sequence[Glyph], top: float, bottom: float) -> Band:
    """The printed lines between two heights, from the top."""
    own = sorted((g for g in glyphs if top < g.base - 0.36 * g.size < bottom), key=lambda g: (g.base, g.x0))
    lines: Band = []
    for glyph in own:
        if lines and glyph.base - lines[-1][0].base < 0.5 * glyph.size:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return lines


def _longest(
    bands: Sequence[Band], heights: Sequence[float], sides: tuple[float, float]
) -> tuple[int, list[Box]]:
    """How many bands from the first on make a table, as many as do, and its cells; none: 0."""
    count, found = 0, Grid((), ())
    for more in range(2, len(bands) + 1):
        grid = _grid(bands[:more], heights[: more + 1], sides)
        if grid is None:
            break
        count, found = more, grid
    if len(found.borders) < FEWEST + 2:
        return 0, []
    return count, [
        Box(x0, top, x1, bottom)
        for top, bottom in pairwise(found.borders)
        for x0, x1 in pairwise(found.edges)
    ]


def _grid(bands: Sequence[Band], heights: Sequence[float], sides: tuple[float, float]) -> Grid | None:
    """The rows and columns of a table of these bands; None where there is any doubt."""
    edges = _columns([line for band in bands for line in band], sides)
    if len(edges) < 3 or not all(_has(bands[0], column) for column in pairwise(edges)):
        return None
    tops = [heights[0]]
    for top, band in zip(heights[1:], bands[1:], strict=False):
        if any(_parted(line, edges) for line in band):
            return None
        starts = [place for place, line in enumerate(band) if _has([line], (edges[0], edges[1]))]
        if not starts or (len(starts) > 1 and starts[0] > 0):
            return None
        tops += [top, *((_top(band[place]) + _bottom(band[place - 1])) / 2 for place in starts[1:])]
        for first, end in pairwise([0, *starts[1:], len(band)]):
            if sum(_has(band[first:end], column) for column in pairwise(edges)) < FILLED:
                return None
    return Grid(tuple(edges), (*tops, heights[-1]))


def _columns(lines: Band, sides: tuple[float, float]) -> list[float]:
    """The borders of the columns: the middle of each stretch of white that runs through all lines."""
    spans = sorted((g.x0, g.x1, g.size) for line in lines for g in line)
    edges, reach = [sides[0]], None
    for x0, x1, size in spans:
        if reach is not None and x0 - reach >= GUTTER * size:
            edges.append((reach + x0) / 2)
        reach = x1 if reach is None else max(reach, x1)
    return [*edges, sides[1]]


def _has(lines: Band, column: tuple[float, float]) -> bool:
    return any(column[0] <= (g.x0 + g.x1) / 2 < column[1] for line in lines for g in line)


def _parted(line: list[Glyph], edges: Sequence[float]) -> bool:
    """Whether a cell's words stand so far apart that they may be those of columns under one heading."""
    return any(
        after.x0 - before.x1 > INNER * after.size
        and not any(before.x0 < edge < after.x1 for edge in edges[1:-1])
        for before, after in pairwise(line)
    )


def _top(line: list[Glyph]) -> float:
    return min(g.base - g.size for g in line)


def _bottom(line: list[Glyph]) -> float:
    return max(g.base for g in line)
