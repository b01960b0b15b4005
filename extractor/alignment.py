"""Where the characters of a normalised text stand in the text it was made from.

Normalising drops white space, page furniture and mark-up and folds characters one to one. So both texts are
walked side by side, and where they part, the next few characters of the result are looked for further on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

WINDOW = 2_000  # characters that may have been dropped in one place: a running head, a seal, a page of names
PIECE = 8  # characters that must agree for the walk to go on after a gap
MARKUP = "#*|"


def align(normalised: str, original: str, *, fold: Callable[[str], str] = str) -> tuple[int | None, ...]:
    """For each character of `normalised` its offset in `original`; None where it was not found.

    Offsets rise but where normalising moved words (columns of a table that ran together). `fold` gives the
    character that a character is read as; width never counts. Linear.
    """
    if normalised == original:
        return tuple(range(len(original)))
    wanted, places = _squeeze(normalised, fold)
    source, offsets = _squeeze(original, fold)
    found: list[int | None] = [None] * len(normalised)
    at = 0
    for i, character in enumerate(wanted):
        if source[at : at + 1] != character:
            resumed = _resume(source, wanted[i : i + PIECE], at)
            if resumed < 0:
                continue
            at = resumed
        found[places[i]] = offsets[at]
        at += 1
    return tuple(found)


def _resume(source: str, piece: str, at: int) -> int:
    """Where `piece` stands next, else shortly before; -1 where it does not."""
    further = source.find(piece, at, at + WINDOW)
    return further if further >= 0 else source.rfind(piece, max(0, at - WINDOW), at)


def _squeeze(text: str, fold: Callable[[str], str]) -> tuple[str, list[int]]:
    """The text without white space, in one width, and where each of its characters stood."""
    one = cache(lambda character: _bare(fold(character)))
    kept = [(form, i) for i, character in enumerate(text) if (form := one(character))]
    return "".join(form for form, _ in kept), [i for _, i in kept]


def _bare(character: str) -> str:
    form = unicodedata.normalize("NFKC", character)
    return "" if form.isspace() or form in MARKUP else form[:1]
