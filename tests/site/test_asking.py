"""What is remembered of a file that does not change, and that reading text as it is costs nobody a page."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from extractor.site.questions import memory
from extractor.site.questions.memory import Memory, recalling, remembered
from tests.site.comparing import compared
from tests.site.opening import asked, changing, opened, page, questions_of, questions_remembered
from tests.stored import built, notice

LATER = "update documents set title = '改了题名的方案' where title is not null"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compared(tmp_path_factory.mktemp("asking"))


@remembered
def rows(db: sqlite3.Connection, table: str, *, most: int = 9) -> tuple[tuple[object, ...], ...]:
    return tuple(db.execute(f"select * from {table} limit ?", (most,)))


def test_the_same_question_is_asked_once_a_memory() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript("create table t (n); insert into t values (1)")
        own, other = Memory(), Memory()
        with recalling(own):
            first = rows(db, "t")
            db.execute("insert into t values (2)")
            assert rows(db, "t") is first
            assert rows(db, "t", most=1) == ((1,),)
        with recalling(other):
            assert rows(db, "t") == ((1,), (2,))
        assert rows(db, "t") == ((1,), (2,))  # without a memory


def test_a_memory_forgets_what_was_not_asked_for_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 2)
    own = Memory()
    asked_for = []

    def recall(key: str) -> None:
        own.recall(key, lambda: asked_for.append(key) or key)

    for key in "abacab":
        recall(key)
    assert asked_for == ["a", "b", "c", "b"]


@pytest.mark.parametrize("path", ["/", "/-/c", "/-/f?view=targets", "/-/f?view=benefits", "/-/u"])
def test_a_page_of_a_file_that_does_not_change_asks_less_the_second_time(database: Path, path: str) -> None:
    assert questions_remembered(database, path) < questions_of(database, path)


def test_a_file_that_may_change_is_asked_each_time(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()], "policies.db")

    async def looked() -> tuple[str, str]:
        site = changing(path)
        await site.invoke_startup()
        before = await site.client.get("/")
        with closing(sqlite3.connect(path)) as db:
            db.execute(LATER)
            db.commit()
        after = await site.client.get("/")
        if hasattr(site, "close"):
            site.close()
        return before.text, after.text

    before, after = asyncio.run(looked())
    assert "改了题名的方案" in after and "改了题名的方案" not in before


def test_what_is_remembered_of_one_file_is_not_told_of_another(tmp_path: Path) -> None:
    first = built(tmp_path, [notice()], "first.db")
    second = built(tmp_path, [notice(title="另一方案")], "second.db")
    assert "另一方案" not in page(first, "/") and "另一方案" in page(second, "/")


def test_text_that_is_no_utf8_is_shown_with_a_mark(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()], "policies.db")
    with closing(sqlite3.connect(path)) as db:
        db.execute("update documents set title = cast(x'e68998ff' as text)")
        db.execute("update clauses set heading = cast(x'ffe8b2' as text) where heading is not null")
        db.commit()
    for each in ("/", "/-/d/xihu-2023-8", f"/-/s?q={quote('托位')}", f"/-/c?q={quote('托位')}"):
        assert "\ufffd" in page(path, each), each


def test_a_page_leaves_the_connection_to_datasette_as_it_was(database: Path) -> None:
    first, table = opened(database, "/", "/policies/documents.json?_shape=array")
    assert first.status_code == 200 and table.json()[0]["id"]


def test_nothing_is_counted_before_the_first_answer(database: Path) -> None:
    counting = [sql for sql in asked(database, "/-/u", lasting=True) if "count(*)" in sql and "[" in sql]
    assert counting == []
