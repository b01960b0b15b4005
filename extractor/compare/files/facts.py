"""The facts, duties and gaps of a comparison as plain tables of words and numbers, for every kind of file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from extractor.compare.duties import ROLES, Duty
from extractor.compare.fact_rows import LABELS, FactCell
from extractor.compare.table import Table

Value = str | float
_SHEETS: Mapping[str, tuple[str, ...]] = {
    "指标": ("target",),
    "金额": ("amount",),
    "期限": ("duration", "deadline"),
}
_LISTED = (
    ("种类", 8), ("事项", 14), ("名称", 26), ("地区", 16), ("表述", 34), ("数值", 12), ("单位", 8),
    ("期限", 12), ("折算值", 14), ("折算单位", 12), ("算式", 26), ("与首列", 8), ("不同字词", 18),
    ("数值比较", 10), ("期限比较", 10), ("说明", 24), ("原文", 50), ("条款", 30),
)  # fmt: skip


class Sheet(NamedTuple):
    """A named table: heads with their widths in half-width characters, and rows; numbers are numbers."""

    name: str
    heads: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Value, ...], ...]


def sheets(table: Table) -> Iterator[Sheet]:
    """Side by side: 指标, 金额, 期限, 职责, 缺项, those that have rows. A number stands beside its words."""
    names = [column.name for column in table.columns]
    pairs = tuple(head for name in names for head in ((f"{name} 数值", 12), (name, 30)))
    for name, kinds in _SHEETS.items():
        rows = tuple(
            (row.matter, row.name, *(value for cell in row.cells for value in _pair(cell)))
            for row in table.facts
            if row.kind in kinds
        )
        yield Sheet(name, (("事项", 14), ("名称", 26), *pairs), rows)
    yield from side_by_side(table, kinds=())


def side_by_side(table: Table, *, kinds: tuple[str, ...] = tuple(_SHEETS)) -> Iterator[Sheet]:
    """As `sheets`, in words alone, a column a jurisdiction; sheets of facts only of `kinds`."""
    places = tuple((column.name, 30) for column in table.columns)
    for name in kinds:
        rows = tuple(
            (row.matter, row.name, *("\n".join(map(said, cell)) for cell in row.cells))
            for row in table.facts
            if row.kind in _SHEETS[name]
        )
        yield Sheet(name, (("事项", 14), ("名称", 26), *places), rows)
    duties = tuple(
        (
            row.matter,
            row.sector,
            *("\n".join(f"{ROLES[d.role]}：{d.unit}" for d in cell) for cell in row.cells),
        )
        for row in table.duties
    )
    yield Sheet("职责", (("事项", 14), ("系统", 14), *places), duties)
    heads = (("事项", 20), ("地区", 20), ("情况", 12), ("说明", 50), ("有规定的地区", 50))
    gaps = tuple(
        (gap.matter, gap.column, gap.state, gap.reason, "、".join(gap.present)) for gap in table.gaps
    )
    yield Sheet("缺项", heads, gaps)


def listed(table: Table) -> Sheet:
    """Every fact on a row of its own, with all that is known of it: for filters and formulas."""
    rows = tuple(
        _listed_row(row.kind, row.matter, row.name, column.name, fact)
        for row in table.facts
        for column, cell in zip(table.columns, row.cells, strict=True)
        for fact in cell
    )
    return Sheet("明细", _LISTED, rows)


def _listed_row(kind: str, matter: str, name: str, place: str, fact: FactCell) -> tuple[Value, ...]:
    return (
        LABELS[kind], matter, name, place, fact.words, _number(fact.value), fact.unit, fact.deadline,
        _number(fact.normal_value), fact.normal_unit, fact.calculation, _label(fact.relation),
        " / ".join(fact.differs), _label(fact.verdict), _label(fact.deadline_verdict), fact.reason,
        fact.quote, fact.clause_id,
    )  # fmt: skip


def said(fact: FactCell) -> str:
    """婴幼儿死亡率 ≤4‰（2025）〔相近：婴儿/婴幼儿；高于；晚于〕"""
    close = _label(fact.relation) if fact.relation == "close" else ""
    differs = "/".join(word for word in fact.differs if word)
    judged = [f"{close}：{differs}" if close and differs else close]
    sum_shown = fact.calculation if "×" in fact.calculation else ""  # 93% = 0.93 tells a reader nothing
    judged += [_label(fact.verdict), _label(fact.deadline_verdict), fact.reason, sum_shown]
    notes = "；".join(part for part in judged if part)
    return f"{fact.words}〔{notes}〕" if notes else fact.words


def _duty(duty: Duty) -> str:
    return f"{ROLES[duty.role]}：{duty.unit}"


def _pair(cell: tuple[FactCell, ...]) -> tuple[Value, Value]:
    """The number, where there is one alone, and the words."""
    return (_number(cell[0].value) if len(cell) == 1 else ""), "\n".join(map(said, cell))


def _number(value: float | None) -> Value:
    return "" if value is None else value


def _label(code: str) -> str:
    return LABELS[code] if code else ""
