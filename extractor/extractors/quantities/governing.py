"""What the dates of a clause govern: the levels behind them, and what is due when (`deadlines`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extractor.model import Clause, Deadline, Span

from .deadlines import JOINED, Due
from .groups import Breaks

_OF_ALL = re.compile("(?:均(?:须|应当?|要|需|为|力争)?|(?<=[，；。])务必?)(?:于|在|到)?$")
_AROUND: Final = " \n\t　）)】”"  # （完成时限：2025年12月底|）: of the bracket, not of a task
_ROW: Final = 1_000  # how far before its date the words of a task row are looked for
_HALF = re.compile(r"(?<![年度])[上下]半年")  # 2025年上半年 is a date of its own
_DATED: Final = frozenset("0123456789年月日号底末")  # 2021年至2025年: a range, no 至 of a date


def _start(due: Due) -> int:
    return due.start


def governing(dues: Sequence[Due], at: int, inherited: str | None) -> tuple[str | None, bool]:
    """The deadline that holds at `at`, and whether the words there tell of the past."""
    i = bisect_right(dues, at, key=_start)
    return (dues[i - 1].due, dues[i - 1].past) if i else (inherited, False)


def trailing(text: str, dues: Sequence[Due], at: int, breaks: Breaks) -> str | None:
    """…达到95%，三项指标均须于2026年8月底前达到: the date behind, where it is said of all before it."""
    i = bisect_right(dues, at, key=_start)
    if i == len(dues) or dues[i].start >= breaks.sentence(at).end:
        return None
    return dues[i].due if _OF_ALL.search(text, max(at, dues[i].start - 10), dues[i].start) else None


def of_half(words: str, due: str | None) -> str | None:
    """上半年使用率达到50%: by the middle of the year that governs; `due` where no half is said.

    The half of a year that nothing names says no date.
    """
    half = _HALF.search(words) if "半年" in words else None
    if half is None:
        return due
    year = due[:4] if due is not None and due[:4].isdigit() else None
    return year and f"{year}-{'06-30' if half.group() == '上半年' else '12-31'}"


def of_column(text: str, dues: Sequence[Due], clause: Clause) -> str | None:
    """The date that stands alone in a cell of a task row: it holds for the row where its words say none."""
    if clause.level != "row":
        return None
    for due in reversed(dues):
        if due.due is not None and text[due.start - 1 : due.start] == "\n" and due.start > clause.body:
            return due.due
    return None


def dealt(text: str, dues: Sequence[Due], at: int, count: int) -> tuple[str | None, ...] | None:
    """2023年、2024年、2025年 before as many numbers: a deadline each."""
    i = bisect_right(dues, at, key=_start)
    if count < 2 or i < count:
        return None
    run = dues[i - count : i]
    joined = all(text[a.stop : b.start] in JOINED for a, b in pairwise(run))
    longer = i > count and text[dues[i - count - 1].stop : run[0].start] in JOINED
    return tuple(due.due for due in run) if joined and not longer else None


def deadline_rows(text: str, clause: Clause, at: int, dues: Sequence[Due], breaks: Breaks) -> list[Deadline]:
    """One row a date by which something is to be done; its task runs to the end of the sentence.

    `at` is the place of `clause` in the notice. Dates said together share their task.
    """
    rows: list[Deadline] = []
    if not dues:
        return rows
    stop = clause.span.end
    lasts = list(range(len(dues)))  # of each date, the last of those it is said with
    for i in range(len(dues) - 2, -1, -1):
        if text[dues[i].stop : dues[i + 1].start] in JOINED:
            lasts[i] = lasts[i + 1]
    for due, last in zip(dues, lasts, strict=True):
        if due.due is None or not due.explicit:
            continue
        end = min(breaks.sentence(dues[last].stop).end, stop)
        if last + 1 < len(dues) and dues[last + 1].start < end:
            end = max(dues[last].stop, breaks.segment(dues[last + 1].start).start - 1)
        begin = dues[last].stop + (text[dues[last].stop : dues[last].stop + 1] in {"，", "、", ",", "："})
        task = text[begin:end].strip(_AROUND).rstrip("，、") or _task_before(text, due, clause, breaks)
        quote = text[due.start : max(end, due.stop)].rstrip("，、 \n")
        span = Span(_opens(text, due.start, clause.body), due.start + len(quote))
        rows.append(Deadline(at, span, due.due, "date-by-which", task or None))
    return rows


def _opens(text: str, at: int, floor: int) -> int:
    """Where the words of the date at `at` begin: with the “ of “十四五”期间 and the 到 of 到2025年."""
    if at - 1 >= floor and text[at - 1] == "“":
        at -= 1
    if at - 1 >= floor and text[at - 1] in "到至" and text[max(0, at - 2)] not in _DATED:
        at -= 1
    return at


def _task_before(text: str, due: Due, clause: Clause, breaks: Breaks) -> str:
    """力争…于2025年底前。 and the date in the last cell of a row: the task is said before."""
    if clause.level == "row" and text[due.start - 1 : due.start] == "\n":
        cells = text[max(clause.body, due.start - _ROW) : due.start].split("\n")
        return max((cell.strip() for cell in cells), key=len)
    lead = breaks.segment(due.start)
    return text[max(lead.start, clause.body, due.start - 60) : due.start].rstrip("到于在至（(")
