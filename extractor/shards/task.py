"""What a task of a cluster does: files → parts. The same bytes make the same parts, wherever it runs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import NamedTuple

from extractor.arrow import ArrowError
from extractor.engine import MAKE_ROOM, Machine, seldom_collected
from extractor.intake import File, Item, Result, already, failed, items
from extractor.kept import keep
from extractor.records import Record
from extractor.shards import parts
from extractor.shards.parts import Entry, Part
from extractor.shards.settling import settled
from extractor.sources import Limits, suffix_of
from extractor.storage import Folder, StorageError
from extractor.workers import Problem, fault

MOST = 512  # sources of a part, so that an archive of many becomes several
MOST_BYTES = 32 * 1024 * 1024


class Order(NamedTuple):
    """What all tasks of a run share: where parts are written, limits of each file, where sources are kept."""

    folder: Folder
    limits: Limits
    kept: Path | None = None


class Kept(NamedTuple):
    """A source that was kept."""

    sha256: str
    path: Path
    size: int


class Outcome(NamedTuple):
    """What became of some sources: the part that holds them, if any does, and a result each."""

    part: Part | None
    results: tuple[Result, ...]
    kept: tuple[Kept, ...] = ()


class _Source(NamedTuple):
    file: File
    content: bytes
    sha256: str

    def as_entry(self, read: Record | Problem) -> Entry:
        """As it stands in a part before others are looked at."""
        if isinstance(read, Problem):
            return Entry(self.file.name, self.sha256, "failed")
        return Entry(self.file.name, self.sha256, "held", read.document_id, len(read.text))


def ingest_batch(machine: Machine, files: Sequence[File], order: Order) -> list[Outcome]:
    """Read files into parts, unless they are there. What failed is tried again."""
    with seldom_collected():
        return [_chunk(machine, chunk, order) for chunk in _chunks(items(files, order.limits))]


def _chunks(found: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    size = 0
    for item in found:
        length = len(item.content) if isinstance(item.content, bytes) else 0
        if chunk and (len(chunk) == MOST or size + length > MOST_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(item)
        size += length
    if chunk:
        yield chunk


def _chunk(machine: Machine, chunk: Sequence[Item], order: Order) -> Outcome:
    sources = _sources(chunk)
    batch = _key(sources)
    there = parts.find(order.folder, batch)
    read = _read(machine, sources, _untold(there, len(sources)))
    if there and any(isinstance(found, Record) for found in read.values()):  # it failed before
        read |= _read(machine, sources, range(len(sources)) - read.keys())
        there = None
    part = there
    if part is None:
        try:
            part = _written(order.folder, batch, sources, read)
        except ArrowError:  # a fault of the program costs one file, not the run
            read = {place: _fitting(found) for place, found in read.items()}
            part = _written(order.folder, batch, sources, read)
    told = [_result(source, part, place, read.get(place)) for place, source in enumerate(sources)]
    kept: list[Kept] = []
    if order.kept:
        told, kept = _keep_all(sources, told, order.kept)
    own = iter(told)
    results = tuple(item.content if isinstance(item.content, Result) else next(own) for item in chunk)
    return Outcome(part, results, tuple(kept))


def settle_part(
    machine: Machine, part: Part, entries: Sequence[Entry], files: Sequence[File], order: Order
) -> Part:
    """The part with the states and ids of `entries`; what it does not hold is read again from its files."""
    held = {entry.sha256 for entry in part.entries if entry.state == "held"}
    if all(entry.sha256 in held for entry in entries if entry.state == "held"):
        return parts.settle(order.folder, part, entries)
    for chunk in _chunks(items(files, order.limits)):
        sources = _sources(chunk)
        if _key(sources) == part.batch:
            read = _read(machine, sources, (n for n, entry in enumerate(entries) if entry.state == "held"))
            if all(isinstance(found, Record) for found in read.values()):
                return parts.write(order.folder, part.batch, _renamed(entries, read), entries)
    words = "{first} … {last}: they changed while they were read. Run the command again."
    raise StorageError(words, first=files[0].path, last=files[-1].path)


def _sources(chunk: Sequence[Item]) -> list[_Source]:
    return [
        _Source(item.file, item.content, hashlib.sha256(item.content).hexdigest())
        for item in chunk
        if isinstance(item.content, bytes)
    ]


def _key(sources: Iterable[_Source]) -> str:
    return parts.batch_key((source.file.name, source.sha256) for source in sources)


def _untold(there: Part | None, count: int) -> Iterable[int]:
    """The places of the sources that are to be read."""
    if there is None:
        return range(count)
    return [place for place, entry in enumerate(there.entries) if entry.state == "failed"]


def _read(machine: Machine, sources: Sequence[_Source], places: Iterable[int]) -> dict[int, Record | Problem]:
    begun = {place: machine.begin(sources[place].file.name, sources[place].content) for place in places}
    return {place: found.result() if isinstance(found, Future) else found for place, found in begun.items()}


def _written(
    folder: Folder, batch: str, sources: Sequence[_Source], read: Mapping[int, Record | Problem]
) -> Part | None:
    """The part that holds what was read; None where nothing was."""
    entries = settled(source.as_entry(read[place]) for place, source in enumerate(sources))
    records = _renamed(entries, read)
    return parts.write(folder, batch, records, entries) if records else None


def _fitting(found: Record | Problem) -> Record | Problem:
    """What was read, or that a value of it does not suit its column."""
    if isinstance(found, Record):
        try:
            parts.check(found)
        except ArrowError as error:
            return Problem(fault(error))
    return found


def _renamed(entries: Sequence[Entry], read: Mapping[int, Record | Problem]) -> list[Record]:
    """The records of the entries that are held, under the ids that those have."""
    return [
        found.renamed(entry.document_id)
        for place, entry in enumerate(entries)
        if entry.state == "held" and isinstance(found := read[place], Record)
    ]


def _result(source: _Source, part: Part | None, place: int, read: Record | Problem | None) -> Result:
    if isinstance(read, Problem):
        return failed(source.file, read.words)
    entry = part.entries[place] if part else None
    if read is None or entry is None or entry.state == "dropped":
        return already(source.file, source.sha256)
    own = (entry.document_id, entry.characters)
    return Result(source.file.path, "written", *own, name=source.file.name, sha256=source.sha256)


def _keep_all(
    sources: Sequence[_Source], told: Sequence[Result], folder: Path
) -> tuple[list[Result], list[Kept]]:
    """Keep what did not fail; where that cannot be, the result says so."""
    results, kept = [], []
    for source, result in zip(sources, told, strict=True):
        if result.status != "failed":
            try:
                path = keep(folder, source.sha256, suffix_of(source.content), source.content)
                kept.append(Kept(source.sha256, path, len(source.content)))
            except OSError as error:
                result = failed(
                    source.file, "it cannot be kept ({error}). {make_room}", error=error, make_room=MAKE_ROOM
                )
        results.append(result)
    return results, kept
