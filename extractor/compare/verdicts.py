"""What one fact is against another of its matter: higher, lower or equal, earlier or later, or incomparable.

Only numbers of one unit, one sense (a change or a level) and one bound (at least, at most) are compared; else
the verdict is `incomparable` and the reason is said in Chinese.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from extractor.compare.facts import Fact
from extractor.compare.normal import due

Verdict = Literal["higher", "lower", "equal", "incomparable"]
DeadlineVerdict = Literal["earlier", "later", "equal"]
_BOUNDS = {">=": "下限", ">": "下限", "<=": "上限", "<": "上限"}
_SENSES = {"up": "增加数", "down": "减少数", "total": "总数"}
_ROLES = {"benefit": "发放数", "cap": "最高限额", "threshold": "条件", "price": "收费标准", "other": "其他"}


class Judged(NamedTuple):
    """How the first fact is against the second. `verdict` is None for deadlines without a number."""

    verdict: Verdict | None
    difference: float | None = None  # first − second, in the unit that both share
    deadline_verdict: DeadlineVerdict | None = None
    calculation: str = ""
    reason: str = ""


def judged(a: Fact, b: Fact) -> Judged:
    """The numbers and deadlines of two facts of one matter."""
    later = deadlines(a.deadline, b.deadline)
    if a.value is None or b.value is None:
        return Judged(None, deadline_verdict=later)
    steps = [fact.calculation for fact in (a, b) if fact.calculation]
    reason = _unlike(a, b)
    if reason:
        return Judged("incomparable", None, later, "；".join(steps), reason)
    own, other = Decimal(str(a.value)), Decimal(str(b.value))
    verdict: Verdict = "equal" if own == other else "higher" if own > other else "lower"
    return Judged(verdict, float(own - other), later, "；".join(steps))


def deadlines(a: str | None, b: str | None) -> DeadlineVerdict | None:
    """Which is earlier by its last day; None where one has none, or comes every year and the other once."""
    own, other = due(a), due(b)
    if not own or not other or own.startswith("--") != other.startswith("--"):
        return None
    return "equal" if own == other else "earlier" if own < other else "later"


def _unlike(a: Fact, b: Fact) -> str:
    """Why two numbers cannot be compared; "" where they can."""
    if a.unit != b.unit:
        return f"单位不同：{a.unit}，{b.unit}"
    if a.sense != b.sense:
        return f"口径不同：{_SENSES[a.sense]}，{_SENSES[b.sense]}"
    if a.role != b.role:
        return f"性质不同：{_ROLES[a.role]}，{_ROLES[b.role]}"
    bounds = _BOUNDS.get(a.comparator), _BOUNDS.get(b.comparator)
    if None not in bounds and bounds[0] != bounds[1]:
        return f"界限不同：{bounds[0]}，{bounds[1]}"
    if (a.value_high, b.value_high) != (None, None) and (a.value, a.value_high) != (b.value, b.value_high):
        return "区间有重叠" if _overlap(a, b) else ""
    return ""


def _overlap(a: Fact, b: Fact) -> bool:
    (low, high), (start, end) = ((f.value or 0.0, f.value_high or f.value or 0.0) for f in (a, b))
    return low <= end and start <= high
