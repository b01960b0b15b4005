"""Who issued a notice, when, and under which number: from its signature, title, letterhead or table of
labels.

The signature (GB/T 9704-2012, 7.3.5) is the offices over a date; it counts before the title, the title
before the letterhead. The date of the signature (成文日期) counts before the printer's (印发日期); the day
a page was put on the web is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from extractor.extractors.adoption import read_adoption
from extractor.extractors.dates import read_date
from extractor.extractors.docnumbers import ORDER, find_numbers, normal_number
from extractor.extractors.headlabels import read_labels
from extractor.extractors.headlines import LEVELS, HeadLine, is_office, offices_in, second_name, signed_by
from extractor.extractors.titles import Titles
from extractor.lexicon.notices import NoticeWords
from extractor.model import Span

# 《…》…人民政府关于印发…; the offices stand before the verb
_BEFORE_VERB = re.compile(r"(?P<offices>[^《》，。；：]{2,80}?)\s?(?=关于|印发|转发|批转|公布|发布|颁布)")
_AND_OTHERS = re.compile(r"等[0-9一二三四五六七八九十]{0,3}(?:个)?部门$")
# 县人民政府办公室 in a title: the letterhead may say of which county. 市中区, 市北区 are names of districts.
_SHORT = re.compile("[省市县区州旗盟](?![中南北]区)")

_FORM = re.compile("表$|回执|填[表报写]")


class Signature(NamedTuple):
    """`signed` the date under the text, `printed` that of the imprint, `starts` that of the adoption note."""

    issuers: tuple[str, ...] = ()
    signed: date | None = None
    printed: date | None = None
    number: str | None = None
    starts: date | None = None


def read_signature(
    front: Sequence[HeadLine],
    closing: Sequence[HeadLine],
    back: Sequence[HeadLine],
    titles: Titles,
    notices: NoticeWords,
) -> Signature:
    """The signature of a notice, from the lines of its head, its closing and its back (imprint)."""
    title, notice = titles
    labels = _labelled(front, notices)
    signed, offices = _signed([*front, *closing, *back], len(front), len(front) + len(closing), notices)
    printed = next(
        (read_date(line.words) for line in (*closing, *back, *front) if line.kind == "imprint"), None
    )
    adoption = read_adoption(line.words for line in front if line.kind in ("note", "bracket"))
    dates = (
        signed,
        _dated(labels, "signed"),
        adoption.day,
        _dated(labels, "sent"),
        printed,
        _under_title(front),
    )
    issuers = (
        _fullest(_split(offices or _unsigned(front), notices), title_offices(notice, notices)),
        title_offices(title, notices),
        tuple(_letterhead(front, notices)),
        _split(labels.get("issuer", ""), notices),
        (adoption.office,) if adoption.office else (),
    )
    return Signature(
        issuers=_in_full([names for names in issuers if names]),
        signed=next((day for day in dates if day is not None), None),
        printed=printed,
        number=_number(front, labels, notices) or adoption.number,
        starts=adoption.starts,
    )


def _in_full(candidates: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The first list of names; where it says 县人民政府办公室, the list that says of which county."""
    first = candidates[0] if candidates else ()
    if not any(map(_SHORT.match, first)):
        return first
    return next(
        (
            names
            for names in candidates[1:]
            if len(names) == len(first)
            and all(name.endswith(short[1:]) for name, short in zip(names, first, strict=True))
        ),
        first,
    )


def title_offices(title: str | None, notices: NoticeWords) -> tuple[str, ...]:
    """The offices that head a title: 中共维西县委 维西县人民政府印发《…》的通知 → two."""
    match = None if title is None else _BEFORE_VERB.match(title)
    if match is None:
        return ()
    return offices_in(_AND_OTHERS.sub("", match["offices"]), notices)


def _fullest(signed: tuple[str, ...], titled: tuple[str, ...]) -> tuple[str, ...]:
    """The signature, unless the title names more offices (a seal that hides one).

    Then those, in the signature's wording. Where the signature leaves out whose they are (市交通委 市公安局)
    and the title says it, those of the title.
    """
    if len(titled) == len(signed) and any(name[0] in LEVELS for name in signed):
        return signed if any(name[0] in LEVELS for name in titled) else titled
    if len(titled) <= len(signed):
        return signed or titled
    printed = {name[-3:]: name for name in signed}
    return tuple(printed.get(name[-3:], name) for name in titled)


def _split(words: str, notices: NoticeWords) -> tuple[str, ...]:
    return offices_in(words, notices) or ((words,) if is_office(words, notices) else ())


def _signed(
    lines: Sequence[HeadLine], closing: int, back: int, notices: NoticeWords
) -> tuple[date | None, str]:
    """The first date that stands under offices, with them; else the first date that closes a text.

    `closing` and `back` are where in `lines` these parts of the notice begin.
    """
    bare: date | None = None
    for index, line in enumerate(lines):
        if line.kind == "signed":
            before = _offices_before(lines, index, notices)
            return read_date(line.words), " ".join([*before, signed_by(line.words, notices) or ""]).strip()
        if line.kind == "date":
            day, offices = read_date(line.words), _offices_before(lines, index, notices)
            if offices:
                return day, " ".join(offices)
            told = any(earlier.kind in ("sentence", "person") for earlier in lines[:index])
            last = index == len(lines) - 1 and not any(_FORM.search(other.words) for other in lines[back:])
            if bare is None and (told or last or closing <= index < back):
                bare = day
    return bare, ""


_SENDS = re.compile("(?:印发|转发|下发)给?(?:你们|各)")


def _unsigned(front: Sequence[HeadLine]) -> str:
    """现将《…》印发给你们。|市卫生健康委员会 市财政局: the offices below a cover that has no date."""
    for before, line in pairwise(front):
        if line.kind == "office" and _SENDS.search(before.words):
            return line.words
    return ""


def _offices_before(lines: Sequence[HeadLine], index: int, notices: NoticeWords) -> list[str]:
    found: list[str] = []
    second = ""
    for line in reversed(lines[:index]):
        if line.kind == "office":
            found.insert(0, line.words + second)
            second = ""
        elif line.kind not in ("note", "bracket", "person") or found:
            break
        else:
            second = second_name(line.words, notices)
    return found


def _under_title(front: Sequence[HeadLine]) -> date | None:
    """（2023年6月1日） between title and text."""
    return next(
        (read_date(line.words) for line in front if line.kind == "date" and line.words[0] in "（("), None
    )


def _letterhead(front: Sequence[HeadLine], notices: NoticeWords) -> Iterator[str]:
    """The offices of the letterhead: …文件, …令, or a line of offices over the number."""
    for index, line in enumerate(front):
        if line.kind == "letterhead":
            yield from (
                *_offices_before(front, index, notices),
                *offices_in(line.words.removesuffix("文件").strip(), notices),
            )
            return
        if line.kind == "order":
            name = re.split("令|公告", line.words)[0]
            yield from offices_in(name, notices) or (name,)
            return
        if line.kind == "office" and any(
            later.kind in ("number", "serial") for later in front[index : index + 4]
        ):
            yield from offices_in(line.words, notices)
            return
        if line.kind in ("recipients", "sentence"):
            return


def _labelled(front: Sequence[HeadLine], notices: NoticeWords) -> dict[str, str]:
    """The values of the table of labels, by role: 发文字号：… → number."""
    found: dict[str, str] = {}
    for line in front:
        for label in read_labels(line.words, notices) if line.kind == "label" else ():
            if label.value:
                found.setdefault(label.role, label.value)
    return found


def labelled_date(front: Sequence[HeadLine], role: str, notices: NoticeWords) -> tuple[date, Span] | None:
    """The date that the table of labels gives for a role (施行日期：…), with its line."""
    for line in front:
        for label in read_labels(line.words, notices) if line.kind == "label" else ():
            if label.role == role and label.value:
                day = read_date(label.value)
                return None if day is None else (day, line.span)
    return None


def _dated(labels: dict[str, str], role: str) -> date | None:
    return read_date(labels[role]) if role in labels else None


def _number(front: Sequence[HeadLine], labels: dict[str, str], notices: NoticeWords) -> str | None:
    """The notice's own number.

    A line of its own, in the table of labels, of an order, or beside the title.
    """
    beside: str | None = None
    for index, line in enumerate(front):
        if line.kind in ("recipients", "sentence"):
            break
        if line.kind == "number":
            return _normal(line.words, notices)
        if line.kind == "order":
            following = front[index + 1] if index + 1 < len(front) else line
            whole = line.words + (following.words.strip("（()） ") if following.kind == "serial" else "")
            match = ORDER.search(whole)
            return normal_number(match[0]) if match else None
        if line.kind == "other" and beside is None:
            beside = next(_numbers(line.words, notices), None)
    return _normal(labels.get("number", ""), notices) or (normal_number(beside) if beside else None)


def _normal(words: str, notices: NoticeWords) -> str | None:
    """The number that `words` hold: a yeared one, or that of an order."""
    printed = next(_numbers(words, notices), None)
    if printed is None:
        order = ORDER.match(words.strip("（()） "))
        printed = None if order is None else order[0]
    return None if printed is None else normal_number(printed)


def _numbers(words: str, notices: NoticeWords) -> Iterator[str]:
    return (words[span.start : span.end] for span in find_numbers(words, notices.lead_ins))
