"""Conditions: numbers that tell for whom or from when on something is given, and grant nothing themselves.

床位50张以上的医院, 投资1000万元以上的，给予 …, 营收达到2000万元的奖励5万元, and the items of a list of
conditions (申请人应当具备下列条件：).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from extractor.lexicon.measures import Measures

# given to someone, at the head of the segment behind: 给予…, 按…, 由区财政给予…
_GIVES = re.compile(
    r"(?:由[^，。；]{1,12}|[省市区县州旗](?:、[省市区县])*(?:两级)?[一-龥]{0,4}(?:政府|财政|局)|市、区)?(?:每[户家人个名辆台套亩件项次][^，。；]{0,3}?)?(?:再|可|均|分别|一次性|每年|按|依法|并|且)?(?:给予|予以|享受|奖励|补助(?!经费|资金|标准|对象|费用)|补贴(?!经费|资金|标准|对象)|处以?[^理置]|按照?|发放|奖补|资助|减|免|责令|可(?:以|按|享)?|支持|对其|依申请|最高|授予|优先|认定)"
)
# 的给予 · 的一次性奖励5万元 · 的最高补助10万元 behind the number
_GIVEN = re.compile(
    r"的(?:企业|单位|项目|个人|机构)?(?:，|一次性|再|可|分别|均|每年|最高|另行?|按规定){0,3}"
    r"(?:给予|予以|按(?!期|时|月|季|年|人)|享受|(?:奖励?|奖补|补助|补贴|资助|支持)(?:最高|不超过|一次性|每[一-龥]{1,3})?[0-9])"
)
# 给予每家最高不超过 10万元的…: the number is what is given
_PAYS = re.compile(r"(?:给予|予以|发放|提供|处以?|并处|支付)(?P<gap>[^，。；]{0,20})$")
# 达到 · 首次突破 before a sum that is asked for
_REACHES = re.compile(r"达|超|突破|满|首次|实现|完成|新增|获|不足|低于|高于|小于|大于|不少")
# 应当具备下列条件： · 有下列情形之一的，不予受理： opens a list
_OPENS_LIST = re.compile(r"(?:条件|情形)[^。；：:\n]{0,24}[：:]")
# a heading over a list: 申报条件
_HEADS_LIST = re.compile(
    r"(?:申[报请]|准入|认定|享受|支持|入驻|补助|享有|资格|基本|设立|聘任|评选|参评|推荐)条件[：:。]?\s*$"
)
# 补助标准： at the head of a line ends what 补助条件： opened
_LABEL = re.compile(
    r"\n[（(]?[一-龥0-9、.）)]{0,8}(?:标准|方式|程序|流程|材料|内容|咨询|时间|依据|待遇|额度|金额|政策|措施)[：:]"
)
# 50万元以下的罚款, 10万元的一次性奖励: paid, not a condition
_OF_PAYMENT = re.compile(
    r"的?(?:一次性)?(?:(?:项目|企业)(?![给予按可]))?[^，。；的企项给予按]{0,8}(?:罚款|罚金|奖励|奖补|补助|补贴|资助|奖金|支持|扶持|补偿"
    r"|贷款|授信|津贴|救助|资金|慰问金|保费|红包|券|优惠|入股|担保|经费|贴息)"
)
# 且投资期限已满1年的|（可合并计算）
_ASIDE = re.compile(r"(?<=的)（[^（）]{0,20}）?$")
# 5000万元/年的企业
_YEARLY = re.compile(r"^[/／][年月](?=的)")
_OPENS = re.compile(r"(?:^|[，。；：、\n（(]|并且|且|并)\s?(?:凡|对于?|为|给予|若|如|当|经)")


# 年海外销售额达200万美元以上|，且海外仓年使用费用超过5万美元的，给予…: the condition goes on
_GOES_ON = re.compile(r"[，,](?:且|并且|同时|或者?)[^，。；]{2,60}的[^，。；、]{0,12}(?=[，,])")
_BETWEEN = re.compile("(?:但|且)(?:不?[高低]于|不?超过|不?足)[^，。；]{1,10}的")  # 低于85%|但高于40%的地块
_CLOSED = re.compile(r"(?:进行|实行|给予|予以)?(?:奖励|补助|补贴|资助|支持|扶持|表彰)[，,]")
_ASKS = re.compile(
    r"是指|[（(，]指(?![标导挥数定引])[^（）()]*$|本[一-龥]{2,4}所称|申(?:报|请)(?:人|单位|企业|主体|机构|对象|者)[^，。；]{0,4}(?:须|应|需|具备|符合|满足)"
    r"|(?:须|应当?|需|必须)?同时(?:满足|符合|具备)[：:]|(?:符合|具备|满足)(?:以下|下列|如下)(?:要求|条件|标准|情形)"
)

_WHO_IS_MEANT: Final = ("对象", "条件", "适用范围", "支持范围", "补贴范围")  # headings over conditions
_TASKS: Final = (
    "扩大", "放宽", "拓宽", "拓展", "调整", "优化", "完善", "改善", "创造", "降低", "取消", "明确",
)  # fmt: skip
_HEAD_OF_A_TASK: Final = 4  # 更好|改善群众居住条件


class Wording(NamedTuple):
    """The words around a number: its segment before it, its sentence before it, its segment behind it and
    what follows that, and whether 以上 or 不低于 stands beside the number.
    """

    left: str
    before: str
    rest: str
    behind: str
    marked: bool
    money: bool


def gives(behind: str) -> bool:
    """Does the segment behind, its comma first, give something: ，按照…给予奖励?"""
    return behind[:1] in {"，", ","} and _GIVES.match(behind, 1) is not None


def is_condition(words: Wording, measures: Measures) -> bool:
    """Is the number part of a condition: 床位50张以上的医院, 投资1000万元以上的，给予 …?"""
    right, behind = _ASIDE.sub("", _YEARLY.sub("", words.rest)), words.behind
    if (more := _GOES_ON.match(behind)) and _GIVES.match(behind, more.end() + 1):
        return words.marked or not words.money or _REACHES.search(words.left) is not None
    if behind[:1] in {"，", ","} and _GIVES.match(behind, 1) and not _GIVES.search(words.left):
        if right.endswith("的"):
            return True
        asked = words.marked or not words.money or _REACHES.search(words.left) is not None
        if asked and _is_open(words.before):
            return True
        if not words.money:
            return False
    if _GIVEN.match(right) and not words.left.endswith(("奖励", "补助", "补贴", "给予")):
        return True
    if _OF_PAYMENT.match(right):
        return False
    if words.marked and _BETWEEN.match(right):
        return True
    if right.startswith("的") and len(right) > 1 and not measures.shares["aims"].begin(right):
        return words.marked and not _is_paid(words.left, right, measures)
    return right.endswith("的") and behind[:1] in {"，", ",", "；", "。"}


def _is_open(before: str) -> bool:
    """Does 对… hold at the number, and was not closed: 对有贡献的人员进行奖励，每年选树|20名?"""
    opened = None
    for found in _OPENS.finditer(before):
        opened = found
    return opened is not None and _CLOSED.search(before, opened.end()) is None


def _is_paid(left: str, right: str, measures: Measures) -> bool:
    """发放总计不超过100万元的“算力券”; not 给予年产值5000万元以上的企业."""
    paid = _PAYS.search(left)
    if paid is None or measures.shares["things"].begin(right, 1) is not None:
        return False
    return not measures.amounts["totals"].within(paid["gap"])


def opens_conditions(own_words: str) -> bool:
    """Do the words of a clause open a list of conditions in its children: 应当具备下列条件：?"""
    end = own_words[-60:].rstrip()
    return _HEADS_LIST.search(end) is not None or (
        end[-1:] in {"：", ":"} and _OPENS_LIST.search(end) is not None
    )


def asks(sentence: str) -> bool:
    """Does the sentence up to a number define or ask: 所称小微企业，是指…, 申报企业须…, 应符合以下要求，…?"""
    return _ASKS.search(sentence) is not None


def among_conditions(before: str) -> bool:
    """Does a list of conditions that opened in the same clause go on here?

    补助条件：就业满6个月。 ends with its line; a list on lines of its own ends at the next 补助标准：.
    """
    if "条件" not in before and "情形" not in before:
        return False
    opened = None
    for found in _OPENS_LIST.finditer(before):
        opened = found
    if opened is None:
        return False
    since = before[opened.end() :]
    return _LABEL.search(since) is None and (since[:1] == "\n" or "\n" not in since)


def heads_conditions(heading: str | None) -> bool:
    """补贴对象, 申报条件; but 扩大就业见习补贴范围 and 放宽申请条件 are tasks."""
    if heading is None or not heading.endswith(_WHO_IS_MEANT):
        return False
    return not any(0 <= heading.find(task) <= _HEAD_OF_A_TASK for task in _TASKS)
