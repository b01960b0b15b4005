"""From when until when a notice is in force, where it says so (contract: `effective_from`,
`effective_until`).

Only what a notice says of itself counts: a sentence whose subject is the document (本办法自…起施行), one
without a subject that closes the text, or the words of its cover notice. A period is computed to the day
before its anniversary; one that begins with the issue needs the date of issue, else both ends stay open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from extractor.extractors import dates
from extractor.extractors.dates import PLAIN_DATE, PLAIN_PERIOD
from extractor.lexicon.notices import NoticeWords
from extractor.model import Clause, Span, Text

_NUMERAL = "[0-9]{1,3}|[一二两三四五六七八九十]{1,3}"
_PUBLISHED = "印发|发布|公布|下发|颁布|发文|签发|通过|批准|签署|公告|通告|刊登|印送|下文|出台|颁发|下达|印制"
_FORCE = "施行|执行|实施|生效|试行|实行"
_PERIOD_NAME = (
    "(?:政策|试行|执行|实施|施行)?有效期(?:限)?|(?:政策)?(?:执行|实施|施行|试行)(?:期限|期|时间)"
    "|政策(?:期限|时限)|时效期"
)
_OF_FORCE = rf"(?:正式|开始|全面|组织|予以|起)*(?:{_FORCE})"

# 自印发之日起施行; 自2024年1月1日起执行; 自发布之日起30日后施行; 自公布之日起满三十日后正式实施
# not 2024年1月1日起执行的价格
_START = re.compile(
    rf"(?:(?:自|从|于)?\s?(?P<date>{PLAIN_DATE})(?:零时|[0-9]{{1,2}}时|[（(]含[^（）()]{{0,4}}[）)])?"
    rf"|(?:自|从|于)\s?(?:本[㐀-鿿]{{1,12}}?|文件)?(?:正式)?(?P<event>{_PUBLISHED})(?:之日|当日|日|后)(?:[（(](?P<day>{PLAIN_DATE})[）)])?|(?:自|从)?(?P<now>即日))"
    rf"(?:之日)?(?:起|开始)?[，,]?"
    rf"(?:满?(?P<after>{_NUMERAL})(?P<unit>日|天|个工作日|个月)(?:之?后)?(?:起|开始)?)?{_OF_FORCE}(?!的)"
)
# 有效期自2023年12月1日起至2028年11月30日止; 2023年1月1日至2025年12月31日执行; 有效期一年（…至…）
_RANGE = re.compile(
    rf"(?P<name>(?:{_PERIOD_NAME})[为是：:暂定]{{0,3}}(?:(?:{_NUMERAL})个?[年月][（(])?)?(?:自|从)?\s?(?P<from>{PLAIN_DATE})(?:起|开始)?(?:施行|执行|实施|生效|试行)?[，,]?\s?"
    rf"(?:有效期)?(?:至|到|—{{1,2}}|-{{1,2}}|–|~|～)\s?(?P<until>{PLAIN_DATE})(?:止|终止|截止|结束)?(?P<force>期间)?(?P<verb>有效|{_FORCE})?"
)
# 有效期至2025年12月31日; 执行至2025年底; 试行期截止到2026年6月
# 政策期限为2016年至2018年
_YEARS = re.compile(
    rf"(?:{_PERIOD_NAME})[为是：:]?\s?(?P<from>20[0-9]{{2}}年)(?:起)?(?:至|到|—{{1,2}}|-{{1,2}}|–|~|～)(?P<until>20[0-9]{{2}}年)(?!\s?[0-9]{{1,2}}月)"
)
_UNTIL = re.compile(
    rf"(?:{_PERIOD_NAME}|施行|执行|实施|试行|有效)(?:日期|时间|期)?[为：:，,]?(?:截止到|截至到|截止至|截止|截至|至|到)(?:日期)?[为：:]?\s?"
    rf"(?P<until>{PLAIN_DATE}|{PLAIN_PERIOD})"
)
# 有效期5年; 试行二年; 试行期为1年; 暂定3年; 有效期为自印发之日起三年; 有效期2年零6个月
_LENGTH = re.compile(
    rf"(?:{_PERIOD_NAME}|暂定(?:执行|实施|试行|施行)?|试行)(?:暂定)?(?:为期|为|是|：|:|，|,)?(?:暂定)?(?:为)?"
    rf"(?:(?:自|从)(?:本[㐀-鿿]{{1,8}}?)?(?:{_PUBLISHED}|施行|实施|执行|生效)之日起(?:计算)?[，,]?(?:为)?)?"
    rf"\s?(?P<count>{_NUMERAL})\s?(?P<unit>周年|年|个月)(?:零?\s?(?P<more>{_NUMERAL})\s?个月)?(?!度|内|级|以[上内下]|前|后|期)"
)
_ANCHOR = re.compile("施行|执行|实施|生效|试行|实行|有效|暂定|时限|时效|政策期限")
# what a sentence on the validity must hold: a day, a spell or an event
_HINT = re.compile(
    r"之日|[起后]施行|[日当]起|即日|当日|期限?[为至是：]"
    r"|[0-9〇零一二两三四五六七八九十]\s?(?:年|个月|日|周年)"
)
_STOP = re.compile(r"[。；\n！？]")


class Validity(NamedTuple):
    """Both ends, each None where the notice does not say; `span` is where it says so.

    `on_trial` tells that it is in force on trial: 试行一年.
    """

    start: date | None = None
    end: date | None = None
    span: Span | None = None
    on_trial: bool = False


class _Statement(NamedTuple):
    """One sentence on the validity. `weight`.

    3 its subject is the document, 2 it closes the text, 1 the cover says it.
    """

    weight: int
    span: Span
    start: re.Match[str] | None
    end: re.Match[str] | None


def read_validity(
    text: Text,
    clauses: Sequence[Clause],
    *,
    kind: str | None,
    title: str | None,
    issued: date | None,
    printed: date | None,
    notices: NoticeWords,
) -> Validity:
    """The validity that a notice states of itself. `printed` is the 印发 date of its imprint."""
    found = sorted(_statements(text, clauses, kind, title, notices), key=lambda statement: -statement.weight)
    start = next((statement for statement in found if statement.start is not None), None)
    end = next((statement for statement in found if statement.end is not None), None)
    if start is not None and start.end is not None:
        end = start
    first = (
        _first_day(start.start, issued, printed) if start is not None and start.start is not None else None
    )
    if end is not None and end.end is not None and end.end.re in (_RANGE, _YEARS):
        dated = start is not None and start.start is not None and start.start["date"]
        first = first if dated else dates.first_day(end.end["from"]) or first  # both days are printed
    last = _last_day(end.end, first) if end is not None and end.end is not None else None
    on_trial = end is not None and end.end is not None and end.end[0].startswith("试行")
    return Validity(first, last, _quote(start, end, text), on_trial)


def _quote(start: _Statement | None, end: _Statement | None, text: Text) -> Span | None:
    if start is None or end is None or start is end:
        statement = end or start
        return None if statement is None else statement.span
    first, second = sorted((start.span, end.span))
    near = "\n" not in text.text[first.start : second.end]
    return Span(first.start, second.end) if near else end.span


def _statements(
    text: Text, clauses: Sequence[Clause], kind: str | None, title: str | None, notices: NoticeWords
) -> Iterator[_Statement]:
    """The sentences of the text that speak of the document's own validity."""
    for clause, begin, stop in _regions(text, clauses):
        position = begin
        own = False
        while position < stop:
            anchor = _ANCHOR.search(text.text, position, stop)
            if anchor is None:
                break
            start, end = _sentence(text.text, anchor.start(), begin, stop)
            adjoining = (own and "\n" not in text.text[position:start]) or _goes_on(
                text.text, start, anchor.start(), begin, notices
            )
            statement = _statement(
                text.text,
                Span(start, end),
                clause,
                notices,
                kind=kind,
                title=title or "",
                follows_own=adjoining,
            )
            own = statement is not None and statement.weight == 3
            if statement is not None:
                yield statement
            position = end + 1


def _goes_on(text: str, start: int, at: int, begin: int, notices: NoticeWords) -> bool:
    """Whether a sentence without a subject goes on with one whose subject the document is.

    本措施由区科技局负责解释；|自发布之日起施行
    """
    if text[start - 1 : start] != "；" or not _NO_SUBJECT.match(text[start:at].partition("自")[0]):
        return False
    before = max(text.rfind(sign, max(begin, start - 200), start - 1) for sign in "。；\n") + 1
    name = notices.own_name.search(text, max(before, begin), start)
    return name is not None and "解释" in text[name.end() : start]


def _regions(text: Text, clauses: Sequence[Clause]) -> Iterator[tuple[Clause | None, int, int]]:
    """Where to look: each clause's own span, those of forms and tables left out."""
    if not clauses:
        yield None, 0, len(text.text)
    for clause in clauses:
        if clause.level not in ("table", "row", "back"):
            yield clause, clause.span.start, min(clause.span.end, len(text.text))


def _sentence(text: str, at: int, begin: int, stop: int) -> tuple[int, int]:
    start = max(text.rfind(sign, max(begin, at - 200), at) for sign in "。；\n！？") + 1
    end = _STOP.search(text, at, min(stop, at + 300))
    return max(start, begin, at - 200), end.start() if end else min(stop, at + 300)


def _statement(
    text: str,
    sentence: Span,
    clause: Clause | None,
    notices: NoticeWords,
    *,
    kind: str | None,
    title: str,
    follows_own: bool,
) -> _Statement | None:
    if _HINT.search(text, sentence.start, sentence.end) is None:
        return None
    start = _START.search(text, sentence.start, sentence.end)
    spell = _RANGE.search(text, sentence.start, sentence.end)
    if spell is not None and not (spell["name"] or spell["verb"]):
        spell = None
    end = (
        spell
        or _YEARS.search(text, sentence.start, sentence.end)
        or _UNTIL.search(text, sentence.start, sentence.end)
        or _LENGTH.search(text, sentence.start, sentence.end)
    )
    if start is None and end is None:
        return None
    matches = [match for match in (start, end) if match is not None]
    first, last = min(match.start() for match in matches), max(match.end() for match in matches)
    own = _own(text, sentence.start, first, kind, notices)
    if own is not None:
        return _Statement(3, Span(own, last), start, end)
    before = text[sentence.start : first]
    goes_on = follows_own and (_NO_SUBJECT.match(before) or _GOES_ON.search(before))
    weight = 2 if goes_on else _weight(before, clause, title)
    return _Statement(weight, Span(first, last), start, end) if weight else None


def _own(text: str, begin: int, first: int, kind: str | None, notices: NoticeWords) -> int | None:
    """Where the document names itself as the subject of the words at `first`, in the sentence from `begin`.

    本办法由市财政局负责解释，自…起施行; not 根据本办法，新标准自…起执行, nor 上述标准自…, unless the
    document is a standard.
    """
    for name in notices.own_name.finditer(text, begin, first):
        noun = notices.kind_of(name[0])
        if noun in notices.matters and noun != kind:
            continue
        between = text[name.end() : first]
        last = between.rpartition("，")[2]
        measured = _AS_MEASURE.search(text, begin, name.start())
        if len(between) <= 60 and _SAME_SUBJECT.match(last) and not measured:
            return name.start()
    return None


# 的, 及其实施细则, 所列政策: the document is still the subject
_SAME_SUBJECT = re.compile(
    r"(?:\s|的|均|统一|正式|从|将|也|同时|原则上|[（(][^（）()]{0,40}[）)]|及(?:其)?[㐀-鿿]{1,10}|所[列涉定](?:各项)?(?:政策|措施|条款)?|政策|试行){0,5}$"
)
_AS_MEASURE = re.compile(r"(?:按照?|根据|依据|依照|符合|享受|适用|违反)$")
# 第二十条 自…; （三）有效期…; 六、执行时间：…
_NO_SUBJECT = re.compile(
    r"(?:[\s　、.．（）()0-9一二三四五六七八九十百]|第[一二三四五六七八九十百]{1,5}条){0,24}"
    r"(?:(?:政策)?(?:执行|实施|施行|生效|有效|试行)(?:时间|期限|日期|期)[：:，,]?)?\s?$"
)
# at the end of a notice on standards: 上述标准自…
_ALL_OF_IT = re.compile(r"\s*(?:上述|以上)[^，。；]{0,18}(?P<noun>[^，。；]{2})")
# 现予公布，自…; 经市政府同意，自…
_GOES_ON = re.compile(
    r"(?:印发给你们|印发|公布|发布|颁布|通过|批准|同意|解释|执行|遵照执行|废止|办理|通知如下|施行|备案)[^，。；]{0,8}[，,]?\s?$"
    r"|现予?(?:发布|公布|颁布)《[^《》]{2,60}》[，,]$"
)


def _weight(before: str, clause: Clause | None, title: str) -> int:
    """How surely words without a subject of their own speak of the document."""
    plain = _NO_SUBJECT.match(before) is not None
    if clause is None or clause.level == "closing":
        matter = _ALL_OF_IT.fullmatch(before) if clause is not None else None
        titled = matter is not None and matter["noun"] in title
        return 2 if plain or titled or _GOES_ON.search(before) else 0
    if clause.level == "front":
        return 1 if plain or _GOES_ON.search(before) else 0
    if clause.level == "part" and before.endswith(("：", ":")):
        return 2 if plain else 0
    return 2 if clause.level in ("chapter", "section", "part", "article") and _LAW.match(before) else 0


_LAW = re.compile(r"第[一二三四五六七八九十百]{1,5}条\s?$")


def _first_day(match: re.Match[str], issued: date | None, printed: date | None) -> date | None:
    if match["date"] or match["day"]:
        day = dates.read_date(match["date"] or match["day"])
    elif match["now"]:
        day = issued
    else:
        day = (printed if match["event"] in ("印发", "印送") else None) or issued
    if day is None or not match["after"]:
        return day
    count = dates.small_number(match["after"])
    if count is None or match["unit"] == "个工作日":
        return None
    return dates.add_months(day, count) if match["unit"] == "个月" else dates.add_days(day, count)


def _last_day(match: re.Match[str], first: date | None) -> date | None:
    groups = match.groupdict()
    if groups.get("until"):
        return dates.last_day(groups["until"])
    count, more = dates.small_number(groups["count"]), dates.small_number(groups["more"] or "0")
    if first is None or count is None or more is None:
        return None
    months = count + more if groups["unit"] == "个月" else count * 12 + more
    return dates.before_anniversary(first, months=months)
