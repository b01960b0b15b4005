"""Any number of short notices, about 7 kB each: cut from the corpus, with other places, numbers, figures and wording."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from extractor.lexicon.divisions import load_divisions
from tests.benchmarks.varying import CORPORA, vary

CHARACTERS = 2_300  # of a notice, one with another
HEAD, TAIL = 8, 3  # lines at the beginning and the end that each keeps
FOLDER = 1_000  # files of a folder
NUMBER = re.compile(r"〔20\d\d〕\d{1,4}号")


def texts(count: int, *, seed: int = 1) -> Iterator[str]:
    """So many notices; the first are the same for every count."""
    originals = [path.read_text("utf-8").splitlines() for path in sorted(CORPORA.glob("*.txt"))]
    places = [division.short_name for division in load_divisions()]
    for number in range(count):
        rng = random.Random(f"{seed} {number}")
        text = vary("\n".join(_cut(rng.choice(originals), rng)), rng, places)
        yield NUMBER.sub(f"〔{rng.randint(2010, 2024)}〕{rng.randint(1, 400)}号", text, count=1)


def write(folder: Path, count: int) -> int:
    """The notices as files of folders; how many characters they have."""
    characters = 0
    for number, text in enumerate(texts(count)):
        path = folder / f"{number // FOLDER:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        characters += len(text)
    return characters


def _cut(lines: list[str], rng: random.Random) -> list[str]:
    """The head, a run of lines from the middle, and the end."""
    head, middle, tail = lines[:HEAD], lines[HEAD:-TAIL], lines[-TAIL:]
    wanted = rng.uniform(0.2, 1.8) * CHARACTERS - sum(map(len, head + tail))
    start = rng.randrange(len(middle))
    run: list[str] = []
    for line in middle[start:] + middle[:start]:
        if wanted <= 0:
            break
        run.append(line)
        wanted -= len(line)
    return head + run + tail
