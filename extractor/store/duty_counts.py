"""How many clauses of each document name a sector or unit, in which role.

`duty_counts` is of documents (see `extractor.records.duties`); `duty_places` and `duty_totals` are its sums,
made anew after each run.
"""

from __future__ import annotations

from sqlite_utils import Database

from extractor.contract import load_contract
from extractor.model import Unit
from extractor.records.duties import Duty, counted

_PLACES = """
insert into duty_places
select kind, name, coalesce(jurisdiction_id, document_id), count(*), sum(clauses),
  sum(lead), sum(support), sum(implement), sum(guide), sum(responsible)
from duty_counts group by 1, 2, 3
"""
_TOTALS = """
insert into duty_totals
select kind, name, min(sector), count(*), sum(clauses), sum(lead), sum(support)
from duty_counts group by kind, name
"""
_DUTIES = """
select r.clause_id, u.name, u.canonical_name, u.sector, r.role
from responsibilities r join units u on u.id = r.unit_id join clauses c on c.id = r.clause_id
where c.document_id = ? order by c.position, length(r.id), r.id
"""
_LINKS = """
select from_clause_id, to_clause_id from clause_links where from_clause_id >= ? and from_clause_id < ?
"""


def recount(db: Database, document_id: str) -> None:
    """Make the rows of one document anew from its responsibilities. Inside a transaction of the caller."""
    duties = [Duty(row[0], Unit(*row[1:4]), row[4]) for row in db.conn.execute(_DUTIES, (document_id,))]
    links = db.conn.execute(_LINKS, (f"{document_id}.", f"{document_id}/")).fetchall()
    head = db.conn.execute(
        "select id, jurisdiction_id, issued_on from documents where id = ?", (document_id,)
    ).fetchone()
    db.conn.execute("delete from duty_counts where document_id = ?", (document_id,))
    marks = ", ".join("?" * len(load_contract()["duty_counts"].names))
    db.conn.executemany(f"insert into duty_counts values ({marks})", list(counted(duties, links, head)))


def total(db: Database) -> None:
    """Make the sums anew. Inside a transaction of the caller."""
    for table, sums in (("duty_places", _PLACES), ("duty_totals", _TOTALS)):
        db.conn.execute(f"delete from {table}")
        db.conn.execute(sums)
