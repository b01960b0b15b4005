"""Chapters whose marker was lost: a bare title between two articles where a number is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.clauses.headings import bare_heading
from extractor.lexicon.layout import layout
from extractor.markers import Marker

LONGEST = 20  # characters of the title of a chapter


def lost_chapters(
    words: Sequence[str], cells: Sequence[bool], marks: Sequence[Marker | None]
) -> dict[int, int]:
    """Paragraph → the number of its chapter.

    Between 第二章 and 第四章 it may have any words, if it alone stands so; after the last chapter it has
    those of a last chapter (法律责任, 附则).
    """
    chapters = [(i, m.number) for i, m in enumerate(marks) if m is not None and m.form == "chapter"]
    if len(chapters) < 2:
        return {}
    found: dict[int, int] = {}
    for (first, number), (after, next_number) in pairwise(chapters):
        if next_number == number + 2:
            titles = list(_titles(words, cells, marks, first + 1, after))
            found |= {index: number + 1 for index in titles if len(titles) == 1}
    last, number = chapters[-1]
    for index in _titles(words, cells, marks, last + 1, len(words)):
        if layout().last_chapter.fullmatch(words[index].replace(" ", "")):
            number += 1
            found[index] = number
    return found


def _titles(
    words: Sequence[str], cells: Sequence[bool], marks: Sequence[Marker | None], begin: int, end: int
) -> Iterator[int]:
    """The bare lines of a range that stand between the end of an article and the next."""
    for index in range(begin + 1, min(end, len(words) - 1)):
        following = marks[index + 1]
        if marks[index] is None and not cells[index] and following is not None and following.form == "law":
            ends = words[index - 1].endswith(("。", "；", "："))
            if ends and len(words[index]) <= LONGEST and bare_heading(words[index]):
                yield index
