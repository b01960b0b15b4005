"""Sums of money: which are paid, charged or asked for (amounts), which are levels of the plan (targets)."""

from __future__ import annotations

import re
from typing import Final

from .conditions import gives
from .scene import Scene
from .scopes import cut_head
from .shares import noun_of
from .verdict import Verdict

_GOAL_BEHIND = re.compile(
    r"达(?!到?\s?[0-9.]{1,12}\s?[万亿]?元)|力争|突破|[0-9]{1,10}\s?万?[家个户村项名座只]|占比|比[例重]"
)
_INCLUDED = re.compile(r"[（(](?:不?含|包含)$")
# 设立总规模不低于100亿元的产业基金
_FUND = re.compile(r"(?:设立|组建|安排|筹集|统筹|(?<![究发金])投入|发行|整合)[^，。；]{0,16}$")
_TOTAL = re.compile(r"(?:产值|增加值|总值|总额|收入|投资|规模|余额|成交额|销售额|进出口|资金)[^，。；]{0,6}$")
# 设立产业投资引导基金，首期规模为|50亿元
_FUND_SIZE = re.compile(
    r"(?:设立|组建|发起)[^。；]{0,30}基金[^。；]{0,12}，(?:首期|总|基金)?(?:目标)?规模[^，。；]{0,8}$"
)
_LAST_TOTAL = re.compile(
    r"(?:生产总值|增加值|产值|零售额|零售总额|投资|收入|进出口总?额|规模)(?=[^，。；]{0,12}[0-9])"
)
# 完成固定资产投资100亿元
_DOES = re.compile(r"(?:完成|实现|力争|确保|争取|引进|引入|到位|新增)[^，。；]{0,16}$")
_OF_A_YEAR = re.compile(r"当年|上年|上一年|首次|近[二两三四五0-9]年")
_COUNTED = re.compile(r"的?[A-Z]{0,8}[0-9]{1,5}[家个户村项名座只]")
_AIMS = re.compile(r"力争|确保|争取|目标|推动|促进|努力")
# 社会消费品零售总额85亿元|，增长9%
_GROWS_BEHIND = re.compile(r"[，,]?(?:同比|年均|比上年|较上年)?(?:增长|增|下降)[0-9]")
_NOTES = re.compile("(?:、[0-9]+元)*等?[^，。；]{0,4}(?:面额|面值|零钱|硬币|纸币)")
# 前三季度，每百元营业收入中的成本同比减少|0.4元: a figure of statistics, paid by nobody
_STATISTIC = re.compile("成本|收入|支出|产值|增加值|总额|总值|损失|存款|投资")
_PAID_OUT = re.compile(
    "补|奖|资助|发放|减免|返还|拨付|安排|投入|救助|标准|待遇|缴|收费|贷款|额度|罚|赔|处以?[^理置]"
)
_THING_BEHIND: Final = 14
# 单月零售额增量每达到|1000万元|给予10万元奖励: a step, at which something is given
_STEP = re.compile(r"每(?:达到?|满|增加|超过?|新增|完成|实现|投资|增|提高)(?:[^，。；0-9]{0,6})$")
_STEP_GIVES = re.compile(
    r"(?:以上)?(?:（[^（）]{0,30}）)?的?，?(?:再|可|分别|由[^，。；]{1,10})?(?:给予|予以|奖|补|按|发放|资助|减|加)"
)


def judge_money(scene: Scene) -> Verdict:
    """Every sum is an amount, but for economic totals that are to be reached."""
    if _INCLUDED.search(scene.text[max(scene.group.start - 4, 0) : scene.group.start]):
        return Verdict("amount")  # 100万元至300万元（含300万元）: said already
    if _FUND.search(scene.left) or _FUND_SIZE.search(scene.before):
        return Verdict("amount", "sum-of-money")
    if scene.group.comparator(scene.group.items[0]) != "=" and _COUNTED.match(scene.rest):
        return Verdict("measure")  # 培育企业50家，其中10亿元以上5家
    if _STEP.search(scene.left) and _STEP_GIVES.match(scene.rest + scene.behind):
        return Verdict("amount", "threshold")
    if scene.conditional or _names_things(scene):
        return Verdict("measure") if _within_goal(scene) else Verdict("amount", "threshold")
    if _is_total(scene):
        if gives(scene.text[scene.stop : scene.stop + 24]):
            return Verdict("amount", "threshold")  # 新增产值超过1亿元，按照…给予奖励
        return Verdict("measure") if scene.background else Verdict("target", "sum-as-level")
    if _NOTES.match(scene.rest):
        return Verdict("measure")  # 备足1元、5元等小面额零钱
    told = (
        scene.background
        and not scene.setting.reply
        and not scene.right.startswith("的")
        and _STATISTIC.search(scene.left) is not None
        and not _PAID_OUT.search(scene.before + scene.behind)
    )
    return Verdict("amount") if told else Verdict("amount", "sum-of-money")


def _names_things(scene: Scene) -> bool:
    """产值超10亿元企业, 总投资5亿元以上项目: the sum tells which ones."""
    if scene.group.comparator(scene.group.items[0]) not in {">=", "<=", ">", "<"}:
        return False
    right = scene.right.lstrip("的")
    if not right or right[0] in "、，和）" or scene.measures.amounts["benefit"].within(scene.left[-8:]):
        return False
    behind = re.split(r"[，。；的]", right[:_THING_BEHIND], maxsplit=1)[0]
    return scene.measures.shares["things"].within(behind)


def _within_goal(scene: Scene) -> bool:
    """产值过100亿元的企业达到5家: the sum belongs to the indicator of a target, nobody is paid."""
    if scene.setting.formal or not _GOAL_BEHIND.search(scene.rest):
        return False
    return not scene.measures.shares["paying"].within(scene.before + scene.behind)


def _is_total(scene: Scene) -> bool:
    """到2025年产值突破500亿元: an economic total that is to be reached, with nobody paid."""
    shares, level = scene.measures.shares, scene.measures.targets["level"]
    verb = level.end(scene.left) or level.end(scene.stem)
    if scene.text.startswith("突破", scene.group.start):
        verb = "突破"  # a comparator too
    noun = noun_of(scene)
    if scene.setting.goal and not cut_head(
        scene, noun
    ):  # 生产总值增长7%，到2027年达到|500亿元: of what was said
        noun = next(iter(_LAST_TOTAL.findall(scene.before)[-1:]), "")
    if scene.measures.amounts["price"].end(noun) or shares["paid_nouns"].within(noun[-8:]):
        return False
    if shares["paying"].within(scene.left):
        return False
    earned = scene.left.endswith(("户均增收", "人均增收", "亩均增收"))
    if not earned and scene.measures.amounts["totals"].end(noun) is None and not _TOTAL.search(noun):
        return False
    if earned:
        return True
    sign = scene.group.comparator(scene.group.items[0])
    if sign in {"<=", "<"} and not scene.left.endswith("控制在"):
        return False  # 每年总额最高不超过500万元: a cap
    if scene.setting.goal and scene.left.startswith("其中"):
        return True  # 完成投资200亿元，其中工业投资|80亿元
    aimed = (
        verb == "突破"
        or scene.setting.due is not None
        or scene.setting.goal
        or _AIMS.search(scene.before) is not None
    )
    if verb is not None or _DOES.search(scene.left) is not None:
        return aimed or _OF_A_YEAR.search(scene.left) is None  # not 当年实到外资达到1000万美元
    return (
        sign != "=" or _GROWS_BEHIND.match(scene.behind) is not None
    ) and aimed  # not 投资5000万元以上，实行一事一议
