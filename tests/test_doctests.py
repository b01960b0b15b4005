"""The examples in docstrings give what they say. They run in a folder that has `corpora`."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
MODULES = sorted(
    ".".join(path.relative_to(TOP).with_suffix("").parts).removesuffix(".__init__")
    for path in (TOP / "extractor").rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)


def test_modules_with_examples_are_found() -> None:
    assert {"extractor", "extractor.library", "extractor.frames", "extractor.compare.asked"} <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_module(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpora").symlink_to(TOP / "corpora")
    monkeypatch.chdir(tmp_path)
    done = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert done.attempted and not done.failed
