"""The queries that docs/scale.md shows on Parquet: DuckDB answers what SQLite does for the saved query of that name."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest

from extractor.search import register
from extractor.shards.collection import manifest
from extractor.shards.parts import part_names
from extractor.site.queries import load_queries
from extractor.storage import Folder
from tests.shards.inline import into_set, merged, put, text

TOP = Path(__file__).parent.parent.parent
PAGE = (TOP / "docs" / "scale.md").read_text("utf-8")
VIEWS = re.search(r"^```sql\n(-- .*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
QUERY = re.compile(r"^### [^\n`]+ `(\w+)`\n(?:[^`#]+|`\w+`)*```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DOCUMENTED = dict(QUERY.findall(PAGE))
SAVED = {query.name: query.sql for query in load_queries()}
PARAMETERS = {"word": "", "year": "", "day": "", "unit": "", "here": "", "there": ""}
NOT_THERE = {"missing_documents": ("relations",)}  # columns of the saved query that the page leaves out


@pytest.fixture(scope="module")
def set_and_database(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Notices of the corpus, some that share a number, one that cites another, in several parts."""
    folder = tmp_path_factory.mktemp("duckdb")
    citing = text(3, number="西发〔2023〕9号", cites="西发〔2023〕8号")
    unknown = text(4, number="西发〔2023〕10号").replace("\n\n（一）", "\n\n代号8848。\n\n（一）")
    more = put(folder / "more", a=text(1), b=text(2), c=text(1), d=citing, e=unknown)
    into_set([TOP / "corpora", more], folder / "policies.shards")
    merged([folder / "policies.shards"], folder / "policies.db")
    return folder / "policies.shards", folder / "policies.db"


@pytest.fixture(scope="module")
def parquet(set_and_database: tuple[Path, Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    assert VIEWS
    with duckdb.connect() as db:
        db.execute(f"set file_search_path = '{set_and_database[0].parent}'")
        db.execute(VIEWS[1])
        yield db


def test_several_saved_queries_are_documented() -> None:
    assert len(DOCUMENTED) >= 10 and DOCUMENTED.keys() <= SAVED.keys()
    assert PAGE.count("```sql") == len(DOCUMENTED) + 1


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_answer_is_that_of_the_saved_query(
    name: str, parquet: duckdb.DuckDBPyConnection, set_and_database: tuple[Path, Path]
) -> None:
    found = parquet.execute(DOCUMENTED[name])
    names = [column[0] for column in found.description]
    rows = [tuple(map(plain, row)) for row in found.fetchall()]
    with closing(sqlite3.connect(set_and_database[1])) as db:
        register(db)
        saved = db.execute(SAVED[name], PARAMETERS)
        kept = [
            (place, column[0])
            for place, column in enumerate(saved.description)
            if column[0] not in NOT_THERE.get(name, ())
        ]
        wanted = [tuple(plain(row[place]) for place, _ in kept) for row in saved]
    assert names == [column for _, column in kept]
    assert sorted(rows, key=repr) == sorted(wanted, key=repr)
    assert wanted


def plain(value: object) -> object:
    """A value as both engines can give it: a date as text, lists in texts in one order, numbers as floats."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and "；" in value:
        return "；".join(sorted(value.split("；")))
    return float(value) if isinstance(value, int | float) else value


def test_every_part_of_a_table_can_be_asked_and_no_row_is_there_twice(
    parquet: duckdb.DuckDBPyConnection, set_and_database: tuple[Path, Path]
) -> None:
    shards, database = set_and_database
    told = manifest(Folder(str(shards)))
    assert told and sorted(told.parts) == list(part_names(Folder(str(shards)))) and len(told.parts) > 2
    with closing(sqlite3.connect(database)) as db:
        for folder in shards.iterdir():
            if folder.is_dir() and not folder.name.startswith("_"):
                rows = parquet.execute(f"select count(*) from '{folder}/*.parquet'").fetchone()
                assert rows == db.execute(f'select count(*) from "{folder.name}"').fetchone(), folder.name
