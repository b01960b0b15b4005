"""Many files into one database: worker processes read, this process alone writes.

Guarantees: files are taken, and their results come, in one order whatever the number of workers; a file
that cannot be read costs only itself, even where it takes its worker down or would never end; at most a few
notices are in memory at a time, whatever their number; a file whose bytes the database knows is not read
again; a zip archive counts as its members, each a source called archive.zip/path/in/it.

Every file is read in a worker, under `Limits.max_seconds` and `Limits.max_memory`, with one exception: where
there is but one worker, plain text of up to `SMALL` bytes is read in this process, without those limits. It
is the usual case, all that reads it takes time in proportion to its length, and no process need begin.
"""

from __future__ import annotations

import gc
import hashlib
import sqlite3
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from sqlite_utils import Database

from extractor.intake import File, Item, Result, already, failed, items
from extractor.kept import SourceFolder
from extractor.messages import Message
from extractor.model import Notice
from extractor.reading import ingest_one, read_bytes
from extractor.records import Record
from extractor.sources import DEFAULT_LIMITS, Limits, is_plain
from extractor.store import ROOM, Batch, StoreError, finish, known, open_store
from extractor.workers import SELDOM, Problem, Reader, Workers, fault, read_safely

IN_FLIGHT = 4  # notices a worker that may be under way or waiting to be written
MAKE_ROOM = Message("Make room, or name another folder.")
SMALL = 1_000_000  # bytes; a tenth of it is a long notice


class Writer(Protocol):
    """The database as the engine sees it."""

    def known(self, sha256: str) -> bool: ...
    def write(self, new: Record) -> str: ...


@contextmanager
def writing(database: Path) -> Iterator[Store]:
    """The database open for a run. However the run ends, what was written is finished and kept.

    Raises `StoreError` where it cannot be, as on a full disk: the file is what it was when last kept.
    """
    db = open_store(database)
    store = Store(db, Batch(db))
    try:
        try:
            yield store
        except StoreError as error:
            raise StoreError("{database}: {words}", database=database, words=error) from error
        except BaseException:
            _finish(store, database)
            raise
        _finish(store, database)
    finally:
        db.close()


def _finish(store: Store, database: Path) -> None:
    try:
        store.batch.keep()
        finish(store.db)
    except (StoreError, sqlite3.Error) as error:
        words: Message | StoreError = Message("not finished ({error}). {room}", error=error, room=ROOM)
        if isinstance(error, StoreError):
            words = error
        raise StoreError("{database}: {words}", database=database, words=words) from error


class Store(NamedTuple):
    """An open database."""

    db: Database
    batch: Batch

    def known(self, sha256: str) -> bool:
        return known(self.db, sha256)

    def write(self, new: Record) -> str:
        return self.batch.write(new)


def ingest(
    files: Iterable[File],
    writer: Writer,
    *,
    reader: Reader[Notice] = read_bytes,
    jobs: int = 1,
    limits: Limits = DEFAULT_LIMITS,
    keeper: SourceFolder | None = None,
) -> Generator[Result, None, None]:
    """Read each file and write its notice; one result a file or member, in the order of `files`.

    `reader` must be a function of a module (workers import it). `keeper` gets the bytes of each file that is
    written or known. Close the iterator to end the workers early.
    """
    with seldom_collected(), Machine(reader, jobs, limits) as machine:
        run = _Run(writer, machine, keeper)
        queue: deque[_Pending] = deque()
        for item in items(files, limits):
            queue.append(run.begin(item))
            while queue and (queue[0].settled() or len(queue) >= jobs * IN_FLIGHT):
                yield run.end(queue.popleft())
        while queue:
            yield run.end(queue.popleft())


class Machine:
    """Where `ingest_one` runs on one machine: in workers, or here where that is as safe (see above).

    As a context manager: at its end the workers are gone, also in the middle of a file.
    """

    def __init__(self, reader: Reader[Notice], jobs: int, limits: Limits) -> None:
        self._read = partial(ingest_one, reader)
        self._workers = Workers(self._read, jobs, limits)
        self._jobs, self._limits = jobs, limits

    def __enter__(self) -> Machine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers."""
        self._workers.close()

    def begin(self, name: str, data: bytes) -> Future[Record | Problem] | Record | Problem:
        """Begin to read a file, or read it at once."""
        if self._jobs == 1 and len(data) <= SMALL and is_plain(data):
            return read_safely(self._read, name, data, self._limits)
        return self._workers.submit(name, data)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for cycles less often: a notice is many values that hold none, freed when it is written."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Pending(NamedTuple):
    file: File
    sha256: str
    outcome: Result | Record | Problem | Future[Record | Problem]
    content: bytes = b""  # to be kept

    def settled(self) -> bool:
        return not isinstance(self.outcome, Future) or self.outcome.done()


@dataclass(frozen=True, slots=True)
class _Run:
    """The steps of a run."""

    writer: Writer
    machine: Machine
    keeper: SourceFolder | None

    def begin(self, item: Item) -> _Pending:
        """Settle a file that need not be read, or begin to read it."""
        file, content = item
        if isinstance(content, Result):
            return _Pending(file, "", content)
        sha256 = hashlib.sha256(content).hexdigest()
        keeps = content if self.keeper else b""
        if self.writer.known(sha256):
            return _Pending(file, sha256, already(file, sha256), keeps)
        return _Pending(file, sha256, self.machine.begin(file.name, content), keeps)

    def end(self, pending: _Pending) -> Result:
        """The result of the oldest file, kept and written."""
        file, outcome = pending.file, pending.outcome
        read = outcome.result() if isinstance(outcome, Future) else outcome
        if isinstance(read, Problem):
            return failed(file, read.words)
        try:
            if self.keeper and pending.content:
                self.keeper.keep(pending.sha256, pending.content)
        except OSError as error:
            return failed(file, "it cannot be kept ({error}). {make_room}", error=error, make_room=MAKE_ROOM)
        return read if isinstance(read, Result) else put(self.writer, file, read)


def put(writer: Writer, file: File, new: Record) -> Result:
    """What became of a notice that is to be written. Its twin may have been written since it was read.

    Raises `StoreError` where the database takes no more: no file is to blame.
    """
    if writer.known(new.sha256):
        return already(file, new.sha256)
    try:
        written = writer.write(new)
    except StoreError:
        raise
    except Exception as error:
        return failed(file, fault(error))
    return Result(file.path, "written", written, len(new.text), name=file.name, sha256=new.sha256)
