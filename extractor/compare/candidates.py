"""Which clauses may deal with the same matter, by an index: cost grows as the number of clauses.

Each clause stands in the index under its `KEYS` weightiest grams and its topics. Where more than `CROWD`
clauses share a key, `CROWD` of them stand for it, drawn by a hash of their ids, so that the draw depends on
the clauses alone. A clause meets all that stand under its keys, and keeps the `MET` with most in common.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.compare.vectors import SIZE, Vector

KEYS = 64
CROWD = 32
MET = 100
_BLOCK = 400  # clauses looked up at once: bounds the memory
_TOPIC_WEIGHT = 0.3  # what a shared topic counts among the weights of shared grams

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


class Index(NamedTuple):
    """Keys of all clauses, and the clauses that stand under each key."""

    keys: Ints  # all keys of all clauses, clause by clause
    weights: Floats
    bounds: Ints  # clause n has keys[bounds[n]:bounds[n + 1]]
    names: Ints  # the different keys, ascending
    starts: Ints  # clauses under names[n]: held[starts[n]:starts[n + 1]], at most CROWD
    held: Ints
    held_weights: Floats
    owners: Ints  # the document of each clause, by number


def index(
    ids: Sequence[str], owners: Ints, vectors: Sequence[Vector], topics: Sequence[Iterable[int]]
) -> Index:
    """The index of clauses with these ids, documents, vectors and topics (numbers)."""
    parts = [_keys(vector, own) for vector, own in zip(vectors, topics, strict=True)]
    keys = np.concatenate([keys for keys, _ in parts]) if parts else np.zeros(0, np.int64)
    weights = np.concatenate([w for _, w in parts]) if parts else np.zeros(0, np.float32)
    bounds = np.concatenate([[0], np.cumsum([len(k) for k, _ in parts])]).astype(np.int64)
    clauses = np.repeat(np.arange(len(parts)), np.diff(bounds))
    draw = np.array([_draw(name) for name in ids], np.int64)[clauses] ^ (keys * 0x9E3779B1 & 0xFFFFFFFF)
    order = np.lexsort((draw * 0x85EBCA6B & 0xFFFFFFFF, keys))
    names, first = np.unique(keys[order], return_index=True)
    place = np.arange(len(order)) - np.repeat(first, np.diff(np.append(first, len(order))))
    kept = order[place < CROWD]
    counts = np.minimum(np.diff(np.append(first, len(order))), CROWD)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Index(keys, weights, bounds, names, starts, clauses[kept], weights[kept], owners)


def _keys(vector: Vector, topics: Iterable[int]) -> tuple[Ints, Floats]:
    best = np.arange(len(vector.weights))
    if len(best) > KEYS:
        best = np.argpartition(-vector.weights, KEYS)[:KEYS]
    marks = np.array([SIZE + number for number in topics], np.int64)
    grams = np.concatenate([vector.grams[best], marks])
    weights = np.concatenate([vector.weights[best], np.full(len(marks), _TOPIC_WEIGHT, np.float32)])
    return grams, weights.astype(np.float32)


def _draw(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "big")


def candidates(index: Index, clauses: Ints) -> Iterator[tuple[int, Ints]]:
    """For each of `clauses`, the clauses of other documents that it meets, ascending."""
    for at in range(0, len(clauses), _BLOCK):
        yield from _met(index, clauses[at : at + _BLOCK])


def _met(index: Index, rows: Ints) -> Iterator[tuple[int, Ints]]:
    """The candidates of one block: keys → clauses under them → the best of each row."""
    size = len(index.owners)
    lengths = index.bounds[rows + 1] - index.bounds[rows]
    own = ranges(index.bounds[rows], lengths)
    local = np.repeat(np.arange(len(rows)), lengths)
    places = np.searchsorted(index.names, index.keys[own])
    counts = index.starts[places + 1] - index.starts[places]
    found = ranges(index.starts[places], counts)
    weights = np.repeat(index.weights[own], counts) * index.held_weights[found]
    row, other = np.repeat(local, counts), index.held[found]
    apart = index.owners[rows[row]] != index.owners[other]
    codes, inverse = np.unique(row[apart] * size + other[apart], return_inverse=True)
    common = np.bincount(inverse, weights[apart], len(codes))
    row, other = codes // size, codes % size
    order = np.lexsort((other, -common, row))
    edges = np.searchsorted(row, np.arange(len(rows) + 1))
    for number, clause in enumerate(rows):
        yield int(clause), np.sort(other[order[edges[number] : edges[number + 1]][:MET]])


def ranges(starts: Ints, lengths: Ints) -> Ints:
    """All of start … start + length, one after another."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) + np.repeat(starts - (ends - lengths), lengths), np.int64)
