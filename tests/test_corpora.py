"""The corpus is what its manifest says it is."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

from extractor.scores import KINDS

CORPORA = Path(__file__).parent.parent / "corpora"
MANIFEST = tomllib.loads((CORPORA / "manifest.toml").read_text("utf-8"))


def test_every_notice_is_in_the_manifest_byte_for_byte() -> None:
    assert {entry["source"] for entry in MANIFEST.values()} == {path.name for path in CORPORA.glob("*.txt")}
    for entry in MANIFEST.values():
        assert hashlib.sha256((CORPORA / entry["source"]).read_bytes()).hexdigest() == entry["sha256"]


def test_every_notice_has_gold_of_the_same_bytes() -> None:
    for entry in MANIFEST.values():
        gold = json.loads((CORPORA / entry["gold"]).read_text("utf-8"))
        assert (gold["source"], gold["sha256"]) == (entry["source"], entry["sha256"])


def test_floors_are_of_known_kinds() -> None:
    floors = tomllib.loads((CORPORA / "floors.toml").read_text("utf-8"))
    assert floors.keys() <= set(KINDS)
