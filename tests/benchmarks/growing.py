"""The whole ingest of more and more notices; one worker against two; a second run in which ten notices changed."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from pathlib import Path
from statistics import median

from tests.benchmarks.many import write
from tests.benchmarks.measuring import Figures, cost

CHANGED = 10


def growth(folder: Path, sizes: Sequence[int]) -> Figures:
    """For each size: wall and processor seconds, peak memory, the file; then the second run at the largest."""
    rows = []
    for size in sizes:
        characters = write(folder / f"{size}", size)
        rows.append(_ingest(folder, size) | {"characters": characters})
    again = _again(folder, max(sizes))
    return {
        "sizes": rows,
        "exponent": exponent(rows, "wall"),
        "exponent_cpu": exponent(rows, "cpu"),
        "again": again,
    }


def exponent(rows: Sequence[Figures], what: str) -> float | None:
    """The slope of the logarithms from 1,000 notices on (of all, where there are fewer than two)."""
    large = [row for row in rows if row["notices"] >= 1000]
    points = [(log(row["notices"]), log(row[what])) for row in (large if len(large) > 1 else rows)]
    if len(points) < 2:
        return None
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    above = sum((a - x) * (b - y) for a, b in points)
    return round(above / sum((a - x) ** 2 for a, _ in points), 3)


def workers(folder: Path, size: int, rounds: int) -> Figures:
    """The same notices with one worker and with two, in turn; medians."""
    write(folder / f"{size}", size)
    walls: dict[int, list[float]] = {1: [], 2: []}
    for number in range(rounds):
        for jobs, taken in walls.items():
            database = folder / f"{size}-{jobs}-{number}.db"
            taken.append(cost(["ingest", folder / f"{size}", "--db", database, "--jobs", jobs]).wall)
            database.unlink()
    one, two = (median(taken) for taken in walls.values())
    return {
        "notices": size,
        "rounds": rounds,
        "one": round(one, 2),
        "two": round(two, 2),
        "times": round(one / two, 2),
    }


def _ingest(folder: Path, size: int) -> Figures:
    database = folder / f"{size}.db"
    wall, cpu, peak = cost(["ingest", folder / f"{size}", "--db", database, "--jobs", 2])
    return {
        "notices": size, "wall": round(wall, 2), "cpu": round(cpu, 2), "peak_mb": round(peak),
        "file_mb": round(database.stat().st_size / 1e6, 1),
    }  # fmt: skip


def _again(folder: Path, size: int) -> Figures:
    """The run after ten notices changed."""
    files = sorted((folder / f"{size}").rglob("*.txt"))
    for path in files[:: max(1, len(files) // CHANGED)][:CHANGED]:
        path.write_text(path.read_text("utf-8") + "\n附：另行通知。\n", "utf-8")
    wall, cpu, peak = cost(["ingest", folder / f"{size}", "--db", folder / f"{size}.db", "--jobs", 2])
    return {
        "notices": size,
        "changed": CHANGED,
        "wall": round(wall, 2),
        "cpu": round(cpu, 2),
        "peak_mb": round(peak),
    }
