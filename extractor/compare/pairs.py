"""Clauses of two documents that deal with the same matter, with a score from 0 to 1.

The score joins two kinds of evidence: common words w and a shared topic of score t, as 1 − (1 − w)(1 − t/2).
Words: s is how like two clauses are in their settings (`settings`), a and b the most that either is like any
clause in the document of the other; w = s · s/a · s/b. So a pair must be alike, and stand out on both sides.
A pair is kept where the two share a topic, or where w reaches `ALIKE`: `ALIKE_APART` where both have topics
and share none, and where their documents are of different subjects, which is where the words that those use
most often are less than `ONE_SUBJECT` alike; but the likest pair of two documents only `ALIKE`, so that it is
known what stands beside what. Where a clause has more than `MOST` such partners, a pair is kept that is among
the best of either side; and none is kept for its topic alone that has less than a `SHARE` of the score of the
best that either clause has in the document of the other. Topics count in a document only where they name a
share of `OF_SUBJECT` of its clauses: the words of a list mean something else in a notice of another subject
(用水、用电 of a nursery and of any office). A duty and the penalty for its breach are no pair, however alike:
the one says what is to be done, the other what follows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.compare.candidates import Ints, candidates, index
from extractor.compare.provisions import Provision
from extractor.compare.reuse import Shingles, shared
from extractor.compare.settings import Settings
from extractor.compare.vectors import Vector, groups, subject, vectors

ALIKE = 0.2
ALIKE_APART = 0.35
MOST = 40
SHARE = 0.5
ONE_SUBJECT = 0.5
OF_SUBJECT = 1 / 3
Topics = Mapping[str, float]
Scores = NDArray[np.float64]


class Pair(NamedTuple):
    """Two clauses, `a_id` < `b_id`; `shared_text` is the characters in common runs."""

    a_id: str
    b_id: str
    score: float
    shared_text: int


class _Clauses(NamedTuple):
    """All clauses by number. `ranks` order them by id; items of one list have one number in `lists`.

    `topics[n]` is the row of a clause in the scores of its topics.
    """

    ranks: Ints
    lists: Ints
    owners: Ints
    punishes: NDArray[np.bool_]
    topics: NDArray[np.float32]
    settings: Settings


class _Likely(NamedTuple):
    """Pairs of clauses, by number, that may be kept.

    How alike they are, the score of the topic that they share, and what the words must reach without one.
    """

    a: Ints
    b: Ints
    alike: Scores
    topic: Scores
    least: Scores


def pairs(
    documents: Iterable[Sequence[Provision]],
    topics: Mapping[str, Topics],
    *,
    new: frozenset[str] | None = None,
) -> Iterator[Pair]:
    """The pairs among all documents; with `new` (ids of documents), only pairs of which one is new.

    `topics` is clause id → topic → score.
    """
    provisions: list[Provision] = []
    found: list[Vector] = []
    means: list[Vector] = []
    subjects: list[Vector] = []
    owners, group_of = list[int](), list[int]()
    own: list[Topics] = []
    for number, document in enumerate(documents):
        provisions += document
        found += (of_document := vectors(document))
        subjects.append(subject(document))
        places, of_groups = groups(document, of_document)
        group_of += [len(means) + place for place in places]
        means += of_groups
        owners += [number] * len(document)
        own += _counting(document, topics)
    numbers = {name: place for place, name in enumerate(sorted({name for each in own for name in each}))}
    owned = np.array(owners, np.int64)
    table = index(
        [provision.id for provision in provisions], owned, found,
        [[numbers[name] for name in each] for each in own],
    )  # fmt: skip
    asked = np.array(
        [n for n, provision in enumerate(provisions) if new is None or provision.document_id in new], np.int64
    )
    settings = Settings.of(found, owned, group_of, groups=means, subjects=subjects)
    clauses = _gathered(provisions, own, numbers, settings)
    likely = _together([_likely(clauses, clause, met) for clause, met in candidates(table, asked)])
    yield from _joined(provisions, _best(clauses, likely))


def _counting(document: Sequence[Provision], topics: Mapping[str, Topics]) -> list[Topics]:
    """The topics of each clause of a document; none where the document is of another subject."""
    named = sum(provision.id in topics for provision in document)
    if named < OF_SUBJECT * len(document):
        return [{}] * len(document)
    return [topics.get(provision.id, {}) for provision in document]


def _gathered(
    provisions: Sequence[Provision], own: Sequence[Topics], numbers: Mapping[str, int], settings: Settings
) -> _Clauses:
    ids = [provision.id for provision in provisions]
    ranks = np.empty(len(ids), np.int64)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    topics = np.zeros((len(ids), len(numbers)), np.float32)
    for clause, scores in enumerate(own):
        for name, score in scores.items():
            topics[clause, numbers[name]] = score
    punishes = np.array([provision.punishes for provision in provisions], np.bool_)
    return _Clauses(ranks, _lists(provisions), settings.owners, punishes, topics, settings)


def _lists(provisions: Sequence[Provision]) -> Ints:
    """A number for each clause: one for all items of a list, else one of its own."""
    leads = {provision.id: place for place, provision in enumerate(provisions) if provision.below}
    return np.array(
        [
            len(provisions) + leads[provision.parent] if provision.parent in leads else place
            for place, provision in enumerate(provisions)
        ],
        np.int64,
    )


def _likely(clauses: _Clauses, clause: int, met: Ints) -> _Likely:
    """The pairs of a clause with those it met that share a topic or are like enough, the `MOST` best."""
    met = met[clauses.punishes[met] == clauses.punishes[clause]]
    own, others = clauses.topics[clause], clauses.topics[met]
    topic = np.minimum(own, others).max(axis=1, initial=0).astype(np.float64)
    alike = clauses.settings.alike(clause, met).round(6)
    best = np.lexsort((clauses.ranks[met], -_score(alike, topic)))
    best = best[(topic[best] > 0) | (alike[best] >= ALIKE)][:MOST]
    apart = others[best].any(axis=1) & bool(own.any())
    foreign = clauses.settings.of_subject(clause, met[best]) < ONE_SUBJECT
    least = np.where(apart | foreign, ALIKE_APART, ALIKE)
    return _Likely(np.full(len(best), clause), met[best], alike[best], topic[best], least)


def _together(parts: Sequence[_Likely]) -> _Likely:
    """All pairs, each once, the smaller number first: as the side sees it that sees them more alike."""
    if not parts:
        none = np.zeros(0)
        return _Likely(none.astype(np.int64), none.astype(np.int64), none, none, none)
    one, other = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    alike, topic, least = (
        np.concatenate([column(part) for part in parts])
        for column in (attrgetter("alike"), attrgetter("topic"), attrgetter("least"))
    )
    a, b = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((-alike, b, a))
    first = np.ones(len(order), np.bool_)
    first[1:] = (np.diff(a[order]) != 0) | (np.diff(b[order]) != 0)
    kept = order[first]
    return _Likely(a[kept], b[kept], alike[kept], topic[kept], least[kept])


def _score(words: Scores, topic: Scores) -> Scores:
    return np.asarray(1 - (1 - words.clip(0, 1)) * (1 - topic / 2))


def _best(clauses: _Clauses, likely: _Likely) -> list[tuple[int, int, float]]:
    """The pairs that are kept, with their scores."""
    a, b, alike, topic, least = likely
    words = alike.clip(0, 1) * _shares(clauses, a, b, alike).prod(axis=0)
    share = _shares(clauses, a, b, _score(alike, topic)).min(axis=0)
    kept = (words >= least) | (topic > 0) & (share >= SHARE) | _foremost(clauses.owners, a, b, words)
    rounded = _score(words, topic)[kept].round(4).tolist()
    return list(zip(a[kept].tolist(), b[kept].tolist(), rounded, strict=True))


def _foremost(owners: Ints, a: Ints, b: Ints, words: Scores) -> NDArray[np.bool_]:
    """Whether a pair is the likest of its two documents, which tells that they were put side by side."""
    size = int(owners.max(initial=0)) + 1
    names, documents = np.unique(owners[a] * size + owners[b], return_inverse=True)
    tops = np.full(len(names), ALIKE)
    np.maximum.at(tops, documents, words)
    return np.asarray(words >= tops[documents])


def _shares(clauses: _Clauses, a: Ints, b: Ints, values: Scores) -> Scores:
    """The value of each pair as a share of the most that a has in the document of b, and b in that of a.

    Items of one list do not outdo each other: all of them may be what one clause of another notice says.
    """
    size = int(clauses.owners.max(initial=0)) + 1
    own, other = np.concatenate([a, b]), np.concatenate([b, a])
    _, key = np.unique(own * size + clauses.owners[other], return_inverse=True)
    values = np.tile(values, 2)
    lists = clauses.lists[other]
    order = np.lexsort((lists, -values, key))  # the best of each key first
    first = np.searchsorted(key[order], np.arange(key.max(initial=-1) + 1))
    top, of = values[order[first]], lists[order[first]]
    rest = np.zeros(len(top))
    elsewhere = lists != of[key]
    np.maximum.at(rest, key[elsewhere], values[elsewhere])
    most = np.maximum(np.where(elsewhere, top[key], rest[key]), values)
    return np.asarray((values / np.maximum(most, 1e-9)).reshape(2, -1))


def _joined(provisions: Sequence[Provision], best: Iterable[tuple[int, int, float]]) -> Iterator[Pair]:
    """The pairs with the characters that the two share."""
    shingles: dict[int, Shingles] = {}

    def of(number: int) -> Shingles:
        if number not in shingles:
            shingles[number] = Shingles.of(provisions[number].text)
        return shingles[number]

    partners: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for clause, other, score in best:
        partners[clause].append((other, score))
    for clause, found in sorted(partners.items()):
        lengths = shared(of(clause), [of(other) for other, _ in found])
        for (other, score), length in zip(found, lengths, strict=True):
            a, b = sorted((provisions[clause].id, provisions[other].id))
            yield Pair(a, b, score, length)
