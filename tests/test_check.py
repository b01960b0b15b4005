"""`check` passes what the store writes and names every row that breaks a promise."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.check import Violation, check, numerals
from extractor.search import spaced
from tests.stored import built, notice

ONE = "xihu-2023-8"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    notices = [
        notice(),
        notice("b.txt", number="洪发〔2023〕2号", place="360100", salt="2", cites="西发〔2023〕8号"),
    ]
    return built(tmp_path_factory.mktemp("whole"), notices)


def test_what_the_store_writes_keeps_every_promise(whole: Path) -> None:
    assert list(check(whole)) == []


def test_an_open_connection_will_do_even_read_only(whole: Path) -> None:
    with closing(sqlite3.connect(f"{whole.as_uri()}?mode=ro", uri=True)) as db:
        assert list(check(db)) == []
        assert list(check(db)) == []


def test_it_still_holds_after_vacuum(whole: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(whole, tmp_path))
    with closing(sqlite3.connect(copy)) as db:
        db.execute("vacuum")
    assert list(check(copy)) == []


BREAKS = [  # what is done to the database; the table that is named, and words of the message
    ("update amounts set quote = '每个托位补助361元'", "amounts", "is not the text at"),
    ("update targets set start = start - 1", "targets", "is not the text at"),
    ("update durations set end = 9999", "durations", "is not the text at"),
    ("update amounts set clause_id = 'xihu-2023-8.1.2' where id like 'xihu%'", "amounts", "outside its clause"),
    ("update responsibilities set basis = 'listed'", "responsibilities", "outside its clause"),
    ("update deadlines set quote = '2025'", "deadlines", "is not the text at"),
    ("update citations set end = end - 1", "citations", "is not the text at"),
    ("update targets set value_high = 1", "targets", "value_high 1 is less"),
    ("delete from clauses where ref = '1.2'", "clauses", "before it is in no clause"),
    ("delete from clauses where ref = 'a1.1'", "clauses", "at the end is in no clause"),
    ("update clauses set end = end + 5 where ref = '1.1'", "clauses", "inside the clause before it"),
    ("update clauses set end = 9999 where ref = 'a1.1'", "clauses", "is outside the text"),
    ("update clauses set position = 7 where ref = 'front'", "clauses", "position is 7"),
    ("update clauses set parent_id = document_id || '.1.2' where ref = '1.1'", "clauses", "before its parent"),
    ("update clauses set depth = 3 where ref = '1.1'", "clauses", "depth 3"),
    ("update clauses set subtree_end = end where ref = '1'", "clauses", "subtree_end is"),
    ("update clauses set subtree_end = subtree_end + 9 where ref = '1.1'", "clauses", "subtree_end is"),
    ("update clauses set ref = '1.9' where ref = '1.1'", "clauses", "id is not that of its document"),
    ("update clauses set text = '别的话' where ref = '1.1'", "clauses", "text is not the words"),
    ("update clauses set marker = '（三）' where ref = '1.1'", "clauses", "does not begin it"),
    ("update clauses set heading = '增减托位' where ref = '1.1'", "clauses", "heading is not in"),
    ("update clauses set level = 'paragraph' where ref = '1.1'", "clauses", "level is 'paragraph'"),
    ("delete from numbers where quote = '4.5'", "numbers", "'4.5' at"),
    ("delete from numbers where quote = '十五'", "numbers", "'十五' at"),
    ("insert into numbers select id || 'x', document_id, clause_id, start, end, quote, value, class, null from numbers where quote = '360'",
     "numbers", "in the ledger twice"),
    ("update numbers set class = 'money' where quote = '4.5'", "numbers", "class is 'money'"),
    ("update numbers set record_id = 'nowhere' where quote = '4.5'", "numbers", "record nowhere is in no table"),
    ("update numbers set id = 'n' || rowid", "numbers", "id does not begin with"),
    ("update responsibilities set unit_id = 'nobody'", "responsibilities", "refers to no row of units"),
    ("update units set sector = '卫健'", "units", "sector is '卫健'"),
    ("update documents set issuers = '南昌市'", "documents", "issuers is '南昌市'"),
    ("update documents set issuers = '[1]'", "documents", "issuers is"),
    ("update documents set issued_on = '2023-13-01'", "documents", "issued_on is '2023-13-01'"),
    ("update documents set effective_until = '2020-01-01'", "documents", "is before effective_from"),
    ("update documents set doc_number = '西发 [2023] 8号'", "documents", "is not as 西发"),
    ("update documents set validity_quote = '有效期三年'", "documents", "validity_quote is not in the text"),
    ("update documents set source_sha256 = 'x'", "documents", "source_sha256 is 'x'"),
    ("update amounts set unit = '万元'", "amounts", "unit is '万元'"),
    ("update targets set deadline = '2025年底'", "targets", "deadline is '2025年底'"),
    ("update deadlines set due = '2025-02-30'", "deadlines", "due is '2025-02-30'"),
    ("update deadlines set due = '--13-01'", "deadlines", "due is '--13-01'"),
    ("update cells set col = 2 where col = 1", "cells", "outside its table"),
    ("update findings set end = 9999", "findings", "outside the text"),
    ("update lines set end = 9999", "lines", "outside the text"),
    ("update lines set x1 = 0", "lines", "inside out"),
    ("update clause_links set score = 2", "clause_links", "score 2"),
    ("insert into clause_pairs values ('xihu-2023-8.1', 'nanchang-2023-2.1', 0.5, 9)", "clause_pairs", "smaller id"),
    ("delete from clause_facets where clause_id like 'xihu%.1.1'", "clause_facets", "kinds: lacks 'amount'"),
    ("delete from amounts", "clause_facets", "kinds: no fact bears out 'amount'"),
    ("update units set sector = '财政' where sector = '教育'", "clause_facets", "sectors: lacks '财政'"),
    ("update clause_facets set kinds = '[1]'", "clause_facets", "kinds is '[1]'"),
    ("update clause_facets set sectors = '教育'", "clause_facets", "sectors is '教育'"),
    ("insert into clauses_fts (rowid, text) values (99, '托 育')", "clauses_fts", "holds no clause's text"),
    ("pragma user_version = 7", "user_version", "is 7, not 1"),
    ("drop table deadlines", "deadlines", "the table is missing"),
    ("drop table clauses_fts", "clauses_fts", "is missing"),
    ("alter table targets rename column scope to area", "targets", "column scope is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("harm", "table", "what"), BREAKS, ids=[harm[:60] for harm, *_ in BREAKS])
def test_one_broken_row_is_named(whole: Path, tmp_path: Path, harm: str, table: str, what: str) -> None:
    copy = Path(shutil.copy(whole, tmp_path))
    with closing(sqlite3.connect(copy)) as db:
        db.execute(harm)
        db.commit()
    found = [violation for violation in check(copy) if violation.table == table]
    assert any(what in violation.what for violation in found), list(check(copy))


def test_an_index_that_differs_from_the_text_is_named(whole: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(whole, tmp_path))
    with closing(sqlite3.connect(copy)) as db:
        row, text = db.execute("select rowid, text from clauses where id = ?", (f"{ONE}.1.1",)).fetchone()
        db.execute(
            "insert into clauses_fts (clauses_fts, rowid, text) values ('delete', ?, ?)", (row, spaced(text))
        )
        db.commit()
    assert list(check(copy)) == [
        Violation(ONE, "clauses_fts", f"{ONE}.1.1", "the index differs from its text")
    ]


def test_a_violation_reads_as_a_line() -> None:
    found = Violation(ONE, "amounts", f"{ONE}.1.1_a1", "quote '1' is not the text at 3..4")
    assert str(found) == f"{ONE} amounts {ONE}.1.1_a1: quote '1' is not the text at 3..4"
    assert str(Violation(None, "user_version", None, "is 7, not 1")) == "user_version: is 7, not 1"


def test_the_numbers_are_the_caller_s_to_find(whole: Path) -> None:
    found = list(check(whole, numbers_in=lambda text: [(0, 1)]))
    assert {violation.what for violation in found} == {"'关' at 0 is not in the ledger"}


def test_numbers_in_chinese_are_numbers() -> None:
    text = "增加十五日，进一步达到4.5%"
    assert [text[start:end] for start, end in numerals(text)] == ["十五", "4.5"]


FACTS = st.sampled_from(
    ["responsibilities", "targets", "amounts", "durations", "deadlines", "citations", "numbers"]
)


@given(table=FACTS, start=st.integers(-3, 3), end=st.integers(-3, 3), row=st.integers(0, 9))
def test_a_quote_that_is_moved_is_always_seen(
    whole: Path, table: str, start: int, end: int, row: int
) -> None:
    with closing(sqlite3.connect(":memory:")) as db, closing(sqlite3.connect(whole)) as source:
        source.backup(db)
        names = [name for (name,) in db.execute(f"select id from {table} order by id")]
        name = names[row % len(names)]
        db.execute(
            f'update {table} set start = start + ?, "end" = "end" + ? where id = ?', (start, end, name)
        )
        db.commit()
        named = {violation.id for violation in check(db)}
    assert (name in named) == bool(start or end)


@given(keep=st.sets(st.integers(0, 4)))
def test_any_clause_that_is_lost_is_seen(whole: Path, keep: set[int]) -> None:
    with closing(sqlite3.connect(":memory:")) as db, closing(sqlite3.connect(whole)) as source:
        source.backup(db)
        marks = ",".join(map(str, keep)) or "-1"
        db.execute(f"delete from clauses where document_id = ? and position not in ({marks})", (ONE,))
        db.commit()
        tiling = [v for v in check(db) if v.document == ONE and "in no clause" in v.what]
    assert bool(tiling) == (len(keep) < 5)


def test_an_index_that_lost_its_sizes_is_damaged(whole: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(whole, tmp_path))
    with closing(sqlite3.connect(copy)) as db:
        db.execute("delete from clauses_fts_docsize where id = 2")
        db.commit()
    assert {violation.table for violation in check(copy)} == {"clauses_fts"}
