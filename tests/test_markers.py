"""Markers, one a row: what a line begins with, and what only looks like a marker."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.markers import Form, RunIn, chinese, parse, run_in_lists, run_on, starts_clause

# what is printed as the marker, what the clause says after it, the form, the number
MARKERS = [
    ("第一章", " 总则", "chapter", 1),
    ("第十二节", "　监督", "section", 12),
    ("第三编", " 附则", "book", 3),
    ("第二十条", " 市人民政府应当", "law", 20),
    ("第8条", " 市人民政府应当", "law", 8),
    ("第 九 条", "　　市人民政府应当", "law", 9),
    ("第五条", "2027年底前，全县建成", "law", 5),
    ("第三十条之一", " 补贴", "law", 30),
    ("第七条", "AI社区支持", "law", 7),
    ("第六条", "", "law", 6),
    ("一、", "总体要求", "part", 1),
    ("二十一、", "附则", "part", 21),
    ("二〇、", "附则", "part", 20),
    ("三.", "保障措施", "part", 3),
    ("（十二）", "扩大供给", "subpart", 12),
    ("（一百零三）", "扩大供给", "subpart", 103),
    ("(三)", " 扩大供给", "subpart", 3),
    ("（ 四 ）、", "扩大供给", "subpart", 4),
    ("㈣", "扩大供给", "subpart", 4),
    ("17、", "加强管理", "article", 17),
    ("5.", "　加强管理", "article", 5),
    ("1.", "2025年底前完成", "article", 1),
    ("⒊", "加强管理", "article", 3),
    ("（2）", "扩大供给", "paren", 2),
    ("(10)", "扩大供给", "paren", 10),
    ("⑵", "扩大供给", "paren", 2),
    ("3）", "扩大供给", "half", 3),
    ("①", "扩大供给", "circle", 1),
    ("②", "扩大供给", "circle", 2),
    ("⑳、", "扩大供给", "circle", 20),
    ("❸", "扩大供给", "circle", 3),
    ("㊂", "扩大供给", "circle", 3),
    ("1.2", " 建设目标", "decimal", 2),
    ("1.2.3", "建设目标", "decimal", 3),
]
# a line may also go on with a letter (A.甲 B.乙 of one question), so these begin no clause for certain
LETTERS = [
    ("A.", " 具备法人资格", "letter", 1),
    ("b、", "具备法人资格", "letter", 2),
    ("d）", "具备法人资格", "letter", 4),
    ("Z．", "《申请表》", "letter", 26),
]
NO_MARKERS = [
    "第三条2款", "第三条1、2款", "第三条2目",
    "第三条规定的情形", "第五条、第六条", "第二款规定", "2025年底前", "1.5%以上", "3.14", "一些单位", "一是加强",
    "一般情况", "二〇二四年", "（2024）", "十四五期间", "50万元", "第一批次", "A级景区",
]  # fmt: skip


@pytest.mark.parametrize(("printed", "words", "form", "number"), [*MARKERS, *LETTERS])
def test_marker(printed: str, words: str, form: str, number: int) -> None:
    marker = parse(printed + words)
    assert marker is not None
    assert (marker.printed, marker.form, marker.number) == (printed, form, number)
    assert (printed + words)[marker.end :] == words.strip()
    assert starts_clause(printed + words) == (form != "letter")


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("1.2 建设目标", (1, 2)),
        ("3．1．2建设目标", (3, 1, 2)),
        ("2.10.《名录》", (2, 10)),
        ("2.建设目标", ()),
    ],
)
def test_a_decimal_tells_where_it_stands(line: str, path: tuple[int, ...]) -> None:
    marker = parse(line)
    assert marker is not None and marker.path == path


@pytest.mark.parametrize("line", NO_MARKERS)
def test_no_marker(line: str) -> None:
    assert parse(line) is None
    assert not starts_clause(line)


# each marker stands between bars
LISTS = [
    "重点是：|一是|抓机制。|二是|抓落实。",
    "要做到一要抓早，二要抓小。",  # 一要 stands in the middle of a clause of the sentence
    "。|一要|抓早，|二要|抓小。",
    "|首先|，摸底；|其次|，分类；|最后|，验收。",
    "|首先|，摸底；|其次|，分类；|再次|，建档；|最后|，验收。",
    "|首先|，摸底；|其次|，分类；其次，建档；|最后|，验收。",  # the second 其次 counts nothing
    "我局高度重视，|其一，|摸底；|其二，|分类。",
    "工作有三项。|第一，|摸底；|第二，|分类；|第三，|验收。",
    "包括：|（1）|甲；|（2）|乙；|（3）|丙。",
    "包括：|（一）|甲；|（二）|乙。",
    "包括：|1）|甲；|2）|乙；|3）|丙。",
    "|①|甲|②|乙",
    "|（一）|宣传：|（1）|进社区；|（2）|进校；|（二）|督导。",  # a list within an item of another
    "一是单独一句。",
    "一是第二次会议通过的一句。",
    "按照（一）、（二）项执行。",
    "某事（方式：一是甲；二是乙）。",  # a bracketed aside
    "某事（方式：一是甲；二是乙）：|一是|丙；|二是|丁。",  # the list begins after the aside
    "某事（含试点（市级）；一是甲；二是乙）。",  # a bracket within the aside does not end it
    "如下：|1）|宣传（方式：一是进社区；二是进校）；|2）|督导。",  # 1） is no end of an aside
    "某事（包括：1）甲；2）乙）。",
    "：|1.|甲事；|2.|乙事。",
    "|一是|甲。|二是|乙。|一是|丙。|二是|丁。",
    "要求：|一是|抓早，|一要|明责，|二要|考核；|二是|抓小。",  # 一是 and 一要 count apart
    "。三是甲。四是乙。",  # the list must begin with one
    "。|一是|甲。|二是|乙。四是丁。",  # and count without a gap
]


@pytest.mark.parametrize("marked", LISTS)
def test_run_in_lists(marked: str) -> None:
    words = marked.replace("|", "")
    assert with_bars(words, run_in_lists(words)) == marked


def with_bars(words: str, items: list[RunIn]) -> str:
    """`words` with each marker between bars."""
    for item in reversed(items):
        words = f"{words[: item.start]}|{words[item.start : item.end]}|{words[item.end :]}"
    return words


@pytest.mark.parametrize(
    ("words", "form", "numbers"),
    [
        ("。一是甲。二是乙。三是丙。", "run", [1, 2, 3]),
        ("首先，甲；其次，乙；最后，丙。", "run", [1, 2, 3]),
        ("：（1）甲；（2）乙。", "paren", [1, 2]),
        ("①甲②乙③丙", "circle", [1, 2, 3]),
    ],
)
def test_form_and_numbers_of_a_list(words: str, form: Form, numbers: list[int]) -> None:
    assert [(item.form, item.number) for item in run_in_lists(words)] == [(form, n) for n in numbers]


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


# the words of a clause with this number and form; what follows it in its paragraph stands between bars
RUNS: list[tuple[str, int, Form]] = [
    ("甲事。|2.|乙事。|3.|丙事。", 1, "article"),
    ("甲事。4.乙事。|3.|丙事。", 2, "article"),
    ("甲事；|（2）|乙事；|（3）|丙事。", 1, "paren"),
    ("甲事；|（二）|乙事；|（三）|丙事。", 1, "subpart"),
    ("甲事。|②|2025年完成。|③|丙事。", 1, "circle"),
    ("甲事。③丙事。|②|乙事。", 1, "circle"),  # each must follow the last
    ("甲事，按照（2）办理。", 1, "paren"),  # within a sentence
    ("甲事（含一期；（2）二期）。|（2）|乙事。", 1, "paren"),  # not in a bracketed aside
    ("甲事（含一期。2.二期）。|2.|乙事（含一期。3.二期）。|3.|丙事。", 1, "article"),
    ("甲事（含：1.一标段。2.二标段）。|2.|乙事。", 1, "article"),
    ("甲事。\n丙事。|②|乙事。", 1, "circle"),  # behind a line end of the same clause
    ("甲事。\n②乙事。", 1, "circle"),  # in another paragraph
    ("甲事。第二条 乙事。", 1, "law"),
]


@pytest.mark.parametrize(("marked", "number", "form"), RUNS)
def test_run_on(marked: str, number: int, form: Form) -> None:
    words = marked.replace("|", "")
    found = run_on(words, number, form)
    assert with_bars(words, found) == marked
    assert [(item.form, item.number) for item in found] == [
        (form, number + 1 + index) for index in range(len(found))
    ]
