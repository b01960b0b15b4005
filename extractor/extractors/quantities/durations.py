"""Rows of `durations`: lengths of time that grant or limit something (contract, «durations»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.model import Duration, Span

from .scene import Scene, quote_span

# 婚假 · 独生子女父母护理假
_LEAVE = re.compile(
    r"(独生子女父母护理假|陪产假|护理假|陪护假|育儿假|亲子假|哺乳假|奖励假|[婚产丧病事春秋]假|[一-龥]{1,4}假)"
)
# 报销申报时间 · 许可证有效期
_SUBJECT = re.compile(r"([一-龥]{2,14}(?:期限|有效期|时限|时间|期|周期|时长))(?:限)?[^，。；]{0,8}$")
_WHO = re.compile(r"(?:对|给予|向)(?P<who>[^，。；]{2,30}?)(?=每年|，|各|增加|延长|享受|每人|$)")


def duration_rows(scene: Scene, rule: str) -> Iterator[Duration]:
    """One row a number of the group; days are 日 and months 月 whatever is printed (contract)."""
    span = quote_span(scene, scene.group.items[0])
    subject, action = subject_of(scene), action_of(scene)
    who = _beneficiary(scene)
    for item in scene.group.items:
        if item.value is None:
            continue
        yield Duration(
            clause=scene.group.clause,
            span=Span(min(span.start, item.start), max(span.end, item.end)),
            numbers=item.numbers,
            value=Decimal(item.value),
            unit=scene.measures.durations.get(item.unit, item.unit),
            rule=rule,
            value_high=item.high,
            comparator=scene.group.comparator(item),
            subject=subject,
            action=action,
            beneficiary=who,
        )


def subject_of(scene: Scene) -> str | None:
    """婚假, 报销申报时间, 贷款期限: what lasts that long."""
    found = _LEAVE.search(scene.right[:12])
    if found is not None:
        return found.group(1)
    leaves = _LEAVE.findall(scene.left)
    if leaves:
        return re.sub(r"^(?:增加|给予|享受|男方|延长|的|可请|每年|另|其)+", "", leaves[-1]) or leaves[-1]
    found = _SUBJECT.search(scene.left)
    if found is not None:
        return found.group(1)
    behind = re.match(r"的?([一-龥]{2,8})", scene.right)
    if behind is not None and not scene.right.startswith(("内", "前")):
        return behind.group(1)
    words = re.sub(
        r"(?:不得?超过|不少于|延长至|压缩至|最长|至少|为|满|试行|不低于|连续|提前|在|自.*之?日起|给予|增加)+$",
        "",
        scene.left,
    )
    return words.strip(" 、，") or None


def action_of(scene: Scene) -> str | None:
    window = scene.left + scene.text[scene.group.start : scene.group.items[0].hits[0].start]
    found = None
    for match in scene.measures.terms["actions"].pattern.finditer(window):
        found = match.group()
    return found


def _beneficiary(scene: Scene) -> str | None:
    found = None
    for match in _WHO.finditer(scene.before):
        found = match
    return found["who"].strip() if found is not None else None
