"""One pass over the text that finds every number word, its unit, and what its shape alone decides.

Guarantees: hits are in reading order, never overlap, and every run of Arabic digits lies inside exactly one
hit. Chinese numerals are hits unless they are part of a word that counts nothing (进一步, 千方百计).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from extractor.lexicon.measures import Measures
from extractor.model import NumberClass
from extractor.numerals import parse

from .hits import Hit, with_unit
from .shapes import (
    ARABIC_SHAPE,
    BEFORE_YEAR,
    CHINESE_SHAPE,
    GENERIC,
    OF_A_RATE,
    QUOTED,
    ROUND,
    ROW_OF_RANKS,
    ROW_OF_STARS,
    counts_a_name,
    latin_start,
    latin_stop,
    lost_sign,
    printed_ordinal,
)  # fmt: skip

_CHINESE: Final = "〇零一二两三四五六七八九十百千万亿半壹贰叁肆伍陆柒捌玖拾佰仟"
_FORMAL: Final = "壹贰叁肆伍陆柒捌玖拾佰仟"
# A run that may hold numbers: 1.5万, 2023, 三千五百, 2.3.10
_RUN = re.compile(rf"[0-9０-９{_CHINESE}][0-9０-９{_CHINESE},.]*")
# One Arabic number and the multiplier that is printed with it: 1,600 · 1.5万 · 3千 (not the 千 of 3千克)
_ARABIC = re.compile(
    r"(?P<base>(?:[0-9０-９]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9０-９]+)(?:\.[0-9０-９]+)?)"
    r"(?P<scale>(?:[十百千]?万亿|[十百千]?[万亿]|[百千](?![克米瓦伏卡赫帕焦分]))?)"
    r"(?P<more>(?<=[亿万])[0-9]{1,4}[千百万](?:[0-9]{1,4})?)?"
)
# 三千五百 · 三点五 · 二〇二五
_WORD = re.compile(rf"[{_CHINESE}]+(?:点[〇零一二三四五六七八九]+)?")
# 叁万元 · 壹仟贰佰元整
_MONEY_FIGURES = re.compile(rf"[{_FORMAL}万亿零]{{1,20}}[元圆角]")
_RATIOS: Final = {"百": "%", "千": "‰", "万": "‱"}
_SCALES: Final = frozenset("百千万亿")
_LARGE: Final = frozenset("十百千万")  # 五十万元以上一百万元以下, but 上一年
_KILO: Final = set("克米瓦伏卡赫帕焦")
_MARK: Final = {"〇", "零"}


def scan(text: str, measures: Measures) -> Iterator[Hit]:
    """Every number word of `text`."""
    done = 0
    for run in _RUN.finditer(text):
        at, stop = max(run.start(), done), run.end()
        while at < stop:
            char = text[at]
            if char in ",.":
                at += 1
                continue
            arabic = char.isdigit()
            hit = _arabic(text, at, done, measures) if arabic else _chinese(text, at, stop, measures)
            if hit is None:
                at += 1
            elif hit.cls is None and hit.end == hit.start:  # a word that counts nothing
                at = done = hit.after
            else:
                yield hit
                at = done = hit.end
        done = max(done, at)


def _arabic(text: str, at: int, floor: int, measures: Measures) -> Hit:
    """The number at `at`, a digit. `floor` is where the last hit ended."""
    found = _ARABIC.match(text, at)
    assert found is not None  # `at` is a digit
    marker = BEFORE_YEAR.match(text, at) if at == 0 or text[at - 1] in "\n " else None
    if marker is not None:
        return Hit(at, marker.end("number"), parse(marker["number"]), base=parse(marker["number"]))
    if lost_sign(text, at, found.end("base")):
        return Hit(at, found.end("base"), None, after=found.end("base"), cls="unclassified")
    start = latin_start(text, at, floor)
    if start < at and not counts_a_name(text, start, at, found.end()):
        return _named(text, start, latin_stop(text, found.end("base")))
    if text[found.start() : found.end("base")] in measures.arabic_names and _stands_alone(text, found):
        return Hit(at, found.end("base"), None, after=found.end("base"), cls="name")
    shape = ARABIC_SHAPE.match(text, at)
    if shape is not None:
        hit = _shaped(text, at, shape, floor)
        if hit is not None:
            return hit
    if found["more"]:
        word = found.group()
        return with_unit(text, Hit(at, found.end(), parse(word), base=parse(word)), measures)
    base = parse(found["base"])
    value = base if not found["scale"] else parse(found["base"] + found["scale"])
    hit = Hit(at, found.end(), value, base=base, scale=found["scale"])
    if (at and text[at - 1] == "第") or printed_ordinal(text, at):
        return hit._replace(cls="ordinal", after=hit.end)
    hit = with_unit(text, hit, measures)
    if not hit.unit:
        stop = latin_stop(text, hit.end)
        if stop > hit.end:
            return _named(text, at, stop)
    return hit


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    """A name in figures takes no unit: 12345热线, but 110个, 211万元."""
    after = text[found.end("base") : found.end("base") + 1]
    return (
        not found["scale"]
        and not GENERIC.match(after)
        and after not in {"元", "%", "‰", "年", "天", "公", "平", "米", "·", "分", "."}
    )


def _named(text: str, start: int, stop: int) -> Hit:
    return Hit(start, stop, None, after=stop, cls="name")


_SHAPE_CLASS: Final[dict[str, NumberClass]] = {
    "doc": "doc_number", "date": "date", "phone": "phone", "name": "name", "ratio": "measure",
    "section": "ordinal",
}  # fmt: skip


def _shaped(text: str, at: int, shape: re.Match[str], floor: int) -> Hit | None:
    """What the shape decides: a document number, a date, an age, a telephone, a fraction."""
    name = shape.lastgroup
    if name == "doc":
        opened = at > floor and text[at - 1] in "〔[（(［【"
        return Hit(at - opened, shape.end(), None, after=shape.end(), cls="doc_number")
    if name == "age":
        word = shape["age"].rstrip("周岁")
        return Hit(at, at + len(word), parse(word), "岁", "age", shape.end(), "age")
    if name == "fraction":
        above, _, below = shape["fraction"].partition("/")
        if below.endswith("万") or below in {"10", "100", "1000", "10000", "100000"}:
            unit = "/" + below
            return Hit(
                at, shape.end(), parse(shape["fraction"]), unit, "percent", shape.end(), base=parse(above)
            )
        return Hit(at, shape.end(), parse(shape["fraction"]), after=shape.end(), cls="measure")
    assert name is not None
    return Hit(at, shape.end(), None, after=shape.end(), cls=_SHAPE_CLASS[name])


def _ends_a_word(text: str, at: int, before: str, measures: Measures) -> bool:
    """上|百分之六十, 引进|一家: the character before the numeral belongs to the word before."""
    if before == "上" and (text[at + 1 : at + 2] in _LARGE or text.startswith("分之", at + 1)):
        return True
    return text[max(0, at - 2) : at] in measures.not_endings


def _chinese(text: str, at: int, stop: int, measures: Measures) -> Hit | None:
    """The Chinese number word at `at`; a hit of no length is a word to be left out of the ledger."""
    before = text[at - 1] if at else ""
    if before + text[at] in measures.endings and not _ends_a_word(text, at, before, measures):
        return Hit(at, at, None, after=at + 1)
    if before == "翻" and text.startswith("番", at + 1):  # 翻一番
        return Hit(at, at + 1, parse(text[at]), "番", "percent", at + 2, base=parse(text[at]))
    if text[max(0, at - 2) : at] in measures.round_after and ROUND.match(text, at):
        value = parse(text[at])
        return with_unit(text, Hit(at, at + 1, value, base=value), measures)
    name = measures.names.begin(text, at)
    if name is not None:
        return Hit(at, at + len(name), None, after=at + len(name), cls="name")
    quoted = QUOTED.match(text, at) if before == "“" else None
    if quoted is not None:  # “两国双园”
        return Hit(at, quoted.end("numeral"), None, after=quoted.end("numeral"), cls="name")
    shape = CHINESE_SHAPE.match(text, at)
    if shape is not None:
        return _chinese_shape(at, shape)
    word = _WORD.match(text, at)
    assert word is not None
    end = word.end()
    if text[at] in _FORMAL and not _MONEY_FIGURES.match(text, at):  # 队伍, 陆河县
        return Hit(at, at, None, after=at + 1)
    if before == "第":
        return Hit(at, end, parse(word.group()), after=end, cls="ordinal")
    left_out = measures.words.begin(text, at)
    if left_out is not None and at + len(left_out) >= min(end, at + 2):
        return Hit(at, at, None, after=max(end, at + 1))
    return _counted(text, at, end, before, measures)


def _chinese_shape(at: int, shape: re.Match[str]) -> Hit:
    name = shape.lastgroup
    if name == "date":
        return Hit(at, shape.end(), None, after=shape.end(), cls="date")
    if name == "age":
        word = shape["age"].rstrip("周岁")
        return Hit(at, at + len(word), parse(word), "岁", "age", shape.end(), "age")
    if name == "marker":
        return Hit(
            at, at + len(shape["marker"]) - 1, parse(shape["marker"][:-1]), after=shape.end(), cls="marker"
        )
    word = shape["fraction"]
    value = parse(word)
    if value is not None and word[0] in _RATIOS and word[1] == "分":
        unit = _RATIOS[word[0]]
        return Hit(at, shape.end(), value, unit, "percent", shape.end(), base=parse(word[3:]))
    return Hit(at, shape.end(), value, after=shape.end(), cls="measure")


def _counted(text: str, at: int, end: int, before: str, measures: Measures) -> Hit | None:
    """A Chinese numeral with the unit that it counts; 半 and bare 百, 千, 万 only where a unit follows."""
    word = text[at:end]
    if "半" in word:
        if word != "半":
            return (
                Hit(at, at, None, after=end)
                if word[0] == "半"
                else _counted(text, at, at + word.index("半"), before, measures)
            )
        hit = with_unit(text, Hit(at, end, Decimal("0.5"), base=Decimal("0.5")), measures)
        return hit if hit.kind == "time" else Hit(at, at, None, after=end)
    if word[-1] == "千" and text[end : end + 1] in _KILO:  # 三千瓦 is 3 千瓦, 每千瓦时 holds no number
        return (
            _counted(text, at, end - 1, before, measures) if len(word) > 1 else Hit(at, at, None, after=end)
        )
    value = parse(word)
    hit = with_unit(text, Hit(at, end, value, base=value), measures)
    if hit.kind == "money" and word in _SCALES and not before.isdigit():  # 万元GDP, 亿元企业
        return hit._replace(cls="measure")
    if hit.kind in {"people", "count"} and not word.strip("十百千万亿") and OF_A_RATE.match(text, end):
        return hit._replace(cls="measure")  # 十万人口火灾死亡率
    if before == "每" and word[0] in "十百千万亿":  # 每千人口
        return hit._replace(cls="measure")
    if word[0] in "百千万亿" and len(word) == 1 and hit.kind not in {"money", "time"}:
        return Hit(at, at, None, after=end)
    if not hit.unit and len(word) == 1:
        if (word in "一十百千万亿" or word in _MARK) and not ROW_OF_RANKS.match(text, at):
            return Hit(at, at, None, after=end)
        if ROW_OF_STARS.match(text, at):
            return hit._replace(cls="ordinal")
        return hit._replace(cls="name" if before == "国" else _bare(text, end))  # 国四 of a standard
    if not hit.unit and len(word) == 2 and "十" not in word:  # 八八战略, 百万青年见习计划
        return hit._replace(cls=_bare(text, end))
    return hit


def _bare(text: str, end: int) -> NumberClass | None:
    """A numeral put straight before a noun abbreviates a list: 三农, 两癌, 四好农村路 (数字缩略语)."""
    return "name" if "一" <= text[end : end + 1] <= "龥" else None
