"""Processes that read files: each file costs at most its time and its memory, and harms none but itself.

A process serves one file after another. Where one dies, or is over its time and is killed, the next file gets
a new one. A process first gets the chance to end what it started (LibreOffice runs in a session of its own),
then it is killed with its group. They are begun as programs of their own and not by multiprocessing, which
forbids it to a process that is itself a worker of a cluster. POSIX systems only.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import traceback
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from types import FrameType, TracebackType
from typing import Generic, NamedTuple, NoReturn, Protocol, TypeVar

from extractor.messages import Message
from extractor.model import ReadError
from extractor.sources import Limits

MEGABYTE = 1024 * 1024
SELDOM = (50_000, 20, 50)  # a notice is many values without a cycle: look for cycles less often
GRACE = 3.0  # seconds to end what it started, for a process that is told to stop
PROMPT = 0.0005  # seconds that a thread with a result may wait for the interpreter: its process is idle
STARTING = 120.0  # seconds that a new process may take to import the program
_PROGRAM = "import sys; sys.path[:] = {path!r}; from extractor.workers import serve; serve({pipe})"

T = TypeVar("T")
Read = TypeVar("Read", covariant=True)


class Reader(Protocol[Read]):
    """bytes → what they hold. Functions of modules, which another process can import."""

    def __call__(self, name: str, data: bytes, *, limits: Limits) -> Read: ...


class Problem(NamedTuple):
    """Why a file gave no notice, and what to do. `process`: what was read before it may be to blame."""

    words: Message
    process: bool = False


def read_safely(reader: Reader[T], name: str, data: bytes, limits: Limits) -> T | Problem:
    """What the file holds, or what is wrong with it. A fault of the program costs one file, not the run."""
    try:
        return reader(name, data, limits=limits)
    except ReadError as error:
        return Problem(error.words)
    except MemoryError:
        words = "reading it takes more than {most:,} MB of memory. Split it, or raise --max-memory."
        return Problem(Message(words, most=limits.max_memory // MEGABYTE), process=True)
    except Exception as error:
        return Problem(fault(error))


def fault(error: Exception) -> Message:
    """A fault of the program itself, with the line it came from."""
    *_, frame = traceback.extract_tb(error.__traceback__)
    what = f"{type(error).__name__} in {Path(frame.filename).name} line {frame.lineno}: {error}"
    return Message("the program failed on it ({what}). Please report this with the file.", what=what)


class Workers(Generic[T]):
    """`jobs` processes at most, begun when they are needed; a thread hands files to each.

    As a context manager: at its end all processes are gone, also in the middle of a file.
    """

    def __init__(self, reader: Reader[T], jobs: int, limits: Limits) -> None:
        self._switched = sys.getswitchinterval()
        sys.setswitchinterval(PROMPT)
        self._threads = ThreadPoolExecutor(jobs, initializer=_leave_interrupts)
        self._all = [_Worker(reader, limits) for _ in range(jobs)]
        self._idle: SimpleQueue[_Worker[T]] = SimpleQueue()
        for worker in self._all:
            self._idle.put(worker)

    def __enter__(self) -> Workers[T]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.leave()
        for worker in self._all:
            worker.close()
        self._threads.shutdown(wait=True)
        sys.setswitchinterval(self._switched)

    def submit(self, name: str, data: bytes) -> Future[T | Problem]:
        """Begin to read a file as soon as a process is free."""
        return self._threads.submit(self._read, name, data)

    def _read(self, name: str, data: bytes) -> T | Problem:
        worker = self._idle.get()
        try:
            return worker.read(name, data)
        finally:
            self._idle.put(worker)


class _Worker(Generic[T]):
    """A process, begun with the first file and again after its death. One thread at a time uses it."""

    def __init__(self, reader: Reader[T], limits: Limits) -> None:
        self._reader, self._limits = reader, limits
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._closed = False
        self._lock = Lock()  # between beginning a process and `close`

    def read(self, name: str, data: bytes) -> T | Problem:
        """What came of the file; in a new process where it failed in one that was used before."""
        used = self._pipe is not None
        found = self._once(name, data)
        failed = isinstance(found, Problem) and found.process
        return self._once(name, data) if failed and used else found

    def _once(self, name: str, data: bytes) -> T | Problem:
        try:
            pipe = self._begin()
            pipe.send((name, data))
            found: T | Problem | None = None
            if pipe.poll(self._limits.max_seconds):
                found = pipe.recv()
        except (EOFError, OSError):
            words = "the process that read it {ended}. Repair the file, or raise --max-memory."
            return Problem(Message(words, ended=self._end()), process=True)
        if found is None:
            self._end()
            words = "reading it takes more than {most:g} seconds. Split it, or raise --timeout."
            return Problem(Message(words, most=self._limits.max_seconds))
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
            self._process, self._pipe = _begun()
            pipe = self._pipe
        pipe.send_bytes(pickle.dumps((self._reader, self._limits)))
        if not pipe.poll(STARTING):
            raise EOFError
        pipe.recv()
        return pipe

    def leave(self) -> None:
        """Ask the process to end, and do not wait."""
        with self._lock:
            self._closed = True
            if self._process:
                self._process.terminate()

    def close(self) -> None:
        """End the process for good. The thread that waits for it, if any, sees the end of its pipe."""
        with self._lock:
            self._closed = True
            process = self._process
        if process:
            _kill(process)

    def _end(self) -> Message:
        """Kill what is left of the process; how it ended by itself, in words."""
        with self._lock:
            process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if pipe:
            pipe.close()
        if not process:
            return Message("was stopped")
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.2)  # a death takes a moment to be seen
        code = process.returncode
        _kill(process)
        if code and code < 0:
            return Message("died ({signal})", signal=signal.Signals(-code).name)
        return Message("stopped by itself")


def _leave_interrupts() -> None:
    """Ctrl+C is for the main thread; processes that this thread begins inherit that."""
    signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))


def _begun() -> tuple[subprocess.Popen[bytes], Connection]:
    """A new process, leader of a group of its own, and the pipe to it."""
    pipe, far = Pipe()
    program = _PROGRAM.format(path=sys.path, pipe=far.fileno())
    words = (sys.executable, "-c", program)
    try:
        process = subprocess.Popen(
            words, pass_fds=(far.fileno(),), stdin=subprocess.DEVNULL, start_new_session=True
        )
    finally:
        far.close()  # so that its death is the end of the file here
    return process, pipe


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to end, then kill it with its group."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(GRACE)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


# --- in the process -----------------------------------------------------------------------------------


def serve(number: int) -> NoReturn:
    """Read files until the pipe with this number is closed at its other end.

    What is under way is unwound; then the process is gone at once. Taking the vocabulary apart that it read
    would take longer than reading a notice.
    """
    signal.signal(signal.SIGTERM, _leave)
    gc.set_threshold(*SELDOM)
    try:
        with suppress(EOFError, OSError), Connection(number) as pipe:
            reader, limits = pickle.loads(pipe.recv_bytes())
            _limit_memory(limits.max_memory)
            _silence()
            pipe.send(None)
            while True:
                name, data = pipe.recv()
                pipe.send(read_safely(reader, name, data, limits))
    finally:
        os._exit(0)


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
