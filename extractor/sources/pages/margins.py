"""Running heads, feet and page numbers, known by where they stand and that they come back.

What only its wording shows (— 4 —) is left to the text stage; here a line goes because it stands in the
margin and stands there again on other pages, or counts the pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from extractor.sources.pages import Layout, Part, Row
from extractor.sources.pages.indents import body_size

ZONE = 0.13  # of the height of a page, at its top and at its foot
DEEP = 3  # lines in a zone that may be furniture
OUTER = 0.085  # of the height; a line this near to the edge of the page stands outside the text
SMALL = 0.92  # of the body's type size
SAME = 6.0  # points that a running head may move from page to page
FEWEST = 3  # pages on which a running head comes back
MOST = 0.5  # of the pages; what is the first line of so many stands in no text
KEPT = re.compile(
    r"附\s*[件表录]|[（(]?[一二三四五六七八九十]{1,3}[）)、]"
)  # a heading or a clause, never furniture
DIGITS = re.compile(r"[0-9]+")
NUMBER = re.compile(r"[\W_一]{0,4}第?\s?([0-9]{1,4})\s?页?\W{0,4}(?:[/共]?\s?[0-9]{1,4}\s?页?)?[\W_一]{0,4}")
STROKES = re.compile(r"[—–―_\-－一]{2,9}")  # what recognition leaves of — 8 — where it misses the figure

Edge = Literal["head", "foot"]


def without_margins(layouts: Sequence[Layout]) -> list[Layout]:
    """The pages without what is repeated in their margins."""
    places: dict[tuple[Edge, str], list[tuple[int, Row]]] = defaultdict(list)
    beside: dict[int, str] = {}  # of the outermost lines: what stands next to them
    for layout in layouts:
        edges: set[Edge] = set()
        for edge, row in _marginal(layout):
            words = row.text.replace(" ", "")
            key = "#" if NUMBER.fullmatch(words) else DIGITS.sub("#", words)
            places[edge, key].append((layout.number, row))
            if edge not in edges and key != "#" and not STROKES.fullmatch(key):
                edges.add(edge)
                beside[id(row)] = _next_to(layout, row, edge)
    pages = sum(bool(layout.blocks) for layout in layouts)
    size = body_size(block for layout in layouts for block in layout.blocks if isinstance(block, Row))
    height = max((layout.height for layout in layouts), default=0.0)
    dropped: set[int] = set()
    for found in places.values():
        others = {beside[id(row)] for _, row in found if id(row) in beside}
        common = len(found) >= max(FEWEST, MOST * pages) and len(others) > len(found) / 2  # no form again
        dropped.update(_furniture(found, pages, size, height, common=common))
    if not dropped:
        return list(layouts)
    return [
        layout._replace(blocks=tuple(block for block in layout.blocks if id(block) not in dropped))
        for layout in layouts
    ]


def _marginal(layout: Layout) -> Iterable[tuple[Edge, Row]]:
    """The short lines at the top and foot of a page that nothing but margin lies beyond."""
    blocks = sorted(layout.blocks, key=lambda block: block.box.top)
    for edge, order in (("head", blocks), ("foot", blocks[::-1])):
        for block in order[:DEEP]:
            if isinstance(block, Part) or len(block.text) > 60:
                break
            inside = (
                block.box.bottom < ZONE * layout.height
                if edge == "head"
                else block.box.top > (1 - ZONE) * layout.height
            )
            if not inside:
                break
            yield ("head" if edge == "head" else "foot"), block


def _next_to(layout: Layout, row: Row, edge: Edge) -> str:
    """The words of the block that follows the first line of a page, or stands over the last one."""
    tops = sorted((block.box.top, block.text if isinstance(block, Row) else "") for block in layout.blocks)
    inner = [text for top, text in tops if (top > row.box.top if edge == "head" else top < row.box.top)]
    return (inner[0] if edge == "head" else inner[-1]) if inner else ""


def _furniture(
    found: list[tuple[int, Row]], pages: int, size: float, height: float, *, common: bool
) -> Iterable[int]:
    """Which of these lines, alike but for their figures, are furniture. `common`: most pages have them."""
    first = found[0][1].text
    if STROKES.fullmatch(first.replace(" ", "")):
        return [id(row) for _, row in found]
    number = NUMBER.fullmatch(first.strip())
    if number:
        offsets = Counter(
            int(m[1]) - page for page, row in found if (m := NUMBER.fullmatch(row.text.strip()))
        )
        offset, count = offsets.most_common(1)[0]
        if count >= min(2, pages) and (count > 1 or offset == 0):
            return [
                id(row)
                for page, row in found
                if (m := NUMBER.fullmatch(row.text.strip())) and int(m[1]) - page == offset
            ]
        return []
    by_words: dict[str, list[Row]] = defaultdict(list)
    exact = Counter(row.text.replace(" ", "") for _, row in found)
    for page, row in found:
        outside = row.box.bottom < OUTER * height or row.box.top > (1 - OUTER) * height
        if KEPT.match(row.text) or not (common or outside or row.size < SMALL * size):
            continue
        words = row.text.replace(" ", "")
        counts = exact[words] < FEWEST and str(page) in DIGITS.findall(words)
        by_words["#" if counts else words].append(row)
    out: list[int] = []
    for rows in by_words.values():
        places = Counter(round(row.box.top / SAME) for row in rows)
        if max(places[key] + places[key + 1] for key in places) >= FEWEST:
            out.extend(map(id, rows))
    return out
