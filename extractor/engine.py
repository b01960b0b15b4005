"""Many files into one database: worker processes read, this process alone writes.

Guarantees: files are taken, and their results come, in one order whatever the number of workers; a file
that cannot be read costs only itself, even where it takes its worker down; at most a few notices are in
memory at a time, whatever their number; a file whose bytes the database knows is not read again.
"""

from __future__ import annotations

import hashlib
import os
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from sqlite_utils import Database

from extractor.model import Notice, ReadError
from extractor.pipeline import read_bytes
from extractor.sources import DEFAULT_LIMITS
from extractor.store import finish, known, open_store, write

SUFFIXES = frozenset((".txt", ".text", ".md", ".markdown"))  # what is read in folders
IN_FLIGHT = 4  # notices a worker that may be under way or waiting to be written

Status = Literal["written", "known", "failed"]
Reader = Callable[[str, bytes], Notice]


class File(NamedTuple):
    """A file to read and what the database calls it: its path below the folder that was named."""

    path: Path
    name: str


class Found(NamedTuple):
    """Files to read, in order, and files in folders that are no notices by their suffix."""

    files: tuple[File, ...]
    ignored: tuple[Path, ...]


class Result(NamedTuple):
    """What became of one file. `message` names the file, what is wrong and the remedy."""

    path: Path
    status: Status
    document_id: str | None = None
    characters: int = 0
    message: str = ""


class Problem(NamedTuple):
    """Why a file gave no notice, and what to do."""

    words: str


class Writer(Protocol):
    """The database as the engine sees it."""

    def known(self, sha256: str) -> bool: ...
    def write(self, notice: Notice) -> str: ...


@contextmanager
def writing(database: Path) -> Iterator[Writer]:
    """The database open for a run. However the run ends, what was written is finished and kept."""
    db = open_store(database)
    try:
        yield _Store(db)
    finally:
        try:
            finish(db)
        finally:
            db.close()


class _Store(NamedTuple):
    db: Database

    def known(self, sha256: str) -> bool:
        return known(self.db, sha256)

    def write(self, notice: Notice) -> str:
        return write(self.db, notice)


def expand(paths: Iterable[Path], *, suffixes: frozenset[str] = SUFFIXES) -> Found:
    """Files as named, folders with all that is under them, sorted by path, each file once.

    A file that is named is read whatever its suffix; in a folder only `suffixes` are, and no README. Hidden
    files and folders are passed over.
    """
    files: dict[Path, File] = {}
    ignored: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(path.resolve(), File(path, path.name))
            continue
        for file in _walk(path):
            if file.suffix.lower() in suffixes and file.stem.upper() != "README":
                files.setdefault(file.resolve(), File(file, file.relative_to(path).as_posix()))
            else:
                ignored.append(file)
    return Found(tuple(files.values()), tuple(ignored))


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(names) if not name.startswith("."))


def ingest(
    files: Iterable[File], writer: Writer, *, reader: Reader = read_bytes, jobs: int = 1
) -> Iterator[Result]:
    """Read each file and write its notice; one result a file, in the order of `files`.

    `reader` must be a function of a module (workers import it). With `jobs` = 1 nothing is spawned.
    """
    with _Workers(reader, jobs) as workers:
        queue: deque[_Pending] = deque()
        for file in files:
            queue.append(_begin(file, workers, writer))
            if len(queue) >= workers.capacity:
                yield _end(queue.popleft(), workers, writer)
        while queue:
            yield _end(queue.popleft(), workers, writer)


class _Pending(NamedTuple):
    file: File
    sha256: str
    outcome: Result | Future[Notice | Problem] | Notice | Problem


def _begin(file: File, workers: _Workers, writer: Writer) -> _Pending:
    """Settle a file that need not be read, or hand its bytes to a worker."""
    try:
        with file.path.open("rb") as stream:
            data = stream.read(DEFAULT_LIMITS.max_bytes + 1)
    except OSError as error:
        message = f"{file.path}: cannot be opened ({error.strerror}). Check that it exists and may be read."
        return _Pending(file, "", Result(file.path, "failed", message=message))
    sha256 = hashlib.sha256(data).hexdigest()
    if writer.known(sha256):
        return _Pending(file, sha256, Result(file.path, "known"))
    return _Pending(file, sha256, workers.submit(file.name, data))


def _end(pending: _Pending, workers: _Workers, writer: Writer) -> Result:
    """The result of the oldest file, written. Its twin may have been written since it began."""
    path = pending.file.path
    if isinstance(pending.outcome, Result):
        return pending.outcome
    read = workers.wait(pending.file, pending.outcome)
    if isinstance(read, Problem):
        return Result(path, "failed", message=f"{path}: {read.words}")
    if writer.known(pending.sha256):
        return Result(path, "known")
    try:
        return Result(path, "written", writer.write(read), len(read.text.text))
    except Exception as error:
        return Result(path, "failed", message=f"{path}: {_fault(error)}")


def _read(reader: Reader, name: str, data: bytes) -> Notice | Problem:
    """The notice, or what is wrong with the file. A fault of the program costs one file, not the run."""
    try:
        return reader(name, data)
    except ReadError as error:
        return Problem(f"{error.problem} {error.remedy}")
    except Exception as error:
        return Problem(_fault(error))


def _fault(error: Exception) -> str:
    """A fault of the program itself, with the line it came from."""
    *_, frame = traceback.extract_tb(error.__traceback__)
    what = f"{type(error).__name__} in {Path(frame.filename).name} line {frame.lineno}: {error}"
    return f"the program failed on it ({what}). Please report this with the file."


class _Workers:
    """A pool that outlives its workers: where one dies, what was under way is read again, each file alone."""

    def __init__(self, reader: Reader, jobs: int) -> None:
        self.capacity = jobs * IN_FLIGHT if jobs > 1 else 1
        self._reader, self._jobs = reader, jobs
        self._pool = self._fill(jobs) if jobs > 1 else None

    @staticmethod
    def _fill(jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, name: str, data: bytes) -> Future[Notice | Problem] | Notice | Problem:
        """Begin to read; with one job, read at once."""
        if not self._pool:
            return _read(self._reader, name, data)
        try:
            return self._pool.submit(_read, self._reader, name, data)
        except BrokenProcessPool:
            self._pool = self._fill(self._jobs)
            return self._pool.submit(_read, self._reader, name, data)

    def wait(self, file: File, outcome: Future[Notice | Problem] | Notice | Problem) -> Notice | Problem:
        """What came of it; where its pool broke, the file is read once more in a process of its own."""
        if not isinstance(outcome, Future):
            return outcome
        try:
            return outcome.result()
        except BrokenProcessPool:
            return self._alone(file)

    def _alone(self, file: File) -> Notice | Problem:
        with self._fill(1) as pool:
            try:
                return pool.submit(_read, self._reader, file.name, file.path.read_bytes()).result()
            except (BrokenProcessPool, OSError):
                return Problem(
                    "its worker process died on it. Give the machine more memory or repair the file."
                )
