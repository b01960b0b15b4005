"""What Datasette is told of a file that does not change, and need not find out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette

from extractor.site import app, inspected
from tests.site.opening import changing, opened
from tests.stored import built, notice


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("inspected"), [notice()], "policies.db")


def told(site: Datasette) -> dict[str, int | None]:
    """Table → its rows, as told."""
    site.app()
    tables = site.inspect_data["policies"]["tables"]
    return {name: table["count"] for name, table in tables.items()}


def test_the_counts_that_are_told_are_those_of_the_tables(database: Path) -> None:
    found = told(app(database))
    with closing(sqlite3.connect(database)) as db:
        for table, count in found.items():
            if table.startswith("clauses_fts"):
                assert count is None
            else:
                assert db.execute(f"select count(*) from {table}").fetchone() == (count,), table
    assert found["clauses"] == 5 and found["lines"] == 1


def test_tables_with_many_rows_are_not_counted(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspected, "_COUNTED", 3)
    site = app(database)
    found = told(site)
    assert found["clauses"] is None and found["documents"] == 1 and found["topics"] == 0
    (page,) = opened(site, "/policies")
    assert page.status_code == 200 and "Many rows" in page.text


def test_what_datasette_inspect_told_stays(database: Path) -> None:
    app(database)
    own = {
        "policies": {"hash": "0" * 64, "size": 1, "file": "policies.db", "tables": {"clauses": {"count": 7}}}
    }
    site = Datasette([], immutables=[str(database)], inspect_data=own)
    assert told(site) == {"clauses": 7}


def test_of_a_file_that_may_change_nothing_is_told(database: Path) -> None:
    site = changing(database)
    site.app()
    assert site.inspect_data == {}


def test_another_file_has_another_hash(database: Path, tmp_path: Path) -> None:
    other = built(tmp_path, [notice(), notice("b.txt", number="洪发〔2023〕2号", salt="2")], "policies.db")
    hashes = set()
    for path in (database, other, database):
        site = app(path)
        site.app()
        hashes.add(site.get_database("policies").hash)
    assert len(hashes) == 2
