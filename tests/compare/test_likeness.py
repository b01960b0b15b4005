"""Which names are of one matter, which are close, and which words differ."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractor.compare.likeness import differing, differing_phrases, likeness, opposed
from extractor.compare.matching import like_names

NAMES = st.text(alphabet="孕产妇新生儿婴幼死亡率筛查托位普惠公办民办覆盖", max_size=12)


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("婴儿死亡率", "婴幼儿死亡率", (("婴儿", "婴幼儿"),)),
        ("婴儿死亡率", "新生儿死亡率", (("婴儿", "新生儿"),)),
        ("每千人口婴幼儿托位", "每千常住人口婴幼儿托位", (("", "常住"),)),
        ("暖心家园", "暖心家园或心理慰藉援助中心", (("", "或心理慰藉援助中心"),)),
        ("育儿补助", "育儿补贴", (("补助", "补贴"),)),
        ("护理假", "陪产假", (("护理", "陪产"),)),
        ("生育补贴", "一次性生育补贴", (("", "一次性"),)),
    ],
)
def test_close_names_say_what_differs(a: str, b: str, words: tuple[tuple[str, str], ...]) -> None:
    found, turned = likeness(a, b), likeness(b, a)
    assert found is not None and turned is not None
    assert found.relation == turned.relation == "close"
    assert differing(a, b) == words
    assert differing(b, a) == tuple((y, x) for x, y in words)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("孕产妇死亡率", "婴儿死亡率"), ("义务教育巩固率", "高中教育巩固率"), ("总托位", "普惠托位"),
        ("公办幼儿园在园幼儿占比", "民办幼儿园在园幼儿占比"), ("产前筛查率", "新生儿听力筛查率"), ("婚假", "产假"),
        ("城镇登记失业率", "农村登记失业率"), ("", ""), ("", "婚检率"), ("示范托育机构", "示范幼儿园"),
    ],
)  # fmt: skip
def test_names_of_other_matters_are_not_related(a: str, b: str) -> None:
    assert likeness(a, b) is None and likeness(b, a) is None


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("体系基本建立，制度完备", "体系基本建立，制度完备", ()),
        ("体系初步建立，制度完备", "体系基本建立，制度完备", (("体系初步建立", "体系基本建立"),)),
        ("组建中心", "组建中心，提高水平", (("", "提高水平"),)),
    ],
)
def test_sentences_differ_by_phrases(a: str, b: str, words: tuple[tuple[str, str], ...]) -> None:
    assert differing_phrases(a, b) == words
    assert differing_phrases(b, a) == tuple((y, x) for x, y in words)


def test_a_word_inside_another_is_no_opposite() -> None:
    assert not opposed("改扩建托育机构", "改扩建幼儿园")
    assert opposed("改扩建托育机构", "新建托育机构")
    assert opposed("二孩", "三孩") and not opposed("二孩三孩", "三孩")


@given(NAMES, NAMES)
def test_likeness_goes_both_ways(a: str, b: str) -> None:
    found, turned = likeness(a, b), likeness(b, a)
    assert (found is None) == (turned is None)
    if found and turned:
        assert (found.relation, found.score) == (turned.relation, turned.score)
        assert (found.relation == "same") == (a == b)


@example(["亡亡产", "亡产"])  # a name of one pair of characters
@given(st.lists(NAMES.filter(bool), max_size=12))
def test_the_index_finds_every_name_that_is_like(names: list[str]) -> None:
    near = like_names(names, names)
    for a in names:
        assert {b for b in names if likeness(a, b)} <= set(near[a])
