"""The words of a DOCX paragraph as they are printed (ECMA-376 part 1, 17.3, 17.13, 17.16).

Insertions are accepted and deletions left out; of a field its result is kept; hidden words, comments and
placeholders are left out. What was decided is counted, so that the reader can say so.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from extractor.sources.counting import counted
from extractor.sources.docx_package import Element, W
from extractor.sources.docx_styles import Styles, on, value

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PASSED = frozenset((  # elements that only hold others
    "hyperlink", "smartTag", "customXml", "sdtContent", "ins", "moveTo", "dir", "bdo", "fldSimple", "ruby",
    "rubyBase", "r",
))  # fmt: skip
# Signs of symbol fonts (the low byte of w:char): the boxes, ticks and comparisons that notices use
WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0xA8: "□", 0xA1: "○", 0x52: "☑", 0xFE: "☑",
    0xFC: "✓", 0xFB: "✗", 0x75: "◆", 0xD8: "➢", 0xB2: "☆", 0xAB: "★", 0xE0: "→",
}  # fmt: skip
SYMBOL = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xAE: "→", 0xB0: "°",
    0xB7: "·", 0x25: "%", 0x2B: "+", 0x2D: "-", 0x3C: "<", 0x3D: "=", 0x3E: ">",
}  # fmt: skip
SUPERSCRIPT = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
SCRIPT = re.compile("[0-9+-]+")
# EQ \o\ac(○,3), which prints ③
ENCLOSED = re.compile(r"(?i)^\s*eq\s[^()]{0,80}\([○〇◯]\s*[,;，]\s*([^()]{1,3})\)")
BLANK = re.compile("[\t\n\r\v\f]+")


@dataclass(slots=True)
class Words:
    """One paragraph: its lines (split at soft breaks), and what is anchored in it, in order."""

    lines: list[str] = field(default_factory=lambda: [""])
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnotes" or "endnotes", id)
    boxes: list[Element] = field(default_factory=list)  # contents of text boxes

    def add(self, words: str) -> None:
        self.lines[-1] += words


@dataclass(slots=True)
class Field:
    """A field that is open: its instruction is passed over, its result is words."""

    code: str = ""
    result: bool = False


@dataclass(slots=True)
class WordReader:
    """Reads paragraphs in order; a field may begin in one and end in another."""

    styles: Styles
    # inserted, deleted, hidden, symbols, pictures, chunks: how many there were of each
    counts: Counter[str] = field(default_factory=Counter)
    _fields: list[Field] = field(default_factory=list)

    def read(self, paragraph: Element, into: Words | None = None) -> Words:
        """The words of a paragraph, after those of the paragraph before where its mark was deleted."""
        words = into if into is not None else Words()
        self._children(paragraph, words, hidden=False)
        return words

    def _children(self, parent: Element, words: Words, *, hidden: bool) -> None:
        for element in parent.iterchildren("*"):
            name = element.tag
            if name.startswith(W):
                self._word_element(element, name[len(W) :], words, hidden=hidden)
            elif name == f"{MC}AlternateContent":
                chosen = next(element.iterchildren(f"{MC}Choice", f"{MC}Fallback"), None)
                if chosen is not None:
                    self._children(chosen, words, hidden=hidden)
            elif name in (f"{M}oMath", f"{M}oMathPara") and self._shown() and not hidden:
                words.add(formula(element))

    def _word_element(self, element: Element, name: str, words: Words, *, hidden: bool) -> None:
        if name == "r":
            self._run(element, words)
        elif name in PASSED:
            self.counts["inserted"] += name in ("ins", "moveTo")
            self._children(element, words, hidden=hidden)
        elif name in ("del", "moveFrom"):
            self.counts["deleted"] += 1
        elif name == "sdt":
            content = element.find(f"{W}sdtContent")
            if content is not None and not on(element.find(f"{W}sdtPr"), "showingPlcHdr"):
                self._children(content, words, hidden=hidden)
        else:
            self._content(element, name, words, hidden=hidden)

    def _run(self, run: Element, words: Words) -> None:
        properties = run.find(f"{W}rPr")
        vanish = on(properties, "vanish")
        hidden = self.styles.hidden(value(properties, "rStyle")) if vanish is None else vanish
        if value(properties, "vertAlign") == "superscript":
            raised = Words()
            self._children(run, raised, hidden=hidden)
            if len(raised.lines) == 1 and SCRIPT.fullmatch(raised.lines[0]):
                raised.lines[0] = raised.lines[0].translate(SUPERSCRIPT)
            words.add(raised.lines[0])
            words.lines += raised.lines[1:]
            words.notes += raised.notes
            words.boxes += raised.boxes
        else:
            self._children(run, words, hidden=hidden)

    def _content(self, element: Element, name: str, words: Words, *, hidden: bool) -> None:
        """What stands in a run."""
        if name == "fldChar":
            self._field(element.get(f"{W}fldCharType"), words)
        elif name == "instrText":
            if self._fields:
                self._fields[-1].code += element.text or ""
        elif not self._shown():
            return
        elif hidden:
            self.counts["hidden"] += name == "t" and bool((element.text or "").strip())
        elif name == "t":
            words.add(BLANK.sub(" ", element.text or ""))
        elif name in ("tab", "ptab"):
            words.add(" ")
        elif name in ("br", "cr"):
            words.lines.append("")
        elif name == "noBreakHyphen":
            words.add("-")
        elif name == "sym":
            words.add(self._symbol(element))
        elif name in ("footnoteReference", "endnoteReference"):
            words.notes.append((f"{name[:-9]}s", element.get(f"{W}id") or ""))
        elif name in ("drawing", "pict", "object"):
            self._drawing(element, words)

    def _shown(self) -> bool:
        return all(open_field.result for open_field in self._fields)

    def _field(self, kind: str | None, words: Words) -> None:
        if kind == "begin":
            self._fields.append(Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            sign = ENCLOSED.match(ended.code)
            if sign and not ended.result and self._shown():
                inner = sign[1].strip()
                words.add(counted("decimalEnclosedCircle", int(inner)) if inner.isdecimal() else inner)

    def _symbol(self, element: Element) -> str:
        font = (element.get(f"{W}font") or "").lower()
        try:
            code = int(element.get(f"{W}char") or "", 16)
        except ValueError:
            return ""
        if font.startswith("wingdings"):
            sign = WINGDINGS.get(code & 0xFF)
        elif font == "symbol":
            sign = SYMBOL.get(code & 0xFF)
        else:
            sign = chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE else None
        self.counts["symbols"] += sign is None
        return sign or ""

    def _drawing(self, element: Element, words: Words) -> None:
        contents = [box for box in element.iter(f"{W}txbxContent") if _outermost(box, element)]
        words.boxes += contents
        blips = element.iter("{*}blip", "{*}imagedata")
        self.counts["pictures"] += not contents and next(blips, None) is not None


def _outermost(box: Element, top: Element) -> bool:
    """Whether no other text box holds it, and it is no copy for programs that know the other kind only."""
    for above in box.iterancestors():
        if above is top:
            return True
        if above.tag == f"{W}txbxContent":
            return False
        if above.tag == f"{MC}Fallback" and above.getparent().find(f"{MC}Choice") is not None:
            return False
    return True


def formula(element: Element) -> str:
    """A formula on one line: fractions with a stroke, raised digits as such."""
    if element.tag == f"{M}t":
        return str(element.text or "")
    inner = [(etree.QName(child).localname, formula(child)) for child in element.iterchildren("*")]
    parts = dict(inner)
    if element.tag == f"{M}f":
        return f"{parts.get('num', '')}/{parts.get('den', '')}"
    if element.tag == f"{M}sSup":
        raised = parts.get("sup", "")
        return f"{parts.get('e', '')}{raised.translate(SUPERSCRIPT) if SCRIPT.fullmatch(raised) else raised}"
    return "".join(words for _, words in inner)
