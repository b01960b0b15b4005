"""Words, for what works by them."""

from __future__ import annotations

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.words import tokenizer, vocabulary, words


@given(st.text(alphabet=st.sampled_from("市卫健委教育局育儿补贴2025年〔〕，。\n 　aB1"), max_size=60))
def test_words_tile_the_text(text: str) -> None:
    assert "".join(words(text)) == text


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("由市卫健委会同农业农村局办理", {"卫健委", "农业农村局"}),
        ("发放育儿补贴和创业担保贷款", {"育儿补贴", "创业担保贷款"}),
        ("建设高标准农田", {"高标准农田"}),
        ("推动专精特新企业上市", {"专精特新"}),
        ("强化河长制和林长制", {"河长制", "林长制"}),
    ],
)
def test_names_and_topics_are_whole(sentence: str, expected: set[str]) -> None:
    assert expected <= set(words(sentence))


def test_the_dictionary_covers_all_sectors() -> None:
    assert {
        "托育",
        "医共体",
        "职业教育",
        "营商环境",
        "碳达峰",
        "乡村振兴",
        "卫健委",
        "发改委",
    } <= vocabulary()


def test_the_segmenter_is_our_own() -> None:
    assert tokenizer() is not jieba.dt
    before = len(jieba.dt.FREQ)
    tokenizer()
    assert len(jieba.dt.FREQ) == before
