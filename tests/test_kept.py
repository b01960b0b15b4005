"""Sources kept by ingest: in one folder, each once, found again by the database."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.cli import main
from extractor.kept import keep, kept_path

NOTICE = "关于做好{}工作的通知\n\n一、到2025年，普惠托位占比达到60%。\n"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def ingested(folder: Path, *words: str | Path) -> Path:
    result = run("ingest", *words, "--db", folder / "p.db", "--keep-sources", folder / "kept")
    assert result.exit_code == 0, result.stderr
    return folder / "p.db"


def rows(database: Path) -> list[tuple[str, str, int]]:
    with closing(sqlite3.connect(database)) as db:
        return db.execute("select sha256, path, bytes from kept_sources order by bytes").fetchall()


def test_files_and_members_are_kept_by_their_hash(tmp_path: Path) -> None:
    plain, page = NOTICE.format("托育").encode(), f"<html><body><p>{NOTICE.format('养老')}".encode()
    (tmp_path / "一.txt").write_bytes(plain)
    (tmp_path / "二.txt").write_bytes(plain)
    with zipfile.ZipFile(tmp_path / "三.zip", "w") as archive:
        archive.writestr("通知/附件.txt", page)
    database = ingested(tmp_path, tmp_path / "一.txt", tmp_path / "二.txt", tmp_path / "三.zip")
    hashes = [sha256(plain).hexdigest(), sha256(page).hexdigest()]
    assert rows(database) == [
        (hashes[0], f"kept/{hashes[0]}.txt", len(plain)),
        (hashes[1], f"kept/{hashes[1]}.html", len(page)),
    ]
    assert sorted(p.name for p in (tmp_path / "kept").iterdir()) == sorted(
        [f"{hashes[0]}.txt", f"{hashes[1]}.html"]
    )
    found = kept_path(database, hashes[1])
    assert found is not None and found.read_bytes() == page


def test_what_is_known_is_kept_later_and_what_is_refused_never(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE.format("托育"), "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00" * 8)
    assert run("ingest", tmp_path / "a.txt", "--db", tmp_path / "p.db").exit_code == 0
    result = run(
        "ingest", tmp_path / "a.txt", tmp_path / "b.txt", "--db", tmp_path / "p.db", "--keep-sources", tmp_path / "kept"
    )  # fmt: skip
    assert result.exit_code == 1
    assert len(rows(tmp_path / "p.db")) == len(list((tmp_path / "kept").iterdir())) == 1


def test_a_folder_of_kept_sources_is_not_read_as_notices(tmp_path: Path) -> None:
    notices = tmp_path / "notices"
    notices.mkdir()
    (notices / "通知.txt").write_text(NOTICE.format("托育"), "utf-8")
    for database in ("p.db", "q.db"):
        result = run("ingest", notices, "--db", tmp_path / database, "--keep-sources", notices / "kept")
        assert "1 written, 0 known" in result.stderr


def test_database_and_folder_move_together(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "a.txt").write_text(NOTICE.format("托育"), "utf-8")
    ingested(tmp_path / "before", tmp_path / "a.txt")
    database = (tmp_path / "before").rename(tmp_path / "after") / "p.db"
    ((name, *_),) = rows(database)
    assert kept_path(database, name) == tmp_path / "after" / "kept" / f"{name}.txt"
    (tmp_path / "after" / "kept" / f"{name}.txt").unlink()
    assert kept_path(database, name) is None


def test_a_link_in_the_folder_is_replaced_and_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"mine")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / ("a" * 64)).symlink_to(other)
    path = keep(tmp_path / "kept", "a" * 64, "", b"text")
    assert other.read_bytes() == b"mine" and path.read_bytes() == b"text" and not path.is_symlink()


@pytest.mark.parametrize(
    ("name", "suffix"), [("../x", ""), ("a" * 64, "/../../x"), ("", ""), ("a" * 64, ".")]
)
def test_no_other_name_is_written(tmp_path: Path, name: str, suffix: str) -> None:
    with pytest.raises(ValueError, match="is not a hash"):
        keep(tmp_path / "kept", name, suffix, b"text")
    assert not (tmp_path / "kept").exists()


def test_a_half_written_file_is_written_again_and_nothing_is_left_beside(tmp_path: Path) -> None:
    (tmp_path / ("a" * 64)).write_bytes(b"te")
    keep(tmp_path, "a" * 64, "", b"text")
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"text"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE.format("托育"), "utf-8")
    (tmp_path / "file").write_text("no folder")
    folder = tmp_path / "file" / "kept"
    result = run("ingest", tmp_path / "a.txt", "--db", tmp_path / "p.db", "--keep-sources", folder)
    assert result.exit_code == 1
    assert "cannot be kept" in result.stderr and "file" in result.stderr
