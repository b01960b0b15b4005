"""Whether a text layer says what the page shows, or a font's table of characters is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from extractor.lexicon import read_toml

FEWEST = 30  # characters below which nothing can be told
KNOWN = 0.7  # of the characters that must be ones that notices are written with
PROSE = 100  # Chinese characters from which their choice tells
COMMON = 0.1  # of these that must be among the commonest


def is_garbage(characters: Iterable[str]) -> bool:
    """Whether the characters cannot be those of a notice.

    They are unknown, private or rare for the most part; or all are ordinary ones, but those that every
    Chinese text is full of are missing, as where each character was exchanged for another.
    """
    text = [char for char in characters if not char.isspace()]
    if len(text) < FEWEST:
        return False
    known = sum(map(_is_known, text))
    if known < KNOWN * len(text):
        return True
    han = [char for char in text if "\u4e00" <= char <= "\u9fff"]
    common = _commonest()
    return len(han) >= PROSE and sum(char in common for char in han) < COMMON * len(han)


@cache
def _is_known(char: str) -> bool:
    """Whether it is of the first level of GB 2312 or Big5, a sign, ASCII, or a radical that is folded."""
    if " " < char <= "~":
        return True
    if "\u2e80" <= char <= "\u2fdf":
        return True
    for codec, first, last in (("gb2312", 0xA1, 0xD7), ("big5", 0xA1, 0xC6)):
        encoded = char.encode(codec, "ignore")
        if encoded and first <= encoded[0] <= last:
            return True
    return False


@cache
def _commonest() -> frozenset[str]:
    return frozenset(read_toml("plausible.toml")["commonest"]) - {"\n"}
