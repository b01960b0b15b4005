"""Ruled lines and glyphs → the tables of a page with their cells, merged ones included."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from pdfplumber.page import Page
from pdfplumber.table import TableFinder

from extractor.model import Box
from extractor.sources.pages import Glyph, Part, PartCell, Rule
from extractor.sources.pages.open_tables import open_tables
from extractor.sources.pages.order import rows

SAME = 3.0  # points; rules nearer to one another are one
MOST_RULES = 20_000  # on one page; more are a drawing, not a table
MOST_CROSSINGS = 250_000  # of level and upright rules that may have to be looked at


class _Ruled:
    """A page as pdfplumber's finder of tables wants it: the rules, and nothing else."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.edges = [_edge(rule) for rule in rules]
        self.bbox = (0.0, 0.0, 1e6, 1e6)


def _edge(rule: Rule) -> dict[str, object]:
    x0, top, x1, bottom = rule
    return {
        "object_type": "line", "orientation": "v" if x0 == x1 else "h",
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
    }  # fmt: skip


def _thinned(rules: Iterable[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The upright and the level rules, without thickness; pieces of one put together."""
    upright: list[Rule] = []
    level: list[Rule] = []
    for x0, top, x1, bottom in rules:
        if max(x1 - x0, bottom - top) < SAME:
            continue
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if bottom - top > x1 - x0:
            upright.append(Rule(x, top, x, bottom))
        else:
            level.append(Rule(x0, y, x1, y))
    upright = [
        Rule(at, first, at, last) for at, first, last in _joined((r.x0, r.top, r.bottom) for r in upright)
    ]
    level = [Rule(first, at, last, at) for at, first, last in _joined((r.top, r.x0, r.x1) for r in level)]
    return upright, level


def _joined(rules: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Rules as (place across, first end, last end): those in one line that touch become one."""
    out: list[tuple[float, float, float]] = []
    lanes: dict[int, list[tuple[float, float, float]]] = {}
    last: float | None = None
    key = 0
    for rule in sorted(rules):
        key += last is not None and rule[0] - last > SAME / 2
        last = rule[0]
        lanes.setdefault(key, []).append(rule)
    for lane in lanes.values():
        at = sum(rule[0] for rule in lane) / len(lane)
        run: tuple[float, float] | None = None
        for _, first, end in sorted(lane, key=lambda rule: rule[1]):
            if run is not None and first <= run[1] + SAME:
                run = (run[0], max(run[1], end))
            else:
                if run is not None:
                    out.append((at, *run))
                run = (first, end)
        if run is not None:
            out.append((at, *run))
    return out


def _closed(upright: list[Rule], level: list[Rule]) -> list[Rule]:
    """All rules, with those that a table lacks where a page cut it or that was drawn open at its sides."""
    more: list[Rule] = []
    for index in (1, 3):  # the upper and the lower ends of upright rules
        for y, ends in _ends(upright, index):
            x0, x1 = min(r.x0 for r in ends), max(r.x0 for r in ends)
            if len(ends) > 1 and not any(abs(r.top - y) <= SAME and r.x0 < x1 and r.x1 > x0 for r in level):
                more.append(Rule(x0, y, x1, y))
    for index in (0, 2):  # the left and the right ends of level ones
        for x, ends in _ends(level, index):
            top, bottom = min(r.top for r in ends), max(r.top for r in ends)
            beside = any(abs(r.x0 - x) <= SAME and r.top < bottom and r.bottom > top for r in upright)
            inside = any(
                r.top < bottom and r.bottom > top and any(e.x0 - SAME < r.x0 < e.x1 + SAME for e in ends)
                for r in upright
            )
            if len(ends) > 2 and inside and not beside:
                more.append(Rule(x, top, x, bottom))
    return [*upright, *level, *more]


def _is_comb(upright: list[Rule], level: Rule) -> bool:
    """Whether upright rules of one length stand on a level one, or hang from it, from end to end of it.

    So a row is drawn of which a page holds but a part, where the program draws no rule at the cut.
    """
    xs, tops, ends = ([rule[index] for rule in upright] for index in (0, 1, 3))
    even = max(tops) - min(tops) <= SAME and max(ends) - min(ends) <= SAME
    touching = min(abs(tops[0] - level.top), abs(ends[0] - level.top)) <= SAME
    sides = abs(min(xs) - level.x0) <= SAME and abs(max(xs) - level.x1) <= SAME
    return len(xs) > 2 and even and touching and sides


def _ends(rules: list[Rule], index: int) -> Iterator[tuple[float, list[Rule]]]:
    """The rules that end at about the same place."""
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda r: r[index]):
        if group and rule[index] - group[-1][index] > SAME:
            yield group[0][index], group
            group = []
        group.append(rule)
    if group:
        yield group[0][index], group


def boxes(rules: Sequence[Rule]) -> list[list[Box]]:
    """The cells of each table that the rules draw, from the top of the page."""
    if not 4 <= len(rules) <= MOST_RULES:
        return []
    settings = {"snap_tolerance": SAME, "join_tolerance": SAME, "intersection_tolerance": SAME}
    upright, level = _thinned(rules)
    if len(upright) < 2 or len(upright) * len(level) > MOST_CROSSINGS:
        return []
    if len(level) < 2 and not any(_is_comb(upright, rule) for rule in level):
        return []
    found = TableFinder(cast(Page, _Ruled(_closed(upright, level))), settings).tables
    return [[Box(*cell) for cell in table.cells] for table in found]


def tables(
    glyphs: Sequence[Glyph], rules: Sequence[Rule], page: int
) -> tuple[list[Part], list[Glyph], list[Part]]:
    """The tables of a page; the glyphs outside them; and the frames that only hold or place words.

    What has words in one column, or in none, is such a frame. Its glyphs are outside the tables.
    """
    parts: list[Part] = []
    frames: list[Part] = []
    rest = list(glyphs)
    ruled = boxes(rules)
    level = _thinned(rules)[1] if len(rules) <= MOST_RULES else []
    for cells in [*ruled, *open_tables(_outside(level, ruled), glyphs)]:
        outer = Box(
            min(c.x0 for c in cells), min(c.top for c in cells),
            max(c.x1 for c in cells), max(c.bottom for c in cells),
        )  # fmt: skip
        inside = [g for g in rest if _holds(outer, g)]
        part = _part(cells, outer, inside, page)
        if len({cell.col for cell in part.cells if cell.rows}) < 2:
            frames.append(part)
            continue
        parts.append(part)
        taken = set(map(id, inside))
        rest = [g for g in rest if id(g) not in taken]
    return parts, rest, frames


def _outside(level: Iterable[Rule], ruled: Iterable[list[Box]]) -> list[Rule]:
    """The level rules that are none of the ruled tables'."""
    spans = [(min(c.top for c in cells) - SAME, max(c.bottom for c in cells) + SAME) for cells in ruled]
    return [rule for rule in level if not any(top <= rule.top <= bottom for top, bottom in spans)]


def _holds(box: Box, glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - 0.36 * glyph.size
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _part(cells: list[Box], outer: Box, glyphs: list[Glyph], page: int) -> Part:
    """The cells with their places and words."""
    xs = _borders(x for c in cells for x in (c.x0, c.x1))
    ys = _borders(y for c in cells for y in (c.top, c.bottom))
    made: list[PartCell] = []
    for cell, own in _filled(cells, glyphs):
        row, col = _place(ys, cell.top), _place(xs, cell.x0)
        row_span = max(1, _place(ys, cell.bottom) - row)
        col_span = max(1, _place(xs, cell.x1) - col)
        made.append(PartCell(row, col, row_span, col_span, tuple(rows(own, page)), cell.x1 - cell.x0))
    made.sort(key=lambda cell: (cell.row, cell.col))
    return Part(tuple(made), outer, tuple(xs), page)


def _filled(cells: list[Box], glyphs: list[Glyph]) -> Iterator[tuple[Box, list[Glyph]]]:
    """Each cell with its glyphs; one that stands in no cell goes to the nearest."""
    own: list[list[Glyph]] = [[] for _ in cells]
    last = 0
    for glyph in glyphs:
        if not _holds(cells[last], glyph):
            last = next((i for i, cell in enumerate(cells) if _holds(cell, glyph)), -1)
            if last < 0:
                last = min(range(len(cells)), key=lambda i: _distance(cells[i], glyph))
        own[last].append(glyph)
    yield from zip(cells, own, strict=True)


def _distance(box: Box, glyph: Glyph) -> float:
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - 0.36 * glyph.size
    return max(box.x0 - x, 0, x - box.x1) + max(box.top - y, 0, y - box.bottom)


def _borders(values: Iterable[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > SAME:
            out.append(value)
    return out


def _place(borders: list[float], value: float) -> int:
    return max(0, bisect_right(borders, value + SAME) - 1)
