"""Glyphs → printed lines: drawn twice for bold counts once, spaces are those that the reader sees."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from extractor.model import Box
from extractor.sources.pages import Glyph, Row

DOUBLED = 0.3  # of the type size; nearer than this the same glyph is drawn again to look bold
GAP = 0.6  # of the type size; a wider gap than the line's usual one is a space
BLANK = 0.1  # the same where the file has a space there
RAISED = 0.8  # of the line's type size; smaller glyphs may stand above or below its baseline
FIRST_HAN = "\u3400"
ASCENT, DESCENT = 0.86, 0.14  # of the type size, of the body that Chinese type fills


@dataclass(slots=True)
class Strip:
    """Glyphs that share a baseline, while a page is put together."""

    base: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list)


def strips(glyphs: Iterable[Glyph]) -> list[Strip]:
    """The glyphs by baseline, from the top; raised and lowered ones with the line they belong to."""
    runs: list[Strip] = []
    for glyph in glyphs:
        last = runs[-1] if runs else None
        if last is not None and abs(glyph.base - last.base) < 0.05 * glyph.size and last.size == glyph.size:
            last.glyphs.append(glyph)
        else:
            runs.append(Strip(glyph.base, glyph.size, [glyph]))
    runs.sort(key=lambda run: run.base)
    lines: list[Strip] = []
    for run in runs:
        last = lines[-1] if lines else None
        if last is not None and run.base - last.base <= 0.25 * min(run.size, last.size):
            last.glyphs.extend(run.glyphs)
            if run.size > last.size:
                last.size, last.base = run.size, run.base
        else:
            lines.append(run)
    return _with_raised(lines)


def _with_raised(lines: list[Strip]) -> list[Strip]:
    """Footnote marks and indices put into the line beside which they stand."""
    kept: list[Strip] = []
    for index, line in enumerate(lines):
        near = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
        host = next((other for other in near if _raised(line, other)), None)
        if host is None:
            kept.append(line)
        else:
            host.glyphs.extend(line.glyphs)
    return kept


def _raised(line: Strip, host: Strip) -> bool:
    if line.size > RAISED * host.size or abs(host.base - line.base) > 0.6 * host.size:
        return False
    left, right = min(g.x0 for g in host.glyphs), max(g.x1 for g in host.glyphs)
    return len(line.glyphs) <= 6 and all(
        left - host.size < (g.x0 + g.x1) / 2 < right + host.size for g in line.glyphs
    )


def in_order(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs of one line from left to right, each once."""
    kept: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: g.x0):
        twin = next(
            (
                i
                for i in range(len(kept) - 1, max(-1, len(kept) - 4), -1)
                if kept[i].text == glyph.text
                and not glyph.text.isspace()
                and abs(kept[i].x0 - glyph.x0) < DOUBLED * min(glyph.size, glyph.x1 - glyph.x0 or glyph.size)
            ),
            None,
        )
        if twin is None:
            kept.append(glyph)
        else:
            kept[twin] = kept[twin]._replace(bold=True)
    return kept


def pieces(glyphs: Sequence[Glyph], wide: float) -> Iterator[list[Glyph]]:
    """The glyphs of a line, in order, parted where the gap is wider than `wide` type sizes."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text.isspace():
            if run:
                run.append(glyph)
            continue
        seen = next((g for g in reversed(run) if not g.text.isspace()), None)
        if seen is not None and glyph.x0 - seen.x1 > wide * max(glyph.size, seen.size):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def row(glyphs: Sequence[Glyph], page: int) -> Row | None:
    """The printed line of glyphs that are in order; None where they are blank."""
    seen = [g for g in glyphs if not g.text.isspace()]
    if not seen:
        return None
    size = _common_size(seen)
    full = [g for g in seen if g.size >= RAISED * size]
    box = Box(
        round(seen[0].x0, 2),
        round(min(g.base - ASCENT * g.size for g in full), 2),
        round(max(g.x1 for g in seen), 2),
        round(max(g.base + DESCENT * g.size for g in full), 2),
    )
    bold = 2 * sum(g.bold for g in seen) > len(seen)
    sure = [g.confidence for g in seen if g.confidence is not None]
    return Row(_words(glyphs, seen), box, round(size, 2), page, bold, round(min(sure), 3) if sure else None)


def _common_size(glyphs: Sequence[Glyph]) -> float:
    sizes: dict[float, int] = {}
    for glyph in glyphs:
        sizes[glyph.size] = sizes.get(glyph.size, 0) + 1
    return max(sizes, key=lambda size: (sizes[size], size))


def _words(glyphs: Sequence[Glyph], seen: Sequence[Glyph]) -> str:
    """The characters with a space where the file has one and where a gap shows one.

    Letters spaced evenly (a letterhead, a justified line) have none.
    """
    gaps = [_gap(before, after) for before, after in itertools.pairwise(seen)]
    usual = max(0.0, median(gaps)) if len(gaps) > 2 else 0.0
    out: list[str] = []
    before: Glyph | None = None
    blank = False
    for glyph in glyphs:
        if glyph.text.isspace():
            blank = blank or glyph.x1 - glyph.x0 > 0.05 * glyph.size
            continue
        if before is not None:
            gap = _gap(before, glyph)
            wide = max(glyph.size, before.size)
            if (blank and gap > usual + BLANK * wide) or gap > usual + GAP * wide:
                out.append(" ")
        out.append(glyph.text)
        before, blank = glyph, False
    return "".join(out)


def _gap(before: Glyph, after: Glyph) -> float:
    """The blank between two glyphs; between Chinese ones less what their boxes are narrower than they are."""
    gap = after.x0 - before.x1
    if before.text < FIRST_HAN or after.text < FIRST_HAN:
        return gap
    return min(gap, (after.x0 + after.x1 - before.x0 - before.x1) / 2 - (before.size + after.size) / 2)
