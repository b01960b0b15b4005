"""Facts as HTML: cards and marked words say what the facts say, and nothing stored in them becomes markup."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.contract import FactKind
from extractor.site.pages.beside import Card, cards, marked
from extractor.site.questions.facts import KINDS, Fact
from extractor.site.questions.passages import paragraphs
from extractor.site.words import Speech

WORDS = st.text("甲乙<>&\"'一 ", max_size=9)


class Visiting:
    """What a card needs of a visit."""

    speech = Speech("zh")

    def row(self, table: str, key: str) -> str:
        return f"/{table}/{key}"

    def link(self, path: str) -> str:
        return path


VISIT: Any = Visiting()


def fact(kind: FactKind = "target", name: str = "f1", start: int = 0, end: int = 2, **more: Any) -> Fact:
    plain: dict[str, Any] = {"subject": None, "figure": None, "role": None, "fields": (), "leads_to": None}
    return Fact(kind, name, "c", start, end, more.pop("quote", ""), **plain | more)


def card(one: Fact) -> Card:
    return cards(VISIT, [one])[one.id]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (fact(subject="托位数", figure="≥ 4.5个", fields=(("deadline", "2025"),)),
         {"subject": "托位数", "figure": "≥ 4.5个", "fields": (("期限", "2025"),), "row": "/targets/f1", "leads_to": ""}),
        (fact("duty", subject="教育局", role="lead", leads_to="教育/体育局", fields=(("sector", "教育"), ("basis", "clause"))),
         {"subject": "教育局", "row": "", "leads_to": "/-/u/%E6%95%99%E8%82%B2%2F%E4%BD%93%E8%82%B2%E5%B1%80", "default": ""}),
        (fact("duty", subject="教育局", quote="责任单位：教育局", fields=(("basis", "default"),)), {"default": "责任单位：教育局"}),
        (fact("citation", subject="《办法》", leads_to="nanchang-2023-1"), {"leads_to": "/-/d/nanchang-2023-1"}),
        (fact("amount", subject="甲" * 81), {"subject": "甲" * 79 + "…"}),
        (fact(subject='<b>"'), {"subject": "&lt;b&gt;&#34;"}),
    ],
)  # fmt: skip
def test_a_card_says_what_the_fact_says(one: Fact, said: dict[str, Any]) -> None:
    own = card(one)._asdict()
    assert {name: own[name] for name in said} == said


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], "到2025年"),
        ([fact(start=1, end=5)], '到<span class="m target n1" data-f="f1" title="标 ">2025</span>年'),
        (
            [fact(start=1, end=6), fact("duty", "r1", 1, 5)],
            '到<span class="m duty n2" data-f="r1 f1" title="责 \n标 "><span class="m target n1">2025</span></span>'
            '<span class="m target n1" data-f="f1" title="标 ">年</span>',
        ),
    ],
)  # fmt: skip
def test_words_name_their_facts_and_the_kinds_nest_in_the_order_of_the_legend(
    facts: list[Fact], expected: str
) -> None:
    (paragraph,) = paragraphs("到2025年", 0, facts)
    assert marked(paragraph, cards(VISIT, facts)) == expected


def test_a_heading_is_strong() -> None:
    (paragraph,) = paragraphs("总则。好", 0, [], heading_end=2)
    assert marked(paragraph, {}) == "<strong>总则</strong>。好"


@given(
    text=st.text("甲<>&\"' ", min_size=1, max_size=20).filter(str.strip),
    facts=st.lists(
        st.tuples(
            st.sampled_from(KINDS), st.integers(0, 20), st.integers(0, 20), WORDS, WORDS,
            st.lists(st.tuples(st.sampled_from(("kind", "basis", "deadline")), WORDS), max_size=2),
        ),
        max_size=4,
    ),
)  # fmt: skip
def test_whatever_is_stored_is_words(text: str, facts: list[Any]) -> None:
    own = [
        fact(kind, f"f<{n}>", a, b, subject=subject, figure=figure, quote=subject, fields=tuple(fields))
        for n, (kind, a, b, subject, figure, fields) in enumerate(facts)
    ]
    found = cards(VISIT, own)
    (paragraph,) = paragraphs(text, 0, own)
    shown = marked(paragraph, found)
    assert html.unescape(re.sub(r"<[^<>]*>", "", shown)) == text
    assert set(re.findall(r"</?(\w+)", shown)) <= {"span"}
    for each in found.values():
        values = (each.id, each.line, each.subject, each.figure, each.default, *(v for _, v in each.fields))
        assert not set("<>\"'") & set("".join(values))
