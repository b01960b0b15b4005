"""The picture in ARCHITECTURE.md is that of the code, and no import goes against the stated direction."""

from __future__ import annotations

import re

import pytest

from tests.docs import structure


def test_the_picture_is_that_of_the_code() -> None:
    assert structure.PICTURE.read_text("utf-8") == structure.picture(), "run `python -m tests.docs`"


def test_no_import_goes_against_the_stated_direction() -> None:
    assert not structure.against(structure.layers(), structure.imports())


def test_every_import_is_in_the_description_of_the_picture() -> None:
    found = structure.imports()
    assert len(found) > 50
    said = re.search("<desc>(.*)</desc>", structure.picture())
    assert said is not None
    assert set(said[1].split("; ")) == {f"{a} → {b}" for a, b in found}


@pytest.mark.parametrize(
    ("imports", "wrong"),
    [
        ([("cli", "model")], []),
        ([("model", "cli")], [("model", "cli")]),
        ([("text", "sources")], [("text", "sources")]),  # beside each other
        ([("cli", "newcomer")], [("cli", "newcomer")]),  # in no row
    ],
)
def test_what_goes_against_the_direction_is_named(
    imports: list[structure.Import], wrong: list[structure.Import]
) -> None:
    assert structure.against((("cli",), ("text", "sources"), ("model",)), imports) == wrong


def test_what_a_chain_says_already_is_not_drawn() -> None:
    assert structure.essential([("a", "b"), ("b", "c"), ("a", "c"), ("a", "d")]) == [
        ("a", "b"),
        ("a", "d"),
        ("b", "c"),
    ]


def test_every_package_has_its_line_in_the_architecture() -> None:
    page = (structure.TOP / "docs" / "ARCHITECTURE.md").read_text("utf-8")
    lines = re.findall(r"^\| ((?:`\w+`[, ]*)+) \|", page, re.MULTILINE)
    named = set(re.findall(r"`(\w+)`", " ".join(lines)))
    assert named == {name for pair in structure.imports() for name in pair}


def test_every_place_for_a_change_is_there() -> None:
    page = (structure.TOP / "docs" / "ARCHITECTURE.md").read_text("utf-8")
    table = page.partition("| to change | go to |")[2]
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \|$", table, re.MULTILINE)
    named = re.findall(r"`([\w*./]+(?:/|\.\w+))`", " ".join(rows))
    assert len(named) > 10
    package = structure.TOP / "extractor"
    beside = [package, *(path for path in package.iterdir() if path.is_dir())]
    missing = [name for name in named if not any(any(folder.glob(name.rstrip("/"))) for folder in beside)]
    assert not missing


def test_every_long_module_has_its_reason_in_the_architecture() -> None:
    page = (structure.TOP / "docs" / "ARCHITECTURE.md").read_text("utf-8")
    reasons = re.search(r"modules are longer than 300 lines: (.*?)\n\n", page, re.DOTALL)
    assert reasons
    modules = (structure.TOP / "extractor").rglob("*.py")
    long = {path for path in modules if len(path.read_text("utf-8").splitlines()) > 300}
    assert {str(path.relative_to(structure.TOP)) for path in long} <= set(
        re.findall(r"`([\w/.]+\.py)`", reasons[1])
    )
