"""Styles of a DOCX and what they inherit: numbering, outline level, hidden words (ECMA-376-1, 17.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from extractor.sources.docx_package import Element, W

LONGEST_CHAIN = 20  # styles that a style may be based on; a longer chain is a circle


class NumPr(NamedTuple):
    """A reference to a list. None: not said here."""

    num: str | None = None
    level: int | None = None


class Style(NamedTuple):
    based_on: str | None
    numbering: NumPr
    outline: int | None  # 0 … 8 as the file counts; 9 is body text
    hidden: bool | None


class Styles(NamedTuple):
    by_id: Mapping[str, Style]
    default: str | None  # the style of paragraphs that name none

    def chain(self, style: str | None) -> Iterator[tuple[str, Style]]:
        """The style and those it is based on."""
        for _ in range(LONGEST_CHAIN):
            if style is None or style not in self.by_id:
                return
            yield style, self.by_id[style]
            style = self.by_id[style].based_on

    def outline(self, style: str | None) -> int | None:
        return next((s.outline for _, s in self.chain(style or self.default) if s.outline is not None), None)

    def hidden(self, style: str | None) -> bool:
        return next((s.hidden for _, s in self.chain(style) if s.hidden is not None), False)

    def numbering(self, style: str | None) -> tuple[NumPr, str | None]:
        """The list of the style and the style that names it, from the nearest that names one."""
        for key, found in self.chain(style or self.default):
            if found.numbering.num is not None:
                return found.numbering, key
        return NumPr(), None


def read_styles(root: Element | None) -> Styles:
    """The styles of the part styles.xml."""
    by_id: dict[str, Style] = {}
    default = None
    for style in () if root is None else root.iterchildren(f"{W}style"):
        key = style.get(f"{W}styleId")
        if key is None:
            continue
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
            default = key
        properties = style.find(f"{W}pPr")
        by_id[key] = Style(
            value(style, "basedOn"),
            num_pr(properties),
            integer(value(properties, "outlineLvl")),
            on(style.find(f"{W}rPr"), "vanish"),
        )
    return Styles(by_id, default)


def num_pr(properties: Element | None) -> NumPr:
    """The list that paragraph properties name."""
    element = None if properties is None else properties.find(f"{W}numPr")
    if element is None:
        return NumPr()
    return NumPr(value(element, "numId"), integer(value(element, "ilvl")))


def value(parent: Element | None, child: str) -> str | None:
    """The attribute w:val of the child so called."""
    element = None if parent is None else parent.find(f"{W}{child}")
    found = None if element is None else element.get(f"{W}val")
    return str(found) if found is not None else None


def integer(words: str | None) -> int | None:
    try:
        return None if words is None else int(words)
    except ValueError:
        return None


def on(parent: Element | None, child: str) -> bool | None:
    """A switch: set, unset, or None where it is not said."""
    element = None if parent is None else parent.find(f"{W}{child}")
    return None if element is None else element.get(f"{W}val") not in ("0", "false", "off", "none")
