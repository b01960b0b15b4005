"""The grammar of clause markers: 第一章, 一、, （一）, 1., 1.1, （1）, ①, 一是 …

Forms after GB/T 9704-2012, 7.3.3 (一、 （一） 1. （1）), and the regulation on rule-making
procedures (章 节 条 款 项).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from extractor.model import Level

Form = Literal[
    "book", "chapter", "section", "law", "part", "subpart", "bare", "article", "paren", "half", "decimal",
    "circle", "letter", "run",
]  # fmt: skip

# form → (level, rank): a form of lower rank stands above one of higher rank unless the notice shows otherwise
LEVELS: dict[Form, tuple[Level, int]] = {
    "book": ("chapter", 0),
    "chapter": ("chapter", 1),
    "section": ("section", 2),
    "law": ("article", 3),
    "part": ("part", 4),
    "subpart": ("subpart", 5),
    "bare": ("article", 6),
    "article": ("article", 7),
    "decimal": ("item", 8),
    "paren": ("item", 9),
    "half": ("item", 10),
    "circle": ("item", 11),
    "letter": ("item", 12),
    "run": ("item", 13),
}

CN = "[一二三四五六七八九十百零〇]"
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0}


# ① ② … ❶ …, ⑴ …, ⒈ …, ㈠ …, ㊀ …: first and last code point of each series
ENCLOSED: tuple[tuple[int, int, Form], ...] = (
    (0x2460, 0x2473, "circle"), (0x2776, 0x277F, "circle"), (0x2474, 0x2487, "paren"),
    (0x2488, 0x249B, "article"), (0x3220, 0x3229, "subpart"), (0x3280, 0x3289, "circle"),
)  # fmt: skip
FORMS: dict[str, Form] = {
    "part": "part", "subpart": "subpart", "article": "article", "paren": "paren", "half": "half",
    "circle": "circle", "run": "run", "order": "run", "its": "run", "nth": "run",
}  # fmt: skip
LAWS: dict[str, Form] = {"编": "book", "章": "chapter", "节": "section", "条": "law"}


class Marker(NamedTuple):
    """A marker at the start of a clause; `end` is where the clause's own words begin."""

    form: Form
    printed: str
    number: int
    end: int
    path: tuple[int, ...] = ()  # 1.2.3 of a decimal


MARKER = re.compile(
    rf"""
    第\s?(?P<law>{CN}{{1,7}}|[0-9]{{1,4}})\s?(?P<kind>[编章节条])(?P<sub>之{CN}{{1,3}})?
      (?=[\s\u3400-\u9fff（【《“A-Za-z]|[0-9]+(?![0-9款项目、和至])|$)
  | (?P<part>{CN}{{1,4}})(?:[、．]|[.](?![0-9]))
  | [（(]\s?(?P<subpart>{CN}{{1,4}})\s?[）)](?!项(?:[、，至和或]|情形|规定|所))[、.．]?
  | (?P<roman>[\u2160-\u216b])[、.．]
  | (?P<decimal>[0-9]{{1,2}}[.．][0-9]{{1,2}}(?:[.．][ ]?[0-9]{{1,2}}){{0,3}})[、.．]?
      (?=[\s\u2160-\u216b\u3400-\u9fff《“])
  | (?P<article>[0-9]{{1,3}})[ ]?(?:[、．]|[.](?![0-9])|[.](?=20[0-9][0-9]年))
  | [（(]\s?(?P<paren>[0-9]{{1,3}})\s?[）)][、.．]?
  | (?P<half>[0-9]{{1,3}})[）)][、.．]?
  | (?P<circle>[\u2460-\u2473\u2474-\u249b\u3220-\u3229\u3280-\u3289\u2776-\u277f])[、.．]?
  | (?P<letter>[A-Za-z])(?:[.．、](?=[\s\u3400-\u9fff《“])|[）)])
    """,
    re.VERBOSE,
)

# a marker quoted: 第三条规定的…, 第（二）项, （一）至（三）项 …; these name a clause, they do not begin one
REFERENCE = re.compile(
    r"(?:第?[一二三四五六七八九十0-9]{0,6}[款项条目])?(?:的?规定|所列|之规定|至第|和第|、第|第[一二三四五六七八九十]{1,3}[款项])"
)

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def parse(words: str) -> Marker | None:
    """The marker that `words` begin with, or None."""
    match = MARKER.match(words)
    if match is None:
        return None
    group = match.lastgroup or ""
    end = len(words) - len(words[match.end() :].lstrip(" \u3000"))
    if group in ("kind", "sub"):
        if REFERENCE.match(words, match.end()):
            return None
        return Marker(LAWS[match["kind"]], match[0], _number(match["law"]), end)
    value = match[group]
    if group == "decimal":
        path = tuple(int(part) for part in re.split(r"[.．]", value))
        return Marker("decimal", match[0], path[-1], end, path)
    if group == "roman":
        return Marker("part", match[0], ord(value) - 0x215F, end)
    if group == "circle":
        form, number = _circled(value)
        return Marker(form, match[0], number, end)
    if group == "letter":
        return Marker("letter", match[0], ord(value.lower()) - ord("a") + 1, end)
    return Marker(FORMS[group], match[0], _number(value), end)


def _circled(sign: str) -> tuple[Form, int]:
    code = ord(sign)
    first, form = next((first, form) for first, last, form in ENCLOSED if first <= code <= last)
    return form, code - first + 1


def _number(value: str) -> int:
    return int(value) if value.isdigit() else chinese(value)


def chinese(value: str) -> int:
    """一 → 1, 十二 → 12, 二十 → 20, 一百零三 → 103, 二〇 → 20; the numerals of markers only."""
    if not any(c in value for c in "十百"):
        return int("".join(str(DIGITS[c]) for c in value))
    total = digit = 0
    for c in value:
        if c in DIGITS:
            digit = DIGITS[c]
        else:
            total += (digit or 1) * (100 if c == "百" else 10)
            digit = 0
    return total + digit


def starts_clause(words: str) -> bool:
    """Whether a line that begins so is the beginning of a clause rather than the rest of one."""
    marker = parse(words)
    return marker is not None and marker.form != "letter"


# --- lists that run in a paragraph --------------------------------------------------------------

RUN = re.compile(
    rf"""(?:(?<=[。；;：:，,！？\s）)”、.])|(?<![\s\S]))(?:
      (?P<run>{CN}{{1,2}})(?P<verb>是|要)(?=[\u3400-\u9fff《“])
    | (?P<order>首先|其次|再次|最后)(?=[，,要是\u3400-\u9fff])
    | 其(?P<its>{CN}{{1,2}})[，,、：:是]?(?=[\u3400-\u9fff])
    | 第(?P<nth>{CN}{{1,2}})[，,、：:](?=[\u3400-\u9fff])
    | [（(](?P<paren>[0-9]{{1,2}})[）)](?=[\u3400-\u9fff《“])
    | (?P<half>[0-9]{{1,2}})[）)](?=[\u3400-\u9fff《“])
    | [（(](?P<subpart>{CN}{{1,3}})[）)](?=[\u3400-\u9fff《“])
    | (?P<article>[0-9]{{1,2}})[.．](?=[\u3400-\u9fff《“])
    ) | (?P<circle>[\u2460-\u2473])""",
    re.VERBOSE,
)
# what only a second item begins with: most clauses hold none, and need no closer look
SECOND = re.compile("二|其次|再次|最后|2[）).．]|②")
# |2.|乙事 after 1.甲事。, |②|乙事 after ①甲事；
NEXT: Mapping[Form, re.Pattern[str]] = {
    "article": re.compile(r"(?<=[。；])(?P<number>[0-9]{1,2})[.．、](?=[\u3400-\u9fff《“])"),
    "paren": re.compile(r"(?<=[。；])[（(](?P<number>[0-9]{1,2})[）)](?=[0-9\u3400-\u9fff《“])"),
    "subpart": re.compile(rf"(?<=[。；])[（(](?P<number>{CN}{{1,3}})[）)](?=[0-9\u3400-\u9fff《“])"),
    "circle": re.compile("(?<=[。；])(?P<number>[\u2460-\u2473])"),
}
ORDER = {"首先": 1, "其次": 2, "再次": 3, "最后": 4}


class RunIn(NamedTuple):
    """One marker of a list inside a paragraph."""

    start: int
    end: int
    form: Form
    number: int


def run_in_lists(words: str) -> list[RunIn]:
    """The markers of lists that run in `words`: each list counts 1, 2 … without a gap.

    A marker alone, or one out of sequence, is words of the sentence (一是 can begin any sentence).
    """
    if SECOND.search(words) is None:
        return []
    found: dict[tuple[str, str], list[list[RunIn]]] = {}
    seen = depth = quoted = 0
    closed = words.count("“") == words.count("”")
    for match in RUN.finditer(words):
        group = match.lastgroup or ""
        depth += _opened(words[seen : match.start()])
        quoted += words.count("“", seen, match.start()) - words.count("”", seen, match.start())
        seen = match.start()
        if depth > 0 or (quoted > 0 and closed):
            continue  # a bracketed aside is never a clause, nor is what another text says
        if group == "half":
            seen = match.end()  # the bracket of 1） closes no aside
        kind = (group, "")
        if group == "verb":
            group, kind = "run", ("run", match["verb"])
        value = match[group]
        if group == "order":
            number = ORDER[value]
        elif group == "circle":
            number = ord(value) - 0x245F
        else:
            number = _number(value)
        item = RunIn(match.start(), match.end(), FORMS[group], number)
        lists = found.setdefault(kind, [])
        if number == 1:
            lists.append([item])
        elif lists and _follows(lists[-1][-1].number, number, group):
            lists[-1].append(
                item._replace(number=lists[-1][-1].number + 1)
            )  # 最后 is the third where 再次 is left out
    return sorted(item for lists in found.values() for items in lists if len(items) > 1 for item in items)


def _opened(words: str) -> int:
    """How many brackets open in `words` beyond those that close."""
    return words.count("（") - words.count("）")


def _follows(last: int, number: int, group: str) -> bool:
    if group == "order":  # 首先 … 其次 … 最后 leaves 再次 out
        return number > last
    return number == last + 1


def run_on(words: str, number: int, form: Form) -> list[RunIn]:
    """What follows number `number` of a form in its own words: 1.甲事。|2.|乙事。|3.|丙事。"""
    found: list[RunIn] = []
    seen = depth = 0
    for match in NEXT[form].finditer(words) if form in NEXT else ():
        depth += _opened(words[seen : match.start()])
        seen = match.start()
        value = match["number"]
        this = _circled(value)[1] if form == "circle" else _number(value)
        if depth <= 0 and this == number + 1 + len(found):
            found.append(RunIn(match.start(), match.end(), form, this))
    return found
