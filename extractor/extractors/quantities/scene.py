"""The words around a group of quantities, cut once for all rules."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from extractor.lexicon.measures import Measures
from extractor.model import Span

from .groups import Breaks, Group, Quantity
from .lookback import looks_back

# given to someone, at the head of the segment behind: 给予…, 按…, 由区财政给予…
_GIVES = re.compile(
    r"(?:由[^，。；]{1,12})?(?:再|可|均|分别|一次性|每年|按|依法|并|且)?(?:给予|予以|享受|奖励|补助|补贴|处以?[^理置]|按照?|发放|奖补|资助|减|免|责令|可(?:以|按|享)?|支持|对其|依申请|最高|授予|优先|认定)"
)
# 应当具备下列条件： · 有下列情形之一的，不予受理： opens a list
_OPENS_LIST = re.compile(r"(?:条件|情形)[^。；：:]{0,24}[：:]")
# a heading over a list: 申报条件
_HEADS_LIST = re.compile(
    r"(?:申[报请]|准入|认定|享受|支持|入驻|补助|享有|资格|基本|设立|聘任|评选|参评|推荐)条件[：:。]?\s*$"
)
# 50万元以下的罚款, 10万元的一次性奖励: paid, not a condition
_OF_PAYMENT = re.compile(
    r"的?(?:一次性)?[^，。；的企项]{0,8}(?:罚款|罚金|奖励|奖补|补助|补贴|资助|奖金|支持|扶持|补偿|贷款|授信|津贴|救助|资金|慰问金|保费|红包|消费券|优惠)"
)
# 营收首次达到2000万元的奖励5万元: paid behind the condition, with its own sum
_PAID_BEHIND = re.compile(
    r"的(?:再|可|分别|一次性|，)?(?:给予|予以|奖励|补助|补贴|资助|奖补|按)[^，。；]{0,12}?[0-9一二三四五六七八九十]"
)
_OPENS = re.compile(r"(?:^|[，。；：、\n（(]|并且|且|并)\s?(?:凡|对于?|为|给予|若|如|当|经)")


# How far the words around a number are read; longer segments are no language of notices.
REACH: Final = 200


# 疫苗接种费（18元/剂次）: what is paid stands before the bracket
_OF_PAYMENT_KINDS: Final = frozenset({"money", "time"})
# （以下简称产业园）, （含改扩建）: said by the way
_ASIDE = re.compile(r"（(?:以下|下同|简称|即|含|不含|包括|包含|其中|指|详见|见)[^（）]{0,60}）")


class Page(NamedTuple):
    """What all scenes of a notice share."""

    text: str
    breaks: Breaks
    measures: Measures


class Setting(NamedTuple):
    """What the place of a group adds to its words."""

    formal: bool = False  # in a list of conditions
    reply: bool = False  # in a reply to a deputy, which reports what is held
    legal: bool = False  # in articles of a regulation
    carried: bool = False  # behind 和, the verb of the group before holds
    past: bool = False  # under a heading that looks back, or behind a date that is past
    due: str | None = None  # the deadline that governs
    goal: bool = False  # a target stands before it in the sentence


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
    def conditional(self) -> bool:
        """Is the number part of a condition: 床位50张以上的医院, 投资1000万元以上的，给予 …?"""
        if self.setting.formal:
            return True
        right, at = self.rest, self.stop
        mark = self.text[at : at + 1]
        if mark in {"，", ","} and _GIVES.match(self.text, at + 1) and not _GIVES.search(self.left):
            return right.endswith("的") or _OPENS.search(self.before) is not None
        if _PAID_BEHIND.match(right) and _OPENS.search(self.before) is not None:
            return True
        if _OF_PAYMENT.match(right):
            return False
        if right.startswith("的") and not self.measures.shares["aims"].begin(right):
            items = self.group.items
            return items[-1].after in {">=", "<="} or items[0].before in {">=", "<=", ">", "<"}
        return right.endswith("的") and mark in {"，", ",", "；", "。"}

    @property
    def background(self) -> bool:
        """截至2022年底，全市共有 … tells what is, and so does nearly all of a reply."""
        setting = self.setting
        return setting.past or looks_back(
            self.before, self.left, self.measures, reply=setting.reply, due=setting.due is not None
        )


def own_words(text: str, left: str, floor: int, at: int) -> str:
    """`left` with its brackets in order: a bracket is a scope of its own, and one said by the way is left out.

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
    while (word := adverbs.end(left)) is not None:
        left = left[: -len(word)]
    return left


def strip_light(words: str) -> str:
    """Without the adverbs of one character at the end."""
    return words.rstrip("均都分别总共也将要到在至为了 ")


def opens_conditions(own_words: str) -> bool:
    """Do the words of a clause open a list of conditions in its children: 应当具备下列条件：?"""
    end = own_words[-60:].rstrip()
    return _HEADS_LIST.search(end) is not None or (
        end[-1:] in {"：", ":"} and _OPENS_LIST.search(end) is not None
    )


def among_conditions(before: str) -> bool:
    """Does a list of conditions that opened in the same clause go on here?"""
    return _OPENS_LIST.search(before) is not None


def quote_span(scene: Scene, item: Quantity) -> Span:
    """The words that decide the fields: the segment of the group, or the sentence where it is short."""
    start = max(scene.segment.start, scene.clause_span.start)
    stop = scene.stop
    while start < scene.group.start and scene.text[start] in " 　\n\t":
        start += 1
    while stop > scene.group.end and scene.text[stop - 1] in " 　\n\t":
        stop -= 1
    return Span(min(start, item.start), max(stop, item.end))
