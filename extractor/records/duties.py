"""How many clauses of a notice name a sector or unit, in which role: the rows of `duty_counts`.

A row of a task table that restates a clause of the body counts only where that does not name the unit itself.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from extractor.model import Notice, Role, Unit

ROLES: tuple[Role, ...] = ("lead", "support", "implement", "guide", "responsible")
Count = tuple[str | int | None, ...]


class Duty(NamedTuple):
    clause: Hashable
    unit: Unit
    role: Role


def duty_counts(notice: Notice, document_id: str) -> Iterator[Count]:
    """The rows of one document, columns in the contract's order."""
    ordered = sorted(notice.responsibilities, key=lambda duty: duty.clause)
    duties = [Duty(duty.clause, duty.unit, duty.role) for duty in ordered]
    links = [(link.source, link.target) for link in notice.links]
    head = notice.head
    yield from counted(duties, links, (document_id, head.jurisdiction_id, head.issued_on))


def counted(
    duties: Iterable[Duty],
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
