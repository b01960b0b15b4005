"""Two readings of one notice: a sketch that finds near-equal texts, and where two texts differ.

Only Chinese characters, letters and digits count: readings of one notice differ in spaces, line breaks,
marks of the format and the width of brackets, and say the same. The cost of everything here grows as the
length of the texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_SHINGLE = 8  # characters
_BANDS, _ROWS = 16, 4  # texts that share a tenth less than all still share a band almost surely
_MIX = 0x9E3779B97F4A7C15
_BASE = 0x100000001B3
_WORDS = re.compile(r"[^\W_]+")
# Ａ, ａ and A → a, ９ → 9; ① stays, which a fold to 1 would join to its neighbours
_LETTERS = {ord(big): ord(big.lower()) for big in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_NARROW = {wide: _LETTERS.get(wide - 0xFEE0, wide - 0xFEE0) for wide in range(0xFF10, 0xFF5B)} | _LETTERS
SHOWN = 40  # differences told one by one
_AROUND = 6  # characters told before and after each
_MUCH = 20  # characters


class Folded(NamedTuple):
    """The characters of a text that count, and where each stands in it."""

    text: str
    places: Sequence[int]


class Gap(NamedTuple):
    """Between common stretches: `a[a_start:a_end]` in one text, `b[b_start:b_end]` in another."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def folded(text: str) -> Folded:
    """Characters that say something, full-width letters and digits as half-width ones."""
    places = [place for match in _WORDS.finditer(text) for place in range(*match.span())]
    return Folded(characters(text), places)


def characters(text: str) -> str:
    """The text of `folded`: as long as there are places in it."""
    return "".join(_WORDS.findall(text)).translate(_NARROW)


def sketch(text: str) -> tuple[int, ...]:
    """Numbers of which two near-equal texts share one at least (minima of hashed shingles, in bands).

    () where the text is too short to tell it from others.
    """
    hashes = _hashes(text)
    bins = _BANDS * _ROWS
    if len(hashes) < 2 * bins:
        return ()
    mixed = hashes * np.uint64(_MIX)
    least = np.full(bins, np.iinfo(np.uint64).max, np.uint64)
    np.minimum.at(least, (mixed >> np.uint64(58)).astype(np.int64), mixed)
    bands = least.reshape(_BANDS, _ROWS)
    number = np.zeros(_BANDS, np.uint64)
    for row in range(_ROWS):
        number = (number ^ bands[:, row]) * np.uint64(_BASE)
    return tuple(int(band) >> 1 for band in number)  # fits a signed integer of SQLite


def _hashes(text: str) -> NDArray[np.uint64]:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    number = np.full(max(len(points) - _SHINGLE + 1, 0), 14695981039346656037, np.uint64)
    for shift in range(_SHINGLE):
        number = (number ^ points[shift : shift + len(number)]) * np.uint64(_BASE)
    return number


def gaps(a: str, b: str) -> tuple[Gap, ...]:
    """Where two texts differ, in order; between the gaps they are the same, character by character.

    Stretches that both have, but in another order, are gaps on one side of what stayed.
    """
    found = []
    at_a = at_b = 0
    for start_a, start_b in (*_anchors(a, b), (len(a), len(b))):
        if start_a < at_a or start_b < at_b:
            continue
        while start_a > at_a and start_b > at_b and a[start_a - 1] == b[start_b - 1]:
            start_a, start_b = start_a - 1, start_b - 1
        if start_a > at_a or start_b > at_b:
            found.append(Gap(at_a, start_a, at_b, start_b))
        at_a, at_b = _end(a, b, start_a, start_b)
    return tuple(found)


def _end(a: str, b: str, at_a: int, at_b: int) -> tuple[int, int]:
    """Where the common stretch ends that begins there."""
    while at_a < len(a) and at_b < len(b) and a[at_a] == b[at_b]:
        at_a, at_b = at_a + 1, at_b + 1
    return at_a, at_b


def _anchors(a: str, b: str) -> Iterator[tuple[int, int]]:
    """Both beginnings, and shingles that each text has once, as many as stand in one order in both."""
    ours, theirs = _once(_hashes(a)), _once(_hashes(b))
    common = sorted((place, theirs[value]) for value, place in ours.items() if value in theirs)
    yield 0, 0
    yield from _ascending(common)


def _once(hashes: NDArray[np.uint64]) -> dict[int, int]:
    values, places, counts = np.unique(hashes, return_index=True, return_counts=True)
    return dict(zip(values[counts == 1].tolist(), places[counts == 1].tolist(), strict=True))


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest of the rows in `pairs`, sorted by the first, in which the second ascends too."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        place = bisect_left(tops, second)
        before.append(last[place - 1] if place else -1)
        tops[place : place + 1] = [second]
        last[place : place + 1] = [number]
    found = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def likeness(a: str, b: str, found: Sequence[Gap]) -> float:
    """The share of the shorter text that is in common stretches, 0 to 1."""
    shorter = min(len(a), len(b))
    if not shorter:
        return 0.0
    same = len(a) - sum(gap.a_end - gap.a_start for gap in found)
    return same / shorter


class Difference(NamedTuple):
    """Where two readings differ: a place in the first text (None: in no one place), and in words.

    `weighty`: a number or much text is concerned.
    """

    start: int | None
    end: int | None
    words: str
    weighty: bool


def differences(a: tuple[str, Folded], b: tuple[str, Folded], found: Sequence[Gap]) -> Iterator[Difference]:
    """The gaps of two texts in words, `SHOWN` at most; the last says how many more there are."""
    for gap in found[:SHOWN]:
        start, end = _stretch(*a, gap.a_start, gap.a_end)
        other_start, other_end = _stretch(*b, gap.b_start, gap.b_end)
        here, there = _shown(a[0], start, end), _shown(b[0], other_start, other_end)
        pieces = a[0][start:end], b[0][other_start:other_end]
        weighty = any(len(piece) > _MUCH or any(map(str.isdigit, piece)) for piece in pieces)
        yield Difference(start, end, f"此处“{here}”，该处“{there}”", weighty)
    if len(found) > SHOWN:
        yield Difference(None, None, f"另有{len(found) - SHOWN}处不同", True)


def _stretch(text: str, own: Folded, start: int, end: int) -> tuple[int, int]:
    """Where folded characters from `start` to `end` stand in the text; for none, an empty place."""
    if start < end:
        return own.places[start], own.places[end - 1] + 1
    at = own.places[start - 1] + 1 if start else 0
    return at, at


def _shown(text: str, start: int, end: int) -> str:
    """A stretch with what stands around it, on one line; the middle of a long one is left out."""
    piece = text[start:end]
    if len(piece) > 2 * _MUCH:
        piece = f"{piece[:_MUCH]}……{piece[-_MUCH:]}"
    before, after = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
    return f"{before}【{piece}】{after}".replace("\n", " ")
