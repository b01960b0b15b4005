"""Document numbers (发文字号): 西发〔2023〕8号, and those of orders and announcements: 国务院令第711号. Pure.

A number is the issuer's sign, the year in brackets and a serial number (GB/T 9704-2012, 7.2.5). Notices
print the brackets as 〔〕, [], （）, 【】; the normal form has 〔〕 and no spaces (contract:
`documents.doc_number`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.model import Span

# 〔2023〕8号, [2023]第8号, （2023）8号: the part that no other words look like
YEARED = r"[〔\[【（(﹝［「„]\s?(?:19|20)\d\d\s?年?\s?[〕\]】）)﹞］」‟]\s?第?\s?\d{1,5}\s?号"
_YEARED = re.compile(YEARED)
_SIGN = re.compile(r"[㐀-鿿A-Za-z]{1,16}\s?$")
_CHINESE = "0-9零〇一二三四五六七八九十百千"
# 国务院令第711号, 财政部 税务总局公告2023年第12号, 政府令〔2010〕第15号, 第12号令
ORDER = re.compile(
    rf"[㐀-鿿、\s]{{0,40}}(?:令|公告|通告)\s?(?:(?:19|20)\d\d\s?年\s?)?第\s?[{_CHINESE}]{{1,6}}\s?号"
    rf"|[㐀-鿿]{{2,12}}令\s?[0-9]{{1,4}}\s?号"
    rf"|[㐀-鿿、\s]{{0,40}}第\s?[{_CHINESE}]{{1,6}}\s?号(?:令|公告)"
)
_SECOND = frozenset("政委府办发党人县")
_FOLD = str.maketrans("[【（(﹝［「„]】）)﹞］」‟", "〔〔〔〔〔〔〔〔〕〕〕〕〕〕〕〕")


def normal_number(printed: str) -> str:
    """西发[2023] 8 号 → 西发〔2023〕8号."""
    return "".join(printed.split()).translate(_FOLD)


def find_numbers(
    text: str, lead_ins: Sequence[str], *, start: int = 0, end: int | None = None
) -> Iterator[Span]:
    """The yeared numbers in `text[start:end]` with their signs.

    `lead_ins` (根据, 和) are no part of a sign.
    """
    for match in _YEARED.finditer(text, start, len(text) if end is None else end):
        span = with_sign(text, match.start(), match.end(), lead_ins, floor=start)
        if span is not None:
            yield span
            start = match.end()  # no sign begins in the number before it


def with_sign(text: str, start: int, end: int, lead_ins: Sequence[str], *, floor: int = 0) -> Span | None:
    """The number whose year bracket begins at `start`, with the issuer's sign before it.

    None where there is no sign.
    """
    sign = _SIGN.search(text, max(floor, start - 17), start)
    if sign is None:
        return None
    words = sign[0]
    cuts = [words.rfind(lead) + len(lead) for lead in lead_ins if len(lead) > 1 and lead in words]
    begin = max(cuts, default=0)
    # 和国办发 but 和政办发 (of 和县): what is left of a sign begins with a place or an office, not with 政
    # or 办
    opened = text[max(sign.start() - 1, 0) : sign.start()]
    bracketed = begin == 0 and opened in {"（", "("}  # （|市民发〔2018〕
    if not bracketed and words[begin : begin + 1] in lead_ins and words[begin + 1 : begin + 2] not in _SECOND:
        begin += 1
    return Span(sign.start() + begin, end) if words[begin:].strip() else None
