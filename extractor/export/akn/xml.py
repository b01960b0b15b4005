"""Elements with their attributes, and characters that XML can hold."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, tostring

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:policy-extractor:facts:1"  # of what the standard has no element for, inside <proprietary>
MARKED = frozenset(("p", "num", "heading"))  # elements of running text: no white space is added inside
# What XML 1.0 has no way to write (production 2, Char).
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def clean(value: object) -> str:
    """A value as characters of XML; one that XML cannot hold is �."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))


def add(parent: Element, tag: str, text: str | None = None, /, **attributes: object) -> Element:
    """A new last child. Attributes that are None are left out; `class_` is class, `as_` is as."""
    child = SubElement(parent, tag, _attributes(attributes))
    child.text = clean(text) if text else None
    return child


def root() -> Element:
    """<akomaNtoso>. Tags have no namespace in the tree: the default one is declared here as an attribute."""
    return Element("akomaNtoso", {"xmlns": NAMESPACE, "xmlns:policy": OWN})


def written(tree: Element) -> str:
    """The document, an element a line down to those of running text."""
    _break_lines(tree)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(tree, encoding="unicode") + "\n"


def _attributes(values: dict[str, object]) -> dict[str, str]:
    return {name.rstrip("_"): clean(value) for name, value in values.items() if value is not None}


def _break_lines(tree: Element) -> None:
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if element.tag in MARKED:
            continue
        if len(element):
            element.text = "\n"
        for child in element:
            child.tail = "\n"
        waiting.extend(element)
