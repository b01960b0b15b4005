"""Exact search for Chinese words in stock SQLite.

FTS5 has no tokenizer that cuts Chinese into characters: unicode61 makes one token of a whole run, trigram
finds no word of one or two characters. So the index is built of text whose characters stand apart, and a word
is searched as the phrase of its characters. Punctuation is a token like any other (a line break too, and a
space as ␠): a phrase never reaches across it, and a word is found exactly where LIKE finds it.

`match '托育'` as it stands therefore finds nothing (SQLite makes one token of it): write `match '"托 育"'`,
or `match fts_query('托育')` where that function is at hand (the site and `search` have it).

Standard library only: the store and the site both build on it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

# Each character but the space is part of a token, and no accent is lost.
TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Z* C*' separators ' '"
SPACE = "␠"  # stands for a space of the text

# "托育 服务" (a phrase as it stands) or 托育 (a word); a quote that is not closed ends with the query
_TERM = re.compile(r'"([^"]*)(?:"|$)|([^\s"]+)')


class Hit(NamedTuple):
    """A clause and its rank: smaller is better (bm25)."""

    clause_id: str
    rank: float


def spaced(text: str) -> str:
    """The characters of `text`, apart: 托育。 → 托 育 。"""
    return " ".join(text.replace(" ", SPACE))


def fts_query(words: str) -> str:
    """Words as people type them → an FTS5 query: every word must occur; "…" is one word, spaces included.

    >>> fts_query('托育 补贴')
    '"托 育" "补 贴"'
    """
    return " ".join('"' + spaced(term).replace('"', '""') + '"' for term in terms(words))


def terms(words: str) -> tuple[str, ...]:
    """Words as people type them → what must occur: each word, and each phrase in quotes with its spaces."""
    found = (phrase or word for phrase, word in _TERM.findall(words.replace("\0", "")))
    return tuple(term for term in found if term.strip())


def contains(text: str, term: str) -> bool:
    """Whether the index finds `term` in `text`: as it stands, whatever its case.

    For the clauses of a few notices this costs less than the index, which is made for all.
    """
    return term.lower() in text.lower()


def search(connection: sqlite3.Connection, words: str, *, limit: int = 100, offset: int = 0) -> Iterator[Hit]:
    """The clauses that contain every word of `words`, best first."""
    query = fts_query(words)
    if not query:
        return
    sql = """
        select clauses.id, hits.rank from
          (select rowid, rank from clauses_fts where clauses_fts match ? order by rank limit ? offset ?) hits
        join clauses on clauses.rowid = hits.rowid order by hits.rank, clauses.id
    """
    for row in connection.execute(sql, (query, limit, offset)):
        yield Hit(*row)


def register(connection: sqlite3.Connection) -> None:
    """Make `fts_query(words)` a function of SQL on this connection."""
    connection.create_function("fts_query", 1, _optional_query, deterministic=True)


def _optional_query(words: str | None) -> str | None:
    return None if words is None else fts_query(str(words))
