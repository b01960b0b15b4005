"""Rows of `targets`: levels to be reached or held, in the plan's own terms (contract, «targets»)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from extractor.model import Span, Target

from .groups import Quantity
from .indicators import indicators
from .scene import Scene, quote_span
from .scopes import place_of, scope_of

# 150万元/亩: an economic level by its measure
_PER = re.compile(r"/[一-龥]{1,3}(?=[，。；、）以左]|$)")
_PER_TIME = re.compile(r"/[日天年月时](?=[，。；、）以左]|$)")  # 24万吨/日: a capacity
_RATIOS: Final = {"%": 100, "％": 100, "‰": 1000, "‱": 10_000, "成": 10}


def target_rows(scene: Scene, rule: str, dues: Sequence[str | None], scope: str | None) -> Iterator[Target]:
    """One row a number of the group; `dues` are as many as the numbers."""
    names = indicators(scene, rule)
    span = quote_span(scene, scene.group.items[0])
    where = place_of(scene) or scope_of(scene, scope)
    for item, name, due in zip(scene.group.items, names, dues, strict=True):
        value, high, unit = printed(item)
        if value is None:
            continue
        form = _PER if item.kind == "money" else _PER_TIME
        per = form.match(scene.text, item.hits[-1].after)
        unit += per.group() if per is not None else ""
        yield Target(
            clause=scene.group.clause, span=Span(min(span.start, item.start), max(span.end, item.end)),
            numbers=item.numbers, value=value, unit=unit, rule=rule, value_high=high,
            comparator=scene.group.comparator(item), indicator=name, deadline=due, scope=where,
            normal_value=normal(value, unit, item),
        )  # fmt: skip


def printed(item: Quantity) -> tuple[Decimal | None, Decimal | None, str]:
    """Value, upper end and unit as printed: 1.5 and 万个 of 1.5万个, 8 and /10万 of 8/10万."""
    first, last = item.hits[0], item.hits[-1]
    if last.base is None:
        return item.value, item.high, item.unit
    unit = item.scale + item.unit
    if len(item.hits) == 1:
        return last.base, None, unit
    if first.scale and first.scale != last.scale:
        return item.value, item.high, item.unit  # 5千—1万个: no one printed unit fits both
    return first.base, last.base, unit


def normal(value: Decimal, unit: str, item: Quantity) -> Decimal | None:
    """Rates as a fraction, multipliers multiplied out (contract: 8/10万 → 0.00008; 1.5万个 → 15000)."""
    if unit in _RATIOS:
        return value / _RATIOS[unit]
    return value / 100 if unit.endswith("百分点") else item.value
