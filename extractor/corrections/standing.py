"""One fact with what was said of it: what a person sees before saying more."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from extractor.corrections.assigning import Documents
from extractor.corrections.document import Document, document_of
from extractor.corrections.model import Correction, Fact, Outcome
from extractor.corrections.settling import settle


class Standing(NamedTuple):
    """`outcomes`: of the corrections in force that are about the fact."""

    document: Document
    fact: Fact
    outcomes: tuple[Outcome, ...]

    @property
    def in_force(self) -> tuple[Correction, ...]:
        """What a further correction takes the place of."""
        return tuple(outcome.correction for outcome in self.outcomes)


def standing(db: sqlite3.Connection, corrections: Iterable[Correction], name: str) -> Standing | None:
    """The fact `name` with those of `corrections` (in force) that are about it; None where there is none."""
    documents = Documents(db)
    try:
        document = documents[document_of(name)]
    except KeyError:
        return None
    fact = document.fact(name)
    if fact is None:
        return None
    own = outcomes(documents, document, corrections)
    return Standing(document, fact, tuple(each for each in own if each.fact and each.fact.id == name))


def outcomes(
    documents: Documents, document: Document, corrections: Iterable[Correction]
) -> tuple[Outcome, ...]:
    """What those of `corrections` that are about `document` come to there."""
    name = document.subject.document_id
    likely = [each for each in corrections if _may_be_of(each, document)]
    return settle(document, [each for each in likely if name in documents.of(each)])


def _may_be_of(correction: Correction, document: Document) -> bool:
    """Whether the two have anything in common by which a document is found: id, bytes, number or title."""
    pairs = zip(correction.subject[:4], document.subject[:4], strict=True)
    return any(one is not None and one == other for one, other in pairs)
