"""A fact in one line of words."""

from __future__ import annotations

from extractor.site.questions.facts import Fact
from extractor.site.words import Speech

_CODED = ("basis", "kind", "period", "relation")  # fields whose values have labels
_LONGEST = 80  # characters of one value


def line(speech: Speech, fact: Fact) -> str:
    """标 每千人口托位数 ≥ 4.5个 · 期限 2025: what a page shows of a fact when it is pointed at."""
    words = f"{speech(f'tag.{fact.kind}')} {fact.subject or ''}"
    if fact.role:
        words += f" · {speech.of('role', fact.role)}"
    if fact.figure:
        words += f" {fact.figure}"
    for name, value in fact.fields:
        if name != "sector":
            said = speech.of(name, value) if name in _CODED else _cut(value)
            words += f" · {speech.of('field', name)} {said}"
    return words


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
