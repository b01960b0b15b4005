"""Paragraphs that are quoted from another text: 将第七条修改为：“第七条 … （一）… （二）…。”

What a notice quotes over several paragraphs is the wording of what it amends; its markers are not its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

OPENS = re.compile("[：:]\\s?“[^“”]*$")
CLOSES = re.compile("”[。；，]?$")
LONGEST = 60  # paragraphs of one quotation; a sign that was never closed reaches no further


def quoted_lines(words: Sequence[str]) -> Iterator[int]:
    """The paragraphs after the first of each quotation that is closed at the end of a later one."""
    index = 0
    while index < len(words):
        last = _closed(words, index) if "“" in words[index] and OPENS.search(words[index]) else index
        yield from range(index + 1, last + 1)
        index = last + 1


def _closed(words: Sequence[str], first: int) -> int:
    """The paragraph in which the quotation opened in `first` ends; `first` where it does not."""
    open_ = 1
    for index in range(first + 1, min(first + 1 + LONGEST, len(words))):
        open_ += words[index].count("“") - words[index].count("”")
        if open_ <= 0:
            return index if open_ == 0 and CLOSES.search(words[index]) else first
    return first
