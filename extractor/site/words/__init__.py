"""The words of the interface in Chinese and English, as data: one file a page, `common.toml` for all.

A key is the name of the file and of the entry, `home.due`; an entry is ["中文", "English"].
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Word(NamedTuple):
    """One label. `{name}` in it stands for a value."""

    zh: str
    en: str


class Speech(NamedTuple):
    """The interface in one language."""

    language: Language

    def __call__(self, key: str, /, **values: object) -> str:
        """The label `key`; raises KeyError where no file has it."""
        label = _labels(self.language)[key]
        return label.format(**values) if values else label

    def of(self, kind: str, value: object) -> str:
        """The label of a stored value: of("role", "lead") is 牵头; the value itself where there is none."""
        return _labels(self.language).get(f"{kind}.{value}") or str(value)


@cache
def _labels(language: Language) -> Mapping[str, str]:
    """Key → label. A page asks for thousands."""
    return {key: word.zh if language == "zh" else word.en for key, word in load_words().items()}


@cache
def load_words() -> Mapping[str, Word]:
    """Key → label, of all files."""
    found: dict[str, Word] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        page, _, suffix = file.name.rpartition(".")
        if suffix != "toml":
            continue
        for key, value in tomllib.loads(file.read_text("utf-8")).items():
            if isinstance(value, dict):
                found |= {f"{key}.{name}": Word(*pair) for name, pair in value.items()}
            else:
                found[f"{page}.{key}"] = Word(*value)
    return found
