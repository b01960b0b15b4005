"""Comparisons after documents came, left and changed: those of a database that never had any other, at the cost of what changed."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from extractor.check import check
from extractor.compare.update import Updated, update
from extractor.engine import ingest, writing
from extractor.intake import File
from extractor.store import forget
from tests.benchmarks.varying import vary
from tests.shards import inline
from tests.stored import dump

NOTICES = Path(__file__).parent / "notices"
CORPORA = Path(__file__).parent.parent.parent / "corpora"
SOURCES = {
    path.name: path.read_text("utf-8")
    for path in (*sorted(CORPORA.glob("*.txt")), *sorted(NOTICES.glob("*.txt")))
}
MADE = {
    f"made{number}.txt": vary(SOURCES[name], random.Random(number), ["漳浦县", "永年区", "罗山县"])
    for number, name in enumerate(("xihu.txt", "beijing-home-care.txt"))
}


def put(database: Path, folder: Path, texts: Iterable[tuple[str, str]]) -> None:
    """Files of these names with these texts into the database."""
    folder.mkdir(exist_ok=True)
    files = []
    for name, text in texts:
        (folder / name).write_text(text, "utf-8")
        files.append(File(folder / name, name))
    with writing(database) as store:
        assert all(result.status == "written" for result in ingest(files, store))


def gone(database: Path, name: str) -> None:
    with writing(database) as store:
        ((sha256,),) = store.db.execute(
            "select source_sha256 from documents where source_name = ?", (name,)
        ).fetchall()
        forget(store.db, sha256)


def compared(database: Path) -> Updated:
    with closing(sqlite3.connect(database)) as db:
        done = update(db)
        assert list(check(db)) == []
    return done


def rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(Database(sqlite3.connect(database), execute_plugins=False)) as db:
        return dump(db)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[tuple[object, ...]]]]:
    folder = tmp_path_factory.mktemp("incremental")
    put(folder / "p.db", folder / "in", SOURCES.items())
    assert compared(folder / "p.db").documents == len(SOURCES)
    return folder / "p.db", rows(folder / "p.db")


def copied(whole: tuple[Path, object], folder: Path) -> Path:
    (folder / "p.db").write_bytes(whole[0].read_bytes())
    return folder / "p.db"


@pytest.mark.parametrize(
    "name", ["xihu.txt", "xinjian.txt", "shaoxing-home-care.txt", "shanghai-ambulance.txt"]
)
def test_one_that_left(name: str, whole: tuple[Path, object], tmp_path: Path) -> None:
    database = copied(whole, tmp_path)
    gone(database, name)
    compared(database)
    put(tmp_path / "fresh.db", tmp_path / "in", [each for each in SOURCES.items() if each[0] != name])
    compared(tmp_path / "fresh.db")
    assert rows(database) == rows(tmp_path / "fresh.db")


@pytest.mark.parametrize("name", ["zhangzhou.txt", "beijing-ambulance.txt"])
def test_one_that_changed_and_changed_back(name: str, whole: tuple[Path, object], tmp_path: Path) -> None:
    database = copied(whole, tmp_path)
    other = vary(SOURCES[name], random.Random(7), ["漳浦县"])
    put(database, tmp_path / "in", [(name, other)])
    compared(database)
    put(tmp_path / "fresh.db", tmp_path / "in", (SOURCES | {name: other}).items())
    compared(tmp_path / "fresh.db")
    assert rows(database) == rows(tmp_path / "fresh.db")
    put(database, tmp_path / "in", [(name, SOURCES[name])])
    compared(database)
    assert rows(database) == whole[1]


def test_some_that_came_and_left(whole: tuple[Path, object], tmp_path: Path) -> None:
    database = copied(whole, tmp_path)
    put(database, tmp_path / "in", MADE.items())
    assert compared(database).documents == len(MADE)
    for name in MADE:
        gone(database, name)
    compared(database)
    assert rows(database) == whole[1]


TREES = {
    f"trees{number}.txt": f"{place}古树名木保护办法\n\n第一条　百年以上的古树由林业部门逐株登记挂牌，划定{size}米保护范围。\n\n"
    "第二条　禁止砍伐、擅自移植古树，禁止在树干上钉钉、缠绕绳索。\n"
    for number, (place, size) in enumerate((("黄山市", 5), ("腾冲市", 10)))
}


def test_what_has_nothing_in_common_with_it_stays_as_it_is(tmp_path: Path) -> None:
    about_care = {
        f"care{number}.txt": inline.text(number, number=f"西发〔2023〕{number}号") for number in (1, 2, 3)
    }
    put(tmp_path / "p.db", tmp_path / "in", (about_care | TREES).items())
    assert compared(tmp_path / "p.db").documents == 5
    gone(tmp_path / "p.db", "care2.txt")
    assert compared(tmp_path / "p.db").documents == 2
    gone(tmp_path / "p.db", "trees0.txt")
    assert compared(tmp_path / "p.db").documents == 1


def test_nothing_is_done_where_nothing_changed(whole: tuple[Path, object], tmp_path: Path) -> None:
    database = copied(whole, tmp_path)
    assert compared(database) == (0, 0)
    assert rows(database) == whole[1]
