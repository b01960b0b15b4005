"""Mutated samples through one reader for so many minutes of processor time: `python -m tests.fuzz pdf --minutes 20`.

Input n of a seed is always the same. Each is read in a process under the limits of production, but for the
time: 20 seconds, and twice four times that before it counts as too slow. Status 1 where a fault was found.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from extractor.sources import DEFAULT_LIMITS, Limits
from extractor.workers import Problem, Workers
from tests.fuzz.found import fault_of, smaller
from tests.fuzz.looking import Looked, look
from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import SEEDS, seeds

FOUND = Path(__file__).with_name("found")
SECONDS = {"scan": 60.0, "office": 60.0}  # for one input, where 20 are few


class Tally:
    """What came of the inputs so far."""

    def __init__(self) -> None:
        self.inputs = self.read = self.refused = 0
        self.seconds = 0.0
        self.faults: dict[str, int] = {}

    def add(self, result: Any, seconds: float) -> str | None:
        """The name of its fault, where it has one that was not seen before."""
        self.inputs += 1
        if isinstance(result, Looked):
            self.read += bool(result.read)
            self.refused += not result.read
            self.seconds += result.seconds
            return None
        self.seconds += seconds
        fault = fault_of(result)
        if fault is None:
            self.refused += 1
            return None
        self.faults[fault] = self.faults.get(fault, 0) + 1
        return fault if self.faults[fault] == 1 else None

    def __str__(self) -> str:
        faults = ", ".join(f"{name} × {count}" for name, count in sorted(self.faults.items())) or "none"
        return (f"{self.inputs} inputs, {self.read} read, {self.refused} refused, "
                f"{self.seconds / 60:.1f} CPU minutes; faults: {faults}")  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("reader", choices=sorted(SEEDS))
    parser.add_argument("--minutes", type=float, default=1.0, help="of processor time in the readers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="the first input: go on where a run ended")
    parser.add_argument("--keep", type=Path, default=FOUND, help="where faults are kept")
    asked = parser.parse_args()
    limits = replace(DEFAULT_LIMITS, max_seconds=SECONDS.get(asked.reader, 20.0))
    tally = run(asked.reader, asked.minutes * 60, asked.seed, asked.start, limits, asked.keep)
    print(f"{asked.reader}: {tally} (seed {asked.seed}, from input {asked.start})")
    return 1 if tally.faults else 0


def run(kind: str, seconds: float, seed: int, start: int, limits: Limits, keep: Path) -> Tally:
    """Inputs until so many seconds of processor time are used. Faults are told and kept as they are found."""
    samples, tally, at = seeds(kind), Tally(), start
    with Workers(look, 1, limits) as workers, Workers(look, 1, _patient(limits)) as patient:
        while tally.seconds < seconds:
            data = changed(samples, seed, at)
            result = workers.submit(f"{kind}-{at}", data).result()
            if fault_of(result) == "slow":  # others may have had the machine
                result = patient.submit(f"{kind}-{at}", data).result()
            new = tally.add(result, limits.max_seconds)
            if new is not None:
                words = result.words if isinstance(result, Problem) else ""
                print(f"input {at}: {words}", flush=True)
                _keep(kind, data, new, workers, keep)
            at += 1
            if at % 500 == 0:
                print(f"{kind} {tally}", file=sys.stderr, flush=True)
    return tally


def changed(samples: Sequence[bytes], seed: int, at: int) -> bytes:
    """Input `at` of a seed."""
    random = Random(f"{seed} {at}")
    return mutated(random, random.choice(samples), samples)


def _patient(limits: Limits) -> Limits:
    return replace(limits, max_seconds=limits.max_seconds * 4)


def _keep(kind: str, data: bytes, fault: str, workers: Workers, folder: Path) -> None:
    """Write the file, made small: for the slow and the large as it is, for trying takes as long each time."""
    if fault not in ("slow", "memory"):
        data = smaller(data, lambda less: fault_of(workers.submit("less", less).result()) == fault)
    path = folder / f"{kind}-{hashlib.sha256(data).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    print(f"kept as {path} ({len(data)} bytes): {fault}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
