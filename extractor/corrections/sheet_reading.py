"""Corrections from a table that was edited: all of it, or nothing with a word on each cell that is wrong.

What `sheet` wrote is read back exactly. An edited row becomes a correction that takes the place of the one it
was; a row without an id is a new correction of the fact that it names; rows that are left out change nothing.
UTF-8 or GB18030: spreadsheets write either.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from extractor.corrections.book import from_columns
from extractor.corrections.fields import kinds, written
from extractor.corrections.fields import read as value_of
from extractor.corrections.making import CorrectionProblem, is_instant, make
from extractor.corrections.model import VERDICTS, Correction, Fact, Subject, canonical
from extractor.corrections.sheet import COLUMNS, EDITABLE, NUMBERS, cell_of, rows_of
from extractor.messages import Message, Trouble, message

MOST_BYTES: Final = 64 * 1024 * 1024
_MOST_PROBLEMS = 20
_NULLABLE = {"clause_ref", "title", "doc_number", "jurisdiction_id", "clause_sha256"}
_VALUES = {"field", "seen_value", "new_value"}  # that differ from row to row of one correction

Finder = Callable[[str], tuple[Subject, Fact, Sequence[Correction]] | None]


class SheetProblem(NamedTuple):
    """What is wrong in one cell, and what to do. Line 1 holds the names of the columns."""

    line: int
    column: str
    words: Message

    @property
    def message(self) -> Message:
        """All of it in a line."""
        return Message(
            "line {line}, column {column}: {words}", line=self.line, column=self.column, words=self.words
        )


class SheetError(Trouble):
    """A table that cannot be read back: nothing of it was. Names the file and each cell."""

    def __init__(self, path: Path, problems: Sequence[SheetProblem]) -> None:
        words = Message("{path}: nothing was read.", path=path)
        more = len(problems) - _MOST_PROBLEMS
        for problem in problems[:_MOST_PROBLEMS]:
            words = Message("{before}\n  {next}", before=words, next=problem.message)
        if more > 0:
            words = Message("{before}\n  and {count} more", before=words, count=more)
        super().__init__(words)
        self.problems = tuple(problems)


class _Row(NamedTuple):
    line: int
    cells: Mapping[str, str]


class _Wrong(Exception):
    def __init__(self, line: int, column: str, words: str, /, **values: object) -> None:
        super().__init__(words)
        self.problem = SheetProblem(line, column, message(words, values))


def read(path: Path, known: Mapping[str, Correction], find: Finder) -> tuple[Correction, ...]:
    """The corrections of a table that are not in `known` (id → correction), all of them or none.

    `find`: id of a fact → its document, itself, and the corrections of it in force.
    Raises SheetError, OSError.
    """
    found: list[Correction] = []
    problems: list[SheetProblem] = []
    for rows in _grouped(_read_rows(path)):
        try:
            correction = _corrected(rows, known, find)
        except _Wrong as wrong:
            problems.append(wrong.problem)
        else:
            found += [correction] if correction.id not in known else []
    if problems:
        raise SheetError(path, problems)
    return tuple({each.id: each for each in found}.values())


def _read_rows(path: Path) -> list[_Row]:
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        raise SheetError(
            path,
            [
                SheetProblem(
                    1, "id", Message("the file has more than {most:,} bytes: split it", most=MOST_BYTES)
                )
            ],
        )
    reader = csv.reader(StringIO(_decoded(path, content), newline=""), strict=True)
    csv.field_size_limit(MOST_BYTES)
    rows: list[_Row] = []
    try:
        names = [name.strip() for name in next(reader, [])]
        _check_names(path, names)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_Row(line, _named(path, line, names, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        words = Message("{error}: save the table as CSV with quotation marks in pairs", error=error)
        raise SheetError(path, [SheetProblem(reader.line_num, "id", words)]) from error
    return rows


def _decoded(path: Path, content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    words = Message("the file is neither UTF-8 nor GB18030: save it as CSV UTF-8")
    raise SheetError(path, [SheetProblem(1, "id", words)])


def _check_names(path: Path, names: Sequence[str]) -> None:
    problems = [
        SheetProblem(1, name or Message("without a name"), Message("is no column of corrections: remove it"))
        for name in names if name not in COLUMNS
    ]  # fmt: skip
    problems += [
        SheetProblem(1, name, Message("is missing: put the column back"))
        for name in ("id", "fact_id", *EDITABLE) if name not in names
    ]  # fmt: skip
    problems += [
        SheetProblem(1, name, Message("stands there twice")) for name in {*names} if names.count(name) > 1
    ]
    if problems:
        raise SheetError(path, problems)


def _named(path: Path, line: int, names: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    if len(cells) > len(names):
        words = Message(
            "the row has {cells} cells for {columns} columns: put commas in quotation marks",
            cells=len(cells),
            columns=len(names),
        )
        raise SheetError(path, [SheetProblem(line, names[-1], words)])
    padded = [*cells, *[""] * (len(names) - len(cells))]
    return {name: cell.removeprefix("'") for name, cell in zip(names, padded, strict=True)}


def _grouped(rows: Iterable[_Row]) -> Iterable[list[_Row]]:
    """Rows of one correction together: those of one id, those without an id of one fact."""
    groups: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        name = row.cells["id"].strip()
        groups.setdefault((name, "" if name else row.cells["fact_id"].strip()), []).append(row)
    return groups.values()


def _corrected(rows: Sequence[_Row], known: Mapping[str, Correction], find: Finder) -> Correction:
    first = rows[0]
    for row in rows[1:]:
        for name, cell in row.cells.items():
            if name not in _VALUES and cell != first.cells[name]:
                words = "differs from line {line}, a row of the same correction: make them the same"
                raise _Wrong(row.line, name, words, line=first.line)
    if first.cells["verdict"].strip() not in VERDICTS:
        words, value = "{value} is none of {listed}", repr(first.cells["verdict"])
        raise _Wrong(first.line, "verdict", words, value=value, listed=", ".join(VERDICTS))
    if not first.cells["id"].strip():
        return _new(rows, find)
    try:
        return _literal(rows)
    except (ValueError, KeyError, TypeError) as error:
        before = known.get(first.cells["id"].strip())
        if before is None:
            words = (
                "was edited, and corrections.db has no such correction: read the table back unedited first"
            )
            raise _Wrong(first.line, "id", words) from error
    return _again(rows, before)


def _literal(rows: Sequence[_Row]) -> Correction:
    """The correction as it was written. Raises ValueError, KeyError, TypeError where the rows are not so."""
    named: dict[str, Any] = {name: cell for name, cell in rows[0].cells.items()}
    named |= {name: None for name in _NULLABLE if not named[name]}
    named |= {name: int(named[name]) if named[name] else None for name in NUMBERS}
    columns = kinds()[named["kind"]]
    changes = {name: value_of(columns[name], text) for name, text in _typed(rows).items()}
    replaces = canonical(named["replaces"].split())
    return from_columns({**named, "changes": canonical(changes), "replaces": replaces})


def _new(rows: Sequence[_Row], find: Finder) -> Correction:
    first = rows[0]
    found = find(first.cells["fact_id"].strip())
    if found is None:
        words = "the database has no fact {name}: name one, or leave the row out"
        raise _Wrong(first.line, "fact_id", words, name=repr(first.cells["fact_id"]))
    subject, fact, replaces = found
    return _made(rows, subject, fact, replaces, first.cells["made_at"].strip())


def _again(rows: Sequence[_Row], before: Correction) -> Correction:
    """What an edited row makes of the correction that it was."""
    first, values = rows[0], next(rows_of(before))
    for name, cell in first.cells.items():
        kept = name in (*EDITABLE, "seen_value") or not cell.strip()
        if not kept and cell.replace("\r\n", "\n") != cell_of(name, values[name]).removeprefix("'"):
            words = "was changed; only {columns} can be: put it back, or empty the cell"
            raise _Wrong(first.line, name, words, columns=", ".join(EDITABLE))
    for row in rows:
        name, seen = row.cells["field"].strip(), row.cells.get("seen_value", "")
        if name and seen and seen != written(before.seen.get(name)):
            words = "was changed; it is what was seen when the correction was made: put it back"
            raise _Wrong(row.line, "seen_value", words)
    at = first.cells["made_at"].strip()
    fact = Fact(before.kind, before.fact_id, None, before.place, before.seen, None, None)
    return _made(rows, before.subject, fact, (before,), "" if at == before.made_at else at)


def _made(
    rows: Sequence[_Row], subject: Subject, fact: Fact, replaces: Sequence[Correction], at: str
) -> Correction:
    first = rows[0]
    if at and not is_instant(at):
        raise _Wrong(
            first.line,
            "made_at",
            "{at} is not as 2026-01-31T08:00:00Z: write it so or leave it empty",
            at=repr(at),
        )
    verdict = next(each for each in VERDICTS if each == first.cells["verdict"].strip())
    by, why = first.cells["made_by"], first.cells["why"]
    try:
        return make(subject, fact, verdict, typed=_typed(rows), by=by, why=why, at=at, replaces=replaces)
    except CorrectionProblem as problem:
        column = {"by": "made_by", "why": "why", "verdict": "verdict"}.get(problem.part, "new_value")
        line = next((row.line for row in rows if row.cells["field"].strip() == problem.part), first.line)
        words = Message("{part}: {words}", part=problem.part, words=problem.words)
        raise _Wrong(line, column, words if column == "new_value" else problem.words) from problem


def _typed(rows: Sequence[_Row]) -> dict[str, str]:
    """Column of the fact → what is to stand there."""
    found: dict[str, str] = {}
    for row in rows:
        name = row.cells["field"].strip()
        if name in found:
            raise _Wrong(
                row.line, "field", "{name} stands there twice for one correction: keep one", name=name
            )
        if name:
            found[name] = row.cells["new_value"]
    return found
