"""Clauses of two documents that deal with the same matter, with a score from 0 to 1.

The score joins two kinds of evidence: likeness of words c (cosine of the rare character n-grams of text and
headings) and a shared topic of score t, as 1 − (1 − c)(1 − t/2). A pair is kept where the two share a
topic, or where c reaches `ALIKE` (`ALIKE_APART` where both have topics and share none). Where a clause has
more than `MOST` such partners, a pair is kept that is among the best of either side; and none is kept that
has less than a `SHARE` of the score of the best that either clause has in the document of the other. Topics
count in a document only where they name a share of `OF_SUBJECT` of its clauses: the words of a list mean
something else in a notice of another subject (用水、用电 of a nursery and of any office). A duty and the
penalty for its breach are no pair, however alike: the one says what is to be done, the other what follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.compare.candidates import Ints, candidates, index, ranges
from extractor.compare.provisions import Provision
from extractor.compare.reuse import Shingles, shared
from extractor.compare.vectors import SIZE, Vector, vectors

ALIKE = 0.15
ALIKE_APART = 0.22
MOST = 40
SHARE = 0.5
OF_SUBJECT = 1 / 3
Topics = Mapping[str, float]
Best = Mapping[int, Sequence[tuple[int, float]]]  # clause → its partners with their scores


class Pair(NamedTuple):
    """Two clauses, `a_id` < `b_id`; `shared_text` is the characters in common runs."""

    a_id: str
    b_id: str
    score: float
    shared_text: int


class _Clauses(NamedTuple):
    """All clauses by number. The vector of number n is grams[bounds[n]:bounds[n + 1]] with its weights.

    `ranks` order the clauses by id; `topics[n]` is the row of a clause in the scores of its topics.
    """

    ranks: Ints
    punishes: NDArray[np.bool_]
    topics: NDArray[np.float32]
    grams: NDArray[np.int64]
    weights: NDArray[np.float32]
    bounds: Ints


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
    owners: list[int] = []
    own: list[Topics] = []
    for number, document in enumerate(documents):
        provisions += document
        found += vectors(document)
        owners += [number] * len(document)
        own += _counting(document, topics)
    numbers = {name: place for place, name in enumerate(sorted({name for each in own for name in each}))}
    table = index(
        [provision.id for provision in provisions], np.array(owners, np.int64), found,
        [[numbers[name] for name in each] for each in own],
    )  # fmt: skip
    asked = np.array(
        [n for n, provision in enumerate(provisions) if new is None or provision.document_id in new], np.int64
    )
    clauses = _gathered(provisions, own, numbers, found)
    dense = np.zeros(SIZE, np.float32)
    best = {clause: _best(clauses, clause, met, dense) for clause, met in candidates(table, asked)}
    yield from _joined(provisions, _outstanding(best, np.array(owners, np.int64)))


def _counting(document: Sequence[Provision], topics: Mapping[str, Topics]) -> list[Topics]:
    """The topics of each clause of a document; none where the document is of another subject."""
    named = sum(provision.id in topics for provision in document)
    if named < OF_SUBJECT * len(document):
        return [{}] * len(document)
    return [topics.get(provision.id, {}) for provision in document]


def _gathered(
    provisions: Sequence[Provision],
    own: Sequence[Topics],
    numbers: Mapping[str, int],
    found: Sequence[Vector],
) -> _Clauses:
    ids = [provision.id for provision in provisions]
    bounds = np.concatenate([[0], np.cumsum([len(vector.grams) for vector in found])]).astype(np.int64)
    ranks = np.empty(len(ids), np.int64)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    topics = np.zeros((len(ids), len(numbers)), np.float32)
    for clause, scores in enumerate(own):
        for name, score in scores.items():
            topics[clause, numbers[name]] = score
    return _Clauses(
        ranks,
        np.array([provision.punishes for provision in provisions], np.bool_),
        topics,
        np.concatenate([vector.grams for vector in found]) if found else np.zeros(0, np.int64),
        np.concatenate([vector.weights for vector in found]) if found else np.zeros(0, np.float32),
        bounds,
    )


def _best(clauses: _Clauses, clause: int, met: Ints, dense: NDArray[np.float32]) -> list[tuple[int, float]]:
    """The partners of a clause with their scores, best first. `dense` is zeros, and is left so."""
    met = met[clauses.punishes[met] == clauses.punishes[clause]]
    if not len(met):
        return []
    own = slice(clauses.bounds[clause], clauses.bounds[clause + 1])
    dense[clauses.grams[own]] = clauses.weights[own]
    alike = _cosines(clauses, met, dense)
    dense[clauses.grams[own]] = 0
    scores = _scores(clauses.topics[clause], clauses.topics[met], alike)
    best = np.lexsort((clauses.ranks[met], -scores))[:MOST]
    return [
        (other, score)
        for other, score in zip(met[best].tolist(), scores[best].tolist(), strict=True)
        if score
    ]


def _cosines(clauses: _Clauses, met: Ints, dense: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = clauses.bounds[met + 1] - clauses.bounds[met]
    places = ranges(clauses.bounds[met], lengths)
    sums = np.zeros(len(places) + 1, np.float64)
    np.cumsum(dense[clauses.grams[places]] * clauses.weights[places], out=sums[1:])
    ends = np.cumsum(lengths)
    return np.asarray(sums[ends] - sums[ends - lengths], np.float32)


def _scores(
    own: NDArray[np.float32], others: NDArray[np.float32], alike: NDArray[np.float32]
) -> NDArray[np.float64]:
    """The score of a clause with each other, from scores of topics and likeness; 0: not kept."""
    topic = np.minimum(own, others).max(axis=1, initial=0)
    least = np.where(others.any(axis=1) & bool(own.any()), ALIKE_APART, ALIKE)
    scores = 1 - (1 - alike.clip(0, 1).astype(np.float64)) * (1 - topic / 2)
    return np.where((topic > 0) | (alike >= least), scores.round(4), 0.0)


def _outstanding(best: Best, owners: Ints) -> Best:
    """Without the pairs that fall short of what one of the two has in the document of the other."""
    counts = [len(partners) for partners in best.values()]
    a = np.repeat(np.array(list(best), np.int64), counts)
    flat = [partner for partners in best.values() for partner in partners]
    b = np.array([other for other, _ in flat], np.int64)
    scores = np.array([score for _, score in flat], np.float64)
    size = int(owners.max(initial=0)) + 1
    keys = np.concatenate([a * size + owners[b], b * size + owners[a]])
    names, places = np.unique(keys, return_inverse=True)
    tops = np.zeros(len(names))
    np.maximum.at(tops, places, np.tile(scores, 2))
    least = SHARE * tops[places].reshape(2, -1).max(axis=0, initial=0.0)
    marks = iter(zip(flat, (scores >= least).tolist(), strict=True))
    return {
        clause: [partner for partner, keep in islice(marks, len(partners)) if keep]
        for clause, partners in best.items()
    }


def _joined(provisions: Sequence[Provision], best: Best) -> Iterator[Pair]:
    """Each pair once, with the characters that the two share."""
    shingles: dict[int, Shingles] = {}

    def of(number: int) -> Shingles:
        if number not in shingles:
            shingles[number] = Shingles.of(provisions[number].text)
        return shingles[number]

    seen: set[tuple[int, int]] = set()
    for clause, partners in sorted(best.items()):
        fresh = [(other, score) for other, score in partners if (other, clause) not in seen]
        seen.update((clause, other) for other, _ in fresh)
        lengths = shared(of(clause), [of(other) for other, _ in fresh])
        for (other, score), length in zip(fresh, lengths, strict=True):
            a, b = sorted((provisions[clause].id, provisions[other].id))
            yield Pair(a, b, score, length)
