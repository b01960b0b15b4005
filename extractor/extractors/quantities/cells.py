"""Targets that stand in the cells of a table: years and totals of a target table (contract, «targets»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from extractor.model import Cell, Comparator, Span, Table, Target
from extractor.numerals import parse

_YEAR = re.compile(r"(?P<year>(?:19|20)[0-9]{2})\s?年?(?P<end>底|末|年底|年末)?")
_UNIT = re.compile(r"单位[:：]\s?(?P<unit>[^\s，。；（）()]{1,8})|[（(](?P<in>[^（）()]{1,8})[）)]\s*$")
_NUMBER = re.compile(
    r"\s{0,4}(?P<mark>≥|≤|＞|＜|>=|<=|>|<|约)?\s{0,4}(?P<number>[0-9][0-9,]{0,20}(?:\.[0-9]{1,10})?[万亿]?)\s{0,4}(?P<unit>%|‰|[一-龥/³²a-zA-Z]{0,8}?)\s{0,4}(?P<after>以上|以下|以内|左右)?\s{0,4}"
)
_MARKS: Final[dict[str, Comparator]] = {
    "≥": ">=",
    "≤": "<=",
    "＞": ">",
    "＜": "<",
    ">=": ">=",
    "<=": "<=",
    ">": ">",
    "<": "<",
    "约": "~",
    "以上": ">=",
    "以下": "<=",
    "以内": "<=",
    "左右": "~",
}
_GOALS = re.compile(r"任务|目标|指标|计划|建设|规划")
_NO_LEVEL = re.compile(
    r"序号|编号|电话|联系|邮|日期|备注|排名|权重|分值|得分|标准号|时限|时间|进度|补助|经费|预算|金额|资金"
)
# 12月底前, 5月动工: a date, no level
_WHEN = re.compile(r"[年月日季号时]|底|前$")


def cell_targets(table: Table, own_words: str) -> Iterator[Target]:
    """A target a numeric cell, in tables whose caption or headers speak of goals and name a year."""
    caption = table.caption or ""
    heads = " ".join({c.col_header or "" for c in table.cells} | {c.row_header or "" for c in table.cells})
    if not _GOALS.search(caption + own_words[:80] + heads) or not (
        _YEAR.search(heads) or _YEAR.search(caption)
    ):
        return
    stated = _UNIT.search(caption + "\n" + own_words[:120])
    unit = (stated["unit"] or stated["in"]) if stated is not None else ""
    for cell in table.cells:
        target = _target(table, cell, unit, caption)
        if target is not None:
            yield target


def _target(table: Table, cell: Cell, unit: str, caption: str) -> Target | None:
    found = _NUMBER.fullmatch(cell.text)
    row_head = cell.row_header if cell.row_header and not _NUMBER.fullmatch(cell.row_header) else ""
    head = f"{row_head} {cell.col_header or ''}"
    if found is None or _WHEN.match(found["unit"]) or cell.row == 0:
        return None
    if _NO_LEVEL.search(head) or not head.strip():
        return None
    year = _YEAR.search(cell.col_header or "") or _YEAR.search(cell.row_header or "") or _YEAR.search(caption)
    if year is None or _YEAR.fullmatch(cell.text.strip()):
        return None
    value = parse(found["number"].rstrip("万亿"))
    if value is None:
        return None
    scale = "万" if found["number"].endswith("万") else "亿" if found["number"].endswith("亿") else ""
    header_unit = _UNIT.search((cell.col_header or "").strip()) or _UNIT.search(
        (cell.row_header or "").strip()
    )
    headed = (header_unit["in"] or header_unit["unit"]) if header_unit is not None else ""
    named = scale + (found["unit"] or headed or unit)
    name = _YEAR.sub("", head).replace(f"（{headed}）", "").replace(f"({headed})", "").strip(" /\n、")
    mark = found["mark"] or found["after"]
    at = cell.span.start + found.start("number")
    return Target(
        clause=table.clause,
        span=cell.span,
        numbers=(Span(at, cell.span.start + found.end("number")),),
        value=value,
        unit=named,
        rule="table-cell",
        comparator=_MARKS[mark] if mark else "=",
        indicator=re.sub(r"\s+", "", name) or None,
        deadline=f"{year['year']}-12-31" if year["end"] else year["year"],
        normal_value=_normal(value, named),
    )


def _normal(value: Decimal, unit: str) -> Decimal:
    """Rates as a fraction; 万亩 and 亿元 multiplied out, whether the cell or its header says 万."""
    if unit in {"%", "‰"}:
        return value / (100 if unit == "%" else 1000)
    return value * {"万": 10_000, "亿": 100_000_000}.get(unit[:1], 1)
