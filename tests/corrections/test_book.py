"""The file of corrections: it only grows, and says so when it is not what it should be."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.corrections import book
from extractor.corrections.book import BookError
from tests.corrections.test_settling import SAME, At, document, said

SEEN = document([*SAME, At({"value": 9}, offset=60, anchor=())])
ONE, OTHER = said(SEEN, "correct", value="5"), said(SEEN, "reject", 2)


def test_what_is_written_is_read_back_each_once(tmp_path: Path) -> None:
    path = tmp_path / "corrections.db"
    assert book.read(path) == () and not path.exists()
    assert (book.add(path, [ONE]), book.add(path, [ONE, OTHER])) == (1, 1)
    assert book.read(path) == tuple(sorted((ONE, OTHER), key=lambda each: each.id))
    assert [file.name for file in tmp_path.iterdir()] == ["corrections.db"]


def test_an_id_is_of_all_that_is_said() -> None:
    others = [replace(ONE, why="x"), replace(ONE, made_by="x"), replace(ONE, made_at="2026-01-02T00:00:00Z"),
              replace(ONE, changes={"value": 6}), replace(ONE, place=ONE.place._replace(offset=1)), replace(ONE, replaces=("c1",)),
              replace(ONE, seen={**ONE.seen, "scope": "市"}), replace(ONE, subject=ONE.subject._replace(title=None))]  # fmt: skip
    assert len({each.id for each in (ONE, *others)}) == 9
    assert replace(ONE, replaces=("c2", "c1")).id == replace(ONE, replaces=("c1", "c2")).id


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("update corrections set why = 'x'", "is damaged .its id is not that of its content"),
        ("update corrections set seen = 'x'", "is damaged"),
        ("update corrections set verdict = 'perhaps'", "is damaged .verdict 'perhaps'"),
        ("update corrections set clause_rank = 7", "is damaged .its ranks and counts"),
        ("pragma user_version = 2", "has version 2, not 1"),
        ("pragma application_id = 0", "is no file of corrections"),
        ("drop table corrections", "no such table"),
    ],
)
def test_a_file_that_was_changed_is_refused(tmp_path: Path, harm: str, said: str) -> None:
    path = tmp_path / "corrections.db"
    book.add(path, [ONE])
    with closing(sqlite3.connect(path)) as db:
        db.execute(harm)
        db.commit()
    with pytest.raises(BookError, match=f"corrections.db: .*{said}"):
        book.read(path)


@pytest.mark.parametrize("content", [b"not a database" * 100, None])
def test_another_file_is_left_alone(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other.db"
    if content:
        path.write_bytes(content)
    else:
        with closing(sqlite3.connect(path)) as db:
            db.execute("create table things (id)")
    before = path.read_bytes()
    for use in (lambda: book.read(path), lambda: book.add(path, [ONE])):
        with pytest.raises(BookError, match=r"other\.db: "):
            use()
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="unable to open"):
        book.add(tmp_path / "none" / "corrections.db", [ONE])


def test_several_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "corrections.db"
    many = [replace(ONE, made_by=f"复核人{n}") for n in range(40)]
    threads = [threading.Thread(target=book.add, args=(path, many[n::4])) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.id for each in book.read(path)} == {each.id for each in many}
