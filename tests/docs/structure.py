"""Draws the imports between the packages of `extractor`, read from its code, as docs/images/structure.svg.

A row is a layer of the import contracts in pyproject.toml; a line is an import that no chain of others says
already. All of them stand in the picture's description. Run it with `python -m tests.docs`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import grimp

TOP = Path(__file__).parent.parent.parent
PICTURE = TOP / "docs" / "images" / "structure.svg"
ROW, BOX, GAP, LETTER, SWEEPS = 54, 26, 16, 7.4, 60  # points; how often the rows are put in order anew
COLOURS = {"site": "#9b2226", "model": "#2a6f97"}

Import = tuple[str, str]
Node = tuple[
    str, str, int
]  # importer and imported of a line on its way through a row; of a box: its name, ""


class Placed(NamedTuple):
    """A node of the picture with its middle and its width."""

    node: Node
    x: float
    wide: float


def layers() -> tuple[tuple[str, ...], ...]:
    """The rows of the first contract, uppermost first."""
    contracts = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    stated = next(contract for contract in contracts if contract["type"] == "layers")["layers"]
    return tuple(tuple(re.findall(r"\w+", row)) for row in stated)


def imports() -> frozenset[Import]:
    """(importer, imported) for modules and packages right under `extractor`, type checking left out."""
    graph = grimp.build_graph("extractor", exclude_type_checking_imports=True, cache_dir=None)
    pairs = (
        (importer.split(".")[1], imported.split(".")[1])
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if "." in importer and "." in imported
    )
    return frozenset(pair for pair in pairs if pair[0] != pair[1])


def against(rows: Sequence[Sequence[str]], found: Iterable[Import]) -> list[Import]:
    """The imports that do not go downwards, and those of a module that is in no row."""
    level = {name: depth for depth, row in enumerate(rows) for name in row}
    return sorted((a, b) for a, b in found if not level.get(a, len(rows)) < level.get(b, -1))


def essential(found: Iterable[Import]) -> list[Import]:
    """The imports that no chain of other imports implies."""
    below: dict[str, set[str]] = {}
    for a, b in found:
        below.setdefault(a, set()).add(b)

    def reached(name: str) -> set[str]:
        return below.get(name, set()).union(*map(reached, below.get(name, ())))

    return sorted((a, b) for a in below for b in below[a] if not any(b in reached(c) for c in below[a] - {b}))


def picture() -> str:
    """The SVG. Raises ValueError where an import goes against the stated direction."""
    rows, found = layers(), imports()
    if wrong := against(rows, found):
        raise ValueError(f"imports against the stated direction: {wrong}")
    lines = essential(found)
    return _svg(_arranged(rows, lines), lines, found)


def _arranged(rows: Sequence[Sequence[str]], lines: Sequence[Import]) -> list[list[Placed]]:
    """Boxes and passing lines of each row, ordered so that lines cross little and run straight."""
    level = {name: depth for depth, row in enumerate(rows) for name in row}
    nodes: list[list[Node]] = [[(name, "", depth) for name in row] for depth, row in enumerate(rows)]
    beside: dict[Node, list[Node]] = {node: [] for row in nodes for node in row}
    for a, b in lines:
        way = [(a, "", level[a]), *((a, b, d) for d in range(level[a] + 1, level[b])), (b, "", level[b])]
        for node in way[1:-1]:
            nodes[node[2]].append(node)
        for upper, lower in pairwise(way):
            beside.setdefault(upper, []).append(lower)
            beside.setdefault(lower, []).append(upper)
    x = {node: float(place) * 60 for row in nodes for place, node in enumerate(row)}
    for sweep in range(SWEEPS):
        for row in nodes if sweep % 2 else reversed(nodes):
            wish = {node: _mean([x[other] for other in beside[node]], x[node]) for node in row}
            row.sort(key=lambda node: (wish[node], node))
            x.update(_apart(row, wish))
    return [[Placed(node, x[node], _width(node)) for node in row] for row in nodes]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _width(node: Node) -> float:
    return 4.0 if node[1] else len(node[0]) * LETTER + 18


def _apart(row: Sequence[Node], wish: Mapping[Node, float]) -> dict[Node, float]:
    """Where the nodes of a row stand so that none overlaps, as near to their wishes as their order lets."""
    right: list[float] = []
    for node in row:
        least = right[-1] + _width(node) / 2 + _width(row[len(right) - 1]) / 2 + GAP if right else wish[node]
        right.append(max(wish[node], least))
    shift = _mean([wish[node] - at for node, at in zip(row, right, strict=True)], 0.0)
    return {node: at + shift for node, at in zip(row, right, strict=True)}


def _svg(rows: Sequence[Sequence[Placed]], lines: Iterable[Import], found: Iterable[Import]) -> str:
    left = min(place.x - place.wide / 2 for row in rows for place in row) - 12
    wide = max(place.x + place.wide / 2 for row in rows for place in row) + 12 - left
    at = {place.node: (place.x - left, depth * ROW + 20) for depth, row in enumerate(rows) for place in row}
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {len(rows) * ROW}" '
        'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12">',
        "<title>Imports between the packages of extractor, each downwards</title>",
        f"<desc>{escape('; '.join(f'{a} → {b}' for a, b in sorted(found)))}</desc>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    out += [piece for line in lines for piece in _curve(line, at)]
    for row in rows:
        out += [_box(place, *at[place.node]) for place in row if not place.node[1]]
    return "\n".join([*out, "</svg>", ""])


def _curve(line: Import, at: Mapping[Node, tuple[float, float]]) -> tuple[str, str]:
    """From the foot of the importer, through the rows between, to the head of what it imports."""
    ends = {node for node in at if not node[1] and node[0] in line}
    passing = {node for node in at if node[:2] == line}
    (x, y), *rest = (at[node] for node in sorted(ends | passing, key=lambda node: node[2]))
    path = f"M{x:.0f} {y + BOX / 2:.0f}"
    for place, (nx, ny) in enumerate(rest, 1):
        start, end = y + (BOX / 2 if place == 1 else 0), ny - (BOX / 2 if place == len(rest) else 0)
        middle = (start + end) / 2
        path += f" C{x:.0f} {middle:.0f} {nx:.0f} {middle:.0f} {nx:.0f} {end:.0f}"
        x, y = nx, ny
    return (
        f'<path d="{path}" fill="none" stroke="#8a8f98"/>',
        f'<path d="M{x - 3:.0f} {y - BOX / 2 - 6:.0f}l3 6l3 -6z" fill="#8a8f98"/>',
    )


def _box(place: Placed, x: float, y: float) -> str:
    colour = COLOURS.get(place.node[0], "#333")
    return (
        f'<rect x="{x - place.wide / 2:.0f}" y="{y - BOX / 2:.0f}" width="{place.wide:.0f}" height="{BOX}" rx="4" '
        f'fill="#f7f7f5" stroke="{colour}"/><text x="{x:.0f}" y="{y + 4:.0f}" text-anchor="middle" '
        f'fill="{colour}">{escape(place.node[0])}</text>'
    )
