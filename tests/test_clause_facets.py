"""What searches count clauses by is what their facts say, after each change of the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from extractor import store
from extractor.check.facets import facets
from extractor.model import Private
from extractor.pipeline import read
from extractor.store.masked import write_masked
from tests.stored import built, notice, open_new

CORPORA = Path(__file__).parents[1] / "corpora"
TABLES = ("responsibilities", "targets", "amounts", "durations", "deadlines", "citations")
KINDS = ("duty", "target", "amount", "duration", "deadline", "citation")
Facets = Mapping[str, tuple[list[str], list[str]]]


def held(path: Path) -> Facets:
    """Clause → its kinds and its sectors, as the table has them."""
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("select clause_id, kinds, sectors from clause_facets").fetchall()
    return {clause: (json.loads(kinds), json.loads(sectors)) for clause, kinds, sectors in rows}


def said(path: Path) -> Facets:
    """The same by another way: fact by fact."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    with closing(sqlite3.connect(path)) as db:
        for kind, table in zip(KINDS, TABLES, strict=True):
            for (clause,) in db.execute(f"select clause_id from {table}"):
                found.setdefault(clause, (set(), set()))[0].add(kind)
        named = "select clause_id, sector from responsibilities join units on units.id = unit_id"
        for clause, sector in db.execute(named):
            found[clause][1].add(sector)
    return {clause: (sorted(kinds), sorted(sectors)) for clause, (kinds, sectors) in found.items()}


def test_of_each_clause_the_kinds_of_facts_and_the_sectors(tmp_path: Path) -> None:
    assert held(built(tmp_path, [notice()])) == {
        "xihu-2023-8.1.1": (["amount", "deadline", "duty", "target"], ["卫生健康", "教育"]),
        "xihu-2023-8.1.2": (["citation", "duration", "duty"], ["卫生健康"]),
    }


def test_facets_of_the_shipped_notices_are_what_their_facts_say(tmp_path: Path) -> None:
    path = built(tmp_path, [read(file) for file in sorted(CORPORA.glob("*.txt"))])
    assert held(path) == said(path)


def test_a_notice_that_is_read_anew_or_leaves_takes_its_facets_along(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()])
    before = held(path)
    other = notice("b.txt", number="洪发〔2023〕2号", place="360100", salt="2")
    built(tmp_path, [other])
    assert before.items() < held(path).items() and held(path) == said(path)
    built(tmp_path, [replace(notice(salt="3"), amounts=(), deadlines=())])  # under the name of the first
    assert held(path)["xihu-2023-8.1.1"][0] == ["duty", "target"]
    with closing(open_new(tmp_path)) as db:
        store.forget(db, other.source.sha256)
    assert held(path) == said(path) and len(held(path)) == 2


def test_documents_that_share_an_id_keep_their_facets_under_the_new_ones(tmp_path: Path) -> None:
    path = built(tmp_path, [notice(), replace(notice("b.txt", salt="2"), durations=(), citations=())])
    assert held(path) == said(path) and len(held(path)) == 4


def test_a_figure_that_is_masked_is_no_facet_of_the_copy(tmp_path: Path) -> None:
    made = notice()
    private = (Private(made.durations[0].span, "account", "account"),)
    path = built(tmp_path, [replace(made, private=private)])
    write_masked(path, tmp_path / "masked.db")
    copied = held(tmp_path / "masked.db")
    assert held(path)["xihu-2023-8.1.2"][0] == ["citation", "duration", "duty"]
    assert copied["xihu-2023-8.1.2"][0] == ["citation", "duty"] and copied == said(tmp_path / "masked.db")


def test_a_database_of_an_earlier_version_gets_them_when_it_is_opened(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()])
    before = held(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("drop table clause_facets")
    with closing(open_new(tmp_path)) as opened:
        assert list(facets(opened.conn)) == []
    assert held(path) == before
