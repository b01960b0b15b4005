"""Notices whose files are gone leave the database, where that is asked for; the rest stands as if they had never been."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.check import check
from extractor.cli import main
from extractor.intake import Result as Read
from extractor.missing import Seen
from tests.shards.inline import put, rows, text


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two notices with one number, one that cites it, one more and its twin, an archive."""
    folder = put(
        tmp_path / "in",
        a=text(1),
        b=text(2),
        c=text(3, number="西发〔2023〕9号", cites="西发〔2023〕8号", place="南昌市青山湖区"),
        d=text(4, number="西发〔2023〕10号"),
        e=text(4, number="西发〔2023〕10号"),
    )
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.writestr("f.txt", text(5, number="西发〔2023〕11号"))
    return folder


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    "gone", [("a",), ("b",), ("a", "b"), ("c",), ("d",), ("e",), ("d", "e")], ids="".join
)
def test_what_is_gone_leaves_the_database_of_the_rest(
    folder: Path, tmp_path: Path, gone: tuple[str, ...], jobs: int
) -> None:
    assert run("ingest", folder, "--db", tmp_path / "p.db").exit_code == 0
    for name in gone:
        (folder / f"{name}.txt").unlink()
    put(folder, g=text(6, number="西发〔2023〕12号"))
    result = run("ingest", folder, "--db", tmp_path / "p.db", "--remove-missing", "--jobs", jobs)
    assert result.exit_code == 0, result.stderr
    assert run("ingest", folder, "--db", tmp_path / "fresh.db").exit_code == 0
    found, wanted = rows(tmp_path / "p.db"), rows(tmp_path / "fresh.db")
    if gone == ("d",):  # its twin stands for it under the name under which it came first
        found["documents"] = [
            tuple("e.txt" if value == "d.txt" else value for value in row) for row in found["documents"]
        ]
    assert found == wanted
    assert list(check(tmp_path / "p.db")) == []
    with closing(sqlite3.connect(tmp_path / "p.db")) as db:
        db.execute("insert into clauses_fts (clauses_fts, rank) values ('integrity-check', 1)")


def test_nothing_leaves_where_it_is_not_asked_for(folder: Path, tmp_path: Path) -> None:
    assert run("ingest", folder, "--db", tmp_path / "p.db").exit_code == 0
    before = rows(tmp_path / "p.db")
    (folder / "a.txt").unlink()
    assert run("ingest", folder, "--db", tmp_path / "p.db").exit_code == 0
    assert rows(tmp_path / "p.db") == before


def test_what_cannot_be_read_any_more_is_not_gone(folder: Path, tmp_path: Path) -> None:
    assert run("ingest", folder, "--db", tmp_path / "p.db").exit_code == 0
    before = rows(tmp_path / "p.db")
    (folder / "a.txt").write_bytes(b"\x00" * 8)
    (folder / "z.zip").write_bytes((folder / "z.zip").read_bytes()[:-9])
    result = run("ingest", folder, "--db", tmp_path / "p.db", "--remove-missing")
    assert result.exit_code == 1 and "removed" not in result.stderr, result.stderr
    assert rows(tmp_path / "p.db") == before


def test_comparisons_follow(folder: Path, tmp_path: Path) -> None:
    assert run("ingest", folder, "--db", tmp_path / "p.db", "--compare").exit_code == 0
    (folder / "b.txt").unlink()
    (folder / "c.txt").unlink()
    result = run("ingest", folder, "--db", tmp_path / "p.db", "--remove-missing", "--compare")
    assert result.exit_code == 0, result.stderr
    assert run("ingest", folder, "--db", tmp_path / "fresh.db", "--compare").exit_code == 0
    assert rows(tmp_path / "p.db") == rows(tmp_path / "fresh.db")


def test_a_set_that_shrank_shrinks_the_database(folder: Path, tmp_path: Path) -> None:
    from tests.shards.inline import into_set

    into_set([folder], tmp_path / "set")
    assert run("merge", tmp_path / "set", "--db", tmp_path / "p.db").exit_code == 0
    (folder / "a.txt").unlink()
    shutil.rmtree(tmp_path / "set")
    into_set([folder], tmp_path / "set")
    result = run("merge", tmp_path / "set", "--db", tmp_path / "p.db", "--remove-missing")
    assert result.exit_code == 0 and "removed  xihu-2023-8" in result.stderr, result.stderr
    assert run("ingest", folder, "--db", tmp_path / "fresh.db").exit_code == 0
    assert rows(tmp_path / "p.db") == rows(tmp_path / "fresh.db")


@pytest.mark.parametrize(
    ("name", "sha256", "there"),
    [
        ("a.txt", "11", True),
        ("x.txt", "22", False),
        ("bad.zip/甲/b.txt", "33", True),
        ("bad.txt", "44", False),
    ],
)
def test_what_counts_as_there(name: str, sha256: str, there: bool) -> None:
    seen = Seen()
    seen.add(Read(Path("in/a.txt"), "known", name="a.txt", sha256="11"))
    seen.add(Read(Path("in/bad.zip"), "failed", name="bad.zip"))
    assert ((name, sha256) in seen) is there
