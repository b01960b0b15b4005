"""The part of a clause that shows why it was found, with the words marked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

WIDTH: Final = 110  # characters
_BEFORE: Final = 24


class Piece(NamedTuple):
    """A run of the text; `found` where it is one of the words."""

    text: str
    found: bool = False


def snippet(text: str, words: Sequence[str], *, width: int = WIDTH) -> tuple[Piece, ...]:
    """About `width` characters of `text` round the words, which are marked; … where something is left out.

    Where the words stand far apart, the first of each has a run of its own; without words, the beginning.
    """
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE) if words else None
    runs = _runs(text, pattern, width) if pattern else [(0, min(width, len(text)))]
    pieces: list[Piece] = []
    end = 0
    for start, stop in runs:
        if start > end:
            pieces.append(Piece("…"))
        pieces.extend(_marked(text[start:stop].replace("\n", " "), pattern))
        end = stop
    if end < len(text):
        pieces.append(Piece("…"))
    return tuple(pieces)


def _runs(text: str, pattern: re.Pattern[str], width: int) -> list[tuple[int, int]]:
    """Half-open runs of `text`, apart from one another, that hold the first place of each word."""
    firsts: dict[str, int] = {}
    for match in pattern.finditer(text):
        firsts.setdefault(match[0].casefold(), match.start())
    places = sorted(firsts.values())[:4] or [0]
    each = max(40, width // len(places))
    runs: list[tuple[int, int]] = []
    for place in places:
        start, stop = max(0, place - _BEFORE), min(len(text), place - _BEFORE + each)
        stop = max(stop, min(len(text), place + 20))
        if runs and start <= runs[-1][1]:
            runs[-1] = (runs[-1][0], stop)
        else:
            runs.append((start, stop))
    if len(runs) == 1:
        start = runs[0][0]
        runs = [(start, max(runs[0][1], min(len(text), start + width)))]
    return runs


def _marked(text: str, pattern: re.Pattern[str] | None) -> Iterator[Piece]:
    at = 0
    for match in pattern.finditer(text) if pattern else ():
        if match.start() > at:
            yield Piece(text[at : match.start()])
        yield Piece(match[0], found=True)
        at = match.end()
    if at < len(text):
        yield Piece(text[at:])
