"""A number word with its unit, as the scan finds it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from extractor.lexicon.measures import Kind, Measures
from extractor.model import NumberClass

# /千人 · /平方公里 · /立方米 · /10万
_COMPOUND = re.compile(
    r"/(?:[0-9]{0,5}[百千万]?[一-龥A-Za-z³²]{1,4}?(?=[，。；、）)以左的和及\s]|$)|[0-9]{1,6}万?)"
)
# 家（次）, 套（间）: both are counted
_OR_UNIT = re.compile(r"[（(](?P<other>[一-龥]{1,2})[）)]")
_AND_A_HALF = re.compile("半(?![年月天日数载径成价票费薪免租额])")  # 挂职一年|半


class Hit(NamedTuple):
    """One number word. `start`, `end` are its row in the ledger; the unit runs from `end` to `after`."""

    start: int
    end: int
    value: Decimal | None
    unit: str = ""  # as printed, without the multiplier: 亩 for 10万亩
    kind: Kind = ""
    after: int = 0  # behind the unit
    cls: NumberClass | None = None  # decided by the shape alone
    base: Decimal | None = None  # 1.5 of 1.5万
    scale: str = ""  # 万 of 1.5万
    about: bool = False  # 30余家, 100多个


def with_unit(text: str, hit: Hit, measures: Measures) -> Hit:
    """`hit` with the longest known unit behind it, 余 and 多 skipped, compound units whole."""
    at = hit.end
    about = text[at : at + 1] in {"余", "多"}
    at += about
    units = measures.units
    for length in range(min(measures.longest_unit, len(text) - at), 0, -1):
        unit = text[at : at + length]
        behind = text[at + length : at + length + 1]
        if unit in units and not (behind and behind in measures.no_unit.get(unit, "")):
            break
    else:
        return hit._replace(after=at if about else hit.end, about=about)
    kind, stop = units[unit], at + len(unit)
    if (
        kind in {"count", "measure", "people"}
        and text[stop : stop + 1] == "/"
        and text[stop + 1 : stop + 2] not in {"", "年", "月", "日"}
    ):
        more = _COMPOUND.match(text, stop)
        if more is not None:
            unit, stop, kind = text[at : more.end()], more.end(), "measure" if kind == "measure" else kind
    if kind in {"count", "people"} and text[stop : stop + 1] in {"（", "("}:
        other = _OR_UNIT.match(text, stop)
        if other is not None and units.get(other["other"]) in {"count", "people"}:
            unit, stop = text[at : other.end()], other.end()
    half = _AND_A_HALF.match(text, stop) if kind == "time" and hit.value is not None else None
    if half is not None and hit.base is not None and hit.value is not None:  # 一年半, 两个半小时 aside
        whole = Decimal("0.5")
        return hit._replace(
            end=half.end(),
            value=hit.value + whole,
            base=hit.base + whole,
            unit=unit,
            kind=kind,
            after=half.end(),
        )
    if kind == "time" and unit == "年" and text[stop : stop + 1] == "级":
        return hit._replace(cls="ordinal", unit="年级", after=stop + 1)
    return hit._replace(
        unit=unit, kind=kind, after=stop, about=about, cls="age" if kind == "age" else hit.cls
    )
