"""Lengths of time: which grant or limit something (durations), which only tell how long.

A condition of eligibility (满3年的企业, 2年以上工作经验) makes no record: its own length grants nothing. An
age, a school stage (学前三年), a campaign (三年行动) and a look back (近三年) are no terms either.
"""

from __future__ import annotations

import re
from typing import Final

from .scene import Scene
from .verdict import Verdict

_WORKING: Final = frozenset({"工作日", "个工作日"})
# 婚假…, 护理假期间
_LEAVE_BEFORE = re.compile(r"假(?:期)?[^，。；]{0,10}$")
# 3年以上工作经验; but 3年以上5年以下, 3年以上有期徒刑
_QUALIFIES = re.compile(r"以上(?!的?(?:[0-9一二三四五六七八九十]|有期|禁))[的一-龥]")
_IN_A_ROW = re.compile(r"(?:连续|累计)[^，。；]{0,6}$")
_GRANT = re.compile(r"给予|补|奖|发放|享受|减|免|每年|返还|支持")
_AFTER_ALL: Final = ("届满", "提前", "之日起", "延后", "每次", "每天")
_BARE = Verdict("duration")
_TERM = Verdict("duration", "term")


def judge_time(scene: Scene) -> Verdict:
    """`duration` always; with a record only where it grants or limits."""
    left, item, terms = scene.left, scene.group.items[0], scene.measures.terms
    behind_unit = scene.text[item.hits[-1].after : scene.stop]
    if item.unit in _WORKING:
        return Verdict("duration", "working-days")
    if "假" in scene.right[:6] or _LEAVE_BEFORE.search(left):
        return Verdict("duration", "leave")
    if terms["not_after"].begin(behind_unit) or (
        terms["not_before"].end(left.rstrip("约")) and not left.endswith(_AFTER_ALL)
    ):
        return _BARE
    if (scene.conditional and item.comparator != "<=") or _QUALIFIES.match(behind_unit):
        return _BARE
    opened = terms["before"].end(left) or _IN_A_ROW.search(left)
    if opened and item.before == "=" and not _grants(left, scene.right):
        return _BARE
    if item.comparator in {"<=", ">=", ">"} or item.high is not None or opened:
        return _TERM
    return _TERM if left and terms["after"].begin(behind_unit) else _BARE


def _grants(left: str, right: str) -> bool:
    """满3年后, 连续补贴3年; not 满3年的企业, 连续3年盈利."""
    if left.endswith("满"):
        return right.startswith(("后", "之日", "方可", "的，可"))
    if _IN_A_ROW.search(left):
        return _GRANT.search(left[-8:] + right) is not None
    return True
