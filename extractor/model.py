"""The frozen values that travel between the stages, and nothing else.

bytes → `Source` → `Text` → `tuple[Clause, ...]` → mentions → `Notice` → database.

Offsets are code points of `Text.text`, half-open: `text[span.start:span.end]` is the quote.
This module imports the standard library only, so that every stage may import it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from extractor.messages import Message, Trouble, message

Level = Literal[
    "front", "preamble", "chapter", "section", "part", "subpart", "article", "item",
    "closing", "annex", "table", "row", "back",
]  # fmt: skip
Role = Literal["lead", "support", "implement", "guide", "responsible"]
Basis = Literal["listed", "default", "inline", "table"]
Comparator = Literal[">=", "<=", ">", "<", "~", "="]
Severity = Literal["info", "warning", "error"]
Relation = Literal["basis", "implements", "issues", "mentions"]
AmountKind = Literal["benefit", "threshold", "cap", "price", "other"]
NumberClass = Literal[
    "target", "amount", "duration", "date", "age", "count", "measure", "ordinal", "marker",
    "doc_number", "phone", "postcode", "name", "table", "unclassified",
]  # fmt: skip
PrivateKind = Literal["name", "phone", "id_number", "account", "email", "address"]


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Box(NamedTuple):
    """A rectangle on a page in points, origin at the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


# --- Source: what a reader hands over -------------------------------------------------------


class CellRef(NamedTuple):
    """The place of a line in a table of the source, where the source tells it."""

    table: int  # 0, 1, 2 … in reading order
    row: int
    col: int
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line as the source shows it (or one whole paragraph, where `Source.wrapped` is false)."""

    text: str
    page: int | None = None  # from 1
    box: Box | None = None
    size: float | None = None  # type size in points
    bold: bool = False
    outline: int | None = None  # 1 … for a line the source itself calls a heading
    cell: CellRef | None = None
    confidence: float | None = None  # 0..1, of optical recognition
    begins: bool | None = None  # whether a paragraph begins here, where the source shows it (an indent)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: lines in reading order, before any cleaning.

    `wrapped` tells whether a line may be a piece of a paragraph (plain text, PDF, scans) or is
    always a whole one (DOCX, HTML). `meta` holds what the format states beside the text.
    """

    name: str
    sha256: str
    media_type: str
    lines: tuple[Line, ...]
    wrapped: bool = True
    page_count: int | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


# --- Text: what is analysed ------------------------------------------------------------------


class Paragraph(NamedTuple):
    """One line of `Text.text` and what the source showed of it."""

    span: Span
    outline: int | None = None
    cell: CellRef | None = None


class Place(NamedTuple):
    """Where a run of `Text.text` stands on a page."""

    span: Span
    page: int
    box: Box
    confidence: float | None = None  # 0..1, where it was recognised optically


@dataclass(frozen=True, slots=True)
class Text:
    """The normalised text (contract: «Text and provenance»), one paragraph a line."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    places: tuple[Place, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One provision. A notice's clauses are a tuple in reading order that tiles the text.

    `span` is the marker and the clause's own words, children excluded; `body` is where the own
    words begin, after the marker. `parent` is an index into the same tuple. Because clauses tile
    the text in reading order, the clause at an offset is found by bisecting the starts.
    """

    ref: str
    level: Level
    span: Span
    body: int
    parent: int | None = None
    depth: int = 1
    marker: str | None = None
    number: int | None = None
    heading: str | None = None
    subtree_end: int = 0
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What a notice says of itself as a whole (columns of `documents`)."""

    title: str | None = None
    kind: str | None = None
    status: Literal["draft", "trial", "final"] = "final"
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    jurisdiction_id: str | None = None
    issued_on: str | None = None
    effective_from: str | None = None
    effective_until: str | None = None
    validity: Span | None = None


# --- Mentions: what the extractors find. `clause` is an index into the notice's clauses -------


class Unit(NamedTuple):
    """An office, in full as the source means it."""

    name: str  # 市教育局 for the second name of 市卫健委、教育局
    canonical_name: str  # 市卫生健康委员会 for 市卫健委
    sector: str  # of the one vocabulary of the contract; 其他 where none fits


@dataclass(frozen=True, slots=True)
class Responsibility:
    clause: int
    span: Span  # the words that name the unit (or the rule, for basis `default`)
    unit: Unit
    role: Role
    basis: Basis
    position: int  # order in its list, from 0
    rule: str


@dataclass(frozen=True, slots=True)
class Target:
    clause: int
    span: Span
    numbers: tuple[Span, ...]  # the number words it rests on; two for a range; empty for 全覆盖
    value: Decimal
    unit: str
    rule: str
    value_high: Decimal | None = None
    comparator: Comparator = "="
    indicator: str | None = None
    deadline: str | None = None
    scope: str | None = None
    normal_value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    clause: int
    span: Span
    numbers: tuple[Span, ...]
    value: Decimal
    unit: str
    rule: str
    value_high: Decimal | None = None
    comparator: Comparator = "="
    action: str | None = None
    per: str | None = None
    period: Literal["once", "day", "month", "quarter", "year"] | None = None
    beneficiary: str | None = None
    purpose: str | None = None
    payer: str | None = None
    kind: AmountKind = "other"


@dataclass(frozen=True, slots=True)
class Duration:
    clause: int
    span: Span
    numbers: tuple[Span, ...]
    value: Decimal
    unit: str
    rule: str
    value_high: Decimal | None = None
    comparator: Comparator = "="
    subject: str | None = None
    action: str | None = None
    beneficiary: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    clause: int
    span: Span
    due: str  # ISO date, year, or --11-30 for 每年11月底前
    rule: str
    task: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A row of the ledger: every number of the text stands in it exactly once."""

    clause: int
    span: Span
    cls: NumberClass
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    clause: int
    span: Span
    relation: Relation
    rule: str
    title: str | None = None
    doc_number: str | None = None


class Cell(NamedTuple):
    row: int
    col: int
    text: str
    span: Span  # where the cell's words stand in the text
    row_header: str | None = None
    col_header: str | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Table:
    clause: int
    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    caption: str | None = None


class Link(NamedTuple):
    """A task row and the body clause that it restates."""

    source: int
    target: int
    score: float
    kind: Literal["task_of"] = "task_of"


class Private(NamedTuple):
    """Words of a private person, masked in what leaves the database."""

    span: Span
    kind: PrivateKind
    rule: str


class Finding(NamedTuple):
    """What a person should look at."""

    severity: Severity
    code: str
    message: str
    span: Span | None = None
    clause: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything one file says; `store.write` turns it into rows."""

    source: Source
    text: Text
    head: Head
    clauses: tuple[Clause, ...]
    responsibilities: tuple[Responsibility, ...] = ()
    targets: tuple[Target, ...] = ()
    amounts: tuple[Amount, ...] = ()
    durations: tuple[Duration, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    citations: tuple[Citation, ...] = ()
    numbers: tuple[Number, ...] = ()
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()
    private: tuple[Private, ...] = ()


class ReadError(Trouble):
    """A file that cannot be read as a notice. Names the file, the place and the remedy.

    `problem` is a template of `values`; `words` are the message without the file's name.
    """

    def __init__(self, name: str, problem: str, remedy: str, /, **values: object) -> None:
        self.name, self.problem, self.remedy = name, message(problem, values), message(remedy)
        self.words = Message("{problem} {remedy}", problem=self.problem, remedy=self.remedy)
        super().__init__("{name}: {words}", name=name, words=self.words)
