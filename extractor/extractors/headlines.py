"""The lines of a notice's head, by what each of them is: letterhead, number, title, recipients, signature,
date …

A notice's head is laid out after GB/T 9704-2012 (7.2, 7.3): letterhead, number, title, recipients, body,
signature, date, and a table of labels before all that where it was copied from a web page. Lines are told
apart by their own form only; how they follow one another is for `titles` and `signatures`.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from extractor.extractors.adoption import is_history
from extractor.extractors.dates import PLAIN_DATE, PLAIN_PERIOD
from extractor.extractors.docnumbers import YEARED
from extractor.extractors.headlabels import is_field, read_labels
from extractor.lexicon.notices import NoticeWords
from extractor.model import Span

LineKind = Literal[
    "number", "letterhead", "order", "serial", "label", "recipients", "date", "signed", "imprint", "note",
    "bracket", "annex", "office", "person", "contents", "sentence", "other",
]  # fmt: skip

LONGEST_LINE = 160  # of a line that may be part of a head; longer ones are body text
_NUMBER_LINE = re.compile(
    rf"[（(]?\s?(?:[㐀-鿿、A-Za-z]{{1,16}})\s?{YEARED}\s?[）)]?(?:\s?签发人.{{0,20}})?$"
)
# 2023年12月7日, （2023年12月7日）, 2023年12月7日（此件公开发布）
_DATE_LINE = re.compile(rf"[（(]?\s?{PLAIN_DATE}\s?[）)]?(?:\s?[（(].{{2,20}}[）)]|(?<=日)发布)?$")
# 某市教育局 2023年12月7日; 某市教育局2023年12月7日发布。
_SIGNED_LINE = re.compile(
    rf"(?P<offices>[^，。；：0-9]{{2,60}}?)\s?{PLAIN_DATE}(?:\s?[（(].{{2,20}}[）)]|(?:发布|印发|公布)。?)?$"
)
_MONTH_LINE = re.compile(rf"{PLAIN_PERIOD}$")  # 二〇二二年四月 on the cover of a plan
_RECIPIENTS = re.compile(r"各[^。；：]{1,80}[、，]")  # 各乡镇人民政府，县直各单位 without its colon
_IMPRINT = re.compile(rf"{PLAIN_DATE}\s?(?:印发|印制|印)$")
# 1999年7月13日，国家海洋局: the signature of old notices
_DATE_FIRST = re.compile(rf"{PLAIN_DATE}[，,]?\s?(?P<offices>[㐀-鿿 ]{{3,60}})$")
# 2023-01-05 10:00 and whatever follows, as a page prints it; lines without any Chinese (index numbers)
_STAMP = re.compile(rf"{PLAIN_DATE}\s?\d{{1,2}}[:：]\d{{2}}|(?<![^㐀-鿿])[^㐀-鿿]*$")
# 渝府令第121号: the number of an order by the sign of its office
_SIGN_ORDER = re.compile(
    r"[（(]?[㐀-鿿]{1,8}(?:令|公告|通告)\s?(?:[〔\[（(]?(?:19|20)\d\d年?[〕\]）)]?)?\s?第\s?\d{1,5}\s?号[）)]?$"
)
_BRACKET = re.compile(r"[（(〔\[【].{1,300}[）)〕\]】]$", re.DOTALL)
_ANNEX = re.compile(r"附\s?(?:件|表|录)\s?[0-9一二三四五六七八九十]{0,3}\s?[：:]?$")
# 浙江省人民政府令, 中华人民共和国国务院令 第711号, 财政部公告2023年第12号
_ORDER = re.compile(
    r"(?P<offices>[^，。；：]{2,60}?)(?:令|公告)"
    r"(?:\s?[（(]?\s?(?:(?:19|20)\d\d\s?年\s?)?第\s?[0-9零〇一二三四五六七八九十百]{1,6}\s?号\s?[）)]?)?$"
)
_SERIAL = re.compile(
    r"[（(]?\s?(?:(?:19|20)\d\d\s?年\s?)?第\s?[0-9零〇一二三四五六七八九十百]{1,6}\s?号(?:令|公告)?\s?[）)]?$|令$"
)
_CONTENTS = re.compile(
    r"目\s?录$|第[一二三四五六七八九十百]{1,4}[编章节](?:\s|[㐀-鿿]{1,30}$)|[0-9]{1,2}[.．、]?\s?总\s?则$|[一二三四五六七八九十]{1,3}、"
)
# 首页 > 政务公开, 收藏本站 | 设为首页
_CRUMBS = re.compile(r"[»>|]|(?:网站)?首页$|返回(?:顶部|首页)$")
_TRAILING_BRACKET = re.compile(r"\s?[（(〔\[【][^（）()〔〕\[\]【】]{1,40}[）)〕\]】]$")
_ORDERERS = ("人民代表大会", "政府", "国务院", "主席")
_PERSON = re.compile(
    r"(?:(?:省|市|州|县|区|旗|盟|部|局|厅|院|署|行|检察)长|主席|主任|总理|签发人)\s?[：:]?\s?[㐀-鿿·\s]{0,12}$"
    r"|[㐀-鿿]{2,12}(?:长|主任|主席|书记)\s[㐀-鿿·]{2,4}$"
)
# the forms that a line has as a whole, in the order in which they are tried
_FORMS: tuple[tuple[LineKind, re.Pattern[str]], ...] = (
    ("number", _NUMBER_LINE), ("number", _SIGN_ORDER), ("date", _DATE_LINE), ("note", _MONTH_LINE),
    ("serial", _SERIAL), ("annex", _ANNEX), ("label", _STAMP), ("contents", _CONTENTS),
)  # fmt: skip


class HeadLine(NamedTuple):
    """A line of the head: a paragraph or the part of one that stands for itself.

    `words` are its characters in the text, those of a label with its value; `span` where they stand.
    """

    kind: LineKind
    words: str
    span: Span


def is_office(words: str, notices: NoticeWords) -> bool:
    """Whether `words` as a whole look like the name of one office, or of one with its second name.

    某市健康委员会（爱国卫生运动委员会）
    """
    second = _SECOND_NAME.search(words)
    if second is not None and second[1].endswith(notices.office_ends):
        words = words[: second.start()]
    return 2 < len(words) <= 40 and words.endswith(notices.office_ends) and not _NO_OFFICE.search(words)


_SECOND_NAME = re.compile(r"（([^（）]{3,20})）$")
_SECOND_LINE = re.compile(r"(（[^（）]{3,20}）)(?:（[^（）]{1,4}）)?$")  # （爱国卫生运动委员会）（代章）
_NO_OFFICE = re.compile(r"[，。；：？！《》〔〕]|关于|印发|[^员]的|^各|^现|网站?$|^返回")


def offices_in(words: str, notices: NoticeWords) -> tuple[str, ...]:
    """The offices of which a line consists, or () where it holds anything else.

    国家发展改革委 教育部 → two; 中共 维西县委 → one, set apart only by spaces within the name.
    """
    found: list[str] = []
    held = ""
    for chunk in re.split(r"[\s、]+", words.strip()):
        held += chunk
        if is_office(held, notices):
            found += _joint(held, notices)
            held = ""
    return () if held else tuple(found)


# 财政部|国家税务总局, 国家发展改革委|国家能源局
_MINISTRY_END = re.compile("部(?![门署])|委员会|[革健资民网]委(?!员)|局|署|银行|院办公厅")
LEVELS = "省市区县州盟旗"
_PLACE = re.compile("[㐀-鿿]{2,8}?(?:[省市州盟旗县区]|自治区)")
# 中共南昌市委|南昌市人民政府 set without a space between
_JOINT = re.compile(r"(?<=委员会)(?=[㐀-鿿]{2,20}人民政府)|(?<=委)(?=[㐀-鿿]{2,20}人民政府)(?!员会)")


def _joint(name: str, notices: NoticeWords) -> list[str]:
    """Names set without a space: 中共甲市委|甲市人民政府, 甲省财政厅|甲省税务局, 市交通委|市公安局."""
    if name.startswith("中共"):
        return _JOINT.split(name)
    ministries = _ministries(name, notices)
    if len(ministries) > 1:
        return ministries
    level = name[0]
    if level in LEVELS:
        parts = re.split(f"(?<=[局委厅办])(?={level})", name)
        return parts if all(len(part) > 2 for part in parts) else [name]
    place = _PLACE.match(name)
    if place is None or place[0] not in name[len(place[0]) :]:
        return [name]
    return [place[0] + rest for rest in name.split(place[0])[1:]]


def _ministries(name: str, notices: NoticeWords) -> list[str]:
    """住房和城乡建设部|交通运输部: offices of the nation, each of which begins as one does."""
    parts, start = [], 0
    for end in (found.end() for found in _MINISTRY_END.finditer(name)):
        if end - start > 2 and name.startswith(notices.national, end):
            parts.append(name[start:end])
            start = end
    return [*parts, name[start:]]


def bare_title(title: str) -> str:
    """A title without the brackets at its end: …实施方案（试行）（2025年版） → …实施方案."""
    for _ in range(4):
        shorter = _TRAILING_BRACKET.sub("", title)
        if shorter == title:
            break
        title = shorter
    return title.strip("《》〈〉 ")


def line_kind(words: str, notices: NoticeWords) -> LineKind:
    """What a line is, by its form."""
    if is_history(words):
        return "date" if _DATE_LINE.match(words) else "note"
    labels = read_labels(words[:LONGEST_LINE], notices)
    if len(words) > LONGEST_LINE:
        return "label" if labels and labels[0].role == "aside" else "sentence"
    for kind, form in _FORMS:
        if form.match(words):
            return kind
    if _IMPRINT.search(words):
        return "imprint"
    if _BRACKET.match(words) and words[0] != "【":
        draft = any(word in words for word in notices.drafts)
        return "note" if not draft and any(word in words for word in notices.notes) else "bracket"
    if labels and (labels[0].start == 0 or words[0] in "【["):
        return "label"
    if _CRUMBS.search(words) or is_field(words) or words in notices.page_words:
        return "label"
    if words.endswith((":", "：")) or _RECIPIENTS.match(words):
        return "recipients"
    if words.endswith(("。", "；", ";", "！", "？")):
        return "signed" if signed_by(words, notices) else "sentence"
    return _named_kind(words, notices)


def signed_by(words: str, notices: NoticeWords) -> str | None:
    """The offices of a line that is a signature: 某市教育局 2023年12月7日."""
    match = _SIGNED_LINE.match(words) or _DATE_FIRST.match(words)
    return match["offices"] if match and offices_in(match["offices"], notices) else None


def second_name(words: str, notices: NoticeWords) -> str:
    """（爱国卫生运动委员会） below the name of an office, of which it is the second name; else nothing."""
    match = _SECOND_LINE.match(words)
    return match[1] if match and match[1][1:-1].endswith(notices.office_ends) else ""


def _named_kind(words: str, notices: NoticeWords) -> LineKind:
    """Of a line that ends without punctuation."""
    if words.endswith("文件") and offices_in(words.removesuffix("文件").strip(), notices):
        return "letterhead"
    order = _ORDER.match(words)
    if order and (offices_in(order["offices"], notices) or order["offices"].endswith(_ORDERERS)):
        return "order"
    if offices_in(words, notices):
        return "office"
    if signed_by(words, notices):
        return "signed"
    return "person" if _PERSON.match(words) else "other"
