"""Each extractor under texts shuffled at random: `python -m tests.fuzz.extracting --minutes 5`

Sentences of the five notices and of made ones are cut, put together anew, doubled, and their figures, measures and
marks exchanged; each extractor reads what came of it. Told are the inputs, the processor time of each, what it
raised, and the inputs for which it took more than SLOW seconds. Status 1 where there are any.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from extractor.clauses import build
from extractor.extractors import citations, metadata, odd_units, quantities, tables, task_links, units
from extractor.extractors.private import private_words
from extractor.model import Clause, Target, Text
from extractor.pipeline import load
from extractor.sources import read_source
from extractor.sources.plain import CONTROL
from extractor.text import normalise
from tests.fuzz.mutate import TOKENS
from tests.fuzz.written import written

CORPORA = Path(__file__).parents[2] / "corpora"
SLOW = 2.0  # seconds of processor time for a few thousand characters
MOST = 6000  # characters of an input
MARKS = "，。；：、（）《》〔〕“”%‰·—-—\n\n 一二三十百千万亿0123456789年月日元个人户次"
WORDS = tuple(token.decode("utf-8", "ignore") for token in TOKENS if any(byte > 0x7F for byte in token))


@dataclass
class Tally:
    """What came of one extractor."""

    inputs: int = 0
    found: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)


def shuffled(rng: Random) -> str:
    """A text of pieces: sentences in any order, some cut, some with other characters."""
    pieces: list[str] = []
    size, wanted = 0, rng.choice((200, 800, 2000, MOST))
    while size < wanted:
        piece = rng.choice(_sentences())
        for _ in range(rng.choice((0, 0, 1, 1, 2, 4))):
            piece = _changed(rng, piece)
        pieces.append(piece + rng.choice(("", "", "", "\n")))
        size += len(pieces[-1]) + 1
    return "某某市人民政府关于印发工作方案的通知\n各单位：\n一、工作\n" + "".join(pieces)[:MOST]


def _changed(rng: Random, piece: str) -> str:
    at, to = sorted((rng.randrange(len(piece) + 1), rng.randrange(len(piece) + 1)))
    return rng.choice((
        piece[:at] + rng.choice(MARKS) + piece[at:],
        piece[:at] + piece[at + 1 :],
        piece[:at] + piece[to:],
        piece[:to] + piece[at:to] * rng.choice((1, 2, 30)) + piece[to:],
        piece[:at] + rng.choice(WORDS) + piece[at:],
        piece[:at] + rng.choice(_sentences()) + piece[at:],
    ))[:2000]  # fmt: skip


@cache
def _sentences() -> tuple[str, ...]:
    texts = [path.read_text("utf-8") for path in sorted(CORPORA.glob("*.txt"))]
    texts += [written(Random(at)).text for at in range(20)]
    return tuple(
        piece + stop for text in texts for stop in "。\n" for piece in text.split(stop) if piece.strip()
    )


Extractor = Callable[[Text, tuple[Clause, ...]], Iterable[Any]]


def extractors() -> dict[str, Extractor]:
    words = load()
    return {
        "clauses": lambda text, clauses: build(text)[0],
        "tables": tables.tables,
        "metadata": lambda text, clauses: [
            metadata.read_head(text, clauses, divisions=words.divisions, notices=words.notices)
        ],
        "units": lambda text, clauses: units.responsibilities(
            text, clauses, tables.tables(text, clauses), words.units
        ),
        "quantities": lambda text, clauses: quantities.quantities(
            text, clauses, tables.tables(text, clauses), words.measures
        ),
        "citations": lambda text, clauses: citations.citations(text, clauses, words.notices),
        "task_links": lambda text, clauses: task_links.links(text, clauses, tables.tables(text, clauses)),
        "odd_units": lambda text, clauses: odd_units.odd_units(
            text,
            [
                each
                for each in quantities.quantities(text, clauses, (), words.measures)
                if isinstance(each, Target)
            ],
            words.measures,
        ),
        "private": lambda text, clauses: private_words(text, words.private),
    }


def run(seconds: float, seed: int, start: int = 0) -> dict[str, Tally]:
    """Inputs until so many seconds of processor time are used."""
    all_of_them = extractors()
    tallies = {name: Tally() for name in all_of_them}
    at = start
    while sum(tally.seconds for tally in tallies.values()) < seconds:
        raw = shuffled(Random(f"{seed} {at}"))
        text = normalise(read_source("a.txt", CONTROL.sub("", raw).encode("utf-8", "ignore")))
        clauses = build(text)[0]
        for name, extractor in all_of_them.items():
            _try(tallies[name], f"{name}, input {at}", extractor, text, clauses)
        at += 1
    return tallies


def _try(tally: Tally, where: str, extractor: Extractor, text: Text, clauses: tuple[Clause, ...]) -> None:
    begun = time.process_time()
    fault = None
    try:
        tally.found += len(list(extractor(text, clauses)))
    except Exception as error:  # whatever it is, it is what is looked for
        fault = f"{type(error).__name__}: {error}"[:120]
    spent = time.process_time() - begun
    tally.inputs += 1
    tally.seconds += spent
    if fault is None and spent > SLOW:
        fault = "slow"
    if fault is not None:
        tally.faults[fault] += 1
        print(f"{where}: {fault} ({spent:.1f} s)", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz.extracting", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--minutes", type=float, default=1.0, help="of processor time in all extractors")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="the first input: go on where a run ended")
    asked = parser.parse_args()
    tallies = run(asked.minutes * 60, asked.seed, asked.start)
    for name, tally in tallies.items():
        faults = ", ".join(f"{fault} × {count}" for fault, count in tally.faults.items()) or "none"
        print(
            f"{name}: {tally.inputs} inputs, {tally.found} found, {tally.seconds / 60:.2f} CPU minutes; faults: {faults}"
        )
    return 1 if any(tally.faults for tally in tallies.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
