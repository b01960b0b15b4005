"""The columns of a comparison: jurisdictions and their documents."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from extractor.messages import Trouble

# A notice of no jurisdiction stands in a column of its own.
_DOCUMENTS = """
select d.id, coalesce(d.title, d.id), coalesce(j.id, d.id), coalesce(j.name, d.title, d.id)
from documents d left join jurisdictions j on j.id = d.jurisdiction_id
where not exists (select 1 from works w where w.document_id = d.id and w.work_id != d.id) {chosen}
order by 3, d.issued_on, d.id
"""
_CHOSEN = """
and (d.jurisdiction_id in (select value from json_each(:codes))
  or (+d.jurisdiction_id is null and d.id in (select value from json_each(:codes))))
"""
_CODES = """
select n.key, coalesce(j.id, d.id) from json_each(?) n
left join jurisdictions j on j.id in (
  select id from jurisdictions where id = n.value
  union select id from jurisdictions where name = n.value
  union select id from jurisdictions where short_name = n.value
) and exists (select 1 from documents where jurisdiction_id = j.id)
left join documents d on d.id = n.value and d.jurisdiction_id is null
order by n.key
"""
_THERE = """
select name from jurisdictions where id in (select jurisdiction_id from documents) order by name limit 200
"""


class CompareError(Trouble):
    """A comparison that cannot be made. Names what was asked for and the remedy."""


class Column(NamedTuple):
    """A jurisdiction and its documents (ids and titles)."""

    id: str
    name: str
    documents: tuple[str, ...]
    titles: tuple[str, ...]


def columns(db: sqlite3.Connection, names: Sequence[str]) -> tuple[Column, ...]:
    """The columns of `names` (names or codes) in their order; without, all that have notices, by code.

    Raises `CompareError` where one of them is not in the database.
    """
    codes = _codes(db, names) if names else ()
    chosen, asked = (_CHOSEN, {"codes": json.dumps(codes)}) if names else ("", {})
    groups: dict[str, list[tuple[str, str, str]]] = {code: [] for code in codes}
    for document, title, code, name in db.execute(_DOCUMENTS.format(chosen=chosen), asked):
        groups.setdefault(code, []).append((document, title, name))
    return tuple(
        Column(code, own[0][2], tuple(row[0] for row in own), tuple(row[1] for row in own))
        for code, own in groups.items()
    )


def _codes(db: sqlite3.Connection, names: Sequence[str]) -> tuple[str, ...]:
    found: dict[int, list[str]] = defaultdict(list)
    for place, code in db.execute(_CODES, (json.dumps(list(names)),)):
        found[place] += [code] if code else []
    for place, name in enumerate(names):
        if not found[place]:
            there = "、".join(each for (each,) in db.execute(_THERE))
            raise CompareError(
                "no notice of {name} is in the database; there are {there}.", name=name, there=there
            )
    return tuple(dict.fromkeys(found[place][0] for place in range(len(names))))
