"""Many files: order, workers, and files that fail."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from extractor.engine import File, expand, ingest
from extractor.model import Clause, Head, Notice, ReadError, Source, Span, Text


@dataclass
class Memory:
    """A writer that keeps notices in a dict by hash."""

    notices: dict[str, Notice] = field(default_factory=dict)

    def known(self, sha256: str) -> bool:
        return sha256 in self.notices

    def write(self, notice: Notice) -> str:
        if notice.text.text.startswith("unwritable"):
            raise ValueError("constraint failed")
        self.notices[notice.source.sha256] = notice
        return f"id-{notice.source.name}"


def fake_read(name: str, data: bytes) -> Notice:
    """A reader as quick as can be; some contents stand for trouble."""
    text = data.decode()
    if text.startswith("bad"):
        raise ReadError(name, "the file is empty.", "Save it again.")
    if text.startswith("bug"):
        raise ZeroDivisionError("by zero")
    if text.startswith("die"):
        os._exit(9)
    source = Source(name, hashlib.sha256(data).hexdigest(), "text/plain", ())
    clause = Clause("0", "preamble", Span(0, len(text)), 0)
    return Notice(source, Text(text, ()), Head(), (clause,))


def files(folder: Path, **contents: str) -> list[File]:
    for name, content in contents.items():
        (folder / f"{name}.txt").write_text(content, "utf-8")
    return [File(folder / f"{name}.txt", f"{name}.txt") for name in contents]


def test_folders_are_walked_in_order_and_files_taken_once(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.TXT",
        "sub/c.md",
        "sub/README.md",
        "sub/x.json",
        ".hidden/d.txt",
        ".e.txt",
        "z.pdf",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    found = expand([tmp_path, tmp_path / "b.txt", tmp_path / "z.pdf"])
    assert [file.name for file in found.files] == ["a.TXT", "b.txt", "sub/c.md", "z.pdf"]
    assert [path.name for path in found.ignored] == ["z.pdf", "README.md", "x.json"]


def test_equal_names_in_two_folders_are_two_sources(tmp_path: Path) -> None:
    for place in ("2022", "2023"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "通知.txt").write_text(place, "utf-8")
    assert [file.name for file in expand([tmp_path]).files] == ["2022/通知.txt", "2023/通知.txt"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bad_file_harms_no_other(tmp_path: Path, jobs: int) -> None:
    named = files(tmp_path, a="甲", b="bad", c="乙丙", d="bug", e="甲", f="unwritable", g="丁")
    missing = File(tmp_path / "gone.txt", "gone.txt")
    writer = Memory()
    results = list(ingest([*named, missing], writer, reader=fake_read, jobs=jobs))
    assert [r.path.name for r in results] == [f"{n}.txt" for n in "abcdefg"] + ["gone.txt"]
    assert [r.status for r in results] == [
        "written", "failed", "written", "failed", "known", "failed", "written", "failed",
    ]  # fmt: skip
    assert [n.source.name for n in writer.notices.values()] == ["a.txt", "c.txt", "g.txt"]
    assert [r.characters for r in results] == [1, 0, 2, 0, 0, 0, 1, 0]
    for result in results:
        if result.status == "failed":
            assert result.message.startswith(str(result.path))
    assert results[1].message.endswith("the file is empty. Save it again.")
    assert "ZeroDivisionError" in results[3].message
    assert "cannot be opened" in results[-1].message


def test_what_is_known_is_not_read_again(tmp_path: Path) -> None:
    named = files(tmp_path, a="甲", b="乙")
    writer = Memory()
    list(ingest(named, writer, reader=fake_read))
    again = list(ingest(named, writer, reader=lambda name, data: pytest.fail("read again")))
    assert [r.status for r in again] == ["known", "known"]


def test_a_file_that_kills_its_worker_costs_only_itself(tmp_path: Path) -> None:
    named = files(tmp_path, a="甲", b="die", c="乙", d="丙")
    writer = Memory()
    results = list(ingest(named, writer, reader=fake_read, jobs=2))
    assert [r.status for r in results] == ["written", "failed", "written", "written"]
    assert "died" in results[1].message
    assert [n.source.name for n in writer.notices.values()] == ["a.txt", "c.txt", "d.txt"]
