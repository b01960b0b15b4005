"""Search: words in clauses, narrowed by facets. `/-/s?q=…`, and the same as `/-/s.csv` and `/-/s.json`."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from io import StringIO
from typing import TYPE_CHECKING, Any

from extractor.site.pages.fact_words import line
from extractor.site.questions.candidates import Asked
from extractor.site.questions.facets import FACETS
from extractor.site.questions.search import rows, valid_kind
from extractor.site.questions.search import search as find
from extractor.site.questions.terms import terms

if TYPE_CHECKING:
    from datasette.utils.asgi import Response

    from extractor.site.visit import Visit

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def search(visit: Visit) -> Response:
    """The page, or the file that its path asks for."""
    asked = _asked(visit)
    form = visit.part("form")
    if form:
        found = await visit.ask(lambda db: list(rows(db, asked)))
        return _file(visit, form, found)
    return await visit.page(
        "search",
        active="search",
        asked=asked,
        facets=FACETS,
        line=lambda fact: line(visit.speech, fact),
        state=_state(visit, asked),
        synonyms=bool(visit.argument("synonyms")),
        found=None if asked.empty else await visit.ask(find, asked),
    )


def _asked(visit: Visit) -> Asked:
    typed = visit.argument("q")[:400]
    page = visit.argument("page")[:4]
    return Asked(
        typed,
        terms(typed, synonyms=bool(visit.argument("synonyms"))),
        jurisdiction=visit.argument("jurisdiction"),
        topic=visit.argument("topic"),
        sector=visit.argument("sector"),
        kind=valid_kind(visit.argument("kind")),
        document=visit.argument("document"),
        in_force=bool(visit.argument("in_force")),
        day=visit.day,
        page=max(1, int(page)) if page.isdecimal() else 1,
    )


def _state(visit: Visit, asked: Asked) -> Mapping[str, Any]:
    """What is asked as the query string of its address: a page that can be sent and gone back to."""
    names = ("jurisdiction", "topic", "sector", "kind", "document")
    chosen = {name: getattr(asked, name) for name in names if getattr(asked, name)}
    flags = {name: "1" for name in ("synonyms", "in_force") if visit.argument(name)}
    day = {"day": asked.day} if visit.argument("day") and asked.in_force else {}
    return {"q": asked.typed} | chosen | flags | day


def _file(visit: Visit, form: str, found: list[dict[str, Any]]) -> Response:
    for row in found:
        row["url"] = visit.absolute(row["clause"].removesuffix(f".{row['ref']}"), row["ref"])
    if form == "json":
        body = json.dumps(found, ensure_ascii=False, indent=1)
        return visit.file(body, name="search.json", media_type="application/json")
    stream = StringIO(newline="")
    if found:
        writer = csv.DictWriter(stream, list(found[0]))
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in found)
    return visit.file(stream.getvalue(), name="search.csv", media_type="text/csv")


def _cell(value: Any) -> Any:
    """A value that a spreadsheet takes for words: what begins as a formula does is led by an apostrophe."""
    formula = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if formula else value
