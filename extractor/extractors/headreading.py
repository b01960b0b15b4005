"""From the paragraphs of a notice to the lines of its head.

A paragraph is one line, but converters run lines together: the title with the number after it, with what a
web page prints beside it, or with the note of adoption. Such a paragraph is cut where one form ends and
another begins. A label whose value stands on the next line, or in the next cell, is one line with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.extractors.dates import PLAIN_DATE, read_date
from extractor.extractors.docnumbers import YEARED
from extractor.extractors.headlabels import read_labels
from extractor.extractors.headlines import HeadLine, bare_title, is_office, line_kind
from extractor.lexicon.notices import NoticeWords
from extractor.model import Clause, Paragraph, Span, Text

_LONGEST_CUT = 400  # of a paragraph that may hold several lines of a head
_LONGEST_SIGN = 12
_DATE = re.compile(PLAIN_DATE)
_YEARED = re.compile(YEARED)
_NUMBER_FIRST = re.compile(
    rf"[（(]?[㐀-鿿A-Za-z]{{1,16}}\s?{YEARED}[）)]?(?=[《㐀-鿿])(?!文|的|规定|精神|和|及)"
)
_AFTER_PHONE = re.compile(r"(?<=[0-9]{7})(?=[㐀-鿿])")  # 联系电话：81234567|某市财政局
_EACH = re.compile(r"(?<=[㐀-鿿）)])各")
# …的通知|国家某局办公室
_OFFICE_LAST = re.compile(
    r"(?<=[㐀-鿿])(?:国家|国务院|中华|中国|中共|[㐀-鿿]{2,4}[省市州盟县])[㐀-鿿]{2,24}(?:局|厅|委|部|会|院|府|办公[室厅])$"
)
# 来源：某区人民政府网 and the title after it
_SITE = re.compile(r"(?:来源|作者)[：:]\s?[㐀-鿿]{2,20}?(?:网站|网)(?=[㐀-鿿《]{6,80}$)")


def read_lines(text: Text, clauses: Iterable[Clause], notices: NoticeWords) -> tuple[HeadLine, ...]:
    """The lines of the head that lie in `clauses`, in order, each with its kind."""
    spans = [(clause.span.start, clause.span.end) for clause in clauses]
    inside: list[Paragraph] = []
    index = 0
    for paragraph in text.paragraphs:
        start = paragraph.span.start
        while index < len(spans) and spans[index][1] <= start:
            index += 1
        if index == len(spans):
            break
        if start >= spans[index][0]:
            inside.append(paragraph)
    return lines_of(text, inside, notices)


def lines_of(text: Text, paragraphs: Iterable[Paragraph], notices: NoticeWords) -> tuple[HeadLine, ...]:
    """The lines of some paragraphs. The cells of a table are labels."""
    lines = [
        HeadLine("label" if paragraph.cell is not None else line_kind(words, notices), words, span)
        for paragraph in paragraphs
        for words, span in _pieces(text.text, paragraph, notices)
    ]
    return tuple(_with_values(lines, notices))


def _pieces(text: str, paragraph: Paragraph, notices: NoticeWords) -> Iterator[tuple[str, Span]]:
    start, end = paragraph.span
    cuts = [] if paragraph.cell is not None else sorted(set(_cuts(text[start:end], notices)))
    for begin, stop in zip([0, *cuts], [*cuts, end - start], strict=True):
        words = text[start + begin : start + stop].strip()
        if words:
            yield words, Span(start + begin, start + stop)


def _cuts(words: str, notices: NoticeWords) -> Iterator[int]:
    """Where one line of a head ends and another begins within a paragraph."""
    if len(words) > _LONGEST_CUT:
        return
    labels = read_labels(words, notices)
    if labels and labels[0].start:
        yield labels[0].start
    site = _SITE.search(words)
    if site is not None:
        yield site.end()
    phone = _AFTER_PHONE.search(words)
    if phone is not None:
        yield phone.start()
    if words.endswith(("：", ":")):
        yield from _address_cut(words, notices)
    office = _OFFICE_LAST.search(words)
    if office is not None and is_office(office[0], notices) and _ends_title(words[: office.start()], notices):
        yield office.start()
    if "号" in words:
        yield from _number_cuts(words, notices)
    for day in _DATE.finditer(words):
        if _ends_title(words[: day.start()], notices):
            yield day.start()
            break


def _address_cut(words: str, notices: NoticeWords) -> Iterator[int]:
    """…的通知（某政办〔2022〕3号）|各县人民政府："""
    for each in _EACH.finditer(words):
        before = words[: each.start()]
        if before.rstrip("）)")[-1:] == "号" or _ends_title(before, notices):
            yield each.start()
            return


def _number_cuts(words: str, notices: NoticeWords) -> Iterator[int]:
    first = _NUMBER_FIRST.match(words)
    if first is not None:
        yield first.end()
    for number in _YEARED.finditer(words):
        sign = _sign_after_title(words, number.start(), notices)
        if sign is not None:
            yield from (sign, number.end())


def _sign_after_title(words: str, end: int, notices: NoticeWords) -> int | None:
    """Where the sign of a number begins that a title runs into: …的通知|皖政明电〔2005〕16号."""
    for start in range(end - 2, max(0, end - _LONGEST_SIGN), -1):
        if not "㐀" <= words[start] <= "鿿":
            return None
        if _ends_title(words[:start], notices):
            return start
    return None


def _ends_title(words: str, notices: NoticeWords) -> bool:
    return len(words) > 5 and words[-1] != "》" and notices.kind_of(bare_title(words.rstrip())) is not None


def _with_values(lines: Sequence[HeadLine], notices: NoticeWords) -> Iterator[HeadLine]:
    """Labels joined with the value that stands on the line after them."""
    waiting: tuple[HeadLine, str] | None = None
    for line in lines:
        if waiting is not None:
            label, role = waiting
            if _fits(line, role, notices):
                words = f"{label.words.rstrip('：:')}：{line.words}"
                yield HeadLine("label", words, Span(label.span.start, line.span.end))
                waiting = None
                continue
            yield label
            waiting = None
        opened = _open_label(line, notices)
        if opened is None:
            yield line
        else:
            waiting = line, opened
    if waiting is not None:
        yield waiting[0]


def _open_label(line: HeadLine, notices: NoticeWords) -> str | None:
    """The role of the label at the end of a line that gives no value."""
    if line.kind not in ("label", "recipients"):
        return None
    labels = read_labels(line.words, notices)
    if labels:
        return labels[-1].role if not labels[-1].value else None
    return notices.labels.get(line.words.strip("：: "))


def _fits(line: HeadLine, role: str, notices: NoticeWords) -> bool:
    """Whether a line may be the value of a label: a date of 发文日期, a number of 发文字号."""
    if _open_label(line, notices) is not None or read_labels(line.words, notices):
        return False
    if role == "number":
        return line.kind == "number" or (line.kind == "label" and _YEARED.search(line.words) is not None)
    if role in ("signed", "sent", "starts", "ends"):
        return len(line.words) < 30 and read_date(line.words) is not None
    if role == "issuer":
        return is_office(line.words, notices)
    return role == "title" and line.kind in ("other", "label")
