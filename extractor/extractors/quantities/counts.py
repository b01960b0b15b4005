"""Counts and measures: which are to be built, run or reached (targets), which only describe.

No targets: thresholds (床位50张以上的医院), members of a list (等8项服务), what one payment is for
(每新增1个托位), prizes, sizes of things (70平方米的住房), legal limits in articles of a regulation, and
what is said of the present or the past.
"""

from __future__ import annotations

import re
from typing import Final

from extractor.model import NumberClass

from .building import begun, verb_of
from .scene import Scene
from .scopes import cut_head, place_of
from .shares import noun_of
from .verdict import Verdict

_EACH = re.compile(r"每(?P<verb>[一-龥]{0,4})$")
_EVERY = re.compile(r"每隔[^，。；]{1,12}$")
_LEVEL_VERBS: Final = ("达到", "提高到", "控制在", "降至", "下降到", "保持在", "稳定在", "提升到", "增加到")
# 专业、优秀等次的 and the like are no words of the thing counted
_WORD = re.compile(r"[一-龥“《]")
# 达到2000名|的招生规模
_OF_LEVEL = re.compile(r"的[一-龥]{0,6}(?:规模|目标|水平|总量|能力)")
_OPENS_BRACKET = re.compile(r"[（(](?:共|不?含)?$")
_MEMBERS_OF: Final = frozenset({"项", "条", "款", "类", "点"})
_COUNTS_AS = re.compile(r"(?:视为|视同|计为|算作|折算为|折合)$")  # 视为1件
# 完成改制、验收|四个|环节: the members of the list, said before
_MEMBERS = re.compile(r"个?(?:环节|方面|领域|阶段|步骤|部分|层面|维度|类型|类别|要素)")
# 对拥有|1套|住房并已结清贷款的家庭: who is meant
_OWNS = re.compile(r"(?:^|[，。；、])(?:对于?|给予|凡)[^，。；]{0,8}(?:有|无|购买|租赁|持有)$")
_OF_THOSE = re.compile(
    r"[^，。；]{1,24}的[^，。；]{0,8}(?:家庭|人员|企业|个人|居民|职工|市民|人才|单位|机构)(?=[，。；、]|$)"
)
_COUNTED = re.compile(r"[一-龥A-Za-z“”]{1,20}")
# 行政编制16名，设局长1名，内设机构4个: what a body is made of
_OF_BODIES = re.compile(
    "(?:编制|职数|内设机构|所属事业单位)$|设[^，。；]{0,4}(?:长|主任|总[一-龥]{2}师)$|、副(?:[局处科院所校厅]长|主任)$"
)
_IN_A_CODE = re.compile(
    "[^，。；、]{0,8}(?:代码|顺序码|校验码|阿拉伯数字|字母|字符)(?=[，。；、和及组]|$)"
)  # 14位|阿拉伯数字
_SCORED = re.compile("(?:[得扣加减计奖记赋]|扣减|满分|分值|[（(])(?:为|共)?$")  # 少一次扣|1分|, 有制度得|2分
_NATURE = re.compile("(?:降水|降雨|气温|雨强|风力|雨量|震级|震源|水位)(?![^，。；、]{0,6}[站点场计网机台])")
_SHARE_BEHIND = re.compile("[0-9.]{1,6}[%‰]")
_AT_MOST: Final = ("不得超过", "不应超过", "不能超过", "不得多于")
_TASKS: Final = ("任务", "目标任务", "任务指标", "目标")
_MANY: Final = 20  # of these no list is made in words: 推出100项精品赛事
_BY_HEAD = re.compile("(?:人均|户均|亩均|每[百千万]人)[^，。；、0-9]{1,10}[量数积]$")
_TARIFF = re.compile(r"(?:阶梯|第[一二三四]档)[^，。；]{0,12}$")
_TIMES: Final = frozenset("×*xX＊")
_BUILT: Final = frozenset({"个", "家", "所", "座", "处", "条", "户", "名", "人"})
_LONG: Final = frozenset({"公里", "千米", "平方公里", "平方千米"})
_HELD: Final = frozenset({"场", "场次"})
# 人均住房建筑面积|不低于5平方米: in a regulation, what is to be built
_STANDARD = re.compile(
    r"(?:建筑|住房|使用|绿地|用地|设施)面积(?:一般|原则上|应当?|须|要)*(?:控制在|不[低少小]于|不超过|不[大高]于|达到)?$"
)
# 研制并获批|3—5种: of sorts too there may be a number to reach
_MAKES = re.compile(r"(?:研制|研发|开发|获批|育成|选育|培育|推广)(?:并[一-龥]{2})?(?:新)?$")
# 发现一处、整改一处: a way of working
_ONE_BY_ONE = re.compile(
    r"[一-龥]{1,4}[一1](?P<unit>[处个起家批件项条户宗例座])[、，]?[一-龥]{1,4}[一1](?P=unit)"
)
_IS = re.compile(r"(?:人|方|者|当事人)(?:为|是|有)$")
# |以上|建设用地面积达到要求: what so many reach; a level of theirs is a goal of its own
_REACHES = re.compile(
    r"(?:以上)?的?[^，。；0-9的]{1,20}?(?:达到|实现|通过|达标|完成)[^，。；0-9]{0,24}(?=[，。；]|$)"
)
# the sentence itself says by when
_DATED = re.compile(r"(?:到|至)?20[0-9]{2}年|五[”\"]?(?:期间|末|时期)")


def judge_count(scene: Scene) -> Verdict:
    """`count` or `measure`; a target where a verb, a comparator or the sentence makes it a level."""
    group = scene.group
    plain: NumberClass = "measure" if group.kind == "measure" else "count"
    if group.kind == "" and not scene.left.endswith(_LEVEL_VERBS) and not _is_figure(scene):
        sized = group.items[0].scale or scene.measures.counts["size_nouns"].end(scene.stem)
        return Verdict("count" if sized else "unclassified")
    most = scene.text.startswith(_AT_MOST, group.start)  # 陪餐人数不得超过|3人
    legal = scene.setting.legal and (group.kind == "measure" or most) and not _STANDARD.search(scene.left)
    if _only_describes(scene) or legal:
        return Verdict(plain)
    rule = _rule(scene)
    return Verdict("target", rule) if rule is not None else Verdict(plain)


def _is_figure(scene: Scene) -> bool:
    """容积率不低于1.5, 指数提升至110: a rate or an index has no unit."""
    named = scene.measures.targets["rate_tail"].end(noun_of(scene)) is not None
    verb = scene.measures.targets["level"].end(scene.left)
    return named and (verb is not None or scene.group.comparator(scene.group.items[0]) != "=")


def _only_describes(scene: Scene) -> bool:
    measures, left, right = scene.measures, scene.left, scene.right
    each = _EACH.search(left)
    if each is not None and (not each["verb"] or each["verb"] in measures.counts["each_new"]):
        return True
    if _is_way_of_working(scene):
        return True
    built = scene.group.kind == "measure" or scene.group.items[0].unit in _BUILT
    if right.startswith("的") and built and _makes(scene):
        return False  # 打造|不少于1万平方米|的创意空间, 培育|10家以上|的龙头企业: so much of it
    if _IN_A_CODE.match(right) or (scene.group.items[0].unit == "分" and _SCORED.search(left)):
        return True
    if _OF_BODIES.search(scene.stem) or left.endswith("一式") or "适用于" in scene.before:
        return True
    if _NATURE.search(left + right[:8]) or _SHARE_BEHIND.match(scene.rest):
        return True  # 40—80毫米降水; 两个|100%
    if _is_quoted(scene) or _EVERY.search(left) or left.endswith("奖") or _is_listed(scene):
        return True
    if scene.conditional or scene.background or _is_step(scene) or _is_size(scene):
        return True
    if _OWNS.search(scene.before) and _OF_THOSE.match(scene.rest):
        return True
    if _in_brackets(scene):
        return True
    if _COUNTS_AS.search(left) or ("、" in left and _MEMBERS.match(right)):
        return True
    if not right.startswith("的") or measures.shares["aims"].begin(right):
        return False
    return not (measures.targets["level"].end(left) and _OF_LEVEL.match(right))


def _is_way_of_working(scene: Scene) -> bool:
    first = scene.group.items[0]
    if first.value != 1:
        return False
    at = first.hits[0].start
    return any(
        found.start() < at < found.end()
        for found in _ONE_BY_ONE.finditer(scene.text, max(at - 12, 0), at + 12)
    )


def _makes(scene: Scene) -> bool:
    """打造, or 提供 with the least that is given."""
    if scene.measures.counts["hard"].end(scene.stem) is not None:
        return True
    return scene.stem.endswith("提供") and scene.group.comparator(scene.group.items[0]) == ">="


def _in_brackets(scene: Scene) -> bool:
    """维护公平竞争秩序（3项）, 超过50人（含50人）: how many there are of what was said."""
    first, last = scene.group.items[0].hits[0], scene.group.items[-1].hits[-1]
    if not _OPENS_BRACKET.search(scene.text, max(first.start - 4, 0), first.start):
        return False
    listed = scene.group.items[0].unit in _MEMBERS_OF or scene.text[first.start - 1] in "共含"
    return listed and scene.text[last.after : last.after + 1] in {"）", ")"}


def _is_step(scene: Scene) -> bool:
    """180立方米以上260立方米以下, 第一阶梯水量为每户每年180立方米以下: one step of a tariff."""
    if _TARIFF.search(scene.left):
        return True
    hits = scene.group.items[0].hits
    return len(hits) == 2 and "以上" in scene.text[hits[0].after : hits[1].start]


def _is_size(scene: Scene) -> bool:
    """480毫米×140毫米, 四分类垃圾桶（240升）, 大件运输（总长度超过28米）: the size of a thing."""
    first, last = scene.group.items[0].hits[0], scene.group.items[-1].hits[-1]
    before, behind = scene.text[first.start - 1 : first.start], scene.text[last.after : last.after + 1]
    if before in _TIMES or behind in _TIMES:
        return bool(before or behind)
    if scene.group.kind != "measure":
        return False
    if before in {"（", "("} and behind in {"）", ")"}:
        return True
    open_bracket = scene.before.rfind("（") > scene.before.rfind("）")
    return open_bracket and scene.group.comparator(scene.group.items[0]) in {">", "<"}


def _is_quoted(scene: Scene) -> bool:
    """“33条+19条”, “72条”: the name of a set of measures."""
    first, last = scene.group.items[0].hits[0], scene.group.items[-1].hits[-1]
    around = scene.text[first.start - 1 : first.start] + scene.text[last.after : last.after + 1]
    return "+" in around or around == "“”"


def _is_listed(scene: Scene) -> bool:
    """等8项服务, 上述三类; but 新增幼儿园、小学等10所 counts what it names, and so does 10亿元以上5家."""
    word = scene.measures.listing.end(scene.left)
    if word is None or (word == "以上" and scene.left[-3:-2] not in {"", "，", "、"}):
        return False
    unit = scene.group.items[0].unit
    if word == "等" and unit in _HELD and scene.measures.targets["build"].within(scene.left):
        return False  # 举办电视送岗、直播带岗等60场
    return word != "等" or begun(scene) is None or unit not in _BUILT


def _rule(scene: Scene) -> str | None:
    group, measures = scene.group, scene.measures
    unit, marked = group.items[0].unit, group.comparator(group.items[0])
    level = measures.targets["level"]
    verb = verb_of(scene)
    reached = level.end(scene.left) or level.end(scene.stem)
    if marked == "=" and not scene.text[group.items[0].hits[0].start].isdigit():
        return _spoken(scene, verb)
    if _so_many_reach(scene):
        return "count-of-noun"
    numbers = measures.counts["size_nouns"].end(scene.stem)  # 补贴品目的年度总数量|不超过10个
    paid = measures.shares["gives"].within(scene.before + scene.behind)
    if marked == "<=" and verb is None and numbers is None and paid:
        return None  # 每个展位补助5000元，每年不超过3个展位
    if marked == "~" and verb is None and reached is None and not _in_a_plan(scene):
        return None  # 参加座谈的共60余人, 总面积约696平方公里: what is
    if marked in {">=", "<=", "~", ">"}:
        spoken = not scene.text[group.items[0].hits[0].start].isdigit()
        vague = unit in measures.counts["list_units"] or (group.items[0].value == 1 and verb is None)
        if spoken and vague:
            return None  # 提供至少一种有效材料, 不得少于一个龄级期
        if _IS.search(scene.left) and group.kind == "people":
            return None  # 投诉人为两人以上的
        behind = group.items[-1].after in {">=", "<="} and _WORD.match(scene.right) is not None
        long = unit in _LONG and measures.counts["hard"].end(scene.stem)  # 建设|30公里以上|环公园绿道
        qualifies = behind and not long and (group.kind == "measure" or not (verb or reached))
        return None if qualifies else "count-at-least"
    if verb is not None or reached is not None:
        soft = verb is not None and verb in measures.counts["soft"] and unit in {"项", "条"}
        many = (group.items[0].value or 0) >= _MANY or measures.counts["results"].within(_noun(scene.rest))
        soft = soft and (scene.setting.due is None or not many)
        listed = unit in measures.counts["list_units"] and not _MAKES.search(scene.left)
        return None if soft or listed else "count-to-build"
    if not _ends_here(scene.right):
        return None
    if _BY_HEAD.search(scene.left):
        return "count-of-noun"  # 图书馆人均藏书量|1.1册
    if scene.left.endswith(_TASKS):
        return "count-of-noun"  # 下达粮食播种任务|48.6万亩
    return "count-of-noun" if place_of(scene) is not None or _in_a_plan(scene) else None


def _so_many_reach(scene: Scene) -> bool:
    """到2030年底，80平方公里以上建设用地面积达到要求: a dated goal that begins with its number."""
    dated = scene.setting.due is not None and _DATED.search(scene.before) is not None
    return dated and not cut_head(scene, scene.left).strip("，") and _REACHES.match(scene.rest) is not None


def _noun(rest: str) -> str:
    """What is counted, to the end of its name: 关键标准 of 关键标准，开拓…."""
    named = _COUNTED.match(rest)
    return named.group() if named is not None else ""


def _spoken(scene: Scene, verb: str | None) -> str | None:
    """Spoken numerals count only behind a plain verb of building: 再建设一所, not 落实五项制度."""
    counts, item = scene.measures.counts, scene.group.items[0]
    if "、" in scene.left and _MEMBERS.match(scene.right):
        return None
    if verb is None or verb in counts["soft"]:
        return None
    if item.unit in counts["weak_units"] and (item.value or 0) < _MANY:
        return None
    if item.value == 1 and item.unit in counts["one_of"] and verb not in counts["hard"]:
        return None
    return "count-to-build"


def _ends_here(right: str) -> bool:
    return not right or right[0] in "、（(”）)和及与/" or right.startswith(("的目标", "的任务"))


def _in_a_plan(scene: Scene) -> bool:
    """新增学位近10000个; 建成幼儿园10所、小学5所; 到2025年，… 人均绿地面积15平方米."""
    measures = scene.measures
    if scene.group.kind == "measure":
        verb = measures.targets["build"].begin(cut_head(scene, scene.left))
        if verb is not None and verb not in measures.counts["noun_verbs"]:
            return True
        if measures.counts["hard"].within(scene.left):
            return True
    elif measures.targets["build"].within(scene.left):
        return True
    if scene.setting.goal or measures.counts["hard"].within(scene.before[-40:]):
        return True
    if scene.setting.due is not None and _DATED.search(scene.before) and len(scene.left) > 2:
        return True
    return scene.setting.due is not None and measures.counts["size_nouns"].end(scene.stem) is not None
