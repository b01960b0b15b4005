"""The heat map of a unit as HTML: hundreds of cells, each with its address and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from extractor.site.questions.choices import Place
from extractor.site.questions.unit_map import MapRow
from extractor.site.rendering import inert

if TYPE_CHECKING:
    from extractor.site.visit import Visit


class Cell(NamedTuple):
    """A cell as HTML: where it leads, what it says when it is pointed at, its style and its counts."""

    href: str
    title: str
    style: str
    counts: str


class Row(NamedTuple):
    """A topic (as it stands) and its cells; None where there is nothing."""

    name: str
    cells: tuple[Cell | None, ...]


def heat_rows(
    visit: Visit, heat: tuple[MapRow, ...], columns: tuple[Place, ...], link: Callable[[str, str], str]
) -> Iterator[Row]:
    """The rows of the map; `link` gives the address of a topic (id) in a place (code)."""
    for row in heat:
        own = [(place, count) for place, count in zip(columns, row.cells, strict=True) if count]
        words = inert(
            words
            for place, count in own
            for words in (link(row.id, place.id), _title(visit, row, place, count))
        )
        cells = {
            place.id: Cell(words[2 * at], words[2 * at + 1], _style(count), _counts(count))
            for at, (place, count) in enumerate(own)
        }
        yield Row(row.name, tuple(cells.get(place.id) for place in columns))


def _title(visit: Visit, row: MapRow, place: Place, count: tuple[int, int, int]) -> str:
    every, lead, support = count
    return visit.speech(
        "unit.heat_cell", topic=row.name, place=place.label, lead=lead, support=support, all=every
    )


def _style(count: tuple[int, int, int]) -> str:
    _, lead, support = count
    return f"lead-{min(lead, 4)}" if lead else "support" if support else "other"


def _counts(count: tuple[int, int, int]) -> str:
    every, lead, support = count
    return f"{lead}／{support}／{every}"
