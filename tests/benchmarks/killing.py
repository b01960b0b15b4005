"""`kill -9` of an ingest at random moments: `python -m tests.benchmarks.killing` (see --help).

Each time into a new database: after the kill the file opens and `check` finds nothing, and the next run
completes it to the rows of an undisturbed run. Exit status 1 where it does not. A moment is after any of the
lines that an undisturbed run prints, and up to a tenth of a second more: what else the machine does moves it little.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from extractor.check import check
from tests.benchmarks.varying import notices
from tests.stored import dump

ROOT = Path(__file__).parent.parent.parent
Rows = dict[str, list[tuple[object, ...]]]


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number, text in enumerate(notices(options.characters)):
            (folder / "in" / f"{number:04}.txt").write_text(text, "utf-8")
        lines, wanted = _complete(folder, folder / "whole.db", options.options)
        rng = random.Random(options.seed)
        moments = [(rng.randint(0, lines), rng.uniform(0, 0.1)) for _ in range(options.moments)]
        bad = sum(not _survived(folder, n, *each, wanted, options) for n, each in enumerate(moments, 1))
    print(f"{options.moments - bad} passed, {bad} failed")
    raise SystemExit(bool(bad))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.killing", description=__doc__)
    parser.add_argument("--moments", type=int, default=20, help="how often (20)")
    parser.add_argument("--characters", type=int, default=250_000, help="of the notices together (250000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("options", nargs="*", help="of `extractor ingest`, after --: -- --jobs 2")
    return parser.parse_args()


def _survived(
    folder: Path, number: int, lines: int, more: float, wanted: Rows, options: argparse.Namespace
) -> bool:
    """Kill one run, look at what it left, complete it, and say how it went."""
    database = folder / f"{number}.db"
    command = _command(folder, database, options.options)
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stderr
        for _ in range(lines):
            run.stderr.readline()
        time.sleep(more)
        ended = run.poll() is not None
        run.kill()
    there, broken = _left(database)
    _, found = _complete(folder, database, options.options)
    verdict = "ok" if found == wanted and not broken else f"FAILED: {broken or 'other rows'}"
    when = "after its end" if ended else f"{more:.2f} s after line {lines:3}"
    print(f"{number:3}  killed {when}: {there:4} documents kept   {verdict}", flush=True)
    return verdict == "ok"


def _left(database: Path) -> tuple[int, list[str]]:
    """Documents in the file, and what is wrong with it. There may be none yet, or nothing in it."""
    if not database.exists():
        return 0, []
    with closing(sqlite3.connect(database)) as db:
        if not db.execute("select 1 from sqlite_master where name = 'documents'").fetchone():
            return 0, []
        broken = [str(violation) for violation in check(db)]
        db.execute("insert into clauses_fts (clauses_fts, rank) values ('integrity-check', 1)")
        (there,) = db.execute("select count(*) from documents").fetchone()
    return there, broken


def _command(folder: Path, database: Path, options: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "extractor", "ingest", str(folder / "in"), "--db", str(database), *options]


def _complete(folder: Path, database: Path, options: Sequence[str]) -> tuple[int, Rows]:
    """Run to the end: the lines that it printed, and the rows that are there."""
    command = _command(folder, database, options)
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    with closing(Database(sqlite3.connect(database), execute_plugins=False)) as db:
        return len(done.stderr.splitlines()), dump(db)


if __name__ == "__main__":
    main()
