"""Notices as another version of the parser would read them, each fact traced by a name of its own.

The name stands in `rule`, which no correction looks at: so a test can tell the fact that a row was made of.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from extractor.model import (
    Citation,
    Clause,
    Deadline,
    Notice,
    Responsibility,
    Span,
    Unit,
)

KINDS = ("responsibilities", "targets", "amounts", "durations", "deadlines", "citations")
Rule = Callable[[Notice, random.Random], Notice]


def traced(notice: Notice) -> Notice:
    """Every fact with a name of its own as its rule."""
    stem = notice.source.name.partition(".")[0]
    return with_facts(
        notice,
        lambda kind, own: [replace(fact, rule=f"{stem}-{kind}-{n}") for n, fact in enumerate(own)],
    )


def with_facts(notice: Notice, made: Callable[[str, list[Any]], Iterable[Any]]) -> Notice:
    """The notice with what `made` makes of the facts of each kind."""
    found: dict[str, Any] = {kind: tuple(made(kind, list(getattr(notice, kind)))) for kind in KINDS}
    return replace(notice, **found)


def moved(value: Any, at: int, by: int) -> Any:
    """`value` with every span and clause moved as if `by` characters stood before offset `at`."""
    if isinstance(value, Span):
        return Span(value.start + by * (value.start >= at), value.end + by * (value.end > at))
    if isinstance(value, Clause):
        end = value.subtree_end + by * (value.subtree_end > at)
        body = value.body + by * (value.body >= at)
        return replace(value, span=moved(value.span, at, by), body=body, subtree_end=end)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{each.name: moved(getattr(value, each.name), at, by) for each in fields(value)}
        )
    if isinstance(value, tuple):
        parts = [moved(each, at, by) for each in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    return value


# --- what another rule may do ------------------------------------------------------------------------


def before_all(notice: Notice, rng: random.Random) -> Notice:
    """A line that was taken for furniture is the first clause: every other one stands later."""
    words = "市人民政府文件\n"
    after = moved(notice, 0, len(words))
    clauses = [
        replace(each, parent=None if each.parent is None else each.parent + 1) for each in after.clauses
    ]
    first = Clause("z", "front", Span(0, len(words) - 1), 0, subtree_end=len(words) - 1)
    owned = {
        kind: tuple(_later(each) for each in getattr(after, kind)) for kind in (*KINDS, "numbers", "tables")
    }
    links = tuple(each._replace(source=each.source + 1, target=each.target + 1) for each in after.links)
    found = tuple(
        each if each.clause is None else each._replace(clause=each.clause + 1) for each in after.findings
    )
    text = replace(after.text, text=words + notice.text.text)
    return replace(after, text=text, clauses=(first, *clauses), links=links, findings=found, **owned)


def _later(mention: Any) -> Any:
    return replace(mention, clause=mention.clause + 1)


def other_words(notice: Notice, rng: random.Random) -> Notice:
    """A few clauses are read with one character more."""
    for _ in range(4):
        place = rng.randrange(len(notice.clauses))
        at = notice.clauses[place].span.end
        after = moved(notice, at, 1)
        clauses = list(after.clauses)
        own = clauses[place]
        ends = [place]
        while clauses[ends[-1]].parent is not None:
            ends.append(clauses[ends[-1]].parent or 0)
        for index in ends:  # what ends here ends one later
            if clauses[index].subtree_end == at:
                clauses[index] = replace(clauses[index], subtree_end=at + 1)
        clauses[place] = replace(clauses[place], span=Span(own.span.start, at + 1))
        words = notice.text.text
        notice = replace(
            after, clauses=tuple(clauses), text=replace(after.text, text=f"{words[:at]}；{words[at:]}")
        )
    return notice


def fewer(notice: Notice, rng: random.Random) -> Notice:
    """A fifth of the facts are found no more."""
    return with_facts(notice, lambda kind, own: [fact for fact in own if rng.random() > 0.2])


def more(notice: Notice, rng: random.Random) -> Notice:
    """Some facts are found twice, most of them with another value the second time."""

    def doubled(kind: str, own: list[Any]) -> list[Any]:
        for fact in rng.sample(own, len(own) // 6):
            again = changed(fact, rng) if rng.random() < 0.7 else fact
            own.insert(rng.randrange(len(own) + 1), replace(again, rule=f"{fact.rule}+"))
        return own

    return with_facts(notice, doubled)


def otherwise(notice: Notice, rng: random.Random) -> Notice:
    """A third of the facts have another value in some column."""
    return with_facts(
        notice, lambda kind, own: [changed(fact, rng) if rng.random() < 0.33 else fact for fact in own]
    )


def wider(notice: Notice, rng: random.Random) -> Notice:
    """A fifth of the facts quote one character more."""

    def quoted(fact: Any) -> Any:
        clause = notice.clauses[fact.clause].span
        if not clause.start <= fact.span.start < fact.span.end < clause.end or rng.random() > 0.2:
            return fact
        return replace(fact, span=Span(fact.span.start, fact.span.end + 1))

    return with_facts(notice, lambda kind, own: map(quoted, own))


def other_order(notice: Notice, rng: random.Random) -> Notice:
    """The parser finds the facts in another order: they are numbered anew."""
    return with_facts(notice, lambda kind, own: rng.sample(own, len(own)))


def other_ledger(notice: Notice, rng: random.Random) -> Notice:
    """A few quantities rest on other number words, or on none."""

    def tied(fact: Any) -> Any:
        return replace(fact, numbers=fact.numbers[1:]) if rng.random() < 0.2 else fact

    return with_facts(
        notice, lambda kind, own: map(tied, own) if kind in ("targets", "amounts", "durations") else own
    )


RULES: tuple[Rule, ...] = (before_all, other_words, fewer, more, otherwise, wider, other_order, other_ledger)


# --- values ------------------------------------------------------------------------------------------


def changed(fact: Any, rng: random.Random) -> Any:
    """The fact with another value in one column."""
    match fact:
        case Responsibility():
            if rng.random() < 0.5:
                return replace(
                    fact, role=rng.choice(["lead", "support", "implement", "guide", "responsible"])
                )
            return replace(fact, unit=Unit(f"{fact.unit.name}（新）", *fact.unit[1:]))
        case Deadline():
            return replace(fact, due=rng.choice(["2031", "2032-06", "--11-30"]))
        case Citation():
            return replace(fact, relation=rng.choice(["basis", "implements", "mentions"]))
    if rng.random() < 0.5:
        high = fact.value_high and fact.value_high + 1000
        return replace(fact, value=fact.value + rng.randint(1, 999), value_high=high)
    return replace(fact, comparator=rng.choice([">=", "<=", "~"]))


def as_wanted(fact: Any, changes: dict[str, Any]) -> Any:
    """The fact as a correction wants it: the parser has learnt it."""
    if isinstance(fact, Responsibility):
        names = zip(("unit", "canonical_name", "sector"), fact.unit, strict=True)
        unit = Unit(*(changes.get(name, old) for name, old in names))
        return replace(fact, unit=unit, role=changes.get("role", fact.role))
    figures = {name: value for name, value in changes.items() if name.startswith("value")}
    exact = {name: value if value is None else Decimal(str(value)) for name, value in figures.items()}
    return replace(fact, **{**changes, **exact})
