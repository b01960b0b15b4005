"""Documents that share a transaction: the same rows as one by one, and no document by halves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from extractor import store
from extractor.model import Link, Notice
from extractor.records import record
from extractor.store import batch
from tests.stored import dump, notice, open_new

BAD = replace(notice("bad.txt", salt="9"), links=(Link(0, 1, 0.5, "task_of"), Link(0, 1, 0.6, "task_of")))


def some() -> tuple[Notice, ...]:
    """Three with one number, one under two names, one that another replaces under its name."""
    return (
        notice("a.txt", salt="1"),
        notice("b.txt", salt="2"),
        notice("c.txt", salt="3"),
        notice("d.txt", number=None, title="人口条例", salt="4"),
        notice("e.txt", number=None, title="人口条例", salt="4"),
        notice("a.txt", number="西发〔2024〕9号", salt="5"),
    )


def together(db: Database, notices: Iterable[Notice]) -> None:
    written = store.Batch(db)
    for each in notices:
        written.write(record(each))
    written.keep()


def verified(db: Database) -> None:
    """Raise where the full-text index is not what the clauses say."""
    db.conn.execute("insert into clauses_fts (clauses_fts, rank) values ('integrity-check', 1)")


@given(order=st.permutations(range(6)), size=st.integers(1, 7))
def test_the_rows_are_those_of_one_transaction_each(order: list[int], size: int) -> None:
    notices = [some()[place] for place in order]
    with (
        pytest.MonkeyPatch.context() as patch,
        TemporaryDirectory() as folder,
        closing(open_new(Path(folder), "one.db")) as one,
        closing(open_new(Path(folder), "many.db")) as many,
    ):
        patch.setattr(batch, "DOCUMENTS", size)
        for each in notices:
            store.write(one, each)
        together(many, notices)
        verified(many)
        assert dump(many) == dump(one)


def test_others_see_a_document_when_its_transaction_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "SECONDS", 3600.0)
    with closing(open_new(tmp_path)) as db, closing(open_new(tmp_path)) as reader:
        written = store.Batch(db)
        seen = []
        for place in range(batch.DOCUMENTS + 1):
            written.write(record(notice(f"{place}.txt", number=f"西发〔2023〕{place}号", salt=str(place))))
            seen.append(reader["documents"].count)
        written.keep()
        assert seen == [0] * (batch.DOCUMENTS - 1) + [batch.DOCUMENTS] * 2
        assert reader["documents"].count == batch.DOCUMENTS + 1


def test_a_document_is_kept_at_once_where_the_last_is_long_ago(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "SECONDS", 0.0)
    with closing(open_new(tmp_path)) as db, closing(open_new(tmp_path)) as reader:
        store.Batch(db).write(record(notice()))
        assert reader["documents"].count == 1


def test_one_that_fails_takes_no_other_with_it(tmp_path: Path) -> None:
    with closing(open_new(tmp_path)) as db, closing(open_new(tmp_path, "fresh.db")) as fresh:
        written = store.Batch(db)
        written.write(record(notice()))
        with pytest.raises(sqlite3.IntegrityError):
            written.write(record(BAD))
        written.write(record(notice("b.txt", number="西发〔2023〕9号", salt="b")))
        written.keep()
        together(fresh, [notice(), notice("b.txt", number="西发〔2023〕9号", salt="b")])
        verified(db)
        assert dump(db) == dump(fresh)


def test_where_there_is_no_room_all_that_is_lost_is_named_and_the_run_can_go_on(tmp_path: Path) -> None:
    with closing(open_new(tmp_path)) as db:
        written = store.Batch(db)
        written.write(record(notice("early.txt")))
        written.keep()
        (pages,) = db.conn.execute("pragma page_count").fetchone()
        db.conn.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(store.StoreError, match=r"not kept .*x\.txt"):
            for place in range(batch.DOCUMENTS):
                name, number = f"{'x' * (place + 1)}.txt", f"西发〔2024〕{place}号"
                written.write(record(notice(name, number=number, salt=str(place))))
            written.keep()
        assert not db.conn.in_transaction
        db.conn.execute("pragma max_page_count = 1000000")
        together(db, [notice("late.txt", number="西发〔2025〕1号", salt="l")])
        verified(db)
        assert [row["source_name"] for row in db.query("select source_name from documents order by 1")] == [
            "early.txt",
            "late.txt",
        ]
