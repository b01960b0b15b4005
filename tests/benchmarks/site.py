"""The pages under readers: `python -m tests.benchmarks.site` (see --help). No test: it times.

A database of many notices is made by the program's own commands and served by `extractor serve`; readers ask for
pages at once, each waiting for its answer before it asks again. Each page is asked for twice, first when nobody
has asked for it since the start. Printed of each kind of page: half and 95 of 100 answers came within these
milliseconds, the slowest, the same of the second answers, the processor time of the server for one page (asked
for by a single reader), and the heaviest page in kilobytes. `--pause` lets each reader look at a page before it
asks for the next; `--times` multiplies the notices (see `multiplying`): 13 times 2,000 are a million clauses.
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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

import httpx

from tests.benchmarks.multiplying import multiply
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
PROMISED = ("search", "document", "compare", "figures")
VIEWS = ("targets", "benefits", "leave", "heat", "time", "cited", "reuse")
_UPDATE = """
import sqlite3, sys
from contextlib import closing
from extractor.compare.update import update
with closing(sqlite3.connect(sys.argv[1])) as db:
    update(db)
"""


class Answer(NamedTuple):
    """One page that a reader got. The quickest come first."""

    kind: str
    seconds: float
    path: str
    size: int
    status: int


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        path = made(options.keep or Path(folder), options.documents, options.times)
        addresses = {
            kind: own for kind, own in _addresses(path, options.requests).items() if _wanted(kind, options)
        }
        print(f"{_said(path)}; load of the machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
        for readers in options.readers:
            with served(path, options.workers) as (site, server):  # anew: nobody has asked for anything
                first = asyncio.run(_read(site, addresses, readers, options.pause))
                again = asyncio.run(_read(site, addresses, readers, options.pause))
                costs = {kind: _cost(site, server, own) for kind, own in addresses.items()}
            _report(first, again, costs, readers)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.site", description=__doc__)
    parser.add_argument("--documents", type=int, default=2000, help="notices in the database (2000)")
    parser.add_argument("--times", type=int, default=1, help="how many times over (1)")
    parser.add_argument("--readers", type=int, nargs="+", default=[1, 8], help="readers at once (1 8)")
    parser.add_argument("--workers", type=int, help="processes that answer (as `extractor serve` has them)")
    parser.add_argument(
        "--requests", type=int, default=60, help="pages of each kind, all different where there are"
    )
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between a reader's pages (0)")
    parser.add_argument("--only", nargs="*", help="kinds of pages")
    parser.add_argument("--keep", type=Path, help="folder in which the database is left and looked for")
    return parser.parse_args()


def _wanted(kind: str, options: argparse.Namespace) -> bool:
    return not options.only or kind.split()[0] in options.only


def made(folder: Path, documents: int, times: int = 1) -> Path:
    """A database of so many notices with topics and pairs, so many times over, unless it is there."""
    path = folder / f"site-{documents}{f'x{times}' if times > 1 else ''}.db"
    if path.exists():
        return path
    if times > 1:
        multiply(made(folder, documents), path, times)
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
def served(database: Path, workers: int | None) -> Iterator[tuple[str, int]]:
    """The address of the site and the id of the process while other processes serve it."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    address = f"http://127.0.0.1:{port}"
    words = (sys.executable, "-m", "extractor", "serve", str(database), "--port", str(port), "--show-private")
    many = ("--workers", str(workers)) if workers else ()
    quiet = subprocess.DEVNULL
    with subprocess.Popen((*words, *many), cwd=ROOT, stdout=quiet, stderr=quiet) as server:
        try:
            while server.poll() is None and not _answers(address):
                time.sleep(0.2)
            time.sleep(2)  # until each worker is there
            yield address, server.pid
        finally:
            server.terminate()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/-/home", timeout=60).status_code == 200
    except httpx.TransportError:
        return False


def _addresses(path: Path, count: int) -> Mapping[str, tuple[str, ...]]:
    """Kind of page → as many different addresses of it, of what the database holds, or all there are."""
    rng = random.Random(1)
    with closing(sqlite3.connect(path)) as db:

        def some(sql: str) -> list[str]:
            rows = [str(row[0]) for row in db.execute(sql)]
            return rng.sample(rows, min(len(rows), count))

        documents = some("select id from documents order by id")
        places = some("select distinct jurisdiction_id from documents where jurisdiction_id is not null")
        topics = some("select id from topics where origin = 'list' order by id")
        indicators = some("select distinct indicator from targets where indicator is not null order by 1")
        units = some("select distinct canonical_name from units order by 1")
        sectors = some("select distinct sector from units order by 1")
    words = [{"q": each} for each in WORDS]
    searches = [*words, *({**word, "jurisdiction": place} for place in places for word in words)]
    topic = [{"topic": rng.sample(topics, min(3, len(topics)))} for _ in range(10)]

    def four() -> dict[str, object]:
        return {"j": rng.sample(places, min(4, len(places)))}

    def views(view: str) -> list[dict[str, object]]:
        return [{"view": view}, *({"view": view, **four()} for _ in range(count - 1))]

    kinds: dict[str, Iterable[str]] = {
        "home": ("/",),
        "search": _paths("/-/s", searches),
        "document": (f"/-/d/{quote(document)}" for document in documents),
        "compare": _paths("/-/c", ({**rng.choice(words[:-1] + topic), **four()} for _ in range(count))),
        **{f"figures {view}": _paths("/-/f", views(view)) for view in VIEWS},
        "figures chosen": _paths("/-/f", ({"view": "targets", "i": each} for each in indicators)),
        "units": _paths("/-/u", ({}, {"q": "卫生"})),
        "unit": (f"/-/u/{quote(name, safe='')}" for name in units),
        "sector": (f"/-/u/{quote(name, safe='')}" for name in sectors),
    }
    return {kind: tuple(islice(dict.fromkeys(own), count)) for kind, own in kinds.items()}


def _paths(path: str, queries: Iterable[Mapping[str, object]]) -> Iterator[str]:
    for query in queries:
        yield f"{path}?{urlencode(query, doseq=True)}"


async def _read(
    site: str, addresses: Mapping[str, Sequence[str]], readers: int, pause: float
) -> list[Answer]:
    """What the readers got: the same pages in the same order, however many readers there are."""
    rng = random.Random(2)
    asked = [(kind, path) for kind, own in addresses.items() for path in own]
    rng.shuffle(asked)
    waiting = iter(asked)
    answers: list[Answer] = []
    async with httpx.AsyncClient(base_url=site, timeout=120) as client:

        async def reader() -> None:
            for kind, path in waiting:
                start = time.perf_counter()
                response = await client.get(path)
                seconds = time.perf_counter() - start
                answers.append(Answer(kind, seconds, path, len(response.content), response.status_code))
                await asyncio.sleep(pause * rng.uniform(0.5, 1.5))

        await asyncio.gather(*(reader() for _ in range(readers)))
    return answers


def _cost(site: str, server: int, paths: Sequence[str]) -> float:
    """Seconds of processor time that the server takes for one of `paths`."""
    before = _spent(server)
    with httpx.Client(base_url=site, timeout=120) as client:
        for path in paths:
            client.get(path)
    return (_spent(server) - before) / len(paths)


def _spent(server: int) -> float:
    """Seconds of processor time that a process and those it started have taken (of Linux)."""
    own: dict[int, tuple[int, int]] = {}  # process → its parent, ticks
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            words = stat.read_text().rpartition(")")[2].split()
            own[int(stat.parent.name)] = int(words[1]), int(words[11]) + int(words[12])
    ticks = sum(spent for name, (parent, spent) in own.items() if server in (name, parent))
    return ticks / os.sysconf("SC_CLK_TCK")


def _said(path: Path) -> str:
    with closing(sqlite3.connect(path)) as db:
        documents, clauses, facts = db.execute(
            "select (select count(*) from documents), (select count(*) from clauses), "
            "(select count(*) from responsibilities)"
        ).fetchone()
    size = path.stat().st_size / 1_000_000
    return f"{documents:,} notices, {clauses:,} clauses, {facts:,} duties, {size:,.0f} MB"


def _report(
    first: Sequence[Answer], again: Sequence[Answer], costs: Mapping[str, float], readers: int
) -> None:
    head = f"{'half':>8}{'95 of 100':>11}{'slowest':>9}{'again half':>12}{'95':>6}{'processor':>11}{'kB':>6}"
    print(f"\n{f'{readers} readers, ms':18}{head}   slowest page")
    for kind, cost in costs.items():
        own = sorted(answer for answer in first if answer.kind == kind)
        half, most, last = (own[int(part * (len(own) - 1))] for part in (0.5, 0.95, 1))
        later = sorted(answer.seconds for answer in again if answer.kind == kind)
        then = [later[int(part * (len(later) - 1))] * 1000 for part in (0.5, 0.95)]
        size = max(answer.size for answer in own) / 1000
        bad = {answer.status for answer in own} - {200}
        print(
            f"{kind:18}{half.seconds * 1000:>8.0f}{most.seconds * 1000:>11.0f}{last.seconds * 1000:>9.0f}"
            f"{then[0]:>12.0f}{then[1]:>6.0f}{cost * 1000:>11.0f}{size:>6.0f}   {last.path[:60]}"
            f"{f'  status {bad}' if bad else ''}",
            flush=True,
        )
    every = sorted(answer.seconds for answer in first if answer.kind.split()[0] in PROMISED)
    if every:
        most = every[int(0.95 * (len(every) - 1))] * 1000
        print(f"search, document, compare and figures together: 95 of 100 within {most:.0f} ms")


if __name__ == "__main__":
    main()
