"""How many clauses of each document name a sector or unit, in which role.

`duty_counts` is of documents; `duty_places` and `duty_totals` are its sums, made anew after each run.

A row of a task table that restates a clause of the body counts only where that does not name the unit itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

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


def duty_counts(notice: Notice, document_id: str) -> Iterator[Count]:
    """The rows of one document, columns in the contract's order."""
    named: dict[int, set[Unit]] = {}
    restated: dict[int, list[int]] = {}
    for duty in notice.responsibilities:
        named.setdefault(duty.clause, set()).add(duty.unit)
    for link in notice.links:
        restated.setdefault(link.source, []).append(link.target)
    found: dict[tuple[str, str], tuple[str, dict[int, set[Role]]]] = {}
    for duty in notice.responsibilities:
        unit = duty.unit
        if any(unit in named.get(body, ()) for body in restated.get(duty.clause, ())):
            continue
        for key in (("sector", unit.sector), ("unit", unit.canonical_name)):
            _, clauses = found.setdefault(key, (unit.sector, {}))
            clauses.setdefault(duty.clause, set()).add(duty.role)
    head = notice.head
    for (kind, name), (sector, clauses) in found.items():
        roles = [role for each in clauses.values() for role in each]
        yield (
            kind, name, sector, document_id, head.jurisdiction_id, head.issued_on, len(clauses),
            *(roles.count(role) for role in ROLES),
        )  # fmt: skip


def total(db: Database) -> None:
    """Make the sums anew. Inside a transaction of the caller."""
    for table, sums in (("duty_places", _PLACES), ("duty_totals", _TOTALS)):
        db.conn.execute(f"delete from {table}")
        db.conn.execute(sums)
