"""Days and periods as notices print them, and how long a period lasts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.extractors.dates import (
    add_days,
    add_months,
    before_anniversary,
    first_day,
    last_day,
    read_date,
    small_number,
)


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2023年12月7日", "2023-12-07"),
        ("印发于2023 年 1 月 5 日。", "2023-01-05"),
        ("二〇二三年十二月三十一日", "2023-12-31"),
        ("二○二三年十月二十日", "2023-10-20"),
        ("一九九八年一月一日", "1998-01-01"),
        ("2023-12-07 10:00", "2023-12-07"),
        ("2023/1/5", "2023-01-05"),
        ("2023.1.5", "2023-01-05"),
        ("2024年2月29日", "2024-02-29"),
        # no day of the calendar, or none at all
        ("2023年2月29日", None),
        ("2023年13月1日", None),
        ("2023年0月1日", None),
        ("2023年1月0日", None),
        ("2023年1月32日", None),
        ("2023-12/07", None),
        ("2023-12-071", None),
        ("2023年12月", None),
        ("十二月七日", None),
    ],
)
def test_a_day(words: str, day: str | None) -> None:
    assert iso(read_date(words)) == day


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2025年底", "2025-01-01", "2025-12-31"),
        ("二〇二五年末", "2025-01-01", "2025-12-31"),
        ("2025年6月", "2025-06-01", "2025-06-30"),
        ("2024年2月底", "2024-02-01", "2024-02-29"),
        ("2025年12月", "2025-12-01", "2025-12-31"),
        ("2025年1月", "2025-01-01", "2025-01-31"),
        ("2025年6月15日", "2025-06-15", "2025-06-15"),
        ("2025年13月", None, None),
        ("2025年十十月", None, None),
        ("2025年0月", None, None),
        ("明年", None, None),
    ],
)
def test_the_ends_of_a_period(words: str, first: str | None, last: str | None) -> None:
    assert (iso(first_day(words)), iso(last_day(words))) == (first, last)


@pytest.mark.parametrize(
    ("words", "number"),
    [("2023", 2023), ("二〇二三", 2023), ("十", 10), ("十六", 16), ("三十", 30), ("三十一", 31), ("两", 2),
     ("半", None), ("百", None), ("十十", None), ("０", None), ("", None)],
)  # fmt: skip
def test_small_numbers(words: str, number: int | None) -> None:
    assert small_number(words) == number


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2023-10-16", 24, "2025-10-15"),
        ("2024-01-01", 12, "2024-12-31"),
        ("2024-02-29", 12, "2025-02-28"),  # the last month has no such day
        ("2024-08-31", 6, "2025-02-28"),
        ("2024-11-30", 3, "2025-02-28"),
        ("9999-01-01", 12, None),  # beyond the calendar
    ],
)
def test_the_last_day_of_a_spell(first: str, months: int, last: str | None) -> None:
    assert iso(before_anniversary(date.fromisoformat(first), months=months)) == last


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 600))
def test_so_many_months_on_is_in_that_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert later is not None
    assert (later.year - day.year) * 12 + later.month - day.month == months
    following = later + timedelta(days=1)
    assert later.day == day.day or (later.day < day.day and following.month != later.month)


def test_days_end_with_the_calendar() -> None:
    assert iso(add_days(date(2024, 2, 28), 2)) == "2024-03-01"
    assert add_days(date.max, 1) is None
    assert add_months(date.max, 1) is None
