"""A correction of a fact, from what a person typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from extractor.corrections.fields import (
    LONGEST_NAME,
    LONGEST_NOTE,
    OF_OFFICE,
    ValueProblem,
    is_plain,
    kinds,
    problems,
    read,
    written,
)
from extractor.corrections.model import FINDINGS, Correction, Fact, Subject, Value, Verdict
from extractor.messages import Trouble, message

_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_NEEDS_A_NOTE: Final[tuple[Verdict, ...]] = ("correct", "reject", "withdraw")


class CorrectionProblem(Trouble, ValueError):
    """What is wrong with what was typed.

    `part` names the column or field (verdict, by, why, value …), `code` the mistake, `words` say what to do.
    """

    def __init__(self, part: str, code: str, words: str, /, **values: object) -> None:
        self.part, self.code, self.words = part, code, message(words, values)
        super().__init__("{part}: {words}.", part=part, words=self.words)


def now() -> str:
    """This second: 2026-01-31T08:00:00Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_instant(text: str) -> bool:
    """Whether a text is a moment as `now` writes it."""
    if not _INSTANT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def make(
    subject: Subject,
    fact: Fact,
    verdict: Verdict,
    *,
    typed: Mapping[str, str],
    by: str,
    why: str,
    at: str = "",
    replaces: Iterable[Correction] = (),
) -> Correction:
    """The correction of `fact`; `typed`: column → text, those that are not there stay as they were parsed.

    `at` is a moment as `now` has it, by default this one. `replaces` are the corrections of the fact that are
    in force. Raises CorrectionProblem.
    """
    changes = changed(fact, typed) if verdict == "correct" else {}
    by, why = by.strip(), _note(why)
    if not by or len(by) > LONGEST_NAME or not is_plain(by):
        raise CorrectionProblem(
            "by",
            "by",
            "say who makes the correction, in at most {most} characters",
            most=LONGEST_NAME,
        )
    if not why and verdict in _NEEDS_A_NOTE:
        raise CorrectionProblem("why", "why", "say why; {verdict} needs a note", verdict=verdict)
    if len(why) > LONGEST_NOTE or not all(map(is_plain, why.split("\n"))):
        raise CorrectionProblem(
            "why",
            "note",
            "the note may have {most} characters and no control characters",
            most=LONGEST_NOTE,
        )
    if verdict == "correct" and fact.kind == FINDINGS:
        raise CorrectionProblem(
            "verdict", "finding", "a finding has no values to correct: confirm it or reject it"
        )
    if verdict == "correct" and not changes:
        raise CorrectionProblem(
            "verdict", "same", "no value differs from what the parser reads: confirm it instead"
        )
    return Correction(
        subject, fact.kind, fact.id, fact.place, dict(fact.fields), verdict, changes, by,
        at or now(), why, tuple(sorted(each.id for each in replaces)),
    )  # fmt: skip


def taken_back(corrections: Sequence[Correction], *, by: str, why: str, at: str = "") -> Correction:
    """The withdrawal of corrections of one fact. Raises CorrectionProblem."""
    last = corrections[-1]
    fact = Fact(last.kind, last.fact_id, None, last.place, last.seen, None, None)
    return make(last.subject, fact, "withdraw", typed={}, by=by, why=why, at=at, replaces=corrections)


def changed(fact: Fact, typed: Mapping[str, str]) -> dict[str, Value]:
    """The columns in which what was typed differs from what the parser reads.

    Nothing typed for the canonical name or the sector of an office leaves them to the vocabulary.
    Raises CorrectionProblem.
    """
    columns = kinds()[fact.kind]
    changes: dict[str, Value] = {}
    for name, text in typed.items():
        if name not in columns:
            there = ", ".join(columns) or "none"
            raise CorrectionProblem(
                name,
                "column",
                "{kind} have no such value to correct; there are: {there}",
                kind=fact.kind,
                there=there,
            )
        same = _bare(text) == _bare(written(fact.fields[name]))
        if same or (name in OF_OFFICE and not text.strip()):
            continue
        try:
            value = read(columns[name], text)
        except ValueProblem as error:
            raise CorrectionProblem(name, error.code, error.words) from error
        if value != fact.fields[name]:
            changes[name] = value
    if "unit" in changes:  # what is said of another office counts, also where it is as it was of this one
        changes |= {name: typed[name].strip() for name in OF_OFFICE if name in columns and typed.get(name)}
    for problem in problems(fact.kind, {**fact.fields, **changes}):
        raise CorrectionProblem(problem.column, problem.code, problem.words)
    return changes


def _bare(text: str) -> str:
    """Without white space: an input of a browser drops line breaks that a value may have."""
    return "".join(text.split())


def _note(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
