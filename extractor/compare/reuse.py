"""Common wording of two texts: exact runs, how much is shared, and a redline.

Guarantees: a run is the same characters on both sides, at least `LEAST` of them; none reaches across a line
break, no character is in two, and none could be longer but for those chosen before it. Taking the marks off
a redline gives back both texts exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

LEAST = 8  # characters of a run
_SHORTEST = 2  # characters that stay the same within a change, so that no change is cut to confetti
_LARGE = 4_000_000  # product of lengths above which texts are compared by sentences first
_BASE = 0x100000001B3
_ALIKE = 64  # places of one stretch that are looked at: a text that repeats itself costs no more

Kind = Literal["copied", "left out", "added", "changed"]


class Run(NamedTuple):
    """`a[a_start:a_start + length] == b[b_start:b_start + length]`."""

    a_start: int
    b_start: int
    length: int


class Piece(NamedTuple):
    """A stretch of a redline: `before` in the first text became `after` in the second."""

    kind: Kind
    before: str
    after: str


class Redline(NamedTuple):
    """Two texts as one row of pieces."""

    pieces: tuple[Piece, ...]

    @property
    def before(self) -> str:
        """The first text."""
        return "".join(piece.before for piece in self.pieces)

    @property
    def after(self) -> str:
        """The second text."""
        return "".join(piece.after for piece in self.pieces)

    @property
    def copied(self) -> int:
        """Characters that are the same in both."""
        return sum(len(piece.after) for piece in self.pieces if piece.kind == "copied")


class Shingles(NamedTuple):
    """Hashes of the stretches of `LEAST` characters of a text, in order, and where each begins."""

    hashes: NDArray[np.uint64]
    places: NDArray[np.int64]

    @classmethod
    def of(cls, text: str, least: int = LEAST) -> Shingles:
        """Stretches of `least` characters; those with a line break in them (blanks) are left out."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
        count = max(len(points) - least + 1, 0)
        number = np.full(count, 14695981039346656037, np.uint64)
        whole = np.ones(count, np.bool_)
        for shift in range(least if count else 0):
            piece = points[shift : shift + count]
            number = (number ^ piece) * np.uint64(_BASE)
            whole &= piece != 10
        places = np.flatnonzero(whole)
        return cls(number[places], places)


def shared(own: Shingles, others: Sequence[Shingles]) -> list[int]:
    """For each of `others`, the characters of common runs: of the two sides the one with fewer."""
    if not others or not len(own.hashes):
        return [0] * len(others)
    order = np.argsort(own.hashes, kind="stable")
    ordered = own.hashes[order]
    every = np.concatenate([other.hashes for other in others])
    first = np.searchsorted(ordered, every)
    there = np.flatnonzero(ordered[np.minimum(first, len(ordered) - 1)] == every)
    first, counts = first[there], np.searchsorted(ordered, every[there], "right") - first[there]
    owners = np.repeat(np.arange(len(others)), [len(other.hashes) for other in others])[there]
    theirs = _covered(owners, np.concatenate([other.places for other in others])[there], len(others))
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    places = own.places[order[np.repeat(first, counts) + steps]]  # each place of own that a stretch is at
    width = int(own.places[-1]) + 1
    codes = np.unique(np.repeat(owners, counts) * width + places)
    ours = _covered(codes // width, codes % width, len(others))
    return [int(length) for length in np.minimum(ours, theirs)]


def _covered(owners: NDArray[np.int64], places: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """For each owner, the characters in stretches of `LEAST` that begin at its places; both ascending."""
    if not len(places):
        return np.zeros(count, np.int64)
    steps = np.minimum(np.diff(places), LEAST)
    steps[np.diff(owners) != 0] = LEAST
    return np.bincount(owners, np.append(steps, LEAST), count).astype(np.int64)


def runs(a: str, b: str, *, least: int = LEAST) -> tuple[Run, ...]:
    """The common runs of two texts in the order of `a`: longest first chosen, none overlapping."""
    free_a, free_b = bytearray(len(a)), bytearray(len(b))
    chosen: list[Run] = []
    for run in sorted(_maximal(a, b, least), key=lambda run: (-run.length, run.a_start, run.b_start)):
        for part in _free(run, free_a, free_b, least):
            free_a[part.a_start : part.a_start + part.length] = b"\1" * part.length
            free_b[part.b_start : part.b_start + part.length] = b"\1" * part.length
            chosen.append(part)
    return tuple(sorted(chosen))


@lru_cache(maxsize=2_000)  # a clause is held against one after the other
def _shingles(text: str, least: int) -> Shingles:
    return Shingles.of(text, least)


def _maximal(a: str, b: str, least: int) -> Iterator[Run]:
    """Pairs of places whose common stretch can be extended on neither side; of very many, some."""
    ours, theirs = _shingles(a, least), _shingles(b, least)
    order = np.argsort(ours.hashes, kind="stable")
    first, after = (np.searchsorted(ours.hashes[order], theirs.hashes, side) for side in ("left", "right"))
    counts = np.minimum(after - first, _ALIKE)
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    places_b = np.repeat(theirs.places, counts)
    diagonals = places_b - ours.places[order[np.repeat(first, counts) + steps]]
    rank = np.lexsort((places_b, diagonals))
    diagonals, places_b = diagonals[rank], places_b[rank]
    breaks = np.flatnonzero((np.diff(diagonals) != 0) | (np.diff(places_b) != 1)) + 1
    starts = np.concatenate([[0], breaks]) if len(places_b) else breaks
    lengths = np.diff(np.append(starts, len(places_b))) + least - 1
    reached: dict[int, int] = {}  # diagonal → where its last run ends in b
    for diagonal, at_b, length in zip(
        diagonals[starts].tolist(), places_b[starts].tolist(), lengths.tolist(), strict=True
    ):
        at_a = at_b - diagonal
        if reached.get(diagonal, 0) > at_b or a[at_a : at_a + length] != b[at_b : at_b + length]:
            continue
        length += (
            _common(a[at_a + length :], b[at_b + length :]) if len(steps) and counts.max() == _ALIKE else 0
        )
        reached[diagonal] = at_b + length
        yield Run(at_a, at_b, length)


def _common(a: str, b: str) -> int:
    """How many characters two texts begin with in common, up to a line break."""
    return next(
        (at for at, (one, other) in enumerate(zip(a, b, strict=False)) if one != other or one == "\n"),
        min(len(a), len(b)),
    )


def _free(run: Run, taken_a: bytearray, taken_b: bytearray, least: int) -> Iterator[Run]:
    """The stretches of `run` that no chosen run has taken on either side."""
    own, other = slice(run.a_start, run.a_start + run.length), slice(run.b_start, run.b_start + run.length)
    if not (any(taken_a[own]) or any(taken_b[other])):
        yield run
        return
    start = None
    for at in range(run.length + 1):
        free = at < run.length and not (taken_a[run.a_start + at] or taken_b[run.b_start + at])
        if free and start is None:
            start = at
        elif not free and start is not None:
            if at - start >= least:
                yield Run(run.a_start + start, run.b_start + start, at - start)
            start = None


def redline(before: str, after: str) -> Redline:
    """What of `before` is copied, changed, added and left out in `after`, character by character."""
    if len(before) * len(after) > _LARGE:
        return Redline(tuple(_merged(_by_sentences(before, after))))
    return Redline(tuple(_merged(_pieces(before, after))))


def _pieces(before: str, after: str) -> Iterator[Piece]:
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        same = tag == "equal" and (j - i >= _SHORTEST or (i == 0 and k == 0) or j == len(before))
        yield _piece(before[i:j], after[k:m], same=same)


def _piece(before: str, after: str, *, same: bool) -> Piece:
    if same:
        return Piece("copied", before, after)
    return Piece("changed" if before and after else "left out" if before else "added", before, after)


def _by_sentences(before: str, after: str) -> Iterator[Piece]:
    a, b = (re.findall(r"[^。；\n]*[。；\n]|[^。；\n]+$", text) for text in (before, after))
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        old, new = "".join(a[i:j]), "".join(b[k:m])
        if tag == "replace" and len(old) * len(new) <= _LARGE:
            yield from _pieces(old, new)
        else:
            yield _piece(old, new, same=tag == "equal")


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbouring changes as one."""
    old = new = ""
    for piece in pieces:
        if piece.kind != "copied":
            old, new = old + piece.before, new + piece.after
            continue
        if old or new:
            yield _piece(old, new, same=False)
            old = new = ""
        yield piece
    if old or new:
        yield _piece(old, new, same=False)
