"""How offices name a place in a notice: 第二部分第（三）项第10条. Pure.

The form follows the marker as printed; where the source has none, the place is named by its heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_FIXED = {"front": "文首", "preamble": "序言", "closing": "结尾", "back": "文后"}
# 二、 → 二; （三） stays; 10. → 10; 一是 → 一
_BARE = re.compile(r"^(?P<number>[^\s、.．。，是要]+)[、.．。，是要]*$")
_SELF_NAMED = re.compile(r"^(?:第.+[章节条款]|附(?:件|表|录).*)$")
_UNITS = {
    "chapter": "章",
    "section": "节",
    "part": "部分",
    "subpart": "项",
    "article": "条",
    "item": "点",
    "row": "行",
}
_LONGEST_HEADING = 24


class Step(NamedTuple):
    """One clause on the way from the top to a place."""

    level: str
    marker: str | None
    heading: str | None
    ref: str


def place(way: Sequence[Step]) -> str:
    """The place at the end of `way`, as it is cited.

    >>> place((Step("part", "二、", "政策", "2"), Step("subpart", "（三）", None, "2.3")))
    '第二部分第（三）项'
    """
    return "".join(_step(step) for step in way)


def short_place(way: Sequence[Step]) -> str:
    """The markers on the way: 二（三）10."""
    marks = (step.marker or _FIXED.get(step.level) or _row(step) or "" for step in way)
    joined = ""
    for mark in filter(None, (mark.strip("、. ．：:") for mark in marks)):
        apart = joined and not (joined.endswith("）") or mark.startswith("（"))
        joined += f"·{mark}" if apart else mark
    return joined or (way[-1].ref if way else "")


def citation(title: str | None, doc_number: str | None, way: Sequence[Step]) -> str:
    """《…实施方案》（西发〔2023〕8号）第二部分第（三）项第10条."""
    number = f"（{doc_number}）" if doc_number else ""
    return f"{f'《{title}》' if title else '（无题名文件）'}{number}{place(way)}"


def _step(step: Step) -> str:
    if step.level in _FIXED:
        return _FIXED[step.level]
    mark = (step.marker or "").strip()
    if not mark:
        return _row(step) or f"“{(step.heading or step.ref)[:_LONGEST_HEADING]}”"
    if _SELF_NAMED.match(mark):
        return mark.rstrip("：:")
    bare = _BARE.match(mark)
    number = bare["number"] if bare else mark
    return f"第{number}{_UNITS.get(step.level, '项')}"


def _row(step: Step) -> str:
    """第14行 of a table: a2.14 → 14."""
    return f"第{step.ref.rpartition('.')[2]}行" if step.level == "row" else ""
