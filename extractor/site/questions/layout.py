"""A part of a notice as it reads: clauses as paragraphs, tables as grids, facts marked in both. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from extractor.site.questions.facts import Fact
from extractor.site.questions.grids import Grid, Place
from extractor.site.questions.outline import PART, Node
from extractor.site.questions.passages import Paragraph, paragraphs

_GAP: Final = 2  # a line break or a space may stand between a marker and its heading


class CellView(NamedTuple):
    """A cell and the columns it covers."""

    paragraphs: tuple[Paragraph, ...]
    span: int


class RowView(NamedTuple):
    """A row of a grid; `node` is the clause that it is, where it is one."""

    node: Node | None
    cells: tuple[CellView, ...]


class Block(NamedTuple):
    """Paragraphs of a clause, or a grid in it (without paragraphs). `first`: the clause begins here."""

    node: Node
    first: bool
    paragraphs: tuple[Paragraph, ...] = ()
    rows: tuple[RowView, ...] = ()
    left_out: int = 0  # characters of a clause too long to show

    @property
    def only_heading(self) -> bool:
        """Whether it is one paragraph and that a heading."""
        return len(self.paragraphs) == 1 and all(passage.strong for passage in self.paragraphs[0])


class Window(NamedTuple):
    """A run of the document's text that begins at `start`."""

    text: str
    start: int

    def cut(self, start: int, end: int) -> str:
        return self.text[max(0, start - self.start) : max(0, end - self.start)]


def blocks(
    nodes: Sequence[Node],
    window: Window,
    grids: Mapping[str, Sequence[Grid]],
    facts: Mapping[str, tuple[Fact, ...]],
) -> Iterator[Block]:
    """What stands in `nodes`, in reading order. A clause that is a row of a grid is shown there only."""
    rows: set[str] = set()
    for node in nodes:
        if node.id in rows:
            continue
        at, first = node.start, True
        for each in grids.get(node.id, ()):
            inside = _inside(each, node, nodes)
            if inside is None:
                continue
            if window.cut(at, each.start).strip():
                yield _clause(node, window, at, each.start, facts, first=first)
                first = False
            yield Block(node, first, rows=tuple(_rows(each, inside, node, window, facts)))
            rows |= {row.id for row in inside.values()}
            at, first = max(at, each.end), False
        if first or window.cut(at, node.end).strip():
            yield _clause(node, window, at, node.end, facts, first=first)


def _clause(
    node: Node, window: Window, start: int, end: int, facts: Mapping[str, tuple[Fact, ...]], *, first: bool
) -> Block:
    words = window.cut(start, min(end, start + PART))
    heading_end = _heading_end(node, words) if first else 0
    shown = paragraphs(words, start, facts.get(node.id, ()), heading_end=heading_end)
    return Block(node, first, shown, left_out=max(0, end - start - PART))


def _heading_end(node: Node, words: str) -> int:
    """Where the heading ends in the document; 0 where `words`, those of the clause, do not begin with it."""
    after = len(node.marker or "")
    found = words.find(node.heading, after, after + len(node.heading) + _GAP) if node.heading else -1
    return node.start + found + len(node.heading or "") if found >= 0 else 0


def _inside(grid: Grid, owner: Node, nodes: Sequence[Node]) -> Mapping[int, Node] | None:
    """Row of the grid → the clause that it is; None where a clause in the grid is no whole row of it."""
    found: dict[int, Node] = {}
    for node in nodes:
        if node.id == owner.id or node.end <= grid.start or node.start >= grid.end:
            continue
        place = next(
            (n for n, row in enumerate(grid.rows) if row[0].start <= node.start <= row[-1].end), None
        )
        if node.level != "row" or place is None or place in found or node.end > grid.rows[place][-1].end:
            return None
        found[place] = node
    return found


def _rows(
    grid: Grid, inside: Mapping[int, Node], owner: Node, window: Window, facts: Mapping[str, tuple[Fact, ...]]
) -> Iterator[RowView]:
    for number, row in enumerate(grid.rows):
        node = inside.get(number)
        own = facts.get((node or owner).id, ())
        yield RowView(node, tuple(_cell(place, window, own) for place in row))


def _cell(place: Place, window: Window, facts: tuple[Fact, ...]) -> CellView:
    return CellView(paragraphs(window.cut(place.start, place.end), place.start, facts), place.span)
