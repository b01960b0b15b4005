"""What a name of an office is made of, and the patterns that take it apart.

Some patterns are fixed, the others are made of the words of units.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, get_args

from extractor.model import Role

NameKind = Literal[
    "field", "bare", "body", "common", "strict", "either",
    "seat", "full", "league", "area", "whoever", "unknown",
]  # fmt: skip
KINDS: Mapping[str, NameKind] = {kind: kind for kind in get_args(NameKind)}


class Office(NamedTuple):
    """A row of units.csv under one of its names."""

    canonical: str
    sector: str
    kind: NameKind


class Parsed(NamedTuple):
    """A name taken apart: `prefix + core`; `office` is what the vocabulary knows it as."""

    kind: NameKind
    prefix: str = ""
    core: str = ""
    office: Office | None = None
    known: bool = True
    place: str = ""  # of an area: the part before its body (各乡（镇） of 各乡（镇）党委)
    body: str = ""
    named: bool = False  # of an area: it says which (东山县)
    at: int = 0  # where the office's name begins in the core
    end: int = 0  # … and ends


LONGEST_NAME = 60  # code points; what is longer is no name

# 团市委, 共青团南昌市委, 共青团区委
LEAGUE = re.compile(r"(?:团(省|市|县|区|州|盟|旗|师|自治区党)委|共青团([^（）、]{1,12}?)委(?:员会)?)$")
# 南昌市|委宣传部, 县级以上人民政府|教育行政部门: where a prefix may end
# 市（区）|财政部门, 县（市、区）|教育局, 各县（区）|公安局
LEVELS_OR = re.compile(r"各?(?:[省市县区州]、)?[省市县区州盟旗乡镇]（[省市县区州盟旗乡镇街道、]{1,8}）")
PREFIX_ENDS = frozenset("省市州盟县区旗师团委府院级镇乡地关）直属")
# 教育局|和财政局, 教育|等部门, 发展改革委|会同财政局, 甲区|和乙湾开发区管委会, 各县区|和经开区:
# two names, not one
COMPOUND = re.compile(
    r"(?<![高中初同])等(?!级)|会同|[局委厅办部会院门府心队处位联关构织社][和及与]|[和及与]其[他它余]|[省市县区州][和及与](?=[省市县区州各])"
    r"|[市县区州][和及与](?!平|田)"
    r"(?=[\u4e00-\u9fff]{2,12}(?:管委会|管理委员会)$|[\u4e00-\u9fff]{0,8}(?:开发|高新|先导|经开|园|功能|示范|管理|保税|合作)区$)"
    r"|(?<=[辖列]市)[和及与](?=计划单列市|新疆)"
    r"|或|以及|[、，；]"
)
# 各区〔县、市〕政府 and 各区（县、市）政府 are the same
FOLD_BRACKETS = str.maketrans("〔[【〈(〕]】〉)", "（（（（（）））））")
# 发展改革|和|财政|部门: two offices of which each is a 部门
TWO_FIELDS = re.compile(r"(?P<left>[^和与及（）]{2,12})[和与及](?P<right>[^和与及（）]{2,10})部门$")
BRACKETS = re.compile(r"（[^（）]{0,40}）")
BRACKETED = re.compile(
    r"(?P<base>(?:[省市县区州]（[市县区旗、]{1,8}）)?[^（）]{2,40})（(?P<inner>[^（）]{1,30})）$"
)
# 区卫生健康局|（社会发展局）: what ends the second name of an office, known or not
SECOND_NAME = re.compile(r"[\u4e00-\u9fff]{2,12}(?:局|委|办|厅|部|中心|院|公司|集团)$")
# 农发行安顺分行|按照…, 院校内|由|教育部门, 项目|须经|相关部门: words that stand in no name
NOT_IN_A_NAME = re.compile(r"须经|报经|须由|按照|依照|遵照|根据(?!地)|依据|(?<!自)由|(?<=[局委厅院])查处")
# 国务院|专利行政部门: the form alone says that it is an office; its field may be any
DEPARTMENT = re.compile(
    r"(?P<prefix>(?P<government>国务院|(?:县级以上|设区的市级?|地方|各级|本级|直辖市|自治区|[省市县区州](?:（[市县区旗、]{1,5}）)?级?){0,4}(?:人民政府|政府))"
    r"|[省市州盟县区旗]级?)?"
    r"(?P<core>(?P<field>(?:(?![的和及与等各其本该有由对将被会同工作成员])[\u4e00-\u9fff]){2,8}?)"
    r"(?:行政主管部门|行政管理部门|行政部门|监督管理部门|(?(government)(?:行业)?主管部门|(?!))))$"
)
# 市|安全生产委员会道路交通安全专业委员会, 县|防汛抗旱指挥部办公室: what offices hold together
HELD_TOGETHER = re.compile(
    r"(?P<prefix>[省市州盟县区旗])(?!直|级|属|场|域)"
    r"(?P<core>(?:(?![的和及与等各有由对将被会同该本]|村民|居民|业主|常务|仲裁|党委|成员)[\u4e00-\u9fff]){2,20}?"
    r"(?:委员会|领导小组|指挥部|联席会议)(?:[\u4e00-\u9fff]{2,10}专业委员会)?(?:办公室)?)$"
)
# 省人民政府|管理专利工作的部门: an office that a law describes by what it does
DESCRIBED = re.compile(
    r"(?P<prefix>国务院|(?:县级以上|设区的市级?|地方|各级|本级|直辖市|自治区|[省市县区州](?:（[市县区旗、]{1,5}）)?级?){0,4}(?:(?=人民政府|政府)|(?<=级)))"
    r"(?P<core>(?:人民政府|政府)?(?:确定|指定|(?:负责|管理|主管|承担)[\u4e00-\u9fff]{2,12}?)(?:工作|事务|职责)?的(?:行政|主管)?(?:部门|机构))$"
)
# 根据|市教育局, 依托|县教育局: words that begin no place's name
NOT_A_PLACE = re.compile(
    r"根据|依据|按照|依照|经(?![开济棚])|报请?|对|请|让(?!胡)|使|被|强化|巩固|保障|实现|完善|健全|深化|其(?!他)|支持|加强|推进|推动|促进|鼓励|充分|发挥|建立|依托|联合|落实|贯彻|督促"
    r"|指导|引导|成立|组建|明确|通过|结合|围绕|配合|协助|参照|所在|积极|主动|负责|牵头|由|及|以|并(?!联)|与"
)
# 市场|监管局: where 市 is no level
NOT_A_LEVEL = re.compile(r"市[场政容民]|区[域块]|县域|省际|州际|镇街|乡[村镇]|团[结队]|师[范资]|旗[舰下]")
# 国家林草局|研究制定…办|法: what an office does is no part of its name
ACTS = re.compile("制[定订]|负责|加强|开展|完善|落实|提出|出台|做好|修订|印发")
# 公安局|交警支队: the end of a whole office's name
WHOLE_OFFICE = re.compile(r"[局委厅办部会院]|中心")


def alternation(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def two_names(name: str, offices: Mapping[str, Office]) -> bool:
    """Whether words hold more than one name; a bracket's words (县（市、区）) do not count."""
    if COMPOUND.search(name) and COMPOUND.search(BRACKETS.sub("", name)):
        return True
    shared = TWO_FIELDS.match(name)
    if shared is None or shared["right"] not in offices:
        return False
    starts = range(min(5, len(shared["left"]) - 1))  # after 市, 县级, 国务院
    one = any(name[at : shared.end("right")] in offices for at in starts)  # 市|教育和体育|部门
    return not one and any(shared["left"][at:] in offices for at in starts)


def better(whole: Parsed | None, prefixed: Parsed | None) -> Parsed | None:
    """市场监管|局 rather than 市|场监管局, 市|政务服务|局 rather than 市政|务服务局: what explains more."""
    if whole is None or prefixed is None:
        return whole or prefixed
    return prefixed if len(prefixed.prefix) + prefixed.end > whole.end else whole


def by_duty(name: str) -> Parsed | None:
    """An office that is named by what it does: 省人民政府|管理专利工作的部门"""
    found = DESCRIBED.match(name) if "的" in name else None
    return Parsed("field", found["prefix"], found["core"]) if found else None


def by_form(name: str) -> Parsed | None:
    """An office whose form says that it is one, whatever its field: 国务院|专利行政部门"""
    found = DEPARTMENT.match(name) or HELD_TOGETHER.match(name)
    if found is None or NOT_A_PLACE.match(found["core"]):
        return None
    return Parsed("field", found["prefix"] or "", found["core"])


def seat(name: str) -> str:
    """各县（区）政府 → 各县（区）人民政府; 高新区管委会 → 高新区管理委员会"""
    if name.endswith("政府") and not name.endswith(("人民政府", "党委政府")):
        return f"{name[:-2]}人民政府"
    return f"{name[:-3]}管理委员会" if name.endswith("管委会") else name


def area(data: dict[str, Any]) -> re.Pattern[str]:
    """各乡（镇）党委, 开发区（投资区）管委会, 县级以上地方各级人民政府, 漳州高新区管委会, 各县（市、区）"""
    places = alternation(f"{data['admin']} {data['street']} {data['zones']}".split())
    return re.compile(
        rf"(?=.{{1,{LONGEST_NAME}}}$)(?P<place>(?P<each>各有关|各相关|地方各|各|全[省市州县区]各?|有关|相关)?"
        rf"(?P<named>(?:(?!（|或|各|[省市县区州][和及与][省市县区州各])[\u4e00-\u9fff]){{0,8}}?)"
        rf"(?P<zone>(?>{places})(?>{places}|以上|以下|两级|三级|地方|各级|（[^（）]{{1,24}}）){{0,7}}+))"
        rf"(?P<body>{alternation(data['bodies'].split())})?(?P<tail>（[^（）]{{1,20}}）)?$"
    )


def whoever(data: dict[str, Any]) -> re.Pattern[str]:
    """各有关部门, 市直各单位, 县联席会议成员单位, 行业主管部门, 各地"""
    words = alternation(data["whoever"].split())
    return re.compile(
        rf"(?=.{{1,{LONGEST_NAME}}}$)(?:各有关|各相关|各|有关|相关)?(?:(?:[省市州盟县区旗](?:（[市县区旗、]{{1,5}}）)?|自治区)(?:委|(?:人民)?政府)?|中央|全[省市州县区]|国务院|地方|当地|属地|省市县)?"
        rf"(?P<scope>直属|直|级|属|本级|辖区)?"
        rf"(?P<each>(?>各级|各有关|各相关|各类|各|有关|相关|所有|涉及|具体|其他|同级|两级){{0,4}}+)"
        rf"(?:[\u4e00-\u9fff]{{2,20}}?联席会议|[\u4e00-\u9fff]{{2,20}}?领导小组)?(?:{words}|(?<=各)(?!级)(?:(?![和与及])[\u4e00-\u9fff]){{2,6}}部门)$"
    )


def label_forms(data: dict[str, Any]) -> dict[Role, re.Pattern[str]]:
    """Role → the labels that are put together for it: 市级支撑单位, 技术保障部门."""
    before, after = alternation(data["before"].split()), alternation(data["after"].split())
    bodies = alternation(data["bodies"].split())
    return {
        role: re.compile(rf"(?:{before}){{0,2}}(?:{alternation(words.split())})(?:{after})?(?:{bodies})")
        for role, words in data["verbs"].items()
    }


def verbs(data: dict[str, Any]) -> dict[str, Any]:
    """The patterns for what stands around the names of a list."""
    spoken, around = data["verbs"], data["around"]
    words = alternation(" ".join([*spoken.values(), around["words"]]).split())
    joints, helpers = alternation(around["joints"].split()), alternation(around["helpers"].split())
    joins = f"(?!{alternation(around['joined_words'].split())})"
    return {
        # A、B|等按职责分工负责
        "tail": re.compile(rf"(?>{words}){{1,14}}+$"),
        "roles": tuple(
            (role, re.compile(alternation(spoken[role].split())))
            for role in ("lead", "support", "guide", "implement", "responsible")
        ),
        "joint": re.compile(f"{joins}(?:{joints}|{helpers})"),
        "helper": re.compile(helpers),
        "opener": re.compile(f"{joins}(?:{alternation(around['openers'].split())})"),
        "nobody": frozenset(around["nobody"].split()),
    }
