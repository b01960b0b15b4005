"""How a source breaks its lines: where they end, and whether paragraphs are indented."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from extractor.model import Line

ENDS = "。！？；：…"
MIN_WIDTH, MAX_WIDTH = 12.0, 60.0
INDENT = 2  # characters, as offices set it
INDENTED, FLUSH = 0.04, 0.15  # the least share of lines of each sort where indents tell paragraphs


class Shape(NamedTuple):
    """How a source breaks its lines. None and False: it does not show.

    `width` is where most lines end, in Chinese characters; `characters` the same where lines are cut after a
    number of characters whatever their width; `indented` tells that each paragraph begins with an indent.
    """

    width: float | None = None
    characters: int | None = None
    indented: bool = False


def shape_of(lines: list[Line]) -> Shape:
    """How the lines of a hard-wrapped text are broken.

    It wraps where at least two in five lines end without a full stop and most of those are equally wide, or
    where one in five has one width and next to none is wider.
    """
    measured = [(line, words, display_width(words)) for line in lines if (words := line.text.strip())]
    loose = [
        (len(words), size)
        for line, words, size in measured
        if line.cell is None and words[-1] not in ENDS and len(words) >= MIN_WIDTH
    ]
    sizes = sorted(size for _, size in loose if MIN_WIDTH <= size <= MAX_WIDTH)
    if len(sizes) < 5:
        return _short(lines)
    width = sizes[int(len(sizes) * 0.75)]
    near = sum(size >= width * 0.85 for size in sizes)
    common = Counter(map(round, sizes)).most_common(1)[0][0]
    peak = sum(abs(size - common) <= 1 for size in sizes)
    beyond = sum(size > common + 2 for _, _, size in measured)
    if peak >= 0.6 * len(sizes) and peak >= 0.2 * len(lines) and beyond <= 0.03 * len(lines):
        width, near = common, len(sizes)
    elif len(sizes) < 0.4 * len(lines):
        return _short(lines)
    length, times = Counter(length for length, _ in loose).most_common(1)[0]
    indents = [size for line, _, size in measured if line.text[0] == " "]
    long = sum(size >= width * 0.85 for size in indents)  # no mere centred titles
    return Shape(
        width if near >= 0.6 * len(sizes) else None,
        length if times >= 0.25 * len(loose) else None,
        INDENTED * len(lines) <= len(indents) <= (1 - FLUSH) * len(lines) and 3 * long >= len(indents) > 2,
    )


def _short(lines: list[Line]) -> Shape:
    """The shape of few lines: paragraphs are indented, and three lines or more are as long as the longest."""
    words = [line.text.rstrip() for line in lines if line.cell is None]
    indented = [each for each in words if each[0] == " "]
    lengths = [len(each.lstrip()) + indent_of(each) for each in words]
    most = max(lengths, default=0)
    full = [each for each, length in zip(words, lengths, strict=True) if length == most]
    cut = sum(each[-1] not in ENDS for each in full)
    if (
        len(indented) >= 3
        and len(indented) < len(words)
        and MIN_WIDTH <= most <= MAX_WIDTH
        and len(full) >= 3
        and 2 * cut > len(full)
    ):
        return Shape(characters=most, indented=True)
    return Shape()


def display_width(words: str) -> float:
    """Width in Chinese characters: Latin letters and digits count half."""
    return len(words) - 0.5 * len(words.encode("ascii", "ignore"))


def indent_of(words: str) -> int:
    """Characters of the indent that one space stands for here."""
    return INDENT if words[0] == " " else 0
