"""Page furniture: what a page carries beside the text – page numbers, running heads, watermarks."""

from __future__ import annotations

import re
from collections import Counter

from extractor.lexicon.layout import layout
from extractor.model import Line

# — 4 —   -12-   – 4 –   第 3 页 共 9 页   第3页/共9页   Page 3 of 9   ·3·
PAGE_NUMBER = re.compile(
    r"""(?:
        [—–\-―─━_·•~]{1,3}\s{0,4}\d{1,4}\s{0,4}[—–\-―─━_·•~]{1,3}
      | 第?\s{0,4}\d{1,4}\s{0,4}页\s{0,4}[/,，、]?\s{0,4}[（(]?
        \s{0,4}(?:共|/)\s{0,4}\d{1,4}\s{0,4}页\s{0,4}[）)]?
      | 第\s{0,4}\d{1,4}\s{0,4}页
      | Page\s{1,4}\d{1,4}(?:\s{1,4}of\s{1,4}\d{1,4})?
    )""",
    re.VERBOSE | re.IGNORECASE,
)
KEPT = re.compile(r"附\s*[件表录]|[0-9一二三四五六七八九十（(①-⑳]|第")


def without_furniture(lines: list[Line]) -> list[Line | None]:
    """The lines in order, with None where a page ended; furniture left out.

    A running head is a short line that comes back, the same to the letter, at three page borders or more;
    a clause marker, a row number or 附件 never is one.
    """
    watermark = layout().watermark
    kept: list[Line | None] = []
    breaks = False
    for line in lines:
        words = line.text
        if len(words) < 40 and _is_furniture(words.strip(), watermark):
            if kept and kept[-1] is not None:
                kept.append(None)
            breaks = True
            continue
        if kept and kept[-1] is not None and line.page != kept[-1].page:
            kept.append(None)
            breaks = True
        kept.append(line)
    return _without_heads(kept) if breaks else kept


def _is_furniture(words: str, watermark: re.Pattern[str]) -> bool:
    return PAGE_NUMBER.fullmatch(words) is not None or watermark.fullmatch(words) is not None


def _without_heads(lines: list[Line | None]) -> list[Line | None]:
    beside = [
        index
        for index, line in enumerate(lines)
        if line is not None
        and len(line.text) <= 40
        and line.cell is None
        and ((index and lines[index - 1] is None) or (index + 1 < len(lines) and lines[index + 1] is None))
    ]
    seen = Counter(line.text.strip() for index in beside if (line := lines[index]) is not None)
    heads = {words for words, count in seen.items() if count >= 3 and not KEPT.match(words)}
    dropped = {index for index in beside if (line := lines[index]) is not None and line.text.strip() in heads}
    return [line for index, line in enumerate(lines) if index not in dropped]
