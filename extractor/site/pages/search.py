"""Search: words in clauses, narrowed by facets. `/-/s?q=…`, and the same as `/-/s.csv` and `/-/s.json`."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from datasette.utils.asgi import Forbidden

from extractor.site import access
from extractor.site.pages.fact_words import chips
from extractor.site.questions.candidates import Asked, count
from extractor.site.questions.facets import FACETS
from extractor.site.questions.search import MOST, rows, valid_kind
from extractor.site.questions.search import search as find
from extractor.site.questions.terms import terms
from extractor.site.visit import Refused
from extractor.spreadsheet import inert

if TYPE_CHECKING:
    from datasette.utils.asgi import Response

    from extractor.site.visit import Visit


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
        chips=lambda facts: chips(visit.speech, facts),
        state=_state(visit, asked),
        synonyms=bool(visit.argument("synonyms")),
        found=None if asked.empty else await visit.ask(find, asked),
        elsewhere=() if asked.empty else await _elsewhere(visit, asked),
        most=MOST,
    )


class Elsewhere(NamedTuple):
    """Another database that is served: how many of its clauses are found, and where they are shown."""

    name: str
    clauses: int
    href: str


async def _elsewhere(visit: Visit, asked: Asked) -> tuple[Elsewhere, ...]:
    """What the same search finds in the other databases that are served, most first."""
    others = [replace(visit, database=name) for name in visit.databases if name != visit.database]
    counts = await asyncio.gather(*(_count(other, asked) for other in others))
    found = sorted(zip(counts, others, strict=True), key=lambda pair: (-pair[0], pair[1].database))
    return tuple(
        Elsewhere(other.database, clauses, other.link("/-/s", **_state(other, asked)))
        for clauses, other in found
        if clauses
    )


async def _count(other: Visit, asked: Asked) -> int:
    """0 where the database may not be read, is too old for the question or takes too long."""
    try:
        await access.ensure(other.datasette, other.request.actor, other.database)
        return await other.ask(count, asked, most=MOST)
    except (Forbidden, Refused):
        return 0


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
    return inert(value) if isinstance(value, str) else value
