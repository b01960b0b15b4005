"""`Text` → the tree of clauses, in reading order, also where numbering was lost.

Guarantees (contract, «clauses»):
1. The clauses tile the text: each character outside line breaks belongs to exactly one clause's own span.
2. A clause's own words come before its children's; words after a last item belong to that item.
3. Refs are unique and depend on the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from extractor.clauses.annexes import ANNEX, before_list, listed_annexes
from extractor.clauses.chapters import lost_chapters
from extractor.clauses.decimals import bare_numbers
from extractor.clauses.headings import lost_headings
from extractor.clauses.nesting import LISTING, Draft, Placed, place
from extractor.clauses.quoted import quoted_lines
from extractor.clauses.regions import Regions, find_regions, substance
from extractor.clauses.sequence import odd_numbers
from extractor.clauses.task_tables import task_rows
from extractor.clauses.titling import headings
from extractor.markers import LEVELS, Form, Marker, RunIn, parse, run_in_lists, run_on
from extractor.model import Clause, Finding, Level, Span, Text

NEAR = 3  # paragraphs on which a list goes on
OUTSIDE = ("front", "preamble", "closing", "back")  # regions that hold no clauses of their own
INFERRED: dict[str, Form] = {"part": "part", "subpart": "subpart", "article": "article"}


def build(text: Text) -> tuple[tuple[Clause, ...], tuple[Finding, ...]]:
    """The clauses of a text and what is odd about their numbers. Linear in the length of the text."""
    words = [text.text[p.span.start : p.span.end] for p in text.paragraphs]
    cells = [p.cell is not None for p in text.paragraphs]
    marks = [parse(line) for line in words]
    for index, marker in bare_numbers(words, cells, marks).items():
        marks[index] = marker
    for index in quoted_lines(words):
        marks[index] = None
    lost = _lost(words, cells, marks)
    regions = find_regions(words, cells, marks, frozenset(lost))
    chapters = lost_chapters(words, cells, marks)
    drafts = list(_drafts(text, words, cells, marks, regions, lost, chapters))
    if text.text and (not drafts or drafts[0].start > 0):
        drafts.insert(0, Draft(0, 0, "front"))
    drafts = list(_with_lists(text, drafts))
    placed = place(drafts)
    return tuple(_clauses(text, drafts, placed)), tuple(odd_numbers(drafts, placed))


def _lost(words: list[str], cells: list[bool], marks: Sequence[Marker | None]) -> dict[int, str]:
    """Clauses without a marker, where most of the numbering was lost: see `lost_headings`."""
    marked = [mark for mark, in_cell in zip(marks, cells, strict=True) if mark is not None and not in_cell]
    opens = any(mark.number == 1 and mark.form != "letter" for mark in marked)
    regulation = any(mark.form in ("law", "chapter") for mark in marked)
    if opens and (len(marked) >= 3 or regulation):
        return {}
    begin = substance(words, marks)
    first = next((i for i in range(begin, len(words)) if len(words[i]) > 30 and words[i][-1] in "。："), None)
    return lost_headings(words, cells, first + 1, len(words)) if first is not None else {}


def _drafts(
    text: Text,
    words: Sequence[str],
    cells: Sequence[bool],
    marks: Sequence[Marker | None],
    regions: Regions,
    lost: dict[int, str],
    chapters: dict[int, int],
) -> Iterator[Draft]:
    """The clauses that begin with a paragraph."""
    starts = [p.span.start for p in text.paragraphs]
    borders = _borders(regions, len(words))
    rows, listed = task_rows(text), listed_annexes(words)
    seen: dict[Form, Marker] = {}
    top: Form | None = None  # the form of the first clause: a last part without a marker stands beside those
    level: Level = "front" if borders.get(0) == "front" else "part"
    for index in range(len(words)):
        if index in borders:
            level = borders[index]
            yield _region(level, words[index], starts[index])
            if level == "annex":
                seen = {}
        elif index == regions.body and level in ("front", "preamble"):
            level = "part"
        if index in rows:
            number = rows[index]
            marker = words[index] if words[index] == str(number) else None
            body = starts[index] + len(marker or "")
            yield Draft(starts[index], body, "row", marker=marker, number=number)
        elif index in chapters and level not in OUTSIDE:
            number = chapters[index]
            yield Draft(
                starts[index], starts[index], LEVELS["chapter"][0], "chapter", number=number, inferred=True
            )
        elif words[index].replace(" ", "") == "附则" and index > regions.body and level not in OUTSIDE:
            form: Form = "law" if top == "law" else "part"
            yield Draft(starts[index], starts[index], LEVELS[form][0], form, inferred=True)
        elif index in lost and level not in OUTSIDE:
            form = INFERRED[lost[index]]
            yield Draft(starts[index], starts[index], LEVELS[form][0], form, inferred=True)
        elif level not in OUTSIDE and not cells[index] and index not in borders and index not in listed:
            following = next((mark for mark in marks[index + 1 : index + 1 + NEAR] if mark is not None), None)
            found = _marked(words[index], marks[index], seen, following)
            if found is not None:
                top = top or found.form
                seen[found.form] = found
                yield Draft(
                    starts[index], starts[index] + found.end, LEVELS[found.form][0],
                    found.form, found.printed, found.number, found.path,
                )  # fmt: skip


def _borders(regions: Regions, total: int) -> dict[int, Level]:
    """First paragraph of each region but the body → its level."""
    borders: dict[int, Level] = {}
    if min(regions.preamble, regions.body) > 0:
        borders[0] = "front"
    if regions.preamble < min(regions.body, total):
        borders[regions.preamble] = "preamble"
    if regions.closing < total:
        borders[regions.closing] = "closing"
    borders.update(dict.fromkeys(regions.annexes, "annex"))
    borders.update(dict.fromkeys(regions.backs, "back"))
    return borders


def _region(level: Level, line: str, start: int) -> Draft:
    if level != "annex":
        return Draft(start, start, level)
    match = ANNEX.match(line)
    assert match is not None
    title = match[2]
    marker = line[: match.start(2)].rstrip() if title else line
    number = _annex_number(match[1])
    return Draft(start, start + (match.start(2) if title else len(line)), level, marker=marker, number=number)


def _annex_number(value: str | None) -> int | None:
    if value is None:
        return None
    head = value.partition("-")[0]
    if head.isdigit():
        return int(head)
    marker = parse(f"{head}、")
    return marker.number if marker else None


def _marked(
    line: str, marker: Marker | None, seen: dict[Form, Marker], following: Marker | None
) -> Marker | None:
    """The marker of a line, unless it is a figure that only looks like one (1.60 of 1.60岁以上).

    `following` is the next marker: before 2. 1.60岁以上 is the first of a list.
    """
    marker = marker or _before_figures(line, seen)
    if marker is None:
        return None
    before = seen.get(marker.form)
    if marker.form == "decimal":
        if marker.number == 1 or (before is not None and _counts_on(before.path, marker.path)):
            return marker
        article = re.match(r"[0-9]{1,2}[.．]", line)
        begins = following is not None and following.form == "article" and following.number == 2
        expected = 1 if begins or "article" not in seen else seen["article"].number + 1
        if article is None or marker.path[0] != expected:
            return None
        return Marker("article", article[0], expected, article.end())
    if marker.form == "letter":
        return marker if marker.number == (before.number + 1 if before else 1) else None
    return marker


def _before_figures(line: str, seen: dict[Form, Marker]) -> Marker | None:
    """11.121人才项目 as the eleventh article: the number due, before words that begin with a long figure."""
    match = re.match(r"([0-9]{1,3})[.．](?=[0-9]{3})", line)
    if match is None or "article" not in seen or int(match[1]) != seen["article"].number + 1:
        return None
    return Marker("article", match[0], int(match[1]), match.end())


def _counts_on(before: tuple[int, ...], path: tuple[int, ...]) -> bool:
    """1.2 after 1.1 or 1.1.3; 2.1 needs no predecessor."""
    size = len(path)
    return len(before) >= size and before[: size - 1] == path[:-1] and path[-1] == before[size - 1] + 1


def _with_lists(text: Text, drafts: list[Draft]) -> Iterator[Draft]:
    """The drafts with the articles and the items of lists that run in a paragraph."""
    for draft, after in zip_longest(drafts, drafts[1:]):
        end = after.start if after is not None else len(text.text)
        parts = list(_run_on(text.text, draft, end))
        for part, following in zip_longest(parts, parts[1:]):
            yield part
            stop = following.start if following is not None else end
            if part.level in LISTING:
                own = before_list(text.text[part.body : stop])
                yield from _listed(text.text, part.body, part.body + len(own), run_in_lists(own))


def _run_on(text: str, draft: Draft, end: int) -> Iterator[Draft]:
    """A draft, and those of its form that follow it in its paragraph."""
    yield draft
    if draft.form is not None and draft.number:
        for item in run_on(text[draft.body : end], draft.number, draft.form):
            start, body = draft.body + item.start, draft.body + item.end
            yield Draft(start, body, draft.level, draft.form, text[start:body], item.number)


def _listed(text: str, first: int, end: int, items: Iterable[RunIn]) -> Iterator[Draft]:
    for item in items:
        start, body = first + item.start, first + item.end
        marker = text[start:body]
        while body < end and text[body] in "，、：, ":
            body += 1
        yield Draft(start, body, "item", item.form, marker, item.number, run_in=True)


def _clauses(text: Text, drafts: Sequence[Draft], placed: Sequence[Placed]) -> Iterator[Clause]:
    whole = text.text
    ends = _subtree_ends(drafts, placed, len(whole))
    owns = [_own_words(whole, draft, after) for draft, after in zip_longest(drafts, drafts[1:])]
    titles = headings(whole, drafts, placed, owns)
    for index, (draft, where, own) in enumerate(zip(drafts, placed, owns, strict=True)):
        yield Clause(
            ref=where.ref, level=draft.level, span=Span(draft.start, own.end), body=own.start,
            parent=where.parent, depth=where.depth, marker=draft.marker, number=draft.number or None,
            heading=titles[index], subtree_end=max(own.end, ends[index]), inferred=draft.inferred,
        )  # fmt: skip


def _own_words(whole: str, draft: Draft, after: Draft | None) -> Span:
    """What a clause says itself, after its marker."""
    stop = after.start if after is not None else len(whole)
    end = draft.start + len(whole[draft.start : stop].rstrip("\n"))
    body = min(draft.body, end)
    while body < end and whole[body] in "\n ":
        body += 1
    return Span(body, end)


def _subtree_ends(drafts: Sequence[Draft], placed: Sequence[Placed], length: int) -> list[int]:
    """Where the last descendant of each clause ends, line breaks included."""
    ends = [0] * len(drafts)
    for index in range(len(drafts) - 1, -1, -1):
        own = drafts[index + 1].start if index + 1 < len(drafts) else length
        ends[index] = max(ends[index], own)
        parent = placed[index].parent
        if parent is not None:
            ends[parent] = max(ends[parent], ends[index])
    return ends
