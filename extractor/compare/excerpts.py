"""Which sentences of a clause deal with a matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.compare.provisions import BLANK, Provision

_SENTENCE = re.compile(r"[^。；\n]*[。；\n]|[^。；\n]+$")
OMITTED = "……"


def excerpt(clause: Provision, places: Sequence[int]) -> str:
    """The sentences of a clause that hold one of `places`, …… for those left out.

    All of them where only its heading holds one.
    Lists of responsible units are left out without a sign: they stand in the cell by themselves.
    """
    end = clause.heading_end
    whole = all(at < end for at in places)
    kept: list[str] = []
    for match in _SENTENCE.finditer(clause.text):
        start, stop = match.span()
        if start < end and clause.text[start:stop].strip("。\n") == clause.heading:
            continue
        if not clause.words[start:stop].strip(BLANK + "。；"):
            continue
        if whole or any(start <= at < stop for at in places):
            kept.append(match[0])
        elif kept and kept[-1] != OMITTED:
            kept.append(OMITTED)
    return "".join(kept).removesuffix(OMITTED).strip() or clause.text
