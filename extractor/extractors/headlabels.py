"""The labels that a web page prints round a notice: 索引号：… 发文字号：… 来源：… 浏览次数：…

A page gives them in a table, one a line, several in a line with colons, bars or mere spaces between, or at
the end of the title's own line. What they say counts where the notice itself does not say it (its number, its
offices, its dates); everything else of them is furniture. Pure; linear in the length of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractor.lexicon.notices import NoticeWords

_LONGEST_LABEL = 8
# 发文字号：, 【发布日期】, 来源|; the colon of 10:45 and that of a title after 《 are no separators
_MARK = re.compile(r"(?<=[㐀-鿿】\]®])\s?[：:|\t】](?![：:】])")
# 索引号 MB15, 文号 蔡政办; between digits and spaces
_WORD = re.compile(r"(?:^|(?<=[\s|0-9A-Za-z\-]))[㐀-鿿]{2,8}(?=[\s|0-9A-Za-z]|$)")
# ©NET®提示：, 所属行业：all that a page may call a field, where it opens the line
_FIELD = re.compile(r"[【\[]?(?![各在尊])[㐀-鿿A-Za-z.®]{2,14}[】\]]?\s?[：:]")
_OPENING = " 【[|•·-"


class Label(NamedTuple):
    """A label and its value: `start` is where it begins in the words, `role` its key in notices.toml."""

    start: int
    role: str
    value: str


def read_labels(words: str, notices: NoticeWords) -> tuple[Label, ...]:
    """The labels of a line in order; () where it has none. Words before the first are no part of them."""
    if titled := _TITLE.match(words):
        return (Label(0, "title", titled["title"]),)
    marks = list(_marked(words, notices))
    if not marks and words[:2] in notices.label_heads:
        marks = list(_spaced(words, notices))
    if not marks:
        return ()
    ends = [*(start for start, _, _ in marks[1:]), len(words)]
    return tuple(
        Label(start, role, words[body:end].strip(_OPENING + "】]"))
        for (start, body, role), end in zip(marks, ends, strict=True)
    )


# （新华社北京3月5日电）
_DATELINE = re.compile(r"[（(]?新华社[\u4e00-\u9fff]{2,8}[0-9]{1,2}月[0-9]{1,2}日电[）)]?")
# title: …, description: … above a page that a converter wrote
_TITLE = re.compile(r"title[:：]\s?[\"“']?(?P<title>[^\"“”'。，；]{6,120})[\"”']?$")
_KEY = re.compile(r"[a-z][a-z_]{2,19}[:：]\s?\S")


def is_field(words: str) -> bool:
    """Whether a line that ends without punctuation is a field of a page: 所属行业：所有行业."""
    if _KEY.match(words) or _DATELINE.fullmatch(words):
        return True
    return _FIELD.match(words) is not None and words[-1] not in "：:。；，、"


def _marked(words: str, notices: NoticeWords) -> Iterator[tuple[int, int, str]]:
    """Start, end and role of the labels that a colon, a bar or a bracket closes.

    At the end of a line only one that opens it counts, or that follows another.
    """
    found = False
    for mark in _MARK.finditer(words):
        name = _name_before(words, mark.start(), notices)
        if name is None:
            continue
        start, role = name
        while start and words[start - 1] in _OPENING:
            start -= 1
        if start and mark.end() == len(words) and not found:
            continue
        found = True
        yield start, mark.end(), role


def _name_before(words: str, end: int, notices: NoticeWords) -> tuple[int, str] | None:
    """The longest label that ends at `end`, as its start and role."""
    for length in range(min(_LONGEST_LABEL, end), 1, -1):
        role = notices.labels.get(words[end - length : end])
        if role is not None:
            return end - length, role
    return None


def _spaced(words: str, notices: NoticeWords) -> Iterator[tuple[int, int, str]]:
    """Labels without a mark, where one opens the line: 索引号MB15/2023发文日期2023-01-03; 发文机关甘肃省…"""
    names = [(word.start(), word.end(), notices.labels.get(word[0])) for word in _WORD.finditer(words)]
    known = [(start, end, role) for start, end, role in names if role is not None]
    if known and known[0][0] == 0 and (known[0][1] > 2 or len(known) > 1):
        yield from known
        return
    for length in range(6, 3, -1):
        role = notices.labels.get(words[:length])
        if role is not None and role not in ("title", "other") and len(words) > length:
            yield 0, length, role
            return
