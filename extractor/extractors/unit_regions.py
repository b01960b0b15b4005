"""Where lists of responsible units stand: in brackets or without, under a label or known by their form.

（责任单位：A、B）; 牵头单位：A；配合单位：B。; （A牵头，B、C配合）. Brackets of any width and form close each
other; a list whose bracket never closes ends with its paragraph. Every look ahead is bounded: all is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from extractor.extractors.unit_pieces import odd, read_piece
from extractor.lexicon.units import UnitNames

LONGEST_LIST = 1500  # code points
OPENING = "（(〔[【"
BRACKET = re.compile(r"[（(〔\[【）)〕\]】]")
COLONS = ("：", ":")
# 责任单位：, and 本条责任单位为|市教育局
COLON = re.compile(r"[：:]|(?<=[本该此][条项](?:责任|牵头)(?:单位|部门))为(?!牵头|主办|主责|责任)")
# （市教育局牵头，各县（市、区）人民政府配合）: a bracket on one line, with names' own brackets inside
ASIDE = re.compile(
    r"[（(〔\[【](?P<words>(?:[^（()）〔〕\[\]【】\n]++|[（(][^（()）\n]{0,40}[)）]){1,60}+)[)）〕\]】]"
)
# a piece between two separators, brackets within it kept; or a separator
TOKEN = re.compile(
    r"(?P<piece>(?:[^、，,；;。：:\s（(〔\[【〈）)〕\]】〉]++|[（(〔\[【〈][^（()）\n〔〕\[\]【】〈〉]{0,60}[)）〕\]】〉])++)"
    r"|(?P<sep>[、，,；;。：:\s])|[（(〔\[【〈）)〕\]】〉]"
)
# kinds of names that show that a bracket without a verb is a list of units
OFFICES = ("field", "body", "strict", "either", "full", "league")
LABEL_ENDS = frozenset("位门室体关构任工实合与头主办）区域镇组")
LIST_ENDS = "责头合实与助同导促办持行成进担工理督"  # last characters of 负责, 牵头, 配合 …


class Region(NamedTuple):
    """The words of one list, after its opening bracket, with the label that heads it."""

    start: int
    end: int


class Cover:
    """Spans that may be asked for overlaps; they are merged, so that a question costs a bisection."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def hits(self, start: int, end: int) -> bool:
        """Whether any span shares a character with [start, end)."""
        at = bisect_left(self.starts, end)
        return at > 0 and self.ends[at - 1] > start

    def gaps(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What of [start, end) no span covers."""
        for at in range(max(0, bisect_left(self.starts, start) - 1), bisect_left(self.starts, end)):
            if self.ends[at] <= start:
                continue
            if start < self.starts[at]:
                yield start, self.starts[at]
            start = self.ends[at]
        if start < end:
            yield start, end


NOTHING = Cover(())


def regions(text: str, names: UnitNames, *, taken: Cover = NOTHING, skip: Cover = NOTHING) -> list[Region]:
    """The lists of the text in reading order, none within `taken`; rules (`skip`) name nobody."""
    found = [region for region in _merged(text, _labelled(text, names)) if not taken.hits(*region)]
    labelled = Cover(found)
    for aside in ASIDE.finditer(text):
        start, end = aside.span("words")
        if not (labelled.hits(start, end) or taken.hits(start, end)) and _heads_list(
            text, start, end, names, skip
        ):
            found.append(Region(start, end))
    return sorted(found)


def _labelled(text: str, names: UnitNames) -> Iterator[Region]:
    """Lists headed by 责任单位： and the like."""
    reached = 0
    for colon in COLON.finditer(text):
        at = colon.start()
        if at < reached or text[at - 1 : at] not in LABEL_ENDS:
            continue
        start = _label_start(text, at, names)
        if start is None:
            continue
        before = text[:start].rstrip(" ")[-1:] if start else ""
        opened = before and before in OPENING
        reached = _bracket_end(text, start) if opened else _plain_end(text, start, names)
        yield Region(start, reached)


def _label_start(text: str, colon: int, names: UnitNames) -> int | None:
    """Where the label before a colon begins; a short one (责任：) only where nothing stands before it."""
    for size in range(min(names.longest_label, colon), 1, -1):
        if names.label(text[colon - size : colon]) is not None:
            before = text[colon - size - 1 : colon - size]
            if size >= 4 or not ("\u4e00" <= before <= "\u9fff"):
                return colon - size
    return None


def _bracket_end(text: str, start: int) -> int:
    """Where the bracket that is open at `start` closes, or the paragraph's end where it never does."""
    depth = 0
    for bracket in BRACKET.finditer(text, start, start + LONGEST_LIST):
        depth += 1 if bracket[0] in OPENING else -1
        if depth < 0:
            line = text.find("\n", start, bracket.start())
            if line >= 0 and text.find("。", line, bracket.start()) >= 0:
                break  # another paragraph's bracket
            return bracket.start()
    return _line_end(text, start)


def _line_end(text: str, start: int) -> int:
    """The end of the paragraph; one that ends with 、 or ： goes on in the next line."""
    limit = min(len(text), start + LONGEST_LIST)
    end = text.find("\n", start, limit)
    while end > 0 and text[end - 1] in "、，,：:":
        end = text.find("\n", end + 1, limit)
    return end if end >= 0 else limit


def _plain_end(text: str, start: int, names: UnitNames) -> int:
    """A list without brackets ends with its sentence, unless another label follows at once."""
    end = _line_end(text, start)
    stop = text.find("。", start, end)
    while stop >= 0:
        colon = COLON.search(text, stop, min(end, stop + names.longest_label + 2))
        if colon is None or names.label(text[stop + 1 : colon.start()].strip()) is None:
            return stop
        stop = text.find("。", stop + 1, end)
    return end


def _merged(text: str, found: Iterable[Region]) -> list[Region]:
    """Lists that follow each other at once are one: 牵头单位：A ⏎ 配合单位：B."""
    out: list[Region] = []
    for region in found:
        between = text[out[-1].end : region.start] if out else "x"
        if len(between) < 8 and not between.strip(" \n；;。，,"):
            out[-1] = Region(out[-1].start, region.end)
        else:
            out.append(region)
    return out


def _heads_list(text: str, start: int, end: int, names: UnitNames, skip: Cover) -> bool:
    """Whether a bracket's words are a list of units by their own form."""
    if not 3 <= end - start <= LONGEST_LIST:
        return False
    pieces: list[str] = []
    for token in tokens(text, Region(start, end), skip):
        if token["piece"] and text[token.end()] in COLONS:  # …；完成时限：…
            break
        pieces.append(token["piece"] or "")
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return False
    if leading_label(pieces[0], names):
        return True
    closes = text[end + 1 : end + 2] in ("", "\n", "。", "；")
    spoken = any(p[-1] in LIST_ENDS for p in pieces)
    if not (closes or spoken):
        return False
    read = [read_piece(piece, names) for piece in pieces]
    found = [name.text for piece in read for name in piece.names if name.text not in names.nobody]
    if any(piece.role for piece in read):
        return bool(found) and all(_fits(name, names) for name in found[:2])
    if (
        closes
        and text[start - 2 : start - 1] == "。"
        and found
        and all(_of_all(name, names) for name in found)
    ):
        return True  # …。|（各有关单位）
    firm = [names.parse(name) for name in found]
    if (
        not closes
        or not firm
        or not all(p.known and p.kind != "bare" for p in firm)
        or firm[0].kind == "seat"
    ):
        return False
    return any(p.prefix and p.kind in OFFICES for p in firm) or sum(p.kind in OFFICES for p in firm) > 1


def _of_all(name: str, names: UnitNames) -> bool:
    """各有关单位, 各区人民政府: all of a kind"""
    return name.startswith("各") and names.parse(name).kind in ("whoever", "area")


def _fits(name: str, names: UnitNames) -> bool:
    return names.parse(name).known or (names.has_ending(name) and not odd(name, names))


@lru_cache(maxsize=1 << 14)
def leading_label(piece: str, names: UnitNames) -> int:
    """The length of a label that opens a piece without a colon: 责任单位|市教育局, 牵头单位为|…"""
    for size in range(min(names.longest_label, len(piece)), 3, -1):
        if names.label(piece[:size]) is not None:
            return size + (1 if piece[size : size + 1] in ("为", "是") else 0)
    return 0


def tokens(text: str, region: Region, skip: Cover) -> Iterator[re.Match[str]]:
    """The pieces and separators of a region outside the rules (`skip`) that stand in it."""
    if not skip.hits(*region):
        return TOKEN.finditer(text, region.start, region.end)
    return chain.from_iterable(TOKEN.finditer(text, *gap) for gap in skip.gaps(*region))
