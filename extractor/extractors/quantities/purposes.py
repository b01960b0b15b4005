"""The words around a sum that tell what it is paid for (contract, «amounts», `purpose`)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from extractor.lexicon.measures import Measures

from .scene import Scene

_GIVEN = re.compile(r"给予|予以|发放")
_BASES: Final = ("额", "收入", "投资", "产值", "投入")
_LEFT: Final = 48
_TIMES: Final = frozenset("人户年月日天")  # 每月|补助: how often, and no part of a name
_OF_TIME: Final = ("学期", "学年", "季度", "小时")  # 每学期|补助
# 补助|运行经费: the verb before what is paid for
_VERB_BEFORE = re.compile(
    r"(?:补助|补贴|奖励|奖补|资助)(?=[^，]{1,12}(?:费|金|经费|资金)$)(?![资经]|金$|标准)"
)
# 缴费凭证（|检查费, 资源型项目）|固定资产投资: what stands before a bracket that is not whole
_WITHIN = re.compile(r"^(?:[^（）]*[（）](?=[^（）]+$)|的方式)")


class _Patterns(NamedTuple):
    paid: re.Pattern[str]
    said_of: re.Pattern[str]
    cuts: re.Pattern[str]
    leading: re.Pattern[str]


@cache
def _patterns(measures: Measures) -> _Patterns:
    words = {name: group.pattern.pattern for name, group in measures.payees.items()}
    return _Patterns(
        # 360元的标准予以一次性建设资金补助
        paid=re.compile(
            r"(?:[/／][一-龥]{1,3}(?<!给)(?:[·.。・][一-龥])?)?(?:[（(][^（）()]{1,16}[）)])?"
            rf"(?!且|并且)(?P<what>[^，。；：、！？\n0-9（]{{0,22}}?(?:{words['paid']})(?:{words['paid']})?)"
        ),
        said_of=re.compile(rf"[一-龥（）]{{0,24}}(?:{words['said_of']})"),
        cuts=re.compile(rf"{words['cuts']}|以(?![上下内外])"),  # 硕士及以上学历 is whole
        leading=re.compile(rf"^(?:{words['leading']}){{1,4}}"),
    )


def purpose_of(scene: Scene) -> str | None:
    """What it is paid for: 一次性建设资金补助, 保教费, 参保补贴; else the noun that the sum is said of."""
    purpose = _purpose(scene)
    return _WITHIN.sub("", purpose) or None if purpose is not None else None


def _purpose(scene: Scene) -> str | None:
    patterns, generic = _patterns(scene.measures), scene.measures.payees["generic"]
    for words in filter(None, (scene.right.strip().lstrip("）)"), scene.shared)):
        found = patterns.paid.match(words)
        if found is None:
            continue
        what = patterns.leading.sub("", _GIVEN.split(found["what"])[-1]).partition("”")[0]
        if len(what) >= 2 and what not in generic:
            return what
    said = patterns.said_of.findall(scene.left[-_LEFT:])
    for piece in reversed(patterns.cuts.split(said[-1])) if said else ():
        name = piece.strip("（）、和与及")
        if name.startswith("在") and f"{name}基础上" in scene.left.replace("的基础上", "基础上"):
            name = name[1:]  # 在特别扶助标准基础上提高; not 在校生
        if name.endswith(_BASES):
            if scene.group.kind == "percent":  # 投资额的30%: of what, not what for
                break
        elif scene.measures.payees["said_of"].end(name) is None:
            continue
        unit = scene.measures.terms_of_payment["measures"].begin(name) if f"每{name}" in said[-1] else None
        name = name if unit is None else name[len(unit) :]  # 每块奖励
        if f"每{name}" in said[-1]:
            if name.startswith(_OF_TIME):
                name = name[2:]
            elif name[:1] in _TIMES:  # 每人每月补助500元
                name = name[1:]
        name = _VERB_BEFORE.sub("", name)
        if len(name) >= 3 and name not in generic:
            return name
    return scene.setting.rate or scene.setting.topic


def without_payee(purpose: str | None, payee: str | None, measures: Measures) -> str | None:
    """The purpose of 对获得商标的企业|奖励100万元 names nothing but the payee."""
    if purpose is None or payee is None:
        return purpose
    for length in range(min(len(purpose), len(payee)), 1, -1):
        named = purpose[:length]
        if payee.endswith(named) and measures.payees["people"].end(named) is not None:
            rest = purpose[length:]
            return rest if len(rest) > 2 and rest not in measures.payees["generic"] else None
    return purpose
