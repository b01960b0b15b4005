"""The vocabulary of notices as documents: kinds, status words, offices, header labels, verbs of citation.

The words are data (notices.toml, which names their sources); this module makes them one frozen value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from extractor.lexicon import read_toml


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """Words and the patterns made of them. Tuples that are tried in turn have their longest words first."""

    kinds: tuple[str, ...]
    replies: frozenset[str]
    matters: frozenset[str]
    drafts: tuple[str, ...]
    trials: tuple[str, ...]
    notes: tuple[str, ...]
    cover_verbs: tuple[str, ...]
    office_ends: tuple[str, ...]
    national: tuple[str, ...]
    labels: Mapping[str, str]  # 发文字号 → number
    page_words: frozenset[str]
    label_heads: frozenset[str]  # the first two characters of the labels
    own_name: re.Pattern[str]  # 本办法, 本实施意见
    relation: re.Pattern[str]  # groups purpose, basis, implements, neutral
    tails: tuple[str, ...]
    forms: tuple[str, ...]
    pledges: tuple[str, ...]
    documents: tuple[str, ...]
    lead_ins: tuple[str, ...]

    def kind_of(self, title: str) -> str | None:
        """The last noun of a title without trailing brackets (contract: `documents.kind`)."""
        if not title.endswith(self.kinds):
            return None
        return next(kind for kind in self.kinds if title.endswith(kind))


@cache
def load_notices() -> NoticeWords:
    """The shipped vocabulary, read once a process."""
    data = read_toml("notices.toml")
    verbs = data["citations"]
    kinds = _longest_first(data["kinds"])
    labels = _labels(data["labels"], data["label_parts"])
    return NoticeWords(
        kinds=kinds,
        replies=frozenset(data["replies"]),
        matters=frozenset(data["matters"]),
        drafts=_longest_first(data["drafts"]),
        trials=_longest_first(data["trials"]),
        notes=tuple(data["notes"]),
        cover_verbs=tuple(data["cover_verbs"]),
        office_ends=tuple(data["offices"]["ends"]),
        national=tuple(data["offices"]["national"]),
        labels=labels,
        page_words=frozenset(data["page"]["words"]),
        label_heads=frozenset(label[:2] for label in labels),
        own_name=_own_name(kinds, data["self_names"], data["self_modifiers"]),
        relation=_relation(verbs),
        tails=_longest_first([*verbs["tails"], *data["kinds"]]),
        forms=tuple(verbs["forms"]),
        pledges=tuple(verbs["pledges"]),
        documents=tuple(verbs["documents"]),
        lead_ins=_longest_first(verbs["lead_ins"]),
    )


def _labels(
    whole: Mapping[str, Iterable[str]], parts: Mapping[str, tuple[Iterable[str], Iterable[str]]]
) -> dict[str, str]:
    """发文字号 → number: labels as they stand, and each first part with each second one."""
    joined = {
        first + second: role
        for role, (firsts, seconds) in parts.items()
        for first in firsts
        for second in seconds
    }
    return joined | {label: role for role, labels in whole.items() for label in labels}


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, _longest_first(words)))


def _own_name(kinds: Iterable[str], names: Iterable[str], modifiers: Iterable[str]) -> re.Pattern[str]:
    """本办法, 本若干政策措施, 本准入条件和优惠政策, 以上政策.

    Not 本市…政策, nor 该方案, which is another one.
    """
    joint = "(?:(?<=本)(?![省市县区州旗盟乡镇])[㐀-鿿]{2,8}[和及与])?"
    return re.compile(
        rf"(?:本|此|以上|上述){joint}(?:{_either(modifiers)}){{0,3}}(?:{_either([*kinds, *names])})"
    )


def _relation(verbs: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """为全面贯彻落实 (purpose), 根据, 落实; 印发 but not 印发的 (which only describes the title)."""
    return re.compile(
        rf"(?P<purpose>(?<![认因作称成视列])为了?[^，。；：为]{{0,12}}?(?:{_either(verbs['purpose'])}))"
        rf"|(?P<basis>{_either(verbs['basis'])})"
        rf"|(?P<implements>{_either(verbs['implements'])}|[按依]$)"
        rf"|(?P<neutral>(?:{_either(verbs['neutral'])})(?!的))"
    )
