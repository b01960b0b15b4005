"""Many files: order, workers, archives, limits, and files that fail."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from extractor.engine import SMALL, ingest
from extractor.intake import File, expand
from extractor.model import Clause, Head, Notice, ReadError, Source, Span, Text
from extractor.records import Record
from extractor.sources import DEFAULT_LIMITS, Limits
from extractor.sources.office import _run as run_program

TOP = Path(__file__).parent.parent
PDF = "%PDF-"  # what begins with it is no plain text, so that a worker reads it
PATIENCE = 60.0  # seconds until a test gives up on what must come


@dataclass
class Memory:
    """A writer that keeps notices in a dict by hash."""

    notices: dict[str, Record] = field(default_factory=dict)

    def known(self, sha256: str) -> bool:
        return sha256 in self.notices

    def write(self, new: Record) -> str:
        if new.text.startswith("unwritable"):
            raise ValueError("constraint failed")
        self.notices[new.sha256] = new
        return f"id-{new.name}"


def fake_read(name: str, data: bytes, *, limits: Limits) -> Notice:
    """A reader as quick as can be; some contents stand for trouble."""
    text = data.decode()
    what, _, argument = text.removeprefix(PDF).partition(" ")
    if what in TROUBLE:
        TROUBLE[what](argument)
    if text.startswith("bad"):
        raise ReadError(name, "the file is empty.", "Save it again.")
    if text.startswith("bug"):
        raise ZeroDivisionError("by zero")
    source = Source(name, hashlib.sha256(data).hexdigest(), "text/plain", ())
    clause = Clause("0", "preamble", Span(0, len(text)), 0)
    return Notice(source, Text(text, ()), Head(), (clause,))


def die(argument: str) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang(argument: str) -> None:
    """Never end; the number of the process is left in the file named."""
    if argument:
        Path(argument).write_text(str(os.getpid()))
    while True:
        time.sleep(3600)


def insist(argument: str) -> None:
    """Never end, whatever one is asked."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    hang(argument)


def convert(argument: str) -> None:
    """Begin a program as the reader of office files does; its number is left in the file named."""
    run_program(["sh", "-c", f"echo $$ > {argument}; exec sleep 3600"], Path.cwd(), 3600)


def devour(argument: str) -> None:
    blocks = []
    while True:
        blocks.append(bytearray(16 * 1024 * 1024))


TROUBLE = {"die": die, "hang": hang, "insist": insist, "convert": convert, "devour": devour}
BRIEF = replace(DEFAULT_LIMITS, max_seconds=1.0)
SCANTY = replace(DEFAULT_LIMITS, max_memory=512 * 1024 * 1024)


def gone(pid: int) -> bool:
    """Whether the process ends before patience does."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if is_zombie(pid):
            return True
        time.sleep(0.02)
    return False


def is_zombie(pid: int) -> bool:
    """Whether it has ended and waits for whoever takes over orphans; told by /proc where there is one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def files(folder: Path, **contents: str) -> list[File]:
    for name, content in contents.items():
        (folder / f"{name}.txt").write_text(content, "utf-8")
    return [File(folder / f"{name}.txt", f"{name}.txt") for name in contents]


def test_folders_are_walked_in_order_and_files_taken_once(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.TXT",
        "sub/c.md",
        "sub/README.md",
        "sub/x.json",
        ".hidden/d.txt",
        ".e.txt",
        "~$z.docx",
        "z.PDF",
        "page.html",
        "page_files/logo.png",
        "own_files/f.odt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    found = expand([tmp_path, tmp_path / "b.txt", tmp_path / "sub/x.json"])
    names = ["a.TXT", "b.txt", "page.html", "z.PDF", "own_files/f.odt", "sub/c.md", "x.json"]
    assert [file.name for file in found.files] == names
    assert [path.name for path in found.ignored] == ["README.md", "x.json"]


def test_folders_hold_pipes_and_names_in_gbk(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / os.fsdecode("关于就业的通知.txt".encode("gbk"))).write_text("x")
    found = expand([tmp_path])
    assert [file.name for file in found.files] == ["关于就业的通知.txt"]
    assert [path.name for path in found.ignored] == ["pipe.txt"]
    (result,) = ingest([File(tmp_path / "pipe.txt", "pipe.txt")], Memory(), reader=fake_read)
    assert "is no regular file" in result.message


def test_equal_names_in_two_folders_are_two_sources(tmp_path: Path) -> None:
    for place in ("2022", "2023"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "通知.txt").write_text(place, "utf-8")
    assert [file.name for file in expand([tmp_path]).files] == ["2022/通知.txt", "2023/通知.txt"]


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for place in ("east/2023", "west/2023", "west/2024"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "plan.txt").write_text(place)
    (tmp_path / "west/2024/other.txt").write_text("other")
    files = [
        tmp_path / "east/2023/plan.txt",
        tmp_path / "west/2023/plan.txt",
        tmp_path / "west/2024/other.txt",
    ]
    assert [file.name for file in expand(files).files] == [
        "east/2023/plan.txt",
        "west/2023/plan.txt",
        "other.txt",
    ]
    both = expand([tmp_path, tmp_path / "west/2023", tmp_path / "east"]).files  # each file once
    assert len({file.name for file in both}) == len(both) == 4
    folders = expand([tmp_path / "east", tmp_path / "west"]).files
    assert [file.name for file in folders] == [
        "east/2023/plan.txt", "west/2023/plan.txt", "2024/other.txt", "2024/plan.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bad_file_harms_no_other(tmp_path: Path, jobs: int) -> None:
    named = files(tmp_path, a="甲", b="bad", c="乙丙", d="bug", e="甲", f="unwritable", g="丁")
    missing = File(tmp_path / "gone.txt", "gone.txt")
    writer = Memory()
    results = list(ingest([*named, missing], writer, reader=fake_read, jobs=jobs))
    assert [r.path.name for r in results] == [f"{n}.txt" for n in "abcdefg"] + ["gone.txt"]
    assert [r.status for r in results] == [
        "written", "failed", "written", "failed", "known", "failed", "written", "failed",
    ]  # fmt: skip
    assert [n.name for n in writer.notices.values()] == ["a.txt", "c.txt", "g.txt"]
    assert [r.characters for r in results] == [1, 0, 2, 0, 0, 0, 1, 0]
    for result in results:
        if result.status == "failed":
            assert result.message.startswith(str(result.path))
    assert results[1].message.endswith("the file is empty. Save it again.")
    assert "ZeroDivisionError" in results[3].message
    assert "cannot be opened" in results[-1].message


def read_nothing(name: str, data: bytes, *, limits: Limits) -> Notice:
    raise AssertionError("read again")


def test_what_is_known_is_not_read_again(tmp_path: Path) -> None:
    named = files(tmp_path, a="甲", b="乙")
    writer = Memory()
    list(ingest(named, writer, reader=fake_read))
    again = list(ingest(named, writer, reader=read_nothing))
    assert [r.status for r in again] == ["known", "known"]


# --- workers -----------------------------------------------------------------------------------------


def read_and_tell_process(name: str, data: bytes, *, limits: Limits) -> Notice:
    return fake_read(name, f"{os.getpid()}".encode(), limits=limits)


@pytest.mark.parametrize(
    ("jobs", "content", "here"),
    [(1, "甲", True), (2, "甲", False), (1, PDF, False), (1, "x" * (SMALL + 1), False)],
    ids=["text", "text and workers", "pdf", "large text"],
)
def test_what_is_read_in_a_worker(tmp_path: Path, jobs: int, content: str, here: bool) -> None:
    named = files(tmp_path, a=content)
    writer = Memory()
    list(ingest(named, writer, reader=read_and_tell_process, jobs=jobs))
    (notice,) = writer.notices.values()
    assert (notice.text == str(os.getpid())) is here


TROUBLES = {
    "dies": ("die", DEFAULT_LIMITS, "died (SIGSEGV)"),
    "never ends": ("hang", BRIEF, "more than 1 seconds. Split it, or raise --timeout."),
    "takes all memory": ("devour", SCANTY, "more than 512 MB of memory. Split it, or raise --max-memory."),
}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("what", "limits", "said"), TROUBLES.values(), ids=TROUBLES)
def test_a_hostile_file_costs_only_itself(
    tmp_path: Path, jobs: int, what: str, limits: Limits, said: str
) -> None:
    named = files(tmp_path, a=f"{PDF}甲", b=f"{PDF}{what} ", c=f"{PDF}乙", d="丙")
    writer = Memory()
    results = list(ingest(named, writer, reader=fake_read, jobs=jobs, limits=limits))
    assert [r.status for r in results] == ["written", "failed", "written", "written"]
    assert results[1].message.startswith(f"{tmp_path / 'b.txt'}: ")
    assert said in results[1].message
    assert [n.name for n in writer.notices.values()] == ["a.txt", "c.txt", "d.txt"]


def remember(name: str, data: bytes, *, limits: Limits) -> Notice:
    """A reader that keeps all it has read, until there is no memory left."""
    KEPT.append(bytearray(300 * 1024 * 1024))
    return fake_read(name, data, limits=limits)


KEPT: list[bytearray] = []


def test_what_a_worker_read_before_is_not_held_against_a_file(tmp_path: Path) -> None:
    named = files(tmp_path, **{f"a{n}": f"{PDF}{n}" for n in range(4)})
    limits = replace(DEFAULT_LIMITS, max_memory=800 * 1024 * 1024)
    results = list(ingest(named, Memory(), reader=remember, limits=limits))
    assert [r.status for r in results] == ["written"] * 4


@pytest.mark.parametrize("what", ["hang", "insist", "convert"])
def test_nothing_is_left_of_a_worker_over_its_time(tmp_path: Path, what: str) -> None:
    left = tmp_path / "pid"
    named = files(tmp_path, a=f"{PDF}{what} {left}")
    limits = replace(DEFAULT_LIMITS, max_seconds=3.0)
    (result,) = ingest(named, Memory(), reader=fake_read, limits=limits)
    assert result.status == "failed"
    assert gone(int(left.read_text()))


def test_an_iterator_that_is_closed_ends_its_workers(tmp_path: Path) -> None:
    left = tmp_path / "pid"
    named = files(tmp_path, a="甲", b=f"hang {left}", **{f"c{n}": f"{n}" for n in range(20)})
    with closing(ingest(named, Memory(), reader=fake_read, jobs=2)) as results:
        assert next(results).status == "written"
        pid = wait_for(left)
    assert gone(pid)


def wait_for(file: Path) -> int:
    until = time.monotonic() + PATIENCE
    while not (file.exists() and file.read_text().strip()):
        assert time.monotonic() < until, f"{file} did not come"
        time.sleep(0.02)
    return int(file.read_text())


# --- Ctrl+C ----------------------------------------------------------------------------------------------

INGEST = """
import signal, sys
from functools import partial
from extractor import engine
from extractor.cli import main
from tests.test_engine import slow_read
engine.ingest = partial(engine.ingest, reader=slow_read)
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job begins with it ignored
main()
"""


def slow_read(name: str, data: bytes, *, limits: Limits) -> Notice:
    """The true reader, which never ends for `hang FILE`."""
    from extractor.pipeline import read_bytes

    what, _, argument = data.decode().partition(" ")
    if what == "hang":
        hang(argument)
    return read_bytes(name, data, limits=limits)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_run_leaves_a_sound_database(tmp_path: Path, jobs: int) -> None:
    text = (TOP / "corpora/xihu.txt").read_text("utf-8")
    left, database = tmp_path / "pid", tmp_path / "p.db"
    named = files(tmp_path, a=text, b=f"hang {left}")
    words = [sys.executable, "-c", INGEST, "ingest", *(f.path for f in named), "--db", database]
    run = subprocess.Popen(
        [*words, "--jobs", str(jobs)], cwd=TOP, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    pid = wait_for(left)
    if jobs == 1:  # with two, the first notice may be under way still
        assert run.stderr and run.stderr.readline().startswith("written")
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130, said
    assert re.match(rf"{database}: [01] written, 0 known already, 0 failed; ", said.splitlines()[-1])
    assert said.splitlines()[-1].endswith("Stopped: run it again to go on.")
    assert "Traceback" not in said
    assert gone(pid)
    check = [sys.executable, "-m", "extractor", "check", database]
    assert subprocess.run(check, cwd=TOP, capture_output=True).returncode == 0
    assert not list(tmp_path.glob("p.db-*"))


# --- archives --------------------------------------------------------------------------------------------


def pack(path: Path, **contents: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


@pytest.mark.parametrize("jobs", [1, 2])
def test_archives_are_read_as_their_members(tmp_path: Path, jobs: int) -> None:
    pack(
        tmp_path / "in/b.zip", **{"甲.txt": "甲", "乙__1.PDF": f"{PDF}乙", "乙__2.txt": "bad", "丙.xlsx": "x"}
    )
    files(tmp_path, a="丁", c="甲")
    writer = Memory()
    found = expand([tmp_path])
    assert [file.name for file in found.files] == ["a.txt", "c.txt", "in/b.zip"]
    results = list(ingest(found.files, writer, reader=fake_read, jobs=jobs))
    assert [(r.path.relative_to(tmp_path).as_posix(), r.status) for r in results] == [
        ("a.txt", "written"),
        ("c.txt", "written"),
        ("in/b.zip/甲.txt", "known"),
        ("in/b.zip/乙/1.PDF", "written"),
        ("in/b.zip/乙/2.txt", "failed"),
        ("in/b.zip/丙.xlsx", "ignored"),
    ]
    assert [n.name for n in writer.notices.values()] == ["a.txt", "c.txt", "in/b.zip/乙/1.PDF"]
    assert results[4].message == f"{tmp_path}/in/b.zip/乙/2.txt: the file is empty. Save it again."


def test_an_archive_may_be_larger_than_a_file(tmp_path: Path) -> None:
    pack(tmp_path / "b.zip", **{f"{n}.txt": f"{n}" * 300 for n in range(5)})
    files(tmp_path, a="甲" * 400)
    limits = replace(DEFAULT_LIMITS, max_bytes=1_000, max_unpacked=5_000)
    results = list(ingest(expand([tmp_path]).files, Memory(), reader=fake_read, limits=limits))
    assert [r.status for r in results] == ["failed", *["written"] * 5]
    assert "the file has 1,200 bytes, over the limit of 1,000." in results[0].message


def test_an_archive_is_known_by_its_content(tmp_path: Path) -> None:
    named = pack(tmp_path / "b.dat", **{"甲.txt": "甲"})
    (result,) = ingest([File(named, "b.dat")], Memory(), reader=fake_read)
    assert (result.path, result.status) == (named / "甲.txt", "written")


def test_a_refused_archive_is_one_message(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "甲")
        archive.writestr("b.txt", bytes(5_000_000))
    pack(tmp_path / "empty.zip")
    inner = pack(tmp_path / "inner.zip", **{"a.txt": "乙"}).read_bytes()
    with zipfile.ZipFile(tmp_path / "nest.zip", "w") as archive:
        archive.writestr("a.zip", inner[:-9])
        archive.writestr("b.zip", inner)
    found = [File(tmp_path / f"{name}.zip", f"{name}.zip") for name in ("bomb", "empty", "nest")]
    results = list(ingest(found, Memory(), reader=fake_read))
    assert [(r.path.relative_to(tmp_path).as_posix(), r.status) for r in results] == [
        ("bomb.zip", "failed"), ("empty.zip", "failed"), ("nest.zip/a.zip", "failed"), ("nest.zip/b.zip/a.txt", "written"),
    ]  # fmt: skip
    for result, problem in zip(results, ("archive is refused", "holds no files", "damaged"), strict=False):
        assert result.message.startswith(f"{result.path}: ")
        assert problem in result.message
