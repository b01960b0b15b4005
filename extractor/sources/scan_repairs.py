"""What optical recognition is known to misread in notices, put right where the words leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple


class Repair(NamedTuple):
    """A misreading: what shows it, and what stands there instead.

    `over`: what shows it may begin in the line above; then it is the same but for its last character.
    """

    shows: re.Pattern[str]
    made: Callable[[re.Match[str]], str]
    over: bool = False


CHINESE = "一二三四五六七八九"
DIGITS = str.maketrans({char: "〇" for char in "O0o○◯Ｏ０"})

HAN = "\u4e00-\u9fff"


def _quotation(match: re.Match[str]) -> str:
    """The curly form of a straight mark, by the marks before and after it on the line; itself in doubt."""
    opened = False
    for char in match.string[: match.start()]:
        opened = char == "“" or (char == '"' and not opened) or (opened and char not in '”"')
    after = next((char for char in match.string[match.end() :] if char in '“”"'), "")
    if opened or after == "“" or (match.start() == 0 and not after):
        return "”"
    return "“" if after else match[0]


REPAIRS: tuple[Repair, ...] = (
    # 控制在4%o以下, 4%0以下 → 4‰
    Repair(re.compile(r"(?<=[0-9])%[oO0](?![0-9%])"), lambda m: "‰"),
    # 新生儿死亡率控制在4% → 4‰: deaths of infants are told per mille; 1 % and more of them is nobody's aim
    Repair(
        re.compile(
            r"(?:婴幼?儿|新生儿|5岁以下儿童)死亡率[^，。；%‰率]{0,20}?"
            r"(?<![0-9./])(?:[12][0-9]|[1-9])(?:\.[0-9]{1,2})?%(?![0-9oO])"
        ),
        lambda m: f"{m[0][:-1]}‰",
        over=True,
    ),
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
    # “一站式"服务, "双减”工作 → “一站式”服务, “双减”工作
    Repair(re.compile(rf'(?<=[{HAN}，。、；：）])"|^"|"(?=[{HAN}，。、；：（])'), _quotation),
    # 二O二三年, 二0二三年 → 二〇二三年
    Repair(re.compile(rf"[{CHINESE}][O0o○◯Ｏ０〇{CHINESE}]{{3}}(?=年)"), lambda m: m[0].translate(DIGITS)),
)


def repaired(words: str, above: str = "") -> tuple[str, tuple[tuple[str, str], ...]]:
    """The words of a line put right, and each change as (read, meant).

    The line `above` it, which is left as it is, may show what is meant: 婴幼 / 儿死亡率控制在4%.
    """
    changes: list[tuple[str, str]] = []
    for repair in REPAIRS:
        before = above if repair.over else ""

        def change(match: re.Match[str], repair: Repair = repair, begin: int = len(before)) -> str:
            meant = repair.made(match) if match.end() > begin else match[0]
            if meant != match[0]:
                changes.append((match[0], meant))
            return meant

        words = repair.shows.sub(change, before + words)[len(before) :]
    return words, tuple(changes)
