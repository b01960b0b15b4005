"""Dot plots: targets by indicator, sums that families get, leave. Three queries a view."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from extractor.compare.normal import normal_name
from extractor.lexicon.families import OF_FAMILIES, child_orders, load_families
from extractor.site.questions.charts import (
    COMPARATORS,
    MOST_MARKS,
    Chart,
    Choice,
    Coded,
    FiguresAsked,
    Mark,
    measured,
    number,
)
from extractor.site.questions.choices import Place, clause_path, listed, place_of, places
from extractor.site.questions.memory import remembered
from extractor.site.questions.named_facts import EVERY, Named, names_of, rows_of

_CHOICES, _NEAR = 24, 6
LONGEST = 200  # characters of a name or a quote
_LIKE = 0.6  # of the pairs of characters of two names: so alike that one may want both
_MOST_PLACES = 40  # that are chosen, or told of as absent


class _Told(NamedTuple):
    """What a row says: its cells between place and words, its lane, the axis it is on, and its label."""

    cells: tuple[str | Coded, ...]
    lane: str
    panel: str
    label: str


def _target(said: str, unit: str, name: str, deadline: str | None, scope: str | None) -> _Told:
    return _Told((name, said, deadline or "", scope or ""), name, unit, deadline or "")


def _benefit(
    said: str, unit: str, name: str, beneficiary: str | None, per: str | None, period: str | None
) -> _Told:
    orders = "、".join(child_orders(beneficiary))
    stated = Coded("period", period) if period else ""
    cells = (name, said, stated, per or "", orders, beneficiary or "")
    return _Told(cells, f"{name}（{orders}）" if orders else name, f"{unit}|{period or ''}", per or "")


def _leave(said: str, unit: str, name: str, action: str | None, beneficiary: str | None) -> _Told:
    lane = f"{name}（{action}）" if action else name
    return _Told((name, action or "", said, beneficiary or ""), lane, unit, "")


class _Kind(NamedTuple):
    """A table of facts as a dot plot. `tell` takes the columns that are asked for."""

    facts: Named
    headings: tuple[str, ...]
    tell: Callable[..., _Told]


TARGETS = _Kind(
    Named(
        "target", "targets", ("f.indicator",), EVERY, "o.indicator, o.deadline, o.scope",
        "o.unit, o.value desc, o.indicator",
    ),
    ("place", "indicator", "value", "deadline", "scope", "quote"), _target,
)  # fmt: skip
BENEFITS = _Kind(
    Named(
        "benefit", "amounts", ("f.purpose", "f.action"),
        OF_FAMILIES,
        "coalesce(o.purpose, o.action), o.beneficiary, o.per, o.period", "o.unit, o.period, o.value desc",
    ),
    ("place", "purpose", "value", "period", "per", "child", "beneficiary", "quote"), _benefit,
)  # fmt: skip
LEAVE = _Kind(
    Named(
        "duration", "durations", ("f.subject",), EVERY, "o.subject, o.action, o.beneficiary",
        "o.unit, o.subject, o.value desc",
    ),
    ("place", "subject", "action", "value", "beneficiary", "quote"), _leave,
)  # fmt: skip


def targets(db: sqlite3.Connection, asked: FiguresAsked) -> Chart:
    """The figures that each jurisdiction sets for an indicator; by default the one that most notices have."""
    return _chart(db, asked, "targets", TARGETS)


def benefits(db: sqlite3.Connection, asked: FiguresAsked) -> Chart:
    """Sums paid to or relieved for families and persons, those for institutions left out; by default all."""
    return _chart(db, asked, "benefits", BENEFITS)


def leave(db: sqlite3.Connection, asked: FiguresAsked) -> Chart:
    """Days of leave and other terms; by default leave."""
    return _chart(db, asked, "leave", LEAVE)


def _chart(db: sqlite3.Connection, asked: FiguresAsked, view: str, kind: _Kind) -> Chart:
    every = places(db)
    choices = _choices(db, kind.facts, asked.words)
    names = asked.names or _default(view, choices)
    own = tuple(
        islice((every[code] for code in dict.fromkeys(asked.jurisdictions) if code in every), _MOST_PLACES)
    )
    anything = view == "benefits" and not asked.names and not asked.words
    rows = rows_of(db, kind.facts, None if anything else names, (place.id for place in own))
    marks = tuple(_mark(kind, row, every) for row in rows[:MOST_MARKS])
    there = {row[0] for row in rows}
    absent = [place for place in (own or islice(every.values(), _MOST_PLACES)) if place.id not in there]
    says = (("places", len(there)), ("marks", len(marks)), ("names", "、".join(dict.fromkeys(names[:3]))))
    return Chart(
        view, "dots", kind.headings, marks, listed(every, own), own, choices[:_CHOICES],
        _near(choices, names), tuple(names), tuple(absent), says, capped=len(rows) > len(marks),
    )  # fmt: skip


@remembered
def _choices(db: sqlite3.Connection, kind: Named, words: str) -> tuple[Choice, ...]:
    """Names as printed that mean the same (托位数 and 托位), together under the one most used."""
    groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, documents in names_of(db, kind, words):
        groups[normal_name(name) or name].append((name, documents))
    found = [
        Choice(own[0][0], tuple(name for name, _ in own), sum(n for _, n in own)) for own in groups.values()
    ]
    return tuple(sorted(found, key=lambda choice: -choice.documents))


def _default(view: str, choices: Sequence[Choice]) -> tuple[str, ...]:
    """What is shown where no name is asked for."""
    if view == "targets":
        return choices[0].names if choices else ()
    own = [choice for choice in choices if view != "leave" or choice.label.endswith(load_families().leave)]
    return tuple(name for choice in own or choices[:1] for name in choice.names)


def _near(choices: Sequence[Choice], names: Collection[str]) -> tuple[Choice, ...]:
    """Names like those that are shown, and not the same: 每千常住人口托位 beside 每千人口托位."""
    shown = [name for name in names][:_CHOICES]
    others = [choice for choice in choices if not set(choice.names) & set(names)]
    ranked = [(max((_alike(choice.label, name) for name in shown), default=0.0), choice) for choice in others]
    best = sorted((pair for pair in ranked if pair[0] >= _LIKE), key=lambda pair: -pair[0])
    return tuple(choice for _, choice in best[:_NEAR])


def _alike(a: str, b: str) -> float:
    """Twice the shared pairs of neighbouring characters by all of them."""
    own, other = ({word[at : at + 2] for at in range(len(word) - 1)} for word in (a, b))
    return 2 * len(own & other) / max(len(own) + len(other), 1)


def _cut(value: Any) -> Any:
    """A stored value no longer than a page has room for."""
    return value[:LONGEST] if isinstance(value, str) else value


def _mark(kind: _Kind, row: tuple[Any, ...], every: Mapping[str, Place]) -> Mark:
    code, clause, quote, comparator, value, high, unit, *rest = map(_cut, row)
    place = place_of(every, code)
    told = kind.tell(measured(comparator, value, high, unit), unit, *rest)
    return Mark(
        (place.label, *told.cells, quote), clause_path(clause), f"{place.label} {told.lane}", number(value),
        number(high) or None, told.panel, COMPARATORS.get(comparator, "="), told.label, place.hue,
    )  # fmt: skip
