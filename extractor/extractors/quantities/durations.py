"""Rows of `durations`: lengths of time that grant or limit something (contract, «durations»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from extractor.model import Duration, Span

from .scene import Scene, quote_span

_LEAVE = re.compile(r"[一-龥]{0,8}假")
# what stands before the name of a leave: 给予…的护理假, 分别延长产假
_BEFORE_LEAVE = re.compile(
    r"^.*(?:的|增加|给予|享受|延长|别|每年|期间|可请|另|其|男方|女方|双方|各|天|日|加|休(?!假)|请(?!假)|和|或)(?=.)"
)
# 报销申报时间 · 许可证有效期, from where the words begin: a name is never cut
_SUBJECT = re.compile(
    r"(?<![一-龥])(?:以及|及|和|并|或|且|其中)?"
    r"([一-龥]{2,24}(?:期限|有效期|时限|时间|期|周期|时长))(?:限)?[^，。；]{0,8}$"
)
# 试行二年, 有效期5年: how long the notice itself holds
_HOLDS = re.compile(r"(?:有效期|试行|暂定)(?:限)?(?:为|暂定|暂)?$")
_ITSELF = re.compile(
    r"本(?:实施)?(?:方案|办法|细则|规定|条例|通知|意见|文件|政策|措施|规划|计划|决定|规则|通告|公告|若干措施)"
)
# 的就业见习 · 提出申请 behind the number, whole; 3年的贷款期限和财政贴息 is said of the first
_BEHIND = re.compile(r"的?(?P<what>[一-龥]{2,12}?)(?=[和与及、，。；）（“《]|\s|$)")
_VERB_BEFORE = re.compile(r"^(?:并?将|落实|给予|可)(?=..)")
_MORE_DAYS = re.compile(r"(?:增加|延长|增至)$")
_PARTED = re.compile(r"(?<![一-龥])(?P<what>[一-龥]{2,10})分$")  # 奖励资金|分2年兑现
# No subject begins so: 在企业实训, 由各省报送
_NO_SUBJECT = re.compile(
    r"[在由向对以于从按将应须可请为各被把将如若其本自且并或和与及到至再还均也需要]|内|不得"
)
_ADVERBS = re.compile(
    r"(?:不得?超过|不少于|延长至|压缩至|放宽至|最长|最多|至少|为|满|试行|不低于|连续|提前|在|自.*之?日起|给予|增加|可延长"
    r"|留存|保存|保管|应当?|不能|原则上|一般)+$"
)
_WHO = re.compile(
    r"(?<![一每针])(?:对于?|给予|向|为)(?P<who>[^，。；]{2,40}?)"
    r"(?=每年|，|各|增加|延长|享受|每人|按照?|给予|予以|连续|[0-9]|$)"
)
# 男方护理假: the leave is no part of the payee
_WHO_ENDS = re.compile(r"(?:方|父母|夫妇|者|户|员工|师|妇女?|家长|医生|人)$")
# 教育行政部门应当自受理之日起20日内: who acts, not what lasts
_UNIT = re.compile(r"(?:部门|政府|机关|单位|机构|委员会|局|人|企业)$")
_UNITS: Final = frozenset({"小时", "日", "工作日", "周", "月", "年"})
_SHORT: Final = 10  # longer words before a number are no name of what lasts


def duration_rows(scene: Scene, rule: str) -> Iterator[Duration]:
    """One row a number of the group; days are 日 and months 月 whatever is printed (contract).

    A length in a unit that is none of the contract (30分钟, 2学期) makes no row; the ledger has its number.
    """
    span = quote_span(scene, scene.group.items[0])
    subject, action = _named(subject_of(scene)), action_of(scene)
    who = _beneficiary(scene)
    for item in scene.group.items:
        unit = scene.measures.durations.get(item.unit, item.unit)
        if item.value is None or unit not in _UNITS:
            continue
        yield Duration(
            clause=scene.group.clause,
            span=Span(min(span.start, item.start), max(span.end, item.end)),
            numbers=item.numbers,
            value=Decimal(item.value),
            unit=unit,
            rule=rule,
            value_high=item.high,
            comparator=scene.group.comparator(item),
            subject=subject,
            action=action,
            beneficiary=who,
        )


def _named(words: str | None) -> str | None:
    """将办理期限 → 办理期限; None for a condition, or what tells when and by whom: 仍不办理的, 由部门."""
    name = _VERB_BEFORE.sub("", words) if words is not None else ""
    return None if len(name) < 2 or name.endswith(("的", "起")) or name[0] in "由在" else name


def subject_of(scene: Scene) -> str | None:
    """婚假, 报销申报时间, 贷款期限, 本方案: the noun of what lasts that long; None rather than a clause."""
    found = _LEAVE.match(scene.right[:12].lstrip("的")) or None
    leaves = [found.group()] if found is not None else _LEAVE.findall(scene.left)
    if leaves:
        leave: str = leaves[-1]
        return _BEFORE_LEAVE.sub("", leave)
    if _HOLDS.search(scene.left) or scene.right.startswith("有效"):
        itself: list[str] = _ITSELF.findall(scene.before)
        if itself:
            return itself[-1]
    if _MORE_DAYS.search(scene.left):  # 女职工产假为98天，难产的增加|15天
        said: list[str] = _LEAVE.findall(scene.before)
        if said:
            return _BEFORE_LEAVE.sub("", said[-1])
    parts = _PARTED.search(scene.left)
    if parts is not None:
        return parts["what"]
    found = _SUBJECT.search(scene.left)
    if found is not None:
        return _tail(found.group(1))
    behind = _BEHIND.match(scene.right) if len(scene.right) > 1 else None
    if behind is not None and not scene.right.startswith(("内", "前")):
        what, of = behind["what"], scene.right.startswith("的")
        joined = scene.right[behind.end() : behind.end() + 1] in set("和与及")
        paid = not joined and scene.measures.amounts["benefit"].end(what) == what  # 连续5年奖励
        if len(what) < 4 and not paid and not (of and not joined):
            return None  # 选拔, 引进 … : what is done, and the words go on
        if joined and not of:
            return None
        whole = behind.end() < len(scene.right) or scene.right is scene.rest or not _cut_off(scene)
        what = what.removesuffix("等")
        return what if whole and not _NO_SUBJECT.match(what) else None
    words = _tail(_ADVERBS.sub("", scene.left).strip(" 、，"))
    if _UNIT.search(words) or _NO_SUBJECT.match(words):
        return None
    return words if 2 <= len(words) <= _SHORT and not words.endswith("的") else None


def _tail(words: str) -> str:
    """继续教育的扣除期限 → 扣除期限: without what it is of."""
    last = words.rpartition("的")[2]
    return last if len(last) >= 3 else words


def _cut_off(scene: Scene) -> bool:
    """重点引进100名…: the words end at the next number, not at a mark."""
    stop = scene.group.end + len(scene.right)
    return scene.text[stop : stop + 1].isdigit()


def action_of(scene: Scene) -> str | None:
    window = scene.left + scene.text[scene.group.start : scene.group.items[0].hits[0].start]
    found = None
    for match in scene.measures.terms["actions"].pattern.finditer(window):
        found = match.group()
    return found


def _beneficiary(scene: Scene) -> str | None:
    """夫妻双方, 男方, 符合规定结婚的夫妻: people or firms; None where 对 tells of something else."""
    found: str | None = None
    for match in _WHO.finditer(scene.before):
        who = match["who"].strip().removesuffix("的")
        leave = _LEAVE.search(who)
        if leave is not None:
            who = who[: leave.end() - len(_BEFORE_LEAVE.sub("", leave.group()))]
        known = scene.measures.payees["people"].end(who) is not None or _WHO_ENDS.search(who) is not None
        share = scene.before[match.end() : match.end() + 1].isdigit()  # 补贴标准为最低工资标准的|70%
        if known or (match["who"].endswith("的") and len(who) > 4 and not share):
            found = who
    return found
