"""Characters of a normalised text in the text it was made from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.alignment import PIECE, align


@pytest.mark.parametrize(
    ("normalised", "original", "expected"),
    [
        ("到2025年", "到 2025 年", (0, 2, 3, 4, 5, 7)),
        ("一、总则", "## 一、总则", (3, 4, 5, 6)),
        ("（1）", "(1)", (0, 1, 2)),
        ("甲乙", "甲乙", (0, 1)),
        ("", "甲", ()),
        ("甲", "", (None,)),
        # a page number between two lines
        ("切实保障母婴安全健康", "切实保障母婴\n— 4 —\n安全健康", (0, 1, 2, 3, 4, 5, 13, 14, 15, 16)),
    ],
)
def test_align(normalised: str, original: str, expected: tuple[int | None, ...]) -> None:
    assert align(normalised, original) == expected


def test_moved_words_are_found_as_well() -> None:
    left, right = "建立健全普惠托育服务体系", "由发展改革部门牵头负责落实"
    places = align(left + "\n" + right, right + "\n" + left)
    assert next(i for i in places if i is not None) == len(right) + 1
    assert None not in places[len(left) + 1 :]


@given(st.text(alphabet="一二三四五六七八，。1", min_size=PIECE), st.data())
def test_what_is_only_spaced_out_is_found_whole(text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=5))
    original = "".join((" \n" if i in cuts else "") + character for i, character in enumerate(text))
    places = align(text, original)
    assert "".join(original[i] for i in places if i is not None) == text
