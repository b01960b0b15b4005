"""In how many documents an indicator or a kind of leave is named: `fact_names`, made anew after each run.

Rows of a task table that restate a clause of the body are left out.
"""

from __future__ import annotations

from sqlite_utils import Database

_LONGEST = 200  # characters of a name
_NAMES = (("target", "targets", "indicator"), ("duration", "durations", "subject"))
_COUNT = f"""
insert into fact_names
select '{{kind}}', substr({{column}}, 1, {_LONGEST}),
  count(distinct substr(f.clause_id, 1, instr(f.clause_id, '.') - 1)), count(*)
from {{table}} f where {{column}} is not null and not exists (
  select 1 from clause_links l where l.from_clause_id = f.clause_id and l.kind = 'task_of'
)
group by 2
"""


def count_names(db: Database) -> None:
    """Make the table anew. Inside a transaction of the caller."""
    db.conn.execute("delete from fact_names")
    for kind, table, column in _NAMES:
        db.conn.execute(_COUNT.format(kind=kind, table=table, column=column))
