"""The words that name a target.

An indicator stands before its verb (公办在园幼儿占比达到58%), before its number (新增学位近10000个), behind
its unit (完成7所中小学新建工程) or, where neither is there, in the segment before (建设“小屋”，至少建成1所).
"""

from __future__ import annotations

import re
from typing import Final

from .scene import REACH, Scene, strip_adverbs, verb_at_end
from .scopes import cut_head, place_of, without_scope
from .shares import OF_PLAN, limits_of

_COUNTS: Final = frozenset({"count-to-build", "count-at-least", "count-of-noun"})
# 社区（乡镇）医养结合服务中心: a bracket inside a name belongs to it
_NOUN = re.compile(
    r"(?:(?!配套|标准(?:足额|给予|予以))[^，。；：！？（(）)\n]|[（(][^（）()\n]{1,16}[）)](?=[一-龥])){1,60}"
)
_NO_NOUN: Final = (
    "等", "参与", "参加", "受益", "的目标", "的任务", "的水平", "的标准", "和", "以及", "与", "及",
)  # fmt: skip
# 托位数达到, 床位数: the number is said of this noun, not of what follows
_LEVEL_NOUN = re.compile(r"(?:数|量|率|位)(?:达到?|为|不低于|不少于|提高到|增加到|至少)?$")
_PER_HEAD = re.compile(r"每[十百千万亿]+名?[一-龥]{0,8}")
_BUILDS = re.compile(r"^(?:的?标准)?(?:配套|配建|建设|设置|配置|予以|给予){0,3}")
_BUILT = re.compile(r"(?<=..)(?:配套|配建|建设|设置|配置|标准)")  # 托位|建设服务设施
_BY = re.compile(r"(?:按照?|以)$")
_JOIN = re.compile(r"、|(?<!饱)和(?!谐|平)|与|以及|及(?!时|其)|或")
_CONNECTED = re.compile(r"(?:、|和|(?<!参)与|以及|及)$")
# 市级示范机构|并逐级申报, 垃圾箱房|进行改造: what is done with them
_AND_THEN = re.compile(r"(?<=.{2})(?:并(?!网|购|轨|发症|联|行|列|存|举|重|进)|进行)")
_SINCE = re.compile(r"(?:较|比|与|同|以)(?:[0-9]{4}年|上年|上一年|基期|去年)(?:底|末|度)?(?:相比)?$")
# the first number of the segment before, but not of a date
_NUMBER = re.compile(r"(?<![A-Za-z.])[0-9](?![0-9]{0,3}年)")
# 75%的县至少建成|一所三级医院: the thing goes on over the next number
_BUILT_BEHIND: Final = ("至少建成", "建成", "建有", "至少", "拥有", "设有")
_COUNTED_TAILS: Final = "率量数值比额度"
_COVERS = re.compile(r"(?P<verb>覆盖|惠及)(?:[^，。；：]{0,20}[、和与及])?$")
_PLACE = re.compile(
    r"(?:其中)?(?:各|全|主|中心|偏远)?(?:(?:设区|地级|县级|直辖)?市|[省县区镇乡村州旗]|县（市、?区?）|县（区）|各?区、县（市）|市区|城区|县城"
    r"|城镇|农村|城市|城乡|乡镇|街道|山区|郊区|牧区|平原地区|山区县|行政村|社区|东部|中部|西部|东部地区|中西部地区|西部地区|沿海地区)?"
)
_PLACE_HEAD = re.compile(
    r"(?:其中)?(?:全[国省市区县州]|市区|城区|县城|县（市）|县（区）|主城区|[省市县]级|东部地区|中部地区)?"
)
_RURAL = re.compile(r"城镇|农村|城市|乡村")
_HEAD = re.compile(r"的(?P<noun>[^，。；：、的（）]{2,20})(?=[，。；（]|$)")
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
_WORDS = re.compile("[一-龥A-Za-z]")  # figures alone name nothing
_EDGES: Final = " 、，的：\n—-"
_SIZED: Final = ("规模为", "规模", "面积", "面积为", "不少于", "不低于", "达到", "投资", "总投资")
# 建有一所|床位不低于500张、…的养护中心
_SIZE_BEHIND = re.compile(r"(?:床位|建筑面积|占地面积|面积)(?:不[低少小]于|达到?|超过)")
# the job is no thing: 实施国家储备林项目，完成180万亩|建设任务
_JOB = re.compile(r"(?:年度|目标|建设|改造|治理|整治|提升|修复|工作)*任务(?:目标)?")
_LEVELLED: Final = ("平等", "均等", "同等", "高等", "中等", "初等", "对等")
_WORK: Final = ("培训", "改造")  # nouns as well as verbs
_NOT_BARE: Final = 4
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
    name = _of_count(scene) if rule in _COUNTS else _of_level(scene, rule)
    count = len(scene.group.items)
    last = None if name is None else _only_verbs(scene, name)
    if name is None or last is not None:
        said = scene.setting.said.get(scene.group.items[0].unit, ())
        if not said and scene.setting.said and not scene.left.strip("、和与及以"):
            said = list(scene.setting.said.values())[-1]  # 开展培训200场次、5000人次
        if not said and last is not None and rule in _COUNTS:
            last = _object_before(scene) or last  # 筹集保障性住房，每年|新增|5万套
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
    return (*(p if not tail or p[-1] in _COUNTED_TAILS else p + tail for p in parts[:-1]), parts[-1])


def _of_level(scene: Scene, rule: str) -> str | None:
    """The noun before the verb of level; the thing behind, where a share of it is meant; what was said."""
    thing, own = _right_noun(scene), _named(scene, scene.left)
    if thing is not None and scene.group.kind == "percent":
        covered = _COVERS.search(scene.left)
        if covered is not None:  # 设施覆盖所有社区、90%以上乡镇 → 设施覆盖乡镇
            return _clean(without_scope(cut_head(scene, scene.left[: covered.end("verb")]))) + thing
        if not own or rule == "share-of-things":
            return thing
    if _PLACE.fullmatch(own):  # 县（市）达到30%以上: of what was said before
        said = scene.setting.said.get(scene.group.items[0].unit, ())
        if said and said[-1] is not None and (own or _segment_before(scene) is None or _dated(scene)):
            place = own.removeprefix("其中")
            head = _RURAL if _RURAL.match(place) else _PLACE_HEAD
            return place + (head.sub("", said[-1], count=1) if place else said[-1])
    name = _of_left(scene) or _of_right(scene)
    return name.removeprefix("完成") if name is not None and rule == "sum-as-level" else name


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
    return _clean(without_scope(cut_head(scene, _without_verbs(scene, words))))


def _without_verbs(scene: Scene, name: str) -> str:
    name = _ONE_OF.sub("", name)
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
    right = _right_noun(scene)
    if right is None and place_of(scene) is not None:
        return scene.setting.said[scene.group.items[0].unit][-1]
    per_head = _PER_HEAD.search(scene.left)
    if per_head is not None and not _LEVEL_NOUN.search(scene.left):
        built = right or _of_right(scene)
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
    return _clean(owner) + per_head.group() + thing[: 6 if thing == right else 14]


def _head_behind(scene: Scene) -> str | None:
    """The noun at the end of a long description behind the number: …、功能完善、特色鲜明的标杆社区."""
    found = _HEAD.search(scene.behind)
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
    if 0 < len(thing) < 4 and not thing.endswith(_NOT_A_THING) and build.begin(scene.left) is not None:
        return _clean(left)  # 完成|耕地修复: the verb behind is part of the name
    thing = strip_adverbs(thing, scene.measures)  # 绿色账户|要新增
    return None if len(thing) < 4 or thing.endswith(_NOT_A_THING) else _clean(thing)


def _object_before(scene: Scene) -> str | None:
    """What the segment before builds: 支持机构建设“亲子小屋” → “亲子小屋”."""
    words = _segment_before(scene)
    if words is None:
        return None
    head, *counted = _NUMBER.split(cut_head(scene, words), maxsplit=1)
    built = [match.end() for match in scene.measures.indicators["object_verbs"].pattern.finditer(head)]
    if counted and not built:
        return None  # 覆盖率达到60%，新增造林|5万亩: a level of its own
    return _clean(head[built[-1] if built else 0 :]) or None


def _right_noun(scene: Scene) -> str | None:
    right = scene.rest if scene.right.endswith(_BUILT_BEHIND) else scene.right
    if not right or right[0] in "，。；：、！？）)”/" or right.startswith(_NO_NOUN):
        return None
    if right[0] in "（(":
        close = right.find("）" if right[0] == "（" else ")")
        right = right[close + 1 :] if close >= 0 else right
    found = _NOUN.match(right)
    noun = found.group().lstrip("的").partition("用于")[0] if found is not None else ""
    if _JOB.fullmatch(noun):
        return None
    for mark, long in (("的", 14), ("等", 24)):
        head = noun.rpartition(mark)[2]
        if len(noun) > long and 4 <= len(head) < len(noun):
            noun = head
    if noun.endswith(_SIZED) or _SIZE_BEHIND.match(scene.rest):  # 设置一所规模为六个班以上的幼儿园
        found = _HEAD.search(scene.rest)
        return found["noun"] if found is not None else None
    return _CONNECTED.sub("", _AND_THEN.split(noun, maxsplit=1)[0]).strip() or None


def _of_right(scene: Scene) -> str | None:
    """80%以上的行政村实现 … → 行政村实现 …"""
    found = _NOUN.match(scene.right.lstrip("的"))
    return found.group().strip() if found is not None else None


def _clean(name: str) -> str:
    name = name.lstrip("）") if _WORDS.search(name) else ""
    if name.endswith("等") and not name.endswith(_LEVELLED):
        name = name[:-1]
    return name.strip(_EDGES + "”“" if name.count("“") != name.count("”") else _EDGES)
