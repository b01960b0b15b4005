"""Which lines of a source are pieces of one paragraph."""

from __future__ import annotations

import re

from extractor.lexicon.layout import layout
from extractor.markers import starts_clause
from extractor.model import Line

ENDS = "。！？；：…"
BRACKETS = "）〕】》〉”’"
CLOSERS = "，。、；：！？%‰" + BRACKETS  # no line begins with one of these
OPENERS = "（〔【《〈“‘"
MIN_WIDTH, MAX_WIDTH = 12.0, 60.0
LONG = 40.0  # a line longer than any title: a paragraph, or the page's first half of one
RECIPIENTS = re.compile(r"(?:各|尊敬)[^。]{2,300}[：:]")
ANNEX_HEAD = re.compile(r"附\s?[件表]\s?[0-9一二三四五六七八九十]{0,3}\s?[：:]?")


def joined(lines: list[Line | None], *, wrapped: bool) -> list[tuple[Line, ...]]:
    """Lines grouped into paragraphs, in order. None marks the end of a page and joins nothing by itself.

    What the source shows (`Line.begins`) goes before what the wording suggests. In a source whose lines are
    whole paragraphs (`wrapped` false) nothing is joined.
    """
    present = [line for line in lines if line is not None]
    width = _wrap_width(present) if wrapped else None
    groups: list[list[Line]] = []
    for line in present:
        if groups and _belongs(groups, line, wrapped=wrapped, width=width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [tuple(group) for group in groups]


def _belongs(groups: list[list[Line]], line: Line, *, wrapped: bool, width: float | None) -> bool:
    """Whether the line goes on with the last paragraph: as its wording shows, unless a title was complete."""
    last = groups[-1][-1]
    if line.begins is not None:
        return not line.begins and last.cell == line.cell
    if _continues(last, line, wrapped=wrapped, width=width):
        return not (layout().after_title.match(line.text.lstrip()) and _ends_title(groups[-1]))
    return wrapped and line.cell is None and last.cell is None and _breaks_title(groups, line)


def _continues(last: Line, line: Line, *, wrapped: bool, width: float | None) -> bool:
    if last.cell is not None or line.cell is not None:
        return wrapped and last.cell == line.cell
    if not wrapped or line.outline is not None:
        return False
    before, after = last.text.rstrip(), line.text.lstrip()
    if after[0] in CLOSERS:
        return True
    if before[-1] not in "，、" and RECIPIENTS.fullmatch(after):
        return False
    if starts_clause(after):
        return False
    if last.outline is not None or layout().alone.match(after) or _closes(before, after):
        return before[-1] in "，、"
    if before[-1] in ENDS:
        return False
    if before[-1] in "，、" or before[-1] in OPENERS or _open(before):
        return True
    if before[-1] not in BRACKETS and _is_prose(before):
        return True
    size = display_width(before)
    if width is not None and size <= MAX_WIDTH:
        return size >= width * 0.88
    return size > LONG and before[-1] not in BRACKETS


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


def _is_prose(words: str) -> bool:
    """Whether a line without a stop at its end holds one within: a sentence was cut, no title ended."""
    if "。" in words:
        return True
    return "，" in words and len(words) >= 20 and not starts_clause(words)


def _open(words: str) -> bool:
    """Whether a bracket or quotation is still open at the end of the line."""
    return any(words.count(a) > words.count(b) for a, b in ("（）", "《》", "“”", "〔〕"))


def display_width(words: str) -> float:
    """Width in Chinese characters: Latin letters and digits count half."""
    return len(words) - 0.5 * len(words.encode("ascii", "ignore"))


def _wrap_width(lines: list[Line]) -> float | None:
    """The width at which a hard-wrapped text breaks its lines; None where it does not wrap.

    It wraps where at least two in five lines end without a full stop and most of those are equally wide.
    """
    loose = sorted(
        size
        for line in lines
        if line.cell is None
        and line.text.rstrip()[-1] not in ENDS
        and MIN_WIDTH <= (size := display_width(line.text.strip())) <= MAX_WIDTH
    )
    if len(loose) < 5 or len(loose) < 0.4 * len(lines):
        return None
    width = loose[int(len(loose) * 0.75)]
    near = sum(size >= width * 0.85 for size in loose)
    return width if near >= 0.6 * len(loose) else None
