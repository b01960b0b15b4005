"""The thing that is counted, behind its unit: 中小学新建工程 of 完成7所中小学新建工程."""

from __future__ import annotations

import re
from typing import Final

from .scene import Scene

# 社区（乡镇）医养结合服务中心: a bracket inside a name belongs to it
_NOUN = re.compile(
    r"(?:(?!配套|标准(?:足额|给予|予以))[^，。；：！？（(）)\n]|[（(][^（）()\n]{1,16}[）)](?=[一-龥])){1,60}"
)
_NO_NOUN: Final = (
    "等", "参与", "参加", "受益", "的目标", "的任务", "的水平", "的标准", "和", "以及", "与", "及", "不变",
)  # fmt: skip
_CONNECTED = re.compile(r"(?:、|和|(?<!参)与|以及|及)$")
# 市级示范机构|并逐级申报, 垃圾箱房|进行改造: what is done with them
_AND_THEN = re.compile(r"(?<=.{2})(?:并(?!网|购|轨|发症|联|行|列|存|举|重|进)|进行)")
# 75%的县至少建成|一所三级医院: the thing goes on over the next number
_BUILT_BEHIND: Final = ("至少建成", "建成", "建有", "至少", "拥有", "设有")
HEAD = re.compile(r"的(?P<noun>[^，。；：、的（）]{2,20})(?=[，。；（]|$)")
_WORDS = re.compile("[一-龥A-Za-z]")  # figures alone name nothing
_EDGES: Final = " 、，的：\n—-"
_SIZED: Final = ("规模为", "规模", "面积", "面积为", "不少于", "不低于", "达到", "投资", "总投资")
# 建有一所|床位不低于500张、…的养护中心
_SIZE_BEHIND = re.compile(r"(?:床位|建筑面积|占地面积|面积)(?:不[低少小]于|达到?|超过)")
# the job is no thing: 实施国家储备林项目，完成180万亩|建设任务
_JOB = re.compile(r"(?:年度|目标|建设|改造|治理|整治|提升|修复|工作)*任务(?:目标)?")
# 完成3万平方米|节能率不低于15%的既有公共建筑节能改造
_OF_A_LEVEL = re.compile(
    r"[一-龥]{2,10}(?:不[低少小]于|不超过|达到?|超过|高于|低于)[0-9.]{1,8}[%‰个万平方米升千克级分以上]{1,6}的(?P<noun>[一-龥“”]{4,24})(?=[，。；（、]|$)"
)
_LEVELLED: Final = ("平等", "均等", "同等", "高等", "中等", "初等", "对等")


def noun_behind(scene: Scene) -> str | None:
    described = _OF_A_LEVEL.match(scene.rest)
    if described is not None:
        return described["noun"]
    right = scene.rest if scene.right.endswith(_BUILT_BEHIND) else scene.right
    if not right or right[0] in "，。；：、！？）)”/" or right.startswith(_NO_NOUN):
        return None
    if right[0] in "（(":
        close = right.find("）" if right[0] == "（" else ")")
        right = right[close + 1 :] if close >= 0 else right
    found = _NOUN.match(right)
    noun = found.group().lstrip("的").partition("用于")[0] if found is not None else ""
    if _JOB.fullmatch(noun):
        return None
    for mark, long in (("的", 14), ("等", 24)):
        head = noun.rpartition(mark)[2]
        if len(noun) > long and 4 <= len(head) < len(noun):
            noun = head
    if noun.endswith(_SIZED) or _SIZE_BEHIND.match(scene.rest):  # 设置一所规模为六个班以上的幼儿园
        found = HEAD.search(scene.rest)
        return found["noun"] if found is not None else None
    return _CONNECTED.sub("", _AND_THEN.split(noun, maxsplit=1)[0]).strip() or None


def words_behind(scene: Scene) -> str | None:
    """80%以上的行政村实现 … → 行政村实现 …"""
    found = _NOUN.match(scene.right.lstrip("的"))
    return found.group().strip() if found is not None else None


def cleaned(name: str) -> str:
    name = name.lstrip("）") if _WORDS.search(name) else ""
    if name.endswith("等") and not name.endswith(_LEVELLED):
        name = name[:-1]
    return name.strip(_EDGES + "”“" if name.count("“") != name.count("”") else _EDGES)
