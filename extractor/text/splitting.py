"""Lines that a converter ran together, parted again where their wording leaves no doubt.

Only line breaks are put in; no word is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from extractor.model import Line
from extractor.text.unrolled import unrolled

# …若干意见（试行）（某政函〔2005〕39号）|各区、县（市）人民政府：|为认真贯彻…
HEAD = re.compile(
    r"""^(?P<title>[^\n。；：]{6,120}(?:〔[0-9]{4}〕\s?[0-9]{1,4}号[）)]?|的通知|的意见))
        (?P<to>各[^\n。：]{2,200}：)
        (?=[\u4e00-\u9fff《“]|$)""",
    re.VERBOSE,
)
# …若干意见|国发〔2013〕24号|各省、自治区、直辖市人民政府：|发展光伏产业…: nothing parts them
RUN_TOGETHER = re.compile(
    r"""^([^\n。；：]{6,100}?(?:通知|意见|决定|通报|办法|方案|批复|函)(?:（[^（）]{2,16}）)?)
        ((?!的)[\u4e00-\u9fff]{1,10}〔[0-9]{4}〕\s?[0-9]{1,4}号)
        (各[^\n。：]{2,200}：)""",
    re.VERBOSE,
)
# 某部某委文件|环综合〔2022〕42号|关于印发《…》的通知|各省…：
LETTERHEAD = re.compile(
    r"""^([\u4e00-\u9fff ]{2,150}文件)([\u4e00-\u9fff]{1,10}〔[0-9]{4}〕\s?[0-9]{1,4}号)
        ([^\n。；：]{6,120}?(?:通知|意见|决定|通报|函)(?:（[^（）]{2,16}）)?)(各[^\n。：]{2,300}：)""",
    re.VERBOSE,
)
# …各项任务。|国务院办公厅2016年2月16日|（此件公开发布）|关于…的意见…: a signature within a line
SIGNED = re.compile(
    r"""(?<=[。）])(?P<office>(?:(?![由自于至在的从经被将以])[\u4e00-\u9fff ]){2,120}
        (?:院|院办公厅|政府|办公厅|办公室|委员会|厅|局|部|委))\s?
        (?P<day>(?:(?:19|20)[0-9]{2}|[二一][〇○零一二三四五六七八九]{3})年[0-9一二三四五六七八九十]{1,2}月[0-9一二三四五六七八九十]{1,3}日)
        (?P<printed>印发)?(?P<note>（此件[^（）]{2,10}）)?""",
    re.VERBOSE,
)
# 国务院同意发展改革委、能源办《关于…的若干意见》: who wrote what is passed on
CITED = re.compile("(?P<offices>[^《》，。；：\n]{0,60})《(?P<title>[^《》]{6,80})》")
BETWEEN_OFFICES = re.compile("[、 和及与]")
SHORTEST_OFFICE = 3
COVER = 3_000  # characters above a signature in which the title is cited that follows it
MOST_SIGNED = 4  # signatures on one line: of a cover notice, of what it passes on, and some to spare
LONG = 300  # characters of a line that may hold a notice whole
SHORTEST_HEAD = 30  # characters of a title with its recipients on one line
# 新华社北京2月13日电|中共中央 国务院关于…的意见
DATELINE = re.compile(r"[（(]?新华社[\u4e00-\u9fff]{2,8}[0-9]{1,2}月[0-9]{1,2}日电[）)]?\s?(?=\S)")
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
    whole = _of_a_whole(words) if len(words) >= LONG else ()
    if len(whole) > 1:
        for piece in whole:
            yield from _clauses(replace(line, text=piece, begins=True), piece)
    else:
        yield from _clauses(line, words)


def _clauses(line: Line, words: str) -> Iterator[Line]:
    """The clauses of a line, and the heads and headings that ran together with them."""
    pieces = unrolled(words)
    if len(pieces) > 1:
        for piece in pieces:
            yield from _clauses(replace(line, text=piece, begins=True), piece)
        return
    if (dateline := DATELINE.match(words)) is not None:
        yield replace(line, text=dateline[0].rstrip(), begins=True)
        yield from _clauses(replace(line, text=words[dateline.end() :], begins=True), words[dateline.end() :])
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


def _of_a_whole(words: str) -> tuple[str, ...]:
    """The head of a notice on one line, its signatures, and the titles that follow them: each a line.

    A title behind a signature is known from the words above it, which cite it: …某部《某纲要》已经同意…; so
    are the offices that stand below it. One piece, where there is nothing to part.
    """
    head = RUN_TOGETHER.match(words) or LETTERHEAD.match(words)
    pieces = list(head.groups()) if head is not None else []
    begin = at = head.end() if head is not None else 0
    for signed in islice(SIGNED.finditer(words, at), MOST_SIGNED):
        pieces += [
            words[at : signed.start()],
            signed["office"],
            signed["day"] + (signed["printed"] or ""),
            signed["note"] or "",
        ]
        at = signed.end()
        told = CITED.finditer(words, max(begin, signed.start() - COVER), signed.start())
        cited = next((c for c in told if words.startswith(c["title"], at)), None)
        if cited is not None:
            byline = _byline(cited["offices"], words, at + len(cited["title"]))
            pieces += [cited["title"], byline]
            at += len(cited["title"]) + len(byline)
    pieces.append(words[at:])
    return tuple(piece.lstrip() for piece in pieces if piece.strip())


def _byline(offices: str, words: str, at: int) -> str:
    """The offices at `at`, of those before a title where it is cited; they may have lost their signs."""
    names = BETWEEN_OFFICES.sub("", offices)
    for start in range(len(names) - SHORTEST_OFFICE + 1):
        printed = re.compile("[、 ]?".join(map(re.escape, names[start:]))).match(words, at)
        if printed is not None:
            return printed[0]
    return ""
