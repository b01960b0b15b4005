"""What a notice says of itself as a whole: the columns of `documents`.

`read_head` composes its parts: the lines of the head (`headlines`), the titles (`titles`), offices, dates
and number (`signatures`), the time in force (`validity`) and the jurisdiction (`jurisdiction`). What the
notice does not say stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile
from typing import Literal, NamedTuple

from extractor.extractors.adoption import is_history
from extractor.extractors.docnumbers import ORDER
from extractor.extractors.headlines import HeadLine, bare_title, line_kind
from extractor.extractors.headreading import lines_of, read_lines
from extractor.extractors.jurisdiction import in_full, read_jurisdiction
from extractor.extractors.signatures import Signature, labelled_date, read_signature, title_offices
from extractor.extractors.titles import read_titles
from extractor.extractors.validity import Validity, read_validity
from extractor.lexicon.divisions import Division, Divisions
from extractor.lexicon.notices import NoticeWords
from extractor.model import Clause, Finding, Head, Paragraph, Text

Status = Literal["draft", "trial", "final"]

_END_LINES = 12  # the last lines of a body, among which a signature may stand
_HEAD_LINES = 40  # where no clause is marked as front: the lines from which a head is read

_PROVISIONS = ("chapter", "section", "part", "subpart", "article")


def read_head(
    text: Text, clauses: tuple[Clause, ...], *, divisions: Divisions, notices: NoticeWords
) -> tuple[Head, tuple[Finding, ...]]:
    """The head of a notice, and what in it a person should look at.

    `clauses` tell front, closing and back from the body; without a front clause the head is looked for in
    the first lines. Linear in the length of the text.
    """
    front, closing, back = _regions(text, clauses, notices)
    goes_on = any(clause.level in _PROVISIONS for clause in clauses)
    titles = read_titles(front, text, notices, goes_on=goes_on)
    signature = read_signature(front, closing, back, titles, notices)
    kind = _kind(titles.title, notices)
    validity = _validity(text, clauses, kind, titles.title, front, signature, notices)
    candidates = read_jurisdiction(
        text.text,
        front,
        offices=[*signature.issuers, *title_offices(titles.notice, notices)],
        titles=titles,
        divisions=divisions,
        notices=notices,
    )
    settled = candidates[0] if len(candidates) == 1 else None
    head = Head(
        title=titles.title,
        kind=kind,
        status=_status(titles.title, kind, validity, notices),
        doc_number=signature.number,
        issuers=tuple(in_full(office, settled) if settled else office for office in signature.issuers),
        jurisdiction_id=settled.code if settled else None,
        issued_on=_iso(signature.signed),
        effective_from=_iso(validity.start),
        effective_until=_iso(validity.end),
        validity=validity.span,
    )
    return head, tuple(_findings(head, candidates))


def _kind(title: str | None, notices: NoticeWords) -> str | None:
    """The last noun of a title; 某局公告2023年第158号 is a 公告."""
    bare = bare_title(title) if title else ""
    numbered = ORDER.search(bare)
    if numbered is not None and numbered.end() == len(bare):
        return next((kind for kind in ("公告", "通告", "令") if kind in numbered[0]), None)
    return notices.kind_of(bare)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


class _Regions(NamedTuple):
    """The lines of the head, of the closing (signature and date) and of what stands after it (imprint)."""

    front: tuple[HeadLine, ...]
    closing: tuple[HeadLine, ...]
    back: tuple[HeadLine, ...]


def _regions(text: Text, clauses: Sequence[Clause], notices: NoticeWords) -> _Regions:
    """The lines of the head and those that may hold signature and imprint."""
    front = read_lines(text, [clause for clause in clauses if clause.level == "front"], notices)
    if not front:
        front = _opening(text, notices)
    lead = read_lines(text, [clause for clause in clauses[:2] if clause.level == "preamble"], notices)
    front = (*front, *takewhile(lambda line: is_history(line.words), lead))
    after = [clause for clause in clauses if clause.level in ("closing", "back") and clause.parent is None]
    kept = list(_before_annexes(after, clauses))
    closing = read_lines(text, [clause for clause in kept if clause.level == "closing"], notices)
    closing = (*(line for line in lead if line.kind in ("office", "date", "signed")), *closing)
    back = read_lines(text, [clause for clause in kept if clause.level == "back"], notices)
    behind = read_lines(text, [clause for clause in after if clause not in kept], notices)
    back = (*back, *(line for line in behind if line.kind == "imprint"))
    if not any(line.kind in ("date", "signed") for line in (*front, *closing, *back)):
        closing = (*_signed_end(text, clauses, notices), *closing)
    return _Regions(front, closing, back)


def _signed_end(text: Text, clauses: Sequence[Clause], notices: NoticeWords) -> tuple[HeadLine, ...]:
    """Offices over a date in the last lines of the body, where no clause was set apart for them."""
    end = min(
        (clause.span.start for clause in clauses if clause.level in ("annex", "back")), default=len(text.text)
    )
    last = [paragraph for paragraph in text.paragraphs if paragraph.span.end <= end][-_END_LINES:]
    found = lines_of(text, last, notices)
    for index, line in enumerate(found):
        if line.kind == "signed" or (line.kind == "date" and index and found[index - 1].kind == "office"):
            return found[: index + 1]
    return found[-1:] if found and found[-1].kind == "date" else ()


def _before_annexes(after: Sequence[Clause], clauses: Sequence[Clause]) -> Iterator[Clause]:
    """Closing and back; forms and whatever else stands behind an annex carry dates of their own."""
    annex = next((clause.span.start for clause in clauses if clause.level == "annex"), None)
    for clause in after:
        if annex is None or clause.level == "closing" or clause.span.start < annex:
            yield clause


def _opening(text: Text, notices: NoticeWords) -> tuple[HeadLine, ...]:
    """The first lines of a text, up to its first paragraph that runs on."""
    opening: list[Paragraph] = []
    for paragraph in text.paragraphs[:_HEAD_LINES]:
        words = text.text[paragraph.span.start : paragraph.span.end].strip()
        kind = line_kind(words, notices) if words else "sentence"
        if kind == "sentence" and not any(verb in words for verb in notices.cover_verbs):
            break
        opening.append(paragraph)
    return lines_of(text, opening, notices)


# 关于印发…实施细则|（试行）|的通知
_ON_TRIAL = re.compile(r"(（[^（）]{1,12}）)[》〉]?的(?:通知|公告|通告|决定)$")


def _status(title: str | None, kind: str | None, validity: Validity, notices: NoticeWords) -> Status:
    """By the title and the brackets at it: 征求意见稿 is a draft, （试行） and 暂行办法 are on trial.

    So is a notice that says it of itself: 本办法自印发之日起施行，试行一年.
    """
    if title is None:
        return "trial" if validity.on_trial else "final"
    sent_out = _ON_TRIAL.search(title)
    brackets = title[len(bare_title(title)) :] + (sent_out[1] if sent_out else "")
    if any(word in title for word in notices.drafts if len(word) > 2) or any(
        word in brackets for word in notices.drafts
    ):
        return "draft"
    on_trial = any(word in brackets or (kind and f"{word}{kind}" in title) for word in notices.trials)
    return "trial" if on_trial or validity.on_trial else "final"


def _validity(
    text: Text,
    clauses: Sequence[Clause],
    kind: str | None,
    title: str | None,
    front: Sequence[HeadLine],
    signature: Signature,
    notices: NoticeWords,
) -> Validity:
    if kind in notices.replies:
        return Validity()
    validity = read_validity(
        text,
        clauses,
        kind=kind,
        title=title,
        issued=signature.signed,
        printed=signature.printed,
        notices=notices,
    )
    if validity.span is not None:
        return validity
    starts, ends = (labelled_date(front, role, notices) for role in ("starts", "ends"))
    first = starts[0] if starts else signature.starts
    return Validity(first, ends and ends[0], (starts or ends or (None, None))[1])


def _findings(head: Head, candidates: Sequence[Division]) -> Iterator[Finding]:
    if head.title is None:
        yield Finding("warning", "no-title", "文首没有认出标题")
    if len(candidates) > 1:
        names = "、".join(division.name for division in candidates[:4])
        yield Finding("warning", "jurisdiction-ambiguous", f"文件所属的行政区划可能是：{names}")
    elif not candidates:
        yield Finding("info", "no-jurisdiction", "文件没有写明所属的行政区划")
    if head.validity is not None and head.effective_from is None and head.effective_until is None:
        yield Finding("info", "validity-open", "写明了有效期，但没有写明从何日算起", head.validity)
