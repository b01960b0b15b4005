"""Databases to export: that of the corpus with its comparisons, and one with hostile text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from extractor.compare.update import update
from extractor.engine import ingest, writing
from extractor.intake import expand

TOP = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def corpus_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five notices of corpora/, compared."""
    file = tmp_path_factory.mktemp("exported") / "policies.db"
    with writing(file) as writer:
        results = list(ingest(expand([TOP / "corpora"]).files, writer))
    assert [result.status for result in results] == ["written"] * 5
    with closing(sqlite3.connect(file)) as db:
        update(db)
    return file


@pytest.fixture
def corpus(corpus_file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{corpus_file.as_uri()}?mode=ro", uri=True)) as db:
        yield db


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database without documents."""
    with writing(tmp_path / "empty.db"):
        pass
    with closing(sqlite3.connect(tmp_path / "empty.db")) as db:
        yield db
