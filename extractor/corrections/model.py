"""Corrections as values. A correction says who looked at which fact, when, why, and what is to stand there.

A fact is known by where it stands, not by its id: by the words of its clause (their SHA-256), its kind, the
quote with its offset in the clause, the number words it rests on. So the clause may move in the document, and
the parser may number facts anew. What the person saw is kept, so that another reading is recognised.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple, get_args

Verdict = Literal["confirm", "correct", "reject", "withdraw"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
# applied: the fact was changed or taken out; already: the parser says so itself; confirmed: it says what was
# confirmed; conflict: see `Reason`.
State = Literal["applied", "already", "confirmed", "conflict"]
Reason = Literal[
    "clause-gone", "clause-ambiguous", "fact-gone", "fact-ambiguous", "value-changed", "disagree", "invalid"
]
Value = str | int | float | None
Fields = Mapping[str, Value]
Words = tuple[str, int | None, tuple[int, ...], Value]  # quote, offset, anchor; of a finding its code
FINDINGS: Final = "findings"  # the kind of findings: they are dismissed (reject) or acknowledged (confirm)


class Subject(NamedTuple):
    """The document of a correction: its id, its bytes, and what stays when both change."""

    document_id: str
    source_sha256: str
    doc_number: str | None
    title: str | None
    jurisdiction_id: str | None


class Place(NamedTuple):
    """Where a fact stands. Ranks count from 0; offsets are from the first character of the clause's text."""

    clause_sha256: str | None  # of clauses.text in UTF-8; None: of the document as a whole (findings)
    clause_ref: str | None  # as it was, for people
    clause_rank: int  # which of the clauses with these very words
    clause_total: int
    quote: str
    offset: int | None  # None where the quote stands outside its clause (basis `default`)
    anchor: tuple[int, ...]  # the number words that the ledger ties to the fact
    rank: int  # which of the facts of this kind, quote and anchor
    total: int
    twins: int  # how many of these are the same in all fields

    def touches(self, other: Place) -> bool:
        """Whether the quotes share a character; where one stands outside the clause, whether both do."""
        if self.offset is None or other.offset is None:
            return self.offset is other.offset
        return self.offset < other.offset + len(other.quote) and other.offset < self.offset + len(self.quote)


@dataclass(frozen=True, slots=True)
class Fact:
    """A row that can be corrected, as the parser left it. `fields`: what may be corrected, by column."""

    kind: str  # the table
    id: str
    clause_id: str | None
    place: Place
    fields: Fields
    start: int | None  # of the quote in documents.text
    end: int | None

    @property
    def words(self) -> Words:
        """What tells it from the other facts of its kind and clause."""
        return _words(self.place, self.fields)


@dataclass(frozen=True, slots=True)
class Correction:
    """What one person said of one fact at one time. `changes`: column → what is to stand there."""

    subject: Subject
    kind: str
    fact_id: str  # as it was when the correction was made; for people
    place: Place
    seen: Fields  # all fields as the parser had read them
    verdict: Verdict
    changes: Fields
    made_by: str
    made_at: str  # 2026-01-31T08:00:00Z
    why: str
    replaces: tuple[str, ...] = ()  # ids of earlier corrections of the fact, whose place it takes
    id: str = field(init=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", "c" + hashlib.blake2b(_content(self), digest_size=8).hexdigest())

    @property
    def words(self) -> Words:
        """What told the fact from the others of its kind and clause."""
        return _words(self.place, self.seen)

    @property
    def target(self) -> Fields:
        """All fields as the person wants them."""
        return {**self.seen, **self.changes}

    @property
    def effect(self) -> tuple[Verdict, str]:
        """What it comes to: two corrections of one effect do not disagree."""
        return (self.verdict, canonical(self.changes))


class Outcome(NamedTuple):
    """What became of a correction on a document. `changes`: column → (as parsed, as corrected)."""

    correction: Correction
    state: State
    fact: Fact | None = None
    clause_id: str | None = None
    changes: Mapping[str, tuple[Value, Value]] = {}
    reason: Reason | None = None


def canonical(value: Any) -> str:
    """One JSON text for one value: sorted keys, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def in_force(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Those whose place no other has taken, and that are no withdrawal; the oldest first."""
    known = {each.id: each for each in corrections}
    gone = {name for each in known.values() for name in each.replaces}
    left = (each for each in known.values() if each.id not in gone and each.verdict != "withdraw")
    return tuple(sorted(left, key=lambda each: (each.made_at, each.id)))


def _words(place: Place, fields: Fields) -> Words:
    return (place.quote, place.offset, place.anchor, fields.get("code"))


def _content(correction: Correction) -> bytes:
    parts = (
        correction.subject, correction.kind, correction.fact_id, correction.place, correction.seen,
        correction.verdict, correction.changes, correction.made_by, correction.made_at, correction.why,
        sorted(correction.replaces),
    )  # fmt: skip
    return canonical(parts).encode()
