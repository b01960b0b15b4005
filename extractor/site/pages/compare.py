"""The page COMPARE, and its table as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Response

from extractor.compare.table import CompareError
from extractor.site.questions.choices import clause_path
from extractor.site.questions.compare import (
    MOST_COLUMNS,
    MOST_TOPICS,
    CompareAsked,
    Comparison,
    comparison,
    comparison_file,
)
from extractor.site.visit import Refused

if TYPE_CHECKING:
    from extractor.site.visit import Visit

FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
}
_LONGEST = 200  # characters of a query


async def compare(visit: Visit) -> Response:
    """The page; with a suffix, the file."""
    asked = CompareAsked(
        jurisdictions=visit.arguments.get("j", ()),
        topics=visit.arguments.get("topic", ()),
        query=visit.argument("q")[:_LONGEST],
        pin=visit.argument("pin"),
        tab=visit.argument("tab"),
    )
    form = visit.part("form")
    if form:
        return await _file(visit, asked, form)
    answer = await visit.ask(comparison, asked)
    return await visit.page(
        "compare",
        answer=answer,
        state=_state(answer),
        forms=tuple(FORMS),
        most={"columns": MOST_COLUMNS, "topics": MOST_TOPICS},
        clause=lambda name: visit.link(clause_path(name)),
        active="compare",
    )


def _state(answer: Comparison) -> dict[str, object]:
    """The query string that shows the same table again."""
    asked = answer.asked
    return {"j": asked.jurisdictions, "topic": asked.topics, "q": asked.query, "pin": asked.pin}


async def _file(visit: Visit, asked: CompareAsked, form: str) -> Response:
    try:
        body = await visit.ask(comparison_file, asked, form)
    except CompareError as error:
        raise Refused(404, "compare.nothing", problem=error) from error
    headers = {"Content-Disposition": f'attachment; filename="compare.{form}"'}
    return Response(body=body, headers=headers, content_type=FORMS[form])
