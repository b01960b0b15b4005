"""Whether a notice is in force on a day. One rule, in SQL, for every page."""

from __future__ import annotations

from typing import Final, Literal

State = Literal["in_force", "trial", "pending", "draft", "expired", "repealed", "unstated"]
STATES: Final[tuple[State, ...]] = (
    "in_force",
    "trial",
    "pending",
    "draft",
    "expired",
    "repealed",
    "unstated",
)

# Of `documents d` on `:day`. A draft binds nobody; where no first day is stated, it is the day of issue; what
# another notice repealed is known where the notices were compared.
STATE: Final = """
case
  when d.status = 'draft' then 'draft'
  when exists (
    select 1 from document_states s where s.document_id = d.id and s.state = 'repealed' and s.start <= :day
  ) then 'repealed'
  when d.effective_until < :day then 'expired'
  when coalesce(d.effective_from, d.issued_on) > :day then 'pending'
  when d.status = 'trial' then 'trial'
  when coalesce(d.effective_from, d.issued_on) is null then 'unstated'
  else 'in_force'
end
"""
# A trial without a day is in force for all that is known; a notice that states no day at all is not.
IN_FORCE: Final = f"({STATE}) in ('in_force', 'trial')"
