"""The title of a clause, and lines that are titles though their numbering was lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from extractor.lexicon.layout import layout
from extractor.markers import parse

LONGEST = 45  # characters of the longest title seen in notices of all levels
SENTENCE_END = re.compile("[。！？；]")
STOPS = "。；，、：！？…"


Style = Literal["whole", "title", "rule"]
LONG_TITLE, LONG_PAIR = 40, 30  # characters of a first sentence that titles; with a comma in it
SHORTEST_RULE = 12  # characters; a shorter sentence titles even among articles of one sentence
# 有下列行为之一的，依照…处理。 对参加应急工作的人员，应给予补助。
COMMANDS = re.compile(
    "有[下如]列|以下情形|，应(?![急用对])|的，"
    "|[\u4e00-\u9fff、]{2,24}(?:(?:局|委员会|厅|办公室|支队)(?:负责|组织|适时|会同|按|要|应|根据|及时|协助|视情|立即)|部门(?:负责|应))"
)
# the one sentence over a list that says nothing of it: 申报条件。 but not 申报应当符合下列条件。
TITLE_ALONE = re.compile(r"(?:(?![下如]列|以下|如下)[^，。；：！？\s]){2,16}。")
SHORT_TITLE = 20  # characters of the first sentence of an article that titles it: 第7条 鼓励产品研发。对…


def articles_have_titles(firsts: Sequence[str]) -> bool:
    """Whether the articles of a document begin with titles: three in ten with a short sentence, and more."""
    short = sum(0 < words.find("。") <= SHORT_TITLE and words.find("。") + 1 < len(words) for words in firsts)
    return short >= 3 and short * 10 >= len(firsts) * 3


def title_of(
    own: str, *, heads: bool, style: Style, longest: int = LONGEST, listed: bool = False
) -> str | None:
    """The heading of a clause whose own words are `own`.

    The whole first line where it is a title; else the short first sentence that titles words running on.
    `heads` tells that more follows under the clause (children). In an article of a regulation (style `rule`)
    the first sentence is the rule itself. Only the line of a part, a subpart or an annex (style `whole`) is
    a title though nothing follows it; in a list it is what the list says. So is one sentence alone where
    most clauses beside it are one sentence too (`listed`): （六）购房发票。
    """
    line, _, rest = own.partition("\n")
    line = line.strip()
    if not line:
        return None
    if len(line) <= longest and not SENTENCE_END.search(line):
        return _whole_line(line, style) if style == "whole" or rest or heads else None
    if style == "rule":
        if heads and not rest and TITLE_ALONE.fullmatch(line) and not layout().ruling.search(line):
            return line[:-1]  # 第十四条 申报条件。|（一）…
        bracket = re.match(r"[【（]([^】）]{2,20})[】）]", line)
        return bracket[1] if bracket else None
    end = SENTENCE_END.search(line, 0, longest + 2)
    if end is None or line[end.start()] != "。":
        return _before_space(line)
    first = line[: end.start()]
    after = line[end.end() :].strip()
    more = bool(rest) and not layout().units_below.fullmatch(rest)
    runs_on = more or heads or (bool(after) and not layout().units_alone.fullmatch(after))
    pair = first.count("，")
    runs_on = runs_on or (style == "whole" and len(first) <= 20 and not pair and not listed)
    if listed and not more and not heads and style == "title" and len(first) > SHORTEST_RULE:
        return None  # 5.督导上市公司制定规划。加强考核。 among articles of one sentence
    if not runs_on or len(first) > min(longest, LONG_PAIR if pair else LONG_TITLE) or pair > 1:
        return None
    rules = layout().ruling.search(first) and not first.startswith("关于")
    if "：" in first or rules or COMMANDS.search(first):
        return None
    return (_before_space(first) or first) if _balanced(first) else None


def _whole_line(line: str, style: Style) -> str | None:
    if line[0] in "（【" and line[-1] in "）】" and not re.search("[（）【】]", line[1:-1]):
        return line[1:-1]  # 第一条（目的）|…
    if line[-1] in "：:":  # 目标： titles; 符合下列条件的： leads up to a list
        duties = len(line) <= 20 and line[:-1].endswith("职责")  # 区科委工作职责：
        title = (duties or (style != "rule" and 2 < len(line) <= 10)) and not re.search("[下如]|的：", line)
        return line[:-1] if title else None
    return None if line[-1] in "，、" or "：" in line else line


def _before_space(line: str) -> str | None:
    """指导思想 坚持…: the words before a space, where they are short and hold no stop."""
    match = re.match(r"([\u3400-\u9fff“”（）、]{2,16}) (?=[^ ]{2})", line)
    words = layout()
    if match is None or words.ruling.search(match[1]) or words.no_label.search(match[1]):
        return None
    return match[1] if _balanced(match[1]) else None


def _balanced(words: str) -> bool:
    return all(words.count(a) == words.count(b) for a, b in ("（）", "《》"))


def bare_heading(line: str) -> bool:
    """Whether an unmarked line can be the title of a clause: short, without a stop or a space."""
    return (
        2 <= len(line) <= 34
        and line[-1] not in STOPS
        and " " not in line
        and not SENTENCE_END.search(line)
        and re.search("[\u3400-\u9fff]", line) is not None
    )


def run_in_heading(line: str) -> bool:
    """Whether a paragraph begins with a short sentence that titles it: 综合防治出生缺陷。健全…"""
    end = line.find("。", 0, 30)
    if end < 4 or end + 8 > len(line):
        return False
    first = line[:end]
    return first.count("，") <= 1 and not layout().ruling.search(first) and _balanced(first)


def lost_headings(words: list[str], cells: list[bool], start: int, stop: int) -> dict[int, str]:
    """Paragraph → level, for clauses whose numbering was lost between `start` and `stop`.

    A title followed at once by another title is a part; a title followed by text a subpart; where every
    paragraph under a title begins with a title of its own, those are articles. One title alone proves
    nothing.
    """
    marked = {i for i in range(start, stop) if parse(words[i]) is not None}
    free = (i for i in range(start, stop - 1) if i not in marked and not cells[i])
    titles = [i for i in free if bare_heading(words[i]) and not layout().no_heading.match(words[i])]
    chosen = set(titles) | marked
    levels: dict[int, str] = {}
    for index in titles:
        after = words[index + 1]
        if index + 1 in chosen:
            levels[index] = "part"
        elif len(after) >= 20 and SENTENCE_END.search(after):
            levels[index] = "subpart"
    if len(levels) < 2:
        return {}
    first = next((index for index, level in levels.items() if level == "part"), None)
    for index in levels:  # no subpart comes before the first part, and 保障措施 is never one
        if first is None or index < first or layout().closing_part.fullmatch(words[index]):
            levels[index] = "part"
    _add_articles(words, cells, levels, sorted({*levels, *marked, stop}))
    return levels


def _add_articles(words: list[str], cells: list[bool], levels: dict[int, str], borders: list[int]) -> None:
    for first, last in pairwise(borders):
        under = range(first + 1, last)
        if (
            first in levels
            and len(under) > 1
            and all(run_in_heading(words[i]) and not cells[i] for i in under)
        ):
            levels.update(dict.fromkeys(under, "article" if levels[first] == "subpart" else "subpart"))
