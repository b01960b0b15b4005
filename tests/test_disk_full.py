"""A disk without room, here a file that may not grow: one clear error, an intact file, and the next run completes it."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from extractor.check import check
from tests.benchmarks.varying import notices
from tests.shards.inline import Rows, rows

TOP = Path(__file__).parent.parent
SIZE = 150_000  # characters: a file of some 3 MB


def run(
    folder: Path, database: Path, *words: str, room: int | None = None
) -> subprocess.CompletedProcess[str]:
    """`extractor ingest`, no file of which may be larger than `room` bytes."""

    def limit() -> None:
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    command = [sys.executable, "-m", "extractor", "ingest", str(folder), "--db", str(database), *words]
    return subprocess.run(command, cwd=TOP, capture_output=True, text=True, preexec_fn=limit)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("full") / "in"
    folder.mkdir()
    for number, text in enumerate(notices(SIZE)):
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(folder: Path) -> Rows:
    assert run(folder, folder.parent / "whole.db").returncode == 0
    return rows(folder.parent / "whole.db")


@pytest.mark.parametrize(("room", "jobs"), [(100_000, "1"), (900_000, "1"), (2_000_000, "2")])
def test_a_full_disk_is_one_error_and_harms_nothing(
    folder: Path, whole: Rows, tmp_path: Path, room: int, jobs: str
) -> None:
    database = tmp_path / "p.db"
    result = run(folder, database, "--jobs", jobs, room=room)
    assert result.returncode == 1
    (said,) = (line for line in result.stderr.splitlines() if not line.startswith("written"))
    assert said.startswith(f"Error: {database}: ")
    assert "disk I/O error" in said and ("Make room" in said or "the disk has room" in said), said
    if room > 100_000:
        lost = said.partition("): ")[2].partition(". ")[0].split("、")
        with closing(sqlite3.connect(database)) as db:
            there = {name for (name,) in db.execute("select source_name from documents")}
            assert there.isdisjoint(lost)
        assert list(check(database)) == []
    assert run(folder, database, "--jobs", jobs).returncode == 0
    assert rows(database) == whole


def test_what_was_kept_before_stays(folder: Path, whole: Rows, tmp_path: Path) -> None:
    database = tmp_path / "p.db"
    first = tmp_path / "in"
    first.mkdir()
    for path in sorted(folder.iterdir())[:8]:
        (first / path.name).write_bytes(path.read_bytes())
    assert run(first, database).returncode == 0
    before = rows(database)
    assert run(folder, database, room=database.stat().st_size + 100_000).returncode == 1
    after = rows(database)
    assert set(before["documents"]) <= set(after["documents"])
    assert list(check(database)) == []


def test_a_cluster_names_what_it_cannot_write(folder: Path, tmp_path: Path) -> None:
    result = run(folder, tmp_path / "p.db", "--engine", "dask", room=20_000)
    assert result.returncode == 1
    said = result.stderr.splitlines()[-1]
    assert f"{tmp_path}/p.shards/" in said and "cannot be written" in said and "Make room" in said, said
    assert not (tmp_path / "p.db").exists()
