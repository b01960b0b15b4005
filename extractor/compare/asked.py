"""A comparison for programs and notebooks: what `extractor compare` does, as a value."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from extractor.compare.columns import CompareError
from extractor.compare.details import detailed
from extractor.compare.table import Table
from extractor.compare.table import compare as table_of
from extractor.compare.topics import load_topics
from extractor.compare.update import update


def compare(
    database: Path | str,
    *,
    topic: str | None = None,
    query: str | None = None,
    jurisdictions: Sequence[str] = (),
    topics: Path | str | None = None,
) -> Table:
    """The same matter side by side: a row a matter, a column a jurisdiction, with figures, duties and gaps.

    Ask for a `topic` by name or id, or with a `query` for words that the clauses hold. `jurisdictions` are
    names or codes in the order of the columns; `topics` is a file with a list of topics in place of the one
    that the database has. What is not compared yet is put side by side first and kept in the database.
    `extractor.compare.files.write` makes a file of the table, `extractor.side_by_side` a DataFrame. Raises
    `CompareError` where a topic or jurisdiction is not in the database.

    >>> from extractor import compare, ingest
    >>> _ = ingest("corpora/xihu.txt", "corpora/zhangzhou.txt", database="policies.db")
    >>> table = compare("policies.db", topic="托位供给", jurisdictions=["漳州市", "西湖区"])
    >>> table.rows[0].matter, [column.name for column in table.columns]
    ('托位供给', ['漳州市', '南昌市西湖区'])
    """
    if (topic is None) == (not query):
        raise CompareError("Name either a topic or a query.")
    if not Path(database).is_file():
        raise CompareError(
            "{database}: there is no such database. Ingest some notices first.", database=database
        )
    with closing(sqlite3.connect(database)) as db:
        update(db, topics=load_topics(Path(topics)) if topics else None)
        found = table_of(db, topics=(topic,) if topic else (), query=query, jurisdictions=jurisdictions)
        return detailed(db, found)
