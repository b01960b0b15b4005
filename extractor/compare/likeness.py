"""Whether two names are of the same matter, of a close one, or of neither; and the words that differ.

`same`: the names are equal once normalised. `close`: they share their head and most of their characters, or
differ only by words that are used for one another (补助, 补贴); the words that differ are said. Names that
hold opposite words (公办, 民办) are of different matters, however like they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from extractor.lexicon import read_toml

Relation = Literal["same", "close"]
CLOSE = 0.5  # Dice's coefficient of the pairs of characters of two names
_TASK = 0.35  # of two tasks or beneficiaries, which have no head
_HOLDS = 0.3  # where one name holds the other whole
_WHOLE = 4  # characters of a name that another holds
_HEAD = 2  # characters that close names end with; of rates one more than 率
_RATE_HEAD = 3
_PHRASE = re.compile("[^，。；]+")
_KEPT = 20_000  # names whose pieces are kept: each is asked for against many others
_LONGEST = 200  # characters of a name that are looked at


class Likeness(NamedTuple):
    """How two names are related; `score` is 0 to 1."""

    relation: Relation
    score: float = 1.0


class _Words(NamedTuple):
    kin: tuple[tuple[re.Pattern[str], str], ...]
    contrast: tuple[frozenset[str], ...]
    rates: tuple[str, ...]


@cache
def _words() -> _Words:
    data = read_toml("facts.toml")
    kin = [group.split() for group in data["kin"]["groups"]]
    return _Words(
        tuple((re.compile("|".join(map(re.escape, group))), group[0]) for group in kin),
        tuple(frozenset(group.split()) for group in data["contrast"]["groups"]),
        tuple(data["names"]["rates"]),
    )


@lru_cache(maxsize=_KEPT)
def grams(name: str) -> frozenset[str]:
    """The pairs of characters of a name once words that are used for one another are one."""
    plain = _kin(name[:_LONGEST])
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1)) or frozenset((plain,))


def likeness(a: str, b: str, *, task: bool = False) -> Likeness | None:
    """How two normalised names are related; None where they are not.

    With `task` they are sentences, which need no common head and may hold opposite words.

    >>> likeness("婴儿死亡率", "婴幼儿死亡率")
    Likeness(relation='close', score=0.6667)
    """
    if not a or not b:
        return None
    if a == b:
        return Likeness("same")
    score = _dice(grams(a), grams(b))
    if score < (_TASK if task else _HOLDS):
        return None
    if not task and (not _alike(_kin(a), _kin(b), score) or opposed(a, b)):
        return None
    return Likeness("close", round(score, 4))


def opposed(a: str, b: str) -> bool:
    """Whether each holds a word that is the opposite of one in the other."""
    own, others = _contrasting(a), _contrasting(b)
    return bool(own and others) and any(
        group in others and not words & others[group] for group, words in own.items()
    )


@lru_cache(maxsize=_KEPT)
def _contrasting(name: str) -> Mapping[int, frozenset[str]]:
    """Group of opposites → its words in a name, but those that stand only inside another of them."""
    groups: dict[int, frozenset[str]] = {}
    for number, group in enumerate(_words().contrast):
        there = [word for word in group if word in name]
        if there:
            groups[number] = frozenset(
                word for word in there if not any(word != other and word in other for other in there)
            )
    return groups


def differing(a: str, b: str) -> tuple[tuple[str, str], ...]:
    """What differs, by characters; a single character takes its neighbours, so that words can be read.

    >>> differing("婴儿死亡率", "婴幼儿死亡率")
    (('婴儿', '婴幼儿'),)
    """
    a, b = a[:_LONGEST], b[:_LONGEST]
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if 1 in (j - i, m - k):  # 婴儿, 婴幼儿
            before, after = int(i > 0 and k > 0), int(j < len(a) and m < len(b))
            i, k, j, m = i - before, k - before, j + after, m + after
        found.append((a[i:j], b[k:m]))
    return tuple(found)


def differing_phrases(a: str, b: str) -> tuple[tuple[str, str], ...]:
    """The phrases that only one of two sentences has, as one pair; () where the sentences are equal.

    >>> differing_phrases("体系初步建立，制度完备", "体系基本建立，制度完备")
    (('体系初步建立', '体系基本建立'),)
    """
    own, others = _PHRASE.findall(a), _PHRASE.findall(b)
    only = "，".join(each for each in own if each not in others)
    missing = "，".join(each for each in others if each not in own)
    return ((only, missing),) if only or missing else ()


@lru_cache(maxsize=_KEPT)
def _kin(name: str) -> str:
    """The name with the first word of each group in the place of the others."""
    for pattern, first in _words().kin:
        name = pattern.sub(first, name)
    return name


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b))


def _alike(a: str, b: str, score: float) -> bool:
    """Whether the names end alike (…死亡率) and are like enough, or one holds the other whole."""
    short, long = sorted((a, b), key=len)
    if len(short) >= _WHOLE and short in long:
        return score >= _HOLDS
    rates = _words().rates
    wanted = _RATE_HEAD if a.endswith(rates) or b.endswith(rates) else _HEAD
    return score >= CLOSE and a[-wanted:] == b[-wanted:]
