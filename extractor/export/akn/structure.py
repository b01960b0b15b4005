"""The text of a document as a tree of elements.

A clause is an element with <num>, <heading> and its own words, as <intro> where it has clauses under it and
as <content> where it has none. A row of a table is <tr>; another clause that begins inside a table is a <p>.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element

from extractor.export.akn.grids import MOST_COLUMNS, Grid, lines
from extractor.export.akn.marks import Marked
from extractor.export.akn.names import Ids, element_of, own_part
from extractor.export.akn.plan import Planned, plan
from extractor.export.akn.xml import add
from extractor.export.akn.zones import zones
from extractor.export.notices import Record, Stored

MOST_DEPTH = 100  # of clauses in clauses: readers of XML bound depth too. What lies deeper stands beside.


class Attachment(NamedTuple):
    """The <doc> of an annex or a form, which needs <meta> of its own, and its eId."""

    doc: Element
    eid: str


class _Place(NamedTuple):
    """Where the clauses under a clause go, what their eIds begin with, and how deep that is."""

    element: Element
    eid: str | None
    ref: str | None
    depth: int


class Structure:
    """`build` fills <doc>; then `eids` has the element of each clause, `attachments` the documents in it."""

    def __init__(self, notice: Stored, words: Marked) -> None:
        self.eids: dict[str, str] = {}
        self.attachments: list[Attachment] = []
        self._words, self._ids = words, Ids()
        self._lines = lines(notice.text)
        self._line_starts = [line.start for line in self._lines]
        self._line_ends = [line.end for line in self._lines]
        self._planned = plan(notice, self._lines)
        self._parents = frozenset(each.parent for each in self._planned if each.parent)
        self._places: dict[str, _Place] = {}

    def build(self, doc: Element) -> None:
        """Put the whole text under `doc`."""
        trees = {tree[0].id: tree for tree in _trees(self._planned)}
        parts = zones([tree[0].clause for tree in trees.values()], self._parents)
        self._zone(doc, "preface", [trees[top["id"]][0] for top in parts.preface])
        self._zone(doc, "preamble", [trees[top["id"]][0] for top in parts.preamble])
        body = add(doc, "mainBody", eId=self._ids.give(None, "body"))
        for top in parts.body:
            for each in trees[top["id"]]:
                self._hierarchy(_Place(body, None, None, 0), each)
        _never_empty(body)
        self._zone(doc, "conclusions", [trees[top["id"]][0] for top in parts.conclusions])
        if parts.attachments:
            attachments = add(doc, "attachments")
            for number, top in enumerate(parts.attachments, 1):
                self._attachment(attachments, trees[top["id"]], number)

    def _zone(self, doc: Element, tag: str, clauses: Sequence[Planned]) -> None:
        """A part that holds paragraphs and no hierarchy; several clauses are a <container> each."""
        if not clauses:
            return
        zone = add(doc, tag, eId=self._ids.give(None, tag))
        for number, each in enumerate(clauses, 1):
            place, eid = zone, str(zone.get("eId"))
            if len(clauses) > 1:
                eid = self._ids.give(tag, "container", number)
                place = add(zone, "container", eId=eid, name=each.clause["level"])
            self.eids[each.id] = eid
            self._paragraphs(place, each, eid, int(each.clause["start"]))
            _never_empty(place)

    def _hierarchy(self, top: _Place, each: Planned) -> None:
        """A clause under the one it stands under, or under `top`."""
        above = self._places[each.parent] if each.parent else top
        clause, tag = each.clause, element_of(each.clause["level"])
        eid = self._ids.give(above.eid, tag, own_part(clause["ref"], above.ref))
        name = clause["level"] if tag == "hcontainer" else None
        element = add(above.element, tag, eId=eid, name=name)
        self.eids[each.id] = eid
        here = _Place(element, eid, clause["ref"], above.depth + 1)
        self._places[each.id] = here if here.depth < MOST_DEPTH else above
        self._open(element, each)
        words = Element("intro" if each.id in self._parents and here.depth < MOST_DEPTH else "content")
        self._paragraphs(words, each, eid, each.opening.words)
        if len(words):
            element.append(words)

    def _attachment(self, attachments: Element, tree: Sequence[Planned], number: int) -> None:
        """An annex with all that is under it: a document of its own."""
        top, *below = tree
        eid = self._ids.give(None, "att", number)
        element = add(attachments, "attachment", eId=eid)
        self.eids[top.id] = eid
        self._open(element, top)
        doc = add(element, "doc", name=top.clause["level"])
        self.attachments.append(Attachment(doc, eid))
        body = add(doc, "mainBody", eId=self._ids.give(eid, "body"))
        self._places[top.id] = _Place(body, eid, top.clause["ref"], 0)
        self._paragraphs(body, top, eid, top.opening.words)
        for each in below:
            self._hierarchy(self._places[top.id], each)
        _never_empty(body)

    def _open(self, element: Element, each: Planned) -> None:
        """Number and heading."""
        for tag, part in (("num", each.opening.num), ("heading", each.opening.heading)):
            if part:
                self._words.fill(add(element, tag), *part)

    def _paragraphs(self, place: Element, each: Planned, eid: str, start: int) -> None:
        """The words of a clause from `start` on: a <p> a line, its tables among them."""
        inside = list(reversed(each.inside))
        until = start
        for number, grid in enumerate(each.tables, 1):
            self._lines_of(place, until, grid.start, inside, eid)
            self._table(place, grid, inside, self._ids.give(eid, "table", number))
            until = grid.end
        self._lines_of(place, until, each.end, inside, eid)
        for clause in inside:  # a clause without words of its own
            self.eids[clause["id"]] = eid

    def _lines_of(self, place: Element, start: int, end: int, inside: list[Record], eid: str) -> None:
        """A <p> for each line, or part of one, in `text[start:end]`; clauses that begin there get its eId."""
        for number in range(bisect_right(self._line_ends, start), bisect_left(self._line_starts, end)):
            line = self._lines[number]
            first, last = max(line.start, start), min(line.end, end)
            paragraph = add(place, "p")
            self._words.fill(paragraph, first, last)
            self._name(paragraph, "p", last, inside, eid)

    def _table(self, place: Element, grid: Grid, inside: list[Record], eid: str) -> None:
        """A row of cells a <tr>, which a clause that begins with it names."""
        table = add(place, "table", eId=eid)
        for _, cells in groupby(grid.cells, key=lambda cell: cell.row):
            row, col = add(table, "tr"), 0
            for cell in cells:
                for _ in range(min(cell.col, MOST_COLUMNS) - col):
                    add(row, "td")
                col = cell.col + 1
                if inside and inside[-1]["start"] == cell.start and row.get("eId") is None:
                    self._name(row, "tr", cell.start + 1, inside, eid)
                self._lines_of(add(row, "th" if cell.head else "td"), cell.start, cell.end, inside, eid)

    def _name(self, element: Element, tag: str, end: int, inside: list[Record], eid: str) -> None:
        """Give an eId to the element in which the next of `inside` begin: before `end`."""
        while inside and inside[-1]["start"] < end:
            clause = inside.pop()
            if element.get("eId") is None:
                element.set("eId", self._ids.give(eid, tag, clause["ref"].rpartition(".")[2]))
            self.eids[clause["id"]] = str(element.get("eId"))


def _trees(planned: Sequence[Planned]) -> Iterator[list[Planned]]:
    """Each clause of the top level with all those under it, which follow it."""
    tree: list[Planned] = []
    for each in planned:
        if tree and not each.parent:
            yield tree
            tree = []
        tree.append(each)
    if tree:
        yield tree


def _never_empty(element: Element) -> None:
    """The schema wants something in it."""
    if not len(element):
        add(element, "p")
