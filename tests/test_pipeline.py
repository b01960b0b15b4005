"""Bad input through the whole program: named with its remedy, no other file harmed, no trace in the database."""

from __future__ import annotations

import hashlib
import sqlite3
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.cli import main
from extractor.model import Text
from tests.sources.making import docx_of

TOP = Path(__file__).parent.parent
GOOD = (TOP / "corpora/xihu.txt").read_bytes()
LINE = "各县（区）人民政府要加强组织领导，落实保障措施，到2025年实现全覆盖。"


def archive(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


# file name → content, words of the message
BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": ("\ufeff \r\n\u3000\n".encode(), "no clause was found"),
    "binary.txt": (hashlib.shake_256(b"noise").digest(100_000), "Open it in the program that made it"),
    "bytes.txt": (bytes(range(256)) * 100, "NUL"),
    "line.txt": (LINE.encode() * 500_000, "line 1 has"),  # 50 MB
    "large.txt": ((LINE + "\n").encode() * 700_000, "over the limit of 67,108,864"),
    "mixed.txt": (LINE.encode() + b"\n" + LINE.encode("gb18030"), "encodings are mixed"),
    "nul.txt": (GOOD[:999] + b"\x00" + GOOD[999:], "NUL"),
    "control.txt": (GOOD.replace("关于".encode(), b"\x01\x02", 1), "U+0001"),
    "no_clause.txt": ("今天天气很好。\n我们去公园。\n".encode(), "no clause was found"),
    "english.txt": (b"Dear colleagues,\nplease find the minutes below.\n" * 20, "no clause was found"),
    "brackets.txt": ("（".encode() * 1_000_000, "line 1 has 1,000,000 characters"),
    "lines_of_brackets.txt": (("（" * 100 + "\n").encode() * 10_000, "no clause was found"),
    "cut.pdf": (b"%PDF-1.7\n" + hashlib.shake_256(b"pdf").digest(10_000), "damaged or cut short"),
    "cut.docx": (archive(**{"[Content_Types].xml": b"<a/>", "word/document.xml": LINE.encode() * 99})[:-99], "damaged"),
    "empty.docx": (docx_of(Text("", ())), "is empty"),
    "cut.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cut short"),
    "cut.ofd": (archive(**{"OFD.xml": b"<OFD", "Doc_0/Document.xml": b""}), ""),
    "cut.png": (b"\x89PNG\r\n\x1a\n" + bytes(99), "damaged"),
    "empty.html": (b"<!doctype html><html><body><p></p></body></html>", "holds no text"),
    "bomb.zip": (archive(a=bytes(9_000_000)), "the archive is refused"),
    "cut.zip": (archive(a=b"1" * 99)[:-9], "damaged or cut short"),
    "table.txt": (archive(**{"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "a spreadsheet"),
    "packed.txt": (b"Rar!\x1a\x07\x00" + bytes(99), "an archive of a kind that is not read"),
}  # fmt: skip


def ingest(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["ingest", *map(str, words)])


def dump(database: Path) -> list[str]:
    """All rows; of the full-text index only that it is whole, since its segments follow the transactions."""
    db = sqlite3.connect(database)
    db.execute("insert into clauses_fts (clauses_fts, rank) values ('integrity-check', 1)")
    inner = ("sqlite_stat", '"clauses_fts_', "writable_schema")
    lines = [line for line in db.iterdump() if not any(name in line for name in inner)]
    db.close()
    return lines


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a database of the good files alone holds."""
    folder = tmp_path_factory.mktemp("clean")
    assert ingest(*write_good(folder), "--db", folder / "p.db").exit_code == 0
    return dump(folder / "p.db")


def write_good(folder: Path) -> list[Path]:
    for name in ("a.txt", "z.txt"):
        (folder / name).write_bytes(GOOD if name == "a.txt" else (TOP / "corpora/luhe.txt").read_bytes())
    return [folder / "a.txt", folder / "z.txt"]


@pytest.mark.parametrize(("name", "content", "problem"), [(n, *v) for n, v in BAD.items()], ids=BAD)
def test_a_bad_file(tmp_path: Path, clean: list[str], name: str, content: bytes, problem: str) -> None:
    first, last = write_good(tmp_path)
    (tmp_path / name).write_bytes(content)
    result = ingest(first, tmp_path / name, last, "--db", tmp_path / "p.db")
    assert result.exit_code == 1
    (message,) = (line for line in result.stderr.splitlines() if line.startswith("Error: "))
    assert message.startswith(f"Error: {tmp_path / name}")
    assert problem in message
    assert "the program failed" not in message
    assert len(message.removesuffix(".").split(". ")) >= 2, "a problem and a remedy"
    assert "2 written, 0 known already, 1 failed" in result.stderr
    assert dump(tmp_path / "p.db") == clean
    assert CliRunner().invoke(main, ["check", str(tmp_path / "p.db")]).exit_code == 0


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_all_bad_files_at_once(tmp_path: Path, clean: list[str], jobs: str) -> None:
    write_good(tmp_path)
    small = {name: content for name, (content, _) in BAD.items() if len(content) < 1_000_000}
    for name, content in small.items():
        (tmp_path / name).write_bytes(content)
    result = ingest(tmp_path, "--db", tmp_path / "p.db", "--jobs", jobs)
    assert result.exit_code == 1
    assert result.stderr.count("Error: ") == len(small)
    assert f"2 written, 0 known already, {len(small)} failed" in result.stderr
    assert dump(tmp_path / "p.db") == clean


def test_bad_files_in_an_archive(tmp_path: Path) -> None:
    small = {name: content for name, (content, _) in BAD.items() if len(content) < 1_000_000}
    (tmp_path / "all.zip").write_bytes(archive(**{"a.txt": GOOD}, **small))
    result = ingest(tmp_path / "all.zip", "--db", tmp_path / "p.db")
    assert result.exit_code == 1
    assert f"1 written, 0 known already, {len(small)} failed" in result.stderr
    for name in small:
        assert f"Error: {tmp_path / 'all.zip' / name}" in result.stderr


def test_a_file_that_turns_bad_leaves_what_was_read(tmp_path: Path, clean: list[str]) -> None:
    files = write_good(tmp_path)
    database = tmp_path / "p.db"
    assert ingest(*files, "--db", database).exit_code == 0
    files[0].write_bytes(b"\x00" * 9)
    result = ingest(*files, "--db", database)
    assert (result.exit_code, "0 written, 1 known already, 1 failed" in result.stderr) == (1, True)
    assert dump(database) == clean


def test_a_limit_of_time_is_an_option(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<html><p>1</p>")
    result = ingest(tmp_path / "a.html", "--db", tmp_path / "p.db", "--timeout", "0.000001")
    assert result.exit_code == 1
    assert "Split it, or raise --timeout." in result.stderr
