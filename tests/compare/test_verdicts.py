"""Higher, lower, equal or not comparable; earlier or later."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.compare.facts import Fact
from extractor.compare.verdicts import deadlines, judged

BASE = Fact(
    "a_t1",
    "target",
    "a",
    "a.1",
    "产前筛查率",
    "",
    "",
    "total",
    ">=",
    0.8,
    None,
    "1",
    "2025",
    "80% = 0.8",
    True,
)


def fact(**changes: object) -> Fact:
    return BASE._replace(**changes)  # type-checked by NamedTuple at run time


@pytest.mark.parametrize(
    ("changes", "verdict", "difference"),
    [
        ({"value": 0.92}, "lower", -0.12),
        ({"value": 0.7}, "higher", 0.1),
        ({}, "equal", 0),
        ({"comparator": "="}, "equal", 0),
        ({"comparator": "~", "value": 0.9}, "lower", -0.1),
    ],
)
def test_numbers_of_one_measure_are_compared(
    changes: dict[str, object], verdict: str, difference: float
) -> None:
    found = judged(BASE, fact(**changes))
    assert (found.verdict, found.difference, found.reason) == (verdict, difference, "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"unit": "元/人·年"}, "单位不同：1，元/人·年"),
        ({"sense": "up"}, "口径不同：总数，增加数"),
        ({"comparator": "<="}, "界限不同：下限，上限"),
        ({"value": 0.7, "value_high": 0.9}, "区间有重叠"),
    ],
)
def test_what_cannot_be_compared_says_why(changes: dict[str, object], reason: str) -> None:
    found = judged(BASE, fact(**changes))
    assert (found.verdict, found.difference, found.reason) == ("incomparable", None, reason)


@pytest.mark.parametrize(
    ("a", "b"),
    [("日", "工作日"), ("日", "月"), ("元/托位（一次性）", "元/人·年"), ("元（一次性）", "元/年"), ("元", "元（一次性）"), ("日", "日/年")],
)  # fmt: skip
def test_units_that_only_look_alike_are_not_compared(a: str, b: str) -> None:
    assert judged(fact(unit=a), fact(unit=b)).verdict == "incomparable"


def test_a_cap_is_not_a_sum_paid() -> None:
    paid, cap = fact(kind="amount", role="benefit"), fact(kind="amount", role="cap", comparator="=")
    assert judged(paid, cap).reason == "性质不同：发放数，最高限额"


def test_ranges_that_lie_apart_or_are_the_same_are_compared() -> None:
    low, high = fact(value=0.1, value_high=0.2), fact(value=0.3, value_high=0.4)
    assert judged(low, high).verdict == "lower"
    assert judged(low, low).verdict == "equal"


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("2025", "2025-12-31", "equal"), ("2024-12-31", "2025", "earlier"), ("2025-06", "2025-05-31", "later"),
        ("2025", None, None), ("--11-30", "2025", None), ("--11-30", "--12-31", "earlier"),
    ],
)  # fmt: skip
def test_deadlines(a: str | None, b: str | None, verdict: str | None) -> None:
    assert deadlines(a, b) == verdict
    turned = {"earlier": "later", "later": "earlier"}
    assert deadlines(b, a) == turned.get(verdict or "", verdict)


NUMBERS = st.floats(0, 1e9, allow_nan=False)


@given(NUMBERS, NUMBERS)
def test_a_verdict_turns_with_its_sides(a: float, b: float) -> None:
    there, back = judged(fact(value=a), fact(value=b)), judged(fact(value=b), fact(value=a))
    assert there.difference is not None and back.difference == -there.difference
    turned = {"higher": "lower", "lower": "higher", "equal": "equal"}
    assert turned[str(there.verdict)] == back.verdict
