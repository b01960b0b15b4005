"""全覆盖 as a target of 100 % (contract, «targets»); 健全覆盖全人群 and 全覆盖的体系 are none."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.lexicon.measures import Measures
from extractor.model import Clause, Span

from .groups import Breaks
from .scene import REACH
from .scopes import scope_in

# 全覆盖 as a level to be reached, not as an attribute (全覆盖的体系, 全覆盖检查) or a motto (全覆盖、零容忍)
_FULL = re.compile(
    r"全覆盖(?=[，。；）)”’\n]|$|及(?!时)|和|与|、(?![零无全重多严]|常态|(?:[^，。；、]{1,6}、){0,3}[^，。；、]{1,6}的)|的?目标|[0-9（])"
)
# the last verb of reaching or the last date in the segment
_VERB = re.compile(
    r"实现|推进|做到|达到|推动|确保|促进|力争|完成|基本|逐步|加快|全面|继续|(?:到)?[0-9]{4}年(?:底|末)?(?:前)?"
)
_DATE_HEAD = re.compile(r"(?:力争|确保|到|至|在){0,3}[0-9]{4}年(?:底|末)?(?:前)?")
_REACHING = re.compile(
    r"(?:基本|逐步|力争|全面|已|均|都|要|将){0,3}(?:实现|推进|做到|达到|推动|确保|促进|完成)?$"
)
_PLACES = ("社区", "城区", "乡镇", "街道", "行政村", "自然村", "村居")
_WORKS = ("建设运营", "建设", "运营", "设置", "配备", "安装", "创建")
# 岸电覆盖率达到90%以上，力争实现|全覆盖
_RATE = re.compile(r"(?P<what>[一-龥（）、]{2,30}?)(?:的)?覆盖(?:率|面)")
_WHOLE = re.compile(r"全(?:国|省|市|区|县|州)|的")


class Coverage(NamedTuple):
    """One 全覆盖: where it stands, what is to be covered, the quote and the scope."""

    at: int
    indicator: str
    span: Span
    scope: str | None


def coverages(text: str, own: Clause, breaks: Breaks, measures: Measures) -> list[Coverage]:
    """Each 全覆盖 of the clause that is a level to be reached."""
    found: list[Coverage] = []
    at = text.find("全覆盖", own.body, own.span.end)
    while at >= 0:
        full = _FULL.match(text, at)
        if full is not None:
            row = _coverage(text, at, own, breaks, measures)
            if row is not None:
                found.append(row)
        at = text.find("全覆盖", at + 3, own.span.end)
    return found


def _coverage(text: str, at: int, own: Clause, breaks: Breaks, measures: Measures) -> Coverage | None:
    start = max(breaks.segment(at).start, own.body, at - REACH)
    left = text[start:at]
    earlier = left.rfind("全覆盖")
    if earlier >= 0:
        left = left[earlier + 3 :].lstrip("和及与、")
    if left.rstrip("%")[-1:].isdigit():
        return None  # 100%全覆盖 is said by its number
    name, tail = _subject(left, measures)
    if len(name) < 2 and (before := breaks.segment_before(start)) is not None and before.start >= own.body:
        rate = _RATE.search(text, before.start, before.end)
        name = _subject(rate["what"], measures)[0] if rate is not None else name
    if len(name) < 2 or "覆盖" in name:
        return None
    indent = len(text[start:at]) - len(text[start:at].lstrip())
    return Coverage(at, name, Span(start + indent, at + 3), scope_in(tail))


def _subject(left: str, measures: Measures) -> tuple[str, str]:
    """The thing to be covered and the words it was taken from: those behind the last verb of reaching,
    else those before it (产前筛查机构基本实现全覆盖; 老年助餐服务设施实现城区全覆盖).
    """
    last = None
    for match in _VERB.finditer(left):
        last = match
    tail = left[last.end() :] if last is not None else left
    whose = tail.strip(" 、的")
    placed = whose in measures.indicators["places"] or whose.endswith(_PLACES) or whose in _WORKS
    if last is not None and (len(tail) < 2 or placed):
        before = _REACHING.sub("", left[: last.end()])
        date = _DATE_HEAD.match(before)
        before = (before[date.end() :] if date is not None else before).strip(" 、的，")
        tail = before if len(before) >= 4 else tail
    whole = _WHOLE.match(tail.strip(" 、的"))
    name = tail.strip(" 、的")
    return (name[whole.end() :] if whole is not None else name).strip(" 、的"), tail
