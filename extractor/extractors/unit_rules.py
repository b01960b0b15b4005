"""Rules that a notice states once for many lists (contract, «units and responsibilities»).

列在首位的为牵头单位，其他单位按职责分工负责，下同 makes the first of every list the lead,
第一个逗号前为牵头单位 all before its first comma, 带*号的为牵头单位 those with a star;
以下任务均需各县（区）人民政府落实，不再列出 adds units to each list. A rule said inside a list holds for
that list, and from there on where it says 下同; one said in running text holds for the
whole notice, or for the annex that states it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from extractor.model import Clause, Span

Leads = Literal["first", "comma", "semicolon", "starred", "unseen"]  # who leads; unseen: 加粗的为牵头单位

# 列在|首位的为牵头单位, 排|第一位者为牵头部门, |第一个责任单位为主办单位, 列|第一位为牵头或汇总单位
FIRST = re.compile(
    r"(?:首位|首个|首家|第一(?!个(?:逗号|分号|顿号))|最前)[^。；，、\n）)〕\]]{0,14}?(?:即为|视为|作为|均为|为|是|系)"
    r"[^。；，、\n）)〕\]]{0,8}?(?:牵头|主办|主责|主要责任|责任主体|第一责任)"
    r"(?:单位|部门|责任单位|责任部门)?(?:(?:或|和|、)(?:汇总|牵头|主办|主责)[^。；，、\n）)〕\]]{0,6})?(?:单位|部门)?"
)
# 牵头单位列首位, 牵头单位均排在第一位
LEAD_STANDS_FIRST = re.compile(
    r"(?:牵头|主办|主责)(?:责任)?(?:单位|部门)(?:均|都|一律|统一)?(?:列|排|位列|为排|居)[^。；，、\n]{0,6}?(?:首位|第一位|第一)"
)
# 第一个逗号前为牵头单位, 分号之前的单位为牵头单位, “，”前为牵头单位
BEFORE_MARK = re.compile(
    r"[逗分“\"‘「][号，,；;](?:(?<=[，,；;])[”\"’」])?(?:之)?(?:前面|前)"
    r"[^。；，、\n）)]{0,8}?(?:为|是|系)[^。；，、\n）)]{0,6}?(?:牵头|主办|主责)(?:责任)?(?:单位|部门)?"
)
# 带*号的为牵头单位, 标注★的单位为牵头单位, 加粗部门为牵头部门
STARRED = re.compile(
    r"(?P<star>[*＊★☆▲])[^。；，、\n）)]{0,8}?(?:为|是|表示)[^。；，、\n）)]{0,4}?(?:牵头|主办|主责)(?:责任)?(?:单位|部门)?"
)
UNSEEN = re.compile(
    r"(?:加粗|黑体|下划线|斜体)[^。；，、\n）)]{0,10}?(?:为|是|表示)[^。；，、\n）)]{0,4}?(?:牵头|主办|主责)(?:责任)?(?:单位|部门)?"
)
# （|除标注“分别牵头”外，列第一位的为牵头单位: the rule's bracket has words of its own before it
EXCEPT = re.compile(r"[（(〔\[]\s?(?:注：|备注：|除|其中，?)[^。；\n（(〔\[]{0,30}\Z")
BEFORE = re.compile(r"[^。；，、：:（(〔\[\n]{0,14}\Z")
# 其他单位按职责分工负责, 其余为配合单位
OTHERS = re.compile(
    r"[，,；;、。]?(?:其他|其余|其它|后面|之后)[^。；，\n）)〕\]]{0,24}?(?:负责|配合|参与|落实|责任单位|责任部门|配合单位|配合部门|协办单位|参与单位|协同)(?:单位|部门)?"
)
# 多个牵头部门的按照职责分工负责, 无牵头单位的由责任单位负责
MORE = re.compile(
    r"[，,；;。、]?(?:(?:有|涉及)?(?:多个|多家|两个)|(?:逗号|分号|之)后|若|如|未|没有|无(?!障)|不分)[^，,；;。、\n（）()〔〕\[\]]{0,20}?"
    r"(?:牵头|职责|分工|负责|配合|单位|部门|先后)[^，,；;。、\n（）()〔〕\[\]]{0,14}"
)
FROM_HERE = re.compile(
    r"[，,；;。、]?(?:以下(?:各项)?(?:均)?(?:相)?同|下列(?:均)?同|下同|后同|余同|以此类推|依此类推)"
)
# …，不再列出: the end of a rule that adds units
NO_MORE = re.compile(
    r"不再(?:一一|逐一|逐项|另行|单独|重复|分别|另外){0,2}(?:列出|列明|单列|列举|列示|列|标注|注明|标明|标出|赘述|重复)"
)
BEFORE_NO_MORE = re.compile(r"[，,；;、]?(?:以下|下文|此后|后文|后面|下面|下列任务)?(?:均|都|将)?\Z")
# 以下任务均需, 各项工作均由: where such a rule begins
ALL = re.compile(
    r"(?P<what>[^。；;，,、：:（(〔\[\n]{0,16}?)(?:均|都)(?:需要|需|须|要|应当|应|由|涉及|包括|包含|含|有)(?:由|要)?"
)
LONGEST_RULE = 140  # code points


MOST_RULES = 50  # of each sort in one notice; more is no notice


class Rule(NamedTuple):
    """A rule with its words (`span`), and the half-open range of offsets whose lists it governs."""

    span: Span
    scope: Span
    names: Span | None = None  # the words that name what it adds; None where it says who leads
    leads: Leads = "first"


class Statement(NamedTuple):
    """The words of a rule, found before the lists are known."""

    span: Span
    names: Span | None = None
    later: bool = False  # 以下任务 …
    earlier: bool = False  # 以上任务 …
    leads: Leads = "first"


# One pass tells which of the patterns a text can have a match for at all; most notices have few. Every
# branch begins with a plain character, which lets `re` skip to it: with classes or groups it takes ten times
# as long.
SIGN = re.compile(
    r"首位|首个|首家|第一|最前|逗号|分号|“[，,；;]|\"[，,；;]|‘[，,；;]|「[，,；;]|\*|＊|★|☆|▲|加粗|黑体|下划线|斜体"
)
BY_SIGN: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (frozenset("首第最"), FIRST), (frozenset("首第"), LEAD_STANDS_FIRST),
    (frozenset("逗分“\"‘「"), BEFORE_MARK), (frozenset("*＊★☆▲"), STARRED), (frozenset("加黑下斜"), UNSEEN),
)  # fmt: skip


def statements(text: str) -> tuple[Statement, ...]:
    """The words of all rules, in reading order."""
    found = [*islice(_who_leads(text), MOST_RULES), *islice(_additions(text), MOST_RULES)]
    return tuple(sorted(found, key=lambda statement: statement.span))


def _who_leads(text: str) -> Iterator[Statement]:
    said = {sign[0][0] for sign in SIGN.finditer(text)}
    for pattern in (pattern for signs, pattern in BY_SIGN if signs & said):
        for match in pattern.finditer(text):
            before = BEFORE.search(text, max(0, match.start() - 14), match.start())
            start, end = before.start() if before else match.start(), match.end()
            if apart := EXCEPT.search(text, max(0, start - 36), start):
                start = apart.start() + 1
            for tail in (OTHERS, MORE, OTHERS, FROM_HERE):
                if more := tail.match(text, end, min(len(text), end + 60)):
                    end = more.end()
            yield Statement(Span(start, end), leads=_leads(pattern, match))


def _leads(pattern: re.Pattern[str], match: re.Match[str]) -> Leads:
    if pattern is BEFORE_MARK:
        return "semicolon" if match[0][:2].strip('“"‘「') in ("分号", "；", ";") else "comma"
    return "starred" if pattern is STARRED else "unseen" if pattern is UNSEEN else "first"


def _additions(text: str) -> Iterator[Statement]:
    for stop in NO_MORE.finditer(text):
        heads = list(ALL.finditer(text, max(0, stop.start() - LONGEST_RULE), stop.start()))
        if not heads or "。" in text[heads[-1].end() : stop.start()]:
            continue
        head = heads[-1]
        before = BEFORE_NO_MORE.search(text, max(0, stop.start() - 8), stop.start())
        tail = before.start() if before else stop.start()
        said = head["what"] + text[tail : stop.start()]
        yield Statement(
            Span(head.start(), stop.end()),
            Span(head.end(), tail),
            later=any(word in said for word in ("下", "后")),
            earlier="以上" in said or "上述" in said,
        )


def rules(
    text: str, said: Sequence[Statement], clauses: Sequence[Clause], lists: Sequence[tuple[int, int]]
) -> tuple[Rule, ...]:
    """The rules with what they govern. `lists` are the spans of all lists of units, in order."""
    return tuple(Rule(one.span, _scope(text, one, clauses, lists), one.names, one.leads) for one in said)


def _scope(text: str, said: Statement, clauses: Sequence[Clause], lists: Sequence[tuple[int, int]]) -> Span:
    start, end = said.span
    section = _section(text, clauses, start)
    if said.names is not None:
        body_end = section.end if section.start else _body_end(text, clauses, start)
        if said.earlier:
            return Span(section.start, start)
        return Span(end if said.later else section.start, body_end)
    at = bisect_right(lists, (start, len(text)))
    inside = lists[at - 1] if at and lists[at - 1][1] >= start else None
    if inside is None:
        return section
    same = FROM_HERE.search(text, start, min(len(text), max(inside[1], end) + 2))
    return Span(inside[0], section.end if same else inside[1])


def _section(text: str, clauses: Sequence[Clause], offset: int) -> Span:
    """The annex at an offset, or the whole notice (a rule of the body also governs task tables)."""
    for clause in clauses:
        end = max(clause.subtree_end, clause.span.end)
        if clause.level == "annex" and clause.span.start <= offset < end:
            return Span(clause.span.start, end)
    return Span(0, len(text))


def _body_end(text: str, clauses: Sequence[Clause], offset: int) -> int:
    """Where the body ends: at the next annex or the back."""
    later = (c.span.start for c in clauses if c.level in ("annex", "back") and c.span.start > offset)
    return min(later, default=len(text))
