"""In how many documents indicators, leave and sums for families are named: `fact_names`, made after each run.

Rows of a task table that restate a clause of the body are left out.
"""

from __future__ import annotations

from sqlite_utils import Database

from extractor.lexicon.families import OF_FAMILIES, parameters

_LONGEST = 200  # characters of a name
# Kind, table, what a fact is called by, which facts count.
_NAMES = (
    ("target", "targets", "f.indicator", "1"),
    ("duration", "durations", "f.subject", "1"),
    ("benefit", "amounts", "coalesce(f.purpose, f.action)", OF_FAMILIES),
)
_COUNT = f"""
insert into fact_names
select '{{kind}}', substr({{column}}, 1, {_LONGEST}),
  count(distinct substr(f.clause_id, 1, instr(f.clause_id, '.') - 1)), count(*)
from {{table}} f where {{column}} is not null and {{where}} and not exists (
  select 1 from clause_links l where l.from_clause_id = f.clause_id and l.kind = 'task_of'
)
group by 2
"""


def count_names(db: Database) -> None:
    """Make the table anew. Inside a transaction of the caller."""
    db.conn.execute("delete from fact_names")
    for kind, table, column, where in _NAMES:
        sql = _COUNT.format(kind=kind, table=table, column=column, where=where)
        db.conn.execute(sql, parameters())
