"""Duties in running text: 由公安部门牵头, 财政部门要加大投入, 各乡（镇）党委、政府每年11月底前要向县委报告.

Precision before recall: the words before the verb, from the last punctuation mark on, must all be names
that the vocabulary knows. A verb that assigns a task (牵头, 负责, 会同, 由…落实) counts anywhere; a mere duty
(要, 应当) only in a clause without a list of its own, since there the list says who is responsible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.extractors.unit_lists import read_list
from extractor.extractors.unit_names import NATIONAL, Word
from extractor.extractors.unit_regions import Region
from extractor.extractors.unit_verbs import GUIDES, HIT, LEADS_NEXT, NAMED_ROLE, ROLE_AFTER, SHARED_OUT, VERB
from extractor.lexicon.unit_patterns import ACTS, BRACKETS, Parsed
from extractor.lexicon.units import UnitNames
from extractor.model import Role, Span

LONGEST_SUBJECT = 120  # code points
LONGEST_SENTENCE = 200  # from a subject to a 会同 of it
SENTENCE_END = re.compile(r"[。；\n]")
BOUNDARY = re.compile(r"[，。；：！？\s“”《》…]|(?<=[\u3400-\u9fff])\.")
# a clause's marker that no clause took off: （一）|公安机关, 第四条|市人民政府, 1.|教育部门
MARKER = re.compile(
    r"(?:第[一二三四五六七八九十百零]{1,6}[条章节款项]|[（(][一二三四五六七八九十\d]{1,4}[)）]"
    r"|\d{1,3}(?:[.．]\d{1,3}){0,3}[.．]?(?!\d|年|月|个))"
)
ALIAS = re.compile(r"（以下(?:简称|统称|称)[^（）]{1,20}）$")  # 市住房保障办公室|（以下称市住房保障部门）
# 由所在地的|县（市、区）、乡（镇）人民政府, 由其户籍所在地的|区级残联组织, 在各省设立的|煤矿安全监察机构
FROM_WHERE = re.compile(
    r"[^，、。；\n的]{0,12}所在地的|[^，。；\n]{2,24}的(?=[^，、。；\n的]{2,10}所在地)|在[^，。；\n的]{1,20}设立的"
)
BY_WHOM = re.compile(r"(?<!自)(?:由|(?<![申提报邀聘恳])请|授权|责成)(?![于此求示])")
# 全部社区卫生服务中心, 人民政府其他有关部门, 市级以上教育部门…: words of which many a name may be made
NO_OFFICE = re.compile(
    r"^(?:的|在|将|[一二两三四五六七八九十多\d]{1,3}个|不同|迅速|执行|统筹|优化|移送|移交|报送|报告|报请|提请|通报|全部|所有|每个|每家|部分|多数|任何|若干|其他|其它|该|本|此|新建|公办|民办|基层|上述|以上|下列|同级|乡村|社会(?!组织管理|保[险障]|救助|福利|工作)|大型|试点|[省市县区州]两级"
    r"|配合|协助|监督|应当|经(?![济信贸营开])|依照|向|约谈|政府依照|政府按照)|.(?:其他|其它|所在(?!地)|设立|(?<!区)的(?!部门$|机构$)|该|约谈|应当|检查|要|单位组织|向(?!阳)|对(?![口外])|(?<!服务)大厅$)"
)
# 区城市综合管理委员会办公室, 水文局: by its end alone an office
OFFICE = re.compile(
    r"(?:各级)?(?![和与及或的在对将把被其各该本此按由为了使让])(?:(?![，。；：的了在对将把按由])[\u4e00-\u9fffA-Z（）]){2,18}"
    r"(?:(?<![全大结布格])局|(?<!常)委|委员会|办|办公室|(?<![大客展餐饭门歌舞])厅|支队|总队|大队|中心|集团|公司|总社|军分区|武装部|指挥部|领导小组|推进小组|工作组|(?:工作|推进)?专班|管理所|管理处|管理站|事务所|派出所|协会|(?:管理|主管|监管|监督)(?:部门|机关|机构))|(?:董|理|监)事会"
    r"|各?[省市县区州镇乡街（][^，。；：的在对将把按由]{2,24}(?:受理|服务|办事)窗口"
)
BEGINS = re.compile("迅速|执行|统筹|优化|推进|积极|切实|全面|按|依|及时")  # no name of an office begins so
# 科学研究机构, 用工单位: a body, though no office
BODY = re.compile(
    r"(?:(?![的了在对将把按由])[\u4e00-\u9fff]){2,10}(?:机构|单位|学校|院校|组织|企业|公司|团体|院所|协会)"
)
# 由|街镇（园区）|牵头: all of them, also without 各
TOWNS = re.compile(r"乡镇|镇街|街镇|街乡|乡街|镇（街道|街道（镇|乡（镇|镇（乡|镇办")
ZONE_SEATS = ("管委会", "管理委员会")
PAST = re.compile(r"[^，。；\n]{0,8}了|[一-龥]{2}的(?=[一-龥])")  # 组织开展了|检查, 依法收集的|录音


class Duty(NamedTuple):
    """A unit that running text gives something to do."""

    word: Word
    role: Role
    assigned: bool  # by a verb that counts in every clause
    position: int
    rule: str


def duties(text: str, start: int, end: int, names: UnitNames, *, of_duties: bool = False) -> Iterator[Duty]:
    """The duties stated in text[start:end], in reading order, each name with its first verb.

    `of_duties` tells that the clause is headed 职责分工: what opens a sentence there and acts has a duty.
    """
    seen: set[int] = set()
    level, said_at, last, by = "", start, -1, False
    found: Iterable[Duty]
    for hit in HIT.finditer(text, start, end):
        verb = VERB.match(text, hit.start() + (hit[0][0] == "，"), end)
        if verb is None:
            continue
        if hit[0] == "，":  # …负责统筹，|会同市教育局…
            found = _alongside(text, verb.end(), end, names) if _goes_on(text, last, hit.start()) else ()
        else:
            by = by and _goes_on(text, last, hit.start())
            said = "by-whom" if by else "duty" if _goes_on(text, last, hit.start()) else ""
            found = _subjects(
                text, Span(start, end), hit.start(), verb, names, of_duties=of_duties, said=said
            )
        for duty in found:
            word = duty.word
            if word.start in seen:
                continue
            seen.add(word.start)
            last, by = word.end, by or duty.rule == "by-whom"
            parsed = names.parse(word.full)
            if parsed.prefix and parsed.kind != "league":
                national = parsed.prefix.startswith(NATIONAL)
                level, said_at = "" if national else parsed.prefix.removesuffix("委"), word.end
            elif (
                level
                and _of_that_level(parsed, helps=duty.rule == "together-with" and level[-1] == "级")
                and "。" not in text[said_at : word.start]
            ):
                duty = duty._replace(word=word._replace(full=level + word.full))
            yield duty


def _of_that_level(parsed: Parsed, *, helps: bool) -> bool:
    """由市教育局牵头，财政局、公安局配合: an office under the level said before it in the sentence.

    So is a department that helps one of 市级: 市级生态环境部门会同财政部门.
    """
    ends = ("局", "委", "厅", "办", "部门") if helps else ("局", "委", "厅", "办")
    return parsed.kind == "field" and not parsed.prefix and parsed.core.endswith(ends)


def _subjects(
    text: str,
    clause: Span,
    stop: int,
    verb: re.Match[str],
    names: UnitNames,
    *,
    of_duties: bool,
    said: str,
) -> Iterator[Duty]:
    """The units in the words that end at `stop`, with the role that the verb gives them.

    `said` is how the sentence named a unit before, if it did.
    """
    end = clause.end
    begin, by = _subject_start(text, clause.start, stop)
    if said == "by-whom" and verb["by"] and text[begin - 1] == "，":
        by = True  # 由教育局指导，|公安局|组织实施
    if not 2 <= stop - begin <= LONGEST_SUBJECT:
        return
    organises = (verb["by"] or "").startswith("组织")
    plain = verb["plainly"] or verb["listed"] or ((of_duties or organises) and verb["by"] and not by)
    if (verb["by"] and not (by or plain)) or (plain and (by or PAST.match(text, verb.end()))):
        return
    opens = begin == clause.start or text[begin - 1] in "。；\n"  # 勤工助学中心|负责…
    opens = opens or (text[begin - 1] == "，" and text.endswith(names.groups, begin, stop))
    if alias := ALIAS.search(text, begin, stop):
        stop = alias.start()
    trusted = bool((by or opens) and verb["assigns"]) or bool(said and verb["cooperates"])
    trusted = trusted or (of_duties and opens)
    words = known(text, begin, stop, names, trusted=trusted, by=by)
    if words is None or (plain and not _acts(words, opens=opens, of_duties=of_duties)):
        return
    if verb["listed"] and not (of_duties and opens):
        return
    assigned = bool(verb["assigns"] or (by and (verb["by"] or verb["cooperates"] or verb["duty"] == "承担")))
    assigned = assigned or bool(said and verb["cooperates"])  # 省政府办公厅牵头，|省信息中心|配合
    helping = (verb["assigns"] or "").endswith(("会同", "商"))
    role: Role = "lead" if helping else _role(text, verb, end)
    for position, word in enumerate(words):
        if names_someone(word, len(words), names, by=by) and (
            assigned or (of_duties and opens) or word.full.endswith(names.bearers)
        ):
            own = word.role if word.role in ("lead", "support") else role
            yield Duty(word, own, assigned, position, "by-whom" if by else "duty")
    if helping:
        yield from _alongside(text, verb.end(), end, names, len(words))


def _goes_on(text: str, last: int, at: int) -> bool:
    """Whether the sentence at `at` has said already whose duty it is."""
    return last >= 0 and at - last <= LONGEST_SENTENCE and not SENTENCE_END.search(text, last, at)


def _alongside(text: str, begin: int, end: int, names: UnitNames, first: int = 1) -> Iterator[Duty]:
    """The units after 会同."""
    for position, word in enumerate(_helpers(text, begin, end, names), first):
        yield Duty(word, "support", True, position, "together-with")


def _subject_start(text: str, start: int, at: int) -> tuple[int, bool]:
    """Where the subject of a verb begins, and whether 由 stands before it."""
    low = max(start, at - LONGEST_SUBJECT - 1)
    begin = low
    at = alias.start() if (alias := ALIAS.search(text, low, at)) else at
    for mark in BOUNDARY.finditer(text, low, at):
        begin = mark.end()
    if marker := MARKER.match(text, begin, at):
        begin = marker.end()
    by = False
    for agent in BY_WHOM.finditer(text, begin, at):
        begin, by = agent.end(), True
    if where := FROM_WHERE.match(text, begin, at):
        begin = where.end()
    return begin, by


def known(
    text: str, begin: int, end: int, names: UnitNames, *, trusted: bool = False, by: bool = False
) -> tuple[Word, ...] | None:
    """The names in text[begin:end] where they are all there is and all known; else None.

    In a list of which most are known, and where the words around say that an office stands here (`trusted`),
    a name counts as well whose end alone shows an office: 区财贸办. After 由 (`by`) fewer than
    half may be bodies that are no offices, and are left out: 由|教育部门、人社部门、|科学研究机构|负责.
    """
    read = read_list(text, Region(begin, end), names)
    if not read.words or read.findings:
        return None
    others = [word.full for word in read.words if not names.parse(word.full).known]
    if not others:
        return read.words
    most = trusted or 2 * len(others) < len(read.words)
    strange = [
        name for name in others if not OFFICE.fullmatch(name) or ACTS.search(name) or BEGINS.match(name)
    ]
    if by and strange and 2 * len(strange) < len(read.words) and all(map(BODY.fullmatch, strange)):
        return tuple(word for word in read.words if word.full not in strange)
    return read.words if most and not strange else None


def names_someone(word: Word, company: int, names: UnitNames, *, by: bool) -> bool:
    """Whether a known name says which office: 各部门 and 市教育局 do, a bare 政府 or 工会 alone does not."""
    parsed = names.parse(word.full)
    # 由|查处案件的|粮食行政管理部门: what describes the office counts only where 由 says that it is one
    office = word.full[parsed.at :] if by and word.full[: parsed.at].endswith("的") else word.full
    if NO_OFFICE.search(office) or (word.full.endswith(names.of_many) and not by):
        return False
    if parsed.kind in ("field", "strict", "league"):
        return not word.full.endswith(names.institutions) or parsed.prefix != ""
    if word.full.endswith(names.committees) or word.full in ZONE_SEATS:
        return True  # 管委会|负责: that of the zone whose notice it is
    if parsed.kind in ("body", "either"):
        of_a_school = parsed.office is not None and parsed.office.canonical.endswith("处")  # 学生处, 教务处
        return bool(parsed.prefix) or company > 1 or of_a_school
    if parsed.kind == "area":
        area = names.area.match(BRACKETS.sub("", word.full))  # 甲丘（乙湾）工业园管委会
        towns = by and not parsed.named and TOWNS.match(word.full) is not None
        town = parsed.named and word.full.endswith(("镇", "乡", "街道")) and len(word.full) > 2  # 米山镇
        whole = towns or town or bool(parsed.body) or word.full.startswith("各")
        return whole and bool(area) and word.full not in ("政府", "党委")
    if parsed.kind == "whoever":
        group = word.full[0] in "省市县区州" and word.full.endswith(names.groups)  # 市工作专班
        return group or (word.full.startswith("各") and not by)
    if parsed.kind == "unknown":  # trusted by what stands around it
        return True
    if parsed.kind == "full" and word.full.startswith("中国"):
        return True  # 中国农业发展银行: there is one of the nation, as of 总局
    own = word.full.endswith(("总局", "总署"))
    whole = parsed.kind == "full" and bool(parsed.at or parsed.end < len(word.full) or own)
    return whole and not word.full.endswith(names.institutions)


def _acts(words: Sequence[Word], *, opens: bool, of_duties: bool) -> bool:
    """Whether what these do is a duty without 要: of departments, and under 职责分工 at a sentence's head."""
    return (of_duties and opens) or any(_department(word.full) for word in words)


def _department(name: str) -> bool:
    return name.endswith(("部门", "机关")) or name.startswith(
        ("各级", "各县", "各乡", "各镇", "各市", "各区", "各街")
    )


def _role(text: str, verb: re.Match[str], end: int) -> Role:
    if verb["cooperates"]:
        return "support"
    if not verb["assigns"] and LEADS_NEXT.match(text, verb.end(), end):
        return "lead"
    if verb["plainly"] or verb["assigns"] in ("是", "为") or verb["duty"] in ("是", "为", "作为"):
        named = NAMED_ROLE.match(text, verb.end(), end)
        return "responsible" if named is None else "lead" if named["leads"] else "support"
    if verb["duty"] == "对" and GUIDES.match(text, verb.end(), end):
        return "guide"
    starts = (verb.start("duty"), verb.end()) if verb["duty"] else ()  # |按照各自职责, 应当|按照各自职责
    if any(SHARED_OUT.match(text, at, end) for at in starts):
        return "support"
    words = verb["by"] or verb["assigns"] or ""
    tail = text[verb.end() : min(end, verb.end() + 30)]
    if "牵头" in words or words == "主办":
        return "lead"
    return role_after(words + tail if verb["by"] else tail) or "responsible"


def role_after(words: str) -> Role | None:
    """The role that the words at the start of a duty give: 牵头…, 配合…, 指导…; None where they give none."""
    return next((role for role, pattern in ROLE_AFTER if pattern.match(words)), None)


def _helpers(text: str, begin: int, end: int, names: UnitNames) -> tuple[Word, ...]:
    """The units after 会同: as many words as are all known names (财政、教育等部门|制定)."""
    stop = BOUNDARY.search(text, begin, min(end, begin + LONGEST_SUBJECT))
    limit = stop.start() if stop else min(end, begin + LONGEST_SUBJECT)
    for at in range(limit, begin + 1, -1):
        if text[at - 1] not in "局委厅办部会院门府位处队心联关构织行）":
            continue
        words = known(text, begin, at, names)
        if words is not None:
            return tuple(word for word in words if names_someone(word, 2, names, by=True))
    return ()
