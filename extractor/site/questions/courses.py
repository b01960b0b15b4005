"""The time line: how long notices are in force, and when what they ask for is due."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from extractor.site.questions.charts import RESTATED, Chart, Coded, FiguresAsked, Mark
from extractor.site.questions.choices import OF_PLACES, Place, chosen, clause_path, listed, places
from extractor.site.questions.validity import STATE

MOST_PLACES = 8
_MOST_DOCUMENTS, _MOST_DEADLINES = 40, 300
_DOCUMENTS = f"""
select coalesce(d.jurisdiction_id, d.id), d.id, substr(coalesce(d.title, d.id), 1, 200),
  substr(d.doc_number, 1, 60), {STATE}, coalesce(d.effective_from, d.issued_on), d.effective_until
from {OF_PLACES}
order by d.issued_on desc, d.id limit {_MOST_DOCUMENTS}
"""
_DEADLINES = f"""
select l.clause_id, l.due, substr(l.task, 1, 200), substr(l.quote, 1, 200)
from json_each(:documents) d
join deadlines l on l.clause_id > d.value || '.' and l.clause_id < d.value || '/'
where not {RESTATED.format(column="l.clause_id")}
order by l.due like '--%', l.due, l.clause_id limit {_MOST_DEADLINES}
"""
COLUMNS = ("place", "document", "kind", "from", "until", "task")


def time_line(db: sqlite3.Connection, asked: FiguresAsked) -> Chart:
    """The newest notices of the chosen places with their deadlines. Three queries.

    A year stands for its last day, as in 到2025年; what is due every year has no place on the line.
    """
    every = places(db)
    own = chosen(every, asked.jurisdictions, most=MOST_PLACES)
    codes = json.dumps([place.id for place in own])
    documents = db.execute(_DOCUMENTS, {"places": codes, "day": asked.day}).fetchall()
    names = json.dumps([row[1] for row in documents])
    deadlines = db.execute(_DEADLINES, {"documents": names}).fetchall()
    known = {place.id: place for place in own}
    marks = [mark for row in documents for mark in _of_document(row, known[row[0]], deadlines)]
    says = (("documents", len(documents)), ("deadlines", len(deadlines)))
    return Chart("time", "spans", COLUMNS, tuple(marks), listed(every, own), own, says=says)


def _of_document(row: tuple[Any, ...], place: Place, deadlines: list[tuple[Any, ...]]) -> list[Mark]:
    _, document, title, number, state, since, until = row
    lane = f"{place.label} {number or title}"
    cells = (place.label, title, Coded("validity", state), since or "", until or "", "")
    span = Mark(cells, f"/-/d/{document}", lane, since, until, symbol="validity", label=state, hue=place.hue)
    due = [
        Mark(
            (place.label, title, Coded("fact", "deadline"), "", said, task or quote),
            clause_path(clause), lane, _day(said), symbol="deadline", label=said, hue=place.hue,
        )
        for clause, said, task, quote in deadlines if clause.startswith(f"{document}.")
    ]  # fmt: skip
    return [span, *due]


def _day(due: str) -> str | None:
    """A date for a place on the line: 2025 → 2025-12-31; --11-30 → None."""
    if due.startswith("--"):
        return None
    return f"{due}-12-31" if len(due) == 4 else due
