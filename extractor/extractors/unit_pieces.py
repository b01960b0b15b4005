"""The words between two separators of a list: names, what they do, what a shared suffix adds.

`read_piece` takes them apart (|由教育局和财政局等部门牵头|). It never fails; what cannot be a unit's name
is left to the caller as it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.lexicon.units import UnitNames
from extractor.model import Role

# 市财政局|等, 教育|等有关部门, 气象|等部门（机构）, 能源局|等省有关部门, 房管局|等建设主管部门,
# 妇联|等群团组织, 财政|等10个部门
AND_SO_ON = re.compile(
    r"(?:等(?:(?<![高中初同]等)[\u4e00-\u9fff]{2,6}(?=主管部门|监管部门|(?<!行政)(?<!监督)管理部门|[相有]关部门))??(?:政府(?=其))?|(?:以及|[和及与])(?=其[他它余]))(?:其[他它余])?(?:[负具有承][\u4e00-\u9fff]{2,20}的)?(?:\d{1,3}|[一二三四五六七八九十多各几两]{1,3})?个?(?:[省市州盟县区旗]|中央|国家|国务院|政府)?(?:直|级|属)?(?:有关|相关|各有关|各相关|各|主要|涉[\u4e00-\u9fff]{1,3})?"
    r"(?P<suffix>行政主管部门|行政管理部门|监督管理部门|行政部门|主管部门|职能部门|监管部门|管理部门|部门|机构)?(?:[（(](?:机构|单位|组织)[）)])?"
    r"(?:和单位|、单位|单位|成员单位|责任单位|群团组织|群团|人民团体|社会团体|团体|组织|机关|企业|金融机构|地区|地方|地|方面)?$"
)
# 市卫健委|（牵头）
ROLE_IN_BRACKETS = re.compile(r"[（(]([^（()）]{1,16})[）)]$")
BRACKETS_AT_END = re.compile(r"[（(〔\[〈][^（()）〔〕〈〉\[\]]{1,40}[）)〕\]〉]$")
NOT_A_NAME = re.compile(r"[的了应要将把在年月日《》“”：%\d]|按照|依照|根据|依据|(?<!自)由")
# 省推进“三地一区”建设领导小组成员单位: the one sort of name that quotes
GROUP = re.compile(
    r"(?:(?![的了应要将把在由按])[\u4e00-\u9fff“”\d]){4,44}(?:小组|指挥部|联席会议|专班|委员会)(?:办公室|各?成员单位)?$"
)
# 各区政府|（各单位按职责分工落实，下同）: a remark on the list
REMARK = re.compile(r"^(?:含|包括|以下|下称|简称|下同)|按[^（）]{0,6}职责|职责分工|下同$")
A_SENTENCE = re.compile(r"加强|推进|落实|确保|做好|完成|建立|开展|按照|以上|以下")
# 2025年底前完成, 6月底前, 持续推进: a term, no name
TERM = re.compile(
    r"(?:到|至|于)?(?:\d{2,4}年|\d{1,2}(?:个)?月|[一二三四五六七八九十]{1,3}月|每年|每季度|年内|年底|全年|长期|持续(?!改)|常年|常态化|近期|中期)"
    r"[^局委厅办]{0,24}$"
)
SECOND = ("局", "委", "办", "厅", "部", "中心", "院", "公司", "集团")
LONGEST_ODD_NAME = 22


class Named(NamedTuple):
    """A name inside a piece, as printed, with its place in the piece."""

    start: int
    end: int
    text: str
    role: Role | None = None  # stated for this name alone: A（牵头）, A会同|B
    lead_of_helpers: bool = False  # A|会同B
    helps: bool = False  # 会同|B


class Piece(NamedTuple):
    """What stands between two separators: names, and the verb that ends a run of names."""

    names: tuple[Named, ...]
    role: Role | None = None
    suffix: str = ""  # 教育|等部门


@lru_cache(maxsize=1 << 15)
def read_piece(words: str, names: UnitNames) -> Piece:
    """The names of a piece and the role that its verb gives."""
    if TERM.match(words):
        return Piece(())
    start, end = _opened(words, names), len(words)
    role: Role | None = None
    suffix = ""
    own: Role | None = None
    if not names.parse(words[start:end]).known:
        if tail := names.tail.search(words, start, end):
            role = "lead" if "会同" in tail[0] else role_of(tail[0], names)
            end = tail.start() if role else end
        if more := AND_SO_ON.search(words, start, end):
            suffix, end = _plain(more["suffix"]), more.start()
        if bracket := ROLE_IN_BRACKETS.search(words, start, end):
            own = role_of(bracket[1], names) if names.tail.fullmatch(bracket[1]) else None
            end = bracket.start() if own else end
    found = _parted(words, start, end, names)
    if own and found:
        found = (*found[:-1], found[-1]._replace(role=own))
    return Piece(found, role, suffix)


def role_of(words: str, names: UnitNames) -> Role | None:
    """The role in words such as 牵头, 按职责分工负责, 配合落实: the first that has a verb in them."""
    return next((role for role, pattern in names.roles if pattern.search(words)), None)


def _opened(words: str, names: UnitNames) -> int:
    """Where the names begin: after 由, 并由, and a 和 that is not a name's own."""
    if names.parse(words).known:
        return 0
    if opener := names.opener.match(words):
        return opener.end()
    return 1 if words[:1] in "和与" and _stands_alone(words[1:], names) else 0


def _stands_alone(words: str, names: UnitNames) -> bool:
    """Whether these words are a name by themselves, so that the 和 before them joins two names."""
    parsed = names.parse(words)
    return parsed.known and not (parsed.kind == "full" and parsed.at) and parsed.kind != "bare"


def _parted(words: str, start: int, end: int, names: UnitNames) -> tuple[Named, ...]:
    """The names in words[start:end], parted at 和, 及, 会同 where both sides are names."""
    found: list[Named] = []
    role: Role | None = None
    helps = False
    if not names.parse(words[start:end]).known:
        for joint in names.joint.finditer(words, start, end):
            left, shared = _unshared(words[start : joint.start()], names)
            helping = bool(names.helper.fullmatch(joint[0]))
            right = AND_SO_ON.sub("", words[joint.end() : end])
            fits = helping and joint[0] != "商"
            opens = fits and joint[0] != "联合"  # 联合采购办公室 is one name
            if helping and not left and (opens or _right_side(right, names)):  # …，|会同市财政局
                start, role, helps = joint.end(), "support", True
            elif (
                (len(left) > 1 + fits or left in "省市县区州")
                and names.has_ending(left + shared)
                and (fits or _right_side(right, names) or _field_after(left, right, names))
            ) or _both_fields(left, right, names):
                left_end = start + len(left)
                found.append(Named(start, left_end, left + shared, role, helping, helps))
                start, role = joint.end(), "support" if helping else role
    if start < end:
        found.append(_unbracketed(Named(start, end, words[start:end], role, helps=helps), names))
    return tuple(found)


def _plain(suffix: str | None) -> str:
    """What each name takes of 等部门, 等政府相关职能部门: 部门"""
    return "部门" if suffix in (None, "职能部门") else suffix


def _unshared(words: str, names: UnitNames) -> tuple[str, str]:
    """A name before a joint, and what it takes from 等: 财政|等部门|和妇联 → 财政, 部门"""
    more = AND_SO_ON.search(words)
    if not more:
        return words, ""
    name = words[: more.start()]
    return name, _plain(more["suffix"]) if names.parse(name).kind == "bare" else ""


def _right_side(words: str, names: UnitNames) -> bool:
    """Whether a name begins here: 教育局|和|财政局, not 公安局|和|平分局."""
    if not words:
        return False
    if _stands_alone(words, names):
        return True
    again = names.joint.search(words)
    return again is not None and _stands_alone(words[: again.start()], names)


def _field_after(left: str, right: str, names: UnitNames) -> bool:
    """消防救援机构|以及|应急管理、…等部门: a field whose suffix stands at the end of the list"""
    return names.parse(right).kind == "bare" and names.parse(left).kind in ("field", "body")


def _both_fields(left: str, right: str, names: UnitNames) -> bool:
    """民政|和|卫生健康|等部门, 发展改革|和|财政部门: two fields that share a suffix"""
    if names.parse(left).kind != "bare":
        return False
    return names.parse(right).kind == "bare" or (
        right.endswith("部门") and names.parse(right).kind == "field"
    )


def _unbracketed(name: Named, names: UnitNames) -> Named:
    """Without a bracket that is no part of the name: 市教育局|（张三）; 省发改委（省能源局） stays."""
    bracket = BRACKETS_AT_END.search(name.text)
    if not bracket:
        return name
    inner = bracket[0][1:-1]
    aside = bool(REMARK.search(inner))
    if names.parse(name.text).kind == "area" and not aside:
        return name
    if not aside and (
        names.parse(inner).known or all(_second_name(part, names) for part in inner.split("、"))
    ):
        return name
    return name._replace(end=name.start + bracket.start(), text=name.text[: bracket.start()])


def _second_name(words: str, names: UnitNames) -> bool:
    """Whether a bracket's words are an office's second name: 市交通委|（市道运局）"""
    return names.parse(words).known or (len(words) > 2 and words.endswith(SECOND) and not odd(words, names))


def odd(text: str, names: UnitNames) -> bool:
    """Whether an unknown name cannot be one: too long, a person's, or a sentence's words."""
    if "“" in text and GROUP.match(text):
        return False
    if len(text) > LONGEST_ODD_NAME or NOT_A_NAME.search(text):
        return True
    return not names.has_ending(text) and (len(text) < 4 or bool(A_SENTENCE.search(text)))
