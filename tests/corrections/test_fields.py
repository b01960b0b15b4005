"""What may be corrected, and what a value must be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.check.columns import _fits
from extractor.contract import load_contract
from extractor.corrections.fields import ValueProblem, kinds, normal_value, problems, read, written
from extractor.corrections.making import changed
from extractor.corrections.model import Fact, Place, Value


def test_kinds_and_columns_are_those_of_the_contract() -> None:
    assert {kind: list(columns) for kind, columns in kinds().items()} == {
        "responsibilities": ["unit", "canonical_name", "sector", "role"],
        "targets": ["indicator", "comparator", "value", "value_high", "unit", "deadline", "scope"],
        "amounts": ["kind", "action", "comparator", "value", "value_high", "unit", "per", "period", "beneficiary",
                    "purpose", "payer"],
        "durations": ["subject", "action", "comparator", "value", "value_high", "unit", "beneficiary"],
        "deadlines": ["due", "task"],
        "citations": ["title", "doc_number", "relation"],
        "findings": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "column", "text", "value"),
    [
        ("targets", "value", "4.50", 4.5), ("targets", "value", " 12 ", 12), ("targets", "value_high", "", None),
        ("targets", "value", "-3", -3), ("targets", "deadline", "2025/6/30", "2025-06-30"), ("targets", "deadline", "2025", "2025"),
        ("deadlines", "due", "--11-30", "--11-30"), ("targets", "scope", "全 区", "全 区"), ("amounts", "period", "once", "once"),
    ],
)  # fmt: skip
def test_a_value_is_read(kind: str, column: str, text: str, value: Value) -> None:
    found = read(kinds()[kind][column], text)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "column", "text", "said"),
    [
        ("targets", "value", "", "may not be empty"), ("targets", "value", "许多", "is no number"),
        ("targets", "value", "1e400", "is no number"), ("targets", "value", "nan", "is no number"),
        ("targets", "value", "٣", "is no number"), ("targets", "value", "9" * 16, "is no number"),
        ("amounts", "period", "weekly", "none of once, day"), ("amounts", "unit", "万元", "none of 元"),
        ("deadlines", "due", "2025-02-30", "none of 2025"), ("deadlines", "due", "年底", "none of 2025"),
        ("deadlines", "due", "2025/13", "none of 2025"), ("targets", "scope", "一\n二", "one line"),
        ("targets", "scope", "\x00", "one line"), ("targets", "scope", "长" * 1001, "at most 1000"),
        ("responsibilities", "sector", "卫健", "none of 卫生健康"),
    ],
)  # fmt: skip
def test_what_may_not_stand_there_is_refused(kind: str, column: str, text: str, said: str) -> None:
    with pytest.raises(ValueProblem, match=said):
        read(kinds()[kind][column], text)


@given(st.sampled_from([(kind, name) for kind, columns in kinds().items() for name in columns]), st.text())
def test_what_is_read_keeps_the_contract_and_is_written_back(where: tuple[str, str], text: str) -> None:
    column = kinds()[where[0]][where[1]]
    try:
        value = read(column, text)
    except ValueProblem:
        return
    table = load_contract()["units" if where[1] in ("canonical_name", "sector") else where[0]]
    fits = _fits(column, table)
    assert value is None or fits is None or fits(value)
    assert read(column, written(value)) == value


@given(
    st.one_of(
        st.integers(-(10**15) + 1, 10**15 - 1),
        st.floats(-1e14, 1e14).filter(lambda f: f == 0 or abs(f) > 1e-9),
    )
)
def test_a_stored_number_is_written_so_that_it_is_read_back(value: float) -> None:
    assert read(kinds()["targets"]["value"], written(value)) == value


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("targets", {"comparator": "=", "value": 5, "value_high": 4, "unit": "个"}, ["value_high 4 is less than value 5"]),
        ("targets", {"comparator": "=", "value": 5, "value_high": 6, "unit": "个"}, []),
        ("targets", {"comparator": "≥", "value": None, "unit": "个"}, ["comparator '≥' is none of", "value it may not be empty"]),
        ("citations", {"title": None, "doc_number": None, "relation": "basis"}, ["title a citation has a title or"]),
    ],
)  # fmt: skip
def test_a_whole_fact_is_looked_at(kind: str, fields: dict[str, Value], said: list[str]) -> None:
    found = sorted(f"{problem.column} {problem.words}" for problem in problems(kind, fields))
    assert len(found) == len(said) and all(a.startswith(b) for a, b in zip(found, sorted(said), strict=True))


@pytest.mark.parametrize(
    ("value", "unit", "before", "expected"),
    [
        (5, "个", (4.5, "个", 4.5), 5), (9, "/10万", (8, "/10万", 0.00008), 0.00009), (2, "万个", (1.5, "万个", 15000), 20000),
        (95, "%", (95, "‰", 0.095), 0.95), (3, "‰", (3, "%", 0.03), 0.003), (8, "/10万", (8, "%", 0.08), 0.00008),
        (2, "万个", (2, "个", 2), 20000), (3, "百分点", (3, "个", 3), 0.03), (5, "百万人次", (5, "人次", 5), 5000000),
        (7, "张/万人", (7, "个", 7), 7), (1, "个", (0, "个", 0), 1), (4, "级", (3, "级", None), None), (None, "个", (1, "个", 1), None),
    ],
)  # fmt: skip
def test_the_normal_value_follows(
    value: Value, unit: str, before: tuple[Value, str, Value], expected: Value
) -> None:
    assert normal_value(value, unit, before) == expected


@pytest.mark.parametrize(
    ("typed", "changes"),
    [
        ({"task": "组建 中心并运行"}, {}),  # a browser drops the line break
        ({"task": "组建\n中心并运行", "due": " 2025 "}, {}),
        ({"task": "组建中心", "due": "2025/06/30"}, {"task": "组建中心", "due": "2025-06-30"}),
        ({"task": ""}, {"task": None}),
    ],
)
def test_only_what_differs_is_a_change(typed: dict[str, str], changes: dict[str, Value]) -> None:
    place = Place("a" * 64, "1", 0, 1, "2025年底前", 0, (), 0, 1, 1)
    fact = Fact("deadlines", "x.1_l1", "x.1", place, {"due": "2025", "task": "组建\n中心并运行"}, 0, 1)
    assert changed(fact, typed) == changes
