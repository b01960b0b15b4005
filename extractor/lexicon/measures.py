"""The words of quantity: measures, comparators, words of payment and of goals, words that hold no number.

The grammar that uses them is in `extractor.extractors.quantities`; nothing here knows a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal

from extractor.model import Comparator

from . import read_toml

Kind = Literal["", "money", "percent", "time", "age", "measure", "people", "count", "rank"]
_KINDS: Final[tuple[Kind, ...]] = ("rank", "count", "people", "measure", "age", "time", "percent", "money")

# How much one printed unit of money is in 元; what is not here stays in its own currency.
MONEY: Final = {"角": Decimal("0.1"), "分钱": Decimal("0.01")}


class Words:
    """Words that end, begin or stand in a stretch of text; the longest is found first."""

    __slots__ = ("_lengths", "_pattern", "words")

    def __init__(self, words: Iterable[str]) -> None:
        self.words: Final = frozenset(words)
        self._lengths: Final = tuple(sorted({len(word) for word in self.words}, reverse=True))
        self._pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """Any of the words, the longest first; compiled when first needed."""
        if self._pattern is None:
            ordered = sorted(self.words, key=lambda word: (-len(word), word))
            self._pattern = re.compile("|".join(map(re.escape, ordered)))
        return self._pattern

    def end(self, text: str) -> str | None:
        """The longest of the words that `text` ends with."""
        words = self.words
        for length in self._lengths:
            word = text[-length:]
            if word in words:
                return word
        return None

    def begin(self, text: str, at: int = 0) -> str | None:
        """The longest of the words that stand in `text` at `at`."""
        words = self.words
        for length in self._lengths:
            word = text[at : at + length]
            if word in words:
                return word
        return None

    def within(self, text: str) -> bool:
        """Does any of the words stand anywhere in `text`?"""
        return self.pattern.search(text) is not None

    def __contains__(self, word: object) -> bool:
        return word in self.words


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """All vocabulary of numbers."""

    units: Mapping[str, Kind]  # 万元 is not here: the multiplier belongs to the number
    longest_unit: int
    no_unit: Mapping[str, str]  # unit → characters behind it that begin another word with it
    durations: Mapping[str, str]  # unit as printed → unit of the contract
    before: Words  # 不低于: the words of comparison before a number …
    after: Words  # 以上: … and behind its unit
    no_signs: Words  # 签约: what ends as a short one of them does
    signs_before: Mapping[str, Comparator]
    signs_after: Mapping[str, Comparator]
    periods: Mapping[str, str]  # 每月 → month
    period_words: Words
    names: Words  # policies and plans that begin with a numeral: 一老一小
    arabic_names: frozenset[str]
    words: Words  # begin with a numeral and count nothing: 一般, 千方百计
    endings: frozenset[str]  # two characters, the second a numeral: 进一 of 进一步
    not_endings: frozenset[str]  # 引进 of 引进一家: what begins like such an ending
    round_after: frozenset[str]  # 培育 of 培育百家企业, where 百 is a number
    listing: Words
    usual_units: tuple[tuple[str, str], ...]  # the end of an indicator, and the unit it is told in
    targets: Mapping[str, Words]
    amounts: Mapping[str, Words]
    counts: Mapping[str, Words]
    shares: Mapping[str, Words]
    terms: Mapping[str, Words]
    background: Mapping[str, Words]
    terms_of_payment: Mapping[str, Words]
    payees: Mapping[str, Words]
    indicators: Mapping[str, Words]


def _signs(data: Mapping[str, list[str]], side: str) -> dict[str, Comparator]:
    signs: dict[str, Comparator] = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<", "about": "~"}
    return {word: sign for key, sign in signs.items() for word in data.get(f"{side}_{key}", ())}


@cache
def load_measures() -> Measures:
    """The shipped vocabulary of quantities, read once a process."""
    data, words = read_toml("measures.toml"), read_toml("numberwords.toml")
    judgements: dict[str, Any] = read_toml("judgements.toml")
    units: dict[str, Kind] = {unit: kind for kind in _KINDS for unit in data["units"][kind]}
    before, after = _signs(data["comparators"], "before"), _signs(data["comparators"], "after")
    periods = {word: name for name, group in data["periods"].items() for word in group}

    def lists(table: Mapping[str, list[str]]) -> dict[str, Words]:
        return {name: Words(group) for name, group in table.items()}

    return Measures(
        units=units,
        longest_unit=max(map(len, units)),
        no_unit=data["no_unit"],
        durations=data["durations"],
        before=Words(before),
        after=Words(after),
        no_signs=Words(data["comparators"]["whole"]),
        signs_before=before,
        signs_after=after,
        periods=periods,
        period_words=Words(periods),
        names=Words(words["names"]),
        arabic_names=frozenset(words["arabic_names"]),
        words=Words(words["words"]),
        endings=frozenset(words["endings"]),
        not_endings=frozenset(words["not_endings"]),
        round_after=frozenset(words["round_after"]),
        listing=Words(words["listing"]),
        usual_units=tuple((name, unit) for unit, names in data["usual_units"].items() for name in names),
        targets=lists(data["targets"]),
        amounts=lists(data["amounts"]),
        terms_of_payment=lists(judgements["per"]),
        payees=lists(judgements["payees"]),
        indicators=lists(judgements["indicators"]),
        counts=lists(judgements["counts"]),
        shares=lists(judgements["shares"]),
        terms=lists(judgements["terms"]),
        background=lists(judgements["background"]),
    )
