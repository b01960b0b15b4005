"""The package as a library: functions for programs and notebooks, and tables as DataFrames."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import extractor
from extractor import compare, facts, ingest, read, side_by_side, table
from extractor.compare.table import CompareError
from extractor.contract import load_contract
from extractor.frames import KINDS

TOP = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("library") / "policies.db"
    results = ingest(TOP / "corpora" / "xihu.txt", str(TOP / "corpora" / "weixi.txt"), database=file)
    assert [result.document_id for result in results] == ["xihu-2023-8", "weixi-2023-15"]
    return file


def run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=TOP, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


# --- functions ---------------------------------------------------------------------------------------


def test_every_public_name_is_there_and_documented() -> None:
    for name in set(extractor.__all__) - {"__version__"}:
        assert callable(getattr(extractor, name))
        assert getattr(extractor, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'fly'"):
        extractor.fly  # noqa: B018


def test_importing_the_package_loads_nothing_else() -> None:
    assert (
        run("import sys, extractor; print(sorted(n for n in sys.modules if n.startswith('extractor.')))")
        == "[]"
    )


@pytest.mark.parametrize(
    "before", ["", "import extractor.compare.table as t", "from extractor.compare.files import write"]
)
def test_compare_can_be_called_whatever_was_imported_before(before: str) -> None:
    program = f"{before}\nfrom extractor import compare\nimport extractor.compare.files as f\nprint(callable(compare), f.SUFFIXES[0])"
    assert run(program) == "True .docx"


def test_a_notice_is_read() -> None:
    assert read(str(TOP / "corpora" / "xihu.txt")).head.doc_number == "西发〔2023〕8号"


def test_ingest_again_knows_the_file_and_names_what_failed(database: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")
    known, failed = ingest(TOP / "corpora" / "xihu.txt", tmp_path / "empty.txt", database=database)
    assert (known.status, failed.status) == ("known", "failed")
    assert "the file is empty" in failed.message


def test_a_comparison_as_a_value_and_as_a_frame(database: Path) -> None:
    found = compare(database, topic="托位供给", jurisdictions=["533423", "西湖区"])
    assert [column.name for column in found.columns] == ["迪庆藏族自治州维西傈僳族自治县", "南昌市西湖区"]
    frame = side_by_side(found)
    assert list(frame.index) == [row.matter for row in found.rows]
    for row, words in zip(found.rows, frame.to_numpy(), strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            assert text == ("\n".join(entry.text for entry in cell.entries) or cell.state)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "either a topic or a query"),
        ({"topic": "假期", "query": "婚假"}, "either a topic or a query"),
        ({"topic": "登月"}, "no topic 登月"),
    ],
)
def test_what_cannot_be_compared_is_named(database: Path, options: dict[str, str], said: str) -> None:
    with pytest.raises(CompareError, match=said):
        compare(database, **options)


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(CompareError, match="no such database"):
        compare(tmp_path / "no.db", query="托育")
    with pytest.raises(FileNotFoundError):
        table(tmp_path / "no.db", "units")
    assert not list(tmp_path.iterdir())


# --- DataFrames --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [table.name for table in load_contract()])
def test_a_frame_is_the_table(database: Path, name: str) -> None:
    with closing(sqlite3.connect(database)) as db:
        rows = db.execute(f'select * from "{name}" order by rowid').fetchall()
    frame = table(database, name)
    assert tuple(frame.columns) == load_contract()[name].names
    assert [tuple(map(plain, row)) for row in frame.itertuples(index=False, name=None)] == rows


def plain(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return None if pd.isna(value) else value


def test_types(database: Path) -> None:
    types = table(database, "documents").dtypes.astype(str)
    assert (types["title"], types["page_count"]) == ("string", "Int64")
    assert types["issued_on"].startswith("datetime64")
    assert table(database, "targets").dtypes.astype(str)["value_high"] == "float64"


@pytest.mark.parametrize("kind", KINDS)
def test_facts_have_their_places(database: Path, kind: str) -> None:
    with closing(sqlite3.connect(database)) as db:
        ids = [name for (name,) in db.execute(f"select id from {kind}")]
    found = facts(database, kind)
    assert sorted(found["id"]) == sorted(ids) != []
    assert set(found["place"]) <= {"西湖区", "维西傈僳族自治县"}
    assert {"document_id", "ref", "heading", "issued_on", "quote", "rule"} <= set(found.columns)
    assert ("sector" in found.columns) == (kind == "responsibilities")


def test_no_such_table_or_kind(database: Path) -> None:
    with pytest.raises(KeyError, match="is no table"):
        table(database, 'units"; drop table units; --')
    with pytest.raises(KeyError, match="is no kind of fact"):
        facts(database, "units")


def test_without_pandas_it_says_what_to_install(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install 'policy-extractor\[notebooks\]'"):
        table(database, "units")
