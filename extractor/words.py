"""Chinese words for what works by words, as spaCy does: the only user of jieba.

Words are evidence, never facts: facts are found in characters, since a segmenter may cut a name (由市/发展/
改革/委). The segmenter is this module's own, with the names of offices and the topics of the genre in its
dictionary; the one that jieba shares with other programs in the process is left alone.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING

from extractor.lexicon import read_csv, read_toml

if TYPE_CHECKING:
    from jieba import Tokenizer


@cache
def tokenizer() -> Tokenizer:
    """The project's own segmenter, built once a process (about half a second)."""
    import jieba

    jieba.default_logger.setLevel(logging.WARNING)
    own = jieba.Tokenizer()
    own.initialize()
    for word in sorted(vocabulary()):
        own.add_word(word)
    return own


@cache
def vocabulary() -> frozenset[str]:
    """The words of the project: topics of every sector, and offices in short (卫健, 卫健委, 卫健局)."""
    data = read_toml("words.toml")
    topics = {word for words in data["topics"].values() for word in words.split()}
    offices = set()
    for row in read_csv("units.csv"):
        names = {row["canonical"], *row["names"].split()}
        offices |= names
        if row["kind"] == "field":
            offices |= {name + suffix for name in names for suffix in data["offices"]["suffixes"].split()}
    return frozenset(word for word in topics | offices if len(word) > 1)


def words(text: str) -> tuple[str, ...]:
    """The words of `text` with all that stands between them: joined they are `text` again."""
    return tuple(tokenizer().cut(text))
