"""How SQLite reads a large file for each page: by an index, never a whole table.

The plans are those for the statistics of files of 80,000 and of a million clauses (`large_statistics.csv`, what
the table sqlite_stat1 held of each), put into a small one: the statements that pages ask are explained as they
are run.
"""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from extractor import search
from extractor.contract import load_contract
from extractor.site.questions.figures import VIEWS
from tests.site.comparing import compared
from tests.site.opening import asked

STATISTICS = Path(__file__).parent / "large_statistics.csv"
SMALL = {"topics", "jurisdictions", "sqlite_master"}  # however much is ingested
# What a page may go through: once for all pages of a file (`remembered`), or no further than it shows.
ALLOWED: Mapping[str, set[str]] = {
    "/": {
        "documents", "clauses", "responsibilities", "targets", "amounts", "deadlines", "findings",
        "clause_topics",
    },
    "/-/s?kind=amount": {"amounts"},
    "/-/s?q=托位&topic=childcare-places&kind=amount&sector=教育": {"amounts"},
    "/-/s?in_force=1": {"documents"},
    "/-/f?view=benefits": {"amounts"},
    "/-/f?view=benefits&i=育儿补贴": {"amounts"},  # of few names each has many facts
    "/-/f?view=leave": {"durations"},
    "/-/u": {"units"},
    "/-/u?q=卫生": {"units"},  # a word within names: no index has them
}  # fmt: skip
FOUR = "j=360103&j=441523&j=350600&j=533423"
PATHS = (
    "/", "/-/s?q=托位", "/-/s?q=托位 -假期&in_force=1", "/-/s?q=托位&jurisdiction=360000", "/-/s?document=xihu-2023-8",
    "/-/s?q=托位&topic=childcare-places&kind=amount&sector=教育", "/-/s?topic=childcare-places", "/-/s?sector=教育",
    "/-/s?kind=amount", "/-/s?in_force=1", "/-/d/xihu-2023-8", "/-/c", f"/-/c?q=托位&{FOUR}",
    f"/-/c?topic=leave&{FOUR}", *(f"/-/f?view={view}" for view in VIEWS), *(f"/-/f?view={view}&{FOUR}" for view in VIEWS),
    "/-/f?view=targets&i=婴儿死亡率", "/-/f?view=benefits&i=育儿补贴", "/-/u", "/-/u?q=卫生", "/-/u/卫生健康", "/-/u/市财政局",
    "/-/u/卫生健康?topic=leave&role=lead&j=360103",
)  # fmt: skip
_NAMED = re.compile(r"\b(?:from|join)\s+(\w+)(?:\s+(?:as\s+)?(\w+))?", re.IGNORECASE)


@pytest.fixture(scope="module", params=["79927", "1039051"])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small database that SQLite takes for one of so many clauses."""
    path = compared(tmp_path_factory.mktemp("plans"))
    with closing(sqlite3.connect(path)) as db, STATISTICS.open(encoding="utf-8") as file:
        db.execute("delete from sqlite_stat1")
        rows = [
            (row["tbl"], row["idx"] or None, row["stat"])
            for row in csv.DictReader(file)
            if row["clauses"] == request.param
        ]
        db.executemany("insert into sqlite_stat1 values (?, ?, ?)", rows)
        db.commit()
    return path


def test_the_statistics_are_of_the_tables_and_indexes_that_there_are(large: Path) -> None:
    with closing(sqlite3.connect(large)) as db:
        there = {name for (name,) in db.execute("select name from sqlite_master")}
        told = {name for row in db.execute("select tbl, idx from sqlite_stat1") for name in row if name}
    assert told <= there
    assert {
        "documents",
        "clauses",
        "responsibilities",
        "clause_topics",
        "clause_pairs",
        "duty_places",
    } <= told


@pytest.mark.parametrize("path", PATHS)
def test_no_page_goes_through_a_table(large: Path, path: str) -> None:
    allowed = SMALL | ALLOWED.get(path, set())
    statements = asked(large, quote(path, safe="/?&=-%"))
    assert statements
    with closing(sqlite3.connect(large)) as db:
        search.register(db)
        for sql in statements:
            assert set(gone_through(db, sql)) <= allowed, sql


def gone_through(db: sqlite3.Connection, sql: str) -> list[str]:
    """What a statement reads from end to end: tables, and those of which it makes an index or a filter first."""
    tables = {table.name for table in load_contract()} | SMALL
    aliases = {alias or name: name for name, alias in _NAMED.findall(sql)}
    found = []
    for *_, step in db.execute(f"explain query plan {sql}"):
        match = re.match(r"SCAN (\w+)|BLOOM FILTER ON (\w+)|SEARCH (\w+) USING AUTOMATIC", step)
        if match:
            name = next(filter(None, match.groups()))
            found += [table for table in (aliases.get(name, name),) if table in tables]
    return found


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ("select * from clauses c where c.text = 'x'", ["clauses"]),
        ("select * from clauses c where c.id = 'x'", []),
        ("select * from json_each('[]') s cross join clauses c on c.level = s.value", ["clauses"]),
    ],
)
def test_a_table_that_is_gone_through_is_seen(large: Path, sql: str, tables: list[str]) -> None:
    with closing(sqlite3.connect(large)) as db:
        assert gone_through(db, sql) == tables
