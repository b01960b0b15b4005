"""The words of the report in Chinese and English, as data: its own, and the site's names of stored values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

_SHARED = ("common.toml", "document.toml", "findings.toml")


class Word(NamedTuple):
    """One label. `{name}` in it stands for a value."""

    zh: str
    en: str

    def with_values(self, **values: object) -> Word:
        """The label with its values in their places."""
        return Word(self.zh.format(**values), self.en.format(**values))


@cache
def load_words() -> Mapping[str, Word]:
    """Key → label; the value of a stored column as `column.value`."""
    top = files("extractor")  # the site's words are read as data: its package would bring Datasette with it
    own = _entries(top.joinpath("report", "words.toml"))
    shared: dict[str, Word] = {}
    for name in _SHARED:
        found = _entries(top.joinpath("site", "words", name))
        shared |= {key: word for key, word in found.items() if "." in key}
    return shared | own


def _entries(file: Traversable) -> dict[str, Word]:
    found: dict[str, Word] = {}
    for key, value in tomllib.loads(file.read_text("utf-8")).items():
        if isinstance(value, dict):
            found |= {f"{key}.{name}": Word(*pair) for name, pair in value.items()}
        else:
            found[key] = Word(*value)
    return found


def value_of(column: str, value: object) -> Word:
    """The label of a stored value: value_of("role", "lead") is 牵头; the value itself where there is none."""
    return load_words().get(f"{column}.{value}", Word(str(value), str(value)))
