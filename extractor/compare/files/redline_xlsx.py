"""A redline as .xlsx: both texts and the marks between them, with a filter by kind of change."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from xlsxwriter import Workbook

from extractor.compare.files.redline import CHANGES, marks, places
from extractor.compare.files.sheet import Look, blocks, lines, set_height, set_up, write_parts
from extractor.compare.files.xlsx import OPTIONS
from extractor.compare.redlines import Redlines

_HEADS = (("前者", 20), ("后者", 20), ("变化", 8), ("前者条文", 48), ("后者条文", 48), ("对照", 60))


def write_redline_xlsx(found: Redlines, file: Path) -> None:
    """A clause a row; where a row would be too high to be shown, it goes on in the next."""
    with Workbook(str(file), OPTIONS) as book:
        look = Look(book)
        looks = {"same": look.plain, "new": look.new, "gone": look.gone}
        sheet = book.add_worksheet("修改对照")
        set_up(sheet, f"{found.before} → {found.after}", _HEADS, look, frozen=3)
        number = 0
        for row in found.rows:
            texts = (
                [(look.plain, row.redline.before)], [(look.plain, row.redline.after)],
                [(looks[mark.kind], mark.text) for mark in marks(row)],
            )  # fmt: skip
            columns = [
                tuple(blocks(parts, width)) for parts, (_, width) in zip(texts, _HEADS[3:], strict=True)
            ]
            for own in zip_longest(*columns, fillvalue=()):
                number += 1
                for place, words in enumerate((*places(row), CHANGES[row.change])):
                    sheet.write_string(number, place, words, look.cell)
                for place, parts in enumerate(own, 3):
                    write_parts(sheet, (number, place), parts, look)
                joined = ["".join(words for _, words in parts) for parts in own]
                heights = [lines(text, width) for text, (_, width) in zip(joined, _HEADS[3:], strict=True)]
                heights += [lines(words, _HEADS[0][1]) for words in places(row)]
                set_height(sheet, number, max(heights))
        sheet.autofilter(0, 0, max(number, 1), len(_HEADS) - 1)
