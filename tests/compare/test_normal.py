"""Names, units and senses of facts: what is made one, and what is never converted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.compare.normal import Measure, amount, due, duration, normal_name, sense, target


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("每千人口拥有3岁以下婴幼儿托位数", "每千人口婴幼儿托位"),
        ("每千人口0-3岁婴幼儿托位数", "每千人口婴幼儿托位"),
        ("每千人口三周岁以下婴幼儿托位", "每千人口婴幼儿托位"),
        ("全市婴儿死亡率", "婴儿死亡率"),
        ("婚前医学检查率", "婚检率"),
        ("甲县高标准农田面积", "高标准农田面积"),
        ("具有示范性的托育服务机构", "示范托育机构"),
        ("“暖心家园”", "暖心家园"),
        ("床位数量", "床位"),
        ("从业人数", "从业人数"),
        ("居民消费价格指数", "居民消费价格指数"),
        ("次数", "次数"),
        ("2023年1月1日起新出生的二孩", "新出生二孩"),
        ("普惠性托位数", "普惠托位"),
        (None, ""),
    ],
)
def test_names(printed: str | None, name: str) -> None:
    assert normal_name(printed, places=("甲县",)) == name


@given(st.text(alphabet="全市的3岁以下婴幼儿托位数率普惠性“”（）甲0-至", max_size=20))
def test_a_normal_name_invents_no_character_but_of_the_vocabulary(printed: str) -> None:
    assert set(normal_name(printed)) <= set(printed) | set("至婴幼儿托位")


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("每人每月提高", "up"), ("亩均产能提高不低于", "up"), ("增加婚假", "up"), ("能耗下降", "down"), ("较上年减少约", "down"),
        ("婚检率提高到", "total"), ("补助标准提高至", "total"), ("死亡率下降到", "total"), ("增加托位，每千人口达", "total"),
        ("发放补贴", "total"), ("", "total"),
    ],
)  # fmt: skip
def test_a_change_is_told_from_a_level(before: str, found: str) -> None:
    assert sense(before) == found


# value, unit, payee, period → value, unit, calculation
SUMS = [
    (1000, "元", None, "month", 12000, "元/年", "1000元/月 × 12 = 12000元/年"),
    (126, "元", "人", "month", 1512, "元/人·年", "126元/人·月 × 12 = 1512元/人·年"),
    (0.5, "元", "名", "quarter", 2, "元/人·年", "0.5元/人·季 × 4 = 2元/人·年"),
    (800, "元", None, "year", 800, "元/年", ""),
    (2000, "元", None, "once", 2000, "元（一次性）", ""),
    (360, "元", "托位", "once", 360, "元/托位（一次性）", ""),
    (18, "元", "剂次", None, 18, "元/剂次", ""),
    (50, "元", "人", "day", 50, "元/人·日", ""),
    (5000, "元", "户", None, 5000, "元/户", ""),
    (5, "%", None, None, 5, "%", ""),
]


@pytest.mark.parametrize(("value", "unit", "per", "period", "normal", "shared", "shown"), SUMS)
def test_sums_are_made_yearly_where_the_text_says_how_often(
    value: float, unit: str, per: str | None, period: str | None, normal: float, shared: str, shown: str
) -> None:
    assert amount(value, None, unit, per=per, period=period) == Measure(normal, None, shared, shown)


def test_a_range_is_converted_at_both_ends() -> None:
    assert amount(500, 800, "元", per=None, period="quarter") == Measure(
        2000, 3200, "元/年", "500–800元/季 × 4 = 2000–3200元/年"
    )


@pytest.mark.parametrize(
    ("value", "unit", "normal", "found"),
    [
        (8, "/10万", 0.00008, Measure(0.00008, None, "1", "8/10万 = 0.00008")),
        (2, "‰", 0.002, Measure(0.002, None, "1", "2‰ = 0.002")),
        (58, "%", 0.58, Measure(0.58, None, "1", "58% = 0.58")),
        (1.5, "万个", 15000, Measure(15000, None, "个", "1.5万个 = 15000个")),
        (3, "所", 3, Measure(3, None, "个")),
        (2, "名", 2, Measure(2, None, "人")),
        (1600, "平米", 1600, Measure(1600, None, "平方米")),
        (12, "公里", 12, Measure(12, None, "公里")),
    ],
)
def test_targets_take_the_unit_that_others_share(
    value: float, unit: str, normal: float, found: Measure
) -> None:
    assert target(value, None, unit, normal) == found


@pytest.mark.parametrize(
    ("unit", "quote", "shared"),
    [
        ("日", "增加婚假十五日", "日"), ("日", "给予夫妻双方每年各十日育儿假", "日/年"), ("工作日", "5个工作日内办结", "工作日"),
        ("月", "延长至六个月", "月"), ("小时", "每周培训2小时", "小时/周"),
    ],
)  # fmt: skip
def test_lengths_of_time_stay_in_their_unit(unit: str, quote: str, shared: str) -> None:
    assert duration(5, None, unit, quote) == Measure(5, None, shared)


def test_deadlines_end_with_their_last_day() -> None:
    days = ["2023", "2024-02", "2024-02-29", "2024-03"]
    assert [due(day) for day in days] == ["2023-12-31", "2024-02-29", "2024-02-29", "2024-03-31"]
    assert all(a <= b for a, b in pairwise(map(due, days)))
    assert (due(None), due("--11-30")) == ("", "--11-30")
