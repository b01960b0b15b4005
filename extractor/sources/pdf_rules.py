"""The ruled lines, shaded boxes and pictures of a PDF page, by PDFium, in the file's own coordinates."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extractor.sources.pages import Rule

THIN = 3.0  # points; a filled box this thin is a rule
WHITE = 0xF8
DEEPEST = 8  # forms in forms
MOST_OBJECTS = 200_000  # on one page


class Drawn(NamedTuple):
    """Rules of a page, the shaded boxes on it, and how much of it pictures cover (0..1)."""

    rules: tuple[Rule, ...]
    shades: tuple[Rule, ...]
    pictured: float


Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def drawn_on(page: pdfium.PdfPage) -> Drawn:
    """What is drawn on a page. A rule's `top` is its lower edge here: the file counts from below."""
    left, bottom, right, top = page.get_bbox()
    rules: list[Rule] = []
    shades: list[Rule] = []
    area = 0.0
    for kind, owner, matrix in _objects(page):
        if kind == c.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(owner, matrix)
            wide = max(0.0, min(box.x1, right) - max(box.x0, left))
            high = max(0.0, min(box.bottom, top) - max(box.top, bottom))
            area += wide * high
        else:
            _add_path(owner, matrix, rules, shades)
    return Drawn(tuple(rules), tuple(shades), min(1.0, area / max(1.0, (right - left) * (top - bottom))))


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[int, Any, Matrix]]:
    """Paths and pictures, also those in forms, with the matrix that leads to the page."""
    stack: list[tuple[Any, Matrix, int]] = []
    for index in range(min(c.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        stack.append((c.FPDFPage_GetObject(page, index), IDENTITY, 0))
        while stack:
            owner, matrix, depth = stack.pop()
            kind = c.FPDFPageObj_GetType(owner)
            if kind in (c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE):
                yield kind, owner, matrix
            elif kind == c.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                inner = _times(_matrix(owner), matrix)
                count = min(c.FPDFFormObj_CountObjects(owner), MOST_OBJECTS)
                stack += [(c.FPDFFormObj_GetObject(owner, i), inner, depth + 1) for i in range(count)]


def _matrix(owner: Any) -> Matrix:
    m = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(owner, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, cc, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r, a * q + b * s, cc * p + d * r, cc * q + d * s, e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _bounds(owner: Any, matrix: Matrix) -> Rule:
    """The box of an object, `top` below `bottom` as the file counts."""
    sides = [ctypes.c_float() for _ in range(4)]
    c.FPDFPageObj_GetBounds(owner, *sides)
    left, low, right, high = (side.value for side in sides)
    return _span(_at(x, y, matrix) for x, y in ((left, low), (right, low), (left, high), (right, high)))


def _at(x: float, y: float, m: Matrix) -> tuple[float, float]:
    return x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]


def _span(points: Iterable[tuple[float, float]]) -> Rule:
    xs, ys = zip(*points, strict=True)
    return Rule(min(xs), min(ys), max(xs), max(ys))


def _add_path(owner: Any, matrix: Matrix, rules: list[Rule], shades: list[Rule]) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(owner, fill, stroke)
    filled = fill.value != 0 and _visible(colour_of(owner, stroke=False))
    stroked = stroke.value != 0 and _visible(colour_of(owner, stroke=True))
    if not filled and not stroked:
        return
    box = _bounds(owner, matrix)
    clip = _clip(owner, matrix)
    narrow = min(box.x1 - box.x0, box.bottom - box.top) <= THIN
    if narrow:
        rules.extend(_inside([box], clip))
        return
    if filled:
        shades.extend(_inside([box], clip))
    count = c.FPDFPath_CountSegments(owner)
    if count > MOST_OBJECTS or (not stroked and count <= 6):
        return
    whole = _times(_matrix(owner), matrix)
    for figure in _figures(owner, whole, count):
        rules.extend(_inside(_sides(figure, stroked=stroked), clip))


def _clip(owner: Any, matrix: Matrix) -> Rule | None:
    """The box to which an object is clipped; None where it is not."""
    path = c.FPDFPageObj_GetClipPath(owner)
    box: Rule | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(max(0, c.FPDFClipPath_CountPaths(path)), DEEPEST)) if path else ():
        points: list[tuple[float, float]] = []
        for number in range(min(c.FPDFClipPath_CountPathSegments(path, index), MOST_OBJECTS)):
            segment = c.FPDFClipPath_GetPathSegment(path, index, number)
            c.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(_at(x.value, y.value, matrix))
        if points:
            box = _span(points) if box is None else _cut(_span(points), box)
    return box


def _cut(rule: Rule, by: Rule) -> Rule:
    return Rule(max(rule.x0, by.x0), max(rule.top, by.top), min(rule.x1, by.x1), min(rule.bottom, by.bottom))


def _inside(rules: Iterable[Rule], clip: Rule | None) -> Iterator[Rule]:
    """The rules as far as they are not clipped away."""
    for rule in rules:
        seen = rule if clip is None else _cut(rule, clip)
        if seen.x1 >= seen.x0 and seen.bottom >= seen.top:
            yield seen


def _visible(colour: tuple[int, int, int, int]) -> bool:
    return colour[3] > 8 and any(part < WHITE for part in colour[:3])


Figure = list[tuple[float, float]]


def _figures(owner: Any, matrix: Matrix, count: int) -> Iterator[Figure]:
    """The figures of a path, each as the points that straight lines join; what has curves is no rule."""
    x, y = ctypes.c_float(), ctypes.c_float()
    figure: Figure = []
    curved = False
    for index in range(count):
        segment = c.FPDFPath_GetPathSegment(owner, index)
        kind = c.FPDFPathSegment_GetType(segment)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        point = _at(x.value, y.value, matrix)
        if kind == c.FPDF_SEGMENT_MOVETO:
            if len(figure) > 1 and not curved:
                yield figure
            figure, curved = [point], False
            continue
        curved = curved or kind == c.FPDF_SEGMENT_BEZIERTO
        figure.append(point)
        if c.FPDFPathSegment_GetClose(segment) and not curved:
            figure.append(figure[0])
    if len(figure) > 1 and not curved:
        yield figure


def _sides(figure: Figure, *, stroked: bool) -> Iterator[Rule]:
    """The upright and level sides of a figure; the figure itself where it is thin and filled."""
    whole = _span(figure)
    if min(whole.x1 - whole.x0, whole.bottom - whole.top) <= THIN:
        yield whole
        return
    if not stroked:
        return
    for a, b in itertools.pairwise(figure):
        side = _span((a, b))
        if min(side.x1 - side.x0, side.bottom - side.top) <= 0.5:
            yield side


def colour_of(owner: Any, *, stroke: bool) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity (0..255) with which an object is filled or, with `stroke`, drawn."""
    parts = [ctypes.c_uint(0) for _ in range(3)] + [ctypes.c_uint(255)]
    get = c.FPDFPageObj_GetStrokeColor if stroke else c.FPDFPageObj_GetFillColor
    get(owner, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha
