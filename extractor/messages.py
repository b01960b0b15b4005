"""Words for a person, in English, that can be said in another language where they are shown.

A message keeps the sentence it was made of, with places for values, beside the values: a catalogue has
the same sentence in another language. Nothing here knows of catalogues: see `extractor.language`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Trouble(Exception):
    """What is wrong, a template of `values`: `message` names the file, the place and the remedy."""

    def __init__(self, words: str, /, **values: object) -> None:
        self.message = message(words, values)
        super().__init__(self.message)


class Message(str):
    """A sentence filled with values: a str in English that remembers both.

    Values are messages, text and numbers; whatever else is kept as its text, an error that has a message
    as that. Survives pickle, so that a worker's message can be said in the language of who reads it.

    >>> said = Message("{file} has {count:,} pages.", file="a.pdf", count=1200)
    >>> said, said.template
    ('a.pdf has 1,200 pages.', '{file} has {count:,} pages.')
    """

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, /, **values: object) -> Message:
        kept = {name: _kept(value) for name, value in values.items()}
        self = super().__new__(cls, template.format(**kept))
        self.template, self.values = template, kept
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), dict(self.values)


def _kept(value: object) -> str | int | float:
    if isinstance(value, Trouble):
        return value.message
    return value if isinstance(value, (str, int, float)) else str(value)


def message(words: str, values: Mapping[str, object] | None = None) -> Message:
    """A template filled with `values`; what is a message already as it is."""
    return words if isinstance(words, Message) else Message(words, **(values or {}))
