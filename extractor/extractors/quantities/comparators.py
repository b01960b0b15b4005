"""What the words around a number say of it: 不低于, 以内, 不超过投资额的, 最高分别奖励."""

from __future__ import annotations

import re
from typing import Final

from extractor.lexicon.measures import Kind, Measures
from extractor.model import Comparator

_CHANGES: Final = ("上浮", "下浮", "上调", "下调")
_OF_A_LIMIT: Final = frozenset({"以上", "以下", "及以上", "及以下", "以内", "封顶"})
_NOT_AFTER: Final[dict[str, str]] = {"内": "容部科涵资贸", "起": "付步点"}  # 内容, 1000元|起付线
_WINDOW: Final = 32
# （含） · （不含） · （含本数） behind a unit
BRACKET: Final = r"(?:[（(]不?含[^（）()，。；0-9]{0,4}[)）])?"
_INCLUDING = re.compile(r"[（(]不?含(?:[^（）()，。；]{0,8}|[，,][^（）()。；0-9]{0,14})[)）]")
# At such a mark, or at another number, the words of a comparator end.
_STOPS = re.compile(r"[，。；：、！？\n0-9]")
_APART = re.compile(
    r"至少|最少|不[得能应可]?少于|不[得能应可]?低于|不[得能应可]?小于|不[得能应可]?(?:超过|高于|大于)|最多|最长|超过|上限|限额|封顶线"
    r"|最高(?![等级学水荣科法检领点层人]|奖项|奖的|价(?!值))|低于|高于"
)
_MEANS: Final[dict[str, Comparator]] = {
    "至少": ">=", "最少": ">=", "不少于": ">=", "不得少于": ">=", "不低于": ">=", "不得低于": ">=",
    "超过": ">", "不小于": ">=", "不得小于": ">=", "不应小于": ">=", "不能少于": ">=", "不能低于": ">=",
    "不应少于": ">=", "不应低于": ">=", "低于": "<", "高于": ">",
}  # fmt: skip
_NEAR: Final = 5  # how far 超过, and any word before a count, may stand from its number
_FARTHEST: Final = 36  # and before 的: 不超过模型调用产生的词元消耗量对应实际费用的|30%
_FAR: Final = 20  # how far a word may stand before a sum or a share
# 区、县（市）: one place, no list
_PLACES = re.compile(r"(?:市|州|区|县|乡|镇)、|（[市区县]）")
_NAMED_TOGETHER = re.compile("[、（）]")  # 算力、模型（算法）合同金额的
_HAN = re.compile(r"[一-龥]{1,20}")
# 突破|10项关键技术: solved, not exceeded
_SOLVED = re.compile(
    r"[0-9十百千]{1,4}[余多]?[项种个类款][^，。；、0-9]{0,16}?(?:技术|难题|难点|瓶颈|难关|工艺|装备|产品|材料|部件|软件|芯片)"
)


def said_before(text: str, at: int, kind: Kind, measures: Measures) -> tuple[int, Comparator]:
    """Where 不低于 begins before the number at `at`, and what it means; `at` and = where none is there."""
    window = text[max(0, at - _WINDOW) : at]
    word = measures.before.end(window)
    if word == "突破" and _SOLVED.match(text, at):
        return at, "="
    if word is not None and not (len(word) == 1 and measures.no_signs.end(window) is not None):
        return at - len(word), measures.signs_before[word]
    if kind == "percent" and window.endswith(_CHANGES):
        return at, "="  # 贷款最高额度上浮20%
    found = None
    for apart in _APART.finditer(window):
        found = apart
    return at, "=" if found is None else _means(found.group(), window[found.end() :], kind)


def _means(word: str, between: str, kind: Kind) -> Comparator:
    """Does `word` hold for the number behind `between`: a verb, or the base that a share is taken of?"""
    means = _MEANS.get(word, "<=")
    money = kind in {"money", "percent"}
    if kind == "percent" and between.endswith("的"):  # 不超过区、县（市）实际承担金额的20%
        between = _PLACES.sub("", between)
        between = _NAMED_TOGETHER.sub("", between) if len(between) <= _FAR + 4 else between
    far = _FARTHEST if kind == "percent" and between.endswith("的") else _FAR if money else _NEAR
    if len(between) > far or _STOPS.search(between):
        return "="
    of = between.find("的")
    if word in {"低于", "高于"} and not (
        kind == "percent" and between.endswith("的") and not between.startswith("按")
    ):
        return "="  # 低于本市最低生活保障标准的|2.5倍
    if word == "超过":
        near = _HAN.fullmatch(between) is not None and len(between) <= _NEAR
        return means if near and of in {-1, len(between) - 1} and not between.startswith("部分") else "="
    if not money:
        return means if _HAN.fullmatch(between) else "="
    if word in {"限额", "封顶线"} and not between.startswith(
        ("标准", "为", "每", "按", "可提高到", "可提高至", "提高到", "提高至", "调整为")
    ):
        return "="
    return means if of < 0 or (kind == "percent" and between.endswith("的")) else "="


def said_after(text: str, at: int, measures: Measures) -> tuple[int, Comparator]:
    """Where the words behind a unit end that belong to it (以上, （不含）), and what they mean."""
    at += text[at : at + 1] == " "
    word = measures.after.begin(text, at)
    if word is None and text[at : at + 1] in {"（", "("}:
        including = _INCLUDING.match(text, at)
        end = including.end() if including is not None else at
        word = measures.after.begin(text, end) if end > at else None  # 5万元（含税）以上
        limit = word if word in _OF_A_LIMIT else None
        return (end, "=") if limit is None else (end + len(limit), measures.signs_after[limit])
    if word is None or word in {"余", "多"} or text[at + 1 : at + 2] in _NOT_AFTER.get(word, ""):
        return at, "="
    return at + len(word), measures.signs_after[word]
