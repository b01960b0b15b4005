"""What stands on a page, whatever format it came from, and how it becomes lines in reading order.

glyphs and rules (PDF, OFD) or recognised lines (scans) → `Row` → columns and tables → `Line`. Lengths are
points, the origin is at the top left of the page as it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from extractor.model import Box


class Glyph(NamedTuple):
    """One character as it is drawn. `base` is its baseline, `size` its type size."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    confidence: float | None = None  # 0..1, where it was recognised optically


class Rule(NamedTuple):
    """A drawn line, horizontal or vertical, or a thin box that serves as one."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as its format gives it. `turns` quarter turns, clockwise, were made so that it can be read.

    `width` and `height` are those of the page so turned; glyphs and rules stand as read.
    """

    number: int  # from 1
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    rules: tuple[Rule, ...] = ()
    turns: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line of one column or cell."""

    text: str
    box: Box
    size: float
    page: int
    bold: bool = False
    confidence: float | None = None
    frame: tuple[float, float] | None = None  # left and right edge of the column it stands in


class PartCell(NamedTuple):
    """A cell of the part of a table that stands on one page. Row and column count from 0 in the part.

    `width` is what a line of words may fill.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    rows: tuple[Row, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Part:
    """A table, or the part of one that a page holds. `edges` are the borders of its columns."""

    cells: tuple[PartCell, ...]
    box: Box
    edges: tuple[float, ...]
    page: int


Block = Row | Part


class Layout(NamedTuple):
    """The blocks of a page in reading order.

    `rest` is the uppermost frame that has words in one column only. It is no table of its own, and its lines
    stand among the blocks; but so a row goes on of which the page before held all but one cell.

    So that it could be read the page was cut out of its picture, turned by `turns` quarters, clockwise, and
    then, about its middle, by `angle` degrees counter-clockwise. `back` is the projection to that picture, a
    matrix of 3 × 3, row by row; None where the page fills its picture.
    """

    number: int
    width: float
    height: float
    blocks: tuple[Block, ...]
    turns: int = 0
    angle: float = 0.0
    back: tuple[float, ...] | None = None
    rest: Part | None = None
