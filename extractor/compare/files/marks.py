"""What a cell shows, in one order for all kinds of files, and where it differs from the first column."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extractor.compare.reuse import Shingles, redline, shared
from extractor.compare.table import Cell, Entry, Row

LEGEND = (
    "红色下划线：与首个有规定的地区不同之处。未提及：全文没有此事；"
    "未能识别：全文有相关字样，但没有条款归入此事。"
)
_ALIKE = 0.2  # of the shorter text, in common runs: with less, marks on nearly every word tell nothing


class Stretch(NamedTuple):
    """Characters of an entry's text; `new` where the first column does not have them."""

    text: str
    new: bool


def stretches(entry: Entry, row: Row) -> tuple[Stretch, ...]:
    """The text of an entry, marked where it differs from the likest clause of the first cell that has one.

    Nothing is marked where that is the entry's own cell, or where the two have little in common.
    """
    first = next((cell for cell in row.cells if cell.entries), Cell("未提及"))
    if not first.entries or entry in first.entries:
        return (Stretch(entry.text, False),)
    texts = [other.text for other in first.entries]
    lengths = shared(_shingles(entry.text), [_shingles(text) for text in texts])
    length, text = max(zip(lengths, texts, strict=True))
    if length < _ALIKE * min(len(text), len(entry.text)):
        return (Stretch(entry.text, False),)
    best = redline(text, entry.text)
    return tuple(Stretch(piece.after, piece.kind != "copied") for piece in best.pieces if piece.after)


@lru_cache(maxsize=256)  # the entries of the first cell are held against those of every other
def _shingles(text: str) -> Shingles:
    return Shingles.of(text)


def title(entry: Entry) -> str:
    """2.3.10 10. 托育服务供给能力不断提高"""
    return f"{entry.place} {entry.heading}".strip()


def notes(entry: Entry) -> Iterator[tuple[str, str]]:
    """What stands under the text: (label, words)."""
    if entry.figures:
        yield "数值", "；".join(figure.words for figure in entry.figures)
    if entry.leads:
        yield "责任", "、".join(entry.leads)
    page = entry.place.rpartition(" ")[2]
    yield "出处", f"{entry.clause_id} {page}" if page.endswith("页") else entry.clause_id
