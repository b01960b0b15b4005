"""What a group of quantities is: a target, an amount, a duration, or only a number of some class.

The rules ask, in this order: what kind of unit; is it an old level or a condition; which verb or noun is
nearest. They make no record rather than guess. Source: contract, «targets, amounts, durations», `numbers`.
"""

from __future__ import annotations

import re
from typing import Final

from extractor.model import NumberClass

from .counts import judge_count
from .scene import Scene
from .shares import judge_percent, noun_of
from .sums import judge_money
from .terms import judge_time
from .verdict import Verdict

# 由20个工作日压缩至5个工作日: the old level makes no record
_FROM = re.compile(r"(?:由|从)[^，。；]{0,14}$")
_TO_NEW = re.compile(
    r"[^，。；0-9]{0,6}(?:压缩|压减|减至|精简|缩减|缩短|提高|提升|提到|降|增加|调整|延长|上调|下调|扩大|减少|增至|升)"
    r"[^，。；0-9]{0,8}[0-9一二两三四五六七八九十]"
)
# 平均受教育年限|从10.8年提高到
_OLD_LEVEL = re.compile(r"(?:由|从)[^，。；]{0,10}[0-9][^，。；]{0,4}(?:提高|提升|增加|上升|延长)[到至]?$")
# 按30%给予扶持，小微企业提高至50%
_RAISED: Final = ("提高至", "提高到", "上浮至", "上调至", "下调至", "降至")
# 使用寿命应在20年以上: how long a thing lasts is neither granted nor a level of the plan
_LASTS = re.compile(
    r"(?:使用|设计|服务)?(?:寿命(?<!预期寿命)|使用年限|设计年限|质保期|保质期)[^，。；]{0,6}$"
)
_OF_WHOM = re.compile("的(?:，?可)?(?:提高|上浮|上调|下调|降)[至到]$")  # 留用率超过50%的|提高到110%
_OF_LEVEL = re.compile(r"(?:、|其中[：:]?)(?:[省市县区镇乡村]{1,2}级|城镇|农村|城市|县城|乡镇)(?:达到?)?$")
# 覆盖率=签约人数/常住人口数|100%: a formula that lost its sign
_FORMULA = re.compile(r"[=＝][^，。；]*[/÷／][^，。；]*$")
# 排涝能力达到3—5年|一遇
_RETURNS: Final = ("一遇", "1遇")
# 年签约服务费的|80%|用于薪酬分配，|20%|用于统筹
_OF_MONEY = re.compile(r"(?:费|资金|经费|收入|收益|款|金)的$")
_OF_FORMULA: Final = frozenset("×*＊÷")
_OLD: Final[dict[str, NumberClass]] = {"money": "amount", "time": "duration"}


# 分别给予企业|10万、20万, 分别扶持|5000万: sums without their 元
_PAID = re.compile(r"(?:给予|奖励|补助|补贴|资助|扶持|奖补)(?:企业|单位|个人|机构|项目|人才|团队)?(?:最高)?$")

_OF_PAYMENT = re.compile(r"(?:一次性)?[一-龥]{0,4}?(?:奖励|补助|补贴|资助|扶持|奖补|支持|经费|资金)")


# 支持金额|不超过100万, 固定资产总量|1000万以上: so are these
_SUM_NOUN = re.compile(
    r"(?:支持|扶持|补贴|补助|奖励|资助|奖补)(?:总)?(?:金额|额度|资金|总额|限额)$|(?:固定)?资产总[量额]$|投资总?额$|注册资本$"
)


def _is_sum(scene: Scene) -> bool:
    return (
        scene.group.items[0].scale in {"万", "亿"}
        and (_PAID.search(scene.left) is not None or _SUM_NOUN.search(scene.left) is not None)
        and (
            not scene.right
            or scene.right[0] in "，。；、的且并"
            or _OF_PAYMENT.match(scene.right) is not None
        )
    )


def _pays(scene: Scene) -> bool:
    """见习补贴按80%执行，留用率超过50%的提高到|110%: the sentence is of a payment."""
    return scene.measures.payees["paid"].within(scene.before)


def judge(scene: Scene, last: Verdict | None = None) -> Verdict:
    """The fate of one group; `last` is the verdict on the last group of its kind in the sentence."""
    kind = scene.group.kind
    if kind == "percent" and scene.text[scene.group.start - 1 : scene.group.start] in _OF_FORMULA:
        return Verdict("measure")  # 手术台次数/出院人数×100%: a formula
    if kind == "percent" and scene.group.items[0].value == 100 and _FORMULA.search(scene.left):
        return Verdict("measure")
    if kind == "time" and scene.right.startswith(_RETURNS):
        return Verdict("measure")
    if _FROM.search(scene.left) and _TO_NEW.match(scene.rest):
        return Verdict(_OLD.get(kind, "count"))
    if kind == "money":
        return judge_money(scene)
    if kind == "percent":
        goes_on = not scene.left and last is not None and last.rule == "share-of-money"
        if scene.right.startswith("用于") and (goes_on or _OF_MONEY.search(scene.left)):
            return Verdict("amount", "share-of-money")
        verdict = judge_percent(scene)
        listed = scene.left.endswith("为") or scene.left.startswith("、")  # 报销比例一级85%、二级75%
        same = verdict.rule == "level-reached" or (verdict.cls == "measure" and listed)
        raised = scene.left.endswith(_RAISED) or scene.group.items[0].unit.endswith("百分点")
        same = same or (verdict.rule == "rate-of-change" and raised)
        if verdict.cls == "target" and _OF_WHOM.search(scene.left) and _pays(scene):
            return Verdict("amount", "share-of-money")
        if (
            verdict.cls == "measure"
            and _OF_LEVEL.search(scene.before[-12:])
            and last
            and last.cls == "target"
        ):
            return Verdict("target", "level-reached")  # 覆盖率县级100%、|乡级|50%、村级30%
        if same and last is not None and last.cls == "amount":
            return last  # 返还比例大型企业为30%，中小微企业为60%
        return verdict
    if kind == "time":
        if _LASTS.search(scene.left):
            return Verdict("duration")
        level_times = scene.measures.counts["level_times"]
        told = level_times.end(noun_of(scene)) or level_times.end(_OLD_LEVEL.sub("", scene.stem))
        if told and scene.background:
            return Verdict("duration")
        if told:
            return Verdict("target", "level-reached")  # 平均受教育年限达到11年, 优良天数达到330天
        return judge_time(scene)
    if kind == "age":  # 人均预期寿命提高到79岁
        return Verdict("target", "level-reached")
    if kind == "" and _is_sum(scene):
        return Verdict("amount", "threshold" if scene.conditional else "sum-of-money")
    if kind == "rank":
        return Verdict("ordinal")
    return judge_count(scene)
