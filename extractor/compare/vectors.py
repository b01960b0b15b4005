"""Clauses as sparse vectors of character n-grams, weighted by how rare they are in their own document.

Guarantee: the vector of a clause depends on its document alone, so that no score changes when another
document comes or goes, and none depends on the order in which they came. A gram weighs what sets its clause
apart from the rest of its document (in a plan on childcare 托育 says little, 托位 much); this holds for any
subject without a list of words.

A vector is two arrays of one length: gram numbers, ascending, below `SIZE`, and weights. It has unit length,
but for the clauses that say least of their own: those are shorter, so that little is like them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.compare.provisions import Provision

Grams = NDArray[np.int64]
Weights = NDArray[np.float32]

SIZE = 1 << 22  # gram numbers: hashes, so few that a table of all of them is small
_LENGTHS = {1: 0.7, 2: 1.0}  # characters of a gram → what it counts
_LONGEST = 600  # grams of a vector, the weightiest: no clause costs more than that
_HEADING = 2.0  # a gram of the heading counts this often
_ABOVE = 0.4  # of a heading above, and of the words that lead in
_BELOW = 0.3  # of the list that a clause leads in
_SUBJECT = 100  # pairs of characters that tell what a document is about
_LITTLE = 0.3  # of the clauses of a document, those that say least
_PRIOR = 4.0  # clauses of an unseen document that each gram is taken to be in: damps what short notices say
_FACTOR = 0x9E3779B1


class Vector(NamedTuple):
    """Gram numbers, ascending, and their weights; the sum of squares of the weights is at most 1."""

    grams: Grams
    weights: Weights


def vectors(document: Sequence[Provision]) -> tuple[Vector, ...]:
    """The vector of each clause of one document."""
    if not document:
        return ()
    parts = [part for number, provision in enumerate(document) for part in _parts(number, provision)]
    text = "\n".join(part.text for part in parts)
    lengths = [len(part.text) + 1 for part in parts]
    clause = np.repeat([part.clause for part in parts], lengths)
    factor = np.repeat(np.array([part.factor for part in parts], np.float32), lengths)
    own = np.repeat(np.array([part.own for part in parts]), lengths)
    keys, values, owns = [], [], []
    for length, value in _LENGTHS.items():
        numbers, places = _grams(text, length)
        keys.append(clause[places] * SIZE + numbers)
        values.append(factor[places] * np.float32(value))
        owns.append(own[places])
    found, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    count = np.bincount(inverse, np.concatenate(values), len(found))
    counted = np.bincount(inverse[np.concatenate(owns)], minlength=len(found)) > 0
    grams = found % SIZE
    weights = (np.log1p(count) * _rarity(grams, counted, len(document))).astype(np.float32)
    edges = np.searchsorted(found, np.arange(len(document) + 1) * SIZE)
    return _scaled([_longest(grams[start:end], weights[start:end]) for start, end in pairwise(edges)])


def _rarity(grams: Grams, counted: NDArray[np.bool_], clauses: int) -> Weights:
    """For each gram of each clause, how much it sets those clauses apart that hold it."""
    names, places = np.unique(grams, return_inverse=True)
    held = np.bincount(places, counted, len(names))[places]
    return np.asarray(np.log((clauses + _PRIOR) / (held + 0.5)).clip(0.05), np.float32)


class _Part(NamedTuple):
    clause: int
    text: str
    factor: float
    own: bool = True  # counts where it is told how many clauses hold a gram


def _parts(number: int, provision: Provision) -> tuple[_Part, ...]:
    """The words of a clause, its heading, the headings above and the words that lead in."""
    end = provision.heading_end
    return (
        _Part(number, provision.words[end:], 1.0),
        _Part(number, provision.words[:end] or provision.heading, _HEADING),
        _Part(number, "\n".join(provision.above), _ABOVE, own=False),
        _Part(number, provision.lead_in, _ABOVE),
        _Part(number, provision.below, _BELOW, own=False),
    )


def subject(document: Sequence[Provision]) -> Vector:
    """What a document is about: how often it says the pairs of characters that it says most often."""
    numbers, _ = _grams("\n".join(provision.words for provision in document), 2)
    grams, counts = np.unique(numbers, return_counts=True)
    most = np.sort(np.argsort(-counts, kind="stable")[:_SUBJECT])
    weights = counts[most].astype(np.float32)
    return Vector(grams[most], weights / max(float(np.linalg.norm(weights)), 1.0))


def groups(
    document: Sequence[Provision], found: Sequence[Vector]
) -> tuple[Sequence[int], tuple[Vector, ...]]:
    """The group of each clause, all that stand under one clause; the mean of the vectors of each group."""
    parents = list(dict.fromkeys(provision.parent for provision in document))
    numbers = {parent: number for number, parent in enumerate(parents)}
    own = [numbers[provision.parent] for provision in document]
    members: list[list[Vector]] = [[] for _ in parents]
    for number, vector in zip(own, found, strict=True):
        members[number].append(vector)
    return own, tuple(map(_mean, members))


def _mean(group: Sequence[Vector]) -> Vector:
    grams, places = np.unique(np.concatenate([vector.grams for vector in group]), return_inverse=True)
    sums = np.bincount(places, np.concatenate([vector.weights for vector in group]), len(grams))
    return _longest(grams, (sums / len(group)).astype(np.float32))


def _longest(grams: Grams, weights: Weights) -> Vector:
    if len(grams) > _LONGEST:
        best = np.sort(np.argsort(-weights, kind="stable")[:_LONGEST])
        grams, weights = grams[best], weights[best]
    return Vector(grams, weights)


def _scaled(found: Sequence[Vector]) -> tuple[Vector, ...]:
    norms = np.array([np.sqrt((vector.weights * vector.weights).sum()) for vector in found], np.float32)
    least = max(float(np.quantile(norms, _LITTLE)), 1e-6)
    return tuple(
        Vector(vector.grams, vector.weights / np.float32(max(norm, least)))
        for vector, norm in zip(found, norms, strict=True)
    )


def _grams(text: str, length: int) -> tuple[Grams, Grams]:
    """Numbers and places of all grams of `length` characters that no punctuation or space interrupts."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    if len(points) < length:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    good = _is_word(points)
    count = len(points) - length + 1
    number = np.full(count, length, np.int64)
    whole = np.ones(count, np.bool_)
    for shift in range(length):
        number = (number * _FACTOR + points[shift : shift + count]) & 0xFFFFFFFF
        whole &= good[shift : shift + count]
    number ^= number >> 15
    places = np.flatnonzero(whole)
    return (number[places] * _FACTOR & 0xFFFFFFFF) >> 10, places


def _is_word(points: Grams) -> NDArray[np.bool_]:
    """Chinese characters, Latin letters and digits."""
    chinese = (points >= 0x3400) & (points <= 0x9FFF) | (points >= 0x20000)
    latin = (points < 0x80) & (points > 0x2F) & ~((points > 0x39) & (points < 0x41))
    return np.asarray(chinese | latin, np.bool_)
