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
        ("四分之一", "0.25"), ("壹仟贰佰", "1200"), ("12‰", "0.012"), ("万分之五", "0.0005"), ("零一", "1"), ("1" * 40, "1" * 40),
        # a last digit without its size takes the next one down, unless a zero or figures say otherwise
        ("三千五", "3500"), ("一百二", "120"), ("二十五", "25"), ("两千零五", "2005"), ("两千Ｏ五", "2005"), ("3千5", "3005"),
        ("一千零十五", "1015"), ("一亿零一万", "100010000"), ("一亿万", "1000000000000"),
    ],
)  # fmt: skip
def test_value(word: str, value: str) -> None:
    assert parse(word) == Decimal(value)


@pytest.mark.parametrize(
    "word",
    [
        "",
        "三四",
        "七八",
        "甲",
        "1.2.3",
        "五五百",
        "一/零",
        "万" * 50,
        "abc",
        "点五",
        "1" * 41,
        "5X",
        "1/2/3",
        "百分之十分之一",
        "1/百分之五",
        "三点五点二",
    ],
)
def test_no_number(word: str) -> None:
    assert parse(word) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "零"), (7, "七"), (10, "十"), (15, "十五"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (115, "一百一十五"),
        (120, "一百二十"), (1010, "一千零一十"), (1095, "一千零九十五"), (1100, "一千一百"), (10_500, "一万零五百"), (11_000, "一万一千"),
        (100_015, "十万零一十五"), (120_000, "十二万"), (1_000_000_000, "十亿"), (10**12, "一万亿"),
    ],
)  # fmt: skip
def test_chinese_words(value: int, words: str) -> None:
    assert in_chinese(value) == words


def test_no_words_for_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="-1 is negative; give a number from 0"):
        in_chinese(-1)


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
