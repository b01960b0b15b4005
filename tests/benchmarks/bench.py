"""The benchmarks of docs/benchmarks.md: `make bench`, or `python -m tests.benchmarks.bench` (see --help).

Each part writes its figures, with the machine, into docs/benchmarks.json; `python -m tests.docs` makes the page
of it. No test: it times. Figures of processor time are medians of rounds; those of the clock are of a quiet machine
alone: the load before is among them.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.measuring import ROOT, Figures, machine

FILE = ROOT / "docs" / "benchmarks.json"
PARTS = ("facts", "pdf", "search", "workers", "growth")
SIZES = (100, 1_000, 10_000)


def main() -> None:
    options = _options()
    figures: Figures = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        for part in options.parts:
            before = machine()
            measured = _MEASURED[part](folder, options)
            if measured is None:
                continue
            figures[part] = {"machine": before, **measured}
            FILE.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
            print(part, json.dumps(measured, ensure_ascii=False, indent=1), flush=True)
    finally:
        shutil.rmtree(folder)
    from tests.docs import benchmarks

    benchmarks.PAGE.write_text(benchmarks.page(), "utf-8")
    print(f"written {FILE.relative_to(ROOT)} and {benchmarks.PAGE.relative_to(ROOT)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS, help=f"of {', '.join(PARTS)} (all)")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=SIZES, help="notices to ingest (100 1000 10000)"
    )
    parser.add_argument("--size", type=int, default=1_000, help="notices for workers and search (1000)")
    parser.add_argument("--rounds", type=int, default=3, help="medians of so many (3)")
    parser.add_argument(
        "--peers", type=Path, default=ROOT / ".venv-peers/bin/python", help="Python of the peers"
    )
    parser.add_argument(
        "--folder", type=Path, help="where notices and databases are made, with room for them"
    )
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    return options


def _facts(folder: Path, options: argparse.Namespace) -> Figures | None:
    from tests.benchmarks import finding

    if not finding.installed(options.peers):
        print(f"facts are left out: {options.peers} has no peers; `make bench` installs them.", flush=True)
        return None
    return finding.facts(options.peers, options.rounds)


def _pdf(folder: Path, options: argparse.Namespace) -> Figures:
    from tests.benchmarks.opening import pdf

    return pdf(options.rounds)


def _search(folder: Path, options: argparse.Namespace) -> Figures:
    from tests.benchmarks.many import write
    from tests.benchmarks.measuring import cost
    from tests.benchmarks.searching import search

    write(folder / "search", options.size)
    cost(["ingest", folder / "search", "--db", folder / "search.db", "--jobs", 2])
    return {"notices": options.size, **search(folder / "search.db", options.rounds)}


def _workers(folder: Path, options: argparse.Namespace) -> Figures:
    from tests.benchmarks.growing import workers

    return workers(folder, options.size, options.rounds)


def _growth(folder: Path, options: argparse.Namespace) -> Figures:
    from tests.benchmarks.growing import growth

    return growth(folder, options.sizes)


_MEASURED: dict[str, Callable[[Path, argparse.Namespace], Figures | None]] = {
    "facts": _facts, "pdf": _pdf, "search": _search, "workers": _workers, "growth": _growth,
}  # fmt: skip

if __name__ == "__main__":
    main()
