"""The values that every chart is made of: a table whose rows are the marks, so that the two cannot differ."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from extractor.site.questions.choices import Place

Form = Literal["dots", "heat", "spans", "network"]
MOST_MARKS = 400
COMPARATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈", "=": "="}
# Of a row that says again what a clause of the body says: it is counted once.
RESTATED = "exists (select 1 from clause_links l where l.from_clause_id = {column} and l.kind = 'task_of')"


class FiguresAsked(NamedTuple):
    """What the address says: the view, jurisdictions (codes), names as printed, and words to narrow by."""

    view: str = ""
    jurisdictions: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: str = ""
    day: str = ""  # today, for what is in force


class Coded(NamedTuple):
    """A stored value that the page says in its own words: relation, basis → 依据."""

    kind: str
    value: str


class Mark(NamedTuple):
    """A mark of a chart and row of its table.

    `cells` are as many as the chart has columns. `path` and `query` are where it leads. `x` and `x_to` are
    numbers or dates as stored (None: nothing is stated), `y` the lane or row, `panel` what shares an axis,
    `symbol` a comparator or a kind of mark, `label` what stands beside it, `hue` the jurisdiction's colour.
    """

    cells: tuple[str | Coded, ...]
    path: str | None
    y: str
    x: str | None = None
    x_to: str | None = None
    panel: str = ""
    symbol: str = ""
    label: str = ""
    hue: int | None = None
    query: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Choice(NamedTuple):
    """Something a chart can be asked for: names as printed that belong together, and in how many notices."""

    label: str
    names: tuple[str, ...]
    documents: int


class Chart(NamedTuple):
    """A view. `columns` are keys of labels, `says` fills its sentence.

    `left_out` counts the marks that have no room; `capped` says that there are more than were read.
    """

    view: str
    form: Form
    columns: tuple[str, ...]
    marks: tuple[Mark, ...]
    places: tuple[Place, ...]
    chosen: tuple[Place, ...]
    choices: tuple[Choice, ...] = ()
    near: tuple[Choice, ...] = ()
    names: tuple[str, ...] = ()
    absent: tuple[Place, ...] = ()
    says: tuple[tuple[str, str | int], ...] = ()
    left_out: int = 0
    capped: bool = False


def number(value: float | int | str | None) -> str:
    """A stored number by its shortest digits, never with an exponent: 4.5, 2000, 0.00008; "" for None."""
    if value is None:
        return ""
    return f"{Decimal(repr(value)):f}".removesuffix(".0") if isinstance(value, float) else str(value)


def measured(comparator: str, value: float, high: float | None, unit: str) -> str:
    """≥4.5个, 1000–2000元."""
    sign = COMPARATORS.get(comparator, comparator)
    upper = f"–{number(high)}" if high is not None else ""
    return f"{'' if sign == '=' else sign}{number(value)}{upper}{unit}"
