"""Speed, memory and start-up, as a table: `python -m tests.benchmarks` (see --help). No test: it times.

What is measured: bytes of text to facts on one core; the whole ingest into a new database; the peak of
memory for more and more documents; `extractor --help` from cold. `--profile` says what dominates.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.varying import notices

ROOT = Path(__file__).parent.parent.parent
MEGABYTE = 1_000_000
PEAK = """
import resource, sys
from pathlib import Path
from extractor.engine import ingest, writing
from extractor.intake import expand
files = expand([Path(sys.argv[1])]).files
with writing(Path(sys.argv[2])) as writer:
    for number, result in enumerate(ingest(files, writer), 1):
        assert result.status == "written", result.message
        if number in map(int, sys.argv[3:]):
            print(number, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


class Row(NamedTuple):
    """One line of the table."""

    what: str
    measured: str
    wanted: str


def main() -> None:
    options = _options()
    texts = list(notices(options.megabytes * MEGABYTE // 3))  # a Chinese character has three bytes
    size = sum(len(text.encode()) for text in texts) / MEGABYTE
    characters = sum(map(len, texts))
    print(f"{len(texts)} notices, {size:.1f} MB, {characters:,} characters\n")
    if options.profile:
        _profile(texts)
        return
    with tempfile.TemporaryDirectory() as folder:
        for row in _rows(texts, characters, Path(folder)):
            print(f"{row.what:44}{row.measured:>22}   {row.wanted}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=10, help="size of the text (10)")
    parser.add_argument("--profile", action="store_true", help="print what takes the time from text to facts")
    return parser.parse_args()


def _rows(texts: list[str], characters: int, folder: Path) -> Iterator[Row]:
    yield Row("text to facts, one core", _rate(characters, _facts(texts)), "500,000 chars/s")
    for jobs in (1, 2):
        seconds = _ingest(_files(texts, folder / f"jobs{jobs}"), folder / f"{jobs}.db", jobs)
        yield Row(f"ingest into a new database, --jobs {jobs}", _rate(characters, seconds), "300,000 chars/s")
    more = list(notices(3 * characters, seed=2))
    for count, peak in _peaks(_files(more, folder / "peaks"), folder / "peaks.db", len(more)):
        yield Row(f"peak memory, {count} documents", f"{peak} MB", "constant, 64 MB of it SQLite's cache")
    yield Row("extractor --help, best of 7", f"{_help() * 1000:.0f} ms", "200 ms")


def _rate(characters: int, seconds: float) -> str:
    return f"{characters / seconds:,.0f} chars/s"


def _facts(texts: list[str]) -> float:
    """Seconds from bytes to facts. The vocabulary is read before."""
    from extractor.pipeline import read_bytes

    read_bytes("warm", texts[0].encode())
    files = [text.encode() for text in texts]
    start = time.perf_counter()
    for file in files:
        read_bytes("a.txt", file)
    return time.perf_counter() - start


def _files(texts: list[str], folder: Path) -> Path:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:06}.txt").write_text(text, "utf-8")
    return folder


def _ingest(source: Path, database: Path, jobs: int) -> float:
    """Seconds of the command itself, start-up and vocabulary included."""
    start = time.perf_counter()
    words = [sys.executable, "-m", "extractor", "ingest", source, "--db", database, "--jobs", str(jobs)]
    subprocess.run([str(word) for word in words], check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start


def _peaks(source: Path, database: Path, count: int) -> Iterator[tuple[int, int]]:
    """Megabytes that an ingest of `count` documents had at most until each sixth of them."""
    stops = [str(count * part // 6) for part in range(1, 7)]
    words = [sys.executable, "-c", PEAK, str(source), str(database), *stops]
    out = subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT)
    for line in out.stdout.splitlines():
        number, peak = line.split()
        yield int(number), int(peak)


def _help() -> float:
    """Seconds until the help is printed and the process is gone, at best."""

    def once() -> float:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "extractor", "--help"], check=True, capture_output=True, cwd=ROOT
        )
        return time.perf_counter() - start

    return min(once() for _ in range(7))


def _profile(texts: list[str]) -> None:
    from extractor.pipeline import read_bytes

    read_bytes("warm", texts[0].encode())
    profile = cProfile.Profile()
    with profile:
        for text in texts[:200]:
            read_bytes("a.txt", text.encode())
    statistics = pstats.Stats(profile).strip_dirs().sort_stats("tottime")
    statistics.print_stats(25)
    statistics.sort_stats("cumulative").print_stats(25)


if __name__ == "__main__":
    main()
