"""What the database says of the source of a document: where its copy is, where on its pages words stand."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from extractor.location import locate
from extractor.model import Box

_HAS_KEPT = "select 1 from sqlite_master where name = 'kept_sources'"
_ORIGINAL = """
select k.sha256, k.path, k.bytes, substr(d.source_name, 1, 2000), d.media_type
from documents d join kept_sources k on k.sha256 = d.source_sha256 where d.id = ?
"""
_WITH_PAGES = ("application/pdf", "application/ofd")


class Original(NamedTuple):
    """A kept source. `path` is told from the folder of the database; `name` is what it was called."""

    sha256: str
    path: str
    bytes: int
    name: str
    media_type: str

    @property
    def has_pages(self) -> bool:
        """Whether it has pages that can be drawn."""
        return self.media_type in _WITH_PAGES or self.media_type.startswith("image/")


class PageAsked(NamedTuple):
    """A page of a document, from 1; `place` is the id of the clause or fact to be marked, "" for none."""

    document: str
    page: int
    place: str = ""


class Page(NamedTuple):
    """A page of a source, with the boxes to be marked (points, origin at the top left)."""

    original: Original
    number: int
    boxes: tuple[Box, ...]


def original(db: sqlite3.Connection, document: str) -> Original | None:
    """The kept source of a document; None where none was kept, or the database is older than kept sources."""
    if not db.execute(_HAS_KEPT).fetchone():
        return None
    row = db.execute(_ORIGINAL, (document,)).fetchone()
    return None if row is None else Original(*row)


def page(db: sqlite3.Connection, asked: PageAsked) -> Page | None:
    """The page; None where its source is not kept, or the place is none of this document."""
    source = original(db, asked.document)
    if source is None or not asked.place:
        return None if source is None else Page(source, asked.page, ())
    place = locate(db, asked.place)
    if place is None or place.document_id != asked.document:
        return None
    return Page(source, asked.page, place.boxes.get(asked.page, ()))
