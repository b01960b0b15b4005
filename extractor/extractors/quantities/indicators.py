"""The words that name a target.

An indicator stands before its verb (公办在园幼儿占比达到58%), before its number (新增学位近10000个), behind
its unit (完成7所中小学新建工程) or, where neither is there, in the segment before (建设“小屋”，至少建成1所).
"""

from __future__ import annotations

import re
from typing import Final

from .nouns import HEAD, cleaned, noun_behind, words_behind
from .scene import REACH, Scene, strip_adverbs, verb_at_end
from .scopes import cut_head, place_of, without_scope
from .shares import CHECKED, OF_PLAN, limits_of

_OF_SUMS: Final = frozenset({"sum-as-level", "rate-of-change"})
_COUNTS: Final = frozenset({"count-to-build", "count-at-least", "count-of-noun"})
# 托位数达到, 床位数: the number is said of this noun, not of what follows
_LEVEL_NOUN = re.compile(r"(?:数|量|率|位)(?:达到?|为|不低于|不少于|提高到|增加到|至少)?$")
_PER_HEAD = re.compile(r"每[十百千万亿]+名?[一-龥]{0,8}")
_BUILDS = re.compile(r"^(?:的?标准)?(?:配套|配建|建设|设置|配置|予以|给予){0,3}")
_BUILT = re.compile(r"(?<=..)(?:配套|配建|建设|设置|配置|标准)")  # 托位|建设服务设施
_BY = re.compile(r"(?:按照?|以)$")
_JOIN = re.compile(r"、|(?<!饱)和(?!谐|平)|与|以及|及(?!时|其)|或")
_SINCE = re.compile(r"(?:较|比|与|同|以)(?:[0-9]{4}年|上年|上一年|基期|去年)(?:底|末|度)?(?:相比)?$")
# the first number of the segment before, but not of a date
_NUMBER = re.compile(r"(?<![A-Za-z.])[0-9](?![0-9]{0,3}年)")
# 游客达到3000万人次，收入达到300亿元，|分别增长|15%和18%: of those said last
_EACH_ITS_OWN = re.compile(r"(?:同比)?分别(?:同比|年均)?(?:增长|提高|下降|增加)?")
_STAGES: Final = frozenset({"签约", "开工", "竣工", "投产", "达产", "完工", "落地", "开业"})
_STAGE = re.compile("^(?:全年|年内|新)?(?:签约|开工|竣工|投产|达产|完工|落地|储备|谋划|引进)")
_COUNTED_TAILS: Final = "率量数值比额度"
_COVERS = re.compile(r"(?P<verb>覆盖|惠及)(?:[^，。；：]{0,20}[、和与及])?$")
_PLACE = re.compile(
    r"(?:其中)?(?:各|全|主|中心|偏远)?(?:(?:设区|地级|县级|直辖)?市|[省县区镇乡村州旗]|县（市、?区?）|县（区）|各?区、县（市）|市区|城区|县城"
    r"|[省市县区镇乡村]{1,3}级|城镇|农村|城市|城乡|乡镇|街道|山区|郊区|牧区|平原地区|山区县|行政村|社区|东部|中部|西部|东部地区|中西部地区|西部地区|沿海地区)?"
)
_PLACE_HEAD = re.compile(
    r"(?:其中)?(?:全[国省市区县州]|市区|城区|县城|县（市）|县（区）|主城区|[省市县区镇乡村]{1,3}级|东部地区|中部地区)?"
)
_REGION = re.compile("(?:区域|地区|片区|流域|区县)$")  # 大气污染防治重点区域|50%左右水泥熟料产能完成…
# 老年大学覆盖率|县级100%、乡级50%: the level is said last
_LEVEL_LAST = re.compile(
    r"^(?P<what>.{2,}(?:率|占比|比例|比重))(?P<level>[省市县区镇乡村]{1,2}级|城镇|农村)$"
)
_RURAL = re.compile("城镇|农村|城市|乡村|县城")
# 由2022年的52%提高到2025年的: the old level is no name
_FROM_TO = re.compile(r"(?:由|从)[^，。；]{0,10}[0-9][^，。；]{0,24}[到至为][^，。；]{0,8}$")
# 设施比例|应不小于住宅建筑面积, 支付率 of 年底前支付率: what the share is taken of, and by when, is no name
_BASE = re.compile(
    r"(?<=[率比重例])(?:应当?|须|要|原则上|一般)?按?(?:不[小低少大高]于|不超过)[^，。；]{1,20}$|(?:今年|当年|明年)?年底之?前"
)
# 要建有一所|床位: the size of one of those
_ONE_OF = re.compile(
    r"^(?:全[国省市区县州])?(?:要|应|须)?(?:建有|建设|建成|设置|设立|新建|建)[一二两三四五六七八九十](?:所|个|家|处|座)"
)
_BOTH = re.compile("[两三四]个$")  # 悬挂率和管护率要达到|两个|100%
_WORK: Final = ("培训", "改造")  # nouns as well as verbs
_NOT_BARE: Final = 4
_NO_THINGS: Final = (
    "每", "全", "各", "年", "我", "今", "当", "累计", "计划", "新", "再", "共", "其中", "力争", "确保",
)  # fmt: skip
_NOT_A_THING: Final = ("的", "至少", "不少于", "各", "分别", "的乡镇", "的县")


def indicators(scene: Scene, rule: str) -> tuple[str | None, ...]:
    """One indicator an item of the group; what grows or falls keeps its verb (零售总额增长)."""
    names = _names(scene, rule)
    if rule != "rate-of-change":
        return names
    growth = scene.measures.shares["growth"]
    verb = growth.end(scene.left) or growth.end(scene.stem) or ""
    return tuple(name if name is None or name.endswith(verb) else _grown(name, verb) for name in names)


def _grown(name: str, verb: str) -> str:
    """总量增长 and 年均增长 → 总量年均增长"""
    for length in range(len(verb) - 1, 1, -1):
        if name.endswith(verb[-length:]):
            return name[:-length] + verb
    return name + verb


def _names(scene: Scene, rule: str) -> tuple[str | None, ...]:
    """Subjects are dealt out where they are as many as the numbers."""
    if rule == "limit-of-list":
        return (limits_of(scene),) * len(scene.group.items)
    if rule == "share-of-things" and (checked := CHECKED.match(scene.behind)) is not None:
        return (checked["what"],) * len(scene.group.items)
    name = _of_count(scene) if rule in _COUNTS else _of_level(scene, rule)
    count = len(scene.group.items)
    if count > 1 and _EACH_ITS_OWN.fullmatch(scene.left):
        told = scene.setting.told[-count:]
        return told if len(told) == count else (None,) * count
    last = None if name is None else _only_verbs(scene, name)
    if name is None or last is not None:
        said = scene.setting.said.get(scene.group.items[0].unit, ())
        if not said and scene.setting.said and not scene.left.strip("、和与及以"):
            said = list(scene.setting.said.values())[-1]  # 开展培训200场次、5000人次
        if not said and last is not None and rule in _COUNTS:
            last = _object_before(scene) or last  # 筹集保障性住房，每年|新增|5万套
        if said and said[-1] is not None and last in _STAGES:  # 签约项目60个、|开工|45个
            return (last + _STAGE.sub("", said[-1]),) * count
        return said if len(said) == count else (said[-1] if said else last,) * count
    if count == 1:
        return (name,) * count
    return dealt(name, count, scene) or (name,) * count


def _only_verbs(scene: Scene, name: str) -> str | None:
    """The last verb of a name that is nothing but verbs: 培训 of 开展培训; None where it names a thing."""
    build, last = scene.measures.targets["build"], None
    for _ in range(3):
        verb = build.end(name) or scene.measures.indicators["adverbs"].end(name)
        if verb is None:
            return None
        last, name = last or verb, name[: -len(verb)]
        if not name:
            return last
    return None


def dealt(subjects: str, count: int, scene: Scene) -> tuple[str, ...] | None:
    """孕产妇死亡率、婴儿死亡率 for two numbers; None where the subjects are not as many.

    What the last subject says for all is added to the others: 城镇、农村居民人均可支配收入.
    """
    parts = [p.strip() for p in subjects.split("、") if p.strip()]
    if len(parts) < count:
        parts = [p for piece in parts for p in _JOIN.split(piece) if p]
    if len(parts) != count:
        return None
    found = scene.measures.indicators["tails"].pattern.search(parts[-1], 1)
    tail = parts[-1][found.start() :] if found is not None else ""
    return (
        *(
            p if not tail or (p[-1] in _COUNTED_TAILS and not p.endswith("需氧量")) else p + tail
            for p in parts[:-1]
        ),
        parts[-1],
    )


def _of_level(scene: Scene, rule: str) -> str | None:
    """The noun before the verb of level; the thing behind, where a share of it is meant; what was said."""
    thing, own = noun_behind(scene), _named(scene, scene.left)
    if thing is not None and scene.group.kind == "percent":
        covered = _COVERS.search(scene.left)
        if covered is not None:  # 设施覆盖所有社区、90%以上乡镇 → 设施覆盖乡镇
            return cleaned(without_scope(cut_head(scene, scene.left[: covered.end("verb")]))) + thing
        if not own or rule == "share-of-things" or _REGION.search(own):
            return thing
    if _PLACE.fullmatch(own):  # 县（市）达到30%以上: of what was said before
        said = scene.setting.said.get(scene.group.items[0].unit, ())
        if said and said[-1] is not None and (own or _segment_before(scene) is None or _dated(scene)):
            place = own.removeprefix("其中")
            head = _RURAL if _RURAL.match(place) else _PLACE_HEAD
            return place + (head.sub("", said[-1], count=1) if place else said[-1])
    name = _of_left(scene) or words_behind(scene)
    return name.removeprefix("完成") if name is not None and rule in _OF_SUMS else name


def _dated(scene: Scene) -> bool:
    """Is the segment before nothing but a date: 到2027年，分别达到 …?"""
    return not cut_head(scene, _segment_before(scene) or "")


def _of_left(scene: Scene) -> str | None:
    """The noun before the verb of level; with the segment before, where it says nothing alone."""
    name = _named(scene, scene.left)
    if name and name not in scene.measures.indicators["generic"]:
        return name
    head = _segment_before(scene)
    number = _NUMBER.search(head) if head is not None else None
    owner = _named(scene, head[: number.start()] if number is not None else head) if head is not None else ""
    if owner.endswith(name) and name:
        return owner
    if name in {"年均", "同比", ""} and scene.left.endswith("增长"):
        name += "增长"
    return (owner + name) or None


def _named(scene: Scene, words: str) -> str:
    name = cleaned(without_scope(cut_head(scene, _without_verbs(scene, words))))
    return _LEVEL_LAST.sub(r"\g<level>\g<what>", name)


def _without_verbs(scene: Scene, name: str) -> str:
    name = _BOTH.sub("", _ONE_OF.sub("", name))
    if scene.group.kind == "percent":  # 完成年度计划的|30%; but 完成整改任务|20项
        name = OF_PLAN.sub("", name)
    name = _BASE.sub("", _FROM_TO.sub("", name))
    for _ in range(5):
        name = strip_adverbs(name, scene.measures)
        word = verb_at_end(name, scene.measures)
        if word is None:
            break
        name = name[: -len(word)]
    return _SINCE.sub("", name).replace("分别", "")


def _segment_before(scene: Scene) -> str | None:
    span = scene.breaks.segment_before(scene.segment.start)
    if span is None or span.end <= scene.clause_span.start or scene.floor > scene.segment.start:
        return None
    return scene.text[max(span.start, scene.clause_span.start, span.end - REACH) : span.end].strip() or None


def _of_count(scene: Scene) -> str | None:
    """The thing that is counted: behind the unit where a noun follows, else before the number."""
    right = noun_behind(scene)
    if right is None and place_of(scene) is not None:
        return scene.setting.said[scene.group.items[0].unit][-1]
    per_head = _PER_HEAD.search(scene.left)
    if per_head is not None and not _LEVEL_NOUN.search(scene.left):
        built = right or words_behind(scene)
        if built is not None:
            return _by_head(scene, per_head, built)
    if right is not None:
        return right
    left = _of_left(scene)
    if left is not None and scene.measures.targets["build"].begin(left) == left and scene.right[:1] == "、":
        return _head_behind(scene)  # 建成20个以上、功能完善的标杆社区
    return (_bare_thing(scene, left) if left is not None else None) or _object_before(scene) or left


def _by_head(scene: Scene, per_head: re.Match[str], right: str) -> str:
    """按每千人口不少于5个托位配建 → 每千人口托位, with whose it is before and what is built behind."""
    thing = _BUILT.split(_BUILDS.sub("", right), maxsplit=1)[0]
    owner = _BY.sub("", cut_head(scene, scene.left[: per_head.start()]))
    return cleaned(owner) + per_head.group() + thing[: 6 if thing == right else 14]


def _head_behind(scene: Scene) -> str | None:
    """The noun at the end of a long description behind the number: …、功能完善、特色鲜明的标杆社区."""
    found = HEAD.search(scene.behind)
    return found["noun"] if found is not None else None


def _bare_thing(scene: Scene, left: str) -> str | None:
    """`left` without the verb that builds it: 培育高新技术企业 → 高新技术企业, 养老床位建成 → 养老床位."""
    build = scene.measures.targets["build"]
    verb = build.begin(left)
    if verb is not None and verb not in scene.measures.indicators["noun_verbs"] and len(left) > len(verb) + 1:
        left = left[len(verb) :]
        joined = build.begin(left, 1) if left[:1] in {"和", "及", "、", "并"} else None
        left = left[1 + len(joined) :] if joined is not None else left  # 培育|和引进|骨干企业
        if left.endswith(_WORK) and len(left) > _NOT_BARE:
            return left  # 完成|职业技能培训
    verb = build.end(left)
    if verb is None or len(verb) < 2:
        return left if verb != left else None
    thing = left[: -len(verb)]
    if thing.endswith("营") or (1 < len(thing) < 4 and _is_thing(scene, thing)):
        return cleaned(left)  # 营|造林, 首贷户|新增
    if 0 < len(thing) < 4 and not thing.endswith(_NOT_A_THING) and build.begin(scene.left) is not None:
        return cleaned(left)  # 完成|耕地修复: the verb behind is part of the name
    thing = strip_adverbs(thing, scene.measures)  # 绿色账户|要新增
    return None if len(thing) < 4 or thing.endswith(_NOT_A_THING) else cleaned(thing)


def _is_thing(scene: Scene, words: str) -> bool:
    """首贷户; not 每年, 全市."""
    return bool(strip_adverbs(without_scope(words), scene.measures)) and not words.startswith(_NO_THINGS)


def _object_before(scene: Scene) -> str | None:
    """What the segment before builds: 支持机构建设“亲子小屋” → “亲子小屋”."""
    words = _segment_before(scene)
    if words is None:
        return None
    head, *counted = _NUMBER.split(cut_head(scene, words), maxsplit=1)
    built = [match.end() for match in scene.measures.indicators["object_verbs"].pattern.finditer(head)]
    if counted and not built:
        return None  # 覆盖率达到60%，新增造林|5万亩: a level of its own
    return cleaned(head[built[-1] if built else 0 :]) or None
