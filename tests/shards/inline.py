"""What the tests of shards share: a cluster that runs each task at once, files to read, and what a run left."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from extractor.engine import Machine, writing
from extractor.engine import ingest as ingest_here
from extractor.intake import File, Result, expand
from extractor.model import Notice
from extractor.pipeline import read_bytes
from extractor.shards.merging import chosen, merge
from extractor.shards.run import ingest
from extractor.shards.task import Order
from extractor.sources import DEFAULT_LIMITS
from extractor.storage import Folder, place
from extractor.workers import Reader
from tests.stored import dump

Rows = dict[str, list[tuple[object, ...]]]
HEAD = "{place}人民政府关于印发{title}的通知\n\n{number}\n\n各有关单位：\n\n{title}\n\n"
BODY = """一、主要目标

到2025年，每千人口拥有托位数达到{figure}个。落实《托育服务实施方案》（{cites}）。

二、重点任务

（一）加大支持。对新建普惠托位每个给予一次性补助{sum}元。（责任单位：市卫健委、财政局）

{place}人民政府

2023年5月6日
"""


def text(
    figure: object = "4.5", *, number: str = "西发〔2023〕8号", place: str = "南昌市西湖区", **more: object
) -> str:
    """A short notice; what is not named is the same in all."""
    words = {"title": "托育服务实施方案", "cites": "国办发〔2020〕52号", "sum": 10_000, **more}
    return (HEAD + BODY).format(figure=figure, number=number, place=place, **words)


class Done:
    def __init__(self, value: Any) -> None:
        self._value = value

    def result(self) -> Any:
        return self._value


class Inline:
    """A cluster of this process. `lost` tasks in, it is gone."""

    ahead = 3

    def __init__(self, machine: Machine, *, lost: int | None = None) -> None:
        self._machine, self._left = machine, lost

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Done:
        if self._left == 0:
            raise ConnectionError("the cluster is gone")
        self._left = self._left and self._left - 1
        return Done(function(self._machine, *arguments))


def put(folder: Path, **texts: str) -> Path:
    """Files of these texts in a folder, called a.txt …"""
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in texts.items():
        (folder / f"{name}.txt").write_text(words, "utf-8")
    return folder


def into_set(
    paths: Sequence[Path | str],
    url: str | Path,
    *,
    reader: Reader[Notice] = read_bytes,
    lost: int | None = None,
    mean: int = 2,
) -> list[Result]:
    """Read what is named into the set; the results."""
    files = expand(place(str(path)) for path in paths).files
    with Machine(reader, 1, DEFAULT_LIMITS) as machine:
        outcomes = ingest(
            files,
            [str(path) for path in paths],
            Inline(machine, lost=lost),
            Order(Folder(str(url)), DEFAULT_LIMITS),
            mean=mean,
        )
        return [result for outcome in outcomes for result in outcome.results]


def merged(urls: Iterable[str | Path], database: Path) -> Rows:
    """The rows of a database that the sets were merged into."""
    with writing(database) as store:
        for result in merge(chosen(Folder(str(url)) for url in urls), store):
            assert result.status in ("written", "known"), result
    return rows(database)


def here(files: Iterable[File], database: Path) -> Rows:
    """The rows of a database that the process engine made."""
    with writing(database) as store:
        for _ in ingest_here(files, store):
            pass
    return rows(database)


def rows(database: Path) -> Rows:
    with closing(Database(sqlite3.connect(database), execute_plugins=False)) as db:
        return dump(db)
