"""Each metamorphic relation over the five notices, so many variations a notice: `python -m tests.fuzz.metamorphic`.

Every dress of `tests.relations`, any encoding of a notice in any dress, one figure that is another, and the files in
any order. Variation n of a seed is always the same. Status 1 where a relation does not hold.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache, partial
from pathlib import Path
from random import Random

from sqlite_utils import Database

from extractor.contract import load_contract
from extractor.model import Notice
from extractor.pipeline import read_bytes
from extractor.store import write
from extractor.store.schema import create
from tests.relations import CORPORA, DRESSES, ENCODINGS, Dress, another_figure, as_plain, plain, said

ORDERED = tuple(CORPORA)
Relation = Callable[[Path, Random], str | None]


def dressed(dress: Dress, path: Path, rng: Random, *, encoding: str = "utf-8") -> str | None:
    """What differs of a notice in a dress, None where nothing does."""
    found, expected = said(read_bytes(path.name, dress(plain(path), rng).encode(encoding))), as_plain(path)
    if found == expected:
        return None
    return f"lost {list(expected - found)[:3]}, found {list(found - expected)[:3]}"


def encoded(path: Path, rng: Random) -> str | None:
    """A notice in any dress and any encoding."""
    return dressed(rng.choice(DRESSES), path, rng, encoding=rng.choice(ENCODINGS))


def reordered(path: Path, rng: Random) -> str | None:
    """All notices, `path` first and the others in any order, into one database."""
    others = [other for other in ORDERED if other != path]
    rng.shuffle(others)
    found, expected = rows_of((path, *others)), _in_order()
    tables = [name for name in expected if found[name] != expected[name]]
    return f"other rows in {', '.join(tables)}" if tables else None


def rows_of(paths: tuple[Path, ...]) -> dict[str, list[tuple[object, ...]]]:
    """All rows of facts and texts of a database into which the notices came in this order."""
    with closing(Database(memory=True, execute_plugins=False)) as db:
        create(db, load_contract())
        for path in paths:
            write(db, _notice(path))
        names = ("documents", "clauses", "units", "responsibilities", "targets", "amounts", "durations", "deadlines",
                 "numbers", "citations", "findings", "clause_links", "tables", "cells")  # fmt: skip
        return {name: sorted(db.execute(f"select * from {name}").fetchall(), key=repr) for name in names}


@cache
def _notice(path: Path) -> Notice:
    return read_bytes(path.name, path.read_bytes())


@cache
def _in_order() -> dict[str, list[tuple[object, ...]]]:
    return rows_of(ORDERED)


RELATIONS: dict[str, Relation] = {
    **{dress.__name__: partial(dressed, dress) for dress in DRESSES},
    "encoded": encoded,
    "another_figure": another_figure,
    "reordered": reordered,
}


def broken(name: str, times: int, seed: int) -> Iterator[tuple[str, int, str]]:
    """Notice, variation and what differs, for each variation in which a relation does not hold."""
    for path in ORDERED:
        for at in range(times):
            wrong = RELATIONS[name](path, Random(f"{seed} {name} {path.stem} {at}"))
            if wrong:
                yield path.stem, at, wrong


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz.metamorphic", description=__doc__.partition("\n")[0]
    )
    parser.add_argument(
        "relations", nargs="*", metavar="RELATION", help=f"of {', '.join(RELATIONS)}; else all"
    )
    parser.add_argument("--times", type=int, default=200, help="variations of each notice")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    failed = 0
    for name in asked.relations or RELATIONS:
        begun, count = time.process_time(), 0
        for notice, at, wrong in broken(name, asked.times, asked.seed):
            count += 1
            if count <= 15:
                print(f"  {name}, {notice}, variation {at}: {wrong}", flush=True)
        spent = (time.process_time() - begun) / 60
        print(
            f"{name}: {len(ORDERED)} × {asked.times} variations, {count} differ; {spent:.1f} CPU minutes",
            flush=True,
        )
        failed += count
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
