"""The pages under readers: `python -m tests.benchmarks.site` (see --help). No test: it times.

A database of many notices is made by the program's own commands and served by a process; readers ask for
pages at once, each waiting for its answer before it asks again. Printed: half and 95 of 100 answers of each kind of
page came within these milliseconds, the slowest, and the heaviest page in kilobytes. `--pause` lets each reader
look at a page before it asks for the next.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

import httpx

from tests.benchmarks.varying import notices

ROOT = Path(__file__).parent.parent.parent
WORDS = (
    "托育",
    "产假",
    "托位",
    "区卫健委",
    "公租房",
    "育儿补贴",
    "牵头 托育",
    "住房公积金 贷款",
    "生育 -假期",
    "的",
)
VIEWS = ("targets", "benefits", "leave", "heat", "time", "cited", "reuse")
_UPDATE = """
import sqlite3, sys
from contextlib import closing
from extractor.compare.update import update
with closing(sqlite3.connect(sys.argv[1])) as db:
    update(db)
"""
_SERVE = """
import asyncio, sys, uvicorn
from extractor.site import app
async def serve():
    site = app(sys.argv[1])
    await site.invoke_startup()
    config = uvicorn.Config(site.app(), host="127.0.0.1", port=int(sys.argv[2]), log_level="error", lifespan="off")
    await uvicorn.Server(config).serve()
asyncio.run(serve())
"""


class Answer(NamedTuple):
    """One page that a reader got."""

    kind: str
    path: str
    seconds: float
    size: int
    status: int


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        path = made(options.keep or Path(folder), options.documents)
        addresses = {kind: tuple(paths) for kind, paths in _addresses(path).items()}
        print(f"{_said(path)}; load of the machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
        with served(path) as site:
            for readers in options.readers:
                answers = asyncio.run(_read(site, addresses, readers, options))
                _report(answers, readers)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.site", description=__doc__)
    parser.add_argument("--documents", type=int, default=2000, help="notices in the database (2000)")
    parser.add_argument("--readers", type=int, nargs="+", default=[1, 8], help="readers at once (1 8)")
    parser.add_argument("--requests", type=int, default=60, help="answers of each kind of page (60)")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between a reader's pages (0)")
    parser.add_argument("--only", nargs="*", help="kinds of pages")
    parser.add_argument("--keep", type=Path, help="folder in which the database is left and looked for")
    return parser.parse_args()


def made(folder: Path, documents: int) -> Path:
    """A database of so many notices with topics and pairs, unless it is there."""
    path = folder / f"site-{documents}.db"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as texts:
        for number, text in enumerate(islice(notices(sys.maxsize), documents)):
            (Path(texts) / f"{number:06}.txt").write_text(text, "utf-8")
        _run("-m", "extractor", "ingest", texts, "--db", str(part))
    _run("-c", _UPDATE, str(part))
    part.rename(path)
    return path


def _run(*words: str) -> None:
    subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=ROOT)


@contextmanager
def served(database: Path) -> Iterator[str]:
    """The address of the site while another process serves it."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    address = f"http://127.0.0.1:{port}"
    words = (sys.executable, "-c", _SERVE, str(database), str(port))
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL) as server:
        try:
            while server.poll() is None and not _answers(address):
                time.sleep(0.2)
            yield address
        finally:
            server.terminate()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/-/home", timeout=60).status_code == 200
    except httpx.TransportError:
        return False


def _addresses(path: Path) -> Mapping[str, Iterable[str]]:
    """Kind of page → addresses of it, of what the database holds."""
    rng = random.Random(1)
    with closing(sqlite3.connect(path)) as db:

        def some(sql: str) -> list[str]:
            rows = [str(row[0]) for row in db.execute(sql)]
            return rng.sample(rows, min(len(rows), 40))

        documents = some("select id from documents order by id")
        places = some("select distinct jurisdiction_id from documents where jurisdiction_id is not null")
        topics = some("select id from topics where origin = 'list' order by id")
        indicators = some("select distinct indicator from targets where indicator is not null order by 1")
        units = some("select distinct canonical_name from units order by 1")
        sectors = some("select distinct sector from units order by 1")
    four = [rng.sample(places, min(4, len(places))) for _ in range(20)]
    topic = [{"topic": rng.sample(topics, min(3, len(topics)))} for _ in range(10)]
    words = [{"q": each} for each in WORDS[:-1]]
    return {
        "home": ("/",),
        "search": _paths("/-/s", [*words, *({**each, "jurisdiction": places[0]} for each in words[:3])]),
        "document": (f"/-/d/{quote(document)}" for document in documents),
        "compare": _paths("/-/c", ({**rng.choice(words + topic), "j": own} for own in four)),
        **{f"figures {view}": _paths("/-/f", ({"view": view}, {"view": view, "j": four[0]})) for view in VIEWS},
        "figures chosen": _paths("/-/f", ({"view": "targets", "i": each} for each in indicators)),
        "units": _paths("/-/u", ({}, {"q": "卫生"})),
        "unit": (f"/-/u/{quote(name, safe='')}" for name in units),
        "sector": (f"/-/u/{quote(name, safe='')}" for name in sectors),
    }  # fmt: skip


def _paths(path: str, queries: Iterable[Mapping[str, object]]) -> Iterator[str]:
    for query in queries:
        yield f"{path}?{urlencode(query, doseq=True)}"


async def _read(
    site: str, addresses: Mapping[str, Sequence[str]], readers: int, options: argparse.Namespace
) -> list[Answer]:
    """What the readers got: the same pages in the same order, however many readers there are."""
    rng = random.Random(2)
    kinds = [kind for kind in addresses if not options.only or kind.split()[0] in options.only]
    asked = [(kind, rng.choice(addresses[kind])) for kind in kinds for _ in range(options.requests)]
    rng.shuffle(asked)
    waiting = iter(asked)
    answers: list[Answer] = []
    async with httpx.AsyncClient(base_url=site, timeout=120) as client:

        async def reader() -> None:
            for kind, path in waiting:
                start = time.perf_counter()
                response = await client.get(path)
                seconds = time.perf_counter() - start
                answers.append(Answer(kind, path, seconds, len(response.content), response.status_code))
                await asyncio.sleep(options.pause * rng.uniform(0.5, 1.5))

        await asyncio.gather(*(reader() for _ in range(readers)))
    return answers


def _said(path: Path) -> str:
    with closing(sqlite3.connect(path)) as db:
        documents, clauses, facts = db.execute(
            "select (select count(*) from documents), (select count(*) from clauses), "
            "(select count(*) from responsibilities)"
        ).fetchone()
    size = path.stat().st_size / 1_000_000
    return f"{documents:,} notices, {clauses:,} clauses, {facts:,} duties, {size:,.0f} MB"


def _report(answers: Sequence[Answer], readers: int) -> None:
    print(f"\n{readers} readers{'ms: half':>20}{'95 of 100':>12}{'slowest':>10}{'kB':>8}   slowest page")
    kinds: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        kinds[answer.kind].append(answer)
    for kind, own in kinds.items():
        own.sort(key=lambda answer: answer.seconds)
        half, most, last = (own[int(part * (len(own) - 1))] for part in (0.5, 0.95, 1))
        size = max(answer.size for answer in own) / 1000
        bad = {answer.status for answer in own} - {200}
        print(
            f"{kind:18}{half.seconds * 1000:>12.0f}{most.seconds * 1000:>12.0f}{last.seconds * 1000:>10.0f}"
            f"{size:>8.0f}   {last.path[:70]}{f'  status {bad}' if bad else ''}",
            flush=True,
        )


if __name__ == "__main__":
    main()
