"""Facts to check by eye, drawn fairly: as many of each kind as can be, of as many notices as can be.

Guarantees: the same facts and the same seed give the same sample in the same order, whatever the order in
which notices were ingested; no fact is drawn twice; all are drawn where there are no more than asked for. Of
a large database only the notices that are drawn from are looked at, but for kinds that few notices have.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import cycle
from random import Random

from extractor.contract import FACT_TABLES, FactKind
from extractor.report.facts import KINDS

_OF_DOCUMENT = "select id from {table} where clause_id > ? and clause_id < ? order by id"


def sample(db: sqlite3.Connection, size: int, seed: int) -> list[tuple[FactKind, str]]:
    """The kinds and ids of at most `size` facts, in the order in which they were drawn."""
    documents = [name for (name,) in db.execute("select id from documents order by id")]
    drawn: list[tuple[FactKind, str]] = []
    sources = {kind: _drawn(db, kind, documents, Random(f"{seed} {kind}")) for kind in KINDS}
    for kind in cycle(KINDS):
        if len(drawn) >= size or not sources:
            break
        if kind in sources:
            name = next(sources[kind], None)
            if name is None:
                del sources[kind]
            else:
                drawn.append((kind, name))
    return drawn


def _drawn(db: sqlite3.Connection, kind: FactKind, documents: list[str], random: Random) -> Iterator[str]:
    """All facts of a kind in random order: one of each document, then another of each, and so on."""
    sql = _OF_DOCUMENT.format(table=FACT_TABLES[kind])
    order = random.sample(documents, len(documents))
    left: list[list[str]] = []
    for document in order:
        names = [name for (name,) in db.execute(sql, (f"{document}.", f"{document}/"))]
        random.shuffle(names)
        if names:
            yield names.pop()
            left.append(names)
    while left:
        left = [names for names in left if names]
        for names in left:
            yield names.pop()
