"""Which documents of a database corrections are about.

First the document of the same bytes. Where the notice came in another file since, the document of the same id
or of the same number (without one: title) and jurisdiction that has the clause; it may be several readings of
one notice. What is of no document of the database is absent: neither applied nor lost.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from extractor.corrections.document import Document, load
from extractor.corrections.model import Correction, Subject
from extractor.corrections.settling import stands_in

_SAME_BYTES = "select id from documents where source_sha256 = ?"
_ALIKE = """
select id from (
  select id from documents where id = :id
  union select id from documents where doc_number = :doc_number and jurisdiction_id is :jurisdiction
  union select id from documents where :doc_number is null and title = :title and doc_number is null
    and jurisdiction_id is :jurisdiction
) order by id <> :id, id
"""


class Assigned(NamedTuple):
    """Corrections by document, and those whose document the database does not have."""

    by_document: Mapping[str, tuple[Correction, ...]]
    absent: tuple[Correction, ...]


class Documents:
    """Documents of a database, each read once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._read: dict[str, Document] = {}

    def __getitem__(self, name: str) -> Document:
        if name not in self._read:
            found = load(self._db, name)
            if found is None:
                raise KeyError(name)
            self._read[name] = found
        return self._read[name]

    def of(self, correction: Correction) -> tuple[str, ...]:
        """The ids of the documents that a correction is about; () where the database has none."""
        subject = correction.subject
        same = [name for (name,) in self._db.execute(_SAME_BYTES, (subject.source_sha256,))]
        if same:
            return tuple(same)
        alike = [name for (name,) in self._db.execute(_ALIKE, _asked(subject))]
        return tuple(name for name in alike if stands_in(self[name], correction)) or tuple(alike[:1])


def assign(documents: Documents, corrections: Iterable[Correction]) -> Assigned:
    """Each correction with its documents. It depends on what the database holds, not on how it came there."""
    by_document: dict[str, tuple[Correction, ...]] = {}
    absent: list[Correction] = []
    for correction in corrections:
        names = documents.of(correction)
        for name in names:
            by_document[name] = (*by_document.get(name, ()), correction)
        if not names:
            absent.append(correction)
    return Assigned(by_document, tuple(absent))


def _asked(subject: Subject) -> dict[str, str | None]:
    return {
        "id": subject.document_id, "doc_number": subject.doc_number, "title": subject.title,
        "jurisdiction": subject.jurisdiction_id,
    }  # fmt: skip
