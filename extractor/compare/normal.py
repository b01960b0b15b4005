"""Facts made comparable: names without filler, one unit for what is one measure, sums a person and a year.

Guarantees: nothing is converted but what is the same by definition (a name and its abbreviation, 12 months a
year, the words that count things); every conversion is shown as text in `calculation`. A sum paid once stays
so; a sum a place (托位), household or dose stays that; 日 and 工作日, 日 and 月 are never converted.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NamedTuple

from extractor.lexicon import read_toml

Sense = Literal["total", "up", "down"]

_QUOTES = str.maketrans("", "", " \u3000“”\"'‘’《》〈〉「」『』、")
_AGE = re.compile(r"([零一二三四五六七八九])周?岁")  # 三周岁
_DIGITS = "零一二三四五六七八九"
_SPAN = re.compile(r"(?<=\d)[-－—~～至到](?=\d)")  # 0至3岁, 0-3岁
# 全市, 我县, 本区, 各乡镇 before a name
_HERE = re.compile(r"^(?:全[省市县区州盟旗镇乡域]|我[省市县区州盟旗镇乡]|本[省市县区州盟旗镇乡]|辖区内?)")
# 2023年1月1日至 and 2025年12月31日期间
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[-—至到]+|期间|起|以后|之后)?")
# 10/10万, /万, /千
_PER_MANY = re.compile(r"^/?\d*[十百千万亿]+$")
_TIMES = {"month": ("月", 12), "quarter": ("季", 4)}
_PERIODS = {"day": "日", "month": "月", "quarter": "季", "year": "年"}
_YEARLY = re.compile(r"每(?P<period>周|月|季度|年|学年)")  # 每年各十日育儿假


class Measure(NamedTuple):
    """A value in a unit that others share. `calculation` is "" where nothing was converted."""

    value: float
    value_high: float | None
    unit: str
    calculation: str = ""


class _Words(NamedTuple):
    fillers: re.Pattern[str]
    qualifiers: re.Pattern[str]
    suffixes: tuple[str, ...]
    exceptions: tuple[str, ...]
    equal: tuple[tuple[str, str], ...]
    units: dict[str, str]
    persons: frozenset[str]
    up: re.Pattern[str]
    down: re.Pattern[str]


@cache
def _words() -> _Words:
    data = read_toml("facts.toml")
    names, units = data["names"], data["units"]
    equal = [(word, group["words"][0]) for group in data["equal"] for word in group["words"][1:]]
    equal.sort(key=lambda pair: -len(pair[0]))
    return _Words(
        re.compile(_any(names["fillers"])),
        re.compile(f"({_any(names['qualifiers'])})性"),
        tuple(names["count_suffixes"]),
        tuple(names["count_exceptions"]),
        tuple(equal),
        {unit: group[0] for key, group in units.items() if key != "rate" for unit in group},
        frozenset(data["amounts"]["persons"]),
        _change(data["sense"]["up"]),
        _change(data["sense"]["down"]),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _change(verbs: Iterable[str]) -> re.Pattern[str]:
    """提高|, 提高不低于|, 增加婚假| right before a number; not 提高到|."""
    return re.compile(rf"(?:{_any(verbs)})[^到至为达，。；、\d]{{0,8}}$")


def normal_name(printed: str | None, *, places: Iterable[str] = ()) -> str:
    """A name by which facts of several notices are found to be of one matter; "" where there is none.

    `places` are the names of the notice's own jurisdiction, which say nothing there.

    >>> normal_name("全市每千人口拥有3岁以下婴幼儿托位数")
    '每千人口婴幼儿托位'
    """
    words = _words()
    name = (printed or "").translate(_QUOTES)
    name = _AGE.sub(lambda match: f"{_DIGITS.index(match[1])}岁", name).replace("周岁", "岁")
    name = _SPAN.sub("至", _HERE.sub("", _DATE.sub("", name)))
    for place in places:
        name = name.removeprefix(place)
    name = words.qualifiers.sub(r"\1", words.fillers.sub("", name))
    for word, first in words.equal:
        name = name.replace(word, first)
    return _uncounted(name, words)


def _uncounted(name: str, words: _Words) -> str:
    """托位数 → 托位, but 倍数."""
    if name.endswith(words.exceptions):
        return name
    for suffix in words.suffixes:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name.removesuffix(suffix)
    return name


def sense(before: str) -> Sense:
    """Whether a number is a change (提高500元) or a level (提高到500元), by the words right before it."""
    words = _words()
    if words.up.search(before):
        return "up"
    return "down" if words.down.search(before) else "total"


def target(value: Any, high: Any, unit: str, normal_value: Any) -> Measure:
    """Rates as a fraction (unit 1), counts in one unit (所, 家 → 个), areas and weights as printed."""
    words = _words()
    if normal_value is None:
        return Measure(float(value), _number(high), unit)
    factor = Decimal(str(normal_value)) / Decimal(str(value)) if value else Decimal(1)
    upper = float(Decimal(str(high)) * factor) if high is not None else None
    if unit in ("%", "％", "‰") or _PER_MANY.fullmatch(unit):
        shown = f"{_shown(value)}{unit} = {_shown(normal_value)}"
        return Measure(float(normal_value), upper, "1", shown)
    bare = unit.lstrip("十百千万亿") or unit
    shown = f"{_shown(value)}{unit} = {_shown(normal_value)}{bare}" if bare != unit else ""
    return Measure(float(normal_value), upper, words.units.get(bare, bare), shown)


def amount(value: Any, high: Any, unit: str, *, per: str | None, period: str | None) -> Measure:
    """A sum with what it is paid for and how often; monthly and quarterly sums a person as sums a year.

    >>> amount(126, None, "元", per="人", period="month")
    Measure(value=1512.0, value_high=None, unit='元/人·年', calculation='126元/人·月 × 12 = 1512元/人·年')
    """
    base = f"{unit}/{_payee(per)}" if per else unit
    if period == "once":
        return Measure(float(value), _number(high), f"{base}（一次性）")
    if period not in _TIMES:
        joined = _joined(base, _PERIODS[period]) if period else base
        return Measure(float(value), _number(high), joined)
    name, times = _TIMES[period]
    yearly, upper = Decimal(str(value)) * times, Decimal(str(high)) * times if high is not None else None
    before, after = _range(value, high), _range(yearly, upper)
    shown = f"{before}{_joined(base, name)} × {times} = {after}{_joined(base, '年')}"
    return Measure(float(yearly), _number(upper), _joined(base, "年"), shown)


def duration(value: Any, high: Any, unit: str, quote: str) -> Measure:
    """A length of time in its own unit; 每年十日 is 日/年, which 十日 is not."""
    every = _YEARLY.search(quote)
    return Measure(float(value), _number(high), f"{unit}/{every['period']}" if every else unit)


def due(deadline: str | None) -> str:
    """The last day of a deadline: 2025 → 2025-12-31, 2025-06 → 2025-06-30; a day of every year stays so."""
    if not deadline or deadline.startswith("--"):
        return deadline or ""
    if len(deadline) == 4:
        return f"{deadline}-12-31"
    if len(deadline) == 7:
        year, month = map(int, deadline.split("-"))
        return f"{deadline}-{monthrange(year, month)[1]:02}"
    return deadline


def _payee(per: str) -> str:
    return "人" if per in _words().persons else per


def _joined(base: str, period: str) -> str:
    return f"{base}·{period}" if "/" in base else f"{base}/{period}"


def _range(value: Any, high: Any) -> str:
    return f"{_shown(value)}–{_shown(high)}" if high is not None else _shown(value)


def _shown(value: Any) -> str:
    return f"{Decimal(str(value)).normalize():f}"


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
