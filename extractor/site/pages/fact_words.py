"""A fact in one line of words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from extractor.contract import FactKind
from extractor.site.questions.facts import Fact
from extractor.site.words import Speech

CODED = ("basis", "kind", "period", "relation")  # fields whose values have labels
_LONGEST = 80  # characters of one value
_SHORT = 24  # of a subject on a chip, and two more where nothing is gained by a cut


class Chip(NamedTuple):
    """A fact in few words, to be pointed at. `role` and `figure` may be empty."""

    kind: FactKind
    title: str
    tag: str
    role: str
    subject: str
    figure: str | None


def chips(speech: Speech, facts: Iterable[Fact]) -> list[Chip]:
    """The facts as a page of search shows them: hundreds, so a template has only to print them."""
    return [_chip(speech, fact) for fact in facts]


def _chip(speech: Speech, fact: Fact) -> Chip:
    subject = fact.subject or ""
    if len(subject) > _SHORT + 2:
        subject = f"{subject[: _SHORT - 1]}…"
    role = speech.of("role", fact.role) if fact.role else ""
    return Chip(fact.kind, line(speech, fact), speech(f"tag.{fact.kind}"), role, subject, fact.figure)


def line(speech: Speech, fact: Fact) -> str:
    """标 每千人口托位数 ≥ 4.5个 · 期限 2025: what a page shows of a fact when it is pointed at."""
    words = f"{speech(f'tag.{fact.kind}')} {fact.subject or ''}"
    if fact.role:
        words += f" · {speech.of('role', fact.role)}"
    if fact.figure:
        words += f" {fact.figure}"
    for name, value in fact.fields:
        if name != "sector":
            said = speech.of(name, value) if name in CODED else _cut(value)
            words += f" · {speech.of('field', name)} {said}"
    return words


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
