"""What a page of an OFD file draws → glyphs and rules in points (GB/T 33190-2016, chapters 8 to 11)."""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from extractor.sources.pages import Glyph, Rule, Sheet

POINTS = 72 / 25.4  # in a millimetre
LEANING = 4.0  # degrees off the upright at which lettering is a watermark
NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?")
STEP = re.compile(r"[MLQBAC]|[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?|S")
OPERANDS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
NARROW = re.compile(r"[\x21-\x7e\u2018-\u201d\u2026·‰]")
WHITE = 0xF8

Matrix = tuple[float, float, float, float, float, float]


class Picture(NamedTuple):
    """A picture on the page: left, top, width and height in millimetres, and its share of the page."""

    resource: str
    box: tuple[float, float, float, float]
    share: float


class Canvas:
    """A page while its objects are drawn. Glyphs by the quarter turns that make them upright."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.glyphs: dict[int, list[Glyph]] = defaultdict(list)
        self.rules: list[tuple[float, float, float, float]] = []  # millimetres
        self.pictures: list[Picture] = []

    def draw(self, root: etree._Element) -> None:
        """Add all visible objects of a page or template."""
        for node in root.iter():
            tag = local(node)
            if tag == "TextObject" and _seen(node):
                for quarter, glyph in self._text(node):
                    self.glyphs[quarter].append(glyph)
            elif tag == "PathObject" and node.get("Visible") != "false":
                self.rules.extend(_rules(node))
            elif tag == "ImageObject" and node.get("Visible") != "false":
                x, y, width, height = _boundary(node)
                share = width * height / (self.width * self.height)
                self.pictures.append(Picture(node.get("ResourceID", ""), (x, y, width, height), share))

    def sheets(self, number: int) -> tuple[Sheet, ...]:
        """The page as it is read, then lettering that stands across it."""
        main = max(self.glyphs, key=lambda q: len(self.glyphs[q]), default=0)
        order = [main, *sorted(quarter for quarter in self.glyphs if quarter != main)]
        return tuple(self._sheet(number, quarter, rules=quarter == main) for quarter in order)

    def _sheet(self, number: int, quarter: int, *, rules: bool) -> Sheet:
        size = (self.height, self.width) if quarter % 2 else (self.width, self.height)
        drawn = [self._turned(rule, quarter) for rule in self.rules] if rules else []
        glyphs = tuple(self.glyphs.get(quarter, ()))
        return Sheet(number, size[0] * POINTS, size[1] * POINTS, glyphs, tuple(drawn), quarter)

    def _turned(self, rule: tuple[float, float, float, float], quarter: int) -> Rule:
        (ax, ay), (bx, by) = self._place(rule[0], rule[1], quarter), self._place(rule[2], rule[3], quarter)
        return Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _place(self, x: float, y: float, quarter: int) -> tuple[float, float]:
        """The point, in points, on the page after clockwise quarter turns."""
        if quarter == 1:
            x, y = self.height - y, x
        elif quarter == 2:
            x, y = self.width - x, self.height - y
        elif quarter == 3:
            x, y = y, self.width - x
        return x * POINTS, y * POINTS

    def _text(self, node: etree._Element) -> Iterator[tuple[int, Glyph]]:
        """The glyphs of a text object with their quarter."""
        left, top, _, height = _boundary(node)
        a, b, c, d, e, f = _ctm(node)
        type_size = _number(node, "Size") or _number(node, "size") or height  # some writers misspell it
        angle = math.degrees(math.atan2(b, a))
        quarter = round(-angle / 90) % 4
        if abs(angle / 90 - round(angle / 90)) * 90 > LEANING:
            return
        size = type_size * math.hypot(c, d)
        wide = type_size * math.hypot(a, b) * (_number(node, "HScale") or 1)
        bold = (_number(node, "Weight") or 400) >= 600
        for char, x, y in _codes(node):
            px, py = left + a * x + c * y + e, top + b * x + d * y + f
            if not (0 <= px <= self.width and 0 <= py <= self.height + size):
                continue
            x0, base = self._place(px, py, quarter)
            advance = wide * POINTS * (0.5 if NARROW.match(char) or char == " " else 1.0)
            yield quarter, Glyph(char, x0, x0 + advance, base, round(size * POINTS, 2), bold)


def _codes(node: etree._Element) -> Iterator[tuple[str, float, float]]:
    """Each character of a text object with its place in it."""
    x = y = 0.0
    for code in node.iter():
        if local(code) != "TextCode":
            continue
        text = (code.text or "").replace("\n", "").replace("\r", "").replace("\t", "")
        x = _number(code, "X") if code.get("X") else x
        y = _number(code, "Y") if code.get("Y") else y
        across, down = (list(_deltas(code.get(name, ""), len(text))) for name in ("DeltaX", "DeltaY"))
        for index, char in enumerate(text):
            yield char, x, y
            x += across[index] if index < len(across) else 0.0
            y += down[index] if index < len(down) else 0.0


def _deltas(words: str, most: int) -> Iterator[float]:
    """The steps from character to character, no more than `most`; `g 3 5.2` stands for 5.2 5.2 5.2."""
    tokens = iter(words.split())
    count = 0
    for token in tokens:
        times = 1
        if token == "g":
            times = int(_float(next(tokens, "0")))
            token = next(tokens, "0")
        for _ in range(min(max(times, 0), most - count)):
            yield _float(token)
            count += 1
        if count >= most:
            return


def _rules(node: etree._Element) -> Iterator[tuple[float, float, float, float]]:
    """The straight level and upright lines of a path, in millimetres; a thin filled box is one."""
    stroke, fill = node.get("Stroke") != "false", node.get("Fill") == "true"
    if not stroke and not fill:
        return
    left, top, _, _ = _boundary(node)
    a, b, c, d, e, f = _ctm(node)
    data = next((child.text for child in node if local(child) == "AbbreviatedData" and child.text), "")
    for figure in _figures(data):
        points = [(left + a * x + c * y + e, top + b * x + d * y + f) for x, y in figure]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if min(max(xs) - min(xs), max(ys) - min(ys)) <= 1.0:
            yield min(xs), min(ys), max(xs), max(ys)
        elif stroke:
            for (ax, ay), (bx, by) in itertools.pairwise(points):
                if min(abs(ax - bx), abs(ay - by)) <= 0.2:
                    yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _figures(data: str) -> Iterator[list[tuple[float, float]]]:
    """The figures of abbreviated path data that have straight sides only."""
    figure: list[tuple[float, float]] = []
    straight = True
    tokens = iter(STEP.findall(data))
    for token in tokens:
        if token not in OPERANDS:
            continue
        values = [_float(next(tokens, "0")) for _ in range(OPERANDS[token])]
        if token in "MS":
            if len(figure) > 1 and straight:
                yield figure
            figure, straight = [(values[0], values[1])], True
        elif token == "L":
            figure.append((values[0], values[1]))
        elif token == "C":
            figure.extend(figure[:1])
        else:
            straight = False
    if len(figure) > 1 and straight:
        yield figure


def _seen(node: etree._Element) -> bool:
    """Whether lettering is visible: not hidden, transparent, unfilled or white."""
    if node.get("Visible") == "false" or node.get("Alpha") == "0":
        return False
    if node.get("Fill") == "false" and node.get("Stroke") != "true":
        return False
    fill = next((child for child in node if local(child) == "FillColor"), None)
    if fill is None:
        return True
    parts = numbers(fill.get("Value", ""))
    return fill.get("Alpha") != "0" and not (len(parts) == 3 and min(parts) >= WHITE)


def _boundary(node: etree._Element) -> tuple[float, float, float, float]:
    box = numbers(node.get("Boundary", ""))
    return (box[0], box[1], box[2], box[3]) if len(box) >= 4 else (0.0, 0.0, 0.0, 0.0)


def _ctm(node: etree._Element) -> Matrix:
    m = numbers(node.get("CTM", ""))
    return (m[0], m[1], m[2], m[3], m[4], m[5]) if len(m) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _number(node: etree._Element, name: str) -> float:
    found = numbers(node.get(name, ""))
    return found[0] if found else 0.0


def _float(token: str) -> float:
    match = NUMBER.fullmatch(token)
    value = float(token) if match else 0.0
    return value if math.isfinite(value) else 0.0


def numbers(words: str) -> list[float]:
    """The numbers in an attribute."""
    return [_float(token) for token in words.split()]


def local(node: etree._Element) -> str:
    """The tag of an element without its namespace; empty for comments."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
