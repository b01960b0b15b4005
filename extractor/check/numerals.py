"""What counts as a number when the ledger is checked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.extractors.quantities.scan import scan
from extractor.lexicon import load

_NUMERAL = "[0-9０-９〇零一二两三四五六七八九十百千万亿半]"
_RUN = re.compile(f"{_NUMERAL}(?:[.,]?{_NUMERAL})*")  # 2023, 4.5, 十五


def numerals(text: str) -> Iterator[tuple[int, int]]:
    """The half-open ranges of the numerals in `text`: 2023, 8 in 〔2023〕8号; none in 进一步."""
    for hit in scan(text, load().measures):
        yield from (match.span() for match in _RUN.finditer(text, hit.start, hit.end))
