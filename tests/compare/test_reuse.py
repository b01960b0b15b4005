"""Common runs and redlines are exact: removing the marks gives back both texts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.compare.reuse import LEAST, Shingles, redline, runs, shared

# few characters, so that texts have much in common; line breaks, and characters outside the basic plane
TEXTS = st.lists(
    st.sampled_from(["托育服务机构建设补助", "每个托位", "。", "甲", "\n", "𠮷", "360元"]), max_size=30
).map("".join)


@given(TEXTS, TEXTS)
def test_a_redline_gives_back_both_texts(a: str, b: str) -> None:
    found = redline(a, b)
    assert (found.before, found.after) == (a, b)
    for piece in found.pieces:
        assert (piece.kind == "copied") == (piece.before == piece.after)
        assert piece.before or piece.after


@given(TEXTS, TEXTS)
def test_runs_are_exact_and_overlap_on_neither_side(a: str, b: str) -> None:
    found = runs(a, b)
    for run in found:
        piece = a[run.a_start : run.a_start + run.length]
        assert piece == b[run.b_start : run.b_start + run.length]
        assert run.length >= LEAST and "\n" not in piece
    for starts in ([(r.a_start, r.length) for r in found], [(r.b_start, r.length) for r in found]):
        ordered = sorted(starts)
        assert all(x + n <= y for (x, n), (y, _) in pairwise(ordered))


@given(TEXTS, TEXTS)
def test_what_is_shared_is_symmetric_and_at_least_what_the_runs_hold(a: str, b: str) -> None:
    (there,), (back,) = shared(Shingles.of(a), [Shingles.of(b)]), shared(Shingles.of(b), [Shingles.of(a)])
    assert there == back >= sum(run.length for run in runs(a, b))
    assert there <= min(len(a), len(b))


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("每个托位补助300元。", "每个托位补助360元。", ["copied", "changed", "copied"]),
        ("落实婚假、产假制度。", "落实婚假、产假、育儿假制度。", ["copied", "added", "copied"]),
        ("依法依规妥善处理。", "妥善处理。", ["left out", "copied"]),
        ("", "新增托位。", ["added"]),
        ("同样的话。", "同样的话。", ["copied"]),
    ],
)
def test_a_redline_says_what_became_of_each_stretch(before: str, after: str, kinds: list[str]) -> None:
    assert [piece.kind for piece in redline(before, after).pieces] == kinds


def test_long_texts_are_compared_by_sentences() -> None:
    a = "".join(f"第{n}条机构应当建立健全制度。" for n in range(400))
    b = a.replace("第200条机构", "第200条单位")
    found = redline(a, b)
    assert (found.before, found.after) == (a, b)
    assert found.copied > len(a) - 20


def test_hostile_text_ends() -> None:
    assert sum(run.length for run in runs("托" * 5000, "托" * 5000)) == 5000
    assert redline("（" * 3000, "（" * 3001).after == "（" * 3001
