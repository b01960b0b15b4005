"""Which lines begin a paragraph, by their indent and by how far the line before them reaches."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from extractor.lexicon.layout import layout as wording
from extractor.markers import CIRCLED, starts_clause
from extractor.sources.pages import Layout, Row

FIRST_LINE = (1.4, 2.7)  # type sizes; GB/T 9704-2012, 7.3.3: each paragraph begins two characters in
AT_MARGIN = 0.6
SHORT = (
    1.2  # type sizes that a line lacks to the right edge, its next word apart, when its paragraph ends there
)
BLOCK = 2.0  # the same in a text whose paragraphs are not indented
SPACED = 1.6  # of the usual distance of lines; a wider one parts paragraphs
APART = 1.2  # the same in a text whose paragraphs are all set apart
EXACT = 0.3  # type sizes that a line lacks at most that ends at the very edge
HANGS = 0.5  # type sizes by which a stop at the end of other lines may stand over the edge
FULL, ENDED = 1.2, 4.0  # type sizes that a line lacks at most when it is full, at least when a paragraph ends
FEWEST_STEPS, FEWEST_ENDS, SURE = 5, 3, 0.85  # lines that tell the distances, and the share that must agree
UNSTOPPED = 6.0  # the same where no stop ends it
CENTRED = 1.0
OTHER_SIZE = 1.12
WIDEST = (
    0.6  # of the widest lines: a frame is no narrower (on a page of few lines the short ones share an edge)
)
OTHER_HEIGHT = 1.25  # the same where the size is only measured, on a scan
HANGING = 0.5  # type sizes between a line and the words above it under which it is set
LISTED = re.compile(r"附\s?件\s?[：:]\s?(?:[0-9]{1,2}\s?[.．、]\s?)?(?=\S)")  # 附件：1.|任务分工清单
# what stays on one line: 2023, （镇）, 〔2022〕28, 报，
WORD = re.compile(r"[（〔《〈“‘]{0,3}(?:[!-~‰]+|.)[，。、；：！？）》〉”’」】〕%!-~‰]*")
STOPS = (
    "。；！？：;"  # after which a marker at the margin may begin a clause of a paragraph that is not indented
)


_EVERY = 2  # pages of both sides


class Frame(NamedTuple):
    """Left and right edge of the text of a column."""

    left: float
    right: float


class Frames:
    """The edges of the text on each page, and whether paragraphs are indented at all."""

    def __init__(self, layouts: Sequence[Layout]) -> None:
        groups: dict[tuple[int, int, int], list[Row]] = defaultdict(list)
        for layout in layouts:
            for key in _keys(layout):
                groups[key].extend(row for row in _rows(layout) if row.frame is None)
        self.size = body_size(row for layout in layouts for row in _rows(layout))
        self._frames = {
            key: frame for key, rows in groups.items() if (frame := _frame(rows, self.size)) is not None
        }
        for key in [key for key in self._frames if self._is_of_indents(key)]:
            del self._frames[key]
        self._layouts = {layout.number: layout for layout in layouts}
        rows = [row for layout in layouts for row in _rows(layout)]
        steps = [(row.box.x0 - frame.left) / row.size for row in rows if (frame := self.of(row)) and row.size]
        self.leading = self._leading(rows)
        self.spaced = self._is_spaced(rows)
        self.indented = (
            sum(FIRST_LINE[0] <= step <= FIRST_LINE[1] for step in steps) >= 2
            and sum(abs(step) < AT_MARGIN for step in steps) >= 2
        )

    def _is_of_indents(self, key: tuple[int, int, int]) -> bool:
        """Whether the left edge of a side's few lines is the indent of paragraphs, as the other pages tell.

        The margins of facing pages are mirrored: there both edges lie further right.
        """
        frame, every = self._frames[key], self._frames.get((*key[:2], _EVERY))
        if every is None or not self.size:
            return False
        step = (frame.left - every.left) / self.size
        return FIRST_LINE[0] <= step <= FIRST_LINE[1] and frame.right < every.right + AT_MARGIN * self.size

    def of(self, row: Row) -> Frame | None:
        """The column's edges, those of pages of this size and side, or of this size."""
        if row.frame is not None:
            return Frame(*row.frame)
        return next((self._frames[k] for k in _keys(self._layouts[row.page]) if k in self._frames), None)

    def _leading(self, rows: Sequence[Row]) -> float:
        """The usual distance on a page from a full line to the next one, which goes on with its paragraph."""
        steps = [_step(before, after) for before, after in _neighbours(rows) if self._lack(before) < FULL]
        return median(steps) if len(steps) >= FEWEST_STEPS else 0.0

    def _is_spaced(self, rows: Sequence[Row]) -> bool:
        """Whether paragraphs are set apart: a line that ends far from the edge is followed by blank space."""
        apart = [
            _step(before, after) > APART * self.leading
            for before, after in _neighbours(rows)
            if self._lack(before) > ENDED and before.text.rstrip()[-1:] in STOPS
        ]
        return self.leading > 0 and len(apart) >= FEWEST_ENDS and sum(apart) >= SURE * len(apart)

    def _lack(self, row: Row) -> float:
        """How many type sizes a line lacks to the right edge; not known: neither full nor ended."""
        frame = self.of(row)
        same = row.size and 1 / OTHER_HEIGHT < row.size / (self.size or row.size) < OTHER_HEIGHT
        return _lack(row, frame) if frame and same else (FULL + ENDED) / 2


def _keys(layout: Layout) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    width, height = round(layout.width), round(layout.height)
    return (width, height, layout.number % 2), (width, height, _EVERY)


def _rows(layout: Layout) -> Iterable[Row]:
    return (block for block in layout.blocks if isinstance(block, Row))


def body_size(rows: Iterable[Row]) -> float:
    """The type size of most characters."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size * 2) / 2] += len(row.text)
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 0.0


def _frame(rows: Sequence[Row], size: float) -> Frame | None:
    """The outermost edges that three lines share; none where they are within those of other lines."""
    body = [row for row in rows if row.size < OTHER_SIZE * size and row.size > size / OTHER_SIZE]
    left = _shared(sorted(row.box.x0 for row in body), 0.5 * size)
    right = _shared(sorted(-row.box.x1 for row in body), 0.8 * size)
    if left is None or right is None:
        return None
    before = ((left - row.box.x0) / size for row in body) if size else ()
    if sum(FIRST_LINE[0] <= step <= FIRST_LINE[1] for step in before) > 1:
        return None  # what they share is the indent of paragraphs
    widest = max(row.box.x1 for row in body) - min(row.box.x0 for row in body)
    return Frame(left, -right) if -right - left > WIDEST * widest else None


def _neighbours(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Each line of a page with the one below it."""
    for before, after in itertools.pairwise(rows):
        if before.page == after.page and after.box.top > before.box.top:
            yield before, after


def _step(before: Row, after: Row) -> float:
    return after.box.top - before.box.top


def _shared(values: Sequence[float], within: float) -> float | None:
    return next((values[i] for i in range(len(values) - 2) if values[i + 2] - values[i] <= within), None)


def begins(row: Row, before: Row | None, frames: Frames) -> bool | None:
    """Whether the line begins a paragraph; None where its place does not tell."""
    frame = frames.of(row)
    if before is None or frame is None or not row.size:
        return None
    other = OTHER_SIZE if row.confidence is None else OTHER_HEIGHT
    if not 1 / other < row.size / (before.size or row.size) < other:
        return True
    indent, lack = (row.box.x0 - frame.left) / row.size, (frame.right - row.box.x1) / row.size
    earlier = frames.of(before) or frame
    ended = _ended(before, earlier, row, UNSTOPPED if frames.indented else BLOCK)
    if row.page == before.page and row.box.top - before.box.top > SPACED * frames.leading > 0:
        return True
    if _hangs(row, before):
        return False
    if frames.spaced and row.page == before.page and row.box.top > before.box.top:
        if _step(before, row) > APART * frames.leading:
            return True
        return None if starts_clause(row.text.lstrip()) else False
    if _is_centred(indent, lack):
        return _in_title(row, before, earlier, frames.size)
    if FIRST_LINE[0] <= indent <= FIRST_LINE[1]:
        level = abs((row.box.x0 - frame.left) - (before.box.x0 - earlier.left)) < 0.4 * row.size
        return None if (level and not ended) or not frames.indented else True
    if abs(indent) < AT_MARGIN:
        if ended:
            return True
        stopped, marked = before.text.rstrip()[-1:] in STOPS + "）)", starts_clause(row.text.lstrip())
        if frames.indented:
            counted = row.text.lstrip()[:1] in CIRCLED[1:]  # ② begins no paragraph without its indent
            return (
                None
                if stopped and marked and not (counted and _lack(before, earlier) < FULL + HANGS)
                else False
            )
        # few paragraphs end at the very edge; many more sentences within one do
        open_ended = not stopped or (
            _lack(before, earlier) < EXACT and before.text.rstrip()[-1:] not in "：:"
        )
        return None if marked or not open_ended or _titled(before) else False
    return None


def _hangs(row: Row, before: Row) -> bool:
    """Whether the line goes on with a title in a list of annexes, and is set under its first word.

    GB/T 9704-2012, 7.3.4: a title over several lines is aligned behind 附件： and its number.
    """
    opening = LISTED.match(before.text.lstrip())
    if opening is None or row.page != before.page or not row.size or starts_clause(row.text.lstrip()):
        return False
    complete = wording().title_end.search(before.text.strip()) or wording().form_title.fullmatch(
        before.text.strip()
    )
    words = opening[0].replace(" ", "")
    behind = before.box.x0 + row.size * sum(0.5 if char.isascii() else 1.0 for char in words)
    return not complete and abs(row.box.x0 - behind) < HANGING * row.size


def _is_centred(indent: float, lack: float) -> bool:
    return indent > AT_MARGIN and lack > CENTRED and abs(indent - lack) < 2 * CENTRED


def _in_title(row: Row, before: Row, frame: Frame, size: float) -> bool | None:
    """False where a centred line goes on with the title above it: large type, set close."""
    if row.size < OTHER_SIZE * size or row.page != before.page or row.text.startswith(("（", "(", "附件")):
        return None
    centre = (before.box.x0 + before.box.x1) / 2 - (frame.left + frame.right) / 2
    near = row.box.top - before.box.bottom < row.size
    ends = wording().title_end
    complete = ends.search(before.text.strip()) is not None and not ends.search(row.text.strip())
    return False if near and abs(centre) < CENTRED * row.size and not complete else None


def _titled(row: Row) -> bool:
    return "，" not in row.text and wording().title_end.search(row.text.strip()) is not None


def _lack(row: Row, frame: Frame) -> float:
    """How many type sizes the line lacks to the right edge."""
    return (frame.right - row.box.x1) / row.size


def _ended(before: Row, frame: Frame, row: Row, unstopped: float) -> bool:
    """Whether the line before ends its paragraph: the first word of this one would have had room on it."""
    return _lack(before, frame) > first_word(row.text) + (
        SHORT if before.text.rstrip()[-1:] in STOPS else unstopped
    )


def first_word(words: str) -> float:
    """The width, in type sizes, of the word at the start of a line that cannot be parted."""
    word = WORD.match(words)
    return sum(0.5 if char.isascii() else 1.0 for char in word[0]) if word else 1.0
