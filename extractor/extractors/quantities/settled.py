"""Numbers that their place alone settles: markers, telephones, postcodes, codes, table cells."""

from __future__ import annotations

import re

from extractor.model import Clause, NumberClass

from .hits import Hit

_LISTED = re.compile(r"[.．、]")
# 第三、四、 before 五条
_NUMERAL = r"[（(]?[一二三四五六七八九十0-9]{1,3}[）)]?"
_ORDINALS = re.compile(rf"第{_NUMERAL}(?:、{_NUMERAL}){{0,8}}、$")
_DAYS = frozenset({"日", "号"})
_DAY_BEFORE = re.compile(r"月\s?[0-9]{1,2}\s?[日号]?\s?[至到—–~～－-]{1,2}\s?$")
_PHONE_WORDS = re.compile(r"电话|传真|热线|手机|联系|TEL|Tel|QQ")
_POST_WORDS = re.compile(r"邮编|邮政编码")
_CODE_WORDS = re.compile(r"号码|编号|代码|账号|证号|编码|序号|：|:|号$")
_CELLS = re.compile(r"[0-9.,%\s]*")
_END_OF_CELL = frozenset({"", "\n", "\t", " "})


def settled(text: str, hit: Hit, clause: Clause) -> NumberClass | None:
    """The class that needs no judgement of the words around; None leaves `hit` to `judge`."""
    if clause.span.start <= hit.start and hit.end <= clause.body and clause.body > clause.span.start:
        return "marker"
    before = text[max(0, hit.start - 30) : hit.start]
    if hit.cls == "age" and "寿命" in before[-12:]:
        return None  # a level: 人均预期寿命提高到79岁
    if hit.cls is not None:
        return hit.cls
    if before[-1:] == "、" and _ORDINALS.search(before):
        return "ordinal"
    if hit.unit in _DAYS and _DAY_BEFORE.search(before):
        return "date"  # 8月5日至|8日
    if hit.unit:
        meeting = hit.unit in {"次", "届"} and text.startswith("会议", hit.after)
        return "ordinal" if meeting else None
    if before[-1:] in {"“", "‘"} and text[hit.end : hit.end + 1] in {"”", "’"}:
        return "name"  # “633”工程
    return _listed(text, hit, before) or _contact(hit, before) or _cell(text, hit, clause, before)


def _listed(text: str, hit: Hit, before: str) -> NumberClass | None:
    """1. · 1、 at the head of an item, （1） · 第（二）项 in running text."""
    behind = text[hit.end : hit.end + 1]
    if _LISTED.match(behind) and (not before or before[-1] in "\n。；：，）) "):
        return "marker"
    if before[-1:] in {"（", "("} and behind in {"）", ")"} and hit.end - hit.start <= 3:
        return "ordinal" if before[-2:-1] == "第" else "marker"
    return None


def _contact(hit: Hit, before: str) -> NumberClass | None:
    digits = hit.end - hit.start
    if digits == 6 and _POST_WORDS.search(before):
        return "postcode"
    return "phone" if digits >= 5 and _PHONE_WORDS.search(before) else None


def _cell(text: str, hit: Hit, clause: Clause, before: str) -> NumberClass | None:
    """A number alone on its line or in its cell; one behind 号码： is a code."""
    behind = text[hit.end : hit.end + 1]
    line = before.rpartition("\n")[2].strip()
    if clause.level == "table" or (not line and behind in _END_OF_CELL - {" "}):
        return "table"
    if clause.level in {"annex", "row", "back"} and _CELLS.fullmatch(line) and behind in _END_OF_CELL:
        return "table"
    return "doc_number" if _CODE_WORDS.search(before[-6:]) and behind in _END_OF_CELL else None
