"""What corrections come to on a document: (facts as parsed, corrections in force) → outcomes. Pure.

A correction is applied to the fact it was made of: the one in its place that the parser reads as the person
saw it, or the only one in its place, then and now. What the parser meanwhile reads as the person wanted is
`already` so. Everything else is a conflict and changes nothing: the clause or the fact is gone, several facts
could be meant, a value that was corrected is a third one now, or two people disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from extractor.corrections.document import Clause, Document
from extractor.corrections.fields import kinds, problems
from extractor.corrections.model import Correction, Fact, Outcome, Reason, State


class _Found(NamedTuple):
    """Where a correction leads: a fact, or why there is none. `done`: what it asks for is so already."""

    fact: Fact | None = None
    clause: Clause | None = None
    reason: Reason | None = None
    done: bool = False


def settle(document: Document, corrections: Iterable[Correction]) -> tuple[Outcome, ...]:
    """One outcome a correction, the oldest correction first, whatever the order in which they are given."""
    ordered = sorted(corrections, key=lambda each: (each.made_at, each.id))
    found = {each.id: _find(document, each) for each in ordered}
    meant: dict[str, set[object]] = defaultdict(set)
    for each in ordered:
        fact = found[each.id].fact
        if fact is not None:
            meant[fact.id].add(each.effect)
    return tuple(_outcome(each, found[each.id], meant) for each in ordered)


def stands_in(document: Document, correction: Correction) -> bool:
    """Whether the document has the clause of a correction."""
    sha256 = correction.place.clause_sha256
    return sha256 is None or any(clause.sha256 == sha256 for clause in document.clauses.values())


def _outcome(correction: Correction, found: _Found, meant: Mapping[str, set[object]]) -> Outcome:
    fact, clause = found.fact, found.clause
    clause_id = clause.id if clause else None
    if found.done:
        return Outcome(correction, "already", fact, clause_id)
    if fact is None:
        return Outcome(correction, "conflict", None, clause_id, reason=found.reason)
    if len(meant[fact.id]) > 1:
        return Outcome(correction, "conflict", fact, clause_id, reason="disagree")
    if correction.verdict == "correct":
        return _corrected(correction, fact)
    if fact.fields != correction.seen:
        return Outcome(correction, "conflict", fact, clause_id, reason="value-changed")
    state: State = "applied" if correction.verdict == "reject" else "confirmed"
    return Outcome(correction, state, fact, clause_id)


def _corrected(correction: Correction, fact: Fact) -> Outcome:
    changes = {}
    for name, wanted in correction.changes.items():
        if name not in kinds()[fact.kind] or name not in correction.seen:
            return Outcome(correction, "conflict", fact, fact.clause_id, reason="invalid")
        value = fact.fields[name]
        if value not in (wanted, correction.seen[name]):
            return Outcome(correction, "conflict", fact, fact.clause_id, reason="value-changed")
        if value != wanted:
            changes[name] = (value, wanted)
    if not changes:
        return Outcome(correction, "already", fact, fact.clause_id)
    if any(problems(fact.kind, {**fact.fields, **{name: new for name, (_, new) in changes.items()}})):
        return Outcome(correction, "conflict", fact, fact.clause_id, reason="invalid")
    return Outcome(correction, "applied", fact, fact.clause_id, changes)


def _find(document: Document, correction: Correction) -> _Found:
    place = correction.place
    clause = None
    if place.clause_sha256 is not None:
        alike = [each for each in document.clauses.values() if each.sha256 == place.clause_sha256]
        if not alike:
            return _Found(reason="clause-gone")
        if len(alike) != place.clause_total:
            return _Found(reason="clause-ambiguous")
        clause = alike[place.clause_rank]
    here = [
        fact for fact in document.facts
        if fact.kind == correction.kind and fact.clause_id == (clause and clause.id)
    ]  # fmt: skip
    return _among(here, correction)._replace(clause=clause)


def _among(here: Sequence[Fact], correction: Correction) -> _Found:
    """The fact that is meant, of those of its kind in its clause."""
    place = correction.place
    group = [fact for fact in here if fact.words == correction.words]
    same = [fact for fact in group if fact.fields == correction.seen]
    if len(same) < place.twins:  # it is read otherwise, or no more
        return _otherwise(here, group, same, correction)
    if len(group) == place.total and group[place.rank].fields == correction.seen:
        return _Found(group[place.rank])
    return _Found(same[0]) if len(same) == place.twins else _Found(reason="fact-ambiguous")


def _otherwise(
    here: Sequence[Fact], group: Sequence[Fact], same: Sequence[Fact], correction: Correction
) -> _Found:
    wanted = [fact for fact in group if fact.fields == correction.target] if correction.changes else []
    if wanted:
        return _Found(wanted[0], done=True)
    if correction.verdict == "reject" and same:
        return _Found(done=True)  # one of several that were the same is gone
    if len(group) == correction.place.total == 1:
        return _Found(group[0])
    if group or any(_reads(fact, correction) for fact in here):
        return _Found(reason="fact-ambiguous")
    return _Found(done=True) if correction.verdict == "reject" else _Found(reason="fact-gone")


def _reads(fact: Fact, correction: Correction) -> bool:
    """Whether a fact is made of the words of a correction, in whatever way."""
    return fact.place.touches(correction.place) and fact.fields.get("code") == correction.seen.get("code")
