"""Mutation testing of a part of the program: each operator, constant and call changed in turn, the tests run.

    python -m tests.mutation numerals
    python -m tests.mutation clauses --sample 100    a random share of the changes, the same for the same --seed

The part and its tests are named in modules.toml. mutmut works on a copy, so the checkout stays as it is. It
leaves functions with decorators alone; as the only ones here remember answers (`@cache`), the copy is without
them. A change that no test notices is printed; the score is the share of those that a test noticed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

TOP = Path(__file__).parent.parent.parent
PARTS = tomllib.loads(Path(__file__).with_name("modules.toml").read_text("utf-8"))
COPIED = ("extractor", "tests", "corpora", "docs", "schemas", "pyproject.toml", "README.md", "CHANGELOG.md")
REMEMBERS = re.compile(r"^ *@(?:functools\.)?(?:lru_)?cache(?:\([^\n]*\))?\n", re.MULTILINE)
NOTICED = ("killed", "timeout", "suspicious")
SKIPPED = 34  # what mutmut notes of a change that is not tried
NO_NAME = "no change is called so"
RESULT = re.compile(r"^ *(?P<name>\S+): (?P<status>[a-z ]+)$", re.MULTILINE)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__.partition("\n")[0])
    parser.add_argument("part", choices=sorted(PARTS))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--least", type=float, default=0.0, help="percent under which the exit status is 1")
    parser.add_argument("--sample", type=int, help="so many changes drawn at random; else all")
    parser.add_argument("--seed", type=int, default=1, help="another number draws others")
    parser.add_argument("--folder", type=Path, help="where to work and leave what mutmut made")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        place = prepared(asked.folder or Path(folder) / "copy", PARTS[asked.part])
        drawn = sampled(place, asked.sample, asked.seed) if asked.sample else []
        run = mutmut(place, "run", "--max-children", str(asked.jobs))
        if run.returncode:
            print(run.stdout[-3000:], run.stderr[-3000:], sep="")
            print(f"{asked.part}: nothing was changed; its tests must pass first")
            return 1
        made = all_changes(place)
        statuses = {name: made[name] for name in drawn or made}
        survivors = [name for name, status in statuses.items() if status not in NOTICED]
        for name in survivors:
            print(f"{statuses[name]}: {name}\n{mutmut(place, 'show', name).stdout}")
        share = score(statuses)
    counts = ", ".join(f"{number} {status}" for status, number in sorted(Counter(statuses.values()).items()))
    of = f" drawn from {len(made)} (seed {asked.seed})" if drawn else ""
    print(f"{asked.part}: {share:.1f} % of {len(statuses)} changes{of} noticed ({counts or 'none made'})")
    return 1 if share < asked.least or not statuses else 0


def all_changes(place: Path) -> dict[str, str]:
    """Each change that mutmut made, and what came of it."""
    return dict(RESULT.findall(mutmut(place, "results", "--all", "true").stdout))


def sampled(place: Path, size: int, seed: int) -> list[str]:
    """The names of `size` changes, drawn fairly: the same ones for the same code and seed."""
    mutmut(place, "run", NO_NAME)  # makes the changes and tries none
    names = sorted(all_changes(place))
    drawn = Random(seed).sample(names, min(size, len(names)))
    for path in (place / "mutants").rglob("*.meta"):  # where mutmut notes what came of each change
        noted = json.loads(path.read_text("utf-8"))
        came = noted["exit_code_by_key"]
        noted["exit_code_by_key"] = {name: code if name in drawn else SKIPPED for name, code in came.items()}
        path.write_text(json.dumps(noted), "utf-8")
    return drawn


def prepared(place: Path, part: Mapping[str, Sequence[str]]) -> Path:
    """A copy of the project in `place` with the settings of mutmut for this part."""
    place.mkdir(parents=True)
    for name in COPIED:
        if (TOP / name).is_dir():
            shutil.copytree(TOP / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(TOP / name, place / name)
    for pattern in part["files"]:
        for path in place.glob(pattern):
            path.write_text(REMEMBERS.sub("", path.read_text("utf-8")), "utf-8")
    settings = {
        "source_paths": ["extractor"],
        "only_mutate": list(part["files"]),
        "also_copy": [name for name in COPIED if name not in ("extractor", "tests", "pyproject.toml")],
        "pytest_add_cli_args_test_selection": list(part["tests"]),
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-q", "-W", "ignore"],
    }
    lines = [f"{name} = {value!r}" for name, value in settings.items()]
    with (place / "pyproject.toml").open("a", encoding="utf-8") as stream:
        stream.write("\n[tool.mutmut]\n" + "\n".join(lines) + "\n")
    return place


def mutmut(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of mutmut on the copy, which alone is found by `import extractor`."""
    program = (sys.executable, "-c", "import sys; from mutmut.__main__ import cli; sys.exit(cli())")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run((*program, *words), cwd=place, env=environment, capture_output=True, text=True)


def score(statuses: Mapping[str, str]) -> float:
    """Percent of the changes that a test noticed. Those that no test reaches count as not noticed."""
    noticed = sum(status in NOTICED for status in statuses.values())
    return 100 * noticed / len(statuses) if statuses else 0.0


if __name__ == "__main__":
    sys.exit(main())
