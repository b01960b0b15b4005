"""The views of the page FIGURES, each one question."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable, Iterable, Mapping

from extractor.site.questions.charts import Chart, FiguresAsked
from extractor.site.questions.courses import time_line
from extractor.site.questions.heat import sectors_by_topic
from extractor.site.questions.links import citations, reuse
from extractor.site.questions.points import benefits, leave, targets
from extractor.spreadsheet import inert

QUERIES = 3
VIEWS: Mapping[str, Callable[[sqlite3.Connection, FiguresAsked], Chart]] = {
    "targets": targets,
    "benefits": benefits,
    "leave": leave,
    "heat": sectors_by_topic,
    "time": time_line,
    "cited": citations,
    "reuse": reuse,
}


def chart(db: sqlite3.Connection, asked: FiguresAsked) -> Chart:
    """The view that is asked for; the first where there is none of that name."""
    return VIEWS.get(asked.view, targets)(db, asked)


def chart_csv(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table as CSV. No cell begins a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(headings)
    writer.writerows(map(inert, row) for row in rows)
    return stream.getvalue()
