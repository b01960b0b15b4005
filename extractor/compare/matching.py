"""Which facts of two documents are of one matter, one to one.

A fact has at most one partner in another document: the one that is likest in name and beneficiary, where each
is the other's best. Candidates come from two indexes, never from all facts against all: facts of like names
(by the pairs of characters in them), and facts of clauses that are aligned (`clause_pairs`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.compare.facts import Fact
from extractor.compare.likeness import (
    Likeness,
    Relation,
    differing,
    differing_phrases,
    grams,
    likeness,
    opposed,
)
from extractor.compare.verdicts import deadlines

CROWD = 32  # names that stand for a pair of characters which more names hold: those that sort first
_LEAST_COMMON = 2  # pairs of characters
_PAYEES = 0.6  # likeness of beneficiaries that shows by itself that sums are of one matter
_UNSAID = 0.5  # likeness of beneficiaries where only one is said


class Match(NamedTuple):
    """Two facts of one matter, `a.id` < `b.id`."""

    a: Fact
    b: Fact
    relation: Relation
    score: tuple[float, ...]

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """What differs in their names and beneficiaries: (of the first, of the second)."""
        of = differing_phrases if self.a.kind == "deadline" else differing
        return (*of(self.a.name, self.b.name), *differing(self.a.beneficiary, self.b.beneficiary))


def match(a: Fact, b: Fact, *, aligned: bool) -> Match | None:
    """The match of two facts, None where they are of different matters. `aligned`: so are their clauses."""
    if a.kind != b.kind or a.document_id == b.document_id or _foreign(a, b):
        return None
    if a.id > b.id:
        a, b = b, a
    name = likeness(a.name, b.name, task=a.kind == "deadline")
    who = _beneficiaries(a.beneficiary, b.beneficiary)
    if name is None or who is None or not (aligned or _tells(a, b, who)):
        return None
    relation: Relation = "same" if name.relation == who.relation == "same" else "close"
    near = (a.unit == b.unit) + (deadlines(a.deadline, b.deadline) == "equal") / 2
    score = (float(relation == "same"), name.score + who.score, near, float(aligned))
    return Match(a, b, relation, score)


def _foreign(a: Fact, b: Fact) -> bool:
    """Counts against rates, and sums paid against conditions and fees, are of different matters."""
    if a.kind == "target":
        return (a.unit == "1") != (b.unit == "1")
    return a.kind == "amount" and ("benefit" if a.role == "cap" else a.role) != (
        "benefit" if b.role == "cap" else b.role
    )


def _beneficiaries(a: str, b: str) -> Likeness | None:
    """How two beneficiaries are related: any two may be close, but opposite ones (二孩, 三孩)."""
    if a == b:
        return Likeness("same")
    if not a or not b:
        return Likeness("close", _UNSAID)
    if opposed(a, b):
        return None
    return likeness(a, b, task=True) or Likeness("close", 0.0)


def _tells(a: Fact, b: Fact, who: Likeness) -> bool:
    """Whether names and beneficiaries alone show that it is one matter, whatever the clauses are like."""
    return a.sure and b.sure and (a.kind != "amount" or who.score >= _PAYEES)


def mutual(matches: Iterable[Match]) -> Iterator[Match]:
    """Of the matches of each two documents, those that are the best of both sides."""
    pairs: dict[tuple[str, str], list[Match]] = defaultdict(list)
    for each in matches:
        pairs[each.a.document_id, each.b.document_id].append(each)
    for _, own in sorted(pairs.items()):
        taken: set[str] = set()
        for each in sorted(own, key=lambda each: (*(-part for part in each.score), each.a.id, each.b.id)):
            if each.a.id not in taken and each.b.id not in taken:
                yield each
            taken |= {each.a.id, each.b.id}


def like_names(names: Collection[str], others: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Name → those of `others` that may be like it, itself among them. `others` are looked at once each."""
    wanted = {gram for name in names for gram in grams(name)}
    held: dict[str, list[str]] = defaultdict(list)
    for other in sorted(set(others)):
        for gram in grams(other) & wanted:
            if len(held[gram]) < CROWD:
                held[gram].append(other)
    return {name: tuple(_common(name, held)) for name in names}


def _common(name: str, held: Mapping[str, Sequence[str]]) -> Iterator[str]:
    own = grams(name)
    count = Counter(other for gram in own for other in held.get(gram, ()))
    yield name
    for other, common in sorted(count.items()):
        enough = common >= min(_LEAST_COMMON, len(own)) or common >= len(grams(other))
        if other != name and enough:
            yield other
