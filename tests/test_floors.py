"""The whole job on the notices of the corpus: what the gold says must be found, floor by floor."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli import main

CORPORA = Path(__file__).parent.parent / "corpora"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "policies.db"
    result = CliRunner().invoke(main, ["ingest", str(CORPORA), "--db", str(path)])
    assert result.exit_code == 0, result.stderr
    return path


def test_every_notice_is_in_the_database(database: Path) -> None:
    db = sqlite3.connect(database)
    names = {name for (name,) in db.execute("select source_name from documents")}
    db.close()
    assert names == {path.name for path in CORPORA.glob("*.txt")}


def test_the_invariants_hold(database: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(database)])
    assert result.exit_code == 0, result.output


def test_the_floors_hold(database: Path) -> None:
    words = [
        "evaluate",
        str(database),
        "--gold",
        str(CORPORA / "gold"),
        "--floors",
        str(CORPORA / "floors.toml"),
    ]
    result = CliRunner().invoke(main, [*words, "--show"])
    assert result.exit_code == 0, result.output


def test_at_most_one_number_in_a_hundred_is_unclassified(database: Path) -> None:
    db = sqlite3.connect(database)
    ((unclassified, numbers),) = db.execute(
        "select sum(class = 'unclassified'), count(*) from numbers"
    ).fetchall()
    db.close()
    assert numbers > 0
    assert unclassified <= numbers / 100
