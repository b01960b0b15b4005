"""The same notice in other dress, and everything that it says: what metamorphic tests and their program share."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

from extractor.markers import parse
from extractor.model import Notice
from extractor.pipeline import read_bytes

CORPORA = sorted((Path(__file__).parent.parent / "corpora").glob("*.txt"))
HALF, FULL = "(),;:0123456789", "（），；：０１２３４５６７８９"
PART = re.compile(r"[一二三四五六七八九十]{1,3}、.{2,28}$")
BORDER = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9])(?=[\u4e00-\u9fff])")
Dress = Callable[[str, random.Random], str]


def share(rng: random.Random) -> float:
    """How much of a text is changed: all of it in one variation of four."""
    return rng.choice((1.0, rng.random(), rng.random(), rng.random()))


def half_width(text: str, rng: random.Random) -> str:
    """Punctuation and digits of half the width, line by line."""
    table, part = str.maketrans(FULL, HALF), share(rng)
    return "\n".join(line.translate(table) if rng.random() < part else line for line in text.split("\n"))


def full_width_digits(text: str, rng: random.Random) -> str:
    table, part = str.maketrans(HALF[5:], FULL[5:]), share(rng)
    return re.sub(
        "[0-9]+", lambda match: match[0].translate(table) if rng.random() < part else match[0], text
    )


def spaced(text: str, rng: random.Random) -> str:
    """Spaces between Chinese and digits."""
    part = share(rng)
    return BORDER.sub(lambda match: " " if rng.random() < part else "", text)


def blank_lines(text: str, rng: random.Random) -> str:
    return "\n".join(line + "\n" * rng.randint(0, 2) for line in text.split("\n"))


def carriage_returns(text: str, rng: random.Random) -> str:
    """Lines that end as on Windows, with spaces before some ends."""
    part = share(rng)
    return "".join(line + " " * (rng.random() > part) + "\r\n" for line in text.split("\n"))


def emphasised(text: str, rng: random.Random) -> str:
    """Markdown's bold or its headings on the lines of parts, most of them."""
    mark, part = rng.choice(("**{}**", "## {}", "__{}__")), share(rng)
    lines = text.split("\n")
    return "\n".join(
        mark.format(line) if PART.match(line) and rng.random() < part else line for line in lines
    )


def page_numbers(text: str, rng: random.Random) -> str:
    """The number of the page after some of the lines of prose."""
    page, foot, often = 0, rng.choice(("— {} —", "- {} -", "－{}－", "—{}—")), rng.uniform(0.05, 0.4)
    lines = []
    for line in text.split("\n"):
        lines.append(line)
        if line.endswith("。") and rng.random() < often:
            page += 1
            lines.append(foot.format(page))
    return "\n".join(lines)


def wrapped(text: str, rng: random.Random) -> str:
    """Paragraphs in lines of one width, indented as offices print them; cells and titles stay as they are.

    Lines are cut at a width (figures are half as wide) or after a number of characters, never at a space: there
    nobody can tell whether one stood.
    """
    width, by_width = rng.randint(24, 48), rng.random() < 0.5
    lines: list[str] = []
    for words, cell in _paragraphs(text):
        if cell or len(words) < width or not (words[-1] in "。；：）〕" or parse(words)):
            lines.append(words)
        else:
            lines += _cut("\u3000\u3000" + words if words[-1] != "：" else words, width, by_width)
    return "\n".join(lines)


def _cut(words: str, width: int, by_width: bool) -> list[str]:
    lines, size = [""], 0.0
    for char in words:
        step = 0.5 if by_width and char.isascii() else 1.0
        if size + step > width and " " not in (char, lines[-1][-1]):
            lines.append("")
            size = 0.0
        lines[-1] += char
        size += step
    return lines


@cache
def _paragraphs(text: str) -> list[tuple[str, bool]]:
    """The paragraphs of a text, and whether each is a cell of a table."""
    read = read_bytes("a.txt", text.encode()).text
    return [(read.text[p.span.start : p.span.end], p.cell is not None) for p in read.paragraphs]


def several(text: str, rng: random.Random) -> str:
    """Two or three of the others, one after the other."""
    chosen = rng.sample((half_width, spaced, blank_lines, emphasised, page_numbers), rng.choice((2, 3)))
    for dress in sorted(chosen, key=_last):
        text = dress(text, rng)
    return text


def _last(dress: Dress) -> int:
    """Bold is put on before spaces come between, as a person would; page numbers before blank lines."""
    return (half_width, emphasised, page_numbers, spaced, blank_lines).index(dress)


DRESSES: tuple[Dress, ...] = (
    half_width, full_width_digits, spaced, blank_lines, carriage_returns, emphasised, page_numbers, wrapped, several,
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")


@cache
def plain(path: Path) -> str:
    return read_bytes(path.name, path.read_bytes()).text.text


@cache
def as_plain(path: Path) -> Counter[object]:
    """What a notice says where it is typed as its text stands in the database."""
    return said(read_bytes(path.name, plain(path).encode()))


def said(notice: Notice) -> Counter[object]:
    """Everything that the notice says, each fact with the ref of its clause."""
    refs = [clause.ref for clause in notice.clauses]
    words = notice.text.text
    facts: Counter[object] = Counter((c.ref, c.level, c.heading, c.marker) for c in notice.clauses)
    facts.update(("duty", refs[d.clause], d.unit, d.role, d.basis) for d in notice.responsibilities)
    for each in (*notice.targets, *notice.amounts, *notice.durations, *notice.deadlines, *notice.citations):
        own = {name: getattr(each, name) for name in each.__dataclass_fields__}
        del own["span"], own["clause"]
        own.pop("numbers", None)
        facts[refs[each.clause], words[each.span.start : each.span.end], str(own)] += 1
    facts.update(("number", words[n.span.start : n.span.end], n.cls, n.value) for n in notice.numbers)
    head = notice.head
    facts[head.title, head.kind, head.status, head.doc_number, head.issuers, head.issued_on] += 1
    return facts


def values(notice: Notice) -> Counter[tuple[str, int, object, str]]:
    facts = (*notice.targets, *notice.amounts)
    return Counter((type(fact).__name__, fact.clause, fact.value, fact.unit) for fact in facts)


def another_figure(path: Path, rng: random.Random) -> str | None:
    """One figure of a target or a sum is another: what goes wrong, None where that fact alone is another."""
    text = plain(path)
    notice = _read(path)
    facts = [
        (fact, span)
        for fact in (*notice.targets, *notice.amounts)
        if len(fact.numbers) == 1
        for span in fact.numbers
        if text[span.start : span.end].isdecimal() and fact.value >= 2
    ]
    fact, span = rng.choice(facts)
    printed = text[span.start : span.end]
    other = str(int(printed) + rng.randint(1, 9 if len(printed) == 1 else 10 ** (len(printed) - 1)))
    changed = read_bytes(path.name, (text[: span.start] + other + text[span.end :]).encode())
    gone, come = values(notice) - values(changed), values(changed) - values(notice)
    same = [(kind, clause, unit) for kind, clause, _, unit in gone] == [
        (kind, clause, unit) for kind, clause, _, unit in come
    ]
    if same and gone.total() == 1:
        return None
    return f"{printed} → {other} in {text[fact.span.start : fact.span.end]}: {dict(gone)} → {dict(come)}"


@cache
def _read(path: Path) -> Notice:
    return read_bytes(path.name, plain(path).encode())
