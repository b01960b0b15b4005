"""Clauses of two documents that deal with the same matter, with a score from 0 to 1.

The score joins two kinds of evidence: likeness of words c (cosine of the rare character n-grams of text and
headings) and a shared topic of score t, as 1 − (1 − c)(1 − t/2). A pair is kept where the two share a
topic, or where c reaches `ALIKE` (`ALIKE_APART` where both have topics and share none). Where a clause has
more than `MOST` such partners, a pair is kept that is among the best of either side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.compare.candidates import Ints, candidates, index, ranges
from extractor.compare.provisions import Provision
from extractor.compare.reuse import Shingles, shared
from extractor.compare.vectors import SIZE, Vector, vectors

ALIKE = 0.1
ALIKE_APART = 0.2
MOST = 40
Topics = Mapping[str, float]


class Pair(NamedTuple):
    """Two clauses, `a_id` < `b_id`; `shared_text` is the characters in common runs."""

    a_id: str
    b_id: str
    score: float
    shared_text: int


class _Clauses(NamedTuple):
    """All clauses by number. The vector of number n is grams[bounds[n]:bounds[n + 1]] with its weights."""

    ids: Sequence[str]
    topics: Sequence[Topics]
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
    for number, document in enumerate(documents):
        provisions += document
        found += vectors(document)
        owners += [number] * len(document)
    own = [topics.get(provision.id, {}) for provision in provisions]
    numbers = {name: place for place, name in enumerate(sorted({name for each in own for name in each}))}
    table = index(
        [provision.id for provision in provisions], np.array(owners, np.int64), found,
        [[numbers[name] for name in each] for each in own],
    )  # fmt: skip
    asked = np.array(
        [n for n, provision in enumerate(provisions) if new is None or provision.document_id in new], np.int64
    )
    clauses = _gathered(provisions, own, found)
    best = {clause: _best(clauses, clause, met, dense) for dense in [np.zeros(SIZE, np.float32)]
            for clause, met in candidates(table, asked)}  # fmt: skip
    yield from _joined(provisions, best)


def _gathered(provisions: Sequence[Provision], topics: Sequence[Topics], found: Sequence[Vector]) -> _Clauses:
    bounds = np.concatenate([[0], np.cumsum([len(vector.grams) for vector in found])]).astype(np.int64)
    return _Clauses(
        [provision.id for provision in provisions],
        topics,
        np.concatenate([vector.grams for vector in found]) if found else np.zeros(0, np.int64),
        np.concatenate([vector.weights for vector in found]) if found else np.zeros(0, np.float32),
        bounds,
    )


def _best(clauses: _Clauses, clause: int, met: Ints, dense: NDArray[np.float32]) -> list[tuple[int, float]]:
    """The partners of a clause with their scores, best first. `dense` is zeros, and is left so."""
    if not len(met):
        return []
    own = slice(clauses.bounds[clause], clauses.bounds[clause + 1])
    dense[clauses.grams[own]] = clauses.weights[own]
    topics = clauses.topics[clause]
    scored = []
    for other, alike in zip(met.tolist(), _cosines(clauses, met, dense).tolist(), strict=True):
        value = _score(topics, clauses.topics[other], alike)
        if value:
            scored.append((other, value))
    dense[clauses.grams[own]] = 0
    return sorted(scored, key=lambda each: (-each[1], clauses.ids[each[0]]))[:MOST]


def _cosines(clauses: _Clauses, met: Ints, dense: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = clauses.bounds[met + 1] - clauses.bounds[met]
    places = ranges(clauses.bounds[met], lengths)
    sums = np.zeros(len(places) + 1, np.float64)
    np.cumsum(dense[clauses.grams[places]] * clauses.weights[places], out=sums[1:])
    ends = np.cumsum(lengths)
    return np.asarray(sums[ends] - sums[ends - lengths], np.float32)


def _score(a: Topics, b: Topics, alike: float) -> float:
    """The score of a pair; 0 where it is not kept."""
    common = a.keys() & b.keys()
    topic = max(min(a[name], b[name]) for name in common) if common else 0.0
    if not topic and alike < (ALIKE_APART if a and b else ALIKE):
        return 0.0
    return round(1 - (1 - min(max(alike, 0.0), 1.0)) * (1 - topic / 2), 4)


def _joined(provisions: Sequence[Provision], best: Mapping[int, list[tuple[int, float]]]) -> Iterator[Pair]:
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
