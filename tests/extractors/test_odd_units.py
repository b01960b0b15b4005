"""Levels in a unit that nobody states them in."""

from __future__ import annotations

import pytest

from extractor.model import Finding
from extractor.pipeline import read_bytes


@pytest.mark.parametrize(
    ("words", "odd"),
    [
        ("婴儿死亡率控制在4%以下", True),
        ("孕产妇死亡率下降到8%", True),
        ("婴儿死亡率控制在4‰以下", False),
        ("婴儿死亡率控制在0.4%以下", False),
        ("孕产妇死亡率控制在8/10万以下", False),
        ("产前筛查率达到95%", False),
    ],
)
def test_a_level_in_an_unusual_unit_has_a_finding(words: str, odd: bool) -> None:
    notice = read_bytes("a.txt", f"关于做好妇幼健康工作的通知\n一、到2025年，{words}。".encode())
    assert [f.code for f in notice.findings if f.code == "odd-unit"] == ["odd-unit"] * odd
    assert len(notice.targets) == 1


def test_the_finding_names_the_level_in_its_words_and_its_place() -> None:
    words = "普惠托位占比达到60%，婴儿死亡率控制在1%以下"
    notice = read_bytes("a.txt", f"关于做好妇幼健康工作的通知\n一、到2025年，{words}。".encode())
    (finding,) = (f for f in notice.findings if f.code == "odd-unit")
    level = notice.targets[1]
    message = "“婴儿死亡率”通常以‰计，此处是1%：“婴儿死亡率控制在1%以下”，请对照原件。"
    assert finding == Finding("warning", "odd-unit", message, level.span, level.clause)
