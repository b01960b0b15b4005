"""From hits to groups: ranges become one quantity, quantities said in a row become one group.

A group is what the later rules judge: 不低于70%、93%和92% is one group of three quantities that share
their left and right context; 5000元以上5万元以下 is one quantity with two hits.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from extractor.lexicon.measures import Kind, Measures
from extractor.model import Comparator, Span
from extractor.numerals import LARGE, SMALL

from .comparators import BRACKET, said_after, said_before
from .hits import Hit

# not 。 of 100元/人。年的护理补贴, a point between units that came out as a stop
_BREAK = re.compile(
    r"[，；！？：\n;!?]|。(?!(?<=[/／][一-龥]。)[年月日天季](?:的|[，。；、）\n]|$))|,(?![0-9])|:(?![0-9])"
)
_ENDS: Final = frozenset("；。！？\n;!?")
# — · 至 · （含）至 between the two ends of a range
_TO = re.compile(rf"\s?{BRACKET}(?:[-—–~～－]{{1,2}}|至|到)\s?")
# 以上 · （含）以上 · 及以上至 between the two ends of a legal range: 5000元以上5万元以下
_OVER = re.compile(
    rf"{BRACKET}[及含]?以上{BRACKET}(?:、|至|到|，|[-—–~～－])?(?:不满|未满|不超过|低于|少于|不足)?"
)
# 5000万元以上、1亿元|以上和2亿元以上: members of a list, no range
_ABOVE = re.compile(rf"{BRACKET}[及含]?以上")
_AND = re.compile(r"\s?(?:、|和|与|及|以及|或者|或|，)?\s?")
# /项 · （达到A类） behind a sum, before the next one of its row
_ASIDE = re.compile(r"[/／][一-龥]{1,4}|[（(][^（）()，。；0-9]{1,16}[)）]")
_ASIDES: Final = frozenset("/／（(")
_PER = re.compile(r"[/／](?:[一-龥]{1,2}|平方[公千]?[米里])(?=以[上下内])")
_LONGEST: Final = 50  # numbers said in a row; longer rows are no language of notices
_CLOSES: Final = frozenset("，。；、和与及以的\n") | {""}
_SHARED_UNITS: Final = frozenset({"money", "percent", "time", "rank", "count", "people", "measure"})
_ROWS: Final = frozenset({"money", "percent"})
# 、居民参保人员每人每天 between two sums of one enumeration
_ENUMERATED = re.compile(r"(?:[/／][一-龥]{1,4}|[一-龥]{2,8})?、[^，。；：！？、0-9\n]{0,20}")


class Breaks:
    """Where the segments (，：) and the sentences (。；) of a text end."""

    __slots__ = ("length", "segment_ends", "sentence_ends")

    def __init__(self, text: str) -> None:
        self.length = len(text)
        self.segment_ends = [mark.start() for mark in _BREAK.finditer(text)]
        self.sentence_ends = [at for at in self.segment_ends if text[at] in _ENDS]

    def segment(self, at: int) -> Span:
        return self._around(self.segment_ends, at)

    def sentence(self, at: int) -> Span:
        return self._around(self.sentence_ends, at)

    def segment_before(self, start: int) -> Span | None:
        """The segment that ends right before `start`, where it belongs to the same sentence."""
        i = bisect_left(self.segment_ends, start) - 1
        if i < 0 or self.segment_ends[i] in self._sentence_set(i):
            return None
        return Span(self.segment_ends[i - 1] + 1 if i else 0, self.segment_ends[i])

    def _sentence_set(self, i: int) -> tuple[int, ...]:
        at = self.segment_ends[i]
        j = bisect_left(self.sentence_ends, at)
        return (at,) if j < len(self.sentence_ends) and self.sentence_ends[j] == at else ()

    def _around(self, ends: list[int], at: int) -> Span:
        i = bisect_right(ends, at - 1)
        start = ends[i - 1] + 1 if i else 0
        return Span(start, ends[i] if i < len(ends) else self.length)


class Quantity(NamedTuple):
    """One number, or the two ends of a range, with its comparator. Runs over [start, end)."""

    hits: tuple[Hit, ...]
    start: int  # where 不低于 begins
    end: int  # behind 以上
    value: Decimal | None
    high: Decimal | None
    unit: str
    scale: str
    kind: Kind
    before: Comparator  # what the words before say
    after: Comparator

    @property
    def numbers(self) -> tuple[Span, ...]:
        return tuple(Span(h.start, h.end) for h in self.hits)

    @property
    def comparator(self) -> Comparator:
        if self.high is not None:
            return "="
        if self.after in {">=", "<="} and self.before not in {">=", "<=", ">", "<"}:
            return self.after
        return self.before if self.before != "=" else self.after


class Group(NamedTuple):
    """Quantities said in a row, and the clause they stand in."""

    clause: int
    items: tuple[Quantity, ...]
    floor: int  # where the words of this group's own segment begin
    limit: int  # where the next group begins

    @property
    def start(self) -> int:
        return self.items[0].start

    @property
    def end(self) -> int:
        return self.items[-1].end

    @property
    def kind(self) -> Kind:
        return self.items[0].kind

    def comparator(self, item: Quantity) -> Comparator:
        """What the words say of `item`; a word before the first or behind the last holds for all."""
        if item.comparator != "=" or item.high is not None:
            return item.comparator
        first, last = self.items[0].before, self.items[-1].after
        return first if first != "=" else last


def quantities_of(text: str, hits: Sequence[Hit], measures: Measures) -> list[Quantity]:
    """The hits that are still open (no class by shape), ranges joined, units said once dealt out."""
    hits = _with_shared_units(text, hits)
    found: list[Quantity] = []
    i = 0
    while i < len(hits):
        first = hits[i]
        second = hits[i + 1] if i + 1 < len(hits) else None
        if second is not None and _is_range(text, first, second):
            found.append(_quantity(text, (first, second), measures))
            i += 2
        else:
            found.append(_quantity(text, (first,), measures))
            i += 1
    return found


def _with_shared_units(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """最高50万、30万、10万元 · 5、3、2万元: the unit behind the last number counts for all."""
    shared = list(hits)
    for i in range(len(shared) - 2, -1, -1):
        hit, following = shared[i], shared[i + 1]
        if hit.unit or following.kind not in _SHARED_UNITS or hit.base is None:
            continue
        if text[hit.after : following.start] == "、" and not hit.about:
            scale = hit.scale or following.scale
            value = hit.value if hit.scale else hit.base * _scale(scale)
            shared[i] = hit._replace(unit=following.unit, kind=following.kind, scale=scale, value=value)
    return shared


def _is_range(text: str, first: Hit, second: Hit) -> bool:
    if not (first.unit or second.unit) and first.scale == second.scale and second.scale in {"万", "亿"}:
        rises = first.value is not None and second.value is not None and first.value <= second.value
        return rises and _TO.fullmatch(text[first.after : second.start]) is not None  # 5万—30万|的资助
    if not second.unit or (first.unit and first.unit != second.unit) or second.start - first.after > 14:
        return False
    low, high = _low(first, second), second.value
    if low is None or high is None or low > high:  # 1.5万到60%: two numbers, whatever stands between
        return False
    between = text[first.after : second.start]
    if _TO.fullmatch(between):
        return True
    if not first.unit or low == high or _OVER.fullmatch(between) is None:
        return False
    return "、" not in between or _ABOVE.match(text, second.after) is None


def _low(first: Hit, last: Hit) -> Decimal | None:
    """The lower end of a range: 5—10万元 begins at 50000."""
    if first.value is None or first.unit or first.scale or not last.scale:
        return first.value
    return first.value * _scale(last.scale)


def _quantity(text: str, hits: tuple[Hit, ...], measures: Measures) -> Quantity:
    first, last = hits[0], hits[-1]
    start, before = said_before(text, first.start, last.kind, measures)
    end, after = said_after(text, last.after, measures)
    if after == "=" and (per := _PER.match(text, last.after)) is not None:  # 50元/平方米以上
        over = said_after(text, per.end(), measures)
        end, after = over if over[1] != "=" else (end, after)
    if last.about and after == "=":
        after = "~"
    low = _low(first, last) if len(hits) == 2 else first.value
    scale = last.scale
    return Quantity(
        hits,
        start,
        end,
        low,
        last.value if len(hits) == 2 else None,
        last.unit,
        scale,
        last.kind,
        before,
        after,
    )


def _scale(scale: str) -> int:
    product = 1
    for char in scale:
        product *= SMALL.get(char) or LARGE.get(char) or 1
    return product


def groups_of(text: str, clause: int, items: Sequence[Quantity], breaks: Breaks) -> list[Group]:
    """Consecutive quantities of one kind with nothing but 、 or 和 (and an aside) between them."""
    groups: list[Group] = []
    for item in items:
        if groups:
            last = groups[-1]
            if len(last.items) < _LONGEST and _in_a_row(text, last, item):
                groups[-1] = last._replace(items=(*last.items, item))
                continue
            item = _enumerated(text, last.items[-1], item)
        floor = breaks.segment(item.start).start
        if groups and groups[-1].floor > floor:
            floor = groups[-1].floor  # 超500亿元的5个、超300亿元的20个: still the words of the last member
        if (
            groups
            and groups[-1].end > floor
            and text[groups[-1].end : groups[-1].end + 1] in {"、", "和", "与", "及", "以", "或", "）", ")"}
        ):
            floor = groups[-1].end
        elif groups and groups[-1].end > floor and text[item.start - 1] in "、和与及":
            floor = item.start - 1  # 建设1个甲中心和1个乙中心
        groups.append(Group(clause, (item,), floor, breaks.length))
    nexts = [*(g.start for g in groups[1:]), breaks.length][: len(groups)]
    return [g._replace(limit=limit) for g, limit in zip(groups, nexts, strict=True)]


def _in_a_row(text: str, last: Group, item: Quantity) -> bool:
    """70%、93%和92% · 100万元/项、50万元/项 · 500万元（达到A类）、200万元（达到B类）"""
    if last.kind != item.kind or not (item.unit == last.items[-1].unit or item.kind == "percent"):
        return False
    if item.kind == "time" and item.before != "=" and last.items[-1].before == "=":
        return False  # 学制加15年、最长不超过22年
    at = last.end
    aside = _ASIDE.match(text, at) if item.kind in _ROWS and text[at : at + 1] in _ASIDES else None
    if aside is not None:
        at = aside.end()
    between = text[at : item.start]
    if "，" in between and text[item.end : item.end + 1] not in _CLOSES:
        return False  # 湿地保护率达到55%，60%沙化土地得到治理
    return 0 < len(between) <= 4 and bool(between.strip()) and _AND.fullmatch(between) is not None


def _enumerated(text: str, last: Quantity, item: Quantity) -> Quantity:
    """限额为职工每人每天120元、居民每人每天60元: the comparator said first holds for the second sum too."""
    if item.kind != "money" or last.kind != "money" or item.comparator != "=" or item.high is not None:
        return item
    if last.before not in {"<=", ">="} or not 0 < item.start - last.end <= 24:
        return item
    return item._replace(before=last.before) if _ENUMERATED.fullmatch(text, last.end, item.start) else item
