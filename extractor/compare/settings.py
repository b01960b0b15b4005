"""How like two clauses are, each in its setting: the clauses beside it and those under the same clause.

The words of a short clause say little, but notices on one subject put like things together: a matter goes
on in the clauses beside, and clauses under one heading have their counterparts under one heading. Two clauses
are as like as their vectors are, and more for their settings, by at most `SETTING`: by `BESIDE` of how like
each is to the clauses before and after the other, and by how like their groups are: the means of the vectors
of all clauses under one clause. So every part of it is words that both sides have. Settings count for the
`NEAR` that a clause is likest to, of those whose own words have `OWN` in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.compare.candidates import Ints, ranges
from extractor.compare.vectors import SIZE, Vector

Floats = NDArray[np.float32]

# Chosen on notices of four subjects; each may be a quarter more or less and no figure moves by much.
BESIDE = 0.15
SETTING = 0.25
OWN = 0.05
NEAR = 40


class Rows(NamedTuple):
    """Vectors one after another: number n is grams[bounds[n]:bounds[n + 1]] with its weights."""

    grams: NDArray[np.int32]
    weights: Floats
    bounds: Ints

    @classmethod
    def of(cls, vectors: Sequence[Vector]) -> Rows:
        """The rows of these vectors, in their order."""
        lengths = [len(vector.grams) for vector in vectors]
        return cls(
            np.concatenate([*(vector.grams.astype(np.int32) for vector in vectors), np.zeros(0, np.int32)]),
            np.concatenate([*(vector.weights for vector in vectors), np.zeros(0, np.float32)]),
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        )

    def products(self, own: Iterable[int], others: Ints, dense: Floats) -> NDArray[np.float64]:
        """The product of the sum of the rows `own` with each of `others`. `dense` is zeros, and left so."""
        slices = [slice(self.bounds[number], self.bounds[number + 1]) for number in own]
        for place in slices:
            dense[self.grams[place]] += self.weights[place]
        lengths = self.bounds[others + 1] - self.bounds[others]
        places = ranges(self.bounds[others], lengths)
        terms = dense.take(self.grams.take(places)) * self.weights.take(places)
        for place in slices:
            dense[self.grams[place]] = 0
        sums = np.zeros(len(others), np.float64)
        said = lengths > 0  # a row of nothing has no first place to sum from
        if said.any():
            begins = (np.cumsum(lengths) - lengths)[said]
            sums[said] = np.add.reduceat(terms, begins, dtype=np.float64)
        return sums


class Settings(NamedTuple):
    """All clauses by number, document by document: their vectors, their groups and the vectors of those."""

    clauses: Rows
    owners: Ints  # the document of each clause
    group_of: Ints
    groups: Rows
    subjects: Rows  # of the documents
    dense: Floats  # zeros, one for each gram; left so

    @classmethod
    def of(
        cls,
        vectors: Sequence[Vector],
        owners: Ints,
        group_of: Sequence[int],
        *,
        groups: Sequence[Vector],
        subjects: Sequence[Vector],
    ) -> Settings:
        """The settings of clauses with these vectors, documents and groups."""
        places = np.array(group_of, np.int64)
        dense = np.zeros(SIZE, np.float32)
        return cls(Rows.of(vectors), owners, places, Rows.of(groups), Rows.of(subjects), dense)

    def of_subject(self, clause: int, met: Ints) -> NDArray[np.float64]:
        """How like the subject of the document of a clause is to those of the documents of `met`: 0 to 1."""
        others, places = np.unique(self.owners[met], return_inverse=True)
        return self.subjects.products([int(self.owners[clause])], others, self.dense)[places]

    def alike(self, clause: int, met: Ints) -> NDArray[np.float64]:
        """How like a clause is to each of `met` in their settings: from 0 to about 1 + `SETTING`."""
        if not len(met):
            return np.zeros(0)
        own = self.clauses.products([clause], met, self.dense)
        near = np.argsort(-own, kind="stable")[:NEAR]
        near = near[own[near] >= OWN]
        if len(near):
            setting = self._beside(clause, met[near]) + self._together(clause, met[near])
            own[near] += np.minimum(setting, SETTING)
        return own

    def _beside(self, clause: int, met: Ints) -> NDArray[np.float64]:
        """What those clauses tell that stand next to a clause or to one of `met`."""
        before, after = np.maximum(met - 1, 0), np.minimum(met + 1, len(self.owners) - 1)
        around, places = np.unique(np.concatenate([before, after]), return_inverse=True)
        beside = self.clauses.products([clause], around, self.dense)[places].reshape(2, -1)
        for likeness, other in zip(beside, (before, after), strict=True):
            likeness[(self.owners[other] != self.owners[met]) | (other == met)] = 0
        nearby = self.clauses.products(self._next(clause), met, self.dense)
        return np.asarray(BESIDE * (beside[0] + beside[1] + nearby))

    def _next(self, clause: int) -> list[int]:
        """The clauses before and after a clause in its document."""
        there = (other for other in (clause - 1, clause + 1) if 0 <= other < len(self.owners))
        return [other for other in there if self.owners[other] == self.owners[clause]]

    def _together(self, clause: int, met: Ints) -> NDArray[np.float64]:
        """How like the group of a clause is to that of each of `met`."""
        others, places = np.unique(self.group_of[met], return_inverse=True)
        own = int(self.group_of[clause])
        return np.asarray(self.groups.products([own], others, self.dense)[places])
