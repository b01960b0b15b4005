"""Every document that a notice cites: 《…》 with its number, and numbers named bare (contract: `citations`).

A title runs from 《 to its own 》, other titles in it (〈…〉 or again 《…》) included. The number belongs
to it where a bracket follows directly or after a few words that end the title
(《…》的通知（新发〔2023〕9号）), or where it stands just before 《. The relation is told by the last verb
before the title in its sentence, and goes on along a list of titles. Names of forms, certificates and
newspapers are no documents; 以下简称《意见》 only names one that is cited already.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.extractors.adoption import is_history
from extractor.extractors.docnumbers import ORDER, YEARED, normal_number, with_sign
from extractor.lexicon.notices import NoticeWords
from extractor.model import Citation, Clause, Relation, Span, Text

_LONGEST_TITLE = 220
_DEEPEST = 12  # brackets looked at for the end of a title
_LONGEST_NOTE = 160  # of the bracket after a title
_BEFORE = 90  # characters before a title in which the verb is looked for
_OPENS, _CLOSES = frozenset("（(〔["), frozenset("）)〕]")

_TOKEN = re.compile(rf"[《》]|{YEARED}")
_STOP = re.compile(r"[。；！？\n]")
_SHORT_NAME = re.compile(r"(?:以下|下文|简|下)?[简统合]?(?:并)?称(?:为)?[“\"：]?$")
# 黄梅戏《…》, 越剧《…》等剧目: works of art
_WORK = re.compile(
    r"(?:戏|剧|电影|影片|歌曲|小说|舞蹈|绘本|纪录片|专题片|宣传片|图书|诗歌|交响乐|丛书|杂志|歌舞)(?:《[^《》]{1,20}》[、和])?$"
)
_STANDARD = re.compile(r"[A-Z]{1,5}[0-9]{0,2}(?:/[A-Z]{1,2})?[ ]?[0-9][0-9.]{1,9}[—–-]{1,2}(?:19|20)[0-9]{2}")
_VERSION = re.compile(r"[（(〔\[][^（）()]{1,20}[）)〕\]]$")
_SHORT_BRACKET = re.compile(r"[（(][^（）()]{1,12}[）)](?=[（(])")
# 、 和 以及 between titles of one list, and what may trail the one before
_LIST = re.compile(r"[、，,和及与或并以\s]{0,12}(?:其|新修[改订]的|修[改订]后的)?$")
_OF_PLACE = re.compile("[㐀-鿿]{2,8}?[省市县区州旗盟]")
_CARRIES_ON = ("以及", "及", "和", "与", "并", "或")
_SENT_OUT = re.compile(r"(?:现将|现予|印发|下发|转发|批转|发布|公布|修订|制定)[^，。；《》]{0,12}$")
_IS_SENT_OUT = re.compile(r"[^。；《》]{0,40}(?:印发|下发|转发|予以?公布|现予|发布)")
# 现将《甲》《乙》印发给你们: of a notice that has provisions of its own and sends out its annexes
_SENDING = re.compile(r"(?:^|[，。\n])现将[^。；\n]*$")
_SENDS = re.compile(r"[^。；\n]{0,160}(?:印发|下发|转发|发布|公布)(?:给|予|你|如下|，|。)")


class _Cited(NamedTuple):
    """A title (or a bare number) as printed: `span` is the quote, `inner` the title without 《》."""

    span: Span
    inner: Span | None
    number: str | None
    rule: str


def citations(text: Text, clauses: tuple[Clause, ...], notices: NoticeWords) -> Iterator[Citation]:
    """The citations of a notice in reading order, each in the one clause whose own span holds it.

    `title` is printed without the outer 《》, line breaks taken out; `doc_number` has 〔〕 and no spaces.
    Linear in the length of the text.
    """
    starts = [clause.span.start for clause in clauses]
    last: tuple[int, Relation] | None = None
    for cited in _cited(text.text, notices):
        index = bisect_right(starts, cited.span.start) - 1
        if index < 0 or cited.span.end > clauses[index].span.end:
            continue
        clause = clauses[index]
        if cited.inner is None and _is_own_number(text.text, cited.span, clause):
            continue
        relation = _relation(text.text, cited, clause, last, notices)
        last = cited.span.end, relation
        if cited.inner is not None and _is_no_document(text.text, cited, notices):
            continue
        title = None if cited.inner is None else _title(text.text[cited.inner.start : cited.inner.end])
        yield Citation(index, cited.span, relation, cited.rule, title=title, doc_number=cited.number)


def _title(printed: str) -> str:
    """On one line; one space where one is printed."""
    return re.sub(r" {2,}", " ", printed.replace("\n", "")).strip()


def _cited(text: str, notices: NoticeWords) -> Iterator[_Cited]:
    """The titles and bare numbers of a text. A number that belongs to a title is not yielded again."""
    tokens = list(_TOKEN.finditer(text))
    index, done = 0, 0
    held: Span | None = None  # a number that may belong to the title after it
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.start() < done or token[0] == "》":
            continue
        if token[0] == "《":
            closing = _closing(text, tokens, index - 1)
            if closing is None:
                continue
            before = held if held is not None and _leads(text[held.end : token.start()]) else None
            if held is not None and before is None:
                yield _Cited(held, None, normal_number(text[held.start : held.end]), "bare-number")
            held = None
            cited = _with_number(text, Span(token.start(), closing), before, notices)
            done = cited.span.end
            yield cited
            continue
        if held is not None:
            yield _Cited(held, None, normal_number(text[held.start : held.end]), "bare-number")
            done = max(done, held.end)
        held = with_sign(text, token.start(), token.end(), notices.lead_ins, floor=done)
    if held is not None:
        yield _Cited(held, None, normal_number(text[held.start : held.end]), "bare-number")


def _leads(between: str) -> bool:
    """国办发〔2019〕15号文件《…》."""
    return between.strip() in ("", "文", "文件", "印发的", "文件印发的", "公布的")


def _closing(text: str, tokens: Sequence[re.Match[str]], opening: int) -> int | None:
    """The end of the title that opens at a token: at its own 》, on at most three lines."""
    depth = 0
    start = tokens[opening].start()
    for token in tokens[opening : opening + _DEEPEST]:
        if token.end() - start > _LONGEST_TITLE:
            return None
        depth += (token[0] == "《") - (token[0] == "》")
        if depth == 0:
            printed = text[start : token.end()]
            return token.end() if printed.count("\n") < 3 and len(printed) > 3 else None
    return None


def _with_number(text: str, span: Span, before: Span | None, notices: NoticeWords) -> _Cited:
    """The title at `span` with the number that belongs to it."""
    inner = Span(span.start + 1, span.end - 1)
    if before is not None:
        number = normal_number(text[before.start : before.end])
        return _Cited(Span(before.start, span.end), inner, number, "number-before-title")
    after = span.end
    if text.startswith("的", after):
        after += 1
    after += len(next((tail for tail in notices.tails if text.startswith(tail, after)), ""))
    note = _SHORT_BRACKET.match(text, after)
    if note is not None and not _number_in(text, Span(after, note.end()), notices):
        after = note.end()
    bracket = _bracket(text, after)
    found = _number_in(text, bracket, notices) if bracket is not None else None
    if bracket is None or found is None:
        return _Cited(span, inner, None, "title")
    closes = not text[found.end : bracket.end - 1].strip()
    return _Cited(
        Span(span.start, bracket.end if closes else found.end), inner,
        normal_number(text[found.start : found.end]), "title-with-number",
    )  # fmt: skip


def _bracket(text: str, start: int) -> Span | None:
    """The bracket that begins at `start`, the brackets in it counted."""
    if text[start : start + 1] not in _OPENS:
        return None
    depth = 0
    for position, sign in enumerate(text[start : start + _LONGEST_NOTE], start):
        depth += (sign in _OPENS) - (sign in _CLOSES)
        if depth == 0:
            return Span(start, position + 1)
    return None


def _number_in(text: str, bracket: Span, notices: NoticeWords) -> Span | None:
    """The number that a bracket after a title holds.

    （国办发〔2019〕15号，以下简称《意见》）, （国务院令第711号）.
    """
    start, end = bracket.start + 1, bracket.end - 1
    yeared = re.search(YEARED, text[start:end])
    if yeared is not None:
        found = with_sign(text, start + yeared.start(), start + yeared.end(), notices.lead_ins)
        if found is not None:
            return found
    standard = _STANDARD.fullmatch(text, start, end)
    if standard is not None:  # （GB 55037—2022）
        return Span(start, end)
    order = ORDER.match(text, start, end)
    return None if order is None else Span(order.start(), order.end())


def _is_own_number(text: str, span: Span, clause: Clause) -> bool:
    """The notice's own number: in the letterhead, or anywhere in the head but in a sentence."""
    if clause.level == "back":
        return True
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[begin : end if end >= 0 else len(text)].strip("（()） ")
    if clause.level == "front":
        return "。" not in line and "，" not in line
    return len(line) <= span.end - span.start + 2


def _is_no_document(text: str, cited: _Cited, notices: NoticeWords) -> bool:
    """A form, a certificate, a newspaper; or the short name that a bracket gives a title."""
    if cited.inner is None:
        return False
    if _SHORT_NAME.search(text, max(0, cited.span.start - 8), cited.span.start):
        return True
    if text[cited.span.start - 1 : cited.span.start] == "本":  # 本《办法》自…
        return True
    if cited.number is not None:
        return False
    if _WORK.search(text, max(0, cited.span.start - 12), cited.span.start):
        return True
    name = _VERSION.sub("", text[cited.inner.start : cited.inner.end].strip())
    if "关于" in name or name.endswith(notices.documents):
        return False
    return name.endswith(notices.forms) and not (name.endswith(notices.pledges) and _OF_PLACE.match(name))


def _relation(
    text: str, cited: _Cited, clause: Clause, last: tuple[int, Relation] | None, notices: NoticeWords
) -> Relation:
    """By the last verb before the title in its sentence; along a list, that of the title before."""
    start = cited.span.start
    if clause.level == "front":
        if is_history(text[text.rfind("\n", 0, start) + 1 : cited.span.end]):
            return "mentions"  # 2019年3月1日《…的决定》第一次修正
        if _is_sent_out(text, cited):
            return "issues"
    if clause.level == "preamble" and _is_sent_along(text, cited, clause):
        return "issues"
    floor = max(clause.span.start, start - _BEFORE)
    floor = max([floor, *(stop.end() for stop in _STOP.finditer(text, floor, start))])
    if last is not None and floor <= last[0] <= start:
        if _LIST.match(text[last[0] : start]):
            return last[1]
        floor = last[0]
    window = text[floor:start]
    verbs = list(notices.relation.finditer(window))
    if not verbs:
        return last[1] if last is not None and floor == last[0] and _goes_on(window) else "mentions"
    verb = verbs[-1]
    if verb.lastgroup == "neutral" or not _reaches(window[verb.end() :]):
        return "mentions"
    return "implements" if verb.lastgroup == "implements" else "basis"


def _is_sent_out(text: str, cited: _Cited) -> bool:
    start, end = cited.span
    return bool(_SENT_OUT.search(text, max(0, start - 20), start) or _IS_SENT_OUT.match(text, end, end + 60))


def _is_sent_along(text: str, cited: _Cited, clause: Clause) -> bool:
    start, end = cited.span
    floor = max(clause.span.start, start - 3 * _BEFORE)
    return bool(_SENDING.search(text, floor, start) and _SENDS.match(text, end))


def _reaches(between: str) -> bool:
    """Whether the verb still governs the title.

    No comma between, or one that a list goes on after (，以及…《).
    """
    rest = between.rpartition("，")
    return not rest[1] or _goes_on(rest[2])


def _goes_on(words: str) -> bool:
    return words.lstrip("精神要求规定、， ").startswith(_CARRIES_ON) or not words.strip("精神要求规定等、， ")
