"""Sets of parts → a database: each notice is put in as an ingest would, in the order of its files."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import NamedTuple

from extractor.engine import Writer, put
from extractor.intake import File, Result, already
from extractor.shards import parts
from extractor.shards.collection import manifest
from extractor.storage import Folder, Remote, StorageError


class Chosen(NamedTuple):
    """A part of a set."""

    folder: Folder
    part: str


def chosen(folders: Iterable[Folder]) -> tuple[Chosen, ...]:
    """The parts of some sets, in order. Raises `StorageError` for what is no whole set."""
    found: list[Chosen] = []
    for folder in folders:
        told = manifest(folder)
        if told is None:
            raise StorageError(
                "{url}: no set of shards is whole there. Run `extractor ingest --engine dask --shards` "
                "on it until it is through.",
                url=folder.url,
            )
        found += (Chosen(folder, part) for part in told.parts)
    return tuple(found)


def merge(found: Iterable[Chosen], writer: Writer) -> Generator[Result, None, None]:
    """Put each notice into the database that does not know its bytes; one result each."""
    for folder, part in found:
        try:
            if all(writer.known(sha256) for sha256, _ in parts.identities(folder, part)):
                yield from _known(folder, part)
                continue
            for record in parts.read(folder, part):
                yield put(writer, File(_shown(folder, record.name), record.name), record)
        except FileNotFoundError as error:
            raise StorageError(
                "{url}: part {part} is gone ({error}). Run the command again once no other writes to it.",
                url=folder.url,
                part=part,
                error=error,
            ) from error


def _known(folder: Folder, part: str) -> Iterator[Result]:
    for entry in parts.held(folder, part).entries:
        if entry.state == "held":
            yield already(File(_shown(folder, entry.name), entry.name), entry.sha256)


def _shown(folder: Folder, name: str) -> Remote:
    return Remote(folder.url) / name
