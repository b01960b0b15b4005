"""What was read from lines that optical recognition is not sure of.

Guarantees: each such line has one finding, and so has each fact whose words touch one, naming the fact and
the least confidence. A source that was not recognised costs nothing beyond a look at its first place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from extractor.model import Finding, Place, Span, Text

DOUBTFUL = 0.9  # confidence below which a line is doubtful: 3 of 1,000 lines of clean scans are
LONGEST = 40  # characters of a quote in a message
FACTS: Mapping[str, str] = {
    "responsibilities": "责任单位", "targets": "目标", "amounts": "金额", "durations": "期限",
    "deadlines": "时限", "citations": "引用文件",
}  # fmt: skip


class _Mention(Protocol):
    @property
    def clause(self) -> int: ...
    @property
    def span(self) -> Span: ...


def doubts(text: Text, facts: Mapping[str, Sequence[_Mention]]) -> Iterator[Finding]:
    """The doubtful lines of a text in order, then the facts that rest on them."""
    unsure = [place for place in text.places if place.confidence is not None and place.confidence < DOUBTFUL]
    for place in unsure:
        quote = _quote(text, place.span)
        words = f"第{place.page}页的一行识别把握只有{place.confidence:.2f}：“{quote}”，请对照原件。"
        yield Finding("warning", "doubtful-line", words, span=place.span)
    if not unsure:
        return
    starts, ends = [place.span.start for place in unsure], [place.span.end for place in unsure]
    for kind, label in FACTS.items():
        for fact in facts.get(kind, ()):
            under = unsure[bisect_right(ends, fact.span.start) : bisect_left(starts, fact.span.end)]
            if under:
                yield _of_fact(text, label, fact, under)


def _of_fact(text: Text, label: str, fact: _Mention, under: Sequence[Place]) -> Finding:
    least = min(under, key=lambda place: place.confidence or 0.0)
    line = f"第{least.page}页识别把握只有{least.confidence:.2f}的一行"
    words = f"{label}“{_quote(text, fact.span)}”出自{line}，请对照原件。"
    return Finding("warning", "doubtful-fact", words, span=fact.span, clause=fact.clause)


def _quote(text: Text, span: Span) -> str:
    words = text.text[span.start : span.end].replace("\n", " ")
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
