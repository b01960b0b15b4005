"""Who does what in a list of units: names in full, in order, each with the role the list gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from extractor.extractors.unit_names import Word, in_full
from extractor.extractors.unit_pieces import TERM, Named, odd, read_piece
from extractor.extractors.unit_regions import NOTHING, Cover, Region, leading_label, tokens
from extractor.lexicon.units import UnitNames
from extractor.model import Finding, Role, Span

COLONS = ("：", ":")
PLAIN = ("responsible", "support")  # roles that a rule such as 列首位的为牵头单位 overrides
COMMAS = "，,"
STARS = "*＊★☆▲"


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
class _Reader:
    """Reads one list, token by token."""

    names: UnitNames
    labels: list[Role | None]  # one a group: the words under one label
    words: list[Word] = field(default_factory=list)
    roles: list[Role | None] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    starred: list[bool] = field(default_factory=list)
    place: Place = Place()
    findings: list[Finding] = field(default_factory=list)
    run: int = 0  # where the names begin that wait for their verb
    helping: bool = False  # after 会同
    foreign: bool = False  # under a label that is none of ours (完成时限：)

    def mark(self, sep: str) -> None:
        """A separator; no verb reaches back over ；, 。 or a line end."""
        if sep in COMMAS:
            self.place = self.place._replace(commas=self.place.commas + 1)
        elif sep in ";；":
            self.place = self.place._replace(semicolons=self.place.semicolons + 1)
        if sep in "；;。\n":
            self.separate()

    def separate(self) -> None:
        self.run, self.helping, self.foreign = len(self.words), False, False

    def head(self, label: Role | None, *, foreign: bool = False) -> None:
        """A label: what follows stands under it."""
        self.separate()
        self.labels.append(label)
        self.foreign = foreign

    def piece(self, words: str, start: int) -> None:
        """The words between two separators."""
        if size := leading_label(words, self.names):
            self.head(self.names.label(words[:size].rstrip("为是")))
            words, start = words[size:], start + size
        star = bool(words) and (words[0] in STARS or words[-1] in STARS)
        if star:
            start += len(words) - len(words.lstrip(STARS))
            words = words.strip(STARS)
        if self.foreign or not words or words in self.names.nobody:
            return
        read = read_piece(words, self.names)
        for name in read.names:
            self._name(name, start, read.suffix, star=star)
        if read.role:
            for index in range(self.run, len(self.words)):
                self.roles[index] = self.roles[index] or read.role
            self.run, self.helping = len(self.words), False

    def _name(self, name: Named, start: int, suffix: str, *, star: bool) -> None:
        if name.text in self.names.nobody:
            return
        if not self.names.parse(name.text).known and odd(name.text, self.names):
            self.findings.extend(_unreadable(name.text, Span(start + name.start, start + name.end)))
            return
        role: Role | None = "support" if self.helping else name.role
        self.helping = self.helping or name.lead_of_helpers or name.helps
        self.words.append(Word(start + name.start, start + name.end, name.text, None, suffix))
        self.roles.append("lead" if name.lead_of_helpers else name.role or role)
        self.groups.append(len(self.labels) - 1)
        self.places.append(self.place)
        self.starred.append(star)

    def result(self, region: Region) -> UnitList:
        """The list, with every name in full and the role the list gives it."""
        full = in_full(self.words, self.names)
        leads = {group for group, role in zip(self.groups, self.roles, strict=True) if role == "lead"}
        differs = bool(leads) or "lead" in self.labels
        words: list[Word] = []
        plain: list[bool] = []
        for word, role, group in zip(full, self.roles, self.groups, strict=True):
            label = self.labels[group]
            plain.append(not differs and (role or "support") in PLAIN and label in (None, "responsible"))
            words.append(
                word._replace(role=role or ("support" if group in leads else label or "responsible"))
            )
        return UnitList(
            region, tuple(words), tuple(plain), tuple(self.places), tuple(self.starred), tuple(self.findings)
        )


def read_list(
    text: str, region: Region, names: UnitNames, *, label: Role | None = None, skip: Cover = NOTHING
) -> UnitList:
    """The names and roles of one list. `label` is the role that stands outside it (a column's header)."""
    reader = _Reader(names, [label])
    for token in tokens(text, region, skip):
        piece = token["piece"]
        if piece is None:
            reader.mark(token["sep"] or "")
        elif text[token.end() : token.end() + 1] in COLONS:
            named = names.label(piece) or _label_at_end(piece, names)
            reader.head(named, foreign=named is None)
        else:
            reader.piece(piece, token.start())
    return reader.result(region)


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
