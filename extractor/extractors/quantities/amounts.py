"""Rows of `amounts`: money, and percentages of money (contract, «amounts»).

A legal range (5000元以上5万元以下) is one row with `value_high` and the comparator `=`: both ends are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from extractor.lexicon.measures import MONEY, Measures
from extractor.model import Amount, AmountKind, Span

from .groups import Breaks, Quantity
from .indicators import dealt
from .per import per_and_period, period_word
from .scene import REACH, Scene, quote_span

_CURRENCIES: Final = frozenset({"美元", "港元", "港币", "欧元", "日元", "英镑"})
# 对西湖区户籍家庭, 为三孩: who is paid
_FOR = re.compile(
    r"(?:^|[，。；：、])(?:凡|对于?|为|给予?|向)(?P<who>[^，。；]{2,60}?)"
    r"(?=，|分别|按|给予|予以|发放|每|一次性|的标准|再|由|最高|减|补助|奖励|补贴|$)"
)
_SUBJECT: Final = ("的", "家庭", "企业", "人员", "幼儿", "对象", "成员", "机构", "老年人", "学生", "职工")
_PURPOSE = re.compile(
    r"(?:的标准)?(?:足额)?(?:给予|予以|的)?(?P<what>[^，。；：（）()]{2,24}?)(?=[，。；：（）()]|$)"
)
_PURPOSE_HEAD = re.compile(r"^(?:的?标准|给予|予以|发放|的){1,4}")
_BEFORE_PURPOSE = re.compile(
    r"(?P<what>[一-龥]{2,12}(?:费|补助|补贴|津贴|奖励|奖金|标准|扶助金|救助金|资金|保险))(?:标准)?[^，。；]{0,12}$"
)
_UNIT_BEHIND = re.compile(r"^(?:[/／][一-龥·。.]{1,6}|[的）)])")


def amount_rows(scene: Scene, rule: str) -> Iterator[Amount]:
    """One row a number of the group."""
    group = scene.group
    per, period = per_and_period(
        scene, scene.text[max(scene.floor, scene.segment.start, group.start - REACH) : group.start]
    )
    if rule == "threshold":
        per, period = None, None if period == "once" else period
    span, action = quote_span(scene, group.items[0]), action_of(scene)
    purpose, payer = purpose_of(scene), payer_of(scene)
    for item, beneficiary in zip(group.items, beneficiaries(scene, len(group.items)), strict=True):
        value, high, unit = in_yuan(item)
        if value is None:
            continue
        yield Amount(
            clause=group.clause, span=Span(min(span.start, item.start), max(span.end, item.end)),
            numbers=item.numbers, value=value, unit=unit, rule=rule, value_high=high,
            comparator=group.comparator(item), action=action, per=per, period=period,
            beneficiary=beneficiary, purpose=purpose, payer=payer, kind=kind_of(scene, item, rule),
        )  # fmt: skip


def in_yuan(item: Quantity) -> tuple[Decimal | None, Decimal | None, str]:
    """Money in 元, foreign money in its own; percentages and multiples as printed, 成 as ten per cent."""
    if item.kind != "money":
        factor = 10 if item.unit == "成" else 1
        low, last = item.hits[0].base, item.hits[-1].base
        high = last if len(item.hits) == 2 else None
        unit = {"成": "%", "％": "%"}.get(item.unit, item.unit)
        return None if low is None else low * factor, None if high is None else high * factor, unit
    rate = MONEY.get(item.unit, Decimal(1))
    unit = item.unit if item.unit in _CURRENCIES else "元"
    return (
        None if item.value is None else item.value * rate,
        None if item.high is None else item.high * rate,
        unit,
    )


def action_of(scene: Scene) -> str | None:
    """The verb or noun of payment nearest to the sum, before it first where both are as near."""
    benefit, weak = scene.measures.amounts["benefit"], scene.measures.terms_of_payment["weak_actions"]
    near = [(m.start(), 1, m.group()) for m in benefit.pattern.finditer(scene.right[:24])]
    left = scene.left[-40:]
    near += [(len(left) - m.end(), 0, m.group()) for m in benefit.pattern.finditer(left)]
    strong = [n for n in near if n[2] not in weak] or near
    return min(strong)[2] if strong else None


def beneficiaries(scene: Scene, count: int) -> tuple[str | None, ...]:
    """Who is paid: 对… in the sentence, or its subject, dealt out to the numbers."""
    words, who = scene.before, None
    for match in _FOR.finditer(words):
        who = match["who"].strip()
    if who is None:
        head = re.split(r"[，；：]", words, maxsplit=1)[0].strip()
        who = head if head.endswith(_SUBJECT) and len(head) > 2 else None
    parts = dealt(who.partition("分别")[0], count, scene) if count > 1 and who is not None else None
    return parts or (who,) * count


def purpose_of(scene: Scene) -> str | None:
    """What it is paid for: 一次性建设资金补助, 保教费, 参保补贴."""
    found = _PURPOSE.match(_UNIT_BEHIND.sub("", scene.right.strip()))
    if found is not None:
        return _PURPOSE_HEAD.sub("", found["what"]).strip() or None
    found = _BEFORE_PURPOSE.search(scene.left[-40:])
    return found["what"] if found is not None else None


def payer_of(scene: Scene) -> str | None:
    """区财政 of 区财政对…: the public purse that is named before the sum."""
    words = scene.before[-80:]
    found = None
    for match in scene.measures.terms_of_payment["payers"].pattern.finditer(words):
        found = match
    if found is None or words[found.end() : found.end() + 1] not in set("对给按予为承从出安负代全统每，"):
        return None
    start = found.start()
    for level in (
        "中央",
        "省级",
        "市级",
        "区级",
        "县级",
        "州级",
        "各级",
        "省",
        "市",
        "区",
        "县",
        "州",
        "镇",
        "本级",
        "同级",
    ):
        if words.endswith(level, 0, start):
            return level + found.group()
    return found.group()


def kind_of(scene: Scene, item: Quantity, rule: str) -> AmountKind:
    """threshold: a condition; cap: the most that is paid; price: a fee or fine; benefit: paid or relieved."""
    if rule == "threshold":
        return "threshold"
    amounts, words = scene.measures.amounts, scene.measures.terms_of_payment
    if scene.group.comparator(item) == "<=" and words["caps"].within(
        scene.left[-6:] + scene.text[item.start : item.end]
    ):
        return "cap"
    if amounts["benefit"].within(scene.left[-16:]) or amounts["benefit"].within(scene.right[:16]):
        return "price" if words["fines"].within(scene.before[-20:]) else "benefit"
    if amounts["price"].within(scene.before[-24:]) or amounts["price"].within(scene.right[:8]):
        return "price"
    paid = amounts["benefit"].within(scene.before) or amounts["benefit"].within(scene.behind[:20])
    return "benefit" if paid else "other"


# 全额资助 · 减半征收
_SHARE = re.compile(
    r"(?P<full>全额)(?P<verb>资助|补助|补贴|代缴|报销|支付|承担|减免|返还|奖励|贴息|救助|保障)"
    r"|(?P<half>减半)(?P<what>征收|收取|缴纳|收费|计收|执行|征)?"
)
_CHARGED = re.compile(r"费|税|租|款|金")


def words_of_share(
    text: str, span: Span, clause: int, breaks: Breaks, measures: Measures
) -> Iterator[Amount]:
    """全额资助 is 100 %, 减半收取 is 50 %; no number stands there (contract, «amounts»)."""
    for found in _SHARE.finditer(text, span.start, span.end):
        segment = breaks.segment(found.start())
        start = max(segment.start, span.start, found.start() - REACH)
        stop = min(segment.end, span.end, found.end() + REACH)
        half = found["half"] is not None
        if half and found["what"] is None and not _CHARGED.search(text[start : found.start()]):
            continue
        yield Amount(
            clause=clause, span=Span(start, stop), numbers=(), value=Decimal(50 if half else 100), unit="%",
            rule="half-of-sum" if half else "whole-of-sum", action="减免" if half else found["verb"],
            period=period_word(text[start:stop], measures), kind="benefit",
        )  # fmt: skip
