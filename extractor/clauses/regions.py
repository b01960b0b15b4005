"""Which paragraphs of a notice are front, preamble, body, closing, annexes and back.

The parts of an official document after GB/T 9704-2012 (版头, 主体, 版记), found by their wording: a text has
no layout to go by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.clauses.annexes import ANNEX, DATE_LINE, heads_annex, links_file, lists_annexes
from extractor.clauses.contents import contents
from extractor.clauses.headings import bare_heading
from extractor.lexicon.layout import layout
from extractor.markers import Marker
from extractor.text.joining import reads_as_title

RECIPIENTS = re.compile(r"[^。]{1,400}[：:]$")
FEWEST_ALIKE = 3  # measures before the last, that show how each is printed
MOST_SIGNED = 5  # lines of a signature between the words that lead in and the body
LEADS_IN = re.compile(r"(?:如下|以下)[^。，；《》]{0,8}[。：]$|(?:特)?制定(?:本|如下|以下)[^。，；]{0,10}。$")
ASIDE = re.compile(r"[（(【〔\[].{0,400}[）)】〕\]]")
MONTH_LINE = re.compile("20[0-9]{2}年[0-9]{1,2}月")  # below an office it dates a notice too
IN_BRACKETS = re.compile(r"[（(【〔\[][^（）()。]{2,20}[）)】〕\]]")
SENTENCE = re.compile(r"。|；|[：:]$|！$")


@dataclass(frozen=True, slots=True)
class Regions:
    """Borders as indexes into the paragraphs, each region up to the next one's first paragraph.

    `annexes` are the first paragraphs of the annexes; `backs` of what follows the end. Where a region does
    not occur its border equals the next one's.
    """

    preamble: int
    body: int
    closing: int
    end: int  # of the closing: the first annex, the back, or the end of the notice
    annexes: tuple[int, ...]
    backs: tuple[int, ...]


def find_regions(
    words: Sequence[str], cells: Sequence[bool], marks: Sequence[Marker | None], inferred: frozenset[int]
) -> Regions:
    """Regions of a notice whose paragraphs read `words`; `cells` tells those that are table cells.

    `marks` are the markers that paragraphs begin with; `inferred` those that begin a clause without one.
    """
    total = len(words)
    listed = contents(words, marks)
    start = substance(words, marks)
    body = next(
        (
            i
            for i in range(start, total)
            if i not in listed and not cells[i] and (i in inferred or _opens(words, marks, i))
        ),
        total,
    )
    if body == total:
        preamble, body = _unnumbered(words, cells, start)
        if body == total and any(cells):  # a table of tasks or figures that is a file of its own
            first = cells.index(True)
            body = next((i for i in range(first) if heads_annex(words, i)), first)
            preamble = body
            heads = [i for i in range(body, total) if not cells[i] and heads_annex(words, i)]
            return Regions(preamble, body, total, heads[0] if heads else total, tuple(heads), ())
    else:
        preamble = _preamble(words, body, start)
    heads = [i for i in range(body + 1, total) if not cells[i] and heads_annex(words, i)]
    first_annex = heads[0] if heads else total
    closing = _closing(words, cells, marks, body, first_annex, inferred)
    backs = _backs(words, cells, marks, closing, heads)
    end = min([first_annex, *backs, total])
    return Regions(preamble, body, closing, end, tuple(heads), tuple(backs))


def substance(words: Sequence[str], marks: Sequence[Marker | None]) -> int:
    """Where the substantive document begins: after its title, printed again below a cover notice.

    A cover notice that issues a document names it and is signed and dated; its own numbered points are
    part of the front, as its letterhead is. Where it has points and 附件 stands over the document, that is
    an annex to them.
    """
    for index, line in enumerate(words[:80]):
        if not DATE_LINE.fullmatch(line):
            continue
        cover = _compact("".join(words[:index]))
        points = any(_opens(words, marks, at) for at in range(index))
        for at in range(index + 1, min(index + 7, len(words) - 1)):
            if points and ANNEX.match(words[at]):
                break
            for lines in (1, 2, 3):
                title = _compact("".join(words[at : at + lines]))
                if 8 <= len(title) <= 100 and reads_as_title(title) and title in cover:
                    return at + lines
    return 0


def _compact(words: str) -> str:
    return re.sub("[\\s《》〈〉“”]", "", words)


def _opens(words: Sequence[str], marks: Sequence[Marker | None], index: int) -> bool:
    """Whether the first clause of the body begins here: a marker that is no line of a list of annexes."""
    marker = marks[index]
    if marker is None or marker.form in ("letter", "circle", "half"):
        return False
    return not (
        index and ANNEX.match(words[index - 1]) and len(words[index]) < 60 and words[index][-1] not in "。；"
    )


def _preamble(words: Sequence[str], body: int, start: int) -> int:
    """First of the sentences that lead up to the body, after the title, the recipients or a signature."""
    index = body
    while index > start and _is_sentence(words[index - 1]):
        index -= 1
    if index < body:
        return index
    return _over_signature(words, body, start)


def _over_signature(words: Sequence[str], body: int, start: int) -> int:
    """…现提出如下意见。|某某市人民政府|2026年4月20日|一、…: a notice that is signed before its body."""
    index = body
    while index > max(start, body - MOST_SIGNED) and (
        DATE_LINE.fullmatch(words[index - 1])
        or ASIDE.fullmatch(words[index - 1])
        or bare_heading(words[index - 1])
    ):
        index -= 1
    signed = any(DATE_LINE.fullmatch(line) for line in words[index:body])
    if not signed or index == start or not LEADS_IN.search(words[index - 1]):
        return body
    while index > start and _is_sentence(words[index - 1]):
        index -= 1
    return index


def _is_sentence(line: str) -> bool:
    if not SENTENCE.search(line) or ASIDE.fullmatch(line):
        return False
    if ANNEX.match(line) and not line.endswith("。"):
        return False
    return not (RECIPIENTS.fullmatch(line) and not layout().purpose.search(line))


def _unnumbered(words: Sequence[str], cells: Sequence[bool], start: int) -> tuple[int, int]:
    """A notice without any marker: its sentences are the preamble, up to the closing."""
    first = next(
        (
            i
            for i in range(start, len(words))
            if not cells[i] and len(words[i]) > 10 and _is_sentence(words[i])
        ),
        None,
    )
    if first is None:
        return len(words), len(words)
    last = first + 1
    while last < len(words) and (
        cells[last] or (_is_sentence(words[last]) and not layout().closing.match(words[last]))
    ):
        last += 1
    return first, last


def _closing(
    words: Sequence[str],
    cells: Sequence[bool],
    marks: Sequence[Marker | None],
    body: int,
    limit: int,
    inferred: frozenset[int],
) -> int:
    """First paragraph after the last clause of the body: entry into force, list of annexes, signature."""
    for index in range(body, limit):
        if not cells[index] and lists_annexes(words[index]):
            limit = index
            break
    last = body - 1
    for index in range(body, _signed_at(words, cells, marks, body, limit)):
        if index in inferred or cells[index] or marks[index] is not None:
            last = index
    if last + 2 < limit and _titles(words[last], marks[last]) and not DATE_LINE.fullmatch(words[last + 2]):
        last += 1  # 八、其他事宜|本通知自印发之日起施行。
    elif last + 2 == limit and _titles(words[last], marks[last]) and layout().last_part.search(words[last]):
        last += 1  # the same, with nothing below it
    called = _calls_on_all(words, cells, marks, body, last, limit)
    for index in range(min(last + 1, limit), limit):
        line = words[index]
        if (
            index == called
            or layout().closing.match(line)
            or layout().back.match(line)
            or layout().signed.fullmatch(line)
            or (ASIDE.fullmatch(line) and "责任" not in line and _ends(line))
        ):
            return index
        month = MONTH_LINE.fullmatch(line) and index > last + 1 and layout().office.search(words[index - 1])
        if month or DATE_LINE.fullmatch(line):
            first = index
            while first > last + 1 and _signs(words[first - 1]):
                first -= 1
            return first
    return limit


def _signed_at(
    words: Sequence[str], cells: Sequence[bool], marks: Sequence[Marker | None], body: int, limit: int
) -> int:
    """Where a notice is signed that has nothing but a form below; `limit` where it is not."""
    for index in range(limit - 1, body, -1):
        if marks[index] is not None and not cells[index]:
            return limit
        if not cells[index] and DATE_LINE.fullmatch(words[index]) and _signs(words[index - 1]):
            return index
    return limit


def _signs(line: str) -> bool:
    """Whether a line may be who signs: an office, or several side by side (某省民政厅 某省财政厅)."""
    names = line.split()
    offices = len(names) > 1 and all(layout().office.search(name) for name in names)
    return bare_heading(line) or (offices and all(map(bare_heading, names)))


def _calls_on_all(
    words: Sequence[str],
    cells: Sequence[bool],
    marks: Sequence[Marker | None],
    body: int,
    last: int,
    limit: int,
) -> int | None:
    """Where the notice, below its last measure, says what all are to do: 各县区、各部门要…

    It is no part of that measure where each measure before is one paragraph, or one with its offices below.
    """
    at = next((i for i in range(last + 1, limit) if layout().calls.match(words[i])), None)
    if at is None or last < body or any(cells[last : at + 1]):
        return None
    marker = marks[last]
    own = [line for line in words[last + 1 : at] if not layout().units_below.fullmatch(line)]
    if marker is None or own or bare_heading(words[last][marker.end :]):
        return None
    alike = [i for i in range(body, last) if (m := marks[i]) is not None and m.form == marker.form]
    alone = sum(
        marks[i + 1] is not None or layout().units_below.fullmatch(words[i + 1]) is not None for i in alike
    )
    return at if len(alike) >= FEWEST_ALIKE and alone == len(alike) else None


def _titles(line: str, marker: Marker | None) -> bool:
    """Whether a line is a marker and a title of what must follow: 八、附则"""
    if marker is None:
        return False
    if marker.form == "law":  # 第六条（施行日期）|本办法自…
        return IN_BRACKETS.fullmatch(line[marker.end :].strip()) is not None
    return marker.form in ("part", "subpart", "bare", "decimal") and bare_heading(line[marker.end :])


def _ends(line: str) -> bool:
    return re.match(r"[（(](?:此件|本件|联系|盖章|公章)", line) is not None


def _backs(
    words: Sequence[str],
    cells: Sequence[bool],
    marks: Sequence[Marker | None],
    closing: int,
    heads: Sequence[int],
) -> list[int]:
    """Where the back begins: after the closing before the annexes, and again after the last annex."""
    backs = []
    total = len(words)
    borders = [*heads, total]
    for index in range(closing, borders[0]):
        line = words[index]
        if cells[index]:
            continue
        form = marks[index] is None and layout().form_title.fullmatch(line)  # else one of a list of annexes
        if form or layout().back.match(line) or links_file(words, index):
            backs.append(index)
            break
    if heads:
        for index in range(heads[-1] + 1, total):
            if not cells[index] and layout().imprint.match(words[index]):
                while (
                    index > heads[-1] + 1 and not cells[index - 1] and layout().back.match(words[index - 1])
                ):
                    index -= 1  # 公开方式：主动公开
                backs.append(index)
                break
    return backs
