"""Two readings: what counts in a text, sketches that near-equal texts share, and where texts differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.compare.readings import (
    SHOWN,
    characters,
    differences,
    folded,
    gaps,
    likeness,
    sketch,
)
from tests.notices import FACTS, SENTENCES, wrapped

SENTENCE = st.sampled_from((*SENTENCES, *FACTS))
TEXTS = st.lists(SENTENCE, max_size=30).map("".join)
LONG = "".join(f"第{n}条 {SENTENCES[n % len(SENTENCES)]}{FACTS[n % len(FACTS)]}" for n in range(40))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("（一）托育，2023年！", "一托育2023年"),
        ("ＡＢｃ１２", "abc12"),
        ("①项 _\t| 表", "①项表"),
        ("", ""),
    ],
)
def test_characters_that_say_something(text: str, kept: str) -> None:
    assert characters(text) == folded(text).text == kept


@given(st.text(max_size=80))
def test_each_folded_character_has_its_place(text: str) -> None:
    own = folded(text)
    assert len(own.text) == len(own.places) and own.text == characters(text)
    assert all(characters(text[place]) == char for char, place in zip(own.text, own.places, strict=True))


@given(TEXTS, TEXTS)
def test_between_gaps_two_texts_are_the_same(a: str, b: str) -> None:
    found = gaps(a, b)
    at_a = at_b = 0
    for gap in (*found, None):
        end_a, end_b = (gap.a_start, gap.b_start) if gap else (len(a), len(b))
        assert a[at_a:end_a] == b[at_b:end_b]
        if gap:
            at_a, at_b = gap.a_end, gap.b_end
            assert gap.a_start < at_a or gap.b_start < at_b
    assert 0 <= likeness(a, b, found) <= 1


def test_a_text_differs_nowhere_from_itself() -> None:
    assert gaps(LONG, LONG) == () and likeness(LONG, LONG, ()) == 1


def test_a_changed_number_is_told_with_what_stands_around_it() -> None:
    other = LONG.replace("补助5万元", "补助8万元", 1)
    ours, theirs = folded(LONG), folded(other)
    (said,) = differences((LONG, ours), (other, theirs), gaps(ours.text, theirs.text))
    assert said.start is not None and said.end is not None
    assert LONG[said.start : said.end] == "5" and said.weighty
    assert "补助【5】万元" in said.words and "补助【8】万元" in said.words


def test_differences_beyond_many_are_counted() -> None:
    other = LONG.replace("的", "之").replace("各", "诸")
    ours, theirs = folded(LONG), folded(other)
    found = gaps(ours.text, theirs.text)
    told = list(differences((LONG, ours), (other, theirs), found))
    assert len(found) > SHOWN and len(told) == SHOWN + 1 and str(len(found) - SHOWN) in told[-1].words


@pytest.mark.parametrize("width", [17, 28])
def test_near_equal_texts_share_a_number_of_their_sketches(width: int) -> None:
    own = sketch(characters(LONG))
    for variant in (wrapped(LONG, width), wrapped(LONG, width, page=9), LONG.replace("5万元", "6万元", 2)):
        assert set(enumerate(own)) & set(enumerate(sketch(characters(variant))))


def test_other_texts_share_none_and_short_ones_have_none() -> None:
    other = "".join(
        f"{n}号楼{n * 7}室住户应当于{n}日前交清物业费和水电费共计{n * 31}元。" for n in range(200)
    )
    assert not set(enumerate(sketch(LONG))) & set(enumerate(sketch(other)))
    assert sketch("关于开会的通知") == ()


def test_hostile_texts_end() -> None:
    assert likeness("托" * 50_000, "托" * 49_999, gaps("托" * 50_000, "托" * 49_999)) == 1
