"""Who is responsible for what: lists, task tables, document-wide rules and running text → `Responsibility`.

Guarantees: every span lies in the clause of its row, but for rows with basis `default`, which quote the rule
they rest on where that stands; a unit has a role once in a clause; nothing is read from the front and
back of a notice (letterhead, recipients, distribution lists). A cell merged over several task rows names
the units of each: the rows below its own have basis `default` too, and quote the cell. The contract's
section «units and responsibilities» is the source of every rule here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor.extractors.unit_labels import labelled
from extractor.extractors.unit_lists import UnitList, read_list
from extractor.extractors.unit_names import Word
from extractor.extractors.unit_regions import Cover, Region, regions
from extractor.extractors.unit_rules import Leads, Rule, rules, statements
from extractor.extractors.unit_sentences import duties
from extractor.lexicon.layout import layout
from extractor.lexicon.units import UnitNames
from extractor.model import Basis, Cell, Clause, Finding, Responsibility, Role, Span, Table, Text

SILENT = frozenset(("front", "back"))  # letterhead, recipients, distribution lists
NO_DUTIES = frozenset(("front", "back", "preamble", "table"))
DUTY_LISTS = re.compile(
    "职责|责任分工|任务分工|工作分工|部门分工|单位分工"
)  # headings of what each office does
MEMBERS = frozenset(("subpart", "article", "item"))
FEWEST_MEMBERS = 3  # of a list of duties that nothing heads
MOST_ROWS = 500  # that one merged cell may reach
RULE_NAMES: dict[Leads, str] = {
    "first": "first-leads", "comma": "before-comma-leads", "semicolon": "before-semicolon-leads",
    "starred": "starred-leads",
}  # fmt: skip


@dataclass(slots=True)
class _Book:
    """What has been found so far, by clause."""

    clauses: Sequence[Clause]
    names: UnitNames
    starts: list[int]
    roles: dict[int, set[tuple[str, Role]]] = field(default_factory=dict)
    listed: dict[int, int] = field(default_factory=dict)  # clause with a list → units in it

    def clause_at(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)

    def tasks(self) -> dict[int, int]:
        """The clauses with a list, and those beside them without one that have no parts: → units in it."""
        levels = {(self.clauses[index].parent, self.clauses[index].level) for index in self.listed}
        beside = {
            index: 0
            for index, clause in enumerate(self.clauses)
            if clause.parent is not None
            and (clause.parent, clause.level) in levels
            and clause.subtree_end <= clause.span.end
        }
        return beside | self.listed

    def row(
        self, clause: int, span: Span, name: str, role: Role, basis: Basis, position: int, rule: str
    ) -> Iterator[Responsibility]:
        """The row, unless the clause says it already."""
        said = self.roles.setdefault(clause, set())
        if (name, role) not in said:
            said.add((name, role))
            yield Responsibility(clause, span, self.names.unit(name), role, basis, position, rule)


def responsibilities(
    text: Text, clauses: tuple[Clause, ...], tables: tuple[Table, ...], lexicon: UnitNames
) -> Iterator[Responsibility | Finding]:
    """All responsibilities of a notice, and findings for names that no rule knows."""
    if not clauses:
        return
    book = _Book(clauses, lexicon, [clause.span.start for clause in clauses])
    cells = [(cell, role) for table in tables for cell, role in _task_cells(table, book)]
    merged = _merged(text, book)
    said = statements(text.text)
    skip = Cover(statement.span for statement in said)
    open_lists = regions(text.text, lexicon, taken=Cover(cell.span for cell, _ in cells), skip=skip)
    stated = rules(text.text, said, clauses, open_lists)
    lists: list[tuple[UnitList, Cell | None]] = [
        (read_list(text.text, Region(*cell.span), lexicon, label=role, skip=skip), cell)
        for cell, role in cells
    ]
    lists += [(found, None) for found in _lists(text.text, book, open_lists, skip)]
    for found, cell in sorted(lists, key=lambda pair: pair[0].region):
        own = list(_rows(found, cell, stated, book))
        yield from own
        if cell and (below := merged.get(cell.span.start)):
            yield from _in_rows_below(own, below, book)
    yield from _added(text.text, stated, book)
    yield from _stated_in_text(text.text, book, Cover(found.region for found, _ in lists))


def _task_cells(table: Table, book: _Book) -> Iterator[tuple[Cell, Role]]:
    """The cells of task rows under a header such as 责任单位, with the role that the header gives."""
    for cell in table.cells:
        header = "".join((cell.col_header or "").split())
        if (
            not header
            or not cell.text.strip()
            or book.clauses[book.clause_at(cell.span.start)].level != "row"
        ):
            continue
        role = book.names.header(header) or (
            "responsible" if layout().whose_column.fullmatch(header) else None
        )
        if role:
            yield cell, role


def _merged(text: Text, book: _Book) -> dict[int, list[int]]:
    """Where each cell begins that is merged downwards → the clauses of the task rows below its first."""
    cells = [(paragraph.span.start, paragraph.cell) for paragraph in text.paragraphs if paragraph.cell]
    if all(cell.row_span == 1 for _, cell in cells):
        return {}
    rows: dict[tuple[int, int], int] = {}
    for start, cell in cells:
        clause = book.clause_at(start)
        if book.clauses[clause].level == "row":
            rows.setdefault((cell.table, cell.row), clause)
    return {
        start: [
            rows[cell.table, row]
            for row in range(cell.row + 1, min(cell.row + cell.row_span, cell.row + MOST_ROWS))
            if (cell.table, row) in rows
        ]
        for start, cell in cells
        if cell.row_span > 1
    }


def _in_rows_below(
    own: Sequence[Responsibility | Finding], below: Sequence[int], book: _Book
) -> Iterator[Responsibility]:
    """The units of a merged cell (`own`: what was found in it), for the rows below its first."""
    named = [row for row in own if isinstance(row, Responsibility)]
    for clause in below:
        before = book.listed.get(clause, 0)
        for position, duty in enumerate(named, before):
            if clause != duty.clause:
                name = duty.unit.name
                yield from book.row(clause, duty.span, name, duty.role, "default", position, "merged-cell")
        if named:
            book.listed[clause] = before + len(named)


def _lists(text: str, book: _Book, found: Sequence[Region], skip: Cover) -> Iterator[UnitList]:
    """The lists outside task cells, each cut at the end of its clause."""
    for region in found:
        clause = book.clauses[book.clause_at(region.start)]
        if clause.level not in SILENT:
            end = min(region.end, max(clause.span.end, region.start))
            yield read_list(text, Region(region.start, end), book.names, skip=skip)


def _rows(
    found: UnitList, cell: Cell | None, stated: Sequence[Rule], book: _Book
) -> Iterator[Responsibility | Finding]:
    """The rows of one list, with the roles that a rule of the document gives."""
    clause = book.clause_at(found.region.start)
    basis: Basis = "table" if cell or book.clauses[clause].level == "row" else "listed"
    leads = _who_leads(found.region.start, stated)
    before = book.listed.get(clause, 0)
    words = _led(found, leads) if leads and not before else found.words
    for position, word in enumerate(words, before):
        span = Span(word.start, word.end)
        rule = RULE_NAMES[leads] if leads else "task-table" if cell else "unit-list"
        yield from book.row(clause, span, word.full, word.role or "responsible", basis, position, rule)
        if not book.names.parse(word.full).known:
            yield Finding("info", "unknown-unit", f"词表中没有单位“{word.full}”", span, clause)
    if words:
        book.listed[clause] = before + len(words)
    for finding in found.findings:
        yield finding._replace(clause=clause)


def _who_leads(offset: int, stated: Sequence[Rule]) -> Leads | None:
    """What the last rule that governs a list there says of who leads."""
    found: Leads | None = None
    for rule in stated:
        if rule.names is None and rule.leads != "unseen" and rule.scope.start <= offset < rule.scope.end:
            found = rule.leads
    return found


def _led(found: UnitList, leads: Leads) -> tuple[Word, ...]:
    """Those lead of a list that makes no difference whom the rule says, the others support."""
    if not found.plain or not found.plain[0] or (leads == "starred" and not any(found.starred)):
        return found.words
    first = {
        "first": [index == 0 for index in range(len(found.words))],
        "comma": [place.commas + place.semicolons == 0 for place in found.places],
        "semicolon": [place.semicolons == 0 for place in found.places],
        "starred": list(found.starred),
        "unseen": [],
    }[leads]
    return tuple(
        word._replace(role="lead" if ahead else "support") if plain else word
        for word, plain, ahead in zip(found.words, found.plain, first, strict=True)
    )


def _added(text: str, stated: Sequence[Rule], book: _Book) -> Iterator[Responsibility]:
    """The units that a rule adds to every list in its scope."""
    for rule in stated:
        if rule.names is None:
            continue
        added = read_list(text, Region(*rule.names), book.names).words
        for clause, count in sorted(book.tasks().items()):
            if not rule.scope.start <= book.clauses[clause].span.end <= rule.scope.end:
                continue
            if book.clauses[clause].span.start <= rule.span.start < book.clauses[clause].span.end and (
                rule.scope.start > rule.span.start
            ):
                continue
            present = {name for name, _ in book.roles.get(clause, ())}
            new = [word for word in added if word.full not in present]
            for position, word in enumerate(new, count):
                role = word.role if word.role and word.role != "responsible" else "implement"
                yield from book.row(
                    clause, rule.span, word.full, role, "default", position, "added-to-every-list"
                )


def _lists_of_duties(text: str, clauses: Sequence[Clause]) -> frozenset[int]:
    """The clauses most of whose members begin with an office: 1.市公安局维护治安。2.市妇联组织…"""
    counts: dict[int, list[bool]] = {}
    for clause in clauses:
        if clause.parent is not None and clause.level in MEMBERS:
            begins = layout().duty.match(text, clause.body, clause.span.end) is not None
            counts.setdefault(clause.parent, []).append(begins)
    return frozenset(
        parent
        for parent, own in counts.items()
        if len(own) >= FEWEST_MEMBERS and 3 * sum(own) >= 2 * len(own)
    )


def _stated_in_text(text: str, book: _Book, read: Cover) -> Iterator[Responsibility]:
    """Duties in the running text of clauses outside lists; a task row's own words only say who leads."""
    of_offices = _lists_of_duties(text, book.clauses)
    for index, clause in enumerate(book.clauses):
        if clause.level in NO_DUTIES and clause.level != "preamble":
            continue
        has_list = index in book.listed
        start, label = max(clause.body, clause.span.start), book.names.label(clause.heading or "")
        over = book.clauses[clause.parent].heading if clause.parent is not None else None
        of_duties, heads = (bool(DUTY_LISTS.search(heading or "")) for heading in (over, clause.heading))
        of_duties = of_duties or clause.parent in of_offices
        for duty in (
            *labelled(text, start, clause.span.end, book.names, label=label, of_duties=of_duties),
            *(
                ()
                if clause.level in NO_DUTIES
                else duties(text, start, clause.span.end, book.names, of_duties=of_duties or heads)
            ),
        ):
            if has_list and not duty.assigned:
                continue
            span = Span(duty.word.start, duty.word.end)
            if (clause.level == "row" and duty.role != "lead") or read.hits(*span):
                continue
            said = {name for name, _ in book.roles.get(index, ())} if has_list else set()
            if duty.word.full in said and duty.role == "responsible":
                continue
            yield from book.row(index, span, duty.word.full, duty.role, "inline", duty.position, duty.rule)
