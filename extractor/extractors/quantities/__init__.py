"""Quantities: every number of a notice in the ledger, and the targets, amounts, durations, deadlines in it.

One scan finds each number word (`scan`), ranges and rows of numbers are joined (`groups`), each group is
judged once by the words around it (`judge`), and its record is built from the class (`targets`, `amounts`,
`durations`, `deadlines`, `cells`). Guarantees: ledger rows never overlap, each run of Arabic digits lies in
exactly one of them, and a number no rule understands is `unclassified` with a finding, never dropped
and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon.measures import Measures
from extractor.model import Amount, Clause, Deadline, Duration, Finding, Number, Table, Target, Text

from .reader import Reader

__all__ = ["quantities"]


def quantities(
    text: Text, clauses: tuple[Clause, ...], tables: tuple[Table, ...], measures: Measures
) -> Iterator[Number | Target | Amount | Duration | Deadline | Finding]:
    """The ledger of `text` and the facts in it, clause by clause in reading order.

    Clauses of level `front` and `back` give ledger rows and findings only; numbers in the cells of a table
    are class `table` unless they are targets of their year.
    """
    yield from Reader(text.text, clauses, tables, measures).facts()
