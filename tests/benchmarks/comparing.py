"""The cost of a comparison as a curve: `python -m tests.benchmarks.comparing` (see --help). No test: it times.

For 250, 500, 1,000 and 2,000 documents of 30 clauses: seconds of processor and of the clock, peak memory, pairs;
then the seconds that one more document takes. Each document is of one of several subjects, its clauses are those
of the corpus in other words, with other figures and in another order.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.lexicon.divisions import load_divisions
from tests.benchmarks.varying import CORPORA, vary

ROOT = Path(__file__).parent.parent.parent
NOTICES = ROOT / "tests" / "compare" / "notices"
SIZES = (250, 500, 1000, 2000)
CLAUSES = 30
_MEASURED = """
import resource, sqlite3, sys, time
from contextlib import closing
from extractor.compare.update import update
with closing(sqlite3.connect(sys.argv[1])) as db:
    start = time.perf_counter()
    updated = update(db)
    wall = time.perf_counter() - start
own, kids = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = own.ru_utime + own.ru_stime + kids.ru_utime + kids.ru_stime
print(updated.documents, updated.pairs, cpu, wall, max(own.ru_maxrss, kids.ru_maxrss) // 1024)
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.comparing", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of documents")
    parser.add_argument("--keep", type=Path, help="folder in which the databases are left")
    options = parser.parse_args()
    print(f"{'documents':>10}{'pairs':>10}{'CPU s':>9}{'clock s':>9}{'peak MB':>9}{'CPU ms each':>13}")
    with tempfile.TemporaryDirectory() as folder:
        pool = tuple(_pool(Path(folder) / "pool.db"))
        for size in options.sizes:
            path = (options.keep or Path(folder)) / f"{size}.db"
            make(path, pool, range(size))
            _report(path)
        make(path, pool, range(size, size + 1))
        _report(path)


def _report(path: Path) -> None:
    words = [sys.executable, "-c", _MEASURED, str(path)]
    out = subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split()
    documents, pairs, memory = int(out[0]), int(out[1]), int(out[4])
    cpu, wall = float(out[2]), float(out[3])
    print(
        f"{documents:>10}{pairs:>10}{cpu:>9.1f}{wall:>9.1f}{memory:>9}{1000 * cpu / documents:>13.1f}",
        flush=True,
    )


def _pool(path: Path) -> Iterator[Sequence[tuple[str | None, str]]]:
    """The clauses of each real notice: heading and words."""
    from sqlite_utils import Database

    command = [sys.executable, "-m", "extractor", "ingest", CORPORA, NOTICES, "--db", path]
    subprocess.run([str(word) for word in command], check=True, capture_output=True, cwd=ROOT)
    db = Database(path)
    for (name,) in db.execute("select id from documents order by id").fetchall():
        yield db.execute(
            "select heading, text from clauses where document_id = ? and level in ('subpart', 'article', 'item') "
            "and length(text) > 30 order by position",
            (name,),
        ).fetchall()


def make(path: Path, pool: Sequence[Sequence[tuple[str | None, str]]], numbers: range) -> None:
    """Add made-up documents to a database, with what a comparison reads: text, clauses and headings."""
    from extractor.store import finish, open_store

    places = [division.short_name for division in load_divisions()]
    db = open_store(path)
    for number in numbers:
        rng = random.Random(number)
        source = rng.choice(pool)
        chosen = [rng.choice(source) for _ in range(CLAUSES)]
        texts = [vary(text, rng, places).strip() for _, text in chosen]
        name = f"made-{number:05}"
        db["documents"].insert(_document(name, "\n".join(texts)))
        start = 0
        rows = []
        for place, ((heading, _), text) in enumerate(zip(chosen, texts, strict=True)):
            own = heading if heading and text.startswith(heading) else None
            rows.append(_clause(name, place, own, text, start))
            start += len(text) + 1
        db["clauses"].insert_all(rows)
    finish(db)
    db.close()


def _document(name: str, text: str) -> dict[str, object]:
    return {
        "id": name, "title": f"方案{name}", "status": "final", "issuers": "[]", "source_name": f"{name}.txt",
        "source_sha256": hashlib.sha256(text.encode()).hexdigest(), "media_type": "text/plain", "text": text,
    }  # fmt: skip


def _clause(document: str, place: int, heading: str | None, text: str, start: int) -> dict[str, object]:
    end = start + len(text)
    return {
        "id": f"{document}.{place}", "document_id": document, "position": place, "depth": 1, "ref": str(place),
        "level": "article", "heading": heading, "text": text, "start": start, "end": end, "subtree_end": end,
        "inferred": 0,
    }  # fmt: skip


if __name__ == "__main__":
    main()
