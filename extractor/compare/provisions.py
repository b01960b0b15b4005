"""The clauses of a database as the comparison sees them: provisions with words of their own.

Left out: letterheads, preambles, signatures and distribution lists, tables, clauses that are only a heading
(it counts for those under them), and rows of a task table that restate a clause of the body. Words that say
nothing about the matter are blanked, in place, so that offsets stay those of `clauses.text`: lists of
responsible units, cited titles and numbers.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

BLANK = "\n"  # stands for each character that is left out; no word reaches across it
_LEVELS = ("chapter", "section", "part", "subpart", "article", "item", "annex", "row")
# （责任单位：区卫健委、区教育局） with any brackets, to the end of the bracket or line
_UNITS = re.compile(r"[（(〔\[【]?(?:责任|牵头|配合|落实)(?:单位|部门)[：:][^）)〕\]】\n]{0,600}[）)〕\]】]?")
_CITED = re.compile(r"《[^《》\n]{1,120}》(?:（[^（）\n]{4,30}号）)?")
_NUMBERS = re.compile(r"[0-9０-９.]{2,}")
_CLAUSES = """
select clauses.id, document_id, parent_id, level, heading, text, position from clauses
where {where} order by document_id, position
"""
_RESTATED = "select from_clause_id from clause_links where kind = 'task_of'"


@dataclass(frozen=True, slots=True)
class Provision:
    """One clause. `words` is its `text` with blanks, as long; `above` are the headings it stands under."""

    id: str
    document_id: str
    level: str
    heading: str
    text: str
    words: str
    above: tuple[str, ...] = ()

    @property
    def heading_end(self) -> int:
        """Where the heading ends in `words`; 0 where it has none or does not begin with it."""
        return len(self.heading) if self.words.startswith(self.heading) else 0


def provisions(
    db: sqlite3.Connection, documents: Iterable[str] | None = None
) -> Iterator[tuple[Provision, ...]]:
    """The provisions of each document, in reading order; of all documents, in the order of their ids."""
    restated = {name for (name,) in db.execute(_RESTATED)}
    if documents is None:
        ids = [name for (name,) in db.execute("select id from documents order by id")]
    else:
        ids = sorted(documents)
    for document in ids:
        rows = db.execute(_CLAUSES.format(where="document_id = ?"), (document,)).fetchall()
        yield tuple(_of_document(rows, restated))


def blanked(text: str) -> str:
    """`text` with the words that say nothing about the matter blanked, of the same length."""
    for pattern in (_UNITS, _CITED, _NUMBERS):
        text = pattern.sub(lambda match: BLANK * len(match[0]), text)
    return text


def _of_document(rows: Iterable[tuple[str, ...]], restated: set[str]) -> Iterator[Provision]:
    above: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for name, document, parent, level, heading, text, _ in rows:
        over = above[parent] if parent else ()
        above[name] = (*over, heading) if heading else over
        if level in _LEVELS and name not in restated and text.strip() != (heading or "").strip():
            yield Provision(name, document, level, heading or "", text, blanked(text), over)


def by_id(documents: Iterable[tuple[Provision, ...]]) -> Mapping[str, Provision]:
    """Clause id → provision."""
    return {provision.id: provision for document in documents for provision in document}
