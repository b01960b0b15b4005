"""What is said stays the same however it is typed: the facts of the five notices in other dress."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from extractor.model import Notice
from extractor.pipeline import read_bytes

CORPORA = sorted((Path(__file__).parent.parent / "corpora").glob("*.txt"))
HALF, FULL = "(),;:0123456789", "（），；：０１２３４５６７８９"
PART = re.compile(r"[一二三四五六七八九十]{1,3}、.{2,28}$")
Dress = Callable[[str, random.Random], str]


def half_width(text: str, rng: random.Random) -> str:
    return text.translate(str.maketrans(FULL, HALF))


def full_width_digits(text: str, rng: random.Random) -> str:
    return text.translate(str.maketrans(HALF[5:], FULL[5:]))


def spaced(text: str, rng: random.Random) -> str:
    """Spaces between Chinese and digits, some of them."""
    border = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9])(?=[\u4e00-\u9fff])")
    return border.sub(lambda match: " " if rng.random() < 0.7 else "", text)


def blank_lines(text: str, rng: random.Random) -> str:
    return "\n".join(line + "\n" * rng.randint(0, 2) for line in text.split("\n"))


def carriage_returns(text: str, rng: random.Random) -> str:
    return text.replace("\n", "\r\n")


def emphasised(text: str, rng: random.Random) -> str:
    """Markdown's bold or its headings on the lines of parts."""
    mark = rng.choice(("**{}**", "## {}", "__{}__"))
    return "\n".join(mark.format(line) if PART.match(line) else line for line in text.split("\n"))


def page_numbers(text: str, rng: random.Random) -> str:
    """The number of the page after some of the lines of prose."""
    page = 0
    lines = []
    for line in text.split("\n"):
        lines.append(line)
        if line.endswith("。") and rng.random() < 0.2:
            page += 1
            lines.append(f"— {page} —")
    return "\n".join(lines)


DRESSES: tuple[Dress, ...] = (
    half_width, full_width_digits, spaced, blank_lines, carriage_returns, emphasised, page_numbers,
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le")


@cache
def plain(path: Path) -> str:
    return read_bytes(path.name, path.read_bytes()).text.text


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


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
@pytest.mark.parametrize("dress", DRESSES, ids=lambda dress: dress.__name__)
def test_facts_stay_however_they_are_typed(path: Path, dress: Dress) -> None:
    expected = said(read_bytes(path.name, plain(path).encode()))
    for seed in range(3):
        typed = dress(plain(path), random.Random(seed))
        found = said(read_bytes(path.name, typed.encode()))
        assert found == expected, (found - expected, expected - found)


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_facts_stay_in_any_encoding(path: Path, encoding: str) -> None:
    expected = said(read_bytes(path.name, plain(path).encode()))
    assert said(read_bytes(path.name, plain(path).encode(encoding))) == expected


def values(notice: Notice) -> Counter[tuple[str, int, object, str]]:
    facts = (*notice.targets, *notice.amounts)
    return Counter((type(fact).__name__, fact.clause, fact.value, fact.unit) for fact in facts)


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
def test_another_figure_changes_that_fact_alone(path: Path) -> None:
    text = plain(path)
    notice = read_bytes(path.name, text.encode())
    rng = random.Random(path.stem)
    facts = [f for f in (*notice.targets, *notice.amounts) if len(f.numbers) == 1]
    for fact in rng.sample(facts, min(12, len(facts))):
        span = fact.numbers[0]
        if not text[span.start : span.end].isdecimal() or fact.value < 2:
            continue
        other = str(int(text[span.start : span.end]) + 1)
        changed = read_bytes(path.name, (text[: span.start] + other + text[span.end :]).encode())
        gone, come = values(notice) - values(changed), values(changed) - values(notice)
        assert [(kind, clause, unit) for kind, clause, _, unit in gone] == [
            (kind, clause, unit) for kind, clause, _, unit in come
        ]
        assert gone.total() == 1, (text[fact.span.start : fact.span.end], gone, come)
