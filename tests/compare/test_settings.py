"""How like clauses are in their settings: alike from both sides, more than their words alone by a bounded sum."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.compare.settings import OWN, SETTING, Settings
from extractor.compare.vectors import Vector


def vector(weights: dict[int, float]) -> Vector:
    """A vector of unit length with these weights; empty where there are none."""
    length = sum(weight * weight for weight in weights.values()) ** 0.5
    grams = np.array(sorted(weights), np.int64)
    return Vector(grams, np.array([weights[gram] / length for gram in sorted(weights)], np.float32))


def settings(*documents: list[dict[int, float]]) -> Settings:
    """Documents of one group each, with the first clause's words for those of the group."""
    clauses = [vector(weights) for document in documents for weights in document]
    owners = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
    groups = [vector(document[0]) for document in documents]
    return Settings.of(clauses, owners, owners.tolist(), groups=groups, subjects=groups)


clause = st.dictionaries(st.integers(0, 12), st.floats(0.1, 1), min_size=1, max_size=5)
document = st.lists(clause, min_size=1, max_size=5)


@given(document, document)
def test_both_sides_see_the_same_likeness(a: list[dict[int, float]], b: list[dict[int, float]]) -> None:
    both = settings(a, b)
    ours, theirs = np.arange(len(a)), np.arange(len(a), len(a) + len(b))
    there = np.array([both.alike(int(clause), theirs) for clause in ours])
    back = np.array([both.alike(int(clause), ours) for clause in theirs])
    assert there == pytest.approx(back.T, abs=1e-5)
    own = np.array([[_product(x, y) for y in b] for x in a])
    assert (there >= own - 1e-5).all() and (there <= own + SETTING + 1e-5).all()
    assert there[own < OWN - 1e-5] == pytest.approx(own[own < OWN - 1e-5], abs=1e-5)
    assert not both.dense.any()


def _product(a: dict[int, float], b: dict[int, float]) -> float:
    one, other = vector(a), vector(b)
    held = dict(zip(one.grams.tolist(), one.weights.tolist(), strict=True))
    return sum(
        held.get(gram, 0.0) * weight
        for gram, weight in zip(other.grams.tolist(), other.weights.tolist(), strict=True)
    )


def test_what_stands_beside_a_counterpart_is_the_more_like_a_clause() -> None:
    canal, road, seed, tax = {1: 1.0}, {2: 1.0, 7: 0.3}, {3: 1.0}, {4: 1.0, 7: 0.3}
    beside = settings([seed, canal, road], [{9: 1.0}, road, tax])
    apart = settings([seed, canal, road], [road, {9: 1.0}, tax])
    assert beside.alike(2, np.array([5]))[0] > apart.alike(2, np.array([5]))[0] > 0


def test_a_clause_that_met_none_has_no_likeness() -> None:
    assert settings([{1: 1.0}], [{2: 1.0}]).alike(0, np.zeros(0, np.int64)).tolist() == []
