"""Parts: what is read back is what was written, written twice is written once, and half a part is none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.model import Number, Span
from extractor.records import TABLES, Record, record
from extractor.shards import parts
from extractor.shards.parts import Entry
from extractor.storage import Folder, StorageError
from tests.stored import HEALTH, notice

LONG = Decimal("360103199001011234")  # float64 cannot hold it


def records() -> list[Record]:
    made = notice()
    long = replace(made, numbers=(*made.numbers, Number(2, Span(20, 21), "unclassified", LONG)))
    other = notice(
        "b.txt", number="洪发〔2023〕2号", place="360100", salt="2", unit=HEALTH._replace(name="市卫健委")
    )
    bare = replace(
        notice("c.txt", number=None, salt="3"), responsibilities=(), tables=(), links=(), findings=()
    )
    return [record(long), record(other), record(bare)]


def entries(made: list[Record]) -> list[Entry]:
    return [Entry(new.name, new.sha256, "held", new.document_id, len(new.text)) for new in made]


def folders(tmp_path: Path) -> list[Folder]:
    return [Folder(str(tmp_path)), Folder(f"file://{tmp_path}/of-file"), Folder(f"memory://{tmp_path.name}")]


def test_a_record_has_rows_in_the_tables_that_are_named() -> None:
    assert tuple(record(notice()).rows) == TABLES


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    made = records()
    for folder in folders(tmp_path):
        part = parts.write(folder, "0" * 20, made, entries(made))
        assert list(parts.read(folder, part.name)) == made
        assert parts.held(folder, part.name) == part == parts.find(folder, "0" * 20)
        assert parts.identities(folder, part.name) == [(new.sha256, new.document_id) for new in made]
        values = [row[6] for new in parts.read(folder, part.name) for row in new.rows["numbers"]]
        assert int(LONG) in values


def test_written_twice_is_written_once(tmp_path: Path) -> None:
    folder, made = Folder(str(tmp_path)), records()
    first = parts.write(folder, "0" * 20, made, entries(made))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")}
    assert parts.write(folder, "0" * 20, made, entries(made)) == first
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("written", range(4))
def test_a_part_that_was_not_finished_is_none_and_is_swept_away(
    tmp_path: Path, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, made = Folder(str(tmp_path)), records()
    whole = Folder.write
    left = [written]

    def write(self: Folder, name: str, content: bytes) -> None:
        if not left[0]:
            raise ConnectionError("lost")
        left[0] -= 1
        whole(self, name, content)

    monkeypatch.setattr(Folder, "write", write)
    with pytest.raises(ConnectionError):
        parts.write(folder, "0" * 20, made, entries(made))
    assert parts.part_names(folder) == () and parts.find(folder, "0" * 20) is None
    assert len(list(parts.strays(folder, ()))) == written
    assert all("-" in name for name in parts.strays(folder, ()))


def test_half_a_file_is_never_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.local import LocalFileSystem

    def die(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    folder = Folder(str(tmp_path))
    monkeypatch.setattr(LocalFileSystem, "mv", die)
    with pytest.raises(StorageError, match=r"cannot be written .*No space left"):
        folder.write("documents/part.parquet", b"x")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_ids_change_in_a_part_of_its_own(tmp_path: Path) -> None:
    folder, made = Folder(str(tmp_path)), records()
    part = parts.write(folder, "0" * 20, made, entries(made))
    wanted = [
        part.entries[0]._replace(document_id="xihu-2023-8-abcdef"),
        part.entries[1]._replace(state="dropped"),
        part.entries[2],
    ]
    other = parts.settle(folder, part, wanted)
    assert other.name != part.name and other.batch == part.batch
    assert list(parts.read(folder, other.name)) == [made[0].renamed("xihu-2023-8-abcdef"), made[2]]
    assert list(parts.read(folder, part.name)) == made
    first = next(iter(parts.read(folder, other.name)))
    assert {row[0].split(".")[0] for row in first.rows["clauses"]} == {"xihu-2023-8-abcdef"}
    assert set(parts.strays(folder, [other.name])) >= {
        parts.file_name("documents", part.name),
        parts.file_name("units", part.name),
    }
