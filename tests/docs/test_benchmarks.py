"""docs/benchmarks.md says what docs/benchmarks.json holds, and the programs that fill it count right."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.benchmarks.finding import _score
from tests.benchmarks.growing import exponent
from tests.benchmarks.many import texts
from tests.docs import benchmarks


def test_the_page_is_made_of_the_figures() -> None:
    assert benchmarks.PAGE.read_text("utf-8") == benchmarks.page(), "run `python -m tests.docs`"


@pytest.mark.parametrize(
    ("power", "sizes"), [(1.0, (1000, 10_000)), (1.5, (1000, 10_000, 100_000)), (1.0, (100, 200))]
)
def test_the_exponent_is_the_slope(power: float, sizes: tuple[int, ...]) -> None:
    rows = [{"notices": size, "wall": size**power / 50} for size in sizes]
    assert exponent(rows, "wall") == power
    assert exponent(rows[:1], "wall") is None


def test_small_runs_do_not_count_for_the_exponent_where_there_are_large_ones() -> None:
    rows = [{"notices": 100, "wall": 99.0}, {"notices": 1000, "wall": 1.0}, {"notices": 10_000, "wall": 10.0}]
    assert exponent(rows, "wall") == 1.0


def test_scores_are_counted_by_value_and_unit() -> None:
    gold = [[(("money", 5.0, "元"), False), (("money", 5.0, "元"), False), (("money", 7.0, "元"), True)]]
    found = [[("money", 5.0, "元"), ("money", 7.0, "元"), ("money", 8.0, "元"), ("duration", 5.0, "元")]]
    assert _score("money", found, gold) == {"gold": 2, "precision": 50.0, "recall": 50.0, "f1": 50.0}
    assert _score("place", found, gold) == {}


def test_the_notices_differ_and_are_the_same_each_time() -> None:
    made = list(texts(40))
    assert made == list(texts(60))[:40] and len(set(made)) == 40
    numbers = Counter(number for text in made for number in re.findall(r"〔\d{4}〕\d+号", text)[:1])
    assert len(numbers) > 25
    assert 1_800 < sum(map(len, made)) / len(made) < 2_900
