"""`extractor serve`: on this machine only, read-only, from several processes that end together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from extractor import serving
from extractor.serving import command, databases_told, environment, workers_here
from extractor.site import worker
from tests.site.opening import opened
from tests.stored import built, notice

TOP = Path(__file__).parents[1]
PATIENCE = 60  # seconds


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("serving")
    city = notice("b.txt", number="洪发〔2023〕2号", title="生育方案", place="360100", salt="2")
    return built(folder, [notice()], "district.db"), built(folder, [city], "city.db")


def test_the_server_listens_on_this_machine_only() -> None:
    words = command(port=9000, workers=3)
    assert words[words.index("--host") + 1] == "127.0.0.1"
    assert (words[words.index("--port") + 1], words[words.index("--workers") + 1]) == ("9000", "3")


def test_a_worker_is_told_what_to_serve_and_a_secret_of_its_own(databases: tuple[Path, Path]) -> None:
    first, second = environment(databases), environment(databases)
    assert databases_told(first) == databases
    assert len(first["DATASETTE_SECRET"]) > 30 and first["DATASETTE_SECRET"] != second["DATASETTE_SECRET"]


def test_a_secret_that_is_set_stays(databases: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATASETTE_SECRET", "known")
    assert environment(databases)["DATASETTE_SECRET"] == "known"


@pytest.mark.parametrize(("cores", "workers"), [(1, 1), (2, 2), (64, 4), (None, 1)])
def test_there_are_as_many_workers_as_cores_within_reason(
    monkeypatch: pytest.MonkeyPatch, cores: int | None, workers: int
) -> None:
    monkeypatch.setattr(serving.os, "cpu_count", lambda: cores)
    assert workers_here() == workers


def test_what_is_served_cannot_change_and_no_query_takes_long(
    databases: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    monkeypatch.setattr(worker, "app", lambda *paths: made.append(site := application(*paths)) or site)
    monkeypatch.setattr(os, "environ", dict(environment(databases)))
    worker.create()
    assert made[0].setting("sql_time_limit_ms") == 5000
    assert [(name, db.is_mutable) for name, db in made[0].databases.items() if db.path] == [
        ("district", False), ("city", False),
    ]  # fmt: skip


def test_the_pages_that_a_worker_opens_by_itself_are_there(databases: tuple[Path, Path]) -> None:
    assert {response.status_code for response in opened(databases[0], *worker._WARMED)} == {200}


application = worker.app


@contextmanager
def served(databases: tuple[Path, ...], *words: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    line = (sys.executable, "-m", "extractor", "serve", *map(str, databases), "--port", str(port), *words)
    quiet = subprocess.DEVNULL
    with subprocess.Popen(line, cwd=TOP, stdout=quiet, stderr=quiet) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            until(lambda: server.poll() is not None or answers(address))
            yield address, server
        finally:
            server.terminate()


def until(done: Any) -> None:
    """Wait until `done()`."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        time.sleep(0.1)


def answers(address: str) -> bool:
    try:
        return get(f"{address}/-/home") != ""
    except OSError:
        return False


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as response:
        assert response.headers["connection"] == "close"
        return str(response.read(), "utf-8")


def workers_of(server: subprocess.Popen[bytes]) -> set[int]:
    """The processes that `server` started to answer."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            line = (stat.parent / "cmdline").read_text()
        except OSError:
            continue
        if parent == server.pid and "spawn_main" in line:
            found.add(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are told from /proc")
def test_several_processes_answer_for_several_files_and_end_together(databases: tuple[Path, Path]) -> None:
    with served(databases, "--workers", "2") as (address, server):
        assert "托育工作方案" in get(f"{address}/") and "生育方案" in get(f"{address}/?db=city")
        until(lambda: len(workers_of(server)) == 2)
        first = workers_of(server)
        os.kill(min(first), signal.SIGKILL)  # one that breaks is replaced
        until(lambda: len(workers_of(server) - {min(first)}) == 2)
        assert "托育工作方案" in get(f"{address}/")
        left = workers_of(server)
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) == 0
    until(lambda: not any(Path(f"/proc/{process}").exists() for process in left))


def test_a_port_that_is_taken_is_said(databases: tuple[Path, Path]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        line = (sys.executable, "-m", "extractor", "serve", str(databases[0]), "--port", port)
        done = subprocess.run(line, cwd=TOP, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 1 and f"port {port} is taken" in done.stderr and "--port" in done.stderr
