"""A picture of a page → its blocks: the right way up, without seals, read line by line and cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np

from extractor.model import Box, Finding
from extractor.sources import scan_engine as engine
from extractor.sources.pages import Glyph, Layout, Rule, Sheet
from extractor.sources.pages.assemble import layout
from extractor.sources.pages.cells import boxes
from extractor.sources.pages.margins import NUMBER
from extractor.sources.scan_engine import Corners
from extractor.sources.scan_image import (
    Picture,
    ink_in,
    reduced,
    ruled_lines,
    upright,
    without_rules,
    without_seals,
)
from extractor.sources.scan_lines import parted, whole
from extractor.sources.scan_numbers import renumbered
from extractor.sources.scan_outline import Flat, flattened
from extractor.sources.scan_repairs import repaired

CLOSE_SIZE = (0.72, 1.35)  # of the usual height; boxes as high as this hold type of one size
FEW, CLOSE_SIZE_OF_FEW = 3, (0.6, 1.6)  # characters round which the box is looser
OPENERS, CLOSERS = "（〔【《〈", "，。、；：！？）〕】》〉"
BLANK = re.compile(r"(?<=[，。、；：）〕】》]) +")  # the white half of a sign, taken for a space
HALF = 0.5  # of their square that these leave white, outside the box of a line that begins or ends with one
SURE, DIRT = 0.5, 0.25  # confidence below which there are hardly words, and none
LONG = 4  # heights of a line; what is as long is no dirt
NEXT = 2.5  # heights of a line from its top to that of the next
EDGE = 0.25  # of a line's height; what is narrower beside a rule is the rule itself
HEIGHT = 0.86  # of a recognised box that the type fills


class Found(NamedTuple):
    """A recognised line: its box in pixels, its words, the confidence 0..1."""

    box: Box
    words: str
    confidence: float


class Page(NamedTuple):
    """A page that can be read: level, without seals; where its lines stand; and how it was turned for that.

    `turns` are quarters, clockwise; `angle` is degrees, counter-clockwise.
    """

    picture: Picture
    angle: float
    lines: list[Corners]
    turns: int = 0


def recognised(pixels: Picture, number: int, points: float) -> tuple[Layout, list[Finding]]:
    """The blocks of a picture with `points` a pixel, and what is to be said of them."""
    picture = reduced(pixels[..., :3])
    points *= pixels.shape[0] / picture.shape[0]
    flat = flattened(picture)
    page = _right_way_up(flat.picture if flat else picture)
    drawn = list(ruled_lines(page.picture))
    lines = parted(page.picture, page.lines)
    page = page._replace(lines=whole(page.picture, lines, drawn))
    rules = tuple(Rule(*(value * points for value in rule)) for rule in drawn)
    cells = [Box(*(value / points for value in cell)) for table in boxes(rules) for cell in table]
    found = list(_in_cells(page, drawn, cells) if cells else _free(page))
    findings = list(_unread(found, cells, number))
    read = [line for line in found if line.words]
    glyphs = tuple(_glyphs(read, number, points, findings))
    height, width = page.picture.shape[:2]
    made = layout(Sheet(number, width * points, height * points, glyphs, rules, page.turns))
    blocks = tuple(renumbered(block, findings) for block in made.blocks)
    return made._replace(blocks=blocks, angle=page.angle, back=_in_points(flat, points)), findings


def _in_points(flat: Flat | None, points: float) -> tuple[float, ...] | None:
    """The projection back to the photograph, row by row, for lengths in points."""
    if flat is None:
        return None
    scale = np.diag([points, points, 1.0])
    return tuple((scale @ flat.back @ np.linalg.inv(scale)).ravel().tolist())


def _right_way_up(picture: Picture) -> Page:
    """The page as a reader would hold it, however it was laid on the scanner."""
    page = _level(picture)
    if 2 * sum(map(engine.is_upright, page.lines)) > len(page.lines):
        page = _level(cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE))._replace(turns=1)
    if not engine.are_upside_down(page.picture, page.lines):
        return page
    turned = cv2.rotate(page.picture, cv2.ROTATE_180)  # lines on their heads are found with ends missing
    return page._replace(picture=turned, lines=engine.lines_on(turned), turns=page.turns + 2)


def _level(picture: Picture) -> Page:
    level, angle = upright(picture)
    clean = without_seals(level)
    return Page(clean, angle, engine.lines_on(clean))


def _free(page: Page) -> Iterator[Found]:
    """The lines of a page without tables; what there are hardly words in has none."""
    parts = [engine.cut(page.picture, engine.lying(line)) for line in page.lines]
    for line, (words, sure) in zip(page.lines, engine.words_in(parts), strict=True):
        yield Found(_around(line), words.strip() if sure >= SURE else "", sure)


def _in_cells(page: Page, drawn: list[Rule], cells: list[Box]) -> Iterator[Found]:
    """The lines of a page with tables, none beyond its cell.

    A line that is found over the border of cells is parted there; a cell with ink in which none is found is
    read as one. The rules themselves are wiped out before words are read: an upright one reads as 1.
    """
    pieces = _once([piece for line in page.lines for piece in _parted(_around(line), drawn)])
    clean = without_rules(page.picture, drawn)
    for cell in cells:
        if not any(_inside(piece, cell) for piece in pieces):
            pieces += ink_in(clean, cell)
    parts = [engine.cut(clean, _corners(piece)) for piece in pieces]
    for piece, (words, sure) in zip(pieces, engine.words_in(parts), strict=True):
        yield Found(piece, words.strip(), sure)


def _unread(found: list[Found], cells: list[Box], number: int) -> Iterator[Finding]:
    """What is to be said where a page looks written on and was not read: cells as a whole, else lines."""
    held = ([line for line in found if _inside(line.box, cell)] for cell in cells)
    places = sum(bool(lines) and not any(line.words for line in lines) for lines in held)
    if not cells:
        places = sum(not line.words and _is_no_dirt(line) for line in found)
    if places:
        text = f"第{number}页有{places}处像文字而认不出，未收，请对照原件。"
        yield Finding("warning", "unread-line", text)


def _is_no_dirt(line: Found) -> bool:
    left, top, right, bottom = line.box
    return line.confidence >= DIRT or right - left >= LONG * (bottom - top)


def _parted(box: Box, drawn: list[Rule]) -> Iterator[Box]:
    """The box, parted at the upright rules that cross it."""
    middle, edge = (box.top + box.bottom) / 2, EDGE * (box.bottom - box.top)
    cuts = sorted(
        (rule.x0 + rule.x1) / 2
        for rule in drawn
        if rule.bottom - rule.top > rule.x1 - rule.x0 and rule.top < middle < rule.bottom
    )
    left = box.x0
    for x in cuts:
        if left < x < box.x1:
            if x - left > edge:
                yield Box(left, box.top, x, box.bottom)
            left = x
    if box.x1 - left > edge:
        yield Box(left, box.top, box.x1, box.bottom)


def _once(pieces: list[Box]) -> list[Box]:
    """The pieces without those that lie for the most part over a larger one: the same ink, found twice."""
    return [piece for piece in pieces if not any(_is_part(piece, other) for other in pieces)]


def _is_part(piece: Box, other: Box) -> bool:
    return _area(piece) < _area(other) and 2 * _area(_common(piece, other)) > _area(piece)


def _common(one: Box, other: Box) -> Box:
    """What two boxes share: empty, or of negative sides, where it is nothing."""
    return Box(
        max(one.x0, other.x0), max(one.top, other.top), min(one.x1, other.x1), min(one.bottom, other.bottom)
    )


def _area(box: Box) -> float:
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)


def _inside(box: Box, cell: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return cell.x0 <= x <= cell.x1 and cell.top <= y <= cell.bottom


def _around(corners: Corners) -> Box:
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _corners(box: Box) -> Corners:
    left, top, right, bottom = box
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)


def _above(line: Found, lines: Sequence[Found]) -> str:
    """The words that a line may go on from: those of the next line above it in its column or cell."""
    box, reach = line.box, NEXT * (line.box.bottom - line.box.top)
    above = [other for other in lines if 0 < box.top - other.box.top < reach and _is_under(box, other.box)]
    return max(above, key=lambda other: other.box.top).words if above else ""


def _is_under(box: Box, other: Box) -> bool:
    common = _common(box, other)
    return 2 * (common.x1 - common.x0) > min(box.x1 - box.x0, other.x1 - other.x0)


def _glyphs(read: list[Found], number: int, points: float, findings: list[Finding]) -> Iterator[Glyph]:
    """The characters of the lines, each given its share of the line's box; misreadings put right."""
    usual = median([line.box.bottom - line.box.top for line in read]) if read else 0.0
    for line in read:
        words, changes = repaired(BLANK.sub("", line.words), _above(line, read))
        if NUMBER.fullmatch(words):  # of the page, which is left out
            changes, line = (), line._replace(confidence=1.0)
        for was, meant in changes:
            text = f"第{number}页：识别为“{was}”，应为“{meant}”：“{words[:40]}”。"
            findings.append(Finding("info", "repaired-misread", text))
        height = line.box.bottom - line.box.top
        least, most = CLOSE_SIZE if len(words) > FEW else CLOSE_SIZE_OF_FEW
        size = usual if least * usual < height < most * usual else height
        units = [0.5 if char.isascii() else 1.0 for char in words]
        before, after = HALF * (words[0] in OPENERS), HALF * (words[-1] in CLOSERS)
        step = (line.box.x1 - line.box.x0) / max(0.5, sum(units) - before - after)
        x, base = line.box.x0 - before * step, line.box.bottom - 0.5 * height + 0.36 * size * HEIGHT
        for char, unit in zip(words, units, strict=True):
            yield Glyph(
                char, x * points, (x + unit * step) * points, base * points, round(size * HEIGHT * points, 1),
                confidence=line.confidence,
            )  # fmt: skip
            x += unit * step
