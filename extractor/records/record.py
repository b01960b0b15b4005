"""A notice as the rows that it makes by itself: what an engine hands to the store, or keeps in a shard.

What only the whole database knows is added when a record is put into it: the id where two notices share one,
the documents that are cited, totals and comparisons.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from extractor.contract import load_contract
from extractor.lexicon.divisions import Division, load_divisions
from extractor.model import Notice, Unit
from extractor.records.facets import facets
from extractor.records.ids import OF_CLAUSES, OF_DOCUMENTS, base_id, base_of, unit_id
from extractor.records.rows import Row, rows

# The tables that a notice has rows in, each after those it refers to.
TABLES = (
    "units", "documents", "clauses", "responsibilities", "targets", "amounts", "durations", "deadlines",
    "citations", "clause_links", "numbers", "tables", "cells", "lines", "private_spans", "findings",
    "duty_counts", "clause_facets",
)  # fmt: skip


class Record(NamedTuple):
    """Table → rows with columns in the contract's order, for each of `TABLES` in that order.

    The ids begin with that of the document, which is the one that the notice
    has where no other shares it, unless `renamed` gave it another.
    """

    rows: Mapping[str, list[Row]]

    @property
    def document_id(self) -> str:
        return str(self._head("id"))

    @property
    def base(self) -> str:
        """The id that the notice has where no other shares it."""
        return base_of(self.document_id, self.sha256)

    @property
    def sha256(self) -> str:
        return str(self._head("source_sha256"))

    @property
    def name(self) -> str:
        return str(self._head("source_name"))

    @property
    def number(self) -> str | None:
        """The number of the document."""
        found = self._head("doc_number")
        return None if found is None else str(found)

    @property
    def title(self) -> str | None:
        found = self._head("title")
        return None if found is None else str(found)

    @property
    def program(self) -> str:
        """The id of the program that read it."""
        return str(self._head("program_id"))

    @property
    def text(self) -> str:
        return str(self._head("text"))

    def renamed(self, document_id: str) -> Record:
        """The same rows under another id of the document."""
        before = self.document_id
        if before == document_id:
            return self
        places = _id_places()
        return Record(
            {
                table: [_renamed(row, places[table], before, document_id) for row in found]
                if table in places
                else found
                for table, found in self.rows.items()
            }
        )

    def _head(self, column: str) -> str | int | float | None:
        return self.rows["documents"][0][load_contract()["documents"].names.index(column)]


def record(notice: Notice) -> Record:
    """All rows of a notice. Pure: the same notice makes the same rows, whatever else there is."""
    chain = divisions_of(notice.head.jurisdiction_id)
    document_id = base_id(
        notice.head, notice.source.sha256, place=chain[0].slug if chain else None,
        names="".join(division.short_name for division in chain),
    )  # fmt: skip
    units: dict[Unit, Row] = {}

    def row_of(unit: Unit) -> str:
        if unit not in units:
            code = home(unit.name, chain)
            units[unit] = (unit_id(unit, code), *unit, code)
        return str(units[unit][0])

    found = rows(notice, document_id, row_of)
    whole = {"units": list(units.values()), **found}
    return Record(whole | {"clause_facets": facets(whole)})


@cache
def _id_places() -> Mapping[str, tuple[int, ...]]:
    """Table → the places of its columns that hold ids beginning with the document's."""
    contract = load_contract()
    columns: dict[str, set[str]] = {"documents": {"id"}}
    for table, names in OF_CLAUSES:
        columns.setdefault(table, set()).update(names)
    for table, names in OF_DOCUMENTS:
        columns.setdefault(table, set()).update(("document_id", *names))
    return {
        table: tuple(place for place, name in enumerate(contract[table].names) if name in names)
        for table, names in columns.items()
    }


def _renamed(row: Row, places: tuple[int, ...], before: str, after: str) -> Row:
    return tuple(_with_id(value, before, after) if at in places else value for at, value in enumerate(row))


def _with_id(value: str | int | float | None, before: str, after: str) -> str | int | float | None:
    return after + value[len(before) :] if isinstance(value, str) and value.startswith(before) else value


# --- where an office belongs -----------------------------------------------------------------------


def divisions_of(jurisdiction_id: str | None) -> tuple[Division, ...]:
    """The division and those above it, nearest first; () where the notice's is unknown."""
    if jurisdiction_id is None:
        return ()
    divisions = load_divisions()
    division = divisions.get(jurisdiction_id)
    return () if division is None else (division, *divisions.ancestors(jurisdiction_id))


def home(name: str, chain: tuple[Division, ...]) -> str | None:
    """The code of the division that an office belongs to: the notice's, unless its name says otherwise.

    南昌市财政局 in a notice of its 西湖区 is the city's, 省卫健委 the province's, 国家统计局 the nation's; a
    branch (国家金融监督管理总局漳州监管分局) is where the notice is.
    """
    if not chain:
        return None
    if name.endswith(_BRANCHES):
        return chain[0].code
    for division in chain:
        if name.startswith((division.short_name, division.name)) or _BY_CLASS.get(name[:2]) == division.level:
            return division.code
        if _fits(name[:1], division):
            return division.code
    return chain[0].code


_BRANCHES = ("分局", "支局", "分行", "支行", "分公司", "支队", "大队", "调查队")
_BY_CLASS: Mapping[str, str] = {
    "国家": "national",
    "国务": "national",
    "全国": "national",
    "中央": "national",
}
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "省": ("province",), "市": ("province", "prefecture", "county"),
    "州": ("prefecture",), "盟": ("prefecture",), "县": ("county",), "区": ("county",), "旗": ("county",),
}  # fmt: skip


def _fits(letter: str, division: Division) -> bool:
    """Whether 市 in 市财政局 can stand for `division`, by the end of its name."""
    return division.level in _ENDINGS.get(letter, ()) and division.short_name.endswith(letter)
