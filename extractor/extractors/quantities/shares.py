"""Percentages: which are of money (amounts), which are levels of the plan (targets)."""

from __future__ import annotations

import re

from .scene import Scene, strip_light
from .verdict import Verdict

# 首付比例, 报销比例, 支付比例 with words between
_RATE_OF_MONEY = re.compile(r"(?:报销|支付|补偿|首付|给付|利率|费率)[^，。；]{0,4}(?:比例|率|款)?$")
_LEVEL = re.compile(r"(?:率|占比|比重|比例|覆盖面|浓度|强度|指数|满意度)[^，。；]{0,10}$")
_CHARGE = re.compile(r"标准|费|租金|利率|待遇|额度|报酬|工资|税|补助|补贴|比例|价")
_NOT_MONEY = re.compile(r"[^，。；]{0,6}(?:覆盖|完成|纳入)|的(?:企业|项目)")


def noun_of(scene: Scene) -> str:
    """The stem with the verbs of level at its end taken off: the noun that the number is said of."""
    stem = scene.stem
    for _ in range(4):
        verb = scene.measures.targets["level"].end(stem)
        if verb is None or (verb == stem and len(stem) > 4):
            return stem
        stem = strip_light(stem[: -len(verb)])
    return stem


def judge_percent(scene: Scene) -> Verdict:
    """Percentages of money are amounts; rates, shares and changes that are to be reached are targets."""
    measures, unit = scene.measures, scene.group.items[0].unit
    stem = noun_of(scene)
    if measures.amounts["rate_nouns"].end(stem) or _RATE_OF_MONEY.search(stem):
        return Verdict("amount", "rate-of-money")
    if unit == "折":
        return Verdict("measure")
    if unit == "番":
        return Verdict("target", "rate-of-change")
    if _money_beside(scene, stem):
        return Verdict("amount", "share-of-money")
    if scene.conditional or scene.background:
        return Verdict("measure")
    return _level(scene, stem)


def _level(scene: Scene, stem: str) -> Verdict:
    growth, level = scene.measures.shares["growth"], scene.measures.targets["level"]
    if scene.measures.targets["rate_tail"].end(stem) or _LEVEL.search(stem):
        return Verdict("target", "rate-reached")
    verb = level.end(scene.left) or level.end(scene.stem)
    if growth.end(scene.left) or growth.end(scene.stem) or (verb and "比" in scene.left):
        return Verdict("target", "rate-of-change")
    reaches = scene.measures.shares["reached"].within(scene.right)
    if verb or scene.group.comparator(scene.group.items[0]) != "=":
        attribute = scene.right.startswith("的") and not scene.measures.shares["aims"].begin(scene.right)
        return (
            Verdict("target", "level-reached") if reaches or (stem and not attribute) else Verdict("measure")
        )
    if reaches or (stem and not scene.right.strip("”’")):
        return Verdict("target", "level-reached")
    return Verdict("measure")


def _money_beside(scene: Scene, stem: str) -> bool:
    """减免5%保教费, 按投资额的10%给予补助, 低保标准的1.5倍"""
    money = scene.measures.amounts["money_context"]
    right, left = scene.right[:10], scene.left[-20:]
    if scene.measures.targets["rate_tail"].end(stem) and not left.endswith(("按", "按照")):
        return False
    if money.within(right):
        return _NOT_MONEY.match(right) is None
    if scene.measures.shares["growth"].end(scene.left) and not _CHARGE.search(left):
        return False
    if money.within(left[-12:]) or (scene.group.items[0].unit in {"倍", "成"} and _CHARGE.search(left)):
        return True
    return left.endswith(("按", "按照", "的")) and money.within(scene.before[-30:] + scene.behind[:16])
