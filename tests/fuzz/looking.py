"""What a worker does with a changed file: all that `ingest` would, and a look at what came of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from typing import Any, NamedTuple

from sqlite_utils import Database

from extractor.check.document import document
from extractor.check.numerals import numerals
from extractor.contract import load_contract
from extractor.model import Notice, ReadError
from extractor.pipeline import read_bytes
from extractor.sources import Limits, is_archive
from extractor.sources.archives import members
from extractor.store import write
from extractor.store.schema import create

_RECOGNISED = {"pdf": "0", "scan": "05"}  # the last digits of the inputs whose pages are recognised
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
    begun, read, refused = _spent(), 0, 0
    with _recognising_seldom(name):
        for each, content in _files(name, data, limits):
            try:
                if isinstance(content, ReadError):
                    raise content
                _prove(read_bytes(each, content, limits=limits))
                read += 1
            except ReadError:
                refused += 1
    return Looked(read, refused, _spent() - begun)


def _spent() -> float:
    """Seconds of processor time so far, of this process and of those that it started (LibreOffice)."""
    return sum(os.times()[:4])


@contextmanager
def _recognising_seldom(name: str) -> Iterator[None]:
    """Let no line be found on nine of ten pages of damaged PDF and four of five pictures.

    Recognising takes the time of a hundred inputs; the others go all the way to it and no further.
    """
    kind, _, number = name.partition("-")
    if (
        kind not in _RECOGNISED
        or number[-1:] in _RECOGNISED[kind]
        or find_spec("rapidocr_onnxruntime") is None
    ):
        yield
        return
    from extractor.sources import scan_engine

    found = scan_engine.lines_on
    scan_engine.lines_on = _no_lines
    try:
        yield
    finally:
        scan_engine.lines_on = found


def _no_lines(picture: Any) -> list[Any]:
    return []


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
        write(db, notice)
        cursor = db.execute("select * from documents")
        row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
        for violation in document(db.conn, row, numerals):
            raise Broken(str(violation)[:300])
