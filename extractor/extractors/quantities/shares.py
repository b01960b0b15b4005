"""Percentages: which are of money (amounts), which are levels of the plan (targets)."""

from __future__ import annotations

import re
from typing import Final

from extractor.lexicon.measures import Measures

from .conditions import gives
from .leadins import rate_labelled
from .scene import REACH, Scene, strip_light
from .verdict import Verdict

# 首付比例, 报销比例, 支付比例 with words between
_RATE_OF_MONEY = re.compile(
    r"(?:报销|支付|补偿|首付|给付|利率|费率)(?:[^，。；]{0,4}(?:比例|款)|(?<!支付)[^，。；]{0,2}率|[^，。；率]{0,4})$"
    r"|(?:报销|支付|补偿|赔付)比例[^，。；]{1,14}$"
)
_LEVEL = re.compile(r"(?:率|占比|比重|比例|覆盖面|浓度|强度|指数|满意度)[^，。；]{0,10}$")
# 市级储备粮保管自然损耗定额为：
_LIMITS = re.compile(
    r"(?P<what>[一-龥]{0,16}(?:损耗|误差|偏差|含量|浓度|密度|残留))(?:定额|标准|限额|限值|范围)?(?:为|如下|规定)?[：:]"
)
_NO_RATE: Final = ("额度", "年度", "季度", "月度", "制度", "力度", "程度", "限度", "进度")
_CHARGE = re.compile(r"标准|(?<!消)费(?!品|者|额)|租金|利率|待遇|额度|报酬|工资|税(?!收)|补助|补贴|比例|价")
# 研发投入占地区生产总值的2.5%: a share of a whole, whoever pays
_OF_WHOLE = re.compile(r"占[^，。；]{1,20}?的?(?:比例|比重)?(?:达到?|提高到|为)?$")
_OF_ALL = re.compile(r"占(?:比)?(?:达到?|提高到|为)?$")  # 其中工业项目到位资金占|52%以上
# 设施比例应不小于住宅建筑面积的11%: a share of what is counted or measured, no sum
_OF_MEASURE = re.compile(
    r"(?:面积|用地|蓄积量?|株数|保有量|总数|总量|人数|户数|床位数?|车位数?|里程|产量|容积|岗位数?|编制数?)的$"
)
_BASED = re.compile(
    r"(?:率|占比|比重|比例)(?:应当?|须|要|原则上|一般)?按?(?:不[小低少大高]于|不超过|达到)[^，。；]{1,20}的$"
)
# 可提高贷款额度，最高可放宽至|4倍
_LIFTED = re.compile(r"(?:放宽|提高|上浮|增加|调整)(?:至|到|为)?$")
_OF_LOAN = re.compile("的?[一-龥]{0,4}(?:贷款|公积金|额度)")  # 最高4倍|公积金贷款上限
_LIMIT_OF = re.compile(r"额度|限额|上限|标准")
# 研发经费年均增长10%: what grows is no payment, unless it is a standard of payment
_GROWS = re.compile(r"(?:增长|增速|增幅|涨幅|递增)(?:率)?(?:达到?|保持在?|控制在|稳定在|为|了)?$")
_PAID = re.compile(r"标准|待遇|补助|补贴|奖励|报酬|养老金|津贴")
# 退休人员均为0.15%: a tariff, no level, unless the noun is a rate
_EQUALS = re.compile(r"(?:为|是)约?$")
# verbs that take a share of things as their object: 预留30%的号源; 在10%的村设置 …
_TAKES = re.compile(
    r"(?:加强|预留|保留|留出|划出|推动|推进|支持|引导|鼓励|带动|力争|争取|确保|保证|实现|完成|使|让|促进|改造|建成|建设|设置|配备|覆盖|整治|提升|打造"
    r"|创建|培育|培训|选派|安排|组织|淘汰|更新|治理|拿出)(?:全[国省市区县州]|[0-9]{4}年)?(?:约|近)?$"
)
_PLACES = re.compile(
    r"(?:^|[在对](?:本?(?:行政区域|辖区)内?)?|其中)(?:[0-9]{4}年(?:底|末)?(?:之?前)?，?)?(?:全[国省市区县州])?$"
)
# 按机构护理75%、居家护理90%的比例支付
_SHARED_OUT = re.compile(
    r"(?:、[^，。；]{1,40}?)?的?(?:标准|比例)(?:予以|给予|由[一-龥]{1,8}|[向对给为][一-龥]{1,14}?|进行)?"
    r"(?:支付|分担|承担|负担|报销|补|奖|给|减|返还|结算|缴|提取|资助|发放|救助|执行|扣)"
)
# 投资额完成年度计划的30%以上: how much of a plan is done
OF_PLAN = re.compile(
    r"(?:完成|达到)(?:年度|全年|当年)?[^，。；]{0,4}(?:计划|任务|目标)(?:任务|目标|数|总额)?的?$"
)
# LPR+50BP, 基础利率（LPR）加15个基点: the margin over a rate that moves is no rate
_ABOVE_INDEX = re.compile(r"(?:LPR|[利汇]率|报价)[^，。；]{0,8}(?:[+＋\-－±]|加|减)点?$", re.IGNORECASE)
# 按照不低于1%的比例，对补贴对象信息进行|抽查
CHECKED = re.compile(r"的?比例[^。；\n]{0,24}?(?P<what>抽查|抽检|抽取|核查|抽样|复核|复查|检查)")
# 符合条件夫妻各自申领|50%
# 群众测评权重占|30%, 进度滞后|15个百分点: what is, no level to be reached
_TELLS = re.compile(
    "(?:权重|分值|得分)(?:占比?|为)?$|(?:滞后|落后|偏低|偏高)(?:了|约)?$|(?:仅|只)(?:为|有|占|达)[^，。；]{0,12}$|^近[一两二三0-9]年"
)
_CLAIMS = re.compile(r"(?:申领|领取|享受)$")
# 净收益用于奖励科技人员的比例不低于|70%, 500万元以下的部分不超过|30%, 省级部分预拨|80%
_SPENT = re.compile(
    r"用于[^，。；]{1,20}的?(?:比例|支出|资金|部分|经费)[^，。；]{0,4}$|[0-9]万?元(?:以[上下])?的部分[^，。；]{0,4}$|(?:预拨|预付|清算|拨付)(?:剩余)?$"
)
_FUNDS = re.compile("资金|收益|公益金|经费|费用|奖励|收入|补助")
_NOT_MONEY = re.compile(r"[^，。；]{0,6}(?:覆盖|完成|纳入)|的(?:企业|项目)")


def noun_of(scene: Scene) -> str:
    """The stem with the verbs of level at its end taken off: the noun that the number is said of."""
    stem = scene.stem
    for _ in range(4):
        verb = scene.measures.targets["level"].end(stem)
        if verb is None or (verb == stem and len(stem) > 4):
            return stem
        stem = strip_light(stem[: -len(verb)])
    return stem


def _is_rate(noun: str, measures: Measures) -> bool:
    """覆盖率, 能耗强度, 满意度; not 投资额度, 年度."""
    return measures.targets["rate_tail"].end(noun) is not None and not noun.endswith(_NO_RATE)


def judge_percent(scene: Scene) -> Verdict:
    """Percentages of money are amounts; rates, shares and changes that are to be reached are targets."""
    measures, unit = scene.measures, scene.group.items[0].unit
    if _TELLS.search(scene.left):
        return Verdict("measure")
    if _ABOVE_INDEX.search(scene.left):
        return Verdict("measure")
    stem = noun_of(scene)
    if measures.amounts["rate_nouns"].end(stem) or _RATE_OF_MONEY.search(stem) or _is_led_in(scene, stem):
        return Verdict("amount", "rate-of-money")
    if unit == "倍" and _OF_LOAN.match(scene.rest):
        return Verdict("amount", "share-of-money")
    if unit == "倍" and _LIFTED.search(scene.left) and _LIMIT_OF.search(scene.before[-30:]):
        return Verdict("amount", "share-of-money")
    if unit == "折":
        return Verdict("measure")
    if unit == "番":
        return Verdict("target", "rate-of-change")
    if scene.left.endswith(("按", "按照")) and CHECKED.match(scene.behind):
        return Verdict("target", "share-of-things")
    if _CLAIMS.search(scene.left) and measures.payees["paid"].within(scene.before):
        return Verdict("amount", "share-of-money")
    if _SPENT.search(scene.left) and _FUNDS.search(scene.before):
        return Verdict("amount", "share-of-money")
    if OF_PLAN.search(scene.left) and not scene.conditional:
        return Verdict("target", "rate-reached")
    if _money_beside(scene, stem):
        return Verdict("amount", "share-of-money")
    if scene.background or scene.right.startswith("的基础上"):
        return Verdict("measure")
    given = gives(scene.text[scene.stop : scene.stop + REACH])
    asked = given or scene.right.endswith("的") or scene.setting.formal
    if not asked and scene.right.startswith("的") and _of_things(scene):
        return Verdict("target", "share-of-things")  # 保留不低于20%的床位
    if scene.conditional:
        return Verdict("measure")
    if _OF_WHOLE.search(scene.left) or _OF_ALL.search(scene.left):
        return Verdict("target", "rate-reached")
    return _level(scene, stem)


def _is_led_in(scene: Scene, stem: str) -> bool:
    """个人缴费费率：职工为0.02%: a lead-in or a label names the rate."""
    if (scene.setting.rate or rate_labelled(scene.before)) is None or scene.conditional:
        return False
    measures = scene.measures
    return not (_is_rate(stem, measures) or measures.shares["growth"].end(scene.left))


def _level(scene: Scene, stem: str) -> Verdict:
    growth, level = scene.measures.shares["growth"], scene.measures.targets["level"]
    if _is_rate(stem, scene.measures) and _falls(scene):
        return Verdict("target", "rate-of-change")
    if _is_rate(stem, scene.measures) or _LEVEL.search(stem) or _BASED.search(scene.left):
        return Verdict("target", "rate-reached")
    if _of_things(scene):
        return Verdict("target", "share-of-things")
    if _EQUALS.search(scene.left):
        return Verdict("measure")
    verb = level.end(scene.left) or level.end(scene.stem)
    if growth.end(scene.left) or growth.end(scene.stem) or (verb and "比" in scene.left):
        return Verdict("target", "rate-of-change")
    reaches = scene.measures.shares["reached"].within(scene.right)
    if verb or scene.group.comparator(scene.group.items[0]) != "=":
        attribute = scene.right.startswith("的") and not scene.measures.shares["aims"].begin(scene.right)
        if not stem and limits_of(scene) is not None:
            return Verdict("target", "limit-of-list")
        return (
            Verdict("target", "level-reached") if reaches or (stem and not attribute) else Verdict("measure")
        )
    if reaches or (stem and not scene.right.strip("”’")):
        return Verdict("target", "level-reached")
    return Verdict("measure")


def _falls(scene: Scene) -> bool:
    """死亡率下降33%: by so much, not to so much; 个百分点 says so itself."""
    verb = scene.measures.shares["growth"].end(scene.left)
    return verb is not None and not verb.endswith(("速", "幅")) and scene.group.items[0].unit == "%"


def limits_of(scene: Scene) -> str | None:
    """自然损耗定额为：储存6个月以内的，不超过0.1%: what a lead-in in the same clause sets limits to."""
    if scene.left or scene.right[:1] not in {"", "（", "("}:
        return None
    if scene.group.comparator(scene.group.items[0]) == "=":
        return None
    start, what = max(scene.clause_span.start, scene.group.start - 2 * REACH), None
    for found in _LIMITS.finditer(scene.text, start, scene.group.start):
        what = found["what"]
    return what


def _of_things(scene: Scene) -> bool:
    """加强15%的中医馆建设, 在10%的社区设置站点, 覆盖90%以上乡镇: the share of a thing that is to be done."""
    right = scene.right
    thing = right[1:] if right.startswith("的") else right
    if not "一" <= thing[:1] <= "龥" or scene.measures.shares["aims"].begin(right):
        return False
    if _TAKES.search(scene.left):
        return not thing.startswith(("用于", "纳入", "归", "由"))
    placed = _PLACES.search(scene.left.lstrip("、和与及以"))
    return placed is not None and scene.measures.shares["reached"].within(thing)


def _money_beside(scene: Scene, stem: str) -> bool:
    """减免5%保教费, 按投资额的10%给予补助, 低保标准的1.5倍"""
    money = scene.measures.amounts["money_context"]
    right, left = scene.right[:12], scene.left[-20:]
    if "编制" in left:
        return False  # 教职工编制总额中的|20%|可以用于聘用
    if _OF_ALL.search(left) and scene.measures.amounts["totals"].end(stem) is not None:
        return False
    if (_OF_WHOLE.search(left) or _OF_MEASURE.search(left)) and not left.endswith("标准的"):
        return False
    if _is_rate(stem, scene.measures) and not left.endswith(("按", "按照")):
        return False
    if _GROWS.search(left) and not money.within(right) and not _PAID.search(left):
        return False
    if money.within(right):
        return _NOT_MONEY.match(right) is None
    if "按" in scene.left and _SHARED_OUT.match(scene.rest):
        return True
    totals = scene.measures.amounts["totals"]
    if scene.measures.shares["growth"].end(scene.left) and (totals.end(stem) or not _CHARGE.search(left)):
        return False
    if money.within(left[-12:]) or (scene.group.items[0].unit in {"倍", "成"} and _CHARGE.search(left)):
        return True
    return left.endswith(("按", "按照", "的")) and money.within(scene.before[-30:] + scene.behind[:16])
