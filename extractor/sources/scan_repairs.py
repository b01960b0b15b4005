"""What optical recognition is known to misread in notices, put right where the words leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple


class Repair(NamedTuple):
    """A misreading: what shows it, and what stands there instead."""

    shows: re.Pattern[str]
    made: Callable[[re.Match[str]], str]


CHINESE = "一二三四五六七八九"
DIGITS = str.maketrans({char: "〇" for char in "O0o○◯Ｏ０"})

REPAIRS: tuple[Repair, ...] = (
    # 控制在4%o以下, 4%0以下 → 4‰
    Repair(re.compile(r"(?<=[0-9])%[oO0](?![0-9%])"), lambda m: "‰"),
    # 洪发【2023】9号, 洪发[2023]9号, 洪发〔2023]9号 → 洪发〔2023〕9号; （2023）9号 may be printed so
    Repair(
        re.compile(
            r"(?!（[^（）]*）)[【\[〔（(［「]((?:19|20)[0-9]{2})[】\]〕）)］」](?=\s?第?[0-9]{1,5}号)"
        ),
        lambda m: f"〔{m[1]}〕",
    ),
    # 〔责任单位：市教育局〕 → （责任单位：市教育局）: only years stand in these brackets
    Repair(re.compile(r"〔(?=[\u4e00-\u9fff])"), lambda m: "（"),
    Repair(re.compile(r"(?<=[\u4e00-\u9fff])〕"), lambda m: "）"),
    # 一2一 at the foot of a page → — 2 —
    Repair(re.compile(r"^[一—\-－]\s?([0-9]{1,4})\s?[一—\-－]$"), lambda m: f"— {m[1]} —"),
    # 2023一2025年, 0一3岁 → 2023—2025年, 0—3岁
    Repair(re.compile(r"(?<=[0-9])一(?=[0-9])"), lambda m: "—"),
    # 二O二三年, 二0二三年 → 二〇二三年
    Repair(re.compile(rf"[{CHINESE}][O0o○◯Ｏ０〇{CHINESE}]{{3}}(?=年)"), lambda m: m[0].translate(DIGITS)),
)


def repaired(words: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The words put right, and each change as (read, meant)."""
    changes: list[tuple[str, str]] = []
    for repair in REPAIRS:

        def change(match: re.Match[str], repair: Repair = repair) -> str:
            meant = repair.made(match)
            if meant != match[0]:
                changes.append((match[0], meant))
            return meant

        words = repair.shows.sub(change, words)
    return words, tuple(changes)
