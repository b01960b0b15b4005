"""The words around a group of quantities, cut once for all rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from extractor.lexicon.measures import Measures
from extractor.model import Span

from .conditions import Wording, is_condition
from .groups import Breaks, Group, Quantity
from .lookback import looks_back

# How far the words around a number are read; longer segments are no language of notices.
REACH: Final = 200
_HEAD: Final = 90  # characters of what stands behind the segment, that tell what is given


# 疫苗接种费（18元/剂次）: what is paid stands before the bracket
_OF_PAYMENT_KINDS: Final = frozenset({"money", "time"})
# （以下简称产业园）, （含改扩建）: said by the way
_ASIDE = re.compile(r"（(?:以下|下同|简称|即|含|不含|包括|包含|其中|指|详见|见)[^（）]{0,60}）")


_NEXT: Final = 8  # characters behind a sum in which the list goes on
_LAST_OF_LIST = re.compile(
    r"[^，。；0-9]{0,8}、[^，。；]{0,120}[0-9][万亿]?元(?:[/／][一-龥]{1,3}(?<!给))?"
    r"(?P<shared>(?:给予|予以|的标准|标准|进行|发放)[^，。；]*)"
)


class Page(NamedTuple):
    """What all scenes of a notice share."""

    text: str
    breaks: Breaks
    measures: Measures


Period = Literal["once", "day", "month", "quarter", "year"]
Terms = tuple[str | None, Period | None]


class Setting(NamedTuple):
    """What the place of a group adds to its words."""

    formal: bool = False  # in a list of conditions
    reply: bool = False  # in a reply to a deputy, which reports what is held
    legal: bool = False  # in articles of a regulation
    carried: bool = False  # behind 和, the verb of the group before holds
    past: bool = False  # under a heading that looks back, or behind a date that is past
    due: str | None = None  # the deadline that governs
    goal: bool = False  # a target stands before it in the sentence
    said: Mapping[str, tuple[str | None, ...]] = {}  # by unit, the indicators said last in the list
    paid: Terms = None, None  # the terms of the sum before in the sentence: 每生每月680元，一级园|520元
    told: tuple[str | None, ...] = ()  # every indicator of the sentence so far, one a number
    rate: str | None = None  # the rate that a lead-in names: 月缴费费率按以下标准执行：
    topic: str | None = None  # the payment that the heading names: 外出招聘补助


class Scene:
    """A group in its surroundings. `left` and `right` end at the segment (，。；：) or at a neighbour."""

    def __init__(self, page: Page, group: Group, span: Span, setting: Setting) -> None:
        self.text, self.breaks, self.measures = text, breaks, measures = page
        self.group, self.clause_span, self.setting = group, span, setting
        start, end = group.start, group.end
        self.segment = breaks.segment(start)
        sentence = breaks.sentence(start)
        self.sentence = Span(max(sentence.start, span.start), min(sentence.end, span.end))
        self.floor = max(group.floor, span.start)
        self.left = text[max(self.floor, start - REACH) : start].strip()
        if group.kind not in _OF_PAYMENT_KINDS and ("（" in self.left or "）" in self.left):
            self.left = own_words(text, self.left, span.start, start)
        self.before = text[
            max(self.sentence.start, start - 2 * REACH) : start
        ]  # the sentence up to the group
        # `left` without the adverbs at its end: what the number is said of, or the verb before it
        self.stem = strip_adverbs(self.left, measures)
        stop = self.segment.end if end <= self.segment.end else breaks.segment(end).end
        if (opened := text.rfind("（", end, stop)) >= 0 and text.find("）", opened, stop) < 0:
            closed = text.find("）", stop, stop + _HEAD)  # 1亿元以上（含1亿元，不含土地费用）的
            stop = breaks.segment(closed).end if closed >= 0 else stop
        self.stop = min(stop, span.end)
        far = min(self.stop, end + REACH)
        self.rest = text[end:far]
        self.right = text[end : min(far, group.limit)]
        if group.limit - end <= 1:  # 一所约1600平米标准化机构: the noun stands behind the next number
            self.right = self.rest

    @property
    def behind(self) -> str:
        """The sentence behind the group."""
        return self.text[self.group.end : min(self.sentence.end, self.group.end + REACH)]

    @property
    def shared(self) -> str:
        """直流桩400元/千瓦、交流桩100元/千瓦|给予一次性建设补助: what the last sum says for the list."""
        last = _LAST_OF_LIST.match(self.rest) if self.rest.find("、", 0, _NEXT) >= 0 else None
        return last["shared"] if last is not None else ""

    @property
    def conditional(self) -> bool:
        """Is the number part of a condition: 床位50张以上的医院, 投资1000万元以上的，给予 …?"""
        if self.setting.formal:  # but |补贴|2万元/套 in a list of those who meet conditions is paid
            return not (self.group.kind == "money" and self.measures.shares["paying"].end(self.left))
        items, at = self.group.items, self.stop
        marked = items[-1].after in {">=", "<="} or items[0].before in {">=", "<=", ">", "<"}
        marked = marked or items[0].high is not None
        behind = self.text[at : at + _HEAD]
        money = self.group.kind in {"money", "percent"}
        words = Wording(self.left, self.before, self.rest, behind, marked, money)
        return is_condition(words, self.measures)

    @property
    def background(self) -> bool:
        """截至2022年底，全市共有 … tells what is, and so does nearly all of a reply."""
        setting = self.setting
        return setting.past or looks_back(
            self.before, self.left, self.measures, reply=setting.reply, due=setting.due is not None
        )


def own_words(text: str, left: str, floor: int, at: int) -> str:
    """`left` with its brackets in order: a bracket is a scope of its own; an aside is left out.

    预留30%的号源（其中专家号源 → 其中专家号源; 以下简称基地）数量 → the words before the bracket and 数量.
    """
    opened, closed = left.rfind("（"), left.rfind("）")
    if opened > closed and len(left) - opened > 2:
        return left[opened + 1 :]
    first = left.find("）")
    if first >= 0 and "（" not in left[:first]:
        begin = text.rfind("（", max(floor, at - 2 * REACH), at - len(left) + first)
        if begin >= 0:
            head = max(text.rfind(mark, max(floor, begin - REACH), begin) for mark in "，。；：\n")
            left = text[max(head + 1, floor) : begin] + left[first + 1 :]
    return _ASIDE.sub("", left)


def strip_adverbs(left: str, measures: Measures) -> str:
    """Without the words at the end that change nothing: 分别, 均, 力争."""
    adverbs = measures.indicators["adverbs"]
    while (word := adverbs.end(left)) is not None and not _is_whole(left, word, measures):
        left = left[: -len(word)]
    return left


def _is_whole(words: str, end: str, measures: Measures) -> bool:
    """Does the short word at the end belong to a longer one: 达 of 下达, 为 of 违法行为?"""
    return len(end) == 1 and measures.indicators["whole_ends"].end(words) is not None


def verb_at_end(words: str, measures: Measures) -> str | None:
    """The verb of an indicator that `words` end with; not 约 of 签约."""
    verb = measures.indicators["verbs"].end(words)
    return None if verb is None or _is_whole(words, verb, measures) else verb


def strip_light(words: str) -> str:
    """Without the adverbs of one character at the end."""
    return words.rstrip("均都分别总共也将要到在至为了 ")


def quote_span(scene: Scene, item: Quantity) -> Span:
    """The words that decide the fields: the segment of the group, or the sentence where it is short."""
    start = max(scene.segment.start, scene.clause_span.start)
    stop = scene.stop
    while start < scene.group.start and scene.text[start] in " 　\n\t":
        start += 1
    while stop > scene.group.end and scene.text[stop - 1] in " 　\n\t":
        stop -= 1
    return Span(min(start, item.start), max(stop, item.end))
