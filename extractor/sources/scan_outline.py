"""A photographed page → the page alone, as a scanner would see it: its corners square, its ground cut off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np

from extractor.sources.scan_image import Picture, reduced

SMALL = 600  # pixels of the picture on which the outline is sought
INK = 15  # pixels of it that type leaves dark at most, one way
SHARE = (0.25, 0.97)  # of the picture that the page fills
STRAIGHT = 0.02  # of its circumference that the outline may be off four straight edges
FILLED = 0.95  # of the four-cornered outline that is page
APART = 40  # by which the page is lighter than what lies round it, 0..255
STRAY = 0.1  # of what lies round it that may be as light as the page
NEAR = 2  # pixels of it from the edge of the picture; a side this near may be cut off there
LEAN = 1.5  # degrees that a side which may be cut off is from square to its neighbours at most

Corners = np.ndarray[Any, np.dtype[np.float32]]  # 4 × 2, pixels, clockwise from the top left


class Flat(NamedTuple):
    """A page seen from above, and the projection (3 × 3) from its pixels to those of the photograph."""

    picture: Picture
    back: np.ndarray[Any, np.dtype[Any]]


def flattened(picture: Picture) -> Flat | None:
    """The page on a photograph that shows it whole, on a darker ground; None for any other picture."""
    corners = outline(picture)
    if corners is None:
        return None
    top, right, bottom, left = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    size = round(max(top, bottom)), round(max(left, right))
    square = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    back = cv2.getPerspectiveTransform(square, corners)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return Flat(cv2.warpPerspective(picture, back, size, flags=flags), back)


def outline(picture: Picture) -> Corners | None:
    """The corners of a page that lies on a darker ground, and is seen whole."""
    gray = reduced(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), SMALL)
    size = gray.shape[::-1]
    _, light = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    sheet = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((INK, INK), np.uint8))
    outlines, _ = cv2.findContours(sheet, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    page = max(outlines, key=cv2.contourArea, default=None)
    if page is None or not SHARE[0] <= cv2.contourArea(page) / gray.size <= SHARE[1]:
        return None
    found = cv2.approxPolyDP(cv2.convexHull(page), STRAIGHT * cv2.arcLength(page, True), True)
    if len(found) != 4 or cv2.contourArea(page) < FILLED * cv2.contourArea(found):
        return None
    ground = cv2.fillConvexPoly(np.ones_like(gray), found, 0) > 0
    if not ground.any():
        return None
    apart = np.median(gray[~ground]) - np.median(gray[ground])
    if apart < APART or np.mean(light[ground] > 0) > STRAY:
        return None
    corners = _clockwise(found.reshape(4, 2).astype(np.float32))
    return None if _is_cut_off(corners, size) else corners * np.float32(max(picture.shape[:2]) / max(size))


def _is_cut_off(corners: Corners, size: Sequence[int]) -> bool:
    """Whether the picture ends before the page does, seen from aside: its own corners are then unknown."""
    ends = np.hstack([corners <= NEAR, corners >= np.subtract(size, 1 + NEAR)])
    sides = np.roll(corners, -1, axis=0) - corners
    lean = np.abs((np.degrees(np.arctan2(sides[:, 1], sides[:, 0])) + 45) % 90 - 45)
    square = np.maximum(np.roll(lean, 1), np.roll(lean, -1)) <= LEAN
    return bool(np.any((ends & np.roll(ends, -1, axis=0)).any(axis=1) & ~square))


def _clockwise(corners: Corners) -> Corners:
    middle = corners - corners.mean(axis=0)
    corners = corners[np.argsort(np.arctan2(middle[:, 1], middle[:, 0]))]
    return np.roll(corners, -int(corners.sum(axis=1).argmin()), axis=0)
