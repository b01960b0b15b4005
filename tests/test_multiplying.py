"""The large database of the benchmarks keeps the contract, whatever tables the store has gained."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from extractor.check import check
from tests.benchmarks.multiplying import multiply
from tests.stored import built, notice


def test_a_multiplied_database_keeps_every_promise(tmp_path: Path) -> None:
    notices = [
        notice(),
        notice("b.txt", number="洪发〔2023〕2号", place="360100", salt="2", cites="西发〔2023〕8号"),
    ]
    multiply(built(tmp_path, notices), tmp_path / "many.db", 3)
    assert list(check(tmp_path / "many.db")) == []
    with closing(sqlite3.connect(tmp_path / "many.db")) as db:
        assert db.execute("select count(*) from documents").fetchone() == (6,)
