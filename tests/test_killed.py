"""An ingest that is killed: the file opens, keeps its promises, and the next run completes it."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from extractor.check import check
from tests.benchmarks.varying import notices
from tests.stored import dump

TOP = Path(__file__).parent.parent
MOMENTS = 6


def command(folder: Path, database: Path, jobs: int) -> list[str]:
    words = [sys.executable, "-m", "extractor", "ingest", folder, "--db", database, "--jobs", jobs]
    return [str(word) for word in words]


def complete(folder: Path, database: Path) -> dict[str, list[tuple[object, ...]]]:
    subprocess.run(command(folder, database, 1), cwd=TOP, check=True, capture_output=True)
    with closing(Database(sqlite3.connect(database), execute_plugins=False)) as db:
        return dump(db)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_that_is_killed_is_completed_by_the_next(tmp_path: Path, jobs: int) -> None:
    folder, database, rng = tmp_path / "notices", tmp_path / "killed.db", random.Random(jobs)
    folder.mkdir()
    for number, text in enumerate(notices(250_000)):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    found = []
    for _ in range(MOMENTS):
        run = subprocess.Popen(command(folder, database, jobs), cwd=TOP, stderr=subprocess.PIPE, text=True)
        with run:
            assert run.stderr
            for _ in range(rng.randint(1, 80)):  # so many are written, not all of them kept
                run.stderr.readline()
            time.sleep(rng.uniform(0, 0.05))
            run.kill()
        with closing(sqlite3.connect(database)) as db:
            assert [str(violation) for violation in check(db)] == []
            found += db.execute("select count(*) from documents").fetchone()
            db.execute("insert into clauses_fts (clauses_fts, rank) values ('integrity-check', 1)")
    assert found == sorted(found) and len(set(found)) > 1, found  # nothing that was kept is lost
    assert complete(folder, database) == complete(folder, tmp_path / "undisturbed.db")
