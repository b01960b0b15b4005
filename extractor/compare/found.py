"""Topics found without a list: clauses that no listed topic names, joined where they are like each other.

Two clauses are joined where each is the other's best partner between their documents; what is joined is
one topic. It is named by the headings of its clauses, else by what they have in common.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.compare.provisions import Provision
from extractor.compare.reuse import runs

LEAST_SCORE = 0.1
_NAME_LENGTH = 16
_WORDS = 5


class FoundTopic(NamedTuple):
    """A topic and its clauses with their best scores. `words` is what they have in common."""

    id: str
    name: str
    words: tuple[str, ...]
    clauses: Mapping[str, float]


class Like(NamedTuple):
    """A pair of clauses with their documents."""

    a_id: str
    b_id: str
    a_document: str
    b_document: str
    score: float


def found_topics(likes: Sequence[Like], provisions: Mapping[str, Provision]) -> Iterator[FoundTopic]:
    """The topics of clauses that `likes` joins, in the order of their first clauses."""
    scores: dict[str, float] = defaultdict(float)
    above: dict[str, str] = {}
    for like in _mutual(likes):
        scores[like.a_id] = max(scores[like.a_id], like.score)
        scores[like.b_id] = max(scores[like.b_id], like.score)
        a, b = sorted((_root(above, like.a_id), _root(above, like.b_id)))
        if a != b:
            above[b] = a
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(scores):
        groups[_root(above, name)].append(name)
    for first, names in sorted(groups.items()):
        words = _common([provisions[name] for name in names])
        title = _name([provisions[name] for name in names], words)
        key = hashlib.blake2b(first.encode(), digest_size=5).hexdigest()
        yield FoundTopic(f"found-{key}", title, words, {name: scores[name] for name in names})


def _mutual(likes: Iterable[Like]) -> Iterator[Like]:
    """The pairs of which each is the other's best in the other's document."""
    best: dict[tuple[str, str], tuple[float, str]] = {}
    kept = [like for like in likes if like.score >= LEAST_SCORE]
    for like in kept:
        for own, other, document in (
            (like.a_id, like.b_id, like.b_document), (like.b_id, like.a_id, like.a_document)
        ):  # fmt: skip
            best[own, document] = max(best.get((own, document), (0.0, "")), (like.score, other))
    for like in kept:
        if (
            best[like.a_id, like.b_document][1] == like.b_id
            and best[like.b_id, like.a_document][1] == like.a_id
        ):
            yield like


def _root(above: dict[str, str], name: str) -> str:
    """The first of the clauses that `name` is joined to; the way there is made short."""
    way = []
    while name in above:
        way.append(name)
        name = above[name]
    for each in way:
        above[each] = name
    return name


def _common(group: Sequence[Provision]) -> tuple[str, ...]:
    """Runs of four characters and more that the first clause shares with others, those of most first."""
    first, *others = group
    count: Counter[str] = Counter()
    for other in others[:20]:
        found = runs(first.words, other.words, least=4)
        count.update({first.words[run.a_start : run.a_start + run.length] for run in found})
    phrases = (phrase.strip("，。、；：（）的和及") for phrase, _ in count.most_common(40))
    return tuple(dict.fromkeys(phrase for phrase in phrases if len(phrase) >= 4))[:_WORDS]


def _name(group: Sequence[Provision], words: Sequence[str]) -> str:
    """The commonest heading, the shortest of those; else the first common words; else how a clause begins."""
    headings = Counter(provision.heading for provision in group if provision.heading)
    if headings:
        return min(headings, key=lambda heading: (-headings[heading], len(heading), heading))
    return words[0] if words else group[0].text[:_NAME_LENGTH]
