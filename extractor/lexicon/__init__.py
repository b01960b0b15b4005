"""Vocabulary as data: one loader, one frozen `Lexicon`. Words are data, grammar is code.

Each module here gives one part of the vocabulary as a frozen value read from a data file beside
it; nothing is read at import.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # each part reads its own file with the functions below
    from extractor.lexicon.divisions import Divisions
    from extractor.lexicon.measures import Measures
    from extractor.lexicon.notices import NoticeWords
    from extractor.lexicon.private import PrivateWords
    from extractor.lexicon.units import UnitNames


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All vocabulary, by what it names."""

    divisions: Divisions
    notices: NoticeWords
    units: UnitNames
    measures: Measures
    private: PrivateWords


def read_toml(name: str) -> dict[str, Any]:
    """The data file `name` of this package."""
    return tomllib.loads(files(__name__).joinpath(name).read_text("utf-8"))


def read_csv(name: str) -> list[dict[str, str]]:
    """The rows of the data file `name` of this package, keyed by its header line."""
    return list(csv.DictReader(StringIO(files(__name__).joinpath(name).read_text("utf-8"))))


@cache
def load() -> Lexicon:
    """The shipped vocabulary, read once a process."""
    from extractor.lexicon.divisions import load_divisions
    from extractor.lexicon.measures import load_measures
    from extractor.lexicon.notices import load_notices
    from extractor.lexicon.private import load_private_words
    from extractor.lexicon.units import load_units

    return Lexicon(load_divisions(), load_notices(), load_units(), load_measures(), load_private_words())
