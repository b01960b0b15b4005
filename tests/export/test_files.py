"""What holds for every kind of file: nothing is replaced unasked, half written, outside the folder or different."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from extractor.cli import main
from extractor.contract import load_contract
from extractor.export import (
    OF_DOCUMENTS,
    OF_TABLES,
    Exported,
    ExportError,
    Format,
    Order,
    export,
    parquet,
    size,
)
from extractor.export.files import file_name, replacing
from extractor.spreadsheet import inert, original
from tests.export.conftest import TOP

FORMS = (*OF_TABLES, *OF_DOCUMENTS)
TABLES = [table.name for table in load_contract()]


def exported(db: sqlite3.Connection, folder: Path, form: Format, **options: object) -> list[Exported]:
    return list(export(db, folder, Order(form, **options)))  # type: ignore[arg-type]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("form", FORMS)
def test_progress_comes_to_the_stated_size(corpus: sqlite3.Connection, tmp_path: Path, form: Format) -> None:
    order, ticks = Order(form), []
    found = list(export(corpus, tmp_path, order, tick=ticks.append))
    assert sum(ticks) == size(corpus, order) > 0
    assert {each.path for each in found} == set(tmp_path.iterdir())


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_database(empty: sqlite3.Connection, tmp_path: Path, form: Format) -> None:
    found = exported(empty, tmp_path / "new" / "folder", form)
    assert {each.path.stem for each in found} - {"datapackage"} == (
        set(TABLES) if form in OF_TABLES else set()
    )
    assert all(each.rows == 0 for each in found if each.path.stem not in ("jurisdictions", "datapackage"))


@pytest.mark.parametrize("form", FORMS)
def test_the_same_database_gives_the_same_bytes(corpus_file: Path, tmp_path: Path, form: Format) -> None:
    made = []
    for seed in ("1", "2"):
        words = [sys.executable, "-m", "extractor", "export", str(corpus_file), "-o", seed, "--format", form]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(TOP)}
        subprocess.run(words, cwd=tmp_path, env=environment, check=True, capture_output=True)
        made.append(contents(tmp_path / seed))
    assert made[0] == made[1]


@pytest.mark.parametrize("form", FORMS)
def test_no_file_is_replaced_unasked(corpus: sqlite3.Connection, tmp_path: Path, form: Format) -> None:
    theirs = exported(corpus, tmp_path, form)[-1].path
    for path in tmp_path.iterdir():
        path.unlink()
    theirs.write_text("theirs", "utf-8")
    with pytest.raises(ExportError, match=f"{theirs.name}.*--overwrite"):
        exported(corpus, tmp_path, form)
    assert contents(tmp_path) == {theirs.name: b"theirs"}
    exported(corpus, tmp_path, form, overwrite=True)
    assert theirs.read_bytes() != b"theirs"


def test_a_link_is_replaced_and_not_followed(corpus: sqlite3.Connection, tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("theirs", "utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "units.csv").symlink_to(tmp_path / "theirs")
    exported(corpus, tmp_path / "out", "csv", tables=("units",), overwrite=True)
    assert (tmp_path / "theirs").read_text("utf-8") == "theirs"
    assert not (tmp_path / "out" / "units.csv").is_symlink()


def test_what_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old", "utf-8")
    with pytest.raises(KeyboardInterrupt), replacing(path) as part:
        part.write_text("half", "utf-8")
        raise KeyboardInterrupt
    assert contents(tmp_path) == {"a.csv": b"old"}


@given(st.text(min_size=1))
def test_the_file_of_a_document_stays_in_its_folder(name: str) -> None:
    if not any("\ud800" <= character <= "\udfff" for character in name):
        path = Path("/out") / file_name(name, ".xml")
        assert path.parent == Path("/out")
        assert Path(os.path.normpath(path)) == path
        assert "\0" not in path.name


@pytest.mark.parametrize("form", FORMS)
def test_only_what_is_asked_for(corpus: sqlite3.Connection, tmp_path: Path, form: Format) -> None:
    if form in OF_TABLES:
        exported(corpus, tmp_path, form, tables=("units", "targets"))
        assert {path.stem for path in tmp_path.iterdir()} - {"datapackage"} == {"targets", "units"}
    else:
        (found,) = exported(corpus, tmp_path, form, documents=("xihu-2023-8",))
        assert found.rows == 1
        assert form == "spacy" or "中共南昌市西湖区委" in found.path.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--table", "target"], 1, "no table target in the contract; it has jurisdictions, programs,"),
        (["--format", "akn", "--document", "x"], 1, "no document x in the database."),
        (["--format", "akn", "--table", "units"], 2, "--table is of use with csv, jsonl and parquet"),
        (["--document", "xihu-2023-8"], 2, "--document is of use with akn and spacy"),
        (["--format", "xls"], 2, "--format"),
    ],
)
def test_wrong_orders_are_named(
    corpus_file: Path, tmp_path: Path, words: list[str], status: int, said: str
) -> None:
    result = CliRunner().invoke(main, ["export", str(corpus_file), "-o", str(tmp_path / "out"), *words])
    assert (result.exit_code, said in " ".join(result.stderr.split())) == (status, True), result.stderr


def test_parquet_without_its_library_says_what_to_install(
    corpus_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    monkeypatch.delitem(sys.modules, "extractor.export.parquet", raising=False)
    monkeypatch.delattr("extractor.export.parquet", raising=False)
    words = ["export", str(corpus_file), "-o", str(tmp_path), "--format", "parquet"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert "Parquet needs pyarrow: pip install 'policy-extractor[parquet]'" in result.stderr


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_database_from_before_a_table_and_a_column(tmp_path: Path, form: Format) -> None:
    db = sqlite3.connect(tmp_path / "old.db")
    db.execute("create table topics (id text, name text, description text, parent_id text, origin text)")
    db.execute("insert into topics values ('1', '托育', null, null, 'list')")
    found = exported(db, tmp_path / "out", form, tables=("topics", "works"))
    assert [(each.path.stem, each.rows) for each in found][:2] == [("topics", 1), ("works", 0)]
    db.close()


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_memory_does_not_grow_with_the_rows(
    tmp_path: Path, form: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "MOST_ROWS", 2_000)
    peaks = []
    for rows in (5_000, 40_000):
        db = sqlite3.connect(":memory:")
        db.execute("create table sketches (document_id text, band integer, value integer)")
        db.executemany(
            "insert into sketches values (?, ?, 7)", ((f"d{n // 20}", n % 20) for n in range(rows))
        )
        tracemalloc.start()
        exported(db, tmp_path / f"{rows}", form, tables=("sketches",))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        db.close()
    assert peaks[1] < 2 * peaks[0]


@given(st.text(alphabet="'=+-@\t\rA甲", max_size=6))
def test_no_cell_begins_a_formula_and_each_comes_back(text: str) -> None:
    assert inert(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert original(inert(text)) == text
