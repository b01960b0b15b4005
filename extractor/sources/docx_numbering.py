"""Automatic numbering of a DOCX, resolved to the text that is printed (ECMA-376 part 1, 17.9).

Paragraphs are counted in reading order. Lists that share an abstract definition count on together, unless one
overrides a start; a level begins anew after a paragraph of a higher one, unless `lvlRestart` says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.sources.counting import counted
from extractor.sources.docx_package import Element, W
from extractor.sources.docx_styles import NumPr, Styles, integer, on, value

LEVELS = 9
PLACE = re.compile(r"%([1-9])")
SPACED = re.compile(
    "[!-~\u3400-\u9fff]$"
)  # after 第一条 and 1.1 the gap is part of the reading, after 一、 and ① not


class Level(NamedTuple):
    """One level of a list. `restart` is the number of the level (from 1) after which it begins anew."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str | None = None
    legal: bool = False  # all numbers in digits
    restart: int | None = None
    spaced: bool = True  # a tab or a space follows


class List(NamedTuple):
    """A numbering instance: the abstract list it counts in, its levels and the starts it overrides."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far they have counted."""

    lists: Mapping[str, List]
    styles: Styles
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def marker(self, direct: NumPr, style: str | None) -> str:
        """What is printed before the next paragraph; "" for none and for bullets."""
        found = self._resolved(direct, style)
        if found is None:
            return ""
        number, index = found
        chosen = self.lists[number]
        level = chosen.levels.get(index)
        if level is None:
            return ""
        counts = self._counted(number, chosen, index)
        if level.form == "bullet":
            return ""
        text = PLACE.sub(lambda place: self._printed(chosen, counts, int(place[1]) - 1, level), level.text)
        return f"{text} " if level.spaced and SPACED.search(text) else text

    def _resolved(self, direct: NumPr, style: str | None) -> tuple[str, int] | None:
        inherited, owner = self.styles.numbering(style)
        number = direct.num if direct.num is not None else inherited.num
        if number is None or number == "0" or number not in self.lists:
            return None
        if direct.level is not None:
            return number, direct.level
        if direct.num is None:  # the level that names the style, else the one the style names
            levels = self.lists[number].levels
            linked = next((index for index, level in levels.items() if level.style == owner), None)
            return number, linked if linked is not None else inherited.level or 0
        return number, inherited.level or 0

    def _counted(self, number: str, chosen: List, index: int) -> list[int | None]:
        counts = self._counts.setdefault(chosen.abstract, [None] * LEVELS)
        start = chosen.starts.get(index)
        if start is not None and (number, index) not in self._begun:
            counts[index] = start
        else:
            last = counts[index]
            counts[index] = last + 1 if last is not None else self._start(chosen, index)
        self._begun.add((number, index))
        for below in range(index + 1, LEVELS):
            restart = chosen.levels[below].restart if below in chosen.levels else None
            if restart is None or (restart and index < restart):
                counts[below] = None
        return counts

    @staticmethod
    def _start(chosen: List, index: int) -> int:
        if index in chosen.starts:
            return chosen.starts[index]
        return chosen.levels[index].start if index in chosen.levels else 1

    def _printed(self, chosen: List, counts: list[int | None], index: int, own: Level) -> str:
        count = counts[index]
        shown = count if count is not None else self._start(chosen, index)
        form = chosen.levels[index].form if index in chosen.levels else "decimal"
        return counted("decimal" if own.legal and form != "none" else form, shown)


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """The lists of the part numbering.xml; none where there is no such part."""
    if root is None:
        return Numbering({}, styles)
    abstracts = {a.get(f"{W}abstractNumId"): a for a in root.iterchildren(f"{W}abstractNum")}
    linked = {value(a, "styleLink"): key for key, a in abstracts.items() if value(a, "styleLink")}
    lists: dict[str, List] = {}
    for num in root.iterchildren(f"{W}num"):
        key = value(num, "abstractNumId")
        if key in abstracts:
            key = linked.get(value(abstracts[key], "numStyleLink"), key)
        levels = {} if key not in abstracts else _levels(abstracts[key])
        starts: dict[int, int] = {}
        for override in num.iterchildren(f"{W}lvlOverride"):
            index = integer(override.get(f"{W}ilvl")) or 0
            start = integer(value(override, "startOverride"))
            if start is not None:
                starts[index] = start
            levels.update(_levels(override))
        lists[num.get(f"{W}numId") or ""] = List(key or "", levels, starts)
    return Numbering(lists, styles)


def _levels(parent: Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in parent.iterchildren(f"{W}lvl"):
        index = integer(level.get(f"{W}ilvl"))
        if index is None or not 0 <= index < LEVELS:
            continue
        forms = level.findall(f".//{W}numFmt")  # a format of its own comes with one to fall back on
        start, restart = integer(value(level, "start")), integer(value(level, "lvlRestart"))
        found[index] = Level(
            start=0 if start is None else start,
            form=(forms[-1].get(f"{W}val") if forms else None) or "decimal",
            text=_shown(value(level, "lvlText") or ""),
            style=value(level, "pStyle"),
            legal=bool(on(level, "isLgl")),
            restart=restart,
            spaced=value(level, "suff") != "nothing",
        )
    return found


def _shown(text: str) -> str:
    """Without the characters of symbol fonts, which are pictures of bullets."""
    return "".join(sign for sign in text if not "\ue000" <= sign <= "\uf8ff")
