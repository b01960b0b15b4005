"""What a reader typed → terms → a full-text query. Pure.

Words stand apart by spaces and all must occur; "…" or “…” is one word, spaces included; -word must not occur.
With synonyms, a word that belongs to a group of `synonyms.toml` may be any word of that group.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from extractor.search import spaced

MOST_TERMS: Final = 12
LONGEST: Final = 100
# -"家庭 托育" or “托育” or -托育: a minus, then a phrase in quotes or a run without spaces
_TERM = re.compile(r'(?P<minus>[-－])?(?:["“](?P<phrase>[^"”]*)(?:["”]|$)|(?P<word>[^\s"“]+))')


class Term(NamedTuple):
    """One word or phrase, with the words that may stand in its place (itself first)."""

    words: tuple[str, ...]
    excluded: bool = False


def terms(typed: str, *, synonyms: bool = False) -> tuple[Term, ...]:
    """The terms of `typed`, in their order; what goes beyond twelve of a hundred characters is left out.

    >>> terms('托育 -"家庭 托育"')
    (Term(words=('托育',), excluded=False), Term(words=('家庭 托育',), excluded=True))
    """
    found: list[Term] = []
    for match in _TERM.finditer(typed.replace("\0", "")[: MOST_TERMS * LONGEST]):
        word = (match["phrase"] if match["phrase"] is not None else match["word"]).strip()[:LONGEST]
        if word:
            others = load_synonyms().get(word.casefold(), ()) if synonyms else ()
            found.append(Term((word, *(each for each in others if each != word)), bool(match["minus"])))
    return tuple(dict.fromkeys(found))[:MOST_TERMS]


def fts(asked: Iterable[Term]) -> str | None:
    """The full-text query of `asked`; None where nothing is asked for (FTS5 cannot answer "all but …")."""
    asked = tuple(asked)
    wanted = [_any(term) for term in asked if not term.excluded]
    if not wanted:
        return None
    unwanted = [_any(term) for term in asked if term.excluded]
    query = " AND ".join(wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def marked(asked: Iterable[Term]) -> tuple[str, ...]:
    """The words to be marked in what was found, the longest first."""
    words = {word for term in asked if not term.excluded for word in term.words}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def load_synonyms() -> Mapping[str, tuple[str, ...]]:
    """Word → all words of its groups."""
    text = files("extractor.site").joinpath("synonyms.toml").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for group in tomllib.loads(text)["groups"]:
        for word in group["words"]:
            found[word.casefold()] = (*found.get(word.casefold(), ()), *group["words"])
    return found


def _any(term: Term) -> str:
    quoted = ['"' + spaced(word).replace('"', '""') + '"' for word in term.words]
    return f"({' OR '.join(quoted)})" if len(quoted) > 1 else quoted[0]
