"""The history of a regulation, from the note under its title: who adopted it and when, under which order.

（2009年7月22日四川省第十一届人民代表大会常务委员会第十次会议通过）; with several events one after
another, each with its own date, in one bracket or on lines of their own without any. A regulation is of the
office that adopted or promulgated it; approval (批准) by the one above and amendments (修正) leave its date
as it was, a revision (修订) makes it anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from extractor.extractors.dates import PLAIN_DATE, read_date

_DATE = re.compile(PLAIN_DATE)
_VERB = "通过|批准|公布|发布|颁布|修订|修正|修改|施行|执行|实施"
# 2010年6月24日 洛阳市…会议通过, （2019年4月3日国务院令第711号公布, 根据2020年5月1日…修正
_LINE = re.compile(rf"[（(]?\s?(?:根据)?\s?{PLAIN_DATE}\s?(?![起前以，,])[^。；：]{{0,600}}?(?:{_VERB})")
# 国务院令第711号, 济南市人民政府令19号
_ORDER = re.compile(
    r"(?P<office>[㐀-鿿、 ]{2,40}?)(?P<form>令|公告)\s?第?\s?"
    r"(?P<serial>[0-9零〇一二三四五六七八九十百]{1,6})\s?号"
)
# 四川省第十一届人民代表大会常务委员会第十次会议, 市九届人大常委会, 国务院第28次常务会议
_OFFICE = re.compile(
    r"(?:由)?(?P<office>[㐀-鿿]{2,40}?)(?:第?[0-9一二三四五六七八九十百]{1,5}次|审判委员会|检察委员会|主席团|常务会议|审议|会议|通过)"
)
_EDGES = " ，,、）)（(　"
_TERM = re.compile(r"第?[0-9一二三四五六七八九十]{1,4}届")
_SHORT = re.compile("[省市县区州]?人")  # 市人大常委会 does not say of which city


class Adoption(NamedTuple):
    """What the history says; `starts` is the day it names as that of entry into force."""

    office: str | None = None
    day: date | None = None
    number: str | None = None
    starts: date | None = None


class _Event(NamedTuple):
    day: date | None
    words: str


def is_history(words: str) -> bool:
    """Whether a line tells of the adoption of a regulation."""
    return words[:1] in "（(根12" and _LINE.match(words) is not None and words[-1] not in "。；：:"


def read_adoption(lines: Iterable[str]) -> Adoption:
    """The office, the day, the number of the order and the entry into force that the notes tell of."""
    events = [event for line in lines for event in _events(line)]
    adopted = [event for event in events if "通过" in event.words and "《" not in event.words]
    revised = [e for e in events if "修订" in e.words and "《" not in e.words and "修订草案" not in e.words]
    newest = (*reversed(revised), *events)
    order = next((e for e in newest if (found := _ORDER.search(e.words)) and found["form"] == "令"), None)
    started = next((event.day for event in events if event.words.endswith(("施行", "执行", "实施"))), None)
    offices = [name for event in adopted if (name := _office(event.words)) is not None]
    offices.sort(key=lambda name: _SHORT.match(name) is not None)
    found = _ORDER.search(order.words) if order is not None else None
    office = found["office"].strip() if found is not None else next(iter(offices), None)
    days = [*revised[-1:], *([order] if order is not None else adopted[:1])]
    number = f"{''.join(found['office'].split())}令第{found['serial']}号" if found is not None else None
    return Adoption(office, days[0].day if days else None, number, started)


def _events(line: str) -> Iterator[_Event]:
    """The line cut at its dates."""
    starts = [match.start() for match in _DATE.finditer(line)]
    for start, end in pairwise([*starts, len(line)]):
        match = _DATE.match(line, start)
        if match is not None:
            words = line[match.end() : end].strip(_EDGES).removeprefix("起")
            yield _Event(read_date(match[0]), words.removesuffix("根据").removesuffix("自").strip(_EDGES))


def _office(words: str) -> str | None:
    match = _OFFICE.match(words)
    name = _TERM.sub("", match["office"]) if match is not None else ""
    return name if len(name) > 2 else None
