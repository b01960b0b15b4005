"""A Dask cluster of real worker processes: the database of the process engine, whoever is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.check import check
from extractor.intake import expand
from tests.benchmarks.varying import notices
from tests.shards.inline import here, put, rows, text
from tests.test_engine import PATIENCE, gone

TOP = Path(__file__).parent.parent.parent
MANY = {f"n{place:02}": words for place, words in enumerate(notices(110_000, seed=3))}
# The command, with batches of a file or two so that there are many.
PROGRAM = """
import signal
from functools import partial
from extractor.cli import main
from extractor.shards import run
run.ingest = partial(run.ingest, mean=1)
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job begins with it ignored
if __name__ == "__main__":
    main()
"""
SCHEDULER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=2, host="127.0.0.1", dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Notices, two of which share a number, and a file that cannot be read."""
    return put(tmp_path_factory.mktemp("dask") / "in", **MANY, x=text(1), y=text(2), z="")


@pytest.fixture(scope="module")
def wanted(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    return here(expand([folder]).files, folder.parent / "here.db")


@pytest.fixture(scope="module")
def program(folder: Path) -> Path:
    path = folder.parent / "program.py"
    path.write_text(PROGRAM)
    return path


@pytest.fixture(scope="module")
def scheduler(folder: Path) -> Iterator[str]:
    """The address of a cluster that is there before the command and after it."""
    script = folder.parent / "scheduler.py"
    script.write_text(SCHEDULER)
    cluster = subprocess.Popen(
        [sys.executable, script], cwd=folder.parent, env=_environment(), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert cluster.stdout
    yield cluster.stdout.readline().strip()
    cluster.communicate(timeout=PATIENCE)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(TOP)}


def begin(program: Path, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(program), *map(str, words), "--engine", "dask"], env=_environment(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def parts(shards: Path) -> int:
    """How many parts are whole."""
    return len(list((shards / "documents").glob("*.parquet")))


def until_parts(run: subprocess.Popen[str], shards: Path, count: int) -> None:
    until = time.monotonic() + PATIENCE
    while parts(shards) < count:
        assert time.monotonic() < until and run.poll() is None, "no parts came"
        time.sleep(0.01)
    assert parts(shards) < len(MANY)  # half way


def workers(pid: int) -> list[int]:
    """The processes below this one that work for the cluster."""
    found = []
    for line in subprocess.run(
        ["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True
    ).stdout.splitlines():
        own, parent, words = line.split(maxsplit=2)
        if int(parent) == pid and ("spawn_main" in words or words.startswith("dask worker")):  # setproctitle
            found.append(int(own))
    return found


def ended(run: subprocess.Popen[str], code: int) -> str:
    _, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == code, said
    assert "Traceback" not in said
    return said


def test_a_killed_worker_loses_and_doubles_nothing(
    folder: Path, wanted: object, program: Path, tmp_path: Path
) -> None:
    run = begin(program, "ingest", folder, "--db", tmp_path / "p.db", "--jobs", 2)
    until_parts(run, tmp_path / "p.shards", 2)
    victim = workers(run.pid)[0]
    os.kill(victim, signal.SIGKILL)
    said = ended(run, 1)
    assert gone(victim)
    assert re.search(rf"p\.db: {len(MANY) + 2} written, 0 known already, 0 failed", said), said
    assert f"Error: {folder}/z.txt: the file is empty." in said
    assert rows(tmp_path / "p.db") == wanted
    assert list(check(tmp_path / "p.db")) == []


def test_a_run_that_is_killed_whole_is_completed_by_the_next(
    folder: Path, wanted: object, program: Path, tmp_path: Path
) -> None:
    words = ("ingest", folder, "--db", tmp_path / "p.db", "--jobs", 2)
    run = begin(program, *words)
    until_parts(run, tmp_path / "p.shards", 2)
    below = workers(run.pid)
    run.kill()
    run.communicate()
    assert all(map(gone, below))
    left = parts(tmp_path / "p.shards")
    assert not (tmp_path / "p.db").exists()
    said = ended(begin(program, *words), 1)
    assert int(re.findall(r"p\.shards: \d+ written, (\d+) known already", said)[0]) >= left > 1
    assert rows(tmp_path / "p.db") == wanted


def test_ctrl_c_stops_the_run_and_keeps_what_it_has(folder: Path, program: Path, tmp_path: Path) -> None:
    run = begin(program, "ingest", folder, "--db", tmp_path / "p.db", "--jobs", 2)
    until_parts(run, tmp_path / "p.shards", 2)
    below = workers(run.pid)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal sends it
    assert ended(run, 130).splitlines()[-1].endswith("Stopped: run it again to go on.")
    assert all(map(gone, below)) and parts(tmp_path / "p.shards") > 1


def test_a_cluster_of_somebody_else(
    folder: Path, wanted: object, program: Path, scheduler: str, tmp_path: Path
) -> None:
    shards, kept = tmp_path / "set", tmp_path / "kept"
    words = ("ingest", folder, "--shards", f"file://{shards}", "--scheduler", scheduler)
    said = ended(begin(program, *words), 1)
    assert not (tmp_path / "policies.db").exists()
    merge = [sys.executable, "-m", "extractor", "merge", shards, "--db", tmp_path / "p.db"]
    assert subprocess.run(merge, cwd=TOP, capture_output=True).returncode == 0
    assert rows(tmp_path / "p.db") == wanted
    said = ended(begin(program, *words, "--db", tmp_path / "q.db", "--keep-sources", kept), 1)
    assert f"{shards}: 0 written, {len(MANY) + 2} known already, 1 failed" in said
    found = rows(tmp_path / "q.db")
    assert {name for name in found if found[name] != wanted[name]} == {"kept_sources"}
    assert sorted(path for _, path, _ in found["kept_sources"]) == sorted(
        f"kept/{path.name}" for path in kept.iterdir()
    )
    assert len(found["kept_sources"]) == len(MANY) + 2


def test_what_is_no_cluster_is_named(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "from extractor.shards import cluster; cluster.WAITING = 1\n" + PROGRAM
    (tmp_path / "program.py").write_text(code)
    run = begin(
        tmp_path / "program.py",
        "ingest",
        folder,
        "--scheduler",
        "tcp://127.0.0.1:9",
        "--db",
        tmp_path / "p.db",
    )
    said = ended(run, 1)
    assert "tcp://127.0.0.1:9: no cluster with workers answers" in said.splitlines()[-1]
