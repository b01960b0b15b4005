"""What searches count clauses by: `clause_facets`, made anew where facts were changed in the database.

The rows say nothing that those of facts do not. But the facts of a thousand clauses that were found stand in
seven tables and their indexes, on pages apart; here is one short row a clause, beside those of its notice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from extractor.contract import FACT_TABLES

_WITHIN = "x.clause_id >= :first and x.clause_id < :end"
_OF_KINDS = "\n".join(
    f"union select x.clause_id, 0, '{kind}' from {table} x where {_WITHIN}"
    for kind, table in FACT_TABLES.items()
)
_FACTS = f"""
select x.clause_id, 1, u.sector from responsibilities x cross join units u on u.id = x.unit_id where {_WITHIN}
{_OF_KINDS}
order by 1, 2, 3
"""
_WITHOUT = " and ".join(
    f"not exists (select 1 from {table} f where f.clause_id = x.clause_id)" for table in FACT_TABLES.values()
)
_CLEAR = f"delete from clause_facets as x where {_WITHIN} and {_WITHOUT}"
_PUT = """
insert into clause_facets values (?, ?, ?)
on conflict (clause_id) do update set kinds = excluded.kinds, sectors = excluded.sectors
"""
_EVERY = {"first": "", "end": "\U0010ffff"}


def gather(db: Database, document_id: str | None = None) -> None:
    """Bring the rows of one document, or of all, in line with its facts. Inside a transaction of the caller.

    A row that is there keeps its place among the others.
    """
    bounds = {"first": f"{document_id}.", "end": f"{document_id}/"} if document_id else _EVERY
    db.conn.execute(_CLEAR, bounds)
    found = db.conn.execute(_FACTS, bounds)
    db.conn.executemany(_PUT, _rows(found))


def _rows(found: Iterator[tuple[str, int, str]]) -> Iterator[tuple[str, str, str]]:
    """One row a clause of (clause, whether it is a sector, value), which come in this order."""
    for clause, own in groupby(found, itemgetter(0)):
        facets: tuple[list[str], list[str]] = ([], [])
        for _, of_sector, value in own:
            facets[of_sector].append(value)
        kinds, sectors = (json.dumps(values, ensure_ascii=False) for values in facets)
        yield clause, kinds, sectors
