"""A whole notice on one line, parted again: at its indents, else at its numbered clauses.

Pages that lost their line breaks are read so: …环境。二、压实责任（一）健全机制。1.明确分工。… Only markers
that count on are borders, each after a stop, or （一） after the title of its part, so that 一、二级 and a
mention of （三） stay within their sentences; 1. only after a full stop, as a list within a sentence has it
after a colon or a semicolon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from extractor.markers import REFERENCE, chinese

INDENT = "\u3000\u3000"  # of a paragraph (GB/T 9704: two characters)
INDENTS = re.compile(r"\s*\u3000\u3000\s*|\s{6,}")
MOST_APART = 3  # indents in a line that may only part the words of a title
SHORTEST = 250  # characters of a line that may be a whole notice
FEWEST = 4  # clauses that count on in it
TITLE = 60  # characters of the longest title of a part, on which （一） follows
MARK = re.compile(
    r"""(?P<part>[一二三四五六七八九十]{1,3})、|（(?P<subpart>[一二三四五六七八九十]{1,3})）
        |(?<=。)(?P<article>[0-9]{1,2})[.、](?=[\u3400-\u9fff])""",
    re.VERBOSE,
)
# 第一章|总则|第一条|为…第二条|本办法…: the articles of a regulation
WITHIN = re.compile("[。；：]第[一二三四五六七八九十百零]{1,7}条")
LAW = re.compile(r"第(?P<number>[一二三四五六七八九十百零]{1,7})(?P<kind>[章条])")
STOPS = frozenset("。；：！？”） ")


def indented(words: str) -> list[str]:
    """The paragraphs of a line that holds several, told by their indents of two full-width spaces.

    Single characters were set apart (通　　知) and stay with what stands before them.
    """
    if words.count(INDENT) <= MOST_APART:
        return [words]
    pieces: list[str] = []
    for piece in filter(None, INDENTS.split(words)):
        if pieces and (len(piece) == 1 or len(pieces[-1]) == 1):
            pieces[-1] += f"\u3000{piece}"
        else:
            pieces.append(piece)
    return pieces


def unrolled(words: str) -> list[str]:
    """The clauses of a line, with what stands before the first; the line alone where it holds no notice."""
    if len(words) < SHORTEST or "一、" not in words or "二、" not in words:
        return [words]
    part = subpart = article = last = 0  # the subparts of a part begin anew, or count on from those before
    borders = [0]
    for mark in MARK.finditer(words):
        stopped = mark.start() == 0 or words[mark.start() - 1] in STOPS
        if mark["part"]:
            if stopped and chinese(mark["part"]) == part + 1:
                part, subpart, article = part + 1, 0, 0
                borders.append(mark.start())
        elif mark["article"]:
            if int(mark["article"]) == article + 1:
                article += 1
                borders.append(mark.start())
        elif (number := chinese(mark["subpart"])) in {subpart + 1, last + 1}:
            titled = subpart == 0 and part > 0 and mark.start() - borders[-1] <= TITLE
            if stopped or titled:
                subpart = last = number
                article = 0
                borders.append(mark.start())
    borders = list(dict.fromkeys(borders))
    if len(borders) <= FEWEST:
        return [words]
    return [words[start:end] for start, end in zip(borders, [*borders[1:], len(words)], strict=True)]


def articles(lines: Iterable[str]) -> Iterator[list[str]]:
    """Each line parted at the chapters and articles of a regulation that begin within it.

    Their numbers count on over the lines, each after a stop or, of an article, behind the title of its
    chapter; a mention (第三条的规定) stays in its sentence.
    """
    counts = {"章": 0, "条": 0}
    for words in lines:
        borders, headed = [0], False  # whether the last border is that of a chapter
        for mark in LAW.finditer(words):
            kind, number = mark["kind"], chinese(mark["number"])
            stopped = not words[: mark.start()].strip() or words[mark.start() - 1] in STOPS
            titled = headed and mark.start() - borders[-1] <= TITLE
            if number != counts[kind] + 1 or not (stopped or titled) or REFERENCE.match(words, mark.end()):
                continue
            counts[kind], headed = number, kind == "章"
            borders.append(mark.start())
        borders = list(dict.fromkeys(borders))
        yield [words[start:end] for start, end in zip(borders, [*borders[1:], len(words)], strict=True)]


def runs_articles_together(words: str) -> bool:
    """Whether articles of a regulation begin within lines of the text."""
    return "第一条" in words and sum(1 for _ in islice(WITHIN.finditer(words), FEWEST)) == FEWEST
