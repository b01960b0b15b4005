"""Lines as they are found on a level page → whole lines, and each by itself.

The net that finds lines sometimes leaves out what ends one: the 二 of 二、保障措施, a full stop. A clause
would lose its number, a sentence its end; so a line is made longer by the ink next to it that no other holds.
And it sometimes takes two for one, across the gutter between columns; so a line is parted at a wide blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np

from extractor.model import Box
from extractor.sources.pages import Rule
from extractor.sources.scan_image import Picture

Corners = np.ndarray[Any, np.dtype[np.float32]]  # 4 × 2, pixels, clockwise from the top left

# All in heights of the line:
NEXT = 0.45  # from a line to ink that belongs to it, and between its parts
REACH = 4.0  # that a line is made longer at most, either way
BLANK = 1.3  # within a line, that parts it; a character left out between two others is narrower
LEAST = 0.012  # squared: ink below which it is dirt
MARGIN = 0.06  # of white round it
DOT = (2, 2)  # pixels that hold no dot of a halftone, and any stroke of type
CLEAR = 3  # pixels from a rule, which is no ink
HALFWAY, NO_PAPER = 0.5, 0.25  # from paper to ink: as dark as ink is; darker than paper ever is
FAINT = 40  # between ink and paper, 0..255, below which nothing can be told


class Gap(NamedTuple):
    """What is free beside a line: columns `x0` to `x1` of its rows, pixels."""

    x0: int
    x1: int


def parted(picture: Picture, lines: Sequence[Corners]) -> list[Corners]:
    """The lines, as two or more where they are blank between; lines set from top to bottom as they are."""
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return [part for line in lines for part in _parts(gray, line)]


def _parts(gray: Picture, line: Corners) -> Iterator[Corners]:
    box = _around(line)
    wide, high = box.x1 - box.x0, box.bottom - box.top
    first, margin = max(0, round(box.x0)), MARGIN * high
    own = _ink(gray, box, NO_PAPER)[:, first : max(0, round(box.x1))]
    inked = np.flatnonzero(own.any(axis=0))
    if wide < high or not len(inked):
        yield line
        return
    columns = np.concatenate(([-1], inked, [own.shape[1]]))
    for run in np.split(columns, np.flatnonzero(np.diff(columns) > BLANK * high) + 1):
        x0 = box.x0 if run[0] == columns[0] else first + run[0] - margin
        x1 = box.x1 if run[-1] == columns[-1] else first + run[-1] + 1 + margin
        if len(run) > 1 or 0 <= run[0] < columns[-1]:
            yield line if (x0, x1) == (box.x0, box.x1) else _longer(line, box.x0 - x0, x1 - box.x1)


def whole(picture: Picture, lines: Sequence[Corners], rules: Sequence[Rule]) -> list[Corners]:
    """The lines, longer where ink goes on beyond their ends; lines set from top to bottom as they are."""
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    around = [_around(line) for line in lines]
    walls = [
        Box(r.x0 - CLEAR, r.top, r.x1 + CLEAR, r.bottom) for r in rules if r.bottom - r.top > r.x1 - r.x0
    ]
    made = []
    for line, box in zip(lines, around, strict=True):
        wide, high = box.x1 - box.x0, box.bottom - box.top
        if wide < high:
            made.append(line)
            continue
        left, right = _beside(box, [*(other for other in around if other is not box), *walls], gray.shape[1])
        ink = _ink(gray, box, HALFWAY)
        more = _more(ink[:, left.x0 : left.x1][:, ::-1], high), _more(ink[:, right.x0 : right.x1], high)
        made.append(_longer(line, *more))
    return made


def _beside(box: Box, others: Sequence[Box], width: int) -> tuple[Gap, Gap]:
    """What is free to the left and to the right of a line, as far as it may reach."""
    high, middle, centre = box.bottom - box.top, (box.top + box.bottom) / 2, (box.x0 + box.x1) / 2
    left, right = box.x0 - REACH * high, box.x1 + REACH * high
    for other in others:
        if other.top < middle < other.bottom or box.top < (other.top + other.bottom) / 2 < box.bottom:
            if (other.x0 + other.x1) / 2 < centre:
                left = max(left, other.x1)
            else:
                right = min(right, other.x0)
    x0, x1 = min(width, max(0, round(box.x0))), min(width, max(0, round(box.x1)))
    return Gap(min(x0, max(0, round(left))), x0), Gap(x1, max(x1, min(width, round(right))))


def _ink(gray: Picture, box: Box, share: float) -> Any:
    """Where the rows of a line are darker than this share of the way from paper to ink, dots left out."""
    top, bottom = max(0, round(box.top)), max(0, round(box.bottom))
    rows = gray[top:bottom]
    own = rows[:, max(0, round(box.x0)) : max(0, round(box.x1))]
    if own.size == 0:
        return np.zeros(rows.shape, bool)
    paper, dark = float(np.median(own)), float(np.percentile(own, 2))
    found = (rows < (paper - share * (paper - dark) if paper - dark >= FAINT else -1)).astype(np.uint8)
    return cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones(DOT, np.uint8)) > 0


def _more(beside: Any, high: float) -> float:
    """How far ink goes on in what lies beside a line, read away from it."""
    end, ink = 0, beside.sum(axis=0)
    for x in np.flatnonzero(ink):
        if x - end > NEXT * high:
            break
        end = int(x) + 1
    return end + MARGIN * high if ink[:end].sum() >= LEAST * high**2 else 0.0


def _longer(line: Corners, left: float, right: float) -> Corners:
    """The line made longer along its edges."""
    along = line[1] - line[0]
    along = along / max(1.0, float(np.linalg.norm(along)))
    made: Corners = line + np.stack([-left * along, right * along, right * along, -left * along])
    return made.astype(np.float32)


def _around(line: Corners) -> Box:
    (x0, top), (x1, bottom) = line.min(axis=0), line.max(axis=0)
    return Box(float(x0), float(top), float(x1), float(bottom))
