"""How well texts answer a search: words said more often count more, long texts less."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.relevance import relevance

TEXTS = st.lists(st.text("托育产假aB，", max_size=12), max_size=5)
WORDS = st.lists(st.lists(st.text("托育产假ab", min_size=1, max_size=2), min_size=1, max_size=2), max_size=3)


@pytest.mark.parametrize(
    ("better", "worse", "terms"),
    [
        ("托育，托育，公租房", "托育，住房，公租房", [["托育"]]),
        ("托育", "托育和其他许多不相干的事", [["托育"]]),
        ("托育产假", "托育托育", [["托育"], ["产假"]]),
        ("入托", "住房", [["托育", "入托"]]),
        ("gdp", "住房", [["GDP"]]),
    ],
)
def test_what_says_the_words_more_comes_first(better: str, worse: str, terms: list[list[str]]) -> None:
    first, second = relevance([better, worse], terms)
    assert first > second


@given(texts=TEXTS, terms=WORDS)
def test_a_text_scores_where_it_holds_a_word(texts: list[str], terms: list[list[str]]) -> None:
    scores = relevance(texts, terms)
    assert len(scores) == len(texts)
    for text, score in zip(texts, scores, strict=True):
        held = any(word.casefold() in text.casefold() for words in terms for word in words)
        assert (score > 0) == held


def test_nothing_has_no_scores() -> None:
    assert relevance([], [["托育"]]) == () and relevance(["", "甲"], []) == (0.0, 0.0)
