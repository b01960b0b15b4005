"""A notice as rows of the contract's tables. Pure; columns in the contract's order."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from extractor.model import Amount, Clause, Duration, Finding, Notice, Place, Span, Target, Unit
from extractor.provenance import program
from extractor.records.duties import duty_counts
from extractor.records.ids import FACT_LETTERS

Value = str | int | float | None
Row = tuple[Value, ...]
_LARGEST = 2**63


class _Mention(Protocol):
    @property
    def clause(self) -> int: ...
    @property
    def span(self) -> Span: ...


M = TypeVar("M", bound=_Mention)


def rows(notice: Notice, document_id: str, unit_id: Callable[[Unit], str]) -> Mapping[str, list[Row]]:
    """Table → rows, each table after those it refers to. `unit_id` gives the id of a unit's row."""
    page = _Page(notice, document_id)
    found: dict[str, list[Row]] = {
        "documents": [_document(notice, document_id)],
        "clauses": list(_clauses(page)),
        "responsibilities": list(_responsibilities(page, unit_id)),
        "targets": list(page.facts("targets", notice.targets, _target)),
        "amounts": list(page.facts("amounts", notice.amounts, _amount)),
        "durations": list(page.facts("durations", notice.durations, _duration)),
        "deadlines": list(page.facts("deadlines", notice.deadlines, lambda d: ((d.due, d.task), (d.rule,)))),
        "citations": list(
            page.facts(
                "citations",
                notice.citations,
                lambda c: ((c.title, c.doc_number, c.relation, None), (c.rule,)),
            )
        ),
        "clause_links": [
            (page.ids[link.source], page.ids[link.target], link.kind, link.score)
            for link in dict.fromkeys(notice.links)
        ],
    }
    found["numbers"] = list(_numbers(page, found))
    found["tables"], found["cells"] = _tables(page)
    found["lines"] = [(document_id, p.page, *p.span, *p.box, p.confidence) for p in notice.text.places]
    found["private_spans"] = [(document_id, *p.span, p.kind, p.rule, 0) for p in notice.private]
    found["findings"] = list(_findings(page))
    found["duty_counts"] = list(duty_counts(notice, document_id))
    return found


def number(value: Decimal | None) -> int | float | None:
    """A decimal as SQLite holds it best: an integer where it is one."""
    if value is None:
        return None
    whole = int(value)
    return whole if whole == value and abs(whole) < _LARGEST else float(value)


class _Page:
    """What the rows of one notice share: its text, the ids of its clauses, the next ordinal of each fact."""

    def __init__(self, notice: Notice, document_id: str) -> None:
        self.notice = notice
        self.document_id = document_id
        self.text = notice.text.text
        self.ids = tuple(f"{document_id}.{clause.ref}" for clause in notice.clauses)
        self._starts = [clause.span.start for clause in notice.clauses]
        self._ordinals: Counter[str] = Counter()

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def fact_id(self, table: str, owner: str) -> str:
        """The next id of a fact of `owner`, a clause or the document: {owner}_t1, {owner}_t2 …"""
        stem = f"{owner}_{FACT_LETTERS[table]}"
        self._ordinals[stem] += 1
        return f"{stem}{self._ordinals[stem]}"

    def clause_at(self, offset: int) -> int | None:
        """The index of the clause whose own span holds `offset` (clauses tile the text)."""
        found = bisect_right(self._starts, offset) - 1
        return found if found >= 0 else None

    def facts(
        self,
        table: str,
        mentions: Iterable[M],
        fields: Callable[[M], tuple[Sequence[Value], Sequence[Value]]],
    ) -> Iterator[Row]:
        """Rows of id, clause, own fields, quote, start, end, rule, in reading order."""
        for mention in sorted(mentions, key=_in_reading_order):
            owner, span = self.ids[mention.clause], mention.span
            own, rule = fields(mention)
            yield (self.fact_id(table, owner), owner, *own, self.quote(span), *span, *rule)


def _in_reading_order(mention: _Mention) -> tuple[int, Span]:
    return mention.clause, mention.span


def _document(notice: Notice, document_id: str) -> Row:
    head, source = notice.head, notice.source
    return (
        document_id, head.title, head.kind, head.status, head.doc_number,
        json.dumps(head.issuers, ensure_ascii=False), head.jurisdiction_id, head.issued_on,
        head.effective_from, head.effective_until,
        None if head.validity is None else notice.text.text[head.validity.start : head.validity.end],
        source.name, source.sha256, source.media_type, source.page_count, notice.text.text,
        program().id,
    )  # fmt: skip


def _clauses(page: _Page) -> Iterator[Row]:
    pages = _Pages(page.notice.text.places)
    for position, (clause, name) in enumerate(zip(page.notice.clauses, page.ids, strict=True)):
        parent = None if clause.parent is None else page.ids[clause.parent]
        text = page.text[clause.body : clause.span.end].strip()
        yield (
            name, page.document_id, parent, position, clause.depth, clause.ref, clause.level, clause.marker,
            clause.number, clause.heading, text, *clause.span, max(clause.subtree_end, clause.span.end),
            *pages.of(clause), int(clause.inferred),
        )  # fmt: skip


class _Pages:
    """From which page to which a clause runs."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        self._starts = [place.span.start for place in places]
        self._ends = [place.span.end for place in places]

    def of(self, clause: Clause) -> tuple[int | None, int | None]:
        first = bisect_right(self._ends, clause.span.start)
        last = bisect_left(self._starts, clause.span.end) - 1
        if first > last:
            return None, None
        return self._places[first].page, self._places[last].page


def _responsibilities(page: _Page, unit_id: Callable[[Unit], str]) -> Iterator[Row]:
    """In the order of their lists: a default may quote a rule that stands elsewhere."""
    for duty in sorted(page.notice.responsibilities, key=lambda duty: duty.clause):
        owner = page.ids[duty.clause]
        yield (
            page.fact_id("responsibilities", owner), owner, unit_id(duty.unit), duty.role, duty.basis,
            duty.position, page.quote(duty.span), *duty.span, duty.rule,
        )  # fmt: skip


def _target(fact: Target) -> tuple[Row, Row]:
    return (
        fact.indicator, fact.comparator, number(fact.value), number(fact.value_high), fact.unit,
        number(fact.normal_value), fact.deadline, fact.scope,
    ), (fact.rule,)  # fmt: skip


def _amount(fact: Amount) -> tuple[Row, Row]:
    return (
        fact.kind, fact.action, fact.comparator, number(fact.value), number(fact.value_high), fact.unit,
        fact.per, fact.period, fact.beneficiary, fact.purpose, fact.payer,
    ), (fact.rule,)  # fmt: skip


def _duration(fact: Duration) -> tuple[Row, Row]:
    return (
        fact.subject, fact.action, fact.comparator, number(fact.value), number(fact.value_high), fact.unit,
        fact.beneficiary,
    ), (fact.rule,)  # fmt: skip


def _numbers(page: _Page, found: Mapping[str, list[Row]]) -> Iterator[Row]:
    """The ledger, each number with the fact that rests on it: one of its own class, else any."""
    records: dict[Span | tuple[str, Span], str] = {}
    kinds: tuple[tuple[str, Sequence[Target | Amount | Duration]], ...] = (
        ("target", page.notice.targets),
        ("amount", page.notice.amounts),
        ("duration", page.notice.durations),
    )
    for kind, mentions in kinds:
        for fact, row in zip(sorted(mentions, key=_in_reading_order), found[f"{kind}s"], strict=True):
            for span in fact.numbers:
                records.setdefault((kind, span), str(row[0]))
                records.setdefault(span, str(row[0]))
    for entry in sorted(page.notice.numbers, key=_in_reading_order):
        owner = page.ids[entry.clause]
        record = records.get((entry.cls, entry.span)) or records.get(entry.span)
        yield (
            page.fact_id("numbers", owner), page.document_id, owner, *entry.span, page.quote(entry.span),
            number(entry.value), entry.cls, record,
        )  # fmt: skip


def _tables(page: _Page) -> tuple[list[Row], list[Row]]:
    tables: list[Row] = []
    cells: list[Row] = []
    for position, table in enumerate(page.notice.tables):
        owner = page.ids[table.clause]
        name = page.fact_id("tables", owner)
        tables.append((name, owner, position, table.caption, table.n_rows, table.n_cols))
        cells += [
            (name, cell.row, cell.col, cell.row_header, cell.col_header, cell.text, number(cell.value))
            for cell in table.cells
        ]
    return tables, cells


def _findings(page: _Page) -> Iterator[Row]:
    """All stages' findings, each once. Spans of the source's own are of no text and are left out."""
    notice = page.notice
    raw = (finding._replace(span=None, clause=None) for finding in notice.source.findings)
    for finding in dict.fromkeys((*raw, *notice.text.findings, *notice.findings)):
        yield _finding(page, finding)


def _finding(page: _Page, finding: Finding) -> Row:
    clause = finding.clause
    if clause is None and finding.span is not None:
        clause = page.clause_at(finding.span.start)
    return (
        page.fact_id("findings", page.document_id), page.document_id,
        None if clause is None else page.ids[clause], finding.severity, finding.code, finding.message,
        *(finding.span or (None, None)),
    )  # fmt: skip
