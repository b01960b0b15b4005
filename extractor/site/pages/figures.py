"""The page FIGURES: one chart a view, drawn from its table; and the table as CSV."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from extractor.site.pages.chart_rows import cells, rows
from extractor.site.questions.charts import FiguresAsked
from extractor.site.questions.figures import VIEWS, chart, chart_csv

if TYPE_CHECKING:
    from datasette.utils.asgi import Response

    from extractor.site.visit import Visit

_LONGEST = 200  # characters of a name or of words


async def figures(visit: Visit) -> Response:
    """The page; with the suffix .csv, the table of its chart."""
    view = visit.argument("view")
    asked = FiguresAsked(
        view=view if view in VIEWS else next(iter(VIEWS)),
        jurisdictions=visit.arguments.get("j", ()),
        names=tuple(name[:_LONGEST] for name in visit.arguments.get("i", ())),
        words=visit.argument("q")[:_LONGEST],
        day=date.today().isoformat(),
    )
    found = await visit.ask(chart, asked)
    if visit.part("form"):
        headings = [visit.speech(f"figures.column_{name}") for name in (*found.columns, "link")]
        body = chart_csv(headings, (cells(visit, mark) for mark in found.marks))
        return visit.file(body, name=f"figures-{found.view}.csv", media_type="text/csv")
    state = {"view": asked.view, "j": asked.jurisdictions, "i": asked.names, "q": asked.words}
    return await visit.page(
        "figures",
        chart=found,
        rows=rows(visit, found),
        asked=asked,
        state=state,
        views=tuple(VIEWS),
        says=dict(found.says),
        active="figures",
    )
