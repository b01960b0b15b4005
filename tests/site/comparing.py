"""A database of the shipped notices with topics and pairs, for the pages that put notices side by side."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from extractor.compare.update import update
from extractor.model import Notice
from extractor.pipeline import read
from tests.stored import built

CORPORA = Path(__file__).parents[2] / "corpora"


def compared(folder: Path, notices: Iterable[Notice] | None = None) -> Path:
    """`notices`, by default those of `corpora`, with topics and pairs."""
    own = [read(file) for file in sorted(CORPORA.glob("*.txt"))] if notices is None else notices
    path = built(folder, own, "policies.db")
    with closing(sqlite3.connect(path)) as db:
        update(db)
    return path
