"""Who does what in a list of units: names in full, in order, each with the role the list gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from extractor.extractors.unit_names import PLACE, Word, in_full
from extractor.extractors.unit_pieces import TERM, Named, odd, read_piece
from extractor.extractors.unit_regions import NOTHING, Cover, Region, leading_label, tokens
from extractor.lexicon.units import UnitNames
from extractor.model import Finding, Role, Span

COLONS = ("：", ":")
PLAIN = ("responsible", "support")  # roles that a rule such as 列首位的为牵头单位 overrides
COMMAS, SEMICOLONS, STOPS = ("，", ","), ("；", ";"), ("。", "\n")
# 广州、|深圳市政府: a place's name that takes its level and body from what follows
SHORT_PLACE = re.compile(r"(?![和及与等由请各该])[\u4e00-\u9fff]{2,3}")
OF_A_LEVEL = "各省市县区州盟旗"  # a name of its own begins so
STARS = "*＊★☆▲"
# 省市场监管局|完成时限：2019年9月: a label of another field whose line end was lost
GLUED = re.compile(
    "(?<=[局委厅办部会院心府联社团处队站所司行校位区县市镇乡）])(?:完成|办结|工作|整改|时限|实施)?(?:时限|时间|时间节点|期限|时间要求|进度安排)$|(?<=.)(?:责任人|(?:责任|牵头|分管|联系|包保)领导)$"
)


class Gap(NamedTuple):
    """Characters at `at` that were left out of a piece."""

    at: int
    size: int

    def beyond(self, offset: int) -> int:
        """The place in the text of an offset in the piece."""
        return offset + self.size if offset >= self.at else offset


NO_GAP = Gap(0, 0)
NO_BREAKS: frozenset[int] = frozenset()


class Place(NamedTuple):
    """How many ， and ； of its list stand before a name."""

    commas: int = 0
    semicolons: int = 0


@dataclass(frozen=True, slots=True)
class UnitList:
    """A list as read: its names in full, in order, each with the role the list itself gives it.

    `plain` tells which of them stand in a list that makes no difference between its members, `places`
    how many commas and semicolons stand before each, `starred` which has a star.
    """

    region: Region
    words: tuple[Word, ...]
    plain: tuple[bool, ...]
    places: tuple[Place, ...] = ()
    starred: tuple[bool, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Entry:
    """A name as it is read, before the list is known to its end."""

    word: Word
    group: int  # of the label it stands under
    place: Place
    starred: bool
    role: Role | None = None


@dataclass(slots=True)
class _Reader:
    """Reads one list, token by token."""

    names: UnitNames
    labels: list[Role | None]  # one a group: the words under one label
    entries: list[_Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    place: Place = field(default_factory=Place)
    run: int = 0  # where the names begin that wait for their verb
    helping: bool = False  # after 会同
    foreign: bool = False  # under a label that is none of ours (完成时限：)

    def mark(self, sep: str) -> None:
        """A separator; no verb reaches back over ；, 。 or a line end."""
        if sep in COMMAS:
            self.place = Place(self.place.commas + 1, self.place.semicolons)
        elif sep in SEMICOLONS:
            self.place = Place(self.place.commas, self.place.semicolons + 1)
            self.separate()
        elif sep in STOPS:
            self.separate()

    def separate(self) -> None:
        """No verb reaches back over this place."""
        self.run, self.helping, self.foreign = len(self.entries), False, False

    def head(self, label: Role | None, *, foreign: bool = False) -> None:
        """A label: what follows stands under it."""
        self.separate()
        self.labels.append(label)
        self.foreign = foreign

    def piece(self, words: str, start: int, gap: Gap = NO_GAP) -> None:
        """The words between two separators, without the `gap` where a line of a cell broke off."""
        if size := leading_label(words, self.names):
            self.head(self.names.label(words[:size].rstrip("为是")))
            words, start = words[size:], start + size
        bare = words.lstrip(STARS)
        start, bare = start + len(words) - len(bare), bare.rstrip(STARS)
        if self.foreign or not bare or bare in self.names.nobody:
            return
        read = read_piece(bare, self.names)
        for name in read.names:
            self._name(name, start, gap, read.suffix, starred=bare != words)
        if read.role:
            for entry in self.entries[self.run :]:
                entry.role = entry.role or read.role
            self.run, self.helping = len(self.entries), False

    def _name(self, name: Named, start: int, gap: Gap, suffix: str, *, starred: bool) -> None:
        if name.text in self.names.nobody:
            return
        span = Span(gap.beyond(start + name.start), gap.beyond(start + name.end - 1) + 1)
        if not self.names.parse(name.text).known and odd(name.text, self.names):
            if not SHORT_PLACE.fullmatch(name.text):
                self.findings.extend(_unreadable(name.text, span))
                return
            suffix = PLACE
        role: Role | None = "support" if self.helping else name.role
        self.helping = self.helping or name.lead_of_helpers or name.helps
        self.entries.append(
            _Entry(
                Word(*span, name.text, None, suffix), len(self.labels) - 1, self.place, starred,
                "lead" if name.lead_of_helpers else name.role or role,
            )
        )  # fmt: skip

    def result(self, region: Region) -> UnitList:
        """The list, with every name in full and the role the list gives it."""
        full = in_full([entry.word for entry in self.entries], self.names)
        leads = {entry.group for entry in self.entries if entry.role == "lead"}
        differs = bool(leads) or "lead" in self.labels
        words: list[Word] = []
        kept: list[_Entry] = []
        for word, entry in zip(full, self.entries, strict=True):
            if not word.full:
                self.findings.extend(_unreadable(entry.word.full, Span(word.start, word.end)))
                continue
            role = entry.role or ("support" if entry.group in leads else self.labels[entry.group])
            words.append(Word(word.start, word.end, word.full, role or "responsible"))
            kept.append(entry)
        return UnitList(
            region,
            tuple(words),
            tuple(not differs and self._plain(entry) for entry in kept),
            tuple(entry.place for entry in kept),
            tuple(entry.starred for entry in kept),
            tuple(self.findings),
        )

    def _plain(self, entry: _Entry) -> bool:
        """Whether nothing said of a name makes it differ from its neighbours."""
        return (entry.role or "support") in PLAIN and self.labels[entry.group] in (None, "responsible")


def read_list(
    text: str, region: Region, names: UnitNames, *, label: Role | None = None, skip: Cover = NOTHING
) -> UnitList:
    """The names and roles of one list. `label` is the role that stands outside it (a column's header)."""
    reader = _Reader(names, [label])
    found = list(tokens(text, region, skip))
    breaks = _broken(found, names) if any(token[0].isspace() for token in found) else NO_BREAKS
    skipped = -1
    for index, token in enumerate(found):
        piece = token["piece"]
        if index <= skipped:
            continue
        if index in breaks:
            rest, skipped = found[index + 2], index + 2
            gap = Gap(token.end(), rest.start() - token.end())
            reader.piece(token[0] + rest[0], token.start(), gap)
        elif piece is None:
            if (sep := token["sep"]) != "、":
                reader.mark(sep or "")
        elif token.end() < region.end and text[token.end()] in COLONS:
            if glued := GLUED.search(piece):
                reader.piece(piece[: glued.start()], token.start())
            named = names.label(piece) or _label_at_end(piece, names)
            reader.head(named, foreign=named is None)
        else:
            reader.piece(piece, token.start())
    return reader.result(region)


def _broken(found: Sequence[re.Match[str]], names: UnitNames) -> frozenset[int]:
    """Where two pieces with a line end between are one name only together: 省人力资源社会|保障厅"""
    return frozenset(
        index
        for index in range(len(found) - 2)
        if found[index + 1][0].isspace()
        and (first := found[index]["piece"]) is not None
        and (second := found[index + 2]["piece"]) is not None
        and not names.parse(second if names.parse(first).known else first).known
        and second[0] not in OF_A_LEVEL
        and names.parse(first + second).kind in ("field", "strict", "full")
    )


@lru_cache(maxsize=1 << 10)
def _label_at_end(piece: str, names: UnitNames) -> Role | None:
    """此项任务牵头单位：… has its label at the end of the piece."""
    for size in range(min(names.longest_label, len(piece)), 3, -1):
        if (role := names.label(piece[-size:])) is not None:
            return role
    return None


def _unreadable(name: str, span: Span) -> Iterator[Finding]:
    """A finding for words that are no name, but for terms such as 2023年12月底前完成."""
    if not TERM.match(name):
        yield Finding("info", "unreadable-unit", f"在责任单位名单中，“{name}”读不出单位名称", span)
