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
import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple, Protocol

from sqlite_utils import Database

from extractor.kept import SourceFolder
from extractor.model import Notice, ReadError
from extractor.pipeline import read_bytes
from extractor.sources import DEFAULT_LIMITS, SUFFIXES, Limits, is_archive, is_plain
from extractor.sources.archives import members
from extractor.store import Batch, StoreError, finish, known, open_store
from extractor.workers import Problem, Reader, Workers, fault, read_safely

IN_FLIGHT = 4  # notices a worker that may be under way or waiting to be written
SMALL = 1_000_000  # bytes; a tenth of it is a long notice
PAGES = (".html", ".htm")
OF_PAGES = ("_files", ".files")  # how browsers and word processors call the folder of a saved page

Status = Literal["written", "known", "ignored", "failed"]


class File(NamedTuple):
    """A file to read and what the database calls it: its path below the folder that was named."""

    path: Path
    name: str


class Found(NamedTuple):
    """Files to read, in order, and files in folders that are no notices by their suffix."""

    files: tuple[File, ...]
    ignored: tuple[Path, ...]


class Result(NamedTuple):
    """What became of one file or member of an archive. `message` names it, what is wrong and the remedy.

    `ignored` is a member that is no notice by its suffix.
    """

    path: Path
    status: Status
    document_id: str | None = None
    characters: int = 0
    message: str = ""


class Writer(Protocol):
    """The database as the engine sees it."""

    def known(self, sha256: str) -> bool: ...
    def write(self, notice: Notice) -> str: ...


@contextmanager
def writing(database: Path) -> Iterator[Store]:
    """The database open for a run. However the run ends, what was written is finished and kept."""
    db = open_store(database)
    store = Store(db, Batch(db))
    try:
        yield store
    finally:
        try:
            store.batch.keep()
            finish(db)
        finally:
            db.close()


class Store(NamedTuple):
    """An open database."""

    db: Database
    batch: Batch

    def known(self, sha256: str) -> bool:
        return known(self.db, sha256)

    def write(self, notice: Notice) -> str:
        return self.batch.write(notice)


def expand(
    paths: Iterable[Path], *, suffixes: frozenset[str] = SUFFIXES, without: Path | None = None
) -> Found:
    """Files as named, folders with all that is under them, sorted by path, each file once.

    A file that is named is read whatever its suffix; in a folder only `suffixes` are, and no README. Hidden
    files and folders are passed over, and so are the folder `without`, where sources are kept, and those in
    which browsers keep the pictures of a page.
    """
    kept_in = without.resolve() if without else None
    files: dict[Path, File] = {}
    ignored: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(path.resolve(), File(path, shown(path.name)))
            continue
        for file in _walk(path, kept_in):
            if _is_notice(file, suffixes) and file.is_file():
                files.setdefault(file.resolve(), File(file, shown(file.relative_to(path))))
            else:
                ignored.append(file)
    return Found(tuple(files.values()), tuple(ignored))


def shown(path: Path | str) -> str:
    """A path in characters, also where an old archive left its name in GBK."""
    raw = os.fsencode(path.as_posix() if isinstance(path, Path) else path)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _is_notice(path: Path | PurePosixPath, suffixes: frozenset[str]) -> bool:
    return path.suffix.lower() in suffixes and path.stem.upper() != "README"


def _walk(folder: Path, without: Path | None) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        pages = {name.rpartition(".")[0] for name in names if name.lower().endswith(PAGES)}
        beside = {page + suffix for page in pages for suffix in OF_PAGES}
        beside |= {name for name in folders if without and Path(root, name).resolve() == without}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in beside)
        yield from (Path(root, name) for name in sorted(names) if not name.startswith((".", "~$")))


def ingest(
    files: Iterable[File],
    writer: Writer,
    *,
    reader: Reader = read_bytes,
    jobs: int = 1,
    limits: Limits = DEFAULT_LIMITS,
    keeper: SourceFolder | None = None,
) -> Generator[Result, None, None]:
    """Read each file and write its notice; one result a file or member, in the order of `files`.

    `reader` must be a function of a module (workers import it). `keeper` gets the bytes of each file that is
    written or known. Close the iterator to end the workers early.
    """
    with _seldom_collected(), Workers(reader, jobs, limits) as workers:
        run = _Run(writer, reader, jobs, limits, workers, keeper)
        queue: deque[_Pending] = deque()
        for item in run.items(files):
            queue.append(run.begin(item))
            while queue and (queue[0].settled() or len(queue) >= jobs * IN_FLIGHT):
                yield run.end(queue.popleft())
        while queue:
            yield run.end(queue.popleft())


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for cycles less often: a notice is many values that hold none, freed when it is written."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Item(NamedTuple):
    """A file or a member of an archive: its bytes, or what became of it already."""

    file: File
    content: bytes | Result


class _Pending(NamedTuple):
    file: File
    sha256: str
    outcome: Result | Notice | Problem | Future[Notice | Problem]
    content: bytes = b""  # to be kept

    def settled(self) -> bool:
        return not isinstance(self.outcome, Future) or self.outcome.done()


@dataclass(frozen=True, slots=True)
class _Run:
    """The steps of a run."""

    writer: Writer
    reader: Reader
    jobs: int
    limits: Limits
    workers: Workers
    keeper: SourceFolder | None

    def items(self, files: Iterable[File]) -> Iterator[_Item]:
        """Files with their bytes, archives as their members."""
        for file in files:
            item = self._opened(file)
            if isinstance(item.content, bytes) and is_archive(item.content):
                yield from self._members(file, item.content)
            else:
                yield item

    def _opened(self, file: File) -> _Item:
        """The bytes of a file. Only an archive may have more than one file may."""
        try:
            if file.path.exists() and not file.path.is_file():
                return _failed(file, "is no regular file. Save it as one and name that.")
            with file.path.open("rb") as stream:
                size, opening = os.fstat(stream.fileno()).st_size, stream.read(2)
                most = self.limits.max_unpacked if opening == b"PK" else self.limits.max_bytes
                if size > most:
                    problem = f"the file has {size:,} bytes, over the limit of {most:,}."
                    return _failed(file, f"{problem} Split it, or leave it out.")
                return _Item(file, opening + stream.read(most))
        except OSError as error:
            problem = f"cannot be opened ({error.strerror})."
            return _failed(file, f"{problem} Check that it exists and may be read.")

    def _members(self, archive: File, data: bytes) -> Iterator[_Item]:
        """What an archive holds. What is refused gives one message, its other members are read."""
        empty = True
        try:
            for path, content in members(archive.name, data, self.limits):
                empty = False
                file = File(archive.path / path, f"{archive.name}/{path}")
                if isinstance(content, ReadError):
                    yield _failed(file, f"{content.problem} {content.remedy}")
                elif _is_notice(PurePosixPath(path), SUFFIXES):
                    yield _Item(file, content)
                else:
                    yield _Item(file, Result(file.path, "ignored"))
        except ReadError as error:
            yield _failed(archive, f"{error.problem} {error.remedy}")
            return
        if empty:
            yield _failed(archive, "the archive holds no files. Pack it again, or leave it out.")

    def begin(self, item: _Item) -> _Pending:
        """Settle a file that need not be read, or begin to read it."""
        file, content = item
        if isinstance(content, Result):
            return _Pending(file, "", content)
        sha256 = hashlib.sha256(content).hexdigest()
        keeps = content if self.keeper else b""
        if self.writer.known(sha256):
            return _Pending(file, sha256, Result(file.path, "known"), keeps)
        if self.jobs == 1 and len(content) <= SMALL and is_plain(content):
            return _Pending(file, sha256, read_safely(self.reader, file.name, content, self.limits), keeps)
        return _Pending(file, sha256, self.workers.submit(file.name, content), keeps)

    def end(self, pending: _Pending) -> Result:
        """The result of the oldest file, kept and written."""
        path, outcome = pending.file.path, pending.outcome
        read = outcome.result() if isinstance(outcome, Future) else outcome
        if isinstance(read, Problem):
            return Result(path, "failed", message=f"{shown(path)}: {read.words}")
        try:
            if self.keeper and pending.content:
                self.keeper.keep(pending.sha256, pending.content)
        except OSError as error:
            words = f"it cannot be kept ({error}). Make room, or name another folder."
            return Result(path, "failed", message=f"{shown(path)}: {words}")
        return read if isinstance(read, Result) else self._written(path, pending.sha256, read)

    def _written(self, path: Path, sha256: str, read: Notice) -> Result:
        """What became of a notice. Its twin may have been written since it began."""
        if self.writer.known(sha256):
            return Result(path, "known")
        try:
            return Result(path, "written", self.writer.write(read), len(read.text.text))
        except StoreError as error:
            return Result(path, "failed", message=f"{shown(path)}: {error}")
        except Exception as error:
            return Result(path, "failed", message=f"{shown(path)}: {fault(error)}")


def _failed(file: File, words: str) -> _Item:
    return _Item(file, Result(file.path, "failed", message=f"{shown(file.path)}: {words}"))
