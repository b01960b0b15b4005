"""The page UNIT: what one unit or sector has to do; and the index of sectors and units."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from extractor.site.pages.heat_cells import heat_rows
from extractor.site.questions.choices import clause_path
from extractor.site.questions.unit import ROLES, UnitAsked, duties
from extractor.site.questions.units import index
from extractor.site.rendering import quoted
from extractor.site.visit import Refused

if TYPE_CHECKING:
    from datasette.utils.asgi import Response

    from extractor.site.visit import Visit

_LAST_PAGE = 10_000


async def units(visit: Visit) -> Response:
    """The index, narrowed by `?q=`."""
    words = visit.argument("q")[:100]
    return await visit.page("units", index=await visit.ask(index, words), words=words, active="units")


async def unit(visit: Visit) -> Response:
    """One sector or unit, by `?j=`, `?role=` and `?topic=`."""
    page = visit.argument("page")
    asked = UnitAsked(
        name=visit.part("unit"),
        jurisdictions=visit.arguments.get("j", ()),
        role=visit.argument("role") if visit.argument("role") in ROLES else "",
        topic=visit.argument("topic"),
        page=min(max(int(page), 1), _LAST_PAGE) if page.isascii() and page.isdigit() and len(page) < 9 else 1,
    )
    found = await visit.ask(duties, asked)
    if found is None:
        raise Refused(404, "unit.nothing", name=asked.name[:80])
    path = f"/-/u/{quote(asked.name, safe='')}"
    state = {"j": asked.jurisdictions, "role": asked.role, "topic": asked.topic}
    of_role, of_state = (
        _more(visit, path, role=asked.role),
        _more(visit, path, j=asked.jurisdictions, role=asked.role),
    )

    def cell(topic: str, place: str) -> str:
        return f"{of_role}topic={quoted(topic)}&j={quoted(place)}#duties"

    return await visit.page(
        "unit", asked=asked, found=found, state=state, roles=ROLES, active="units",
        heat=tuple(heat_rows(visit, found.heat, found.columns, cell)),
        role_names={role: visit.speech.of("role", role) for role in ROLES},
        to_topic=lambda topic: f"{of_state}topic={quoted(topic)}",
        clause=lambda name: visit.link(clause_path(name)),
    )  # fmt: skip


def _more(visit: Visit, path: str, **query: object) -> str:
    """The address of `path` and `query`, to which another name and value can be put."""
    address = visit.link(path, **query)
    return f"{address}{'&' if '?' in address else '?'}"
