"""Markers, one a row: what a line begins with, and what only looks like a marker."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.markers import Form, chinese, parse, run_in_lists, run_on, starts_clause

MARKERS = [
    ("第一章 总则", "chapter", 1),
    ("第十二节 监督", "section", 12),
    ("第三编 附则", "book", 3),
    ("第二十条 市人民政府应当", "law", 20),
    ("第8条 市人民政府应当", "law", 8),
    ("第五条2027年底前，全县建成", "law", 5),
    ("第三十条之一 补贴", "law", 30),
    ("第七条AI社区支持", "law", 7),
    ("一、总体要求", "part", 1),
    ("二十一、附则", "part", 21),
    ("三.保障措施", "part", 3),
    ("（十二）扩大供给", "subpart", 12),
    ("(三)扩大供给", "subpart", 3),
    ("㈣扩大供给", "subpart", 4),
    ("17、加强管理", "article", 17),
    ("5.加强管理", "article", 5),
    ("1.2025年底前完成", "article", 1),
    ("⒊加强管理", "article", 3),
    ("（2）扩大供给", "paren", 2),
    ("⑵扩大供给", "paren", 2),
    ("3）扩大供给", "half", 3),
    ("②扩大供给", "circle", 2),
    ("1.2 建设目标", "decimal", 2),
    ("1.2.3建设目标", "decimal", 3),
]
NO_MARKERS = [
    "第三条2款", "第三条1、2款", "第三条2目",
    "第三条规定的情形", "第五条、第六条", "第二款规定", "2025年底前", "1.5%以上", "3.14", "一些单位", "一是加强",
    "一般情况", "二〇二四年", "（2024）", "十四五期间", "50万元", "第一批次", "A级景区",
]  # fmt: skip


@pytest.mark.parametrize(("line", "form", "number"), MARKERS)
def test_marker(line: str, form: str, number: int) -> None:
    marker = parse(line)
    assert marker is not None
    assert (marker.form, marker.number) == (form, number)
    assert line[marker.end] not in " 、．.）)"
    assert starts_clause(line)


@pytest.mark.parametrize("line", NO_MARKERS)
def test_no_marker(line: str) -> None:
    assert parse(line) is None


LISTS = [
    ("重点是：一是抓机制。二是抓落实。", ["一是", "二是"]),
    ("要做到一要抓早，二要抓小。", []),  # 一要 stands in the middle of a clause of the sentence
    ("。一要抓早，二要抓小。", ["一要", "二要"]),
    ("首先，摸底；其次，分类；最后，验收。", ["首先", "其次", "最后"]),
    ("包括：（1）甲；（2）乙；（3）丙。", ["（1）", "（2）", "（3）"]),
    ("①甲②乙", ["①", "②"]),
    ("一是单独一句。", []),
    ("按照（一）、（二）项执行。", []),
    ("某事（一是甲；二是乙）。", []),  # a bracketed aside
    ("：1.甲事；2.乙事。", ["1.", "2."]),
    ("一是甲。二是乙。一是丙。二是丁。", ["一是", "二是", "一是", "二是"]),
    ("。三是甲。四是乙。", []),  # the list must begin with one
]


@pytest.mark.parametrize(("words", "markers"), LISTS)
def test_run_in_lists(words: str, markers: list[str]) -> None:
    assert [words[item.start : item.end] for item in run_in_lists(words)] == markers


def written(number: int) -> str:
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (digits[ones] if ones else "")


@given(st.integers(1, 999))
def test_chinese_numerals_of_markers(number: int) -> None:
    assert chinese(written(number)) == number


RUNS: list[tuple[str, int, Form, list[str]]] = [
    ("甲事。2.乙事。3.丙事。", 1, "article", ["2.", "3."]),
    ("甲事；（2）乙事；（3）丙事。", 1, "paren", ["（2）", "（3）"]),
    ("甲事；（二）乙事；（三）丙事。", 1, "subpart", ["（二）", "（三）"]),
    ("甲事。②2025年完成。③丙事。", 1, "circle", ["②", "③"]),
    ("甲事。③丙事。②乙事。", 1, "circle", ["②"]),  # each must follow the last
    ("甲事，按照（2）办理。", 1, "paren", []),  # within a sentence
    ("甲事（含一期；（2）二期）。（2）乙事。", 1, "paren", ["（2）"]),  # not in a bracketed aside
    ("甲事。\n②乙事。", 1, "circle", []),  # in another paragraph
    ("甲事。第二条 乙事。", 1, "law", []),
]


@pytest.mark.parametrize(("words", "number", "form", "markers"), RUNS)
def test_run_on(words: str, number: int, form: Form, markers: list[str]) -> None:
    assert [words[item.start : item.end] for item in run_on(words, number, form)] == markers
