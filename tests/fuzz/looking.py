"""What a worker does with a changed file: all that `ingest` would, and a look at what came of it."""

from __future__ import annotations

import time
from contextlib import closing
from typing import Any, NamedTuple

from sqlite_utils import Database

from extractor.check.document import document
from extractor.check.numerals import numerals
from extractor.contract import load_contract
from extractor.model import Finding, Notice, ReadError
from extractor.pipeline import read_bytes
from extractor.sources import Limits, is_archive, scan
from extractor.sources.archives import members
from extractor.sources.pages import Layout
from extractor.store.records import put
from extractor.store.schema import create

_MOST_CHARACTERS = 60_000  # of a text whose rows are checked: more take the time of many inputs


class Looked(NamedTuple):
    """How many notices were read and refused, and the processor time it took."""

    read: int
    refused: int
    seconds: float


class Broken(AssertionError):
    """A notice whose rows break the contract."""


def look(name: str, data: bytes, *, limits: Limits) -> Any:
    """A file, or each member of an archive, through the pipeline, into a database, and checked there.

    What is refused is refused; anything else that goes wrong is raised, as the worker would see it.
    """
    _recognise_seldom(name)
    begun, read, refused = time.process_time(), 0, 0
    for each, content in _files(name, data, limits):
        try:
            if isinstance(content, ReadError):
                raise content
            _prove(read_bytes(each, content, limits=limits))
            read += 1
        except ReadError:
            refused += 1
    return Looked(read, refused, time.process_time() - begun)


def _recognise_seldom(name: str) -> None:
    """One in ten pages of damaged PDF and one in five pictures are recognised: each takes the time of a hundred
    inputs. The others go all the way to that and no further."""
    scan._recognise = _seen if name.startswith("pdf-") and name[-1] != "0" else _READ
    scan._engine = _blind if name.startswith("scan-") and name[-1] not in "05" else _ENGINE


def _blind() -> Any:
    return lambda *pixels, **options: (None, None)


def _seen(pixels: Any, number: int, points: float) -> tuple[Layout, list[Finding]]:
    """A page of a damaged PDF in nine of ten: recognising each takes the time of a hundred that are read."""
    height, width = pixels.shape[:2]
    return Layout(number, width * points, height * points, ()), []


_READ, _ENGINE = scan._recognise, scan._engine


def _files(name: str, data: bytes, limits: Limits) -> list[tuple[str, bytes | ReadError]]:
    if not is_archive(data):
        return [(name, data)]
    try:
        return list(members(name, data, limits))
    except ReadError as error:
        return [(name, error)]


def _prove(notice: Notice) -> None:
    """The rows of a notice keep the contract. Raises Broken."""
    if len(notice.text.text) > _MOST_CHARACTERS:
        return
    with closing(Database(memory=True, execute_plugins=False)) as db:
        create(db, load_contract())
        with db.atomic():
            put(db, notice)
        cursor = db.execute("select * from documents")
        row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
        for violation in document(db.conn, row, numerals):
            raise Broken(str(violation)[:300])
