"""Who leads and who supports, matter by matter: a row a sector, a column a jurisdiction."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.compare.fact_rows import Shown

ROLES: Mapping[str, str] = {
    "lead": "牵头", "responsible": "责任", "support": "配合", "implement": "落实", "guide": "指导"
}  # fmt: skip
_OTHER = "其他"
# The clauses, and the rows of a task table that restate them: there stand the duties of many a plan.
_DUTIES = """
with place(clause, holder) as (
  select value, value from json_each(:clauses)
  union all select to_clause_id, from_clause_id from clause_links
  where kind = 'task_of' and to_clause_id in (select value from json_each(:clauses))
)
select place.clause, r.clause_id, coalesce(u.sector, :other), u.name, r.role from place
join responsibilities r on r.clause_id = place.holder join units u on u.id = r.unit_id
order by place.clause, r.clause_id, r.position, r.id
"""


class Duty(NamedTuple):
    """A unit and its role, one of `ROLES`, in a clause or the row of a task table that restates it."""

    unit: str
    role: str
    clause_id: str


class DutyRow(NamedTuple):
    """What the units of one sector do on a matter, a cell for each column."""

    matter: str
    sector: str
    cells: tuple[tuple[Duty, ...], ...]


def duty_rows(db: sqlite3.Connection, shown: Sequence[Shown], *, columns: int) -> tuple[DutyRow, ...]:
    """The duties in the clauses of `shown`: matters in their order, sectors that lead first. One query.

    A duty of a clause holds for each of its matters; a unit that has a role in several clauses is named once.
    """
    duties: dict[str, list[tuple[str, Duty]]] = defaultdict(list)
    clauses = json.dumps(list(dict.fromkeys(each.clause_id for each in shown)))
    for clause, holder, sector, unit, role in db.execute(_DUTIES, {"clauses": clauses, "other": _OTHER}):
        duties[clause].append((sector, Duty(unit, role, holder)))
    rows: dict[tuple[str, str], list[dict[tuple[str, str], Duty]]] = {}
    for each in shown:
        for sector, duty in duties[each.clause_id]:
            cells = rows.setdefault((each.matter, sector), [{} for _ in range(columns)])
            cells[each.column].setdefault((duty.unit, duty.role), duty)
    order = list(dict.fromkeys(each.matter for each in shown))
    found = [
        DutyRow(matter, sector, tuple(tuple(sorted(cell.values(), key=_rank)) for cell in cells))
        for (matter, sector), cells in rows.items()
    ]
    return tuple(sorted(found, key=lambda row: (order.index(row.matter), *_weight(row))))


def _rank(duty: Duty) -> int:
    return list(ROLES).index(duty.role)


def _weight(row: DutyRow) -> tuple[int, int, str]:
    """Sectors that lead in most columns first, then those that most columns name."""
    lead = sum(any(duty.role == "lead" for duty in cell) for cell in row.cells)
    return -lead, -sum(map(bool, row.cells)), row.sector
