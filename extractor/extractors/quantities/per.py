"""What one payment is for (`per`) and how often it is paid (`period`), in every usual order.

每人每月126元 · 126元/人·月 · 100元/人。年 · 按人按月减免100元 · 按每个托位360元 · 单个项目最高500万元 ·
每新增1个托位，给予1万元
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple, cast

from extractor.lexicon.measures import Measures

from .scene import REACH, Period, Scene

# /人·月 · /剂次 · /人。年 · /平方米·月 behind 元
_SLASH = re.compile(
    r"\s?(?:（[^（）]{0,6}）)?[/／](?P<first>(?:学?年度?|学期|季度?|月)(?![·．.。•・/／])|[一-龥]{1,4}?)"
    r"(?:(?<=[年月季期度])|(?=[·．.。•・/／]|[每的给予标补奖执左以计收发资一最不，；：、（）()\s]|$))"
    r"(?:[·．.。•・/／](?P<second>学年|学期|季度|[人年月日天次季周户床亩])(?![本底初内终末]))?"
)
_UNITS_OF_TIME: Final[dict[str, Period]] = {
    "年": "year", "学年": "year", "年度": "year", "月": "month", "季": "quarter", "季度": "quarter",
    "日": "day", "天": "day", "工作日": "day",
}  # fmt: skip
_ONCE: Final = "一次性"
# 每个主体年度补贴不超过; not 年度交易金额, 上年度
_A_YEAR = re.compile(
    r"(?:一个(?:资助|自然|会计|财政|补贴|补助)?|(?<![上分本下各每个]))年度(?:内)?的?(?=起付|补贴|补助|奖|资助|支持|累计|总额|合计|总计|最[高多]|不超过|上限|限额|支付|报销|救助|发放|安排|投入|减免|$)"
)
_NO_SINGLE: Final = "订名清简保账菜罚传工表货存报提仓户门"  # 订单, 名单: no 单个
# 户均补助, 人均经费标准
_AVERAGE = re.compile(
    r"(?P<unit>[户人亩生村])均[^，。；0-9]{0,14}(?:补助|补贴|经费|标准|资助|救助|筹资|保费)[^，。；]{0,8}$"
)
# 亩均税收, 亩均投入: levels of what a piece of land yields or takes
_PER_LAND = re.compile(
    r"(?:亩均|每(?P<land>亩|公顷|平方米|平方公里|平方千米))[^，。；0-9]{0,14}(?:税收|收入|收益|投入|投资|产值|产出|增加值|销售额)"
    r"[^，。；0-9]{0,8}$"
)
_NO_PEOPLE: Final = ("民币", "民政府", "均", "才", "口", "社")  # 按人民币50万元: no 人
_PEOPLE: Final = frozenset({"人", "户", "孩", "胎"})
# 每平方米不超过1000元且总额不超过|50万元, 每所学校补助1万元的标准共计|200万元
_IN_ALL = re.compile(r"元[^元]{0,12}(?:总额|累计|合计|总计|共计|共安排)[^元]{0,8}$")
_THEN_GIVES = re.compile(
    r"元[^元，；]{0,8}(?:给予|奖励|补助|补贴)[^元]{0,8}$"
)  # 每平方米1000元给予|最高10万元
_PER_UNIT = re.compile(r"^[/／][一-龥]{1,2}")  # 200元|/月（夫妻各自申领50%
_BY_UNIT = re.compile("(?:以|按)(?P<unit>[户人家])为单位")
# 200万元购房补贴|或者每月最高1万元, 的60%|、每年最高500万元: another sum
_NEXT_SUM = re.compile("[）)][、，]|或者?每|、(?=每|最[高多]|不超)")
# 元/人|培训补贴, 元/家|保额的保险: the unit ends, and what is paid begins
_PAID_BEHIND = re.compile(r"[^，。；]{0,6}?(?:补贴|补助|奖励|奖补|资助|津贴|扶持|保额|保费|标准|额度)")
_NO_UNITS: Final = frozenset({"家庭", "家政", "家电", "家具", "家禽", "家畜", "户外", "台风", "生产", "生活"})
_GIVEN = re.compile(r"给予|奖励|补助|补贴|资助|扶持")
_SUMS: Final = (
    "金额",
    "额度",
    "总额",
    "资金",
    "标准",
    "免税额",
    "减税额",
    "保额",
)  # 每项|引荐扶持金额: no thing that is paid for
# 每月每平方米居住面积租金补贴标准是：甲区为|160元，乙区为120元: said once for the sentence
_LED_IN = re.compile(
    r"(?P<lead>每[^，。；：\n]{2,30}?(?:标准|金额|额度|价格|补[助贴]|奖励|收费|租金|定额))(?:如下|分别)?(?:为|是)?[：:]"
)
# 1500元/人|，一次性发放
_THEN_ONCE = re.compile(r"[^，。；、0-9]{0,8}，一次性(?:发放|支付|拨付|兑现|付清)(?=[，。；、]|$)")
_BEHIND: Final = 14  # characters behind the unit in which a period may be said


class _Patterns(NamedTuple):
    each: re.Pattern[str]
    noun: re.Pattern[str]
    last_noun: re.Pattern[str]
    newly: re.Pattern[str]
    any_noun: re.Pattern[str]


@cache
def _patterns(measures: Measures) -> _Patterns:
    per = measures.terms_of_payment
    units, nouns, verbs, stops = (
        per[name].pattern.pattern for name in ("measures", "nouns", "verbs", "stops")
    )
    return _Patterns(
        # 每个托位 · 单家企业 · 按人; not 研发单位, 订单
        each=re.compile(
            rf"(?P<lead>每一?|(?<![{_NO_SINGLE}])单(?!位|项(?:冠军|工程|合同|业务))个?|按[1一]?)(?P<unit>{units})(?P<noun>(?:(?!每)[一-龥A-Za-z]){{0,16}})"
        ),
        noun=re.compile(nouns),
        last_noun=re.compile(rf"(?:{nouns})$"),
        # 每新增1个托位 · 每招用一名登记失业人员
        newly=re.compile(
            rf"[^每]{{0,20}}每(?:(?:{verbs})(?:[0-9]+|一)|(?![年月季日天])新?[一-龥]{{2,4}}?[1一](?=[家名人只户台辆亩套头]))(?P<unit>人次|[一-龥])(?P<noun>[一-龥]{{0,14}})"
        ),
        # every noun up to the verb of payment, the next 每 or the number: 每家OPC发放总计
        any_noun=re.compile(rf"(?!{stops})(?P<noun>[A-Za-z一-龥]{{1,14}}?)(?={stops}|$)"),
    )


def per_and_period(scene: Scene, left: str) -> tuple[str | None, Period | None]:
    """The `per` and the `period` of a group of sums; `left` is the segment before it."""
    measures = scene.measures
    capped = scene.group.items[0].before == "<=" and _THEN_GIVES.search(left) is not None
    if scene.group.kind == "percent" or capped or _IN_ALL.search(left):
        left = _PER_UNIT.sub(
            "", left.rpartition("元")[2]
        )  # 单户担保金额500万元以上的，费率不超过1.5%: 单户 is said of the sum
    text, end = scene.text, scene.group.items[-1].hits[-1].after
    per, period = behind_slash(text, end, measures)
    behind = _NEXT_SUM.split(text[end : min(end + _BEHIND, scene.stop)], maxsplit=1)[0]
    if per is None:
        per = per_land(scene) or per_word(left, measures) or _per_each_new(left, measures)
        per = per or _per_behind(scene) or _per_before(scene) or _per_unit(scene)
    if period is None:
        period = period_word(left, measures) or period_word(behind, measures)
    led_in = _LED_IN.search(scene.before) if per is None or period is None else None
    if led_in is not None:
        per, period = (
            per or per_word(led_in["lead"], measures),
            period or period_word(led_in["lead"], measures),
        )
    if period is None and _ONCE in (scene.behind if scene.right.startswith("的标准") else scene.right)[:24]:
        period = "once"
    if period is None and (_ONCE in scene.shared[:12] or _THEN_ONCE.match(text, end, scene.clause_span.end)):
        period = "once"
    return per, period


def behind_slash(text: str, at: int, measures: Measures) -> tuple[str | None, Period | None]:
    """人 and month of 126元/人·月, from where the unit ends; 亩 of 3.8万元/亩进行扶持."""
    if text[at : at + 1] not in {"/", "／", "（", " "}:
        return None, None
    found = _SLASH.match(text, at)
    per: str | None = None
    period: Period | None = None
    if found is not None:
        for word in found.group("first", "second"):
            if word in _UNITS_OF_TIME:
                period = _UNITS_OF_TIME[word]
            elif word and per is None:
                per = word
    if period is None and text[at] in "/／" and per not in measures.units:
        per = _unit_at(text, at + 1, measures) or per
    return per, period


def _unit_at(text: str, at: int, measures: Measures) -> str | None:
    """The known unit that begins at `at`: 美元 of /美元扶持, 人 of /人培训补贴; not 家 of /家政企业."""
    for length in range(min(measures.longest_unit, len(text) - at), 0, -1):
        unit = text[at : at + length]
        kind = measures.units.get(unit)
        if kind in {"measure", "money"}:
            return unit
        if kind in {"people", "count"}:
            behind = text[at + length : at + length + _BEHIND]
            return unit if _PAID_BEHIND.match(behind) and unit + behind[:1] not in _NO_UNITS else None
    return None


def per_land(scene: Scene) -> str | None:
    """亩 of 亩均税收不低于20万元 and of 投资达200万元/亩: of thresholds too, which pay nobody."""
    unit = behind_slash(scene.text, scene.group.items[-1].hits[-1].after, scene.measures)[0]
    if unit is not None:
        return unit if scene.measures.units.get(unit) == "measure" else None
    found = _PER_LAND.search(scene.left)
    return None if found is None else found["land"] or "亩"


def per_word(words: str, measures: Measures) -> str | None:
    """托位 of 每个托位, 人 of 每人每月, 企业 of 每家企业, 家 of 每家: the last one said."""
    if not ("每" in words or "单" in words or "按" in words or "均" in words):
        return None
    patterns = _patterns(measures)
    found = None
    for match in patterns.each.finditer(words):
        if match["lead"] == "按" and words.startswith(_NO_PEOPLE, match.end("unit")):
            continue
        if match["lead"].startswith("单") and words.endswith("的") and not _GIVEN.search(words):
            continue  # 按单场售票收入的2%: what the share is taken of
        if match["lead"] != "按" or match["unit"] in _PEOPLE:
            found = match
    if found is None:
        average = _AVERAGE.search(words) if "均" in words else None
        return None if average is None else average["unit"]
    unit = found["unit"]
    if found["noun"].startswith(("财政", "政府")):
        return None if unit == "个" else unit
    if unit == "次" and words.endswith("每人", 0, found.start()):
        return "人次"
    noun = _noun_of(found["noun"], unit, patterns, measures)
    if noun is not None:
        return noun
    return None if unit == "个" and found["noun"].startswith("月") else unit


def _noun_of(words: str, unit: str, patterns: _Patterns, measures: Measures) -> str | None:
    """企业 of 每家企业, 算法 of 每个算法给予, OPC of 每家OPC每年; None where the unit counts: 每亩."""
    per, known = measures.terms_of_payment, patterns.noun.match(words)
    if unit in per["classifiers"] and known is not None:
        return known.group()
    found = patterns.any_noun.match(words) if unit == "户" or unit in per["classifiers"] else None
    if found is None or (unit == "户" and per["firms"].end(found["noun"]) is None):
        return None
    if measures.payees["paid"].end(found["noun"]) is not None or found["noun"].endswith(_SUMS):
        return None  # 每家贷款10万元: 贷款 is what is paid
    return found["noun"]


def _per_behind(scene: Scene) -> str | None:
    """200元每人: the word stands behind the unit."""
    return per_word(scene.right[:8], scene.measures) if scene.right.startswith("每") else None


def _per_before(scene: Scene) -> str | None:
    """每新增1个托位，给予 … : the segment before says for what, unless it has a sum of its own."""
    span = scene.breaks.segment_before(scene.segment.start)
    if span is None or span.end <= scene.clause_span.start or scene.floor > scene.segment.start:
        return None
    words = scene.text[max(span.start, scene.clause_span.start, span.end - REACH) : span.end]
    return None if "元" in words else _per_each_new(words, scene.measures)


def _per_unit(scene: Scene) -> str | None:
    """以户为单位，一次性补贴5000元"""
    found = _BY_UNIT.search(scene.before)
    return found["unit"] if found is not None else None


def _per_each_new(words: str, measures: Measures) -> str | None:
    """托位 of 每新增1个托位, 人 of 每吸纳1人, 高校毕业生 of 每带动一名高校毕业生就业."""
    patterns = _patterns(measures)
    found = patterns.newly.match(words) if "每" in words else None
    if found is None:
        return None
    noun = patterns.last_noun.search(found["noun"])
    if noun is not None:
        return noun.group()
    return found["unit"] if found["unit"] != "个" else None


def period_word(words: str, measures: Measures) -> Period | None:
    """The period that is said last in `words`, nearest to the sum behind them."""
    found, at = None, -1
    for match in measures.period_words.pattern.finditer(words):
        found, at = match.group(), match.start()
    yearly = _A_YEAR.search(words) if "年度" in words else None
    if yearly is not None and yearly.start() > at:
        return "year"
    period = None if found is None else measures.periods[found]
    return None if period == "unnamed" else cast("Period | None", period)
