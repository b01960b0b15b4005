"""Lists of unit names: every name in full (contract: a prefix or suffix said once counts for the list).

`in_full` goes over the names of a list in order: 市卫健委、教育局 → 市教育局; 财政、教育部门 → 财政部门;
各市、县（区）人民政府 → 各市人民政府; 各县（区）人民政府、开发区管委会 → 各开发区管委会.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.lexicon.unit_patterns import FOLD_BRACKETS, Parsed
from extractor.lexicon.units import UnitNames
from extractor.model import Role

# 各|学校, 省直有关|部门, 市直|单位
WHOSE = re.compile(
    r"(?:[省市州盟县区旗]|自治区|中央|全[省市州县区])?(?:人民政府|政府)?(?:直属|直|级|属)?(?:各级|各|有关|相关|所有){0,2}(?<=[直级属各关有])"
)
# not one of many: 市高新区, 各县, 有关乡镇
SINGLE = re.compile(
    r"各|有关|相关|全|地方|[省市县区州]?(?:高新区|经开区|新区|自贸|综合保税|高新技术|经济技术)|[省市县区州](?:级|直|属|开发区|工业园|产业园|园区)"
)
# 市、|县（区）教育部门; 各省、|自治区、|直辖市和|计划单列市税务局
BARE_LEVEL = re.compile(
    r"[省市州盟县区旗]|县级市|各?(?:省|自治区|直辖市|计划单列市|新疆生产建设兵团)|设区的市|县（[市区旗、]{1,5}）|区（[市县、]{1,3}）"
)
PROVINCES = ("自治区", "直辖市", "计划单列市")  # 各省、|自治区 …: each of them
ALTERNATIVE = re.compile(
    r"(?:[市县区州]|区县|县区|市县)(?:（(?:[市县区旗、]{1,5}|县级市)）)?|县级市|直辖市|计划单列市|新疆生产建设兵团"
)
ZONES = ("开发区", "投资区", "园区", "高新区", "经开区", "新区", "功能区", "示范区")
# 公安|西湖分局, 武警|南昌市支队, 中国移动|南昌分公司: a branch that says itself whose it is
PLACE = "*"  # the suffix of a word that names a mere place: 广州、|深圳市政府
BRANCHES = ("分局", "支局", "分行", "支行", "支队", "大队", "分公司")
CITY = re.compile(r"(?!市)[\u4e00-\u9fff]州")  # 广州, but neither 恩施州 nor 市州
COUNTED = tuple("市县区旗州盟镇乡")
OWN_PLACE = re.compile(r"[局委厅]?(?P<place>[^局委厅]{1,8})(?:分局|支局|分行|支行|分公司|支队|大队|总队)$")
# 打浦桥街道|管理办, 城关镇|财政所: an office of a town that is named; but not 乡镇|企业局, 市|城镇化办
OWN_TOWN = re.compile(r"[^省市区县州各]{2,8}?(?:街道|(?<![城乡村])镇|(?<![城下])乡(?![镇村]))(?=.)")
# 市交通委|科技信息处: a division of an office, which gives its office to 港务监管处
DIVISION = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{2,12}?(?:局|委|委员会|厅|办|办公室|院|中心))[\u4e00-\u9fff]{2,10}[处科]"
)
OF_AN_OFFICE = re.compile(r"(?!各|[省市县区州][直级])[\u4e00-\u9fff]{3,10}(?<!办事)(?<!管理)[处科]")
SAID_BY_EACH = 3  # names after which a stranger would say its level too: 市科委、市数据局、市卫健委、申康中心
GOVERNMENTS = ("人民政府", "政府")  # 市政府|办公室、研究室, but of 市 alone 发展改革委
DEPARTMENTS = ("局", "委", "厅", "部", "委员会")
NATIONAL = ("国家", "中央", "国务院", "全国")


class Word(NamedTuple):
    """A name of a list with its place in the text; in full once it has been through `in_full`."""

    start: int
    end: int
    full: str
    role: Role | None = None
    suffix: str = ""  # of the piece it ends: 教育|等部门


class Carry(NamedTuple):
    """What the names before have said for those that follow."""

    level: str = ""  # 市 of 市卫健委
    party: bool = False  # 市委 was the last prefix
    each: bool = False  # 各
    place: str = ""  # 各乡（镇） of 各乡（镇）党委
    whose: str = ""  # 省直有关 of 省直有关部门
    office: str = ""  # 市交通委 of 市交通委科技信息处
    said: int = 0  # names in a row that said their level themselves

    def settled(self) -> Carry:
        """After an office by name: 各 reaches no further."""
        if self.each or self.place or self.office:
            return Carry(self.level, self.party, whose=self.whose, said=self.said)
        return self


def in_full(words: Sequence[Word], names: UnitNames) -> list[Word]:
    """The words of a list with their names in full; empty where a mere place takes nothing from the next."""
    resolved: list[Word] = []
    carry = Carry()
    for word, text in zip(words, _suffixed(words, names), strict=True):
        if resolved and resolved[-1].full.startswith("各") and text.startswith(PROVINCES):
            text = f"各{text}"
        full, carry = _one(text, names, carry) if text else ("", carry)
        resolved.append(Word(word.start, word.end, full, word.role))
    return resolved


def _suffixed(words: Sequence[Word], names: UnitNames) -> list[str]:
    """发展改革、财政|部门 → 发展改革部门、财政部门; 各市、县（区）|人民政府 → 各市人民政府、…"""
    shared, body, core, level = "", "", "", ""
    zone = ""  # 洪洞|经济开发区 gives its zone to 临汾、侯马
    named = False  # 东山镇人民政府 gives its body to 诏安县, not to 各镇
    out: list[str] = []
    for word in reversed(words):
        text = word.full
        parsed = names.parse(text)
        if word.suffix == PLACE or (body and CITY.fullmatch(text)):
            text = f"{text}{zone or level}{body}" if body and (zone or level in COUNTED) else ""
            out.append(text)
            continue
        shared = word.suffix or shared
        if parsed.kind == "bare" or (parsed.kind == "either" and not names.has_ending(text)):
            text += shared.removeprefix("管理") if text.endswith("管理") else shared
        elif parsed.kind == "field":
            shared = _shared(text, names)
        elif parsed.kind == "unknown" and text.endswith("部门"):
            shared = "部门"  # 财政、社会组织管理|部门
        elif parsed.kind not in ("body", "either"):
            shared = ""
        if parsed.kind != "area":
            body = ""
        elif parsed.body:
            body = text[len(parsed.place) :]
            named = parsed.named and not parsed.place.endswith(ZONES)
            level = parsed.place[-1] if named else ""
            zone = _zone(text, parsed, names)
        elif body and _bodies_fit(text, body, names) and (parsed.named or not named):
            text += body
        elif core and BARE_LEVEL.fullmatch(text.translate(FOLD_BRACKETS)):  # 市、|县（区）教育部门
            text, body = text + core, ""
            out.append(text)
            continue
        else:
            body = ""
        core = _after_level(text, parsed)
        out.append(text)
    return out[::-1]


def _after_level(text: str, parsed: Parsed) -> str:
    """What a bare level before it takes of a name: 县（区）|教育部门, 直辖市|人民政府建设主管部门"""
    government = next((body for body in GOVERNMENTS if parsed.prefix.endswith(body)), "")
    level = parsed.prefix.removesuffix(government)
    return text[len(level) :] if ALTERNATIVE.fullmatch(level) else ""


@lru_cache(maxsize=1 << 12)
def _shared(text: str, names: UnitNames) -> str:
    """The suffix of a name that counts for the fields before it."""
    parsed = names.parse(text)
    said = parsed.core[parsed.end :]  # 城市管理|部门 gives 部门, 粮食|行政管理部门 all of it
    return next((suffix for suffix in names.shared if said.endswith(suffix)), "")


def _zone(text: str, parsed: Parsed, names: UnitNames) -> str:
    """The sort of zone that a name with its place says: 洪洞|经济开发区|管委会"""
    area = names.area.match(text) if parsed.named and parsed.place.endswith(ZONES) else None
    return area["zone"] if area and area["named"] else ""


def _bodies_fit(place: str, body: str, names: UnitNames) -> bool:
    """Governments for 市, 县（区）; 管委会 for zones; never 办事处 for towns."""
    kind = body.translate(FOLD_BRACKETS).split("（")[0]
    last = place.translate(FOLD_BRACKETS).split("（")[0]
    if kind in names.government:
        return any(last.endswith(word) for word in names.admin)
    return kind in names.zone_bodies and last.endswith(ZONES)


def _one(text: str, names: UnitNames, carry: Carry) -> tuple[str, Carry]:
    """One name in full, and the carry after it."""
    parsed = names.parse(text)
    if carry.office and not parsed.prefix and OF_AN_OFFICE.fullmatch(text):
        return carry.office + text, carry
    if parsed.kind == "area":
        return _area(text, parsed, carry)
    if parsed.kind == "league":
        return text, Carry(parsed.prefix)
    if parsed.kind == "whoever":
        return _whoever(text, names, carry)
    if parsed.prefix == "党委" and carry.level:  # 自治区教育厅、党委宣传部
        return f"{carry.level}{text}", carry._replace(party=True)
    if parsed.prefix:
        division = DIVISION.fullmatch(text)
        own = division["office"] if division and names.parse(division["office"]).kind == "field" else ""
        return text, Carry(*_level(parsed), office=own, said=carry.said + 1)
    if parsed.kind == "full":
        own = parsed.at > 1 and text[0] in names.levels and not text.endswith(BRANCHES)
        return text, Carry(text[0]) if own else carry.settled()  # 市|低空|经济发展局 is of the city
    if parsed.kind == "seat":
        return _seat(text, carry), carry
    if _says_place(parsed, names):
        return text, carry
    if parsed.kind == "unknown" and (carry.said >= SAID_BY_EACH or not _takes_prefix(text, names)):
        return text, carry
    prefix = _prefix(parsed, names, carry)
    return prefix + text, carry.settled()._replace(said=0 if prefix else carry.said)


def _seat(text: str, carry: Carry) -> str:
    """各乡（镇）党委、|政府 → 各乡（镇）政府; but 各街道办事处、|管委会 → 各管委会"""
    if text in ("管委会", "管理委员会", "办事处") and not carry.place.endswith(ZONES):
        return f"各{text}" if carry.each else text
    return f"{carry.place or carry.level}{text}"


def _says_place(parsed: Parsed, names: UnitNames) -> bool:
    """Whether a branch says itself whose it is: 公安|西湖|分局, but not 公安局|交警|支队."""
    own = OWN_PLACE.fullmatch(parsed.core[parsed.end :]) if parsed.office else None
    return own is not None and own["place"] not in names.offices and own["place"] not in names.suffixes


def _area(text: str, parsed: Parsed, carry: Carry) -> tuple[str, Carry]:
    """One area in full: after 各县（区）人民政府, a bare 开发区管委会 is 各开发区管委会."""
    each = parsed.place.startswith("各")
    if carry.each and not parsed.named and _many(parsed.place):
        return f"各{text}", carry._replace(place=f"各{parsed.place}" if parsed.body else "")
    if not each and parsed.body in ("委", "党委", "政府", "人民政府"):  # 市委, 县政府: a level of its own
        return text, Carry(parsed.place)
    return text, Carry(carry.level, each=each, place=parsed.place if parsed.body else "")


def _whoever(text: str, names: UnitNames, carry: Carry) -> tuple[str, Carry]:
    """省直有关部门、|单位 → 省直有关单位; 各学校、|幼儿园 → 各幼儿园"""
    whose = WHOSE.match(text)
    if whose:
        return text, carry._replace(each=carry.each or text.startswith("各"), whose=whose[0])
    if carry.whose and len(text) == 2:
        return f"{carry.whose}{text}", carry
    return (f"各{text}" if carry.each and not text.startswith("其他") else text), carry


def _many(place: str) -> bool:
    """There is one 高新区 to a city, but there are many counties, towns and development zones."""
    return not SINGLE.match(place)


def _level(parsed: Parsed) -> tuple[str, bool]:
    """市委 → (市, True); 市 → (市, False); 自治区党委 → (自治区, True)"""
    prefix = parsed.prefix
    if prefix.endswith("党工委"):
        return prefix[:-3], True
    if prefix.endswith("党委"):
        return prefix[:-2], True
    if prefix.endswith("委"):
        return prefix[:-1], True
    return prefix, parsed.core.startswith("委")


def _takes_prefix(text: str, names: UnitNames) -> bool:
    """Whether an office that no row knows may stand under the prefix of the list."""
    if text.startswith(("各", "有关", "相关")) or OWN_TOWN.match(text):
        return False
    if text.endswith("成员单位"):  # 省财政厅、|安全生产委员会成员单位
        return True
    return len(text) <= 8 and names.has_ending(text) and not text.endswith(names.complete)


def _prefix(parsed: Parsed, names: UnitNames, carry: Carry) -> str:
    """The prefix that a bare name takes from those before it."""
    level = carry.level
    if not level:
        return ""
    if level.startswith(NATIONAL):
        ends = ("局", "委") if level == "国家" else ("部门",) if level == "国务院" else ()
        takes = parsed.kind == "field" and parsed.core.endswith(ends)
        return level if takes and not parsed.core.startswith("国") else ""
    if parsed.kind == "strict" or (parsed.kind == "either" and carry.party):
        return names.party.get(level, f"{level}委")
    if carry.party and parsed.core in ("办公室", "办公厅"):
        return names.party.get(level, f"{level}委")
    if level.endswith(GOVERNMENTS) and parsed.core.endswith(DEPARTMENTS):
        return level.removesuffix("政府").removesuffix("人民")
    return level
