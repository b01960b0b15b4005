"""The golden data: notices of many offices, each with its annotation, and what the program makes of them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from extractor import gold, ingest
from extractor.floors import floors_in
from extractor.scores import Score, tabulate
from extractor.store.masked import private_words_in

GOLDEN = Path(__file__).parent / "golden"
GOLDS = sorted(GOLDEN.glob("*/*.json"))
FLOORS = {file: floors_in(file) for file in sorted(GOLDEN.glob("floors-*.toml"))}
FLOOR = [
    pytest.param(file, *floor, id=f"{file.stem}-{floor[0]}")
    for file in FLOORS
    for floor in FLOORS[file].items()
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("golden") / "golden.db"
    results = ingest(GOLDEN, database=path, jobs=2)
    assert [result for result in results if result.status == "failed"] == []
    return path


@pytest.fixture(scope="module")
def scores(database: Path) -> dict[Path, dict[str, Score]]:
    """File of floors → what the notices that it holds for reach: from its folder on, up to the next file's."""
    held: dict[Path, list[Path]] = {file: [] for file in FLOORS}
    for file in GOLDS:
        held[max(f for f in FLOORS if f.stem.removeprefix("floors-") <= file.parent.name)].append(file)
    with closing(sqlite3.connect(database)) as db:
        return {
            floors: {score.kind: score for score in tabulate(gold.compare(db, gold.load(files)))}
            for floors, files in held.items()
        }


def test_each_annotation_has_its_notice_byte_for_byte() -> None:
    assert len(GOLDS) >= 180
    for file in GOLDS:
        told = json.loads(file.read_text("utf-8"))
        assert hashlib.sha256((file.parent / told["source"]).read_bytes()).hexdigest() == told["sha256"], file


@pytest.mark.parametrize(("file", "kind", "floor"), FLOOR)
def test_no_kind_of_fact_falls_below_its_floor(
    scores: dict[Path, dict[str, Score]], file: Path, kind: str, floor: float
) -> None:
    """A floor is raised when the figure rises, and never lowered to let a change pass."""
    assert round(scores[file][kind].f1 * 100, 1) >= floor


def test_nothing_private_is_kept_here(database: Path) -> None:
    assert private_words_in(database) == 0
