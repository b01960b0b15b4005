"""Facts from lines that recognition is not sure of get a finding; all other sources get none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.extractors.doubts import DOUBTFUL, doubts
from extractor.lexicon import load
from extractor.model import Box, Finding, Line, Notice, Place, Source, Span, Target, Text
from extractor.pipeline import understand

LINES = (
    "关于做好托育工作的通知",
    "一、到2025年，普惠托位占比达到60%，对新建托位每个补助",
    "3000元，由市财政局负责。",
)


def read(*confidences: float | None) -> Notice:
    lines = tuple(
        Line(words, page=1, box=Box(90, 100 + 28 * place, 500, 120 + 28 * place), confidence=sure)
        for place, (words, sure) in enumerate(zip(LINES, confidences, strict=True))
    )
    return understand(Source("a.pdf", "ab" * 32, "application/pdf", lines, page_count=1), load())


def found(notice: Notice) -> list[tuple[str, str | None]]:
    return [
        (f.code, notice.text.text[slice(*f.span)] if f.span else None)
        for f in notice.findings
        if f.code.startswith("doubtful")
    ]


@pytest.mark.parametrize("sure", [None, 1.0, DOUBTFUL])
def test_what_is_sure_gets_none(sure: float | None) -> None:
    assert found(read(sure, sure, sure)) == []


def test_a_doubtful_line_and_the_facts_on_it() -> None:
    notice = read(0.99, 0.99, 0.71)
    assert found(notice) == [
        ("doubtful-line", LINES[2]),
        ("doubtful-fact", "市财政局"),
        ("doubtful-fact", notice.text.text[slice(*notice.amounts[0].span)]),
    ]
    line, duty, amount = (f for f in notice.findings if f.code.startswith("doubtful"))
    assert {f.severity for f in (line, duty, amount)} == {"warning"}
    assert line.message == f"第1页的一行识别把握只有0.71：“{LINES[2]}”，请对照原件。"
    assert duty.message == "责任单位“市财政局”出自第1页识别把握只有0.71的一行，请对照原件。"
    assert amount.message.startswith("金额“") and duty.clause == notice.responsibilities[0].clause


def test_a_fact_over_two_lines_names_the_worse() -> None:
    places = tuple(
        Place(Span(5 * at, 5 * at + 4), at + 1, Box(0, 0, 9, 9), sure)
        for at, sure in enumerate((0.71, 0.66, 0.8))
    )
    text = Text("甲乙丙丁\n戊己庚辛\n壬癸子丑", (), places)
    target = Target(0, Span(2, 12), (), Decimal(1), "个", "reach")
    (fact,) = (f for f in doubts(text, {"targets": [target]}) if f.code == "doubtful-fact")
    assert fact.message == "目标“丙丁 戊己庚辛 壬癸”出自第2页识别把握只有0.66的一行，请对照原件。"


@pytest.mark.parametrize(
    ("span", "touched"), [((0, 3), False), ((3, 5), True), ((9, 12), True), ((10, 12), False)]
)
def test_only_what_overlaps_is_named(span: tuple[int, int], touched: bool) -> None:
    text = Text("甲乙丙丁戊己庚辛壬癸子丑", (), (Place(Span(3, 10), 2, Box(0, 0, 9, 9), 0.5),))
    target = Target(0, Span(*span), (), Decimal(1), "个", "reach")
    facts = [f for f in doubts(text, {"targets": [target]}) if f.code == "doubtful-fact"]
    assert bool(facts) is touched


def test_long_quotes_are_cut() -> None:
    text = Text("甲" * 300, (), (Place(Span(0, 300), 1, Box(0, 0, 9, 9), 0.2),))
    (finding,) = doubts(text, {})
    assert isinstance(finding, Finding) and len(finding.message) < 90
    whole = Text("甲" * 40, (), (Place(Span(0, 40), 1, Box(0, 0, 9, 9), 0.2),))
    assert [f.message.count("甲") for f in (finding, *doubts(whole, {}))] == [40, 40]
    assert ["…" in f.message for f in (finding, *doubts(whole, {}))] == [True, False]
