"""Dot plots: targets by indicator, sums that families get, leave. Three queries a view."""

from __future__ import annotations

import json
import sqlite3
import tomllib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from extractor.compare.normal import normal_name
from extractor.site.questions.charts import (
    COMPARATORS,
    MOST_MARKS,
    RESTATED,
    Chart,
    Choice,
    Coded,
    FiguresAsked,
    Mark,
    measured,
    number,
)
from extractor.site.questions.choices import Place, clause_path, places

_NAMES = 300  # names as printed that are looked at for choices
_CHOICES, _NEAR = 24, 6
LONGEST = 200  # characters of a name or a quote
_LIKE = 0.6  # of the pairs of characters of two names: so alike that one may want both
_MOST_PLACES = 40
# {name} is what a fact is called by, {table} its table, {where} which facts count.
_CHOICE_SQL = """
select substr({name}, 1, 200) as name,
  count(distinct substr(f.clause_id, 1, instr(f.clause_id, '.') - 1)) as documents
from {table} f where {name} is not null and {where} and not {restated}
  and not exists (select 1 from json_each(:words) w where instr({name}, w.value) = 0)
group by 1 order by 2 desc, count(*) desc, 1 limit :names
"""
# The same, counted when notices were ingested, for tables of which every fact counts.
_COUNTED_SQL = """
select name, documents from fact_names where kind = :kind
  and not exists (select 1 from json_each(:words) w where instr(name, w.value) = 0)
order by documents desc, facts desc, name limit :names
"""
_FACT_SQL = """
select coalesce(j.id, d.id), f.clause_id, f.quote, f.comparator, f.value, f.value_high, f.unit, {columns}
from {table} f
join clauses c on c.id = f.clause_id join documents d on d.id = c.document_id
left join jurisdictions j on j.id = d.jurisdiction_id
where {name} in (select value from json_each(:names)) and {where} and not {restated}
  and (:every or coalesce(j.id, d.id) in (select value from json_each(:places)))
order by {order}, f.id limit :most
"""


_EVERY = "1"  # the condition of a table of which every fact counts


class _Words(NamedTuple):
    per: tuple[str, ...]
    institutions: tuple[str, ...]
    leave: tuple[str, ...]
    orders: Mapping[str, tuple[str, ...]]


@cache
def _words() -> _Words:
    data = tomllib.loads(files("extractor.site.questions").joinpath("families.toml").read_text("utf-8"))
    orders = {name: tuple(words) for name, words in data["child_orders"].items()}
    per, bodies, endings = (
        tuple(data[name]) for name in ("institution_per", "institution_words", "leave_endings")
    )
    return _Words(per, bodies, endings, orders)


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
    """A table of facts as a dot plot. `name` is what a fact is called, `tell` takes the `columns`."""

    table: str
    name: str
    where: str
    columns: str
    order: str
    headings: tuple[str, ...]
    tell: Callable[..., _Told]


TARGETS = _Kind(
    "targets", "f.indicator", _EVERY, "f.indicator, f.deadline, f.scope", "f.unit, f.value desc, f.indicator",
    ("place", "indicator", "value", "deadline", "scope", "quote"), _target,
)  # fmt: skip
BENEFITS = _Kind(
    "amounts", "coalesce(f.purpose, f.action)",
    "f.kind in ('benefit', 'cap') and coalesce(f.per, '') not in (select value from json_each(:per)) "
    "and coalesce(f.beneficiary, '') not in (select n.words from "
    "(select distinct beneficiary as words from amounts where beneficiary is not null) n "
    "where exists (select 1 from json_each(:institutions) w where instr(n.words, w.value)))",
    "coalesce(f.purpose, f.action), f.beneficiary, f.per, f.period", "f.unit, f.period, f.value desc",
    ("place", "purpose", "value", "period", "per", "child", "beneficiary", "quote"), _benefit,
)  # fmt: skip
LEAVE = _Kind(
    "durations", "f.subject", _EVERY, "f.subject, f.action, f.beneficiary", "f.unit, f.subject, f.value desc",
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
    printed = _printed(db, kind, asked.words)
    choices = _grouped(printed)
    names = asked.names or _default(view, choices)
    own = [place for place in every if place.id in asked.jurisdictions]
    rows = _facts(db, kind, names, own)
    marks = [mark for row in rows[:MOST_MARKS] if (mark := _mark(kind, row, every)) is not None]
    there = {row[0] for row in rows}
    absent = [place for place in (own or every[:_MOST_PLACES]) if place.id not in there]
    says = (("places", len(there)), ("marks", len(marks)), ("names", "、".join(dict.fromkeys(names[:3]))))
    return Chart(
        view, "dots", kind.headings, tuple(marks), every, tuple(own), choices[:_CHOICES],
        _near(choices, names), tuple(names), tuple(absent), says, len(rows) - len(marks),
    )  # fmt: skip


def _asked(words: str = "", names: Sequence[str] = (), own: Iterable[Place] = ()) -> dict[str, Any]:
    known, codes = _words(), [place.id for place in own]
    return {
        "words": json.dumps(words.split()), "names": json.dumps(list(names)), "places": json.dumps(codes),
        "every": not codes, "per": json.dumps(known.per), "institutions": json.dumps(known.institutions),
        "most": MOST_MARKS + 1,
    }  # fmt: skip


def _printed(db: sqlite3.Connection, kind: _Kind, words: str) -> list[tuple[str, int]]:
    known = _asked(words) | {"names": _NAMES, "kind": kind.table.removesuffix("s")}
    if kind.where == _EVERY:
        return db.execute(_COUNTED_SQL, known).fetchall()
    sql = _CHOICE_SQL.format(
        name=kind.name, table=kind.table, where=kind.where, restated=RESTATED.format(column="f.clause_id")
    )
    return db.execute(sql, known).fetchall()


def _facts(db: sqlite3.Connection, kind: _Kind, names: Sequence[str], own: Iterable[Place]) -> list[Any]:
    sql = _FACT_SQL.format(
        name=kind.name, table=kind.table, where=kind.where, columns=kind.columns, order=kind.order,
        restated=RESTATED.format(column="f.clause_id"),
    )  # fmt: skip
    return db.execute(sql, _asked(names=names, own=own)).fetchall()


def _grouped(printed: Iterable[tuple[str, int]]) -> tuple[Choice, ...]:
    """Names as printed that mean the same (托位数 and 托位), together under the one most used."""
    groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, documents in printed:
        groups[normal_name(name) or name].append((name, documents))
    found = [
        Choice(own[0][0], tuple(name for name, _ in own), sum(n for _, n in own)) for own in groups.values()
    ]
    return tuple(sorted(found, key=lambda choice: -choice.documents))


def _default(view: str, choices: Sequence[Choice]) -> tuple[str, ...]:
    """What is shown where no name is asked for."""
    if view == "targets":
        return choices[0].names if choices else ()
    own = [choice for choice in choices if view != "leave" or choice.label.endswith(_words().leave)]
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


def child_orders(beneficiary: str | None) -> tuple[str, ...]:
    """For which child a sum is, in the words for its beneficiary; () where they do not say."""
    return tuple(
        name for name, words in _words().orders.items() if any(word in (beneficiary or "") for word in words)
    )


def _cut(value: Any) -> Any:
    """A stored value no longer than a page has room for."""
    return value[:LONGEST] if isinstance(value, str) else value


def _mark(kind: _Kind, row: tuple[Any, ...], every: Iterable[Place]) -> Mark | None:
    code, clause, quote, comparator, value, high, unit, *rest = map(_cut, row)
    place = next((place for place in every if place.id == code), None)
    if place is None:
        return None
    told = kind.tell(measured(comparator, value, high, unit), unit, *rest)
    return Mark(
        (place.label, *told.cells, quote), clause_path(clause), f"{place.label} {told.lane}", number(value),
        number(high) or None, told.panel, COMPARATORS.get(comparator, "="), told.label, place.hue,
    )  # fmt: skip
