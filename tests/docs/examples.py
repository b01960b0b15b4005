"""The examples of docs/rules.md: what the page says comes out, and what does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from extractor.model import Amount, Citation, Deadline, Duration, Notice, Responsibility, Target
from extractor.pipeline import read_bytes

PAGE = Path(__file__).parent.parent.parent / "docs" / "rules.md"
# What stands before an example, so that it is read as part of a notice: `text` is such a part, `notice` and
# `html` are whole notices.
BEFORE = "云岭市公共服务提升实施方案\n为做好公共服务工作，制定本方案。\n一、重点任务\n"
EXAMPLE = re.compile(
    r"^### (?P<title>[^\n]+)\n(?P<about>(?:(?!^#|^```)[^\n]*\n)*)^```(?P<form>text|notice|html)\n(?P<words>.*?)^```\n+"
    r"(?P<facts>(?:- → [^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)
Fact = Responsibility | Target | Amount | Duration | Deadline | Citation


class Example(NamedTuple):
    """`rule` is None where the example shows how clauses are split; `facts` as the page prints them."""

    title: str
    rule: str | None
    form: str
    words: str
    facts: tuple[str, ...]


def examples() -> tuple[Example, ...]:
    """The examples of the page, in order."""
    return tuple(_examples(PAGE.read_text("utf-8")))


def _examples(page: str) -> Iterator[Example]:
    for found in EXAMPLE.finditer(page):
        rule = re.match("`([a-z-]+)`", found["title"])
        facts = tuple(line.removeprefix("- → ") for line in found["facts"].splitlines())
        yield Example(found["title"], rule and rule[1], found["form"], found["words"], facts)


def read(example: Example) -> Notice:
    """The notice of an example."""
    words = BEFORE + example.words if example.form == "text" else example.words
    return read_bytes(f"example.{'html' if example.form == 'html' else 'txt'}", words.encode())


def facts(notice: Notice) -> Iterator[Fact]:
    """All facts that carry a rule."""
    for rows in (
        notice.responsibilities,
        notice.targets,
        notice.amounts,
        notice.durations,
        notice.deadlines,
        notice.citations,
    ):
        yield from rows


def outcome(example: Example) -> tuple[str, ...]:
    """What comes out, as the page prints it: the facts of the rule, or the clauses of the example."""
    notice = read(example)
    if example.rule is None:
        listed = (clause for clause in notice.clauses if clause.level not in ("front", "preamble", "closing"))
        return tuple(f"`{clause.ref}` {clause.level}" + _of(clause.heading) for clause in listed)
    return tuple(_printed(fact, notice) for fact in facts(notice) if fact.rule == example.rule)


def _of(value: object) -> str:
    return "" if value is None else f" {value}"


def _printed(fact: Fact, notice: Notice) -> str:
    match fact:
        case Responsibility():
            return f"`{notice.clauses[fact.clause].ref}` {fact.unit.name} {fact.role}"
        case Target():
            return f"{fact.indicator} {_number(fact)}" + _of(fact.deadline)
        case Amount():
            return f"{fact.kind} {_number(fact)}" + _of(fact.action) + _of(fact.beneficiary)
        case Duration():
            return f"{_number(fact)}" + _of(fact.subject)
        case Deadline():
            return f"{fact.due}" + _of(fact.task)
        case Citation():
            return f"{fact.relation}" + _of(fact.title and f"《{fact.title}》") + _of(fact.doc_number)


def _number(fact: Target | Amount | Duration) -> str:
    high = "" if fact.value_high is None else f"–{fact.value_high:f}"
    return f"{fact.comparator} {fact.value:f}{high}{fact.unit}"
