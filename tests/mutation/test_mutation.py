"""The settings of mutation testing: what they name is there, and the copy is made as they say."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests.mutation import __main__ as mutation
from tests.mutation.__main__ import PARTS, REMEMBERS, RESULT, SKIPPED, TOP, prepared, sampled, score


@pytest.mark.parametrize("part", sorted(PARTS))
def test_what_a_part_names_is_there(part: str) -> None:
    assert all(any(TOP.glob(pattern)) for pattern in PARTS[part]["files"])
    assert all((TOP / path).is_file() for path in PARTS[part]["tests"])


def test_functions_that_remember_are_bare_in_the_copy() -> None:
    source = "@cache\ndef a(): ...\n\n@lru_cache(maxsize=4096)\ndef b(): ...\n\n    @property\n    def c(self): ...\n"
    assert (
        REMEMBERS.sub("", source) == "def a(): ...\n\ndef b(): ...\n\n    @property\n    def c(self): ...\n"
    )


def test_the_copy_has_the_settings_of_its_part(tmp_path: Path) -> None:
    place = prepared(tmp_path / "copy", PARTS["numerals"])
    settings = tomllib.loads((place / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    assert settings["only_mutate"] == ["extractor/numerals.py"]
    assert "@lru_cache" not in (place / "extractor" / "numerals.py").read_text("utf-8")
    assert "@lru_cache" in (TOP / "extractor" / "numerals.py").read_text("utf-8")


def test_what_no_test_reaches_is_not_noticed() -> None:
    said = "    extractor.a.x_b__mutmut_1: killed\n    extractor.a.x_b__mutmut_2: no tests\n    extractor.a.x_b__mutmut_3: survived\n    c: timeout\n"
    statuses = dict(RESULT.findall(said))
    assert statuses["extractor.a.x_b__mutmut_2"] == "no tests"
    assert score(statuses) == 50.0
    assert score({}) == 0.0


def test_a_sample_is_drawn_fairly_and_the_others_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"extractor.a.x_b__mutmut_{number}" for number in range(50)]
    noted = tmp_path / "mutants" / "extractor" / "a.py.meta"
    noted.parent.mkdir(parents=True)
    noted.write_text(json.dumps({"exit_code_by_key": dict.fromkeys(names), "kept": 1}), "utf-8")
    monkeypatch.setattr(mutation, "mutmut", lambda *words: None)
    monkeypatch.setattr(mutation, "all_changes", lambda place: dict.fromkeys(names, "not checked"))
    drawn = sampled(tmp_path, 10, 3)
    assert len(set(drawn)) == 10 and set(drawn) < set(names)
    assert drawn == sampled(tmp_path, 10, 3) != sampled(tmp_path, 10, 4)
    noted.write_text(json.dumps({"exit_code_by_key": dict.fromkeys(names), "kept": 1}), "utf-8")
    drawn = sampled(tmp_path, 10, 3)
    left = json.loads(noted.read_text("utf-8"))
    assert left["kept"] == 1
    assert left["exit_code_by_key"] == {name: None if name in drawn else SKIPPED for name in names}
    assert len(sampled(tmp_path, 500, 3)) == 50
