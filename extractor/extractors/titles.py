"""The title of the substantive document of a notice, and that of the cover notice that sends it out.

A plan is mostly sent out by a cover notice (关于印发《…方案》的通知) that stands before it in the same
file: the document is the plan, its title the line printed over its body. Where the file holds the cover
alone, or no cover, the notice's own title counts. A title set over several lines is one line here
(contract: `documents.title`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.extractors.docnumbers import YEARED
from extractor.extractors.headlabels import read_labels
from extractor.extractors.headlines import HeadLine, bare_title, offices_in
from extractor.lexicon.notices import NoticeWords
from extractor.model import Text

# what closes the cover notice; what follows it belongs to the document it sends out
_SIGN_OFF = ("date", "signed", "imprint")
_SENTENCES = ("recipients", "sentence")
_LONGEST_TITLE = 200
_SHORTEST_UNTITLED = 9  # of a title that does not end like one; shorter lines are names of pages
_LONGEST_COVER = 600  # of the sentence that sends a document out
_LONGEST_TITLE_LINES = 6
_NUMBER_AT_EDGE = re.compile(
    rf"^[㐀-鿿A-Za-z]{{1,16}}\s?{YEARED}\s?|[（(]?[A-Za-z㐀-鿿]{{1,12}}\s?{YEARED}[）)]?$"
)
# 现将《…》印发给你们; 《…》已经…通过，现予公布
_SENT_OUT = re.compile(
    r"《(?P<title>[^\n]{2,150}?)》(?=[^《》。]{0,60}(?:印发|公布|发布|转发|施行|下发|颁布))"
)
# 关于印发《…》的通知, 印发…实施方案的通知
_COVER_END = re.compile(r"(?:的通知|的公告|的通告|的决定|通知)$")
# 中共浙江省委办公厅印发《…实施方案》: a headline over the plan itself
_HEADLINE = re.compile(r"(?:印发|转发|发布|出台|公布)《(?P<title>[^\n]{3,150})》$")


class Titles(NamedTuple):
    """`title` of the substantive document; `notice` of the cover notice, or the same where there is none."""

    title: str | None
    notice: str | None


def read_titles(
    lines: Sequence[HeadLine], text: Text, notices: NoticeWords, *, goes_on: bool = False
) -> Titles:
    """The titles that the lines of the head show.

    `goes_on` tells that provisions follow them: below a cover that is signed they are those of the document
    it sends out, though its title is not printed again.
    """
    first = next((i for i, line in enumerate(lines) if line.kind in _SENTENCES), len(lines))
    cut = _sign_off(lines, first)
    before = list(_blocks(lines[: min(first, cut)], notices))
    after = list(_blocks(lines[cut:], notices))
    notice = _likeliest(before, (), notices)
    if notice is None or not _is_titled(notice, notices):
        notice = _labelled(lines, notices) or notice
    if notice is None:
        sent = () if after else _subjects("", lines, notices)  # 现将《…》印发给你们。 under no title
        title = _printed(sent, text, notices) if sent else _likeliest(after, (), notices)
        return _titles(title, None, notices)
    headline = _HEADLINE.search(notice)
    if headline is not None and not after:
        return _titles(headline["title"], notice, notices)
    subjects = _subjects(notice, lines, notices)
    title = _likeliest(after, subjects, notices)
    if title is not None and (subjects or _is_titled(title, notices)):
        return _titles(title, notice, notices)
    if subjects and _is_cover(notice, notices):
        printed = _printed(subjects, text, notices)
        signed = any(line.kind in _SIGN_OFF for line in lines[first:])
        return _titles(printed or (subjects[0] if goes_on and signed else notice), notice, notices)
    return _titles(notice, notice, notices)


def tidy_title(title: str, notices: NoticeWords) -> str:
    """On one line, without the spaces that line breaks left.

    Those between two offices (中共中央 国务院) stay.
    """
    chunks = title.split()
    pieces = chunks[:1]
    for before, chunk in pairwise(chunks):
        latin = before[-1].isascii() and before[-1].isalnum() and chunk[0].isascii() and chunk[0].isalnum()
        apart = latin or (
            offices_in(before, notices) and not chunk.startswith(("关于", *notices.cover_verbs))
        )
        pieces.append(f" {chunk}" if apart else chunk)
    whole = "".join(pieces)
    inner = whole[1:-1]
    if whole.startswith("《") and whole.endswith("》") and "》" not in inner.replace("〉", ""):
        whole = inner
    return whole


def _titles(title: str | None, notice: str | None, notices: NoticeWords) -> Titles:
    whole = None if title is None else tidy_title(title, notices)
    return Titles(whole, tidy_title(notice, notices) if notice else whole)


def _sign_off(lines: Sequence[HeadLine], first: int) -> int:
    """The line after the cover notice's signature and date; past the end where there is no cover."""
    for index in range(first, len(lines)):
        if lines[index].kind in _SIGN_OFF:
            return index + 1
    return len(lines)


def _blocks(lines: Sequence[HeadLine], notices: NoticeWords) -> Iterator[str]:
    """Runs of lines that may be one title, joined."""
    run: list[HeadLine] = []
    for line in lines:
        if line.kind in ("other", "bracket") and len(run) < _LONGEST_TITLE_LINES:
            if not (line.kind == "bracket" and not run):
                run.append(line)
        elif line.kind == "office":
            yield from _block(run, notices)
            run = [line]
        else:
            yield from _block(run, notices)
            run = []
    yield from _block(run, notices)


def _block(run: Sequence[HeadLine], notices: NoticeWords) -> Iterator[str]:
    """The title of a run: offices before it belong to it only where 关于 or 印发 follows them."""
    offices = [line.words for line in run if line.kind == "office"]
    rest = [line.words for line in run if line.kind != "office"]
    if not rest or all(word[0] in "（(〔[【" for word in rest):
        return
    titled = rest[0].startswith(("关于", *notices.cover_verbs))
    joined = _NUMBER_AT_EDGE.sub(
        "", " ".join([*(offices if titled else ()), *_one_printing(rest, notices)])
    ).strip()
    if 2 < len(joined) <= _LONGEST_TITLE:
        yield joined


def _one_printing(words: Sequence[str], notices: NoticeWords) -> list[str]:
    """The lines of the last title, where a page prints its headline and then the document's own title."""
    start = 0
    for index in range(1, len(words)):
        ended = notices.kind_of(bare_title(words[index - 1])) is not None
        begins = words[index].startswith("关于") or "关于" in words[index][:40]
        again = words[index] == words[start] or _core("".join(words[index:])) == _core(words[start])
        if ended and not _is_bracket(words[index]) and (begins or again):
            start = index
    return list(words[start:])


def _is_bracket(words: str) -> bool:
    return words[0] in "（(〔[【"


def _is_titled(title: str, notices: NoticeWords) -> bool:
    return notices.kind_of(bare_title(title)) is not None


def _likeliest(blocks: Sequence[str], subjects: Sequence[str], notices: NoticeWords) -> str | None:
    """Of the runs that may be a title: one that a cover names, else the last that ends like a title."""
    cores = [_core(subject) for subject in subjects]
    for block in blocks:
        if any(_core(block).endswith(core) for core in cores):
            return block
    titled = [block for block in blocks if _is_titled(block, notices)]
    long = [block for block in blocks if len("".join(block.split())) >= _SHORTEST_UNTITLED]
    return next(reversed(titled or long), None)


def _is_cover(notice: str, notices: NoticeWords) -> bool:
    """关于印发《…》的通知, 印发…方案的通知; 关于公开征求《…（征求意见稿）》意见的公告."""
    verbs = any(verb in notice for verb in notices.cover_verbs) or ("征求" in notice and "》" in notice)
    return verbs and bool(_COVER_END.search(bare_title(notice)))


def _subjects(notice: str, lines: Sequence[HeadLine], notices: NoticeWords) -> list[str]:
    """The titles that a notice sends out, as it names them."""
    found: list[str] = []
    squeezed = "".join(notice.split())
    if _is_cover(notice, notices):
        opening = squeezed.find("《")
        verbs = [at + len(verb) for verb in notices.cover_verbs if (at := squeezed.find(verb)) >= 0]
        begin = opening + 1 if "征求" in squeezed and opening >= 0 else min(verbs, default=0)
        closing = squeezed.rfind("》")
        subject = squeezed[begin:closing] if closing > begin else _COVER_END.sub("", squeezed[begin:])
        found.append(subject.strip("《》的"))
    for line in lines:
        if line.kind in ("sentence", "other"):
            found += (match["title"] for match in _SENT_OUT.finditer(line.words[:_LONGEST_COVER]))
    return [subject for subject in found if len(subject) > 3]


def _printed(subjects: Sequence[str], text: Text, notices: NoticeWords) -> str | None:
    """The line of the text, after the cover, that prints one of the titles sent out."""
    cores = tuple({_core(subject) for subject in subjects})
    shortest = min(map(len, cores), default=0)
    last = ""
    for paragraph in text.paragraphs:
        start, end = paragraph.span
        line = (
            text.text[start:end].strip() if end - start <= _LONGEST_TITLE and paragraph.cell is None else ""
        )
        if not line or line[-1] in "。；：，、" or _NO_TITLE.match(line):
            last = ""
            continue
        for printed in (line, f"{last} {line}") if last else (line,):
            core = _core(printed)
            if len(core) >= shortest and any(
                core == wanted or (core.endswith(wanted) and len(core) < len(wanted) + 12) for wanted in cores
            ):
                return printed
        last = line
    return None


# an item of a list of annexes, the cover's own title
_NO_TITLE = re.compile(r"附|[0-9]{1,2}[.．、]|.{0,60}(?:印发|转发|下发)|关于公开征求")


def _core(title: str) -> str:
    return bare_title("".join(title.split())).removeprefix("关于").removeprefix("《")


def _labelled(lines: Sequence[HeadLine], notices: NoticeWords) -> str | None:
    """名称：… of the table of labels on a web page."""
    for line in lines:
        for label in read_labels(line.words, notices) if line.kind == "label" else ():
            if label.role == "title" and label.value:
                return label.value
    return None
