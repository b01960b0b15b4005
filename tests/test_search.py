"""Search finds exactly the clauses that contain the words, in stock SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from extractor.contract import load_contract
from extractor.search import contains, fts_query, register, search, spaced
from extractor.store import schema

# Few characters, so that words recur; a break, a space and punctuation in which words may seem to go on.
TEXTS = st.text("托育卫健委的机构5%aBé，。（\n \"'*-^", max_size=30)
WORDS = st.text("托育卫健委的机构5aBé", min_size=1, max_size=6)


def indexed(texts: list[str]) -> Database:
    """A database in memory with one clause a text."""
    db = Database(memory=True, execute_plugins=False)
    schema.create(db, load_contract())
    for place, text in enumerate(texts):
        db.conn.execute(
            "insert into clauses (rowid, id, document_id, position, depth, ref, level, text, start, end, subtree_end, inferred)"
            " values (?, ?, 'd', ?, 1, ?, 'part', ?, 0, 0, 0, 0)",
            (place + 1, f"d.{place}", place, str(place), text),
        )
        db.conn.execute("insert into clauses_fts (rowid, text) values (?, ?)", (place + 1, spaced(text)))
    return db


def found(db: Database, words: str) -> list[str]:
    return sorted(hit.clause_id for hit in search(db.conn, words))


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("托育", '"托 育"'),
        ("的", '"的"'),
        (" 托育  补贴 ", '"托 育" "补 贴"'),
        ('"托育 服务"', '"托 育 ␠ 服 务"'),
        ('补贴"托育', '"补 贴" "托 育"'),
        ("托*育 OR -x", '"托 * 育" "O R" "- x"'),
        ("", ""),
        ('""', ""),
        ("托\0育", '"托 育"'),
    ],
)
def test_words_become_phrases_of_characters(words: str, query: str) -> None:
    assert fts_query(words) == query


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("托育", ["d.0", "d.1"]),
        ("育", ["d.0", "d.1", "d.2", "d.3"]),
        ("托育服务", ["d.0"]),
        ("托，育", ["d.2"]),
        ("93%", ["d.4"]),
        ("3%", ["d.4"]),
        ("9%", []),
        ("gdp", ["d.4"]),
        ('托育 "和 服"', ["d.1"]),
    ],
)
def test_a_word_is_found_where_it_stands_and_never_across_punctuation(
    words: str, expected: list[str]
) -> None:
    db = indexed(["发展托育服务。", "托育和 服务", "托，育", "托\n育", "达到93%，GDP增长"])
    assert found(db, words) == expected


@given(texts=st.lists(TEXTS, min_size=1, max_size=8), word=WORDS)
def test_search_equals_like(texts: list[str], word: str) -> None:
    with closing(indexed(texts)) as db:
        like = db.conn.execute("select id from clauses where text like '%' || ? || '%' order by id", (word,))
        assert found(db, word) == [name for (name,) in like]


@given(text=TEXTS, word=WORDS)
def test_a_text_that_is_read_holds_what_the_index_finds(text: str, word: str) -> None:
    with closing(indexed([text])) as db:
        assert contains(text, word) == bool(found(db, f'"{word}"'))


@given(texts=st.lists(TEXTS, min_size=1, max_size=4), word=st.text(max_size=8))
def test_no_query_breaks_it(texts: list[str], word: str) -> None:
    with closing(indexed(texts)) as db:
        assert set(found(db, word)) <= {f"d.{place}" for place in range(len(texts))}


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12))
def test_any_character_can_be_found(text: str) -> None:
    with closing(indexed([text, ""])) as db:
        for char in set(text) - {" ", '"'}:
            if not char.isspace():
                assert found(db, char) == ["d.0"], hex(ord(char))


def test_the_best_come_first_and_pages_follow_one_another() -> None:
    db = indexed(["托育", "托育服务和其他很多很多事项一并考虑", "托育托育托育", "别的"])
    ranked = [hit.clause_id for hit in search(db.conn, "托育")]
    assert ranked[0] == "d.2" and ranked[-1] == "d.1"
    assert [hit.clause_id for hit in search(db.conn, "托育", limit=2, offset=1)] == ranked[1:]


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(indexed(["托育服务", "育儿"])) as db:
        register(db.conn)
        yield db.conn


def test_the_function_of_sql_does_the_same(connection: sqlite3.Connection) -> None:
    sql = "select rowid from clauses_fts where clauses_fts match fts_query(?)"
    assert connection.execute(sql, ("托育",)).fetchall() == [(1,)]
    assert connection.execute("select fts_query(null)").fetchone() == (None,)


def test_stock_sqlite_needs_no_function(connection: sqlite3.Connection) -> None:
    sql = "select rowid from clauses_fts where clauses_fts match '\"托 育\"'"
    assert connection.execute(sql).fetchall() == [(1,)]
