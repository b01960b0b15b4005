"""bytes → `Notice`: the stages in order. Pure but for reading the file; the same for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.clauses import build
from extractor.extractors import citations, doubts, metadata, odd_units, quantities, tables, task_links, units
from extractor.extractors.private import private_words
from extractor.lexicon import Lexicon, load
from extractor.model import Clause, Finding, Notice, ReadError, Source, Table, Text
from extractor.sources import DEFAULT_LIMITS, Limits, read_source
from extractor.text import normalise

SAYS_SOMETHING = frozenset(
    ("preamble", "chapter", "section", "part", "subpart", "article", "item", "row", "closing", "annex")
)


def read(path: Path | str, *, limits: Limits = DEFAULT_LIMITS) -> Notice:
    """The notice in a file. Raises ReadError (file, place, remedy) where there is none."""
    path = Path(path)
    try:
        if path.stat().st_size > limits.max_bytes:
            raise ReadError(
                path.name,
                "the file has {count:,} bytes, over the limit of {most:,}.",
                "Split it, or raise the limit.",
                count=path.stat().st_size,
                most=limits.max_bytes,
            )
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(
            path.name,
            "the file cannot be read ({error}).",
            "Check that it exists.",
            error=error.strerror,
        ) from error
    return read_bytes(path.name, data, limits=limits)


def read_bytes(name: str, data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Notice:
    """The notice in `data`; `name` is what the database calls its source."""
    return understand(read_source(name, data, limits=limits), load())


def understand(source: Source, lexicon: Lexicon) -> Notice:
    """Everything a source says."""
    text = normalise(source)
    clauses, odd = build(text)
    if not any(clause.level in SAYS_SOMETHING for clause in clauses):
        raise ReadError(
            source.name,
            "no clause was found in it.",
            "Check that it is the text of a notice, in Chinese, with its line breaks.",
        )
    found = tuple(tables.tables(text, clauses))
    head, odd_head = metadata.read_head(text, clauses, divisions=lexicon.divisions, notices=lexicon.notices)
    mentions = _Sorted()
    for batch in _mentions(text, clauses, found, lexicon):
        mentions.add(batch)
    mentions.add(doubts.doubts(text, mentions.by_field))
    mentions.add(odd_units.odd_units(text, mentions.by_field["targets"], lexicon.measures))
    return Notice(
        source=source, text=text, head=head, clauses=clauses, tables=found,
        **{name: tuple(values) for name, values in mentions.by_field.items()},
        findings=(*text.findings, *odd, *odd_head, *mentions.findings),
        private=private_words(text, lexicon.private),
    )  # fmt: skip


def _mentions(
    text: Text, clauses: tuple[Clause, ...], found: tuple[Table, ...], lexicon: Lexicon
) -> Iterator[Iterable[Any]]:
    """What each extractor finds. A new kind of fact is a line here."""
    yield units.responsibilities(text, clauses, found, lexicon.units)
    yield quantities.quantities(text, clauses, found, lexicon.measures)
    yield citations.citations(text, clauses, lexicon.notices)
    yield task_links.links(text, clauses, found)


FIELDS = {
    "Responsibility": "responsibilities", "Target": "targets", "Amount": "amounts", "Duration": "durations",
    "Deadline": "deadlines", "Citation": "citations", "Number": "numbers", "Link": "links",
}  # fmt: skip


@dataclass(slots=True)
class _Sorted:
    """Mentions by the field of `Notice` they belong to."""

    by_field: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in FIELDS.values()})
    findings: list[Finding] = field(default_factory=list)

    def add(self, mentions: Iterable[Any]) -> None:
        for mention in mentions:
            if isinstance(mention, Finding):
                self.findings.append(mention)
            else:
                self.by_field[FIELDS[type(mention).__name__]].append(mention)
