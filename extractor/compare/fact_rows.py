"""The facts of a comparison side by side: a row an indicator, benefit, leave or task, a column a place.

Only facts of the sentences that the comparison shows are in it. In each row the first column that has the
fact is the base; the others say what they are against it. A fact stands in one row only, and each column has
at most one fact in a row, so that two sums for two beneficiaries are two rows.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from extractor.compare.facts import Fact, Kind
from extractor.compare.figures import PERIODS, value_words
from extractor.compare.matching import Match, like_names, match
from extractor.compare.verdicts import judged

LABELS: Mapping[str, str] = {
    "same": "相同", "close": "相近",
    "higher": "高于", "lower": "低于", "equal": "相等", "incomparable": "不可比",
    "earlier": "早于", "later": "晚于",
    "target": "目标", "amount": "金额", "duration": "时长", "deadline": "期限",
}  # fmt: skip
KINDS: tuple[Kind, ...] = ("target", "amount", "duration", "deadline")
_COLUMNS = ", ".join(f"n.{name} as normal_{name}" for name in Fact._fields)
_FACTS = f"""
select {_COLUMNS}, {{label}} as label, {{value}} as value, {{high}} as value_high, {{unit}} as unit,
  {{period}} as period, {{per}} as per, f.quote as quote
from normal_facts n join {{table}} f on f.id = n.id
where n.clause_id in (select value from json_each(?)) order by n.clause_id, f.start, n.id
"""
_VALUED = {"value": "f.value", "high": "f.value_high", "unit": "f.unit", "period": "null", "per": "null"}
_QUERIES: Mapping[str, Mapping[str, str]] = {
    "targets": _VALUED | {"label": "f.indicator"},
    "amounts": _VALUED
    | {"label": "coalesce(f.purpose, f.beneficiary, f.action)", "period": "f.period", "per": "f.per"},
    "durations": _VALUED | {"label": "f.subject"},
    "deadlines": dict.fromkeys(_VALUED, "null") | {"label": "f.task"},
}
_ALIGNED = """
select a_id, b_id from clause_pairs where a_id in (select value from json_each(:clauses))
  and b_id in (select value from json_each(:clauses))
"""


class FactCell(NamedTuple):
    """A fact of one jurisdiction; `relation`, `differs` and the verdicts are against the base, "" in it."""

    fact_id: str
    clause_id: str
    words: str  # 婴幼儿死亡率 ≤4‰（2025）
    value: float | None  # as printed; None for a deadline
    unit: str
    deadline: str
    normal_value: float | None
    normal_unit: str
    calculation: str
    relation: str
    differs: tuple[str, ...]
    verdict: str
    deadline_verdict: str
    reason: str
    quote: str


class FactRow(NamedTuple):
    """One fact, a cell for each column, () where it has none. `name` is as the base prints it."""

    kind: Kind
    matter: str
    name: str
    cells: tuple[tuple[FactCell, ...], ...]


class Shown(NamedTuple):
    """A clause of the comparison: where it stands and which of its words are shown."""

    matter: str
    column: int
    clause_id: str
    text: str
    words: tuple[str, ...] = ()  # the matter's, with what they stand in: 标题：托育, 托位数×2


class _Printed(NamedTuple):
    fact: Fact
    matter: str
    column: int
    name: str
    words: str
    value: float | None
    unit: str
    quote: str
    bearing: int


def fact_rows(db: sqlite3.Connection, shown: Sequence[Shown], *, columns: int) -> tuple[FactRow, ...]:
    """The rows of the facts in `shown`, by kind, then in the order of the matters. Five queries.

    Of a matter come first the facts that name it, then those that most columns have.
    """
    printed = tuple(_printed(db, shown))
    clauses = json.dumps(sorted({each.fact.clause_id for each in printed}))
    aligned = frozenset(db.execute(_ALIGNED, {"clauses": clauses}))
    groups = _grouped(sorted(printed, key=lambda each: each.column), aligned)
    order = {each.matter: place for place, each in reversed(list(enumerate(shown)))}
    groups.sort(key=lambda group: (*_place(group, order), -len(group)))
    return tuple(_row(group, columns, aligned) for group in groups)


def _printed(db: sqlite3.Connection, shown: Sequence[Shown]) -> Iterator[_Printed]:
    """Each fact once: of the matters whose sentences hold its quote, under the one of most words in it."""
    places: dict[str, list[Shown]] = defaultdict(list)
    for each in shown:
        places[each.clause_id].append(each)
    asked = (json.dumps(list(places)),)
    for table, parts in _QUERIES.items():
        cursor = db.execute(_FACTS.format(table=table, **parts), asked)
        names = [column[0] for column in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            fact = Fact(*values[: len(Fact._fields)])
            there = [place for place in places[fact.clause_id] if row["quote"] in place.text]
            if there:
                name = row["label"] or ""
                bearing, best = max(
                    ((_bearing(each.words, row["quote"]), each) for each in there), key=lambda pair: pair[0]
                )
                yield _Printed(
                    fact, best.matter, best.column, name, _words(fact, row), row["value"],
                    row["unit"] or "", row["quote"], bearing,
                )  # fmt: skip


def _place(group: Sequence[_Printed], order: Mapping[str, int]) -> tuple[int, int, bool]:
    base = group[0]
    return KINDS.index(base.fact.kind), order[base.matter], not any(each.bearing for each in group)


def _bearing(words: Sequence[str], quote: str) -> int:
    """How many characters of a matter's words stand in a quote."""
    bare = {word.rpartition("：")[2].partition("×")[0] for word in words}
    return sum(len(word) for word in bare if word in quote)


def _words(fact: Fact, row: Mapping[str, Any]) -> str:
    label = row["label"] or ""
    if fact.kind == "deadline":
        return f"{label}（{fact.deadline}）"
    value = value_words(fact.comparator, row["value"], row["value_high"], row["unit"])
    value = PERIODS.get(row["period"], "") + value + (f"/{row['per']}" if row["per"] else "")
    return f"{label} {value}".strip() + (f"（{fact.deadline}）" if fact.deadline else "")


def _grouped(printed: Sequence[_Printed], aligned: Collection[tuple[str, str]]) -> list[list[_Printed]]:
    """The facts of one matter, the base first: each joins the likest base that its column has not joined."""
    names = {each.fact.name for each in printed}
    near = like_names(names, names)
    groups: list[list[_Printed]] = []
    bases: dict[str, list[int]] = defaultdict(list)  # name of the base → numbers of groups
    for column in sorted({each.column for each in printed}):
        own = [each for each in printed if each.column == column]
        joined: set[int] = set()
        asked: set[int] = set()
        taken: set[int] = set()
        for _, number, place in sorted(_offers(own, near, groups, bases, aligned)):
            if number not in taken and place not in asked:
                groups[number].append(own[place])
                joined.add(place)
            taken.add(number)
            asked.add(place)
        for place, each in enumerate(own):
            if place not in joined:
                bases[each.fact.name].append(len(groups))
                groups.append([each])
    return groups


def _offers(
    own: Sequence[_Printed],
    near: Mapping[str, Sequence[str]],
    groups: Sequence[Sequence[_Printed]],
    bases: Mapping[str, Sequence[int]],
    aligned: Collection[tuple[str, str]],
) -> Iterator[tuple[tuple[float, ...], int, int]]:
    """(−score, number of the group, place in `own`) of each match with the base of a group."""
    for place, each in enumerate(own):
        for name in near[each.fact.name]:
            for number in bases.get(name, ()):
                found = _match(groups[number][0].fact, each.fact, aligned)
                if found:
                    yield tuple(-part for part in found.score), number, place


def _match(base: Fact, other: Fact, aligned: Collection[tuple[str, str]]) -> Match | None:
    pair = (min(base.clause_id, other.clause_id), max(base.clause_id, other.clause_id))
    return match(base, other, aligned=pair in aligned)


def _row(group: Sequence[_Printed], columns: int, aligned: Collection[tuple[str, str]]) -> FactRow:
    base = group[0]
    cells: list[list[FactCell]] = [[] for _ in range(columns)]
    for each in group:
        cells[each.column].append(_cell(each, base, aligned))
    return FactRow(base.fact.kind, base.matter, base.name, tuple(map(tuple, cells)))


def _cell(own: _Printed, base: _Printed, aligned: Collection[tuple[str, str]]) -> FactCell:
    fact = own.fact
    against = _match(base.fact, fact, aligned) if own is not base else None
    verdict = judged(fact, base.fact) if against else None
    words = [pair if against.a is base.fact else pair[::-1] for pair in against.words] if against else []
    return FactCell(
        fact.id, fact.clause_id, own.words, own.value, own.unit, fact.deadline or "", fact.value, fact.unit,
        fact.calculation, against.relation if against else "", tuple("／".join(pair) for pair in words),
        (verdict.verdict if verdict else None) or "", (verdict.deadline_verdict if verdict else None) or "",
        verdict.reason if verdict else "", own.quote,
    )  # fmt: skip
