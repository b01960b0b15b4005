"""Processes that read files: each file costs at most its time and its memory, and harms none but itself.

A process serves one file after another. Where one dies, or is over its time and is killed, the next file gets
a new one. A process first gets the chance to end what it started (LibreOffice runs in a session of its own),
then it is killed with its group. POSIX systems only.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from types import FrameType, TracebackType
from typing import NamedTuple, NoReturn, Protocol

from extractor.model import Notice, ReadError
from extractor.sources import Limits

MEGABYTE = 1024 * 1024
GRACE = 3.0  # seconds to end what it started, for a process that is told to stop
STARTING = 120.0  # seconds that a new process may take to import the program


class Reader(Protocol):
    """bytes → notice. A function of a module, so that a process can import it."""

    def __call__(self, name: str, data: bytes, *, limits: Limits) -> Notice: ...


class Problem(NamedTuple):
    """Why a file gave no notice, and what to do. `process`: what was read before it may be to blame."""

    words: str
    process: bool = False


def read_safely(reader: Reader, name: str, data: bytes, limits: Limits) -> Notice | Problem:
    """The notice, or what is wrong with the file. A fault of the program costs one file, not the run."""
    try:
        return reader(name, data, limits=limits)
    except ReadError as error:
        return Problem(f"{error.problem} {error.remedy}")
    except MemoryError:
        size = f"{limits.max_memory // MEGABYTE:,} MB"
        words = f"reading it takes more than {size} of memory. Split it, or raise --max-memory."
        return Problem(words, process=True)
    except Exception as error:
        return Problem(fault(error))


def fault(error: Exception) -> str:
    """A fault of the program itself, with the line it came from."""
    *_, frame = traceback.extract_tb(error.__traceback__)
    what = f"{type(error).__name__} in {Path(frame.filename).name} line {frame.lineno}: {error}"
    return f"the program failed on it ({what}). Please report this with the file."


class Workers:
    """`jobs` processes at most, begun when they are needed; a thread hands files to each.

    As a context manager: at its end all processes are gone, also in the middle of a file.
    """

    def __init__(self, reader: Reader, jobs: int, limits: Limits) -> None:
        self._threads = ThreadPoolExecutor(jobs, initializer=_leave_interrupts)
        self._all = [_Worker(reader, limits) for _ in range(jobs)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._all:
            self._idle.put(worker)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.close()
        self._threads.shutdown(wait=True)

    def submit(self, name: str, data: bytes) -> Future[Notice | Problem]:
        """Begin to read a file as soon as a process is free."""
        return self._threads.submit(self._read, name, data)

    def _read(self, name: str, data: bytes) -> Notice | Problem:
        worker = self._idle.get()
        try:
            return worker.read(name, data)
        finally:
            self._idle.put(worker)


class _Worker:
    """A process, begun with the first file and again after its death. One thread at a time uses it."""

    def __init__(self, reader: Reader, limits: Limits) -> None:
        self._reader, self._limits = reader, limits
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._closed = False
        self._lock = Lock()  # between beginning a process and `close`

    def read(self, name: str, data: bytes) -> Notice | Problem:
        """What came of the file; in a new process where it failed in one that was used before."""
        used = self._pipe is not None
        found = self._once(name, data)
        failed = isinstance(found, Problem) and found.process
        return self._once(name, data) if failed and used else found

    def _once(self, name: str, data: bytes) -> Notice | Problem:
        try:
            pipe = self._begin()
            pipe.send((name, data))
            found: Notice | Problem | None = None
            if pipe.poll(self._limits.max_seconds):
                found = pipe.recv()
        except (EOFError, OSError):
            words = f"the process that read it {self._end()}. Repair the file, or raise --max-memory."
            return Problem(words, process=True)
        if found is None:
            self._end()
            seconds = f"{self._limits.max_seconds:g} seconds"
            return Problem(f"reading it takes more than {seconds}. Split it, or raise --timeout.")
        if isinstance(found, Problem) and found.process:
            self._end()
        return found

    def _begin(self) -> Connection:
        """The pipe to a process that is ready."""
        with self._lock:
            if self._closed:
                raise EOFError
            if self._pipe:
                return self._pipe
            context = get_context("spawn")
            pipe, far = context.Pipe()
            process = context.Process(target=_serve, args=(far, self._reader, self._limits), daemon=True)
            process.start()
            far.close()  # so that its death is the end of the file here
            self._process, self._pipe = process, pipe
        if not pipe.poll(STARTING):
            raise EOFError
        pipe.recv()
        return pipe

    def close(self) -> None:
        """End the process for good. The thread that waits for it, if any, sees the end of its pipe."""
        with self._lock:
            self._closed = True
            process = self._process
        if process:
            _kill(process)

    def _end(self) -> str:
        """Kill what is left of the process; how it ended by itself, in words."""
        with self._lock:
            process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if pipe:
            pipe.close()
        if not process:
            return "was stopped"
        process.join(0.2)  # a death takes a moment to be seen
        code = process.exitcode
        _kill(process)
        return f"died ({signal.Signals(-code).name})" if code and code < 0 else "stopped by itself"


def _leave_interrupts() -> None:
    """Ctrl+C is for the main thread; processes that this thread begins inherit that."""
    signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))


def _kill(process: BaseProcess) -> None:
    """Ask the process to end, then kill it with its group."""
    process.terminate()
    process.join(GRACE)
    process.kill()
    if process.pid is not None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.join()


# --- in the process -----------------------------------------------------------------------------------


def _serve(pipe: Connection, reader: Reader, limits: Limits) -> None:
    """Read files until the pipe is closed at its other end."""
    os.setsid()  # a group of its own, to be killed as one
    signal.signal(signal.SIGTERM, _leave)
    _limit_memory(limits.max_memory)
    _silence()
    with suppress(EOFError, OSError):
        pipe.send(None)
        while True:
            name, data = pipe.recv()
            pipe.send(read_safely(reader, name, data, limits))


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    """Unwind, so that whoever started a program ends it."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(1)


def _limit_memory(size: int) -> None:
    """Set the most memory that the process and those it starts may map, where the system can."""
    try:
        from resource import RLIMIT_AS, getrlimit, setrlimit
    except ImportError:
        return
    _, most = getrlimit(RLIMIT_AS)
    with suppress(ValueError, OSError):  # above what the process may have, or not a limit of this system
        setrlimit(RLIMIT_AS, (size, most))


def _silence() -> None:
    """Nothing on standard output or error: libraries warn there of what they make of a damaged file."""
    with Path(os.devnull).open("wb") as nothing:
        for stream in (1, 2):
            os.dup2(nothing.fileno(), stream)
