"""Paragraphs that begin with the name of an office and say what it does: 市教育局：负责指导各学校….

Lists of the duties of members are written so (成员单位职责). The words before the colon, or the sentence
that heads a clause (（二）市公安局。负责…), must all be names that the vocabulary knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.extractors.unit_names import Word
from extractor.extractors.unit_sentences import Duty, known, names_someone, role_after
from extractor.lexicon.units import UnitNames
from extractor.model import Role

# 自治区公安厅、民政厅：|及时推送…; a line's marker may stand before: 2.市财政局：|负责…
LABELLED = re.compile(
    r"""(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．、])?
        (?P<names>[\u3400-\u9fff（）()、]{2,60})[：:]\s?(?=(?P<duty>[^\n]{6,60}))""",
    re.VERBOSE,
)
# （二）|市公安局。|负责…
HEADED = re.compile(
    r"(?P<names>[\u3400-\u9fff（）、]{1,40}[局委厅办部会院府队心处所社团署室站司门构关联）])(?:。|\n)(?=(?P<duty>[^\n]{6,60}))"
)
# 区科委|工作职责：
HEADS_DUTIES = re.compile(
    r"(?P<names>[\u3400-\u9fff（）、]{2,40}?)的?(?:主要|具体|工作|监管|安全生产|部门){0,2}职责(?:分工|任务)?[：:]?(?=(?P<duty>\s*(?:\n|$)))"
)
COUNTED = re.compile("[一二三四五六七八九十百千]{1,4}[个座家所处间]")  # 建设十六座公共充电站: what is built
LIST = 3  # paragraphs from which on a name may be known by its end
MANY = 2  # a bare 商委 names someone in such a list
LINE_END = re.compile(r"\n")
# what is said of an office that has a duty; 市教育局：88001234 and 市财政局：张三 are other lists
DOES = re.compile(
    r"负责|牵头|承担|履行|统筹|协调|指导|督促|督导|监督|落实|组织|推进|推动|做好|抓好|加强|配合|协助|会同|制[定订]|开展|提供|保障"
    r"|及时|按照?|依法|强化|完善|建立|支持|引导|加大|实施|管理|查处|打击|研究|编制|宣传|提高|收集|汇总|参与|履职"
)


def labelled(
    text: str, start: int, end: int, names: UnitNames, *, label: Role | None, of_duties: bool = False
) -> Iterator[Duty]:
    """The duties in text[start:end] whose office stands before a colon, or heads the clause.

    `label` is the role that the heading of the clause gives (牵头单位); without one the first verb does.
    `of_duties` tells that the clause stands under 职责分工, so that an office is known by its end.
    """
    openings = list(_openings(text, start, end, names, of_duties=of_duties))
    told = [known(text, *match.span("names"), names) for match in openings]
    trusted = of_duties or sum(words is not None for words in told) * 2 >= len(told) >= LIST
    for match, words in zip(openings, told, strict=True):
        if words is None and trusted:
            words = known(text, *match.span("names"), names, trusted=True)
        role: Role = label or role_after(match["duty"].removeprefix("负责")) or "responsible"
        for position, word in enumerate(words or ()):
            if of_duties or _is_named(word, names):
                yield Duty(word, role, True, position, "labelled-duty")


def _is_named(word: Word, names: UnitNames) -> bool:
    """Whether a name at the head of a paragraph is that of an office: here also one of many institutions."""
    return names.parse(word.full).kind in ("field", "body") or names_someone(word, MANY, names, by=True)


def _openings(
    text: str, start: int, end: int, names: UnitNames, *, of_duties: bool
) -> Iterator[re.Match[str]]:
    """Names that open a paragraph, with what they do."""
    head = HEADED.match(text, start, end)
    if head and DOES.search(head["duty"]) and (of_duties or _is_office(head["names"], names)):
        yield head
    elif text.find("职责", start, start + 48) >= 0 and (heads := HEADS_DUTIES.match(text, start, end)):
        yield heads
    if text.find("：", start, end) < 0:
        return
    for at in (start, *(line.end() for line in LINE_END.finditer(text, start, end))):
        found = LABELLED.match(text, at, end)
        if found and DOES.search(found["duty"]):
            yield found


def _is_office(words: str, names: UnitNames) -> bool:
    """Whether a heading is names of offices from their first characters on: not 优化…布局."""
    if COUNTED.search(words):
        return False
    parts = [names.parse(part) for part in words.split("、")]
    return all(part.known and part.kind != "full" and part.at == 0 for part in parts)
