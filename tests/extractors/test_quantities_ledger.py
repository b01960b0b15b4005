"""The ledger: every number once, with its class; properties on random mixtures; hostile input."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.extractors.quantities import quantities
from extractor.extractors.quantities.scan import scan
from extractor.lexicon.measures import load_measures
from extractor.model import Clause, Finding, Number, Span, Text


def ledger(words: str, *, body: int = 0) -> list[Number]:
    clause = Clause(ref="1", level="article", span=Span(0, len(words)), body=body)
    found = quantities(Text(words, ()), (clause,), (), load_measures())
    return sorted((f for f in found if isinstance(f, Number)), key=lambda number: number.span.start)


CLASSES = [
    ("西发「〔2023〕8号」", ["doc_number"]),
    ("于「2023年10月16日」印发", ["date"]),
    ("「2023」-「2025年」攻坚", ["date", "date"]),
    ("「二〇二三年十月」", ["date"]),
    ("「0」-「3」岁婴幼儿", ["age", "age"]),
    ("「35」周岁以上", ["age"]),
    ("第「95」次会议", ["ordinal"]),
    ("「三」级医院", ["ordinal"]),
    ("附件「3」", ["ordinal"]),
    ("“「一老一小」”与「三孩」政策", ["name", "name"]),
    ("“「十四五」”规划", ["name"]),
    ("“「5080」”工程、「5+2」模式、「5G」基站、「PM2.5」浓度、「7×24」小时", ["name"] * 5),
    ("农村“「三」农”", None),
    ("「12345」热线", ["name"]),
    ("联系电话：「0791-83752009」，邮政编码：「330100」", ["phone", "postcode"]),
    ("咨询电话「83752009」", ["phone"]),
    ("「70」平方米的住房", ["measure"]),
    ("等「8」项服务", ["count"]),
    ("占「三分之二」", ["measure"]),
    ("按「1:1」配套", ["measure"]),
    ("。「一」是建设，「二」是管理", ["marker", "marker"]),
    ("进一步统一思想，千方百计十分重视，老百姓一般一律一致", []),
    ("红十字会加强队伍建设", []),
    ("「107」国道、“「两」国双园”建设，防止「二次污染」，服务「11」大类", ["name"] * 4),
    ("引进「一」家企业，最高「三」年，扩大「一」倍；高三学生，进一步", None),
    ("最长「三」个月，每周「三」次，合同「一」份，计划「一」次；长三角", ["duration", "count", "count", "count"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "classes"), CLASSES)
def test_classes(words: str, classes: list[str] | None) -> None:
    plain = words.replace("「", "").replace("」", "")
    rows = ledger(plain)
    if classes is None:
        assert rows
        return
    assert [plain[r.span.start : r.span.end] for r in rows] == [
        p.partition("」")[0] for p in words.split("「")[1:]
    ]
    assert [r.cls for r in rows] == classes


def test_marker_of_a_clause() -> None:
    assert [r.cls for r in ledger("12.加强管理。", body=3)] == ["marker"]


def test_an_unclassified_number_has_a_finding() -> None:
    words = "代号为 4711 的"
    clause = Clause(ref="1", level="article", span=Span(0, len(words)), body=0)
    found = list(quantities(Text(words, ()), (clause,), (), load_measures()))
    odd = [f.span for f in found if isinstance(f, Number) and f.cls == "unclassified"]
    assert [f.span for f in found if isinstance(f, Finding) and f.code == "unclassified-number"] == odd
    assert odd == [Span(4, 8)]


PIECES = st.sampled_from(
    [
        "到",
        "达到",
        "以上",
        "以下",
        "至",
        "、",
        "和",
        "，",
        "。",
        "：",
        "（",
        "）",
        "〔",
        "〕",
        "号",
        "年",
        "月",
        "日",
        "元",
        "万",
        "亿",
        "%",
        "‰",
        "个",
        "所",
        "人",
        "岁",
        "第",
        "每",
        "分别",
        "不低于",
        "最高",
        "按",
        "补助",
        "率",
        "的",
        "对",
        "给予",
        "/",
        ".",
        "-",
        "—",
        "+",
        "PM",
        "G",
        "一",
        "三",
        "十",
        "百",
        "千",
        "两",
        "半",
        "全覆盖",
    ]
) | st.integers(min_value=0, max_value=99999).map(str)
MIXTURES = st.lists(PIECES, max_size=40).map("".join)


@settings(max_examples=300)
@given(MIXTURES)
def test_each_digit_lies_in_exactly_one_row(words: str) -> None:
    rows = ledger(words)
    covered = [0] * len(words)
    for row in rows:
        assert 0 <= row.span.start < row.span.end <= len(words)
        for at in range(*row.span):
            covered[at] += 1
    assert max(covered, default=0) <= 1
    for run in re.finditer(r"[0-9]+", words):
        assert all(covered[at] for at in range(*run.span()))
        assert sum(row.span.start < run.end() and run.start() < row.span.end for row in rows) >= 1


@settings(max_examples=200)
@given(MIXTURES)
def test_hits_are_in_order(words: str) -> None:
    end = 0
    for hit in scan(words, load_measures()):
        assert end <= hit.start < hit.end <= hit.after or hit.end == hit.after
        end = hit.end


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "一",
        "（",
        "〔2023",
        "1,",
        "1.",
        "分别1、",
        "每",
        "9/",
        "PM2.5",
        "全覆盖",
        "百分之",
        "2023年",
        "对",
        "按",
        "1:",
    ],
)
def test_hostile_text_is_linear(unit: str) -> None:
    words = unit * (60_000 // len(unit))
    assert len(ledger(words)) <= len(words)


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("新建10个", "个"),
        ("组建10支", "支"),
        ("组建10支队伍", "支"),
        ("最高800万支持", ""),
        ("年产50发", "发"),
        ("50发展区", ""),
    ],
)
def test_a_unit_at_the_end_of_a_text_and_one_that_begins_another_word(words: str, unit: str) -> None:
    assert [hit.unit for hit in scan(words, load_measures())] == [unit]
