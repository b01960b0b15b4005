"""The divisions and how their names are found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.lexicon.divisions import NATIONAL, load_divisions

DIVISIONS = load_divisions()
NAMES = sorted({division.short_name for division in DIVISIONS if division.code != NATIONAL})


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("漳州市", ["350600"]),
        ("江西省", ["360000"]),
        ("新建区", ["360112"]),
        ("陆河县", ["441523"]),
        ("维西县", ["533423"]),
        ("维西傈僳族自治县", ["533423"]),
        ("迪庆州", ["533400"]),
        ("凉山彝族自治州", ["513400"]),
        ("鄂伦春旗", ["150723"]),
        ("管城区", ["410104"]),
        ("双江拉祜族佤族布朗族傣族自治县", ["530925"]),
        ("西湖区", ["330106", "360103"]),
        ("南昌市西湖区", ["360103"]),
        ("浙江省杭州市西湖区", ["330106"]),
        ("重庆市渝北区", ["500112"]),
        ("仙桃市", ["429004"]),
        ("新疆维吾尔自治区", ["650000"]),
        ("南昌市渝北区", []),
        ("高新区", []),
        ("", []),
    ],
)
def test_a_name_denotes(name: str, codes: list[str]) -> None:
    assert [division.code for division in DIVISIONS.named(name)] == codes


@pytest.mark.parametrize(
    ("office", "context", "codes"),
    [
        ("中共西湖区委", "", ["330106", "360103"]),
        ("中共西湖区委", "根据《南昌市规划》", ["360103"]),
        ("中共西湖区委", "浙江省", ["330106"]),
        ("江西省南昌市西湖区卫生健康局", "杭州市", ["360103"]),
        ("杭州市西湖区三墩镇人民政府", "", ["330106"]),
        ("国家税务总局江西省税务局", "", ["360000"]),
        ("市委和县委", "", []),
        ("国家发展改革委", "", []),
    ],
)
def test_an_office_denotes_its_division(office: str, context: str, codes: list[str]) -> None:
    assert [division.code for division in DIVISIONS.denoted(office, context=context)] == codes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("在南昌市西湖区和新建区开展", ["南昌市", "西湖区", "新建区"]),
        ("合作市场和各区域", []),
        ("维西傈僳族自治县人民政府", ["维西傈僳族自治县"]),
        ("各县（市、区）", []),
    ],
)
def test_names_in_text(text: str, names: list[str]) -> None:
    assert [text[name.span.start : name.span.end] for name in DIVISIONS.find(text)] == names


@pytest.mark.parametrize(
    ("code", "name", "short_name", "level", "parent", "slug"),
    [
        ("100000", "中华人民共和国", "中华人民共和国", "national", None, "quanguo"),
        ("360103", "南昌市西湖区", "西湖区", "county", "360100", "xihu"),
        ("533423", "迪庆藏族自治州维西傈僳族自治县", "维西傈僳族自治县", "county", "533400", "weixi"),
        ("341500", "六安市", "六安市", "prefecture", "340000", "luan"),
        ("310115", "上海市浦东新区", "浦东新区", "county", "310000", "pudong"),
        ("429004", "仙桃市", "仙桃市", "county", "420000", "xiantao"),
        ("341822", None, None, "county", "341800", None),
    ],
)
def test_a_division(
    code: str, name: str | None, short_name: str | None, level: str, parent: str | None, slug: str | None
) -> None:
    division = DIVISIONS.get(code)
    assert division is not None
    assert (division.level, division.parent) == (level, parent)
    if name is not None:
        assert (division.name, division.short_name, division.slug) == (name, short_name, slug)


def test_every_division_has_its_ancestors_and_a_slug() -> None:
    for division in DIVISIONS:
        above = DIVISIONS.ancestors(division.code)
        assert division.code == NATIONAL or above[-1].code == NATIONAL
        assert re.fullmatch("[a-z]+", division.slug)
        assert re.fullmatch(r"\d{6}", division.code)
        assert division.short_name.startswith(division.stem) or division.code == NATIONAL
        assert division.until is None or re.fullmatch(r"\d{4}-\d{2}", division.until)


def test_all_of_today_are_there() -> None:
    today = [division for division in DIVISIONS if division.until is None]
    levels = [division.level for division in today]
    assert (levels.count("province"), levels.count("prefecture")) == (34, 333)
    assert levels.count("county") > 2800
    assert DIVISIONS.get("999999") is None and DIVISIONS.ancestors("999999") == ()


def test_the_bare_name_of_a_city_begins_a_name() -> None:
    assert [division.code for division in DIVISIONS.heading("苏州工业园区管理委员会")] == ["320500"]
    assert DIVISIONS.heading("办公室") == ()


@given(st.text(alphabet="省市区县旗州盟南昌西湖和自治族", max_size=60))
def test_found_names_are_names_in_order(text: str) -> None:
    end = 0
    for name in DIVISIONS.find(text):
        assert name.span.start >= end
        end = name.span.end
        assert name.divisions


def test_every_name_is_found_whole() -> None:
    lost = [name for name in NAMES if all(division.short_name != name for division in DIVISIONS.named(name))]
    assert lost == []
