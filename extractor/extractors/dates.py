"""Calendar dates as notices print them, and arithmetic on them. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

# 2023 and 二〇二三; converters write the zero as ○, O or the Greek letter
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零○OoΟ一二三四五六七八九]{3})"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"

# 2023年12月7日, 二〇二三年十月十六日, 2023-12-07, 2023.12.7: groups year, month, day
FULL_DATE = (
    rf"(?:(?P<year>{_YEAR})\s?年\s?(?P<month>{_SMALL})\s?月\s?(?P<day>{_SMALL})\s?日"
    r"|(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d))"
)
# The same without groups, to stand in longer patterns.
PLAIN_DATE = (
    rf"(?:{_YEAR}\s?年\s?{_SMALL}\s?月\s?{_SMALL}\s?日|(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d))"
)
# 2025年底, 2025年12月, 2025年
PLAIN_PERIOD = rf"(?:{_YEAR}\s?年(?:\s?{_SMALL}\s?月)?\s?(?:底|末)?)"

_FULL = re.compile(FULL_DATE)
_PERIOD = re.compile(rf"(?P<year>{_YEAR})\s?年(?:\s?(?P<month>{_SMALL})\s?月)?")
_DIGITS = str.maketrans("〇零○OoΟ一二三四五六七八九", "000000123456789")


def read_date(words: str) -> date | None:
    """The first full date in `words`; None where there is none or the calendar has no such day."""
    match = _FULL.search(words)
    return None if match is None else _date_of(match)


def last_day(words: str) -> date | None:
    """The last day of the period that `words` name: 2025年底 and 2025年 → 2025-12-31.

    2025年6月 → 2025-06-30; a full date itself.
    """
    match = _FULL.search(words)
    if match is not None:
        return _date_of(match)
    period = _PERIOD.search(words)
    if period is None:
        return None
    year, month = small_number(period["year"]), small_number(period["month"] or "12")
    if year is None or month is None or not 1 <= month <= 12:
        return None
    return date(year, month, monthrange(year, month)[1])


def first_day(words: str) -> date | None:
    """The first day of the period that `words` name: 2025年 → 2025-01-01; a full date itself."""
    match = _FULL.search(words)
    if match is not None:
        return _date_of(match)
    period = _PERIOD.search(words)
    year, month = (small_number(period[key] or "1") for key in ("year", "month")) if period else (None, None)
    return date(year, month, 1) if year and month and 1 <= month <= 12 else None


def small_number(words: str) -> int | None:
    """2023 and 二〇二三 → 2023; 十六 → 16; 三十 → 30; 半 and others → None."""
    if words.isdecimal() and words.isascii():
        return int(words)
    if "十" in words:
        tens, _, ones = words.partition("十")
        figures = (tens or "1").translate(_DIGITS), (ones or "0").translate(_DIGITS)
        return int("".join(figures)) if all(len(f) == 1 and f.isdecimal() for f in figures) else None
    figure = words.replace("两", "二").translate(_DIGITS)
    return int(figure) if figure.isdecimal() and figure.isascii() else None


def add_days(day: date, days: int) -> date | None:
    """None beyond the last year that a calendar has."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def before_anniversary(day: date, *, months: int) -> date | None:
    """The last day of a period of so many months that begins on `day`: 2023-10-16 and 24 months → 2025-10-15.

    Where the last month has no such day the period ends with that month: 2024-02-29 and 12 months →
    2025-02-28.
    """
    anniversary = add_months(day, months)
    if anniversary is None:
        return None
    return anniversary - timedelta(days=1) if anniversary.day == day.day else anniversary


def add_months(day: date, months: int) -> date | None:
    """The same day so many months on, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _date_of(match: re.Match[str]) -> date | None:
    year, month, day = (
        small_number(match[a] or match[b]) for a, b in (("year", "y"), ("month", "m"), ("day", "d"))
    )
    if year is None or month is None or day is None:
        return None
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)
