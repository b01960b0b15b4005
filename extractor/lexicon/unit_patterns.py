"""What a name of an office is made of, and the patterns that take it apart.

Some patterns are fixed, the others are made of the words of units.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, get_args

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
# 教育局|和财政局, 教育|等部门, 发展改革委|会同财政局: two names, not one
COMPOUND = re.compile(
    r"(?<![高中初同])等(?!级)|会同|[局委厅办部会院门府心队处位联关构织][和及与]|[省市县区州][和及与](?=[省市县区州各])|或|以及|[、，；]"
)
# 各区〔县、市〕政府 and 各区（县、市）政府 are the same
FOLD_BRACKETS = str.maketrans("〔[【〈(〕]】〉)", "（（（（（）））））")
BRACKETS = re.compile(r"（[^（）]{0,40}）")
BRACKETED = re.compile(r"(?P<base>[^（）]{2,40})（(?P<inner>[^（）]{1,30})）$")
# 根据|市教育局, 依托|县教育局: words that begin no place's name
NOT_A_PLACE = re.compile(
    r"根据|依据|按照|依照|经(?![开济棚])|报请?|对|请|让(?!胡)|使|被|强化|巩固|保障|实现|完善|健全|深化|其(?!他)|支持|加强|推进|推动|促进|鼓励|充分|发挥|建立|依托|联合|落实|贯彻|督促"
    r"|指导|引导|成立|组建|明确|通过|结合|围绕|配合|协助|参照|所在|积极|主动|负责|牵头|由|及|以|并|与"
)
# 市场|监管局: where 市 is no level
NOT_A_LEVEL = re.compile(r"市[场政容民]|区[域块]|县域|省际|州际|镇街|乡[村镇]|团[结队]|师[范资]|旗[舰下]")
# 公安局|交警支队: the end of a whole office's name
WHOLE_OFFICE = re.compile(r"[局委厅办部会院]|中心")


def alternation(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


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
        rf"(?=.{{1,{LONGEST_NAME}}}$)(?:各有关|各相关|各|有关|相关)?(?:(?:[省市州盟县区旗]|自治区)(?:委|(?:人民)?政府)?|中央|全[省市州县区]|国务院|地方|当地|属地|省市县)?"
        rf"(?P<scope>直属|直|级|属|本级|辖区)?"
        rf"(?P<each>(?>各级|各有关|各相关|各类|各|有关|相关|所有|涉及|具体|其他|同级|两级){{0,4}}+)"
        rf"(?:[\u4e00-\u9fff]{{2,20}}?联席会议|[\u4e00-\u9fff]{{2,20}}?领导小组)?(?:{words}|(?<=各)(?!级)(?:(?![和与及])[\u4e00-\u9fff]){{2,6}}部门)$"
    )


def verbs(data: dict[str, Any]) -> dict[str, Any]:
    """The patterns for what stands around the names of a list."""
    spoken, around = data["verbs"], data["around"]
    words = alternation(" ".join([*spoken.values(), around["words"]]).split())
    joints, helpers = alternation(around["joints"].split()), alternation(around["helpers"].split())
    return {
        # A、B|等按职责分工负责
        "tail": re.compile(rf"(?>{words}){{1,14}}+$"),
        "roles": tuple(
            (role, re.compile(alternation(spoken[role].split())))
            for role in ("lead", "support", "guide", "implement", "responsible")
        ),
        "joint": re.compile(f"{joints}|{helpers}"),
        "helper": re.compile(helpers),
        "opener": re.compile(alternation(around["openers"].split())),
        "nobody": frozenset(around["nobody"].split()),
    }
