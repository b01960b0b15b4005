"""One fact or finding to be reviewed: its words in context, what the parser reads, what stands of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from extractor.corrections.model import Correction, Fact
from extractor.corrections.standing import Standing, standing
from extractor.site.questions.outline import Node, nodes_of, ways
from extractor.site.questions.reference import citation, short_place

ROUND: Final = 1500  # characters of a long clause shown before and after the words
MOST: Final = 1000  # of the words themselves
_HEAD = "select substr(title, 1, 300), substr(doc_number, 1, 100) from documents where id = ?"
_WORDS = "select substr(text, ? + 1, ?) from documents where id = ?"


class Context(NamedTuple):
    """A clause with the words that are meant in it; "" where they stand in another."""

    node: Node
    place: str  # 二（三）10
    before: str
    words: str
    after: str
    cut: bool  # there is more of the clause


class ReviewItem(NamedTuple):
    """What is reviewed, and its clause; then the clause in which its words stand, where that is another."""

    standing: Standing
    title: str | None
    citation: str
    contexts: tuple[Context, ...]


def review_item(db: sqlite3.Connection, name: str, in_force: Sequence[Correction]) -> ReviewItem | None:
    """The fact or finding `name`; None where the database has none."""
    found = standing(db, in_force, name)
    if found is None:
        return None
    document_id = found.document.subject.document_id
    title, number = db.execute(_HEAD, (document_id,)).fetchone()
    nodes = nodes_of(db, document_id)
    way = ways(nodes)
    steps = [each.step for each in way.get(found.fact.clause_id or "", ())]
    contexts = (
        _context(db, document_id, node, found.fact, short_place([each.step for each in way[node.id]]))
        for node in _holding(found.fact, nodes)
    )
    return ReviewItem(found, title, citation(title, number, steps), tuple(contexts))


def _holding(fact: Fact, nodes: Sequence[Node]) -> Iterator[Node]:
    """The clause of a fact, and where its words stand in no part of it, the clause in which they do."""
    own = next((node for node in nodes if node.id == fact.clause_id), None)
    if own is None:
        return
    yield own
    if fact.start is not None and not own.start <= fact.start < own.end:
        yield from (node for node in nodes if node.start <= fact.start < node.end)


def _context(db: sqlite3.Connection, document_id: str, node: Node, fact: Fact, place: str) -> Context:
    def words(start: int, end: int) -> str:
        (found,) = db.execute(_WORDS, (start, max(end - start, 0), document_id)).fetchone()
        return str(found)

    start, end = fact.start, fact.end
    if start is None or end is None or not node.start <= start < node.end:
        shown = min(node.end, node.start + 2 * ROUND)
        return Context(node, place, words(node.start, shown), "", "", shown < node.end)
    first, last = max(node.start, start - ROUND), min(node.end, end + ROUND)
    quoted = min(end, start + MOST)
    cut = first > node.start or last < node.end or quoted < end
    return Context(node, place, words(first, start), words(start, quoted), words(end, last), cut)
