"""A run into a set: the same set whatever happened before, and the database that the process engine makes."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.intake import expand
from extractor.model import Notice, ReadError
from extractor.pipeline import read_bytes
from extractor.shards import parts, task
from extractor.sources import Limits
from extractor.storage import Folder, StorageError
from tests.benchmarks.varying import notices
from tests.shards.inline import here, into_set, merged, put, text

MANY = {f"n{place:02}": words for place, words in enumerate(notices(80_000))}


def files_of(folder: Path) -> dict[str, bytes]:
    """What a set holds."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def awkward(folder: Path) -> list[Path]:
    """Twins, notices that share a number, names that come twice, an archive and files that cannot be read."""
    put(folder / "1", a=text(), b=text(5), c=text(6), d=text(), e=text(7, number="西发〔2023〕9号"), f="")
    put(
        folder / "2",
        a=text(8),
        e=text(7, number="西发〔2023〕9号"),
        g=text(),
        h=text(9, cites="西发〔2023〕9号"),
    )
    with zipfile.ZipFile(folder / "1/z.zip", "w") as archive:
        archive.writestr("内/甲.txt", text(10))
        archive.writestr("乙.xlsx", "x")
        archive.writestr("丙.txt", text(5))
    return [folder / "1", folder / "2"]


@pytest.mark.parametrize("mean", [1, 2, 100])
def test_the_database_is_that_of_the_process_engine(tmp_path: Path, mean: int) -> None:
    paths = [*awkward(tmp_path / "in"), put(tmp_path / "many", **MANY)]
    results = into_set(paths, tmp_path / "set", mean=mean)
    assert merged([tmp_path / "set"], tmp_path / "a.db") == here(expand(paths).files, tmp_path / "b.db")
    assert [r.path.name for r in results if r.status == "failed"] == ["f.txt"]
    assert [r.path.name for r in results if r.status == "ignored"] == ["乙.xlsx"]


def test_ids_in_the_set_are_those_of_the_database(tmp_path: Path) -> None:
    paths = awkward(tmp_path / "in")
    into_set(paths, tmp_path / "set", mean=1)
    folder = Folder(str(tmp_path / "set"))
    found = [own for name in parts.part_names(folder) for _, own in parts.identities(folder, name)]
    database = merged([tmp_path / "set"], tmp_path / "a.db")
    assert sorted(found) == sorted(str(row[0]) for row in database["documents"])
    assert len(found) == len(set(found)) > 6


def no_reader(name: str, data: bytes, *, limits: Limits) -> Notice:
    raise AssertionError(f"{name} is read again")


def test_what_is_there_is_not_read_again(tmp_path: Path) -> None:
    paths = [put(tmp_path / "in", **MANY)]
    into_set(paths, tmp_path / "set")
    before = files_of(tmp_path / "set")
    results = into_set(paths, tmp_path / "set", reader=no_reader)
    assert {result.status for result in results} == {"known"}
    assert files_of(tmp_path / "set") == before


@pytest.mark.parametrize("lost", [0, 1, 3, 5])
def test_a_run_that_was_cut_short_is_completed_by_the_next(tmp_path: Path, lost: int) -> None:
    paths = awkward(tmp_path / "in")
    into_set(paths, tmp_path / "whole", mean=1)
    with pytest.raises(ConnectionError):
        into_set(paths, tmp_path / "set", mean=1, lost=lost)
    with pytest.raises(StorageError, match="no set of shards is whole there"):
        merged([tmp_path / "set"], tmp_path / "none.db")
    into_set(paths, tmp_path / "set", mean=1)
    assert files_of(tmp_path / "set") == files_of(tmp_path / "whole")


def test_until_a_run_is_through_the_set_is_what_it_was(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a=text(1), b=text(2, number="西发〔2023〕9号"))
    into_set([folder], tmp_path / "set", mean=1)
    before = merged([tmp_path / "set"], tmp_path / "a.db")
    put(folder, a=text(3), c=text(4, number="西发〔2023〕10号"))
    with pytest.raises(ConnectionError):
        into_set([folder], tmp_path / "set", mean=1, lost=2)
    assert merged([tmp_path / "set"], tmp_path / "b.db") == before


def test_a_set_is_the_image_of_what_is_there_now(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", **MANY, a=text(), b=text(), c=text(5))
    into_set([folder], tmp_path / "set", mean=4)
    (folder / "a.txt").unlink()  # its twin b stands for it again
    (folder / "n03.txt").unlink()
    put(folder, n05=text(7, number="西发〔2023〕9号"), new=text(8, number="西发〔2023〕10号"))
    results = into_set([folder], tmp_path / "set", mean=4)
    into_set([folder], tmp_path / "fresh", mean=4)
    assert files_of(tmp_path / "set") == files_of(tmp_path / "fresh")
    assert sum(result.status == "known" for result in results) > 3  # batches that nothing touched


def test_what_could_not_be_read_is_tried_again(tmp_path: Path) -> None:
    def doubtful(name: str, data: bytes, *, limits: Limits) -> Notice:
        if name == "b.txt":
            raise ReadError(name, "no recogniser is installed.", "Install it.")
        return read_bytes(name, data, limits=limits)

    folder = put(tmp_path / "in", a=text(1), b=text(2, number="西发〔2023〕9号"))
    for _ in range(2):
        results = into_set([folder], tmp_path / "set", reader=doubtful, mean=100)
        assert [result.status for result in results][1] == "failed"
        assert results[1].message.endswith("b.txt: no recogniser is installed. Install it.")
    assert len(merged([tmp_path / "set"], tmp_path / "a.db")["documents"]) == 1
    assert [r.status for r in into_set([folder], tmp_path / "set", mean=100)] == ["written", "written"]
    assert merged([tmp_path / "set"], tmp_path / "a.db") == here(expand([folder]).files, tmp_path / "b.db")


def test_a_fault_of_the_program_costs_one_file(tmp_path: Path) -> None:
    def faulty(name: str, data: bytes, *, limits: Limits) -> Notice:
        read = read_bytes(name, data, limits=limits)
        return replace(read, head=replace(read.head, issued_on="2023-02-30")) if name == "b.txt" else read

    folder = put(
        tmp_path / "in", a=text(1), b=text(2, number="西发〔2023〕9号"), c=text(3, number="西发〔2023〕10号")
    )
    results = into_set([folder], tmp_path / "set", reader=faulty, mean=100)
    assert [result.status for result in results] == ["written", "failed", "written"]
    assert "the program failed on it (ArrowError" in results[1].message and "2023-02-30" in results[1].message
    assert len(merged([tmp_path / "set"], tmp_path / "a.db")["documents"]) == 2


def test_a_set_belongs_to_what_was_named(tmp_path: Path) -> None:
    one, other = put(tmp_path / "1", a=text(1)), put(tmp_path / "2", b=text(2, number="西发〔2023〕9号"))
    into_set([one], tmp_path / "set1")
    with pytest.raises(StorageError, match=r"it holds the notices of .*/1\. Name another folder"):
        into_set([other], tmp_path / "set1")
    into_set([other], tmp_path / "set2")
    both = merged([tmp_path / "set1", tmp_path / "set2"], tmp_path / "a.db")
    assert both == here(expand([one, other]).files, tmp_path / "b.db")


def test_an_archive_of_many_becomes_parts_of_some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task, "MOST", 3)
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in/all.zip", "w") as archive:
        for name, words in MANY.items():
            archive.writestr(f"{name}.txt", words)
    into_set([tmp_path / "in"], tmp_path / "set")
    assert len(parts.part_names(Folder(str(tmp_path / "set")))) == -(-len(MANY) // 3)
    assert merged([tmp_path / "set"], tmp_path / "a.db") == here(
        expand([tmp_path / "in"]).files, tmp_path / "b.db"
    )


def test_from_other_storage_to_other_storage(tmp_path: Path) -> None:
    import fsspec

    folder = awkward(tmp_path / "in")[0]
    put(folder / "sub" / "deeper", x=text(11), readme="x")
    put(folder / ".hidden", y=text(12))
    memory, top = fsspec.filesystem("memory"), tmp_path.name
    memory.put(str(folder), f"/{top}/in", recursive=True)
    into_set([f"memory://{top}/in"], f"memory://{top}/set")
    found = merged([f"memory://{top}/set"], tmp_path / "a.db")
    assert found == here(expand([folder]).files, tmp_path / "b.db")
    names = [file.name for file in expand([folder]).files]
    from extractor.storage import Remote

    assert [file.name for file in expand([Remote(f"memory://{top}/in")]).files] == names


def test_a_broken_set_is_named(tmp_path: Path) -> None:
    into_set([put(tmp_path / "in", a=text())], tmp_path / "set")
    manifest, gone = tmp_path / "set/set.json", f"{'0' * 20}-{'0' * 20}"
    told = json.loads(manifest.read_text("utf-8"))
    for words, said in (
        ("{", "cannot be read"),
        (json.dumps({**told, "contract": 0}), "contract has version 0"),
        (json.dumps({**told, "parts": ["../../0"]}), "is no part"),
        (json.dumps({**told, "parts": [gone]}), f"part {gone} is gone"),
    ):
        manifest.write_text(words, "utf-8")
        with pytest.raises(StorageError, match=said):
            merged([tmp_path / "set"], tmp_path / "a.db")
