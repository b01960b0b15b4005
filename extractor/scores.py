"""Outcomes of comparisons, counted: the figures of an evaluation, their floors, what changed since a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

KINDS = (
    "document", "clauses", "tree", "headings", "responsibilities", "roles", "targets", "target_fields",
    "indicators", "amounts", "amount_fields", "durations", "citations", "links",
)  # fmt: skip

Verdict = Literal["hit", "missed", "spurious"]


class Outcome(NamedTuple):
    """One comparison. `fact` names it the same way in every run; `detail` says what was found instead."""

    kind: str
    verdict: Verdict
    fact: str
    detail: str = ""


class Score(NamedTuple):
    """The outcomes of one kind, counted. Ratios are 0..1."""

    kind: str
    hits: int = 0
    missed: int = 0
    spurious: int = 0

    @property
    def precision(self) -> float:
        found = self.hits + self.spurious
        return self.hits / found if found else 1.0

    @property
    def recall(self) -> float:
        wanted = self.hits + self.missed
        return self.hits / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def tabulate(outcomes: Iterable[Outcome]) -> tuple[Score, ...]:
    """One score a kind that has outcomes, in the order of `KINDS`."""
    counts = Counter((outcome.kind, outcome.verdict) for outcome in outcomes)
    scores = (Score(kind, *(counts[kind, v] for v in ("hit", "missed", "spurious"))) for kind in KINDS)
    return tuple(s for s in scores if s.hits + s.missed + s.spurious)


def shortfalls(scores: Iterable[Score], floors: Mapping[str, float]) -> tuple[str, ...]:
    """What stays under its floor (percent of F1, rounded to a tenth as printed)."""
    reached = {s.kind: round(s.f1 * 100, 1) for s in scores}
    return tuple(
        f"{kind} {reached.get(kind, 0)} < {floor}"
        for kind, floor in floors.items()
        if reached.get(kind, 0) < floor
    )


def changes(now: Iterable[Outcome], before: Iterable[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    """Facts gained and lost since the run `before`: hits come and gone, spurious ones gone and come."""
    new, old = Counter(o[:3] for o in now), Counter(o[:3] for o in before)
    come = [Outcome(*key) for key in (new - old).elements()]
    gone = [Outcome(*key) for key in (old - new).elements()]
    gained = [o for o in come if o.verdict == "hit"] + [o for o in gone if o.verdict == "spurious"]
    lost = [o for o in gone if o.verdict == "hit"] + [o for o in come if o.verdict == "spurious"]
    return gained, lost
