"""Which lines of a source are pieces of one paragraph."""

from __future__ import annotations

import re

from extractor.lexicon.layout import layout
from extractor.markers import CIRCLED, starts_clause
from extractor.model import Line
from extractor.text.shape import ENDS, MAX_WIDTH, Shape, display_width, indent_of, shape_of

BRACKETS = "）〕】》〉”’"
CLOSERS = "，。、；：！？%‰" + BRACKETS  # no line begins with one of these
OPENERS = "（〔【《〈“‘"
LONG = 40.0  # a line longer than any title: a paragraph, or the page's first half of one
TAIL = re.compile("[^，。；：、]{1,2}。")  # …控制在4‰以|下。: no paragraph begins with so short a sentence
SHARE = re.compile("[0-9]{1,3}(?:[.][0-9]{1,2})?[%‰]|/[0-9]|万以[上下内]")  # 控制在|13‰, 13|/10万
RATIO = re.compile("[0-9]/[0-9]{0,2}$")  # 8/|10万, 8/1|0万
# 超过|2.5公里且没有公共交通的，: no marker of a clause
FIGURE = re.compile(
    r"[0-9]{1,4}[.．][0-9]{1,3}[十百千万亿]{0,2}(?:公里|千米|米|平方|立方|倍|吨|亩|公顷|小时|升|千克|公斤|%|‰|级地震)"
)
# 控制在39.|2%以内, 39|.2%以内: the point ends no sentence and begins no line
POINT = re.compile(r"[^0-9.\s][0-9]{1,6}[.]$")
AFTER_POINT = re.compile("[0-9]{1,4}(?:[%‰]|[十百千万亿]{0,2}(?:元|亩|吨|人|公里|平方|公顷|个百分点))")
NUMBER_OF = re.compile("（[^（）]{1,20}[〔\\[][0-9]{4}[〕\\]]")  # 《某办法》|（某政发〔2024〕75号）
PUNCTUATION = re.compile("[，。；：]")
RECIPIENTS = re.compile(r"(?:各|尊敬)[^。]{2,300}[：:]")
ANNEX_HEAD = re.compile(r"附\s?[件表]\s?[0-9一二三四五六七八九十]{0,3}\s?[：:]?")
# 附件：1.重点任务分工清单|2.建设任务表
COUNTED = re.compile(r"(?:附\s?[件表][：:]\s?)?(?P<number>[0-9]{1,2})[.．、](?![0-9])")


def joined(lines: list[Line | None], *, wrapped: bool) -> list[tuple[Line, ...]]:
    """Lines grouped into paragraphs, in order. None marks the end of a page and joins nothing by itself.

    What the source shows (`Line.begins`) goes before what the wording suggests. In a source whose lines are
    whole paragraphs (`wrapped` false) nothing is joined.
    """
    present = [line for line in lines if line is not None]
    shape = shape_of(present) if wrapped else Shape()
    groups: list[list[Line]] = []
    for line in present:
        if groups and _belongs(groups, line, wrapped=wrapped, shape=shape):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [tuple(group) for group in groups]


def _belongs(groups: list[list[Line]], line: Line, *, wrapped: bool, shape: Shape) -> bool:
    """Whether the line goes on with the last paragraph: as its wording shows, unless a title was complete."""
    last = groups[-1][-1]
    if wrapped and _cuts_decimal(last.text.rstrip(), line.text.lstrip()):
        return last.cell == line.cell
    if line.begins is not None:
        heads = line.page != last.page and ANNEX_HEAD.fullmatch(line.text.strip())  # printed flush: GB/T 9704
        return not line.begins and last.cell == line.cell and not heads
    if shape.indented and line.text[0] == " " and last.cell is None:
        goes_on = last.text.rstrip()[-1] in "，、" and not starts_clause(line.text.lstrip())
        return goes_on and line.cell is None
    if wrapped and _is_full(last.text.rstrip(), shape) and _counts_on(groups[-1], line):
        return True
    if _continues(last, line, wrapped=wrapped, shape=shape):
        return not (layout().after_title.match(line.text.lstrip()) and _ends_title(groups[-1]))
    return wrapped and line.cell is None and last.cell is None and _breaks_title(groups, line)


def _counts_on(group: list[Line], line: Line) -> bool:
    """Whether the line begins with the next item of a list that began within the paragraph: …：①甲；|②乙。"""
    at = CIRCLED.find(line.text.lstrip()[0])
    return at > 0 and line.cell is None and CIRCLED[at - 1] in "".join(each.text for each in group)[1:]


def _continues(last: Line, line: Line, *, wrapped: bool, shape: Shape) -> bool:
    if last.cell is not None or line.cell is not None:
        return wrapped and last.cell == line.cell
    if not wrapped or line.outline is not None:
        return False
    before, after = last.text.rstrip(), line.text.lstrip()
    if after[0] in CLOSERS or before[-1] in OPENERS or (before[-1] == "》" and NUMBER_OF.match(after)):
        return True
    if (
        before[-1] not in "，、"
        and after[0] in "各尊"
        and (RECIPIENTS.fullmatch(after) or _calls(before, after))
    ):
        return False
    if before[-1] == "第" or (before[-1] not in ENDS + BRACKETS and FIGURE.match(after) and _has_stop(after)):
        return True
    cut = _is_cut(before, after, shape) if shape.indented else _is_cut_prose(before, after, shape)
    if starts_clause(after) and not cut:
        return False
    if (before[-1] not in ENDS + BRACKETS and TAIL.match(after)) or _cuts_figure(before, after):
        return True
    if last.outline is not None or layout().alone.match(after) or _closes(before, after):
        return before[-1] in "，、" or (_open(before) and _is_full(before, shape))
    if before[-1] in ENDS:
        # a paragraph seldom ends just where the line does: its sentences do more often; a page shows it
        exact = line.box is None and (shape.indented or _is_exact(before, shape))
        return _is_full(before, shape) and (_open(before) or (exact and _is_middle(after, shape)))
    if before[-1] in "，、" or _open(before):
        return True
    if before[-1] not in BRACKETS and _is_prose(before):
        return True
    if _is_full(before, shape):
        return True
    size = display_width(before)
    return size > (LONG if shape.width is None else MAX_WIDTH) and before[-1] not in BRACKETS


def _is_middle(line: str, shape: Shape) -> bool:
    """Whether a line without an indent, after a full one that ends a sentence, is no title or signature."""
    if layout().closing.match(line):
        return False
    if line[-1] in ENDS + BRACKETS + "，、":
        return True
    stops = PUNCTUATION.search(line) is not None or (shape.indented and "关于" not in line)
    return stops and _is_full(line, shape)


def _is_cut(before: str, after: str, shape: Shape) -> bool:
    """Whether a sentence goes on with what looks like a marker, where paragraphs begin with an indent."""
    last, this = COUNTED.match(before), COUNTED.match(after)
    if last and this and int(this["number"]) == int(last["number"]) + 1:
        return False  # a list of annexes: its lines are indented by more, or not at all
    if after[0] in CIRCLED and _is_exact(before, shape):
        return True  # ①…②… run in a paragraph: one that began here would have its indent
    return before[-1] not in ENDS + BRACKETS and after[0] != "第" and _is_full(before, shape)


def _is_cut_prose(before: str, after: str, shape: Shape) -> bool:
    """The same where no paragraph is indented: 接送|三、四年级以下学生的… behind a full line of prose."""
    full = before[-1] not in ENDS + BRACKETS + "，、" and _is_full(before, shape) and _is_prose(before)
    return full and after[0] not in "第（("


def _has_stop(words: str) -> bool:
    """Whether words are more than a title."""
    return PUNCTUATION.search(words) is not None


def _cuts_decimal(before: str, after: str) -> bool:
    """Whether a line ends in the middle of a number, before its point or behind."""
    if after[:1] == ".":
        return before[-1:].isdecimal() and after[1:2].isdecimal()
    return POINT.search(before) is not None and AFTER_POINT.match(after) is not None


def _cuts_figure(before: str, after: str) -> bool:
    """Whether a figure goes on in the next line, or is one that begins no paragraph: 8/|10万, 10万|以下."""
    if RATIO.search(before):
        return re.match("[0-9]{0,3}万", after) is not None
    if SHARE.match(after):
        return before[-1] not in ENDS + BRACKETS
    return before[-1] in "0123456789%‰万亿" and after[:2] in ("以上", "以下", "以内")


def _is_full(words: str, shape: Shape) -> bool:
    """Whether a line is as long as the lines of its source can be."""
    indent, words = indent_of(words), words.lstrip()
    if shape.characters is not None and len(words) + indent >= shape.characters - 1:
        return True  # a space may have stood there
    return shape.width is not None and shape.width * 0.88 <= display_width(words) + indent <= MAX_WIDTH


def _is_exact(words: str, shape: Shape) -> bool:
    """Whether not one more character could have stood in a line."""
    indent, words = indent_of(words), words.lstrip()
    by_width = shape.width is not None and abs(display_width(words) + indent - shape.width) <= 1
    return by_width or len(words) + indent == shape.characters


def _breaks_title(groups: list[list[Line]], line: Line) -> bool:
    """Whether the line completes a title printed over two lines: of the notice, or of an annex."""
    last, words = groups[-1][-1].text.strip(), line.text.strip()
    if len(groups[-1]) > 2 or len(last) > 45 or len(words) > 45 or re.search("[。，；：]", last + words):
        return False
    begins = "关于" in last or (len(groups) > 1 and ANNEX_HEAD.fullmatch(groups[-2][-1].text.strip()))
    ends = layout().title_end
    return bool(begins) and not ends.search(last) and ends.search(words) is not None


def _ends_title(group: list[Line]) -> bool:
    """Whether the lines so far are a title, complete; no title runs over more than four."""
    return len(group) <= 4 and reads_as_title("".join(piece.text.strip() for piece in group))


def reads_as_title(words: str) -> bool:
    """Whether the words are the title of a document, complete: 关于…的通知, …实施方案（试行）."""
    return (
        len(words) <= 120
        and not re.search("[。；：]", words)
        and layout().title_end.search(words) is not None
    )


def _closes(before: str, after: str) -> bool:
    """Whether a closing sentence (本方案自印发之日起施行) begins after the end of a bracket."""
    return before[-1] in BRACKETS and layout().closing.match(after) is not None


def _calls(before: str, after: str) -> bool:
    """Whether what all are to do begins below the offices of a measure: 责任单位：市商务局|各县区要…"""
    return layout().units_below.fullmatch(before) is not None and layout().calls.match(after) is not None


def _is_prose(words: str) -> bool:
    """Whether a line without a stop at its end holds one within: a sentence was cut, no title ended."""
    if "。" in words:
        return True
    return "，" in words and len(words) >= 20 and not starts_clause(words)


def _open(words: str) -> bool:
    """Whether a bracket or quotation is still open at the end of the line."""
    count = words.count
    return (
        count("（") > count("）")
        or count("《") > count("》")
        or count("“") > count("”")
        or count("〔") > count("〕")
    )
