"""The words around a sum: who is paid, who pays, by which verb (contract, «amounts»).

All of them are words of the source, the shortest that identify the thing; None where nothing names it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extractor.lexicon.measures import Measures

from .indicators import dealt
from .scene import Scene

# 对西湖区户籍家庭, 为三孩: who is paid
_FOR = re.compile(
    r"(?:(?:^|[，。；：、\n])(?:凡|对于?|为(?!每)|给予?|向)|(?:财政|政府|基金|部门|本级)(?:应当?|须|可以?|要|将)?对)(?P<who>[^，。；\n]{2,60}?)"
    r"(?=，|分别|可?享受|按(?!期)|依次|给予|予以|发放|每[人户年月亩家]|一次性|的标准|再|由(?!于)|最高(?!人民)"
    r"|(?:减免?|补助|奖励|补贴)(?!的|对象|项目|资金|金|政策|少|[一-龥]{0,6}[人户企])|处(?=[0-9一二三五]|$)|$)"
)
_NAME: Final = r"(?!或者)[A-Za-z一-龥]{2,14}?"
# 给予研发单位最高100万元: the object of the verb
_OBJECT = re.compile(
    rf"(?:给予|奖励|补助|资助|补贴|发放给|拨付给)(?P<who>{_NAME})"
    r"(?=最高|不超过|不低于|每[人户年月家个]|一次性|累计|分别|合计|总计|共|[0-9]|$)"
)
_EACH = re.compile(rf"每[家个户名位](?P<who>{_NAME})(?=每年|年度|最高|累计|给予|获|发放|补|奖|不超)")
_LABELLED = re.compile(
    r"(?:补[助贴偿]|奖[励补]|资助|扶持|支持|救助|发放|享受|申请|保障)对象[：:]\s?(?P<who>[^，。；：\n（(]{2,40})"
)
# （达到A类） behind a sum of a row
_ASIDE = re.compile(r"[（(](?P<who>[^（）()，。；0-9]{2,14})[)）]")
_ROW_OF_NUMBERS = re.compile(r"[0-9]、[0-9]")
_SAYS_WHO = re.compile(r"(?:^|[，、（(]|财政|政府|基金|部门|本级)(?:应当?|须|可以?|要|将)?(?:凡|对)")
_CLEFT = re.compile(r"为|给予|发放|其中")
# 获得国家级优秀场景案例的 → 国家级优秀场景案例; not 获评省级示范社的|合作社
_WON = re.compile(r"^(?:新?获(?:得|批|评)|荣获)(?=[^的]{3,}的?$)")
_GRADES: Final = frozenset("级类档型孩胎")
# 新建、改扩建托育机构: the noun holds for both
_MANNERS = re.compile(
    r"(?:新建|改建|扩建|改扩建|迁建|新改扩建|公办|民办|公建民营|城镇|城市|农村|新增|在建|续建)"
)
# 托育机构根据招收情况, 婴幼儿购买意外伤害险: what the payee does or how it is paid is no part of the payee
_DOES = re.compile(r"(?<=..)(?:按照?|根据|依据|依照|参照|通过|购买|支付|采购|投保|租赁|缴纳|提供)")
_THINGS = re.compile(r"(?:项目|平台|基地|产品|工程|园区|社区|学校|中心|作品|品牌|成果|专利)$")
_NO_PAYEE = re.compile(r"由(?!于)|标准|期间$|经费|力度")
# 对西湖区户籍女方35周岁以上，在…成功生育的，
_GOES_ON = re.compile(r"(?:，[^，。；\n给予按]{2,60}){1,3}?的(?=，)")
# 三孩幼儿在幼儿园接受学前教育，减免…: where the subject ends
_SUBJECT_ENDS = re.compile(r"(?=在|就读|参加|接受|购买|入读|入园|入托|入住|凭|因)")
_RELIEVES = re.compile(r"(?:可|均|再|一律)?(?:减免|免收|减收|给予|予以|发放|补助|补贴|享受|每人)")
_PAYS: Final = frozenset("对给按予为承从出安负代全统每，")
# 3000万元（含）至|1亿元以上的: a step of a scale, at the head of what is dealt out
_STEP = re.compile(
    r"^(?:(?:不?[高低]于|达到?|超过)?[0-9][0-9.,]*[万亿]*(?:美元|元|%)?(?:[（(][^（）()]{0,6}[）)])?"
    r"(?:及?以[上下内])?[至到—～-]?)+(?:/年)?(?:的|$)"
)
_AND_SUM = re.compile(r"[0-9][0-9.]{0,12}[万亿]{0,2}(?:元|%)$")
_HEADED = re.compile(
    r"(?P<who>(?:新|首次|获|荣获|通过|入选|列入|被|当年|年度|达到|纳入)[^，。；]{1,30}?(?:企业|单位|机构|个人|项目|团队|人员|平台|基地|园区|合作社|农场))"
    r"(?:再|分别|每[家户个])?(?:一次性)?(?:给予|予以)?(?:奖励|补助|补贴|资助|奖补)?(?:最高)?$"
)
# 重新认定的|奖励
_OTHERS = re.compile(
    r"(?P<who>[一-龥“”]{3,20})的(?:再|一次性|分别)?(?:给予|予以|奖励|补助|补贴|资助|奖补)(?:最高|不超过)?"
)
_PAID_BEFORE = re.compile("[0-9]万?元[^，；。]{0,12}，[^，；。0-9]{0,40}$")
_CHARGES: Final = ("自缴", "自付", "自筹", "缴纳", "缴费", "收取", "计收")
_FINED = re.compile(r"(?:处以?|并处|罚款)[^，。；]{0,8}$")


# 80周岁至89周岁, 100周岁以上（含）
_AGES: Final = (
    r"[0-9]{1,3}(?:周?岁)?(?:（含）)?(?:(?:至|—|-|～|~)[0-9]{1,3})?周?岁(?:及?以[上下])?(?:（含）)?"
)


@cache
def _person(measures: Measures) -> re.Pattern[str]:
    """职工参保人员|每人每天120元 · 其他人员|500元/人"""
    return re.compile(
        r"(?:^|为|[、，：；\n]|给予|发放|其中|补助|补贴|招用|吸纳)"
        rf"(?P<who>(?:{_AGES}[一-龥]{{0,10}}?)?(?:[一-龥]{{2,14}}、){{0,3}}[一-龥]{{0,14}}?(?:{measures.payees['people'].pattern.pattern})|{_AGES})"
        r"(?:每|$|分别|最高|不超过)"
    )


def action_of(scene: Scene) -> str | None:
    """The verb or noun of payment nearest to the sum, before it first where both are as near."""
    benefit, weak = scene.measures.amounts["benefit"], scene.measures.terms_of_payment["weak_actions"]
    beside = weak.begin(scene.right)
    if beside is not None:
        return beside  # 对企业承担的专项，给予1000万元|支持
    if scene.stem.endswith(_CHARGES):
        return None  # 其中财政补贴48元、养殖户自缴|12元
    near = [(m.start(), 1, m.group()) for m in benefit.pattern.finditer(scene.right[:24])]
    left = scene.left[-40:]
    near += [(len(left) - m.end(), 0, m.group()) for m in benefit.pattern.finditer(left)]
    strong = [n for n in near if n[2] not in weak]
    if not strong:
        words = [
            *benefit.pattern.findall(scene.rest[:40]),
            *benefit.pattern.findall(scene.before[-80:])[::-1],
        ]
        strong = [(0, 0, word) for word in words if word not in weak][:1] or near
    return min(strong)[2] if strong else None


def beneficiaries(scene: Scene, count: int) -> tuple[str | None, ...]:
    """Who is paid: 对… in the sentence, the object of the verb, or the subject, dealt out to the numbers."""
    asides = _asides(scene) if count > 1 else None
    if asides is not None:
        return asides
    who = _near(scene) or _contrasted(scene) or _said_for(scene) or _headed(scene) or _labelled(scene)
    if who is not None and _FINED.search(scene.left) and not _is_someone(who, scene.measures):
        who = None  # 逾期不改正的，处5000元罚款: what is fined, not who
    if who is None:
        return (None,) * count
    if who.rfind("（") > who.rfind("）"):
        who = who[: who.rfind("（")]  # 工业企业|（产值
    parts = _dealt(who.partition("分别")[0], count, scene) if count > 1 else None
    if not parts:
        if not _STEP.sub("", who).removesuffix("的"):
            return (None,) * count  # 20万元（含）以上的: a step of a scale, nobody
        alone = _AND_SUM.sub("", who)  # 企业|10万元: and what it got before
        return (alone if _is_someone(alone, scene.measures) else who.removesuffix("的"),) * count
    names = [_STEP.sub("", part).removesuffix("的") for part in parts]
    if any(name != part.removesuffix("的") for name, part in zip(names, parts, strict=True)):
        last = (
            names[-1] if len(names[-1]) > 1 else None
        )  # 1000万元、3000万元、1亿元的|进出口企业: steps of one scale
        return (last,) * count
    return tuple(names)


def _contrasted(scene: Scene) -> str | None:
    """首次认定的…奖励20万元，重新认定的|奖励10万元: whom 对… names was paid by the sum before."""
    found = _OTHERS.fullmatch(scene.left)
    return found["who"] if found is not None and _PAID_BEFORE.search(scene.before) is not None else None


def _headed(scene: Scene) -> str | None:
    """新入规企业一次性奖励10万元: the subject that is paid, where it begins its segment."""
    found = _HEADED.match(scene.left)
    return found["who"] if found is not None else None


def _is_someone(who: str, measures: Measures) -> bool:
    """Do the words name people or firms: 个人, 违规经营的企业?"""
    return measures.payees["people"].end(who.removesuffix("的")) is not None


def _asides(scene: Scene) -> tuple[str | None, ...] | None:
    """500万元（达到A类）、200万元（达到B类）: each sum has its own."""
    found = [_ASIDE.match(scene.text, item.end) for item in scene.group.items]
    return tuple(m["who"] for m in found if m is not None) if all(found) else None


def _is_payee(who: str, measures: Measures) -> bool:
    payees = measures.payees
    if len(who) < 2 or payees["paid"].end(who) == who or (_NO_PAYEE.search(who) and not who.endswith("的")):
        return False
    return payees["not_first"].begin(who) is None and payees["not_last"].end(who) is None


def _near(scene: Scene) -> str | None:
    """职工参保人员每人每天120元, 给予研发单位最高100万元: named right beside the sum."""
    left = scene.left[-40:]
    places = [(_OBJECT, left), (_OBJECT, scene.right[:40])]
    if not _SAYS_WHO.search(scene.left):
        places.insert(0, (_person(scene.measures), left))
    for pattern, words in places:
        found = pattern.search(words)
        who = _CLEFT.split(found["who"])[-1] if found is not None else ""
        if len(who) >= 2 and "的" not in who and _is_payee(who, scene.measures):
            return who
    return None


def _said_for(scene: Scene) -> str | None:
    """对…的, in the sentence; else 每家OPC; else the subject at the head of the sentence."""
    words, who = scene.before, None
    for match in _FOR.finditer(words):
        name = _WON.sub("", _whole(match["who"].strip(), words[match.end() :], scene.measures))
        name = name.removesuffix("进行")  # 对有贡献的人员|进行|奖励
        bare = _AND_SUM.sub("", name)  # 给予|园区扶持资金1万元|，最多给予: what was paid, not who
        who = name if _is_payee(bare, scene.measures) else who
    if who is not None:
        return who
    each = _EACH.search(words)
    if each is not None and (
        each["who"][-1].isascii() or scene.measures.payees["people"].end(each["who"]) is not None
    ):
        return each["who"]
    head = re.split(r"[，；：]", words, maxsplit=1)[0].strip()
    subject = scene.measures.payees["subjects"].end(head) is not None and len(head) > 2
    subject = subject and not (head.endswith("的") and head == words.strip())  # 承担金额的20%
    if not subject and head != words.strip() and _RELIEVES.match(scene.left):
        head = _SUBJECT_ENDS.split(head, maxsplit=1)[0]
        subject = scene.measures.payees["people"].end(head) is not None and len(head) > 2
    return head if subject and _is_payee(head, scene.measures) else None


def _whole(who: str, behind: str, measures: Measures) -> str:
    """The payee as far as the 的， of its condition, and without what it does where it is a plain noun."""
    if who.endswith("的") or measures.payees["people"].end(who) is not None or _THINGS.search(who):
        return who
    more = _GOES_ON.match(behind)
    if more is not None:
        return who + more.group()
    does = _DOES.search(who)
    head = who if does is None else who[: does.start()]
    if does is None or head[-1].isascii() or measures.payees["people"].end(head) is not None:
        return head
    return ""


def _labelled(scene: Scene) -> str | None:
    """补贴对象：各类用人单位 in the lines before."""
    start = max(scene.clause_span.start, scene.group.start - 2 * len(scene.before) - 200)
    words = scene.text[start : scene.group.start]
    found = _LABELLED.search(words) if "对象" in words else None
    return None if found is None else found["who"].strip()


def _dealt(who: str, count: int, scene: Scene) -> tuple[str, ...] | None:
    """国家级、省级示范平台 → 国家级示范平台, 省级示范平台; 国家级一、二、三等奖 → 国家级一等奖 …"""
    parts = dealt(who, count, scene) if not _ROW_OF_NUMBERS.search(who) else None
    if parts is None:
        return None
    last = parts[-1]
    if len(last) > 1 and all(len(p) == 1 for p in parts[:-1]):
        return (*(p + last[1:] for p in parts[:-1]), last)  # 三、四、五星级
    if all(len(p) == 1 for p in parts[1:-1]) and parts[0][-1] in "一特" and len(last) > 1:
        head = parts[0][:-1]
        return (parts[0] + last[1:], *(head + p + last[1:] for p in parts[1:-1]), head + last)
    manner = _MANNERS.match(last)
    if manner is not None and all(_MANNERS.fullmatch(p) for p in parts[:-1]):
        return (*(p + last[manner.end() :] for p in parts[:-1]), last)
    kind = parts[0][-1]
    tail = last.partition(kind)[2] if kind in _GRADES else ""
    named = (*(p + tail if p.endswith(kind) else p for p in parts[:-1]), last)
    of, _, noun = parts[0].rpartition("的")
    if of and noun and kind in _GRADES and not any("的" in p for p in parts[1:]):
        return (named[0], *(f"{of}的{p}" for p in named[1:]))  # 落户本市的二孩、三孩
    return named


def payer_of(scene: Scene) -> str | None:
    """区财政 of 区财政对…: the public purse that is named before the sum."""
    words = scene.before[-80:]
    found = None
    for match in scene.measures.terms_of_payment["payers"].pattern.finditer(words):
        found = match
    if found is None or words[found.end() : found.end() + 1] not in _PAYS:
        return None
    return (scene.measures.payees["levels"].end(words[: found.start()]) or "") + found.group()
