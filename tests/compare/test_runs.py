"""Common runs are exact on both sides, kept for the best pairs, and leave what a clause says alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.compare import runs
from extractor.compare.reuse import LEAST
from extractor.compare.update import update

CORPORA = Path(__file__).parents[2] / "corpora"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("runs") / "p.db"
    assert CliRunner().invoke(main, ["ingest", str(CORPORA), "--db", str(path)]).exit_code == 0
    with closing(sqlite3.connect(path)) as db:
        update(db)
        yield db


def test_runs_are_the_same_characters_inside_both_clauses(corpus: sqlite3.Connection) -> None:
    sql = """
        select substr(da.text, a_start + 1, length), substr(db.text, b_start + 1, length), length,
          a_start >= a.start and a_start + length <= a."end", b_start >= b.start and b_start + length <= b."end"
        from clause_runs join clauses a on a.id = a_id join documents da on da.id = a.document_id
        join clauses b on b.id = b_id join documents db on db.id = b.document_id
    """
    rows = corpus.execute(sql).fetchall()
    assert len(rows) > 100
    for here, there, length, in_a, in_b in rows:
        assert here == there and len(here) == length >= LEAST and in_a and in_b


def test_runs_are_of_pairs_among_the_best_of_either_clause(corpus: sqlite3.Connection) -> None:
    pairs = set(corpus.execute("select distinct a_id, b_id from clause_runs"))
    assert pairs <= set(corpus.execute("select a_id, b_id from clause_pairs"))
    assert len(pairs) <= runs.BEST * len({clause for pair in pairs for clause in pair})


def test_stretches_are_the_clause_again_and_say_who_shares_them(corpus: sqlite3.Connection) -> None:
    own = shared = 0
    for clause, text in corpus.execute("select id, text from clauses where level = 'article'").fetchall():
        found = runs.stretches(corpus, clause)
        assert "".join(each.text for each in found) == text
        assert [each.start for each in found] == [
            sum(len(x.text) for x in found[:n]) for n in range(len(found))
        ]
        for each in found:
            own, shared = own + (not each.shared_with), shared + bool(each.shared_with)
            for other in each.shared_with:
                (words,) = corpus.execute("select text from clauses where id = ?", (other,)).fetchone()
                assert each.text in words
    assert own and shared


def test_what_is_not_there_has_no_stretches(corpus: sqlite3.Connection) -> None:
    assert runs.stretches(corpus, "nowhere.1") == ()


def test_a_second_look_finds_nothing_new(corpus: sqlite3.Connection) -> None:
    names = [name for (name,) in corpus.execute("select id from documents")]
    with corpus:
        assert runs.update(corpus, names) == 0
