"""Words in running text that mean something: citations, offices, dates, quantities, title and number.

Marks do not overlap: of two that would, that of the kind which stands first here is taken. What is not marked
is not lost: the words stand there all the same, and every fact is among those of <proprietary>.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from extractor.export.akn.names import valid_date
from extractor.export.akn.xml import add, clean
from extractor.export.notices import Stored

# 2023年10月16日
_DATE = re.compile(r"(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日")


class Mark(NamedTuple):
    """An inline element around `text[start:end]`."""

    start: int
    end: int
    tag: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its marks in order, none of which overlaps another."""

    text: str
    marks: tuple[Mark, ...]
    starts: tuple[int, ...]

    def fill(self, element: Element, start: int, end: int) -> None:
        """Put `text[start:end]` into an empty element, with the marks that lie wholly inside."""
        done, last = start, None
        for mark in self.marks[bisect_left(self.starts, start) : bisect_right(self.starts, end)]:
            if mark.end <= end:
                _append(element, last, self.text[done : mark.start])
                last = add(element, mark.tag, self.text[mark.start : mark.end], **mark.attributes)
                done = mark.end
        _append(element, last, self.text[done:end])


def marked(notice: Stored, links: Mapping[str, str]) -> Marked:
    """The text of a document with its marks. `links`: id of a citation → what it refers to, as an IRI."""
    kinds = (_front(notice), _citations(notice, links), _offices(notice), _dates(notice), _quantities(notice))
    taken: list[Mark] = []
    for kind in kinds:
        taken = sorted([*taken, *_free(sorted(kind, key=_place), taken)], key=_place)
    return Marked(notice.text, tuple(taken), tuple(mark.start for mark in taken))


def _place(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end


def _free(marks: Iterable[Mark], taken: Sequence[Mark]) -> Iterator[Mark]:
    """Those marks, in order, that overlap none of `taken`, which are in order too, and not each other."""
    starts = [mark.start for mark in taken]
    until = -1
    for mark in marks:
        after = bisect_left(starts, mark.end)
        beside = after == 0 or taken[after - 1].end <= mark.start
        if mark.start >= until and mark.end > mark.start and beside:
            until = mark.end
            yield mark


def _append(element: Element, last: Element | None, words: str) -> None:
    if last is None:
        element.text = clean((element.text or "") + words)
    else:
        last.tail = clean((last.tail or "") + words)


def _front(notice: Stored) -> Iterator[Mark]:
    """Title and number of the document where they are printed as the database has them, on one line."""
    for clause in notice.clauses:
        if clause["level"] == "front":
            for tag, words in (("docNumber", notice.head["doc_number"]), ("docTitle", notice.head["title"])):
                at = notice.text.find(words, clause["start"], clause["end"]) if words else -1
                if at >= 0:
                    yield Mark(at, at + len(words), tag, {})


def _citations(notice: Stored, links: Mapping[str, str]) -> Iterator[Mark]:
    for fact in notice.facts["citations"]:
        yield Mark(fact["start"], fact["end"], "ref", {"href": links[fact["id"]]})


def _offices(notice: Stored) -> Iterator[Mark]:
    """Offices where they are named; a duty by a rule that stands elsewhere names nobody there."""
    named = [fact for fact in notice.facts["responsibilities"] if fact["basis"] != "default"]
    places = sorted(named, key=lambda fact: (fact["start"], fact["end"], fact["unit_id"]))
    for (start, end), facts in groupby(places, key=lambda fact: (fact["start"], fact["end"])):
        group = tuple(facts)
        units = " ".join(dict.fromkeys(f"#{unit_name(fact['unit_id'])}" for fact in group))
        roles = " ".join(dict.fromkeys(str(fact["role"]) for fact in group))
        yield Mark(start, end, "organization", {"refersTo": units, "class_": roles})


def _dates(notice: Stored) -> Iterator[Mark]:
    """Days as printed, and the ends of months and years that a deadline says are meant: 2025年底."""
    for match in _DATE.finditer(notice.text):
        day = valid_date(f"{match['year']}-{match['month']:0>2}-{match['day']:0>2}")
        if day:
            yield Mark(*match.span(), "date", {"date": day})
    for fact in notice.facts["deadlines"]:
        day = valid_date(fact["due"])
        if day:
            year, month = int(day[:4]), int(day[5:7])
            for words in (f"{year}年{month}月底", f"{year}年底"):
                at = notice.text.find(words, fact["start"], fact["end"])
                if at >= 0:
                    yield Mark(at, at + len(words), "date", {"date": day})


def _quantities(notice: Stored) -> Iterator[Mark]:
    for number in notice.quantities:
        value = number["value"]
        yield Mark(
            number["start"], number["end"], "quantity",
            {"refersTo": f"#{number['class']}", "normalized": None if value is None else f"{value}"},
        )  # fmt: skip


def unit_name(unit_id: object) -> str:
    """The eId of an office among the references."""
    return re.sub(r"\s+", "-", f"unit_{unit_id}")
