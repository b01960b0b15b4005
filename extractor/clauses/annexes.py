"""Where an annex begins, and the lists that announce annexes: 附件：1.任务分工清单|2.建设任务表."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.lexicon.layout import NUMERAL, layout
from extractor.markers import parse

ANNEX = re.compile(
    rf"附\s?[件表录]\s?({NUMERAL})?\s?[：:、.]?\s?(?!的|中|所|规定|要求)(.{{0,80}})$", re.DOTALL
)
DATE_LINE = re.compile(
    r"\s?(?:[0-9]{4}|[二一〇○零0Oo][〇○零一二三四五六七八九0Oo]{3})年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日\s?(?:印发)?"
)
BELOW = re.compile(r"\n附\s?[件表录]\s?[：:]")
LISTS = re.compile(r"附\s?(?:[件表录]\s?)?[：:]\s?(?P<first>1\s?[.．、])?")
FILE = re.compile(r"[^\n]{1,120}\.(?:docx?|wps|pdf|ofd|xlsx?|et|pptx?|zip|rar)")
NAMES_FILE = re.compile(
    r"附\s?件(?!\s?[0-9]{0,2}\s?[：:.．、]\s?[^0-9a-z])[^\n。；]{0,60}\.(?:docx?|wps|pdf|ofd|xlsx?|et|pptx?|zip|rar)(?![a-z])"
)
BRACKETED = re.compile(r"[（(][^（）()]{1,12}[）)]")  # 附件|（官方直链）
MOST_LISTED = 12  # lines from 附件： to the annex that it announces
LONGEST_LISTED = 60  # characters of a line of such a list


def lists_annexes(line: str) -> bool:
    """Whether a list of annexes begins with a line that heads none."""
    begins = LISTS.match(line)
    announces = ANNEX.match(line) is not None or (begins is not None and begins["first"] is not None)
    return announces and line[-1] not in "。；"


def listed_annexes(words: Sequence[str]) -> frozenset[int]:
    """The paragraphs that go on with a list of annexes; they look like clauses: 附表：1.申请表|2.花名册."""
    found: set[int] = set()
    for index, line in enumerate(words):
        begins = LISTS.match(line)
        number = 2 if begins and begins["first"] and line[-1] not in "。；，" else 0
        for at in range(index + 1, len(words)) if number else ():
            marker = parse(words[at])
            counts_on = marker is not None and marker.form == "article" and marker.number == number
            if not counts_on or len(words[at]) > LONGEST_LISTED or words[at][-1] in "。；：":
                break
            found.add(at)
            number += 1
    return frozenset(found)


def links_file(words: Sequence[str], index: int) -> bool:
    """Whether 附件 stands over, or in, the name of a file to be had from the page, not over an annex."""
    if NAMES_FILE.match(words[index].lower()):
        return True
    bare = ANNEX.fullmatch(words[index])
    if (
        bare is None
        or BRACKETED.sub("", bare[2]).strip()
        or words[index].rstrip()[-1] in "：:"
        or index + 1 == len(words)
    ):
        return False
    return FILE.fullmatch(words[index + 1].lower().lstrip("-•· ")) is not None


def before_list(words: str) -> str:
    """What a clause says above the list of annexes that stands at its end."""
    return BELOW.split(words, maxsplit=1)[0]


def heads_annex(words: Sequence[str], index: int) -> bool:
    """Whether an annex begins here, and not a line of the list of annexes or a mere mention."""
    match = ANNEX.match(words[index])
    if match is None or words[index][-1] in "。；，" or links_file(words, index):
        return False
    after = next((i for i in range(index + 1, len(words))), None)
    if after is None:
        return False
    following = words[after]
    title = match[2].strip()
    colon = re.search(r"[：:]\s?$", words[index]) is not None
    if not title:
        if not colon or match[1] is not None:
            return True
        marker = parse(following)
        lists = marker is not None and marker.form in ("article", "half") and len(following) < 60
        announced = any(ANNEX.match(line) for line in words[after + 1 : after + MOST_LISTED])
        return not (announced or (lists and following[-1] not in "。；"))
    if re.match(r"\s?1\s?[.．、]", title) or re.search(r"[，。；]", title):
        return False
    others = ANNEX.match(following) or layout().back.match(following) or DATE_LINE.fullmatch(following)
    marker = parse(following)
    counts_on = marker is not None and marker.form == "article" and marker.number == 2
    signature = after + 1 < len(words) and DATE_LINE.fullmatch(words[after + 1]) is not None
    return not (others or counts_on or signature)
