"""What is said stays the same however it is typed: the facts of the five notices in other dress.

A few variations of each; `python -m tests.fuzz.metamorphic` tries hundreds.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from extractor.pipeline import read_bytes
from tests.fuzz.metamorphic import ORDERED, rows_of
from tests.relations import CORPORA, DRESSES, ENCODINGS, Dress, another_figure, as_plain, plain, said


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
@pytest.mark.parametrize("dress", DRESSES, ids=lambda dress: dress.__name__)
def test_facts_stay_however_they_are_typed(path: Path, dress: Dress) -> None:
    expected = as_plain(path)
    for seed in range(3):
        typed = dress(plain(path), random.Random(seed))
        found = said(read_bytes(path.name, typed.encode()))
        assert found == expected, (seed, found - expected, expected - found)


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_facts_stay_in_any_encoding(path: Path, encoding: str) -> None:
    assert said(read_bytes(path.name, plain(path).encode(encoding))) == as_plain(path)


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
def test_another_figure_changes_that_fact_alone(path: Path) -> None:
    rng = random.Random(path.stem)
    assert [wrong for _ in range(12) if (wrong := another_figure(path, rng))] == []


def test_rows_stay_in_any_order_of_files() -> None:
    assert rows_of(ORDERED[::-1]) == rows_of(ORDERED)
