"""A hundred random corrections and twenty changed parsers: none lost, none misapplied, each told what it came to."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from extractor.check import check
from extractor.correcting import bring_up_to_date
from extractor.corrections import book
from extractor.corrections.document import Document, load
from extractor.corrections.fields import kinds
from extractor.corrections.making import CorrectionProblem, make
from extractor.corrections.model import Correction, Fact, Outcome
from extractor.model import Notice
from extractor.pipeline import read
from tests.corrections.rules import KINDS, RULES, as_wanted, traced, with_facts
from tests.stored import built

CORPORA = Path(__file__).parents[2] / "corpora"
CORRECTIONS, CHANGES = 100, 20
TYPED: Mapping[str, tuple[str, ...]] = {
    "unit": ("市民政局", "区卫健委"), "canonical_name": ("市民政局",), "sector": ("民政", "其他"), "comparator": ("<", ">"),
    "value": ("7", "0.25"), "value_high": ("999999999",), "due": ("2029", "2029-05-01"), "deadline": ("2029", ""),
}  # fmt: skip
WORDS = ("改正的话", "")
FOLLOWS = {
    "unit_id",
    "normal_value",
    "cited_document_id",
    "canonical_name",
    "sector",
}  # from corrected columns


class Made(NamedTuple):
    """A correction, and the names of the facts that it may be applied to: its own and those just like it."""

    correction: Correction
    traces: frozenset[str]


@pytest.fixture(scope="module")
def notices() -> list[Notice]:
    return [traced(read(path)) for path in sorted(CORPORA.glob("*.txt"))]


@pytest.fixture(scope="module")
def made(notices: list[Notice], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """Corrections of facts of all kinds as they are read today, by id."""
    rng = random.Random(7)
    database = built(tmp_path_factory.mktemp("made"), notices)
    traces = {key: row["rule"] for key, row in rows(database).items()}
    facts = [(document, fact) for document in documents(database) for fact in document.facts]
    found: dict[str, Made] = {}
    for document, fact in evenly(rng.sample(facts, len(facts))):
        correction = random_correction(rng, document, fact, len(found))
        if correction and len(found) < CORRECTIONS:
            twins = (
                f
                for f in document.facts
                if (f.clause_id, f.words, f.fields) == (fact.clause_id, fact.words, fact.fields)
            )
            found[correction.id] = Made(correction, frozenset(traces.get((f.kind, f.id), "") for f in twins))
    assert len(found) == CORRECTIONS and {each.correction.kind for each in found.values()} >= {*KINDS}
    return found


def evenly(facts: Iterable[tuple[Document, Fact]]) -> Iterator[tuple[Document, Fact]]:
    """One of each kind in turn, while there are any."""
    by_kind: dict[str, list[tuple[Document, Fact]]] = {}
    for pair in facts:
        by_kind.setdefault(pair[1].kind, []).append(pair)
    for turn in zip_longest(*by_kind.values()):
        yield from (pair for pair in turn if pair)


def random_correction(rng: random.Random, document: Document, fact: Fact, number: int) -> Correction | None:
    verdict = rng.choice(("correct", "correct", "correct", "reject", "confirm"))
    columns = kinds()[fact.kind]
    if not columns and verdict == "correct":
        return None
    typed = {
        name: rng.choice((*map(str, columns[name].values), *TYPED.get(name, WORDS)))
        for name in rng.sample(list(columns), min(len(columns), rng.randint(1, 2)))
    }
    at = f"2026-01-01T00:{number // 60:02}:{number % 60:02}Z"
    try:
        return make(document.subject, fact, verdict, typed=typed, by="甲", why="试", at=at)
    except CorrectionProblem:
        return None


def changed(notices: Iterable[Notice], made: Iterable[Made], rng: random.Random) -> list[Notice]:
    """The notices as one to three changed rules read them; some facts as corrections want them to be."""
    wanted = {trace: dict(each.correction.changes) for each in made for trace in each.traces}

    def learnt(kind: str, own: list[Any]) -> list[Any]:
        return [as_wanted(f, wanted[f.rule]) if wanted.get(f.rule) and rng.random() < 0.2 else f for f in own]

    found = []
    for notice in notices:
        notice = with_facts(notice, learnt)
        for rule in rng.sample(RULES, rng.randint(1, 3)):
            notice = rule(notice, rng)
        found.append(notice)
    return found


def documents(database: Path) -> list[Document]:
    with closing(sqlite3.connect(database)) as db:
        loaded = [load(db, name) for (name,) in db.execute("select id from documents order by id").fetchall()]
    return [document for document in loaded if document]


def rows(database: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """(kind, id) → row, that of a duty with its unit."""
    found = {}
    with closing(sqlite3.connect(database)) as db:
        db.row_factory = sqlite3.Row
        for kind in KINDS:
            unit = (", u.name as unit, u.canonical_name, u.sector", "join units u on u.id = unit_id")
            more, joined = unit if kind == "responsibilities" else ("", "")
            for row in db.execute(f"select f.*{more} from {kind} f {joined}"):
                found[kind, row["id"]] = dict(row)
    return found


@pytest.mark.parametrize("seed", range(CHANGES))
def test_no_correction_is_lost_or_misapplied(
    seed: int, notices: list[Notice], made: dict[str, Made], tmp_path: Path
) -> None:
    read_now = changed(notices, made.values(), random.Random(seed))
    plain, database = built(tmp_path, read_now, "plain.db"), built(tmp_path, read_now, "policies.db")
    book.add(tmp_path / "corrections.db", (each.correction for each in made.values()))
    report = bring_up_to_date(database, tmp_path / "corrections.db")

    outcomes = [outcome for own in report.outcomes.values() for outcome in own]
    assert Counter(outcome.correction.id for outcome in outcomes) == Counter(list(made))  # none lost
    before, after = rows(plain), rows(database)
    facts = [fact for document in documents(plain) for fact in document.facts]
    for outcome in outcomes:
        told_rightly(outcome, made[outcome.correction.id], before, facts)
    applied = {o.fact.id: o for o in outcomes if o.state == "applied" and o.fact}
    for key, row in before.items():
        outcome = applied.get(key[1])
        wanted = outcome.correction.changes if outcome else {}
        if outcome and outcome.correction.verdict == "reject":
            assert key not in after
        else:
            follows = FOLLOWS if outcome else set()
            assert {name for name, value in row.items() if after[key][name] != value} <= set(wanted) | follows
            assert {name: after[key][name] for name in wanted} == dict(wanted)
    assert len(after) == len(before) - sum(
        o.correction.verdict == "reject" and o.correction.kind in KINDS for o in applied.values()
    )
    assert list(check(database)) == []
    shown_as_told(database, outcomes)


def told_rightly(
    outcome: Outcome, made: Made, before: Mapping[Any, dict[str, Any]], facts: list[Fact]
) -> None:
    """What a correction came to is so: by the names that facts kept, and by what is read now."""
    correction, fact = outcome.correction, outcome.fact
    if correction.kind in KINDS and fact is not None and outcome.state != "conflict":
        assert before[fact.kind, fact.id]["rule"].rstrip("+") in made.traces  # not misapplied
        for name, wanted in correction.changes.items():
            assert fact.fields[name] in (correction.seen[name], wanted)  # no third value is overruled
    if outcome.state == "already" and correction.verdict == "reject" and correction.place.twins == 1:
        assert not [row for row in before.values() if row["rule"].rstrip("+") in made.traces]
    if outcome.state == "already" and correction.verdict == "correct" and fact:
        assert {name: fact.fields[name] for name in correction.changes} == dict(correction.changes)
    if outcome.state == "confirmed" and fact:
        assert fact.fields == correction.seen
    if outcome.state == "conflict":  # not where the fact stands there as it did
        place = correction.place._replace(clause_ref=None)
        same = [f for f in facts if f.kind == correction.kind and f.place._replace(clause_ref=None) == place]
        same = [
            f for f in same if f.fields == correction.seen and f.id.startswith(correction.subject.document_id)
        ]
        assert not same, (outcome, same)


def shown_as_told(database: Path, outcomes: Iterable[Outcome]) -> None:
    """Each outcome is a row of `corrections`, each conflict a finding as well."""
    with closing(sqlite3.connect(database)) as db:
        shown = dict(db.execute("select id, state from corrections"))
        found = {
            name.rpartition("_fx")[2]
            for (name,) in db.execute("select id from findings where code = 'correction-conflict'")
        }
    assert shown == {outcome.correction.id: outcome.state for outcome in outcomes}
    assert found == {name for name, state in shown.items() if state == "conflict"}


def test_the_changes_bring_about_every_outcome(
    notices: list[Notice], made: dict[str, Made], tmp_path: Path
) -> None:
    """Else the test above would show little."""
    counts: Counter[str] = Counter()
    book.add(tmp_path / "corrections.db", (each.correction for each in made.values()))
    for seed in range(4):
        (tmp_path / str(seed)).mkdir()
        database = built(tmp_path / str(seed), changed(notices, made.values(), random.Random(seed)))
        for own in bring_up_to_date(database, tmp_path / "corrections.db").outcomes.values():
            counts.update(outcome.reason or outcome.state for outcome in own)
    assert set(counts) >= {
        "applied",
        "already",
        "confirmed",
        "clause-gone",
        "fact-gone",
        "fact-ambiguous",
        "value-changed",
    }
    assert counts["applied"] > 100
