"""Number words as exact decimals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.numerals import in_chinese, parse


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("5", "5"), ("4.5", "4.5"), ("1,600", "1600"), ("１２．５", "12.5"),
        ("十", "10"), ("十五", "15"), ("二十", "20"), ("一百零三", "103"), ("一百一十", "110"), ("两万三千", "23000"),
        ("三千五百万", "35000000"), ("一亿二千万", "120000000"), ("十亿", "1000000000"), ("万亿", "1000000000000"),
        ("两万三", "23000"), ("一千零五", "1005"), ("二〇二五", "2025"), ("二零二五", "2025"), ("三点五", "3.5"),
        ("1.5万", "15000"), ("3千", "3000"), ("3千5百万", "35000000"), ("1亿2000万", "120000000"), ("3.5亿", "350000000"),
        ("百分之六十", "0.6"), ("千分之三", "0.003"), ("60%", "0.6"), ("2‰", "0.002"), ("8/10万", "0.00008"), ("1/4", "0.25"),
        ("四分之一", "0.25"), ("壹仟贰佰", "1200"),
    ],
)  # fmt: skip
def test_value(word: str, value: str) -> None:
    assert parse(word) == Decimal(value)


@pytest.mark.parametrize(
    "word", ["", "三四", "七八", "甲", "1.2.3", "五五百", "一/零", "万" * 50, "abc", "点五"]
)
def test_no_number(word: str) -> None:
    assert parse(word) is None


@given(st.integers(min_value=0, max_value=10**15))
def test_chinese_words_come_back(value: int) -> None:
    assert parse(in_chinese(value)) == value


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_arabic_figures_are_exact(value: Decimal) -> None:
    assert parse(f"{value:f}") == value
    assert parse(f"{value:f}万") == value * 10_000


@given(st.text(alphabet="零〇一二三四五六七八九十百千万亿两点分之半/%‰.,0123456789年", max_size=60))
def test_never_raises(word: str) -> None:
    value = parse(word)
    assert value is None or value >= 0
