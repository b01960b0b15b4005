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
from .payees import action_of, beneficiaries, payer_of
from .per import behind_slash, per_and_period, per_land, period_word
from .purposes import purpose_of, without_payee
from .scene import REACH, Period, Scene, quote_span

_SOMEONE: Final = frozenset({"人", "户", "生"})
_CURRENCIES: Final = frozenset(
    {"美元", "港元", "港币", "欧元", "日元", "英镑", "澳元", "加元", "韩元", "卢布", "新加坡元", "澳门元"}
)
# What one of a unit is in per cent
_PER_CENT: Final[dict[str, Decimal]] = {
    "％": Decimal(1), "成": Decimal(10), "‰": Decimal("0.1"), "‱": Decimal("0.01"),
    "百分点": Decimal(1), "个百分点": Decimal(1), "基点": Decimal("0.01"),
    "个基点": Decimal("0.01"), "BP": Decimal("0.01"), "bp": Decimal("0.01"),
}  # fmt: skip


def amount_rows(scene: Scene, rule: str) -> Iterator[Amount]:
    """One row a number of the group."""
    group = scene.group
    per, period = per_and_period(
        scene, scene.text[max(scene.floor, scene.segment.start, group.start - REACH) : group.start]
    )
    asked, count = rule == "threshold", len(group.items)  # a condition pays nobody
    if per is None and period is None and group.kind == "money" and _ALIKE.fullmatch(scene.left):
        per, period = scene.setting.paid
    if period is None and not asked:
        period = _said_for_all(scene)
    if asked:
        per, period = per_land(scene), None if period == "once" else period
    span, purpose = quote_span(scene, group.items[0]), purpose_of(scene)
    action, payer = (None, None) if asked else (action_of(scene), payer_of(scene))
    paid = (None,) * count if asked else beneficiaries(scene, count)
    for position, (item, beneficiary) in enumerate(zip(group.items, paid, strict=True)):
        # 3.5万元/列、6.5万元/架次: each sum has its own
        own = None if asked else behind_slash(scene.text, item.hits[-1].after, scene.measures)[0]
        value, high, unit = in_yuan(item)
        if value is None:
            continue
        whole = (
            position > 0 and item.before == "<=" and group.items[0].before == "="
        )  # 每亩300元、|最高50万元
        each = None if whole and per not in _SOMEONE else per
        yield Amount(
            clause=group.clause, span=Span(min(span.start, item.start), max(span.end, item.end)),
            numbers=item.numbers, value=value, unit=unit, rule=rule, value_high=high,
            comparator=group.comparator(item), action=action, per=own or each, period=period,
            beneficiary=beneficiary, payer=payer, purpose=without_payee(purpose, beneficiary, scene.measures),
            kind=kind_of(scene, item, rule),
        )  # fmt: skip


# 每生每月680元，|一级园|520元; 每人每天500元，|其中住宿费|300元
_ALIKE = re.compile(
    r"[、]?(?:其中)?(?![总共])(?:(?![对选凡给奖补另再获缴罚收入最累限兑发支付享按分从由达超过额])[一-龥（）]){2,12}?(?:为|标准为)?"
)
_GIVES = re.compile("给予|予以|拨付|另奖|再奖|另补")  # 由县财政给予每村10万元工作经费
# 给予15万元经费资助|和|10万元交通补贴
_JOINED = re.compile(r"^(?:[^，。；、0-9]{0,10})(?:和|与|及|以及|、)$")
# 购房补贴以货币形式一次性发放
_ALL_ONCE = re.compile(
    r"(?:^|[。；，：\n（])(?P<name>[一-龥]{2,10}?(?:补贴|补助|奖励|奖金|资金|津贴|红包|奖补))(?:以[^，。；]{1,8}(?:形式|方式))?(?:均|全部|实行|采取)?一次性(?:发放|兑现|拨付|给予|支付)"
)


# 可申请一次性安家费，博士每人15万元，硕士每人|10万元
_ONCE_FOR_ALL = re.compile(
    r"一次性[一-龥]{2,8}(?:费|补贴|补助|奖励|津贴|资金)[，：](?:[^，。；、：]{2,20}[0-9.]{1,8}万?元[，、]){0,4}[^，。；、：0-9]{0,20}$"
)


def _said_for_all(scene: Scene) -> Period | None:
    """The period that is said before the first of joined sums, or of all sums of the clause by itself."""
    if _JOINED.match(scene.left) and scene.floor > scene.segment.start:
        return period_word(scene.text[scene.segment.start : scene.floor], scene.measures)
    start, end = scene.clause_span
    if scene.group.kind == "money" and _ONCE_FOR_ALL.search(scene.before) is not None:
        return "once"
    if scene.group.kind == "percent" or scene.text.find("一次性", start, end) < 0:
        return None
    once = _ALL_ONCE.search(scene.text, start, end)
    return "once" if once is not None and once["name"] in scene.before + scene.behind else None


def in_yuan(item: Quantity) -> tuple[Decimal | None, Decimal | None, str]:
    """Money in 元, foreign money in its own; multiples as printed; 成, ‰ and 个百分点 in per cent."""
    if item.kind == "":  # 分别给予企业10万、20万
        return item.value, item.high, "元"
    if item.kind != "money":
        factor = _PER_CENT.get(item.unit, Decimal(1))
        low, last = item.hits[0].base, item.hits[-1].base
        high = last if len(item.hits) == 2 else None
        unit = "%" if item.unit in _PER_CENT else item.unit
        return None if low is None else low * factor, None if high is None else high * factor, unit
    rate = MONEY.get(item.unit, Decimal(1))
    unit = item.unit if item.unit in _CURRENCIES else "元"
    return (
        None if item.value is None else item.value * rate,
        None if item.high is None else item.high * rate,
        unit,
    )


def kind_of(scene: Scene, item: Quantity, rule: str) -> AmountKind:
    """threshold: a condition; cap: the most that is paid; price: a fee or fine; benefit: paid or relieved."""
    if rule == "threshold":
        return "threshold"
    if item.kind == "":
        return "cap" if scene.group.comparator(item) == "<=" else "benefit"
    amounts, words = scene.measures.amounts, scene.measures.terms_of_payment
    if scene.group.comparator(item) == "<=" and (
        item.after != "<=" or words["caps"].within(scene.left[-16:] + scene.text[item.start : item.end])
    ):
        return "cap"
    if _DEDUCTIBLE.search(scene.before):
        return "threshold"
    if amounts["benefit"].within(scene.left[-16:]) or amounts["benefit"].within(scene.right[:16]):
        return "price" if words["fines"].within(scene.before[-20:]) else "benefit"
    if amounts["price"].within(_BENEFIT_STANDARD.sub("", scene.before)[-24:]) or amounts["price"].within(
        scene.right[:8]
    ):
        return "price"
    behind = scene.shared or scene.behind[:20]
    paid = amounts["benefit"].within(scene.before) or amounts["benefit"].within(behind)
    return "benefit" if paid or _GIVES.search(scene.left) else "other"


# 住院起付线：一级医院200元、二级医院|500元: below it nothing is paid
_DEDUCTIBLE = re.compile("起付(?:线|标准|金额)(?:[^，。；封报支]|，(?=[一二三]级)){0,60}$")
_BENEFIT_STANDARD = re.compile(
    "(?:补贴|补助|津贴|奖励|资助|生活费|生活|低保|保障|供养|救助|养育|护理|抚恤|扶助)(?:标准|金额)?为"
)
# 全额资助 · 减半征收
_SHARE = re.compile(
    r"(?P<full>全额)(?:给予|予以)?(?P<verb>资助|补助|补贴|代缴|报销|支付|承担|减免|返还|退还|奖励|贴息|救助|保障(?!性|的前提|能力))"
    r"|(?P<whole>全额)(?:保费|租金|学费|利息|担保费|费用|房租|运费|检测费)(?P<given>资助|补助|补贴|减免|返还|奖励|支持)"
    r"|(?P<half>减半)(?P<what>资助|补助|补贴|救助|征收|收取|缴纳|收费|计收|执行|征)?"
)
_CHARGED = re.compile(r"费|税|租|款|金|元")


def words_of_share(
    text: str, span: Span, clause: int, breaks: Breaks, measures: Measures
) -> Iterator[Amount]:
    """全额资助 is 100 %, 减半收取 is 50 %; no number stands there (contract, «amounts»)."""
    if text.find("全额", *span) < 0 and text.find("减半", *span) < 0:
        return
    for found in _SHARE.finditer(text, span.start, span.end):
        segment = breaks.segment(found.start())
        start = max(segment.start, span.start, found.start() - REACH)
        stop = min(segment.end, span.end, found.end() + REACH)
        half = found["half"] is not None
        if half and found["what"] is None and not _CHARGED.search(text[start : found.start()]):
            continue
        yield Amount(
            clause=clause, span=Span(start, stop), numbers=(), value=Decimal(50 if half else 100), unit="%",
            rule="half-of-sum" if half else "whole-of-sum",
            action="减免" if half else found["verb"] or found["given"],
            period=period_word(text[start:stop], measures), kind="benefit",
        )  # fmt: skip
