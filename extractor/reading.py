"""bytes → the rows of a notice: the unit of work of every engine. Who leads a run loads no more."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import Any

from extractor.model import Notice
from extractor.records import Record, record
from extractor.sources import Limits
from extractor.workers import Reader


class Named:
    """A reader by its name (module:function), loaded where it reads: here when called, else in the worker.

    To load the pipeline takes as long as to read some fifty notices, and who leads workers reads none.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, name: str, data: bytes, *, limits: Limits) -> Notice:
        notice: Notice = resolve_name(self._name)(name, data, limits=limits)
        return notice

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        """In another process it is the function itself, so that loading it costs no file of its time."""
        return resolve_name, (self._name,)


read_bytes = Named("extractor.pipeline:read_bytes")


def ingest_one(reader: Reader[Notice], name: str, data: bytes, *, limits: Limits) -> Record:
    """A file's bytes → the rows of its notice."""
    return record(reader(name, data, limits=limits))
