"""What searches count clauses by: `clause_facets`, made anew where facts were changed in the database.

The rows say nothing that those of facts do not. But the facts of a thousand clauses that were found stand in
seven tables and their indexes, on pages apart; here is one short row a clause, beside those of its notice.
"""

from __future__ import annotations

from sqlite_utils import Database

from extractor.contract import FACT_TABLES
from extractor.records.facets import listed

_WITHIN = "x.clause_id >= :first and x.clause_id < :end"
_KINDS = " union ".join(
    f"select x.clause_id, '{kind}' from {table} x where {_WITHIN}" for kind, table in FACT_TABLES.items()
)
_SECTORS = f"""
select distinct x.clause_id, u.sector from responsibilities x cross join units u on u.id = x.unit_id
where {_WITHIN}
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
    found = listed(db.conn.execute(_KINDS, bounds), db.conn.execute(_SECTORS, bounds))
    db.conn.executemany(_PUT, found)
