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

Picture = np.ndarray[Any, np.dtype[np.uint8]]

SKEW = 4.0  # degrees that are searched to either side
FINE = 0.1
SMALL = 900  # pixels of the picture that the skew is measured on
RED = 50  # by which red must exceed green and blue
LEAST_RED = 0.0005  # of a page with a seal
SEAL = (0.1, 0.4)  # of the page's width; seals are 38 to 45 mm wide on 210 mm
ROUND = (0.65, 1.5)  # width to height of a seal
DARK = 140
LEAST_INK = 30  # pixels, below which it is dirt
THICK = 0.006  # of the page's width; a ruled line is thinner
SHORTEST = 0.045  # of the page's width; a ruled line is longer


class Upright(NamedTuple):
    """A picture turned so that its lines are level, and by how many degrees counter-clockwise."""

    picture: Picture
    angle: float


def upright(picture: Picture) -> Upright:
    """The picture turned by its skew, measured where the rows of ink stand out most."""
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, SMALL / max(gray.shape))
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (small < min(160, int(small.mean()) - 20)).astype(np.float32)
    if ink.mean() < 0.002:
        return Upright(picture, 0.0)
    angle = max(_angles(0.0, SKEW, 0.5), key=lambda a: _contrast(ink, a))
    angle = max(_angles(angle, 0.4, FINE), key=lambda a: _contrast(ink, a))
    if abs(angle) < FINE:
        return Upright(picture, 0.0)
    return Upright(_rotated(picture, angle, (255, 255, 255)), angle)


def _angles(middle: float, reach: float, step: float) -> list[float]:
    count = round(reach / step)
    return sorted((middle + step * i for i in range(-count, count + 1)), key=abs)


def _contrast(ink: Any, angle: float) -> float:
    rows = cv2.reduce(_rotated(ink, angle, 0), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F)
    return float((np.diff(rows, axis=0) ** 2).sum())


def _rotated(picture: Any, angle: float, border: Sequence[float] | float) -> Any:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT,
        borderValue=border,
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
            part = out[y : y + high, x : x + wide]
            lighter = part[..., 0].astype(np.int16)
            part[red[y : y + high, x : x + wide] & (lighter > 120)] = 255
            part[...] = np.where(red[y : y + high, x : x + wide, None], part[..., :1], part)
    return out


def ruled_lines(picture: Picture) -> Iterator[Rule]:
    """The level and upright lines on a picture, in pixels."""
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    length = max(30, int(SHORTEST * gray.shape[1]))
    for size in ((length, 1), (1, length)):
        gap = (3 if size[1] > 1 else 1, 3 if size[0] > 1 else 1)
        bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(gap, np.uint8))
        found = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((size[1], size[0]), np.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats(found)
        for x, y, wide, high, _ in stats[1:count]:
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
