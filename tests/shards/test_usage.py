"""What the commands say where clusters and storage cannot be used."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.cli import main
from tests.shards.inline import into_set, put, text


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path / "in", a=text())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--shards", "s"), "--scheduler and --shards are of use with --engine dask alone"),
        (
            ("--scheduler", "tcp://127.0.0.1:1"),
            "--scheduler and --shards are of use with --engine dask alone",
        ),
        (
            ("--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "--jobs", "2"),
            "--jobs begins processes here",
        ),
        (("--engine", "dask", "--shards", "s", "--keep-sources", "k"), "name it with --db"),
        (("--engine", "spark"), "'spark' is not one of 'process', 'dask'"),
    ],
)
def test_what_does_not_go_together(folder: Path, words: tuple[str, ...], said: str) -> None:
    result = run("ingest", folder, *words)
    assert result.exit_code == 2 and said in result.stderr, result.stderr


@pytest.mark.parametrize("library", ["distributed", "pyarrow"])
def test_a_library_that_is_not_there_is_named(
    folder: Path, tmp_path: Path, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [
        name for name in sys.modules if name.startswith(("extractor.shards", "extractor.arrow", library))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    result = run("ingest", folder, "--engine", "dask", "--db", tmp_path / "p.db")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        f"Error: this needs {library}. Install it with: pip install 'policy-extractor[dask]'"
    )


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("memory://nowhere/x.txt", "memory://nowhere/x.txt: cannot be opened"),
        ("nosuch://bucket/x", "nosuch://bucket/x: no storage is known for it"),
        ("no/such/folder", "does not exist"),
    ],
)
def test_a_place_that_is_none_is_named(tmp_path: Path, path: str, said: str) -> None:
    result = run("ingest", path, "--db", tmp_path / "p.db")
    assert result.exit_code in (1, 2) and said in result.stderr, result.stderr


def test_files_of_other_storage_are_read_here_too(tmp_path: Path) -> None:
    import fsspec

    fsspec.filesystem("memory").pipe(f"/{tmp_path.name}/a.txt", text().encode())
    result = run("ingest", f"memory://{tmp_path.name}", "--db", tmp_path / "p.db")
    assert result.exit_code == 0 and "1 written" in result.stderr, result.stderr


def test_a_set_that_is_none_is_named(tmp_path: Path) -> None:
    result = run("merge", tmp_path / "nothing", "--db", tmp_path / "p.db")
    assert result.exit_code == 1 and "no set of shards is whole there" in result.stderr
    assert not (tmp_path / "p.db").exists()


def test_a_merge_adds_to_what_is_there(folder: Path, tmp_path: Path) -> None:
    into_set([folder], tmp_path / "set")
    assert (
        run(
            "ingest", put(tmp_path / "more", b=text(9, number="西发〔2023〕9号")), "--db", tmp_path / "p.db"
        ).exit_code
        == 0
    )
    assert "1 written, 0 known" in run("merge", tmp_path / "set", "--db", tmp_path / "p.db").stderr
    again = run("merge", tmp_path / "set", "--db", tmp_path / "p.db")
    assert again.exit_code == 0 and "0 written, 1 known already" in again.stderr
