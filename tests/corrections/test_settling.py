"""What a correction comes to: each case says where the fact stands, and how the parser reads it now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any, NamedTuple

import pytest

from extractor.corrections.document import Clause, Document
from extractor.corrections.making import make, taken_back
from extractor.corrections.model import Correction, Fact, Place, Subject, Value, in_force
from extractor.corrections.settling import settle

SUBJECT = Subject("xihu-2023-8", "ab" * 32, "西发〔2023〕8号", "方案", "360103")
WORDS, OTHERS = "a1" * 32, "b2" * 32  # hashes of two clauses' texts
TARGET = {"indicator": "托位", "comparator": "=", "value": 4.5, "value_high": None, "unit": "个", "deadline": "2025", "scope": None}  # fmt: skip


class At(NamedTuple):
    """A fact as a case tells it: changed columns of TARGET, and where it stands."""

    changes: Mapping[str, Value] = {}
    quote: str = "达到4.5个"
    offset: int = 12
    anchor: tuple[int, ...] = (14,)
    clause: str = "1.1"
    kind: str = "targets"


def document(facts: Sequence[At], clauses: Mapping[str, str] | None = None) -> Document:
    """`clauses`: ref → hash of its text."""
    clauses = {"1.1": WORDS, "1.2": OTHERS} if clauses is None else clauses
    own: dict[str, Clause] = {}
    for ref, sha256 in clauses.items():
        rank = sum(each.sha256 == sha256 for each in own.values())
        own[f"x.{ref}"] = Clause(f"x.{ref}", ref, sha256, rank, list(clauses.values()).count(sha256), 0)
    found = [fact(at, number, own[f"x.{at.clause}"]) for number, at in enumerate(facts, 1)]
    ranked = []
    for each in found:
        group = [
            f for f in found if (f.kind, f.clause_id, f.words) == (each.kind, each.clause_id, each.words)
        ]
        twins = sum(f.fields == each.fields for f in group)
        place = each.place._replace(rank=group.index(each), total=len(group), twins=twins)
        ranked.append(replace(each, place=place))
    return Document(SUBJECT, own, tuple(ranked), {}, ())


def fact(at: At, number: int, clause: Clause) -> Fact:
    place = Place(
        clause.sha256, clause.ref, clause.rank, clause.total, at.quote, at.offset, at.anchor, 0, 1, 1
    )
    return Fact(at.kind, f"{clause.id}_t{number}", clause.id, place, {**TARGET, **at.changes}, 0, 1)


def said(before: Document, verdict: Any, number: int = 1, *, by: str = "甲", **typed: str) -> Correction:
    """What somebody says of the fact `number` of a document."""
    own = before.facts[number - 1]
    return make(SUBJECT, own, verdict, typed=typed, by=by, why="原文如此", at="2026-01-01T00:00:00Z")


def came_to(now: Document, *corrections: Correction) -> list[tuple[str, str | None]]:
    """State, and the fact or the reason."""
    return [
        (outcome.state, outcome.reason or (outcome.fact and outcome.fact.id))
        for outcome in settle(now, corrections)
    ]


ONE = At()
SAME = [ONE]
CASES = [
    # of one fact, that says the value is 5: what is read now, and what comes of it
    ("as it was", [ONE], "applied", "x.1.1_t1"),
    ("as it was, among others", [At(offset=3), ONE, At(clause="1.2")], "applied", "x.1.1_t2"),
    ("as wanted", [At({"value": 5})], "already", "x.1.1_t1"),
    ("a third value", [At({"value": 6})], "conflict", "value-changed"),
    ("another column, which nobody touched", [At({"scope": "全区"})], "applied", "x.1.1_t1"),
    ("no more", [], "conflict", "fact-gone"),
    ("no more, another stands there", [At(offset=40, anchor=(42,))], "conflict", "fact-gone"),
    ("with more words", [At(quote="要达到4.5个", offset=11)], "conflict", "fact-ambiguous"),
    ("with other number words", [At(anchor=())], "conflict", "fact-ambiguous"),
    ("twice, once otherwise", [At({"scope": "全区"}), ONE], "applied", "x.1.1_t2"),
    ("twice the same", [ONE, ONE], "conflict", "fact-ambiguous"),
    ("twice, both otherwise", [At({"scope": "全区"}), At({"scope": "全市"})], "conflict", "fact-ambiguous"),
    ("twice, once as wanted", [At({"scope": "全区"}), At({"value": 5})], "already", "x.1.1_t2"),
    ("of another kind", [At(kind="durations")], "conflict", "fact-gone"),
]  # fmt: skip


@pytest.mark.parametrize(("now", "facts", "state", "what"), CASES, ids=[case[0] for case in CASES])
def test_a_value_is_corrected_where_it_is_read_as_it_was_seen(
    now: str, facts: list[At], state: str, what: str
) -> None:
    assert came_to(document(facts), said(document(SAME), "correct", value="5")) == [(state, what)]


REJECTED = [
    ("as it was", [ONE], "applied", "x.1.1_t1"),
    ("no more", [], "already", None),
    ("no more, another stands there", [At(offset=40)], "already", None),
    ("with another value", [At({"value": 6})], "conflict", "value-changed"),
    ("with more words", [At(quote="要达到4.5个", offset=11)], "conflict", "fact-ambiguous"),
    ("twice", [ONE, ONE], "conflict", "fact-ambiguous"),
]  # fmt: skip


@pytest.mark.parametrize(("now", "facts", "state", "what"), REJECTED, ids=[case[0] for case in REJECTED])
def test_a_fact_is_rejected_as_it_was_seen(now: str, facts: list[At], state: str, what: str | None) -> None:
    assert came_to(document(facts), said(document(SAME), "reject")) == [(state, what)]


@pytest.mark.parametrize(
    ("facts", "state", "what"),
    [
        ([ONE], "confirmed", "x.1.1_t1"),
        ([At({"scope": "全区"})], "conflict", "value-changed"),
        ([], "conflict", "fact-gone"),
    ],
)
def test_what_was_confirmed_is_confirmed_as_it_stood(facts: list[At], state: str, what: str) -> None:
    assert came_to(document(facts), said(document(SAME), "confirm")) == [(state, what)]


PAIR = [At({"value": 2000}, anchor=(4,)), At({"value": 5000}, anchor=(10,))]  # 分别发放2000元、5000元
TWINS = [ONE, ONE]


@pytest.mark.parametrize(
    ("before", "number", "verdict", "typed", "now", "state", "what"),
    [
        # two facts of one quote: the number words tell them apart
        (PAIR, 2, "correct", {"scope": "全区"}, PAIR, "applied", "x.1.1_t2"),
        (PAIR, 1, "correct", {"scope": "全区"}, [PAIR[1]], "conflict", "fact-ambiguous"),
        (PAIR, 1, "reject", {}, [PAIR[1]], "conflict", "fact-ambiguous"),
        # two that nothing tells apart: one too many is rejected, one is as good as the other
        (TWINS, 2, "reject", {}, TWINS, "applied", "x.1.1_t2"),
        (TWINS, 2, "reject", {}, [ONE], "already", None),
        (TWINS, 2, "correct", {"value": "5"}, [ONE, At({"value": 5})], "already", "x.1.1_t2"),
        (TWINS, 1, "correct", {"value": "5"}, [At({"value": 7}), ONE], "conflict", "fact-ambiguous"),
        # two of one place, of which one goes: what is left is not taken for the other
        ([ONE, At({"scope": "全区"})], 1, "correct", {"value": "5"}, [At({"scope": "全区"})], "conflict", "fact-ambiguous"),
    ],
)  # fmt: skip
def test_facts_of_one_place_are_not_taken_for_each_other(
    before: list[At],
    number: int,
    verdict: str,
    typed: dict[str, str],
    now: list[At],
    state: str,
    what: str | None,
) -> None:
    assert came_to(document(now), said(document(before), verdict, number, **typed)) == [(state, what)]


@pytest.mark.parametrize(
    ("before", "now", "clause", "state", "what"),
    [
        ({"1.1": WORDS}, {"1.0": OTHERS, "1.1": WORDS}, "1.1", "applied", "x.1.1_t1"),
        ({"1.1": WORDS}, {"1.1": OTHERS, "1.2": WORDS}, "1.2", "applied", "x.1.2_t1"),  # it stands elsewhere now
        ({"1.1": WORDS}, {"1.1": OTHERS}, "1.1", "conflict", "clause-gone"),
        ({"1.1": WORDS}, {"1.1": WORDS, "1.2": WORDS}, "1.1", "conflict", "clause-ambiguous"),
        ({"1.1": WORDS, "1.2": WORDS}, {"2.1": WORDS, "2.2": WORDS}, "2.1", "applied", "x.2.1_t1"),
        ({"1.1": WORDS, "1.2": WORDS}, {"2.1": WORDS, "2.2": WORDS}, "2.2", "conflict", "fact-gone"),
        ({"1.1": WORDS, "1.2": WORDS}, {"1.1": WORDS}, "1.1", "conflict", "clause-ambiguous"),
    ],
)  # fmt: skip
def test_a_clause_is_known_by_its_words(
    before: dict[str, str], now: dict[str, str], clause: str, state: str, what: str
) -> None:
    seen = document([ONE], before)
    assert came_to(document([At(clause=clause)], now), said(seen, "correct", value="5")) == [(state, what)]


def test_two_who_disagree_change_nothing_until_one_word_takes_the_place_of_both() -> None:
    seen = document(SAME)
    one, other = said(seen, "correct", value="5"), said(seen, "correct", value="6", by="乙")
    assert came_to(seen, one, other) == [("conflict", "disagree")] * 2
    assert came_to(seen, one, said(seen, "confirm", by="乙")) == [("conflict", "disagree")] * 2
    last = make(
        SUBJECT, seen.facts[0], "correct", typed={"value": "5"}, by="丙", why="两可", replaces=(one, other)
    )
    assert came_to(seen, *in_force((one, other, last))) == [("applied", "x.1.1_t1")]


def test_two_who_agree_are_both_right() -> None:
    seen = document(SAME)
    both = said(seen, "correct", value="5"), said(seen, "correct", value="5", by="乙")
    assert came_to(seen, *both) == [("applied", "x.1.1_t1")] * 2


def test_a_later_word_takes_the_place_of_an_earlier_one_and_a_withdrawal_of_all() -> None:
    seen = document(SAME)
    first = said(seen, "correct", value="5")
    second = make(SUBJECT, seen.facts[0], "reject", typed={}, by="乙", why="不是目标", replaces=(first,))
    assert in_force((second, first)) == (second,)
    gone = taken_back((second,), by="丙", why="是目标")
    assert in_force((gone, second, first)) == ()


def test_several_columns_are_corrected_together_or_not_at_all() -> None:
    both = said(document(SAME), "correct", value="5", scope="全区")
    (partly,) = settle(document([At({"value": 5})]), [both])
    assert (partly.state, partly.changes) == ("applied", {"scope": (None, "全区")})
    assert came_to(document([At({"value": 6})]), both) == [("conflict", "value-changed")]


def test_what_would_break_the_contract_is_a_conflict() -> None:
    range_now = document([At({"value_high": 9})])
    assert came_to(range_now, said(document(SAME), "correct", value="10")) == [("conflict", "invalid")]
    from_elsewhere = replace(said(document(SAME), "correct", value="10"), changes={"colour": "red"})
    assert came_to(document(SAME), from_elsewhere) == [("conflict", "invalid")]


def test_the_order_in_which_corrections_come_makes_no_difference() -> None:
    seen = document([ONE, At({"value": 9}, offset=60), At({"value": 9}, clause="1.2")])
    own = [said(seen, "correct", 1, value="5"), said(seen, "reject", 2), said(seen, "confirm", 3, by="乙")]
    assert len({tuple(came_to(seen, *order)) for order in permutations(own)}) == 1
