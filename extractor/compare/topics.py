"""The topics of a clause, from lists of words that a user can edit or replace. Every score names its words.

A word in the text of a clause counts 1, in its heading 2, in a heading above it 1/2; a clue (`?word`) counts
1/3 of that; said again, a word counts a little more. The score is 1 − e^−sum: one word 0.63, one clue 0.28.
Only scores of `LEAST` and more are kept, so one word is enough and one clue, said once, is not.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from extractor.compare.provisions import Provision
from extractor.lexicon import read_toml
from extractor.messages import Trouble

LEAST = 0.5
_GAP = "…"
_GAP_WIDTH = 16  # characters between the two pieces of a word with a gap
_CLUE, _TEXT, _HEADING, _ABOVE = 1 / 3, 1.0, 2.0, 0.5
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


class TopicsError(Trouble):
    """A list of topics that cannot be used. Names the file, the topic and the remedy."""


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of a topic's list: `text` as written, and what finds it where it has a gap."""

    text: str
    clue: bool = False
    gap: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `never` are words inside which none of `words` counts."""

    id: str
    name: str
    parent: str | None = None
    description: str | None = None
    words: tuple[Word, ...] = ()
    never: tuple[Word, ...] = ()
    listed: tuple[str, ...] = field(default=(), compare=False)  # the words as written in the file


class Scored(NamedTuple):
    """A topic of a clause, and the words that made the score: 托位数×2, 标题：托育服务供给."""

    topic: str
    score: float
    words: tuple[str, ...]


def load_topics(file: Path | None = None) -> tuple[Topic, ...]:
    """The topics of `file`, else the shipped ones. Raises `TopicsError`."""
    try:
        data = read_toml("topics.toml") if file is None else tomllib.loads(file.read_text("utf-8"))
        rows = data["topics"]
        topics = tuple(
            topic(
                row["id"], row["name"], row.get("words", ()),
                parent=row.get("parent"), description=row.get("description"),
            )
            for row in rows
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TopicsError(
            "{file}: no list of topics ({error}). Write each topic as [[topics]] with id, name and words; "
            "lexicon/topics.toml shows how.",
            file=file,
            error=repr(error),
        ) from error
    _check(topics, file)
    return topics


def _check(topics: tuple[Topic, ...], file: Path | None) -> None:
    names = {each.id for each in topics}
    for each in topics:
        if not _ID.fullmatch(each.id):
            raise TopicsError(
                "{file}: topic id {id}: use small letters, digits and hyphens.", file=file, id=repr(each.id)
            )
        if each.parent is not None and each.parent not in names:
            raise TopicsError(
                "{file}: topic {id}: its parent {parent} is not in the list.",
                file=file,
                id=each.id,
                parent=each.parent,
            )
    if len(names) < len(topics):
        raise TopicsError("{file}: two topics share an id. Give each its own.", file=file)


def topic(
    name_id: str,
    name: str,
    words: Iterable[str],
    *,
    parent: str | None = None,
    description: str | None = None,
) -> Topic:
    """A topic of words as they stand in the file: `word`, `?clue`, `-not inside this`, `one…other`."""
    listed = tuple(words)
    return Topic(
        id=name_id, name=name, parent=parent, description=description,
        words=tuple(_word(word) for word in listed if not word.startswith("-")),
        never=tuple(_word(word[1:]) for word in listed if word.startswith("-")),
        listed=listed,
    )  # fmt: skip


def _word(written: str) -> Word:
    text = written.removeprefix("?")
    first, gap, last = text.partition(_GAP)
    # 子女…同一学校: both in one sentence, the second soon after the first
    found = re.compile(f"{re.escape(first)}[^。；\n]{{0,{_GAP_WIDTH}}}?{re.escape(last)}") if gap else None
    return Word(text, written.startswith("?"), found)


Scorer = Callable[[Provision], tuple[Scored, ...]]


def scorer(topics: Sequence[Topic]) -> Scorer:
    """What scores a clause for `topics`. Only topics are tried of which some word can begin in the clause."""
    begins: dict[str, list[Topic]] = {}
    for each in topics:
        for first in sorted({word.text.partition(_GAP)[0][:2] for word in each.words}):
            begins.setdefault(first, []).append(each)
    order = {each.id: place for place, each in enumerate(topics)}

    def scored(provision: Provision) -> tuple[Scored, ...]:
        text = "\n".join((provision.words, provision.heading, *provision.above))
        there = begins.keys() & ({text[at : at + 2] for at in range(len(text))} | set(text))
        tried = {each.id: each for first in there for each in begins[first]}
        return tuple(score(provision, sorted(tried.values(), key=lambda each: order[each.id])))

    return scored


def score(provision: Provision, topics: Iterable[Topic]) -> Iterator[Scored]:
    """The topics of a clause, each with its score and words."""
    end = provision.heading_end
    heading, text = provision.words[:end] or provision.heading, provision.words[end:]
    above = "\n".join(provision.above)
    for each in topics:
        found = tuple(_evidence(each, heading=heading, text=text, above=above))
        total = sum(weight for weight, _ in found)
        if total:
            value = 1 - math.exp(-total)
            if value >= LEAST:
                yield Scored(each.id, round(value, 4), tuple(label for _, label in found))


def _evidence(each: Topic, *, heading: str, text: str, above: str) -> Iterator[tuple[float, str]]:
    """(weight, label) of each word found; a word counts once, where it weighs most."""
    if each.never:
        heading, text, above = (_without(place, each.never) for place in (heading, text, above))
    places = ((heading, _HEADING, "标题："), (text, _TEXT, ""), (above, _ABOVE, "上级："))
    for word in each.words:
        for place, weight, label in places:
            count = _count(word, place)
            if count:
                factor = _CLUE if word.clue else 1.0
                times = f"×{count}" if count > 1 else ""
                yield weight * factor * (1 + math.log(count) / 4), f"{label}{word.text}{times}"
                break


def _count(word: Word, text: str) -> int:
    if word.gap is None:
        return text.count(word.text)
    first = word.text.partition(_GAP)[0]
    return sum(1 for _ in word.gap.finditer(text)) if first in text else 0


def _without(text: str, never: Iterable[Word]) -> str:
    for word in never:
        if word.gap is not None:
            text = word.gap.sub("\n", text)
        elif word.text in text:
            text = text.replace(word.text, "\n")
    return text


def passages(each: Topic, text: str, *, clues: bool) -> list[int]:
    """Where the words of a topic stand in `text`, ascending; with `clues`, its clues too."""
    for word in each.never:
        pattern = word.gap or re.compile(re.escape(word.text))
        text = pattern.sub(lambda match: "\n" * len(match[0]), text)
    places: set[int] = set()
    for word in each.words:
        if clues or not word.clue:
            pattern = word.gap or re.compile(re.escape(word.text))
            places.update(match.start() for match in pattern.finditer(text))
    return sorted(places)
