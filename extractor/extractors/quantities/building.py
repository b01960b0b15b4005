"""Which verb builds, runs or trains what a number counts: 建设, 新增, 完成…改造."""

from __future__ import annotations

import re
from typing import Final

from .scene import Scene, strip_light
from .scopes import cut_head

_CARRIED: Final = "建设"
# 对全区|1918个|垃圾箱房进行升级改造
_UPON = re.compile(r"(?:^|[，。；：、并])(?:对|将)(?:全[国省市区县州域镇])?(?:现有)?$")
_DONE = re.compile(
    r"[^，。；]{1,20}(?:(?:进行|实施|开展)[^，。；]{0,6}(?:改造|建设|整治|修缮|治理|提升|更新)|全?部?纳入)"
)
_DONE_TO: Final = "改造"
# 完成城乡结合部|117公里|道路改造, 抓好|18处|重大安全隐患和12处重点污染源|整治
_WORKS_ON = re.compile(
    r"(?:完成|实施|推进|开展|抓好|做好|启动)[^，。；0-9]{0,20}(?:20[0-9]{2}年)?$|(?<![0-9])[0-9]{1,8}[处个条座][^，。；]{1,16}[和与及、]$"
)
_WORK_BEHIND = re.compile(
    r"[^，。；、0-9]{1,20}(?:[和与及、][0-9]{1,6}[处个条座家][^，。；0-9]{1,20})?(?<=改造|整治|治理|修缮|搬迁|提升|建设)(?:任务|工程|目标)?(?=[，。；]|$)"
)
_CONSISTS: Final = ("下设", "内设", "分设")  # 指挥部下设|5个工作组: what it consists of
_PLANNED = re.compile("(?:计划|拟|将|期间|年内)+(?=[一-龥])")  # 甲区“十四五”期间计划|新增乙公园等|9座
# between a verb and its number: 推动全省100家企业, 遴选首批20个
_PLACED = re.compile(
    r"(?:全[国省市区县州域镇]|首批|一批|每个[一-龥]{1,4}|我[省市区县州])(?:范围内?)?(?:不少于)?$|(?<=加强|推动|促进)与$"
)


def verb_of(scene: Scene) -> str | None:
    """The verb that builds: right before the number, before 全省 or 首批, or before the members in front."""
    build = scene.measures.targets["build"]
    if scene.stem.endswith(_CONSISTS):
        return None
    verb = build.end(scene.stem) or build.end(scene.left)
    if verb is not None:
        return verb
    if scene.setting.carried and not strip_light(scene.left.strip("、和与及以")):
        return _CARRIED  # 建设1个甲中心和1个乙中心，3个丙中心: the verb holds for all
    if scene.left.endswith("、") and scene.text[scene.group.start].isdigit():
        verb = begun(scene)
        if verb is not None:
            return verb  # 建设国家甲基地、|2个|乙中心: so does one before a member that is not counted
    if scene.left.endswith("等"):  # 建成甲园区、乙基地等|四个|社区
        verb = begun(scene)
        if verb is not None:
            return verb
    if _DONE.match(scene.rest) and _UPON.search(scene.left):
        return _DONE_TO
    if _WORK_BEHIND.match(scene.rest) and _WORKS_ON.search(scene.left):
        return _DONE_TO
    placed = _PLACED.search(scene.left)
    if placed is None:
        return None
    return build.end(scene.left[: placed.start()]) or (_CARRIED if placed.group() == "与" else None)


def begun(scene: Scene) -> str | None:
    """新增 of 甲区计划新增乙公园等|9座: the verb before the members of a list."""
    head = cut_head(scene, scene.left)
    planned = _PLANNED.search(head)
    return scene.measures.counts["hard"].begin(head, planned.end() if planned is not None else 0)
