"""The marks of a chart as the rows of its table, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from extractor.site.questions.charts import Chart, Coded, Mark
from extractor.site.rendering import inert

if TYPE_CHECKING:
    from extractor.site.visit import Visit

_AXES = {"targets": "figures.axis_value", "benefits": "figures.axis_money", "leave": "figures.axis_days"}


class Row(NamedTuple):
    """A mark as HTML: its cells, where it leads, and what the script draws it by (a name → a value)."""

    hue: int | None
    href: str
    first: str
    others: tuple[str, ...]
    data: tuple[tuple[str, str], ...]


def cells(visit: Visit, mark: Mark) -> tuple[str, ...]:
    """What a row says, and its address ("" for none). As it stands."""
    href = visit.link(mark.path, **dict(mark.query)) if mark.path else ""
    return (*(_said(visit, cell) for cell in mark.cells), href)


def rows(visit: Visit, chart: Chart) -> Iterator[Row]:
    """One row a mark, in their order."""
    axes = {mark.panel: _axis(visit, chart, mark.panel) for mark in chart.marks}
    for mark in chart.marks:
        said = cells(visit, mark)
        data = dict(_data(chart, mark, said, axes[mark.panel]))
        first, *others = inert((*said, *data.values()))
        href = others[len(said) - 2]
        values = zip(data, others[len(said) - 1 :], strict=True)
        yield Row(mark.hue, href, first, tuple(others[: len(said) - 2]), tuple(values))


def _said(visit: Visit, cell: str | Coded) -> str:
    return visit.speech.of(cell.kind, cell.value) if isinstance(cell, Coded) else cell


def _axis(visit: Visit, chart: Chart, panel: str) -> str:
    """What a dot plot's axis says: 金额（元，每月）."""
    unit, mark, period = panel.partition("|")
    speech = visit.speech
    if mark:
        unit += f"，{speech.of('period', period) if period else speech('figures.no_period')}"
    return speech(_AXES[chart.view], unit=unit) if chart.view in _AXES else unit


def _data(chart: Chart, mark: Mark, said: tuple[str, ...], axis: str) -> Iterator[tuple[str, str]]:
    yield "y", mark.y
    if mark.x:
        yield "x", mark.x
    if mark.x_to:
        yield "x-to", mark.x_to
    yield "symbol", mark.symbol
    yield "label", mark.label
    if chart.form == "dots":
        yield "panel", axis
        yield "said", said[3 if chart.view == "leave" else 2]
    if chart.view == "heat":
        yield "lead", said[3]
        yield "support", said[4]
