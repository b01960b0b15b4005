"""Levels in a unit that nobody states them in."""

from __future__ import annotations

import pytest

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
