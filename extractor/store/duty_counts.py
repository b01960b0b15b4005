"""How many clauses of each document name a sector or unit, in which role.

`duty_counts` is of documents; `duty_places` and `duty_totals` are its sums, made anew after each run.

A row of a task table that restates a clause of the body counts only where that does not name the unit itself.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from sqlite_utils import Database

from extractor.contract import load_contract
from extractor.model import Notice, Role, Unit

ROLES: tuple[Role, ...] = ("lead", "support", "implement", "guide", "responsible")
Count = tuple[str | int | None, ...]
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


class _Duty(NamedTuple):
    clause: Hashable
    unit: Unit
    role: Role


def duty_counts(notice: Notice, document_id: str) -> Iterator[Count]:
    """The rows of one document, columns in the contract's order."""
    ordered = sorted(notice.responsibilities, key=lambda duty: duty.clause)
    duties = [_Duty(duty.clause, duty.unit, duty.role) for duty in ordered]
    links = [(link.source, link.target) for link in notice.links]
    head = notice.head
    yield from _counts(duties, links, (document_id, head.jurisdiction_id, head.issued_on))


def recount(db: Database, document_id: str) -> None:
    """Make the rows of one document anew from its responsibilities. Inside a transaction of the caller."""
    duties = [_Duty(row[0], Unit(*row[1:4]), row[4]) for row in db.conn.execute(_DUTIES, (document_id,))]
    links = db.conn.execute(_LINKS, (f"{document_id}.", f"{document_id}/")).fetchall()
    head = db.conn.execute(
        "select id, jurisdiction_id, issued_on from documents where id = ?", (document_id,)
    ).fetchone()
    db.conn.execute("delete from duty_counts where document_id = ?", (document_id,))
    marks = ", ".join("?" * len(load_contract()["duty_counts"].names))
    db.conn.executemany(f"insert into duty_counts values ({marks})", list(_counts(duties, links, head)))


def _counts(
    duties: Iterable[_Duty],
    links: Iterable[tuple[Hashable, Hashable]],
    document: tuple[str, str | None, str | None],
) -> Iterator[Count]:
    """`duties` in reading order; `document`: id, jurisdiction, day of issue."""
    duties = tuple(duties)
    named: dict[Hashable, set[Unit]] = {}
    restated: dict[Hashable, list[Hashable]] = {}
    for duty in duties:
        named.setdefault(duty.clause, set()).add(duty.unit)
    for source, target in links:
        restated.setdefault(source, []).append(target)
    found: dict[tuple[str, str], tuple[str, dict[Hashable, set[Role]]]] = {}
    for clause, unit, role in duties:
        if any(unit in named.get(body, ()) for body in restated.get(clause, ())):
            continue
        for key in (("sector", unit.sector), ("unit", unit.canonical_name)):
            _, clauses = found.setdefault(key, (unit.sector, {}))
            clauses.setdefault(clause, set()).add(role)
    for (kind, name), (sector, clauses) in found.items():
        roles = [role for each in clauses.values() for role in each]
        yield (kind, name, sector, *document, len(clauses), *(roles.count(role) for role in ROLES))


def total(db: Database) -> None:
    """Make the sums anew. Inside a transaction of the caller."""
    for table, sums in (("duty_places", _PLACES), ("duty_totals", _TOTALS)):
        db.conn.execute(f"delete from {table}")
        db.conn.execute(sums)
