"""Facts of one kind by what they are called: the names there are, and the facts of some of them.

However many facts a name has, no more rows are read than a chart has room for: of all places as they
were ingested, of chosen places from their newest notices.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from extractor.lexicon.families import parameters
from extractor.site.questions.charts import MOST_MARKS, RESTATED
from extractor.site.questions.choices import OF_PLACES
from extractor.site.questions.memory import remembered

EVERY: Final = "1"  # the condition of a table of which every fact counts
_NAMES: Final = 300  # names as printed that are looked at for choices
_MOST_DOCUMENTS: Final = 1000  # the newest of chosen places
_COUNTED = """
select name, documents from fact_names where kind = ? order by documents desc, facts desc, name
"""
_ROWS = """
select coalesce(d.jurisdiction_id, d.id), o.clause_id, o.quote, o.comparator, o.value, o.value_high, o.unit,
  {columns}
from (select f.* from {source} where {called} and {where} and not {restated} limit :most) o
join documents d on d.id = substr(o.clause_id, 1, instr(o.clause_id, '.') - 1)
order by {order}, o.id
"""
# `cross join` keeps the notices in front: a name may have facts in every other notice too.
_OF_DOCUMENTS = f"""
(select d.id from {OF_PLACES} order by d.issued_on desc, d.id limit {_MOST_DOCUMENTS}) a
cross join {{table}} f on f.clause_id > a.id || '.' and f.clause_id < a.id || '/'
"""
_CALLED = "(select value from json_each(:names))"


class Named(NamedTuple):
    """A table of facts. `names`: what a fact is called by, a later column where those before it are NULL.

    `counted` is its kind in `fact_names`, `where` tells which facts `f` count, `columns` and `order` what is
    asked of those found, `o`.
    """

    counted: str
    table: str
    names: tuple[str, ...]
    where: str
    columns: str
    order: str

    @property
    def name(self) -> str:
        """What a fact is called."""
        return self.names[0] if len(self.names) == 1 else f"coalesce({', '.join(self.names)})"

    @property
    def called(self) -> str:
        """The condition that a fact is called by one of `:names`; an index of each column serves it."""
        before = [
            " and ".join(f"{name} is null" for name in self.names[:at]) for at in range(len(self.names))
        ]
        parts = [
            f"{null} and {name} in {_CALLED}" if null else f"{name} in {_CALLED}"
            for null, name in zip(before, self.names, strict=True)
        ]
        return f"({' or '.join(parts)})"


@remembered
def names_of(db: sqlite3.Connection, kind: Named, words: str) -> tuple[tuple[str, int], ...]:
    """Names as printed that have all `words`, and in how many notices; of most first. One query at most."""
    wanted = words.split()
    found = (row for row in _every_name(db, kind) if all(word in row[0] for word in wanted))
    return tuple(islice(found, _NAMES))


@remembered
def _every_name(db: sqlite3.Connection, kind: Named) -> tuple[tuple[str, int], ...]:
    return tuple((name, documents) for name, documents in db.execute(_COUNTED, (kind.counted,)))


def rows_of(
    db: sqlite3.Connection, kind: Named, names: Sequence[str] | None, places: Iterable[str]
) -> list[Any]:
    """The facts with one of `names` (None: any), of `places` where there are some: one more than has room.

    (jurisdiction, clause, quote, comparator, value, value_high, unit, the columns of the kind). One query.
    """
    codes = list(places)
    sql = _ROWS.format(
        columns=kind.columns,
        source=_OF_DOCUMENTS.format(table=kind.table) if codes else f"{kind.table} f",
        called=f"{kind.name} is not null" if names is None else kind.called,
        where=kind.where,
        restated=RESTATED.format(column="f.clause_id"),
        order=kind.order,
    )
    asked = {"names": json.dumps(names), "places": json.dumps(codes), "most": MOST_MARKS + 1}
    return db.execute(sql, parameters() | asked).fetchall()
