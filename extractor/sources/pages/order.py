"""The reading order of a page: text columns one after the other, all else from top to bottom."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.model import Box
from extractor.sources.pages import Glyph, Row
from extractor.sources.pages.rows import Strip, in_order, pieces, row, strips

GUTTER = 0.9  # of the type size; what parts two text columns is at least as wide
FEWEST = 5  # printed lines side by side that make two columns
DEEPEST = 3  # columns in columns


class Spread(NamedTuple):
    """The pieces of one printed line, parted at each gap that might be a gutter."""

    pieces: tuple[tuple[Glyph, ...], ...]

    @property
    def left(self) -> float:
        return self.pieces[0][0].x0

    @property
    def right(self) -> float:
        return max(g.x1 for g in self.pieces[-1])


def rows(glyphs: Iterable[Glyph], page: int) -> list[Row]:
    """The printed lines in reading order, each with the edges of its column where the page has several."""
    spreads = [spread for strip in strips(glyphs) if (spread := _spread(strip)) is not None]
    return _ordered(spreads, page, 0)


def _spread(strip: Strip) -> Spread | None:
    found = tuple(tuple(piece) for piece in pieces(in_order(strip.glyphs), GUTTER))
    return Spread(found) if found else None


def _ordered(spreads: Sequence[Spread], page: int, depth: int) -> list[Row]:
    band = _band(spreads) if depth < DEEPEST and len(spreads) >= FEWEST else None
    if band is None:
        return [made for spread in spreads if (made := _whole(spread, page)) is not None]
    first, last, gutter = band
    left, right = _sides(spreads[first:last], gutter)
    return [
        *_ordered(spreads[:first], page, depth + 1),
        *_framed(_ordered(left, page, depth + 1)),
        *_framed(_ordered(right, page, depth + 1)),
        *_ordered(spreads[last:], page, depth + 1),
    ]


def _whole(spread: Spread, page: int) -> Row | None:
    return row([glyph for piece in spread.pieces for glyph in piece], page)


def _framed(made: list[Row]) -> list[Row]:
    if not made:
        return made
    edges = (min(r.box.x0 for r in made), max(r.box.x1 for r in made))
    return [r if r.frame else replace(r, frame=edges) for r in made]


def _band(spreads: Sequence[Spread]) -> tuple[int, int, float] | None:
    """First and last (exclusive) of the lines that stand in two columns, and where the gutter is."""
    left, right = min(s.left for s in spreads), max(s.right for s in spreads)
    third = (right - left) / 4
    edges: list[tuple[float, int]] = []
    for spread in spreads:
        for before, after in zip(spread.pieces, spread.pieces[1:], strict=False):
            gap = (max(g.x1 for g in before), after[0].x0)
            if gap[0] < right - third and gap[1] > left + third:
                edges += [(gap[0], 1), (gap[1], -1)]
    if len(edges) < 2 * FEWEST:
        return None
    gutter, count, depth = 0.0, 0, 0
    edges.sort(key=lambda edge: (edge[0], edge[1]))
    for index, (x, step) in enumerate(edges):
        depth += step
        if depth > count:
            count, gutter = depth, (x + edges[min(index + 1, len(edges) - 1)][0]) / 2
    if count < FEWEST:
        return None
    best: tuple[int, int] | None = None
    start = 0
    for index in range(len(spreads) + 1):
        if index == len(spreads) or _crosses(spreads[index], gutter):
            if best is None or index - start > best[1] - best[0]:
                best = (start, index)
            start = index + 1
    assert best is not None
    return (*best, gutter) if _are_columns(spreads[best[0] : best[1]], gutter) else None


def _crosses(spread: Spread, x: float) -> bool:
    return any(piece[0].x0 < x < max(g.x1 for g in piece) for piece in spread.pieces)


def _sides(spreads: Sequence[Spread], gutter: float) -> tuple[list[Spread], list[Spread]]:
    sides: tuple[list[Spread], list[Spread]] = ([], [])
    for spread in spreads:
        for side, found in zip(
            sides,
            (
                [p for p in spread.pieces if p[0].x0 < gutter],
                [p for p in spread.pieces if p[0].x0 >= gutter],
            ),
            strict=True,
        ):
            if found:
                side.append(Spread(tuple(found)))
    return sides


def _are_columns(spreads: Sequence[Spread], gutter: float) -> bool:
    """Whether both sides are running text: most lines fill their column. Names beside posts do not."""
    for side in _sides(spreads, gutter):
        if len(side) < FEWEST:
            return False
        left, right = min(s.left for s in side), max(s.right for s in side)
        size = side[0].pieces[0][0].size
        full = sum(s.right > right - 1.6 * size and s.left < left + 3 * size for s in side)
        if right - left < 8 * size or full < 0.5 * len(side):
            return False
        if sum(len(s.pieces) == 1 for s in side) < 0.7 * len(side):
            return False
    return True


def turned(box: Box, width: float, height: float, turns: int) -> Box:
    """The box on the page as it is shown, of one on the page (width × height) after `turns` turns."""
    for _ in range(turns % 4):  # undo one clockwise turn: (x, y) of the turned page was (y, width - x)
        box = Box(box.top, round(width - box.x1, 2), box.bottom, round(width - box.x0, 2))
        width, height = height, width
    return box


def tilted(box: Box, width: float, height: float, angle: float) -> Box:
    """The box on the page as it was before that was turned by `angle` degrees counter-clockwise."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    xs, ys = [], []
    for x, y in ((box.x0, box.top), (box.x1, box.top), (box.x0, box.bottom), (box.x1, box.bottom)):
        dx, dy = x - width / 2, y - height / 2
        xs.append(width / 2 + dx * cos - dy * sin)
        ys.append(height / 2 + dx * sin + dy * cos)
    return Box(*(round(value, 2) for value in (min(xs), min(ys), max(xs), max(ys))))


def projected(box: Box, matrix: Sequence[float]) -> Box:
    """The box round what a projection (3 × 3, row by row) makes of a box."""
    xs, ys = [], []
    for x, y in ((box.x0, box.top), (box.x1, box.top), (box.x0, box.bottom), (box.x1, box.bottom)):
        a, b, depth = (matrix[i] * x + matrix[i + 1] * y + matrix[i + 2] for i in (0, 3, 6))
        xs.append(a / depth)
        ys.append(b / depth)
    return Box(*(round(value, 2) for value in (min(xs), min(ys), max(xs), max(ys))))
