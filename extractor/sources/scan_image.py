"""Pictures of pages made ready for recognition: upright, without seals; and the ruled lines on them.

Pictures are arrays height × width × 3 of bytes, red first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np

from extractor.model import Box
from extractor.sources.pages import Rule

Picture = np.ndarray[Any, np.dtype[Any]]

LARGEST = 3600  # pixels of a page's longer side: A4 at 300 dpi
SKEW = 10.0  # degrees that are searched to either side
FINE = 0.1
LEAST_WRITTEN = 0.002  # of a page that has lines to measure by
SMALL = 900  # pixels of the picture that the skew is measured on
RED = 50  # by which red must exceed green and blue
LEAST_RED = 0.0005  # of a page with a seal
SEAL = (0.1, 0.4)  # of the page's width; seals are 38 to 45 mm wide on 210 mm
ROUND = (0.65, 1.5)  # width to height of a seal
CLEAR = 0.8  # of the red light of a seal; where it throws back less, something dark lies under it
DARK = 140
LEAST_INK = 30  # pixels, below which it is dirt
THICK = 0.006  # of the page's width; a ruled line is thinner
SHORTEST = 0.045  # of the page's width; a ruled line is longer


class Upright(NamedTuple):
    """A picture turned so that its lines are level, and by how many degrees counter-clockwise."""

    picture: Picture
    angle: float


def reduced(picture: Picture, longest: int = LARGEST) -> Picture:
    """The picture, its longer side at most so long; unless told, what recognition has a use for."""
    scale = longest / max(picture.shape[:2])
    if scale >= 1:
        return picture
    size = [max(1, round(scale * side)) for side in picture.shape[1::-1]]
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def upright(picture: Picture) -> Upright:
    """The picture turned by its skew, measured where the rows of ink stand out most."""
    ink = _ink(reduced(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), SMALL))
    ys, xs = (places.astype(np.float32) for places in np.nonzero(ink))
    if len(ys) < LEAST_WRITTEN * ink.size:
        return Upright(picture, 0.0)
    angle = max(_angles(0.0, SKEW, 0.5), key=lambda a: _contrast(xs, ys, a))
    angle = max(_angles(angle, 0.4, FINE), key=lambda a: _contrast(xs, ys, a))
    if abs(angle) < FINE:
        return Upright(picture, 0.0)
    return Upright(_rotated(picture, angle), angle)


def _ink(gray: Picture) -> Picture:
    """255 where a picture is darker than its surroundings, which a shadow is not; else 0."""
    return cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)


def _angles(middle: float, reach: float, step: float) -> list[float]:
    count = round(reach / step)
    return sorted((middle + step * i for i in range(-count, count + 1)), key=abs)


def _contrast(xs: Any, ys: Any, angle: float) -> float:
    """How far neighbouring rows differ in ink, after a turn by `angle` degrees counter-clockwise."""
    turn = np.radians(angle)
    rows = (ys * np.cos(turn) - xs * np.sin(turn)).astype(np.int32)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float((np.diff(counts) ** 2).sum())


def _rotated(picture: Picture, angle: float) -> Picture:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )  # fmt: skip


def without_seals(picture: Picture) -> Picture:
    """The picture with red seals lightened, so that the black under them can be read; red lettering stays."""
    first, second, third = cv2.split(picture)
    red = cv2.subtract(first, cv2.max(second, third)) > RED
    if np.count_nonzero(red) < LEAST_RED * red.size:
        return picture
    width = picture.shape[1]
    reach = max(3, width // 150)
    near = cv2.dilate(red.astype(np.uint8), np.ones((reach, reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(near)
    out = picture.copy()
    for x, y, wide, high, _ in stats[1:count]:
        if SEAL[0] * width <= wide <= SEAL[1] * width and ROUND[0] <= wide / high <= ROUND[1]:
            part, its = out[y : y + high, x : x + wide], red[y : y + high, x : x + wide]
            light = part[..., 0]
            light = np.where(light > CLEAR * np.median(light[its]), 255, light)
            part[its] = light[its, None]
    return out


def ruled_lines(picture: Picture) -> Iterator[Rule]:
    """The level and upright lines on a picture, in pixels."""
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    ink = _ink(gray)
    length = max(30, int(SHORTEST * gray.shape[1]))
    for size in ((length, 1), (1, length)):
        gap = (3 if size[1] > 1 else 1, 3 if size[0] > 1 else 1)
        bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(gap, np.uint8))
        found = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((size[1], size[0]), np.uint8))
        outlines, _ = cv2.findContours(found, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for x, y, wide, high in map(cv2.boundingRect, outlines):
            if min(wide, high) <= THICK * gray.shape[1]:
                yield Rule(float(x), float(y), float(x + wide), float(y + high))


def without_rules(picture: Picture, rules: Sequence[Rule]) -> Picture:
    """The picture with these lines wiped out."""
    out = picture.copy()
    for rule in rules:
        x0, top, x1, bottom = (int(value) for value in rule)
        out[max(0, top - 1) : bottom + 2, max(0, x0 - 1) : x1 + 2] = 255
    return out


def ink_in(picture: Picture, cell: Box) -> Iterator[Box]:
    """The box round what is written in a cell, in pixels; none where it is empty."""
    left, top, right, bottom = (round(value) for value in cell)
    inner = picture[top + 4 : bottom - 4, left + 4 : right - 4]
    if inner.size == 0:
        return
    ink = cv2.morphologyEx(
        (inner.min(axis=2) < DARK).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)
    )
    ys, xs = np.nonzero(ink)
    if len(xs) < LEAST_INK or np.ptp(ys) < 8:
        return
    yield Box(
        float(left + 4 + xs.min() - 3), float(top + 4 + ys.min() - 3),
        float(left + 4 + xs.max() + 4), float(top + 4 + ys.max() + 4),
    )  # fmt: skip
