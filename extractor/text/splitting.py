"""Lines that a converter ran together, parted again where their wording leaves no doubt.

Only line breaks are put in; no word is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.model import Line
from extractor.text.unrolled import unrolled

# …若干意见（试行）（某政函〔2005〕39号）|各区、县（市）人民政府：|为认真贯彻…
HEAD = re.compile(
    r"""^(?P<title>[^\n。；：]{6,120}(?:〔[0-9]{4}〕\s?[0-9]{1,4}号[）)]?|的通知|的意见))
        (?P<to>各[^\n。：]{2,200}：)
        (?=为|根据|按照|经|现|近年来|《|$)""",
    re.VERBOSE,
)
SHORTEST_HEAD = 30  # characters of a title with its recipients on one line
STARTS = tuple("一二三四五六七八九十（")
# 一、明确目标任务，促进快速发展|1、发展目标。
HEADING = re.compile(
    r"""(?P<heading>(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)
        [^\n。；：0-9]{3,40}[^\n第。；：，、0-9])
        (?=[0-9]{1,2}[、.][\u3400-\u9fff])""",
    re.VERBOSE,
)
# 第二章　规划|第一节　编制|第八条　…: the heading of a chapter before the first article of it
CHAPTER = re.compile(
    r"""(?P<heading>第[一二三四五六七八九十百零〇0-9]{1,5}[编章节]\s[^\n。；：，]{1,30}?)\s+
        (?=第[一二三四五六七八九十百零〇0-9]{1,7}[章节条](?:之[一二三四五六七八九十])?\s)""",
    re.VERBOSE,
)


def parted(line: Line) -> Iterator[Line]:
    """The line, or the lines it was before they ran together."""
    words = line.text.lstrip() if line.cell is None else ""
    pieces = unrolled(words)
    if len(pieces) > 1:
        for piece in pieces:
            yield from parted(replace(line, text=piece, begins=True))
        return
    head = HEAD.match(words) if len(words) > SHORTEST_HEAD and "：" in words and "各" in words else None
    if head is not None:
        yield replace(line, text=head["title"], begins=True)
        yield replace(line, text=head["to"], begins=True)
        if head.end() < len(words):
            yield replace(line, text=words[head.end() :], begins=True)
        return
    pattern = CHAPTER if words.startswith("第") else HEADING if words.startswith(STARTS) else None
    at = 0
    while pattern and (heading := pattern.match(words, at)):
        yield replace(line, text=heading["heading"], begins=True)
        at = heading.end()
    yield replace(line, text=words[at:], begins=True) if at else line
