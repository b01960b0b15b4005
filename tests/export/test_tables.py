"""Tables as CSV, JSON lines and Parquet, read back by DuckDB, Frictionless and pyarrow and put against the database."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from frictionless import Package, validate

from extractor.contract import Table, load_contract
from extractor.export import ExportError, Order, export, parquet
from extractor.spreadsheet import original

CONTRACT = tuple(load_contract())
HOSTILE = ("=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "'=1", 'a;=1,"b"', "两\n行", "\ufeff")  # fmt: skip


def stored(db: sqlite3.Connection, table: Table) -> list[tuple[Any, ...]]:
    return db.execute(f'select * from "{table.name}" order by rowid').fetchall()


def plain(value: Any) -> Any:
    """A value that was read back, as the database would have it."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def written(db: sqlite3.Connection, folder: Path, form: str, *tables: str) -> None:
    list(export(db, folder, Order(form, tables=tables)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def folder(corpus_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All tables of the corpus in all three forms."""
    folder = tmp_path_factory.mktemp("tables")
    with closing(sqlite3.connect(corpus_file)) as db:
        for form in ("csv", "jsonl", "parquet"):
            written(db, folder, form)
    return folder


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Cells whose text is a formula, beside numbers below zero."""
    with closing(sqlite3.connect(tmp_path / "hostile.db")) as db:
        db.execute(load_contract()["tables"].ddl)
        db.execute(load_contract()["cells"].ddl)
        db.execute("insert into tables values ('t', 'c', 0, null, 1, 1)")
        rows = (("t", row, 0, None, None, text, -row - 0.5) for row, text in enumerate(HOSTILE))
        db.executemany("insert into cells values (?, ?, ?, ?, ?, ?, ?)", rows)
        db.commit()
    return tmp_path / "hostile.db"


# --- Parquet ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", CONTRACT, ids=lambda table: table.name)
def test_parquet_is_the_database_row_by_row(corpus: sqlite3.Connection, folder: Path, table: Table) -> None:
    found = duckdb.sql(f"select * from '{folder}/{table.name}.parquet'")
    assert tuple(found.columns) == table.names
    assert [tuple(map(plain, row)) for row in found.fetchall()] == stored(corpus, table)


def test_parquet_has_types_and_labels(folder: Path) -> None:
    types = dict(duckdb.sql(f"select column_name, column_type from (describe '{folder}/documents.parquet')").fetchall())  # fmt: skip
    assert (types["issued_on"], types["issuers"], types["page_count"]) == ("DATE", "VARCHAR[]", "BIGINT")
    schema = pq.read_schema(folder / "targets.parquet")
    assert schema.field("normal_value").metadata[b"zh"].decode() == load_contract()["targets"].columns[7].zh
    assert schema.metadata[b"primary_key"] == b"id"


def test_groups_of_rows_are_bounded() -> None:
    half = "字" * (parquet.MOST_CHARACTERS // 2)
    rows = [("a", half), ("b", half), ("c", half + half), ("d", None)]
    assert [[row[0] for row in group] for group in parquet.groups(rows)] == [["a"], ["b"], ["c"], ["d"]]
    many = list(parquet.groups((number,) for number in range(parquet.MOST_ROWS + 1)))
    assert [len(group) for group in many] == [parquet.MOST_ROWS, 1]
    assert list(parquet.groups([])) == []


def test_parquet_names_a_value_that_breaks_the_contract(tmp_path: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(load_contract()["works"].ddl)
        db.execute("insert into works values ('a', 'a', 'much')")
        with pytest.raises(ExportError, match=r"works\.likeness: 'much' is no double"):
            written(db, tmp_path, "parquet", "works")
    assert not list(tmp_path.iterdir())


# --- JSON lines ------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", CONTRACT, ids=lambda table: table.name)
def test_jsonl_is_the_database_row_by_row(corpus: sqlite3.Connection, folder: Path, table: Table) -> None:
    lines = (folder / f"{table.name}.jsonl").read_text("utf-8").split("\n")[:-1]
    rows = [json.loads(line) for line in lines]
    assert all(tuple(row) == table.names for row in rows)
    assert [tuple(map(plain, row.values())) for row in rows] == stored(corpus, table)


def test_jsonl_has_arrays_where_the_contract_says_so(folder: Path) -> None:
    first = json.loads((folder / "documents.jsonl").read_text("utf-8").split("\n")[1])
    assert first["issuers"] == ["中共维西县委", "维西县人民政府"]


@pytest.mark.parametrize(("column", "value"), [("words", "['托育']"), ("description", b"\xff")])
def test_jsonl_names_a_row_that_is_none_of_json(tmp_path: Path, column: str, value: object) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(load_contract()["topics"].ddl)
        db.execute(
            f"insert into topics (id, name, origin, {column}) values ('1', '托育', 'list', ?)", (value,)
        )
        with pytest.raises(ExportError, match=r"topics: \('1', '托育', .*\) is no row of JSON"):
            written(db, tmp_path, "jsonl", "topics")


# --- CSV and its description -----------------------------------------------------------------------


def test_the_package_is_valid(folder: Path) -> None:
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, [error.message for task in report.tasks for error in task.errors][:5]
    assert [task.name for task in report.tasks] == [table.name for table in CONTRACT]


@pytest.mark.parametrize("table", CONTRACT, ids=lambda table: table.name)
def test_csv_read_by_its_description_is_the_database(
    corpus: sqlite3.Connection, folder: Path, table: Table
) -> None:
    resource = Package(str(folder / "datapackage.json")).get_resource(table.name)
    rows = [tuple(_undone(value) for value in row.to_dict().values()) for row in resource.read_rows()]
    assert rows == [tuple(None if value == "" else value for value in row) for row in stored(corpus, table)]
    for field, column in zip(resource.schema.fields, table.columns, strict=True):
        assert (field.name, field.title, field.description) == (column.name, column.zh, column.about_zh)


def _undone(value: Any) -> Any:
    """A value of Frictionless as the database has it: numbers are decimals there."""
    if isinstance(value, str):
        return original(value)
    return (
        plain(value)
        if value is None or isinstance(value, list | date)
        else pytest.approx(float(value), abs=0)
    )


def test_the_package_has_the_keys_of_the_contract(folder: Path) -> None:
    package = Package(str(folder / "datapackage.json"))
    for table in CONTRACT:
        schema = package.get_resource(table.name).schema
        assert tuple(schema.primary_key) == table.pk
        stated = {
            (key["fields"][0], key["reference"]["resource"] or table.name, key["reference"]["fields"][0])
            for key in schema.foreign_keys
        }
        assert stated == {(c.name, *c.references) for c in table.columns if c.references}


@pytest.mark.parametrize(
    ("table", "right", "wrong", "error"),
    [
        ("targets", "个", "", None),
        ("targets", ">=", "more", "constraint-error"),
        ("targets", "xihu-2023-8.2.3.9", "nowhere", "foreign-key"),
        ("documents", "2023-10-16", "2023-13-16", "type-error"),
        ("documents", "weixi-2023-15", "xihu-2023-8", "primary-key"),
    ],
)
def test_the_package_finds_what_breaks_it(
    folder: Path, tmp_path: Path, table: str, right: str, wrong: str, error: str | None
) -> None:
    for name in ("datapackage.json", *(f"{each.name}.csv" for each in CONTRACT)):
        (tmp_path / name).symlink_to(folder / name)
    csv_file = tmp_path / f"{table}.csv"
    text = csv_file.read_text("utf-8-sig")
    csv_file.unlink()
    csv_file.write_text(
        text.replace(f",{right},", f",{wrong},", 1).replace(f"\n{right},", f"\n{wrong},", 1), "utf-8-sig"
    )
    found = {each.type for task in validate(str(tmp_path / "datapackage.json")).tasks for each in task.errors}
    assert found >= ({error} if error else set())
    assert bool(found) == bool(error)


def test_a_package_of_some_tables_is_valid(corpus: sqlite3.Connection, tmp_path: Path) -> None:
    written(corpus, tmp_path, "csv", "targets", "clauses")
    assert validate(str(tmp_path / "datapackage.json")).valid


def test_no_cell_of_csv_is_a_formula_and_numbers_are_numbers(hostile: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(hostile)) as db:
        written(db, tmp_path, "csv", "tables", "cells")
    raw = (tmp_path / "cells.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbftable_id,")
    assert b",-0.5\r\n" in raw
    with (tmp_path / "cells.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [row["text"] for row in csv.DictReader(stream)]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert [original(cell) for cell in cells] == list(HOSTILE)
    assert validate(str(tmp_path / "datapackage.json")).valid
