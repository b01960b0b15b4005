"""Chinese words for search and keywords: the only user of jieba.

Words are evidence, never facts: facts are found in characters, since a segmenter may cut a name (由市/发展/
改革/委). The segmenter is this module's own, with the names of offices and the topics of the genre in its
dictionary; the one that jieba shares with other programs in the process is left alone.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.lexicon import read_csv, read_toml

if TYPE_CHECKING:
    from jieba import Tokenizer
    from jieba.analyse import TFIDF


class Keyword(NamedTuple):
    """A word and how much it says of its text (tf–idf, in no unit)."""

    word: str
    weight: float


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


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing of a subject."""
    return frozenset(read_toml("words.toml")["stop"]["words"].split())


def words(text: str) -> tuple[str, ...]:
    """The words of `text` with all that stands between them: joined they are `text` again."""
    return tuple(tokenizer().cut(text))


def query_words(query: str) -> tuple[str, ...]:
    """What to look for of a question, in its order, each once; its very words where all are stop words.

    >>> query_words("西湖区的托育补贴是多少？")
    ('西湖区', '托育', '补贴')
    """
    parts = [word for word in map(str.strip, words(query)) if word and any(map(str.isalnum, word))]
    telling = [word for word in parts if word not in stop_words()]
    return tuple(dict.fromkeys(telling or parts))


def keywords(text: str, *, limit: int = 20) -> tuple[Keyword, ...]:
    """The `limit` words of two characters and more that say most of `text`, the strongest first."""
    found = _keyword_finder().extract_tags(text, topK=None, withWeight=True)
    telling = (Keyword(word, weight) for word, weight in found if _tells(word))
    return tuple(sorted(telling, key=lambda k: (-k.weight, k.word))[:limit])


def _tells(word: str) -> bool:
    return word not in stop_words() and not any(map(str.isdecimal, word))


@cache
def _keyword_finder() -> TFIDF:
    from jieba.analyse import TFIDF

    finder = TFIDF()
    finder.tokenizer = tokenizer()
    return finder
