"""Dates that govern: until when a level is to be reached, and what is due when.

Source of the rules: the contract, «targets … deadline» and `deadlines`. A deadline holds from where it is
said until another takes over; 截至 … and dates that are passed end it: they tell what is, not what shall be.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from typing import Final, NamedTuple

from extractor.numerals import parse

from .groups import Breaks
from .hits import Hit

_PLANS: Final = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}
# 到 · 力争到 · 截至 before a date
_LEFT = re.compile(
    r"(?P<past>截至目前|截至|截止|自从|自|从|于|较|比|与|同|以|相比|超过|按照|参照|依据|根据|追溯至)$|(?P<to>到|至|在|力争|确保|争取|预计|计划|不迟于|最迟于|最晚于|不晚于|最迟|延长至|[-—–~～－])$"
)
# 底前 · 年底 · 前 · 期间 behind a date
_RIGHT = re.compile(
    r"(?P<half>上半年|下半年)?(?:第?(?P<quarter>[一二三四1-4])季度)?(?P<end>年底|年末|底|末|月底|月末)?"
    r"(?P<by>之?前|以前|内|期间|时期|期末|末|为止|止|时(?![，。]?间))?"
)
_MARKED = re.compile(r"\s?[0-9]{1,3}[.．]\s?")  # 20.|2025年改造提升300个
_NOT_DUE = re.compile(
    r"起|以来|度(?!计划|目标|任务)|修订|修正|版|第|印发|发布|制定|出台|实施的|开始|全国|新出生|出生|为基|相比|基数|水平|后"
)
_QUARTERS: Final = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_DATE = re.compile(
    r"(?:(?P<year>[0-9]{4})\s?[年\-./]?)?\s?(?:(?P<month>[0-9]{1,2})\s?[月\-./]?)?(?:\s?(?P<day>[0-9]{1,2})\s?[日号]?)?"
)
_CHINESE_DATE = re.compile(
    r"(?:(?P<year>[〇零○一二三四五六七八九]{4})年)?(?:(?P<month>[一二三四五六七八九十]{1,2})月)?(?:(?P<day>[一二三四五六七八九十]{1,3})日)?"
)

# between two dates that are said together: 到2022年和2030年
JOINED: Final = frozenset({"和", "、", "及", "与", "或", "以及"})
# 三年行动计划（2021—2023年）: the years are part of a name
_NAMED_AFTER = re.compile(r"(?:计划|方案|规划|行动|纲要|工程|项目)[（(][^（）()]{0,10}$")


_ENDS: Final = frozenset({"", "底", "末", "底前", "前", "年底", "之前"})
_REACHED = re.compile("(?:达到?|不低于|不少于|提高到|提升到|降至|降到|力争)[0-9]")
_MONTHS = re.compile("月[至到—-]$")
# 第一阶段：|2008年8月—2009年12月: a period that a line is headed with ends with its last month
_SPELL = re.compile(r"\s?[-—–~～－至到]{1,2}\s?[0-9]{4}\s?年\s?[0-9]{1,2}\s?月")
_OF_SPELL = re.compile(r"[年月]\s?[-—–~～－至到]{1,2}\s?$")
_LINE_ENDS = re.compile(r"[）)。]{0,2}(?:\n|$)")
_TITLE: Final = 80  # how far before a date its 《 may stand


class Due(NamedTuple):
    """From `start` on this date governs; `due` is None where the words tell of the past."""

    start: int
    stop: int  # behind 底前
    due: str | None
    explicit: bool  # said as a deadline: 到…, …前
    past: bool = False


def dues_of(
    text: str, hits: Sequence[Hit], breaks: Breaks, issued: int | None, *, row: bool = False
) -> list[Due]:
    """The governing dates among `hits` (of one clause), in reading order.

    In the row of a task table (`row`) a date alone in its cell says by when.
    """
    found: list[Due] = []
    year: int | None = None
    for hit in hits:
        if hit.cls not in {"date", "name"}:
            continue
        word = text[hit.start : hit.end]
        if (hit.cls == "name" and word not in _PLANS) or _in_a_name(text, hit.start):
            continue
        joined = bool(found) and text[found[-1].stop : hit.start] in JOINED  # 到2022年和2030年
        every = bool(found) and (found[-1].due or "").startswith("--")  # 每年3月底前…，6月底前…
        said = joined or (row and _alone(text, hit))
        due = _due(text, hit, word, breaks, issued, year, said=said, yearly=every and year is None)
        if due is not None and joined:
            due = due._replace(explicit=found[-1].explicit)
        if hit.cls == "date" and word[:2] in {"19", "20"}:
            year = int(word[:4]) if word[:4].isdigit() else year
        if due is not None:
            found.append(due)
    return found


def _in_a_name(text: str, at: int) -> bool:
    """《…行动计划（2021—2023年）》: no deadline of this notice."""
    head = max(0, at - _TITLE)
    opened = text.rfind("《", head, at)
    if opened >= 0 and opened > text.rfind("》", head, at):
        return True
    return _NAMED_AFTER.search(text, max(0, at - 14), at) is not None


def _alone(text: str, hit: Hit) -> bool:
    """A line that holds the date and nothing else: the cell of a column 完成时限."""
    behind = text[hit.end : hit.end + 4].partition("\n")[0].strip()
    return (hit.start == 0 or text[hit.start - 1] == "\n") and behind in _ENDS


def _due(
    text: str,
    hit: Hit,
    word: str,
    breaks: Breaks,
    issued: int | None,
    year: int | None,
    *,
    said: bool,
    yearly: bool,
) -> Due | None:
    at = hit.end + (text[hit.end : hit.end + 1] in {"”", '"'})
    right = _RIGHT.match(text, at)
    assert right is not None  # every part of it is optional
    left_text = text[max(0, hit.start - 6) : hit.start].rstrip('“"每 ')
    left = _LEFT.search(left_text)
    if hit.cls == "name":
        if text.startswith("以来", at):
            return Due(hit.start, at + 2, None, False, True)
        if not (right["by"] or right["end"]):
            return None
        if issued is not None and _PLANS[word] < issued:
            return Due(hit.start, right.end(), None, False, True)
        return Due(hit.start, right.end(), str(_PLANS[word]), True)
    spell = _OF_SPELL.search(left_text) is not None and word[:4].isdigit() and "月" in word
    if _SPELL.match(text, hit.end) or (spell and not _LINE_ENDS.match(text, hit.end)):
        return None
    if spell:
        return Due(hit.start, right.end(), word[:4], False)
    if left_text.endswith(("已于", "已在")) or (right.end() == hit.end and _MONTHS.search(left_text)):
        return None  # 已于2020年4月底前缴清; 2024年3月至|8月间
    if right["by"] in {"前", "之前", "以前"} and text.startswith("已", right.end()):
        return None  # 在2023年12月31日前|已签订合同的: whom it concerns
    if left is not None and left["past"] == "于" and right["by"]:
        left = None  # 于2025年9月15日前报送
    if left is not None and left["past"]:
        return Due(hit.start, right.end(), None, False, True) if left["past"].startswith("截") else None
    yearly = yearly or text[max(0, hit.start - 4) : hit.start].endswith(
        ("每年", "于每年", "每年的", "每年度")
    )
    parts = _parts(word)
    if parts is None:
        return None
    explicit = said or bool(
        right["by"] or right["end"] or right["half"] or right["quarter"] or (left is not None and left["to"])
    )
    if not (right["by"] or right["end"]) and _NOT_DUE.match(text, right.end()):
        return None
    begins = breaks.segment(hit.start).start
    at_segment_start = hit.start - begins <= 2 or _MARKED.fullmatch(text, begins, hit.start) is not None
    at_segment_start = at_segment_start or _said_here(text, hit)
    if not explicit and (parts[2] is not None or not at_segment_start):
        return None
    if (
        left is not None
        and left["to"]
        and parts[2] is not None
        and right["by"] in {None, "期间", "时期", "内"}
        and text[hit.start - 1] in "至到-—–~～－"
    ):
        return None  # 2023年1月1日至2025年12月31日: a period, not a deadline
    due = _resolve(parts, right, yearly, year, explicit)
    if due is None:
        return Due(hit.start, right.end(), None, False) if explicit else None
    if issued is not None and due[:4].isdigit() and int(due[:4]) < issued:
        return Due(hit.start, right.end(), None, False, True)
    return Due(hit.start, right.end(), due, explicit)


def _said_here(text: str, hit: Hit) -> bool:
    """覆盖率2025年|达90%, 其中2024年|500公里、2025年|850公里: in the middle of a segment."""
    if _REACHED.match(text, hit.end) or text.startswith("其中", max(hit.start - 2, 0)):
        return True
    return text[hit.start - 1 : hit.start] == "、" and text[hit.end : hit.end + 1].isdigit()


def _parts(word: str) -> tuple[int | None, int | None, int | None] | None:
    arabic = word[0].isdigit()
    found = (_DATE if arabic else _CHINESE_DATE).fullmatch(word)
    if found is None:
        return None
    if arabic:
        year, month, day = (int(part) if part else None for part in found.group("year", "month", "day"))
        if year is None and "月" not in word:
            return None
    else:
        year, month, day = (_int(part) for part in found.group("year", "month", "day"))
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    return year, month, day


def _int(word: str | None) -> int | None:
    value = parse(word) if word else None
    return None if value is None else int(value)


def _resolve(
    parts: tuple[int | None, int | None, int | None],
    right: re.Match[str],
    yearly: bool,
    said: int | None,
    explicit: bool,
) -> str | None:
    """ISO date, year, or `--11-30`; a month without a year takes the year said before in the clause."""
    year, month, day = parts
    if year is None and month is not None and not yearly:
        year = said
        if year is None:
            return None
    if year is None and not yearly:
        return None
    head = "-" if year is None else str(year)
    if month is None and year is not None:
        if right["half"] == "上半年":
            return f"{head}-06-30"
        if right["quarter"]:
            month = _QUARTERS[right["quarter"]]
        elif right["end"] or right["half"]:
            return f"{head}-12-31"
        else:
            return head
    if month is None:
        return None
    if day is None:
        if not explicit:
            return None if year is None else head
        day = 28 if year is None and month == 2 else monthrange(year or 2023, month)[1]
    return f"{head}-{month:02d}-{day:02d}"
