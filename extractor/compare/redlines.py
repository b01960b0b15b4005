"""Two clauses or two documents against each other: rows of a redline, clause by clause.

Guarantee: every clause of both documents is in exactly one row, with all its words, and the pieces of the row
give the words of both, character by character.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from extractor.compare.columns import CompareError
from extractor.compare.pairs import pairs
from extractor.compare.provisions import provisions
from extractor.compare.reuse import Redline, redline

Change = Literal["same", "changed", "added", "left out"]
_LEAST = 0.2  # of the shorter clause, in common runs: with less, marks on nearly every word tell nothing
_FRAME = ("front", "0", "closing", "back")  # what stands around the provisions
_CLAUSES = """
select id, substr(id, length(document_id) + 2), coalesce(marker, ''), page_from, text from clauses
where document_id = ? order by position
"""
_CLAUSE = _CLAUSES.replace("document_id = ?", "id = ?")
_TITLE = "select coalesce(title, id), source_name from documents where id = ?"
_OWNER = "select document_id from clauses where id = ?"


class Side(NamedTuple):
    """A clause on one side. `place` is for reading: 2.3.10 10. 第4页."""

    clause_id: str
    place: str
    text: str

    @property
    def ref(self) -> str:
        """The place alone: 2.3.10"""
        return self.place.partition(" ")[0]


class RedlineRow(NamedTuple):
    """What became of a clause; None on the side that does not have it."""

    before: Side | None
    after: Side | None
    redline: Redline

    @property
    def change(self) -> Change:
        """In one word."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "left out"
        return "same" if self.before.text == self.after.text else "changed"


@dataclass(frozen=True, slots=True)
class Redlines:
    """The rows, in the order of the second text; what is left out stands after what it followed.

    `before` and `after` name the two: title and source.
    """

    before: str
    after: str
    rows: tuple[RedlineRow, ...]


def redlines(db: sqlite3.Connection, a: str, b: str) -> Redlines:
    """What became of `a` in `b`: ids of two clauses, or of two documents.

    Raises `CompareError` where one is not in the database, or one is a clause and the other a document.
    """
    kinds = [_kind(db, name) for name in (a, b)]
    if kinds[0] != kinds[1]:
        raise CompareError(
            "{clause} is a clause and {document} a document; name two clauses or two documents.",
            clause=a if kinds[0] == "clause" else b,
            document=b if kinds[0] == "clause" else a,
        )
    if kinds[0] == "clause":
        before, after = (_sides(db, _CLAUSE, name)[0] for name in (a, b))
        return Redlines(_name(db, a), _name(db, b), (_row(before, after),))
    own, other = _sides(db, _CLAUSES, a), _sides(db, _CLAUSES, b)
    return Redlines(_name(db, a), _name(db, b), tuple(_rows(own, other, _partners(db, a, b))))


def _kind(db: sqlite3.Connection, name: str) -> str:
    if db.execute(_TITLE, (name,)).fetchone():
        return "document"
    if db.execute(_OWNER, (name,)).fetchone():
        return "clause"
    raise CompareError(
        "no document or clause {name} is in the database; `extractor show` lists them.", name=name
    )


def _name(db: sqlite3.Connection, name: str) -> str:
    """方案（xihu.txt）, with the place of a clause: 方案（xihu.txt） 2.3."""
    owner = db.execute(_OWNER, (name,)).fetchone()
    document = owner[0] if owner else name
    title, source = db.execute(_TITLE, (document,)).fetchone()
    return f"{title}（{source}）" + (f" {name.removeprefix(document + '.')}" if owner else "")


def _sides(db: sqlite3.Connection, sql: str, name: str) -> list[Side]:
    return [
        Side(clause, " ".join(part for part in (ref, marker, f"第{page}页" if page else "") if part), text)
        for clause, ref, marker, page, text in db.execute(sql, (name,))
    ]


def _partners(db: sqlite3.Connection, a: str, b: str) -> list[tuple[str, str]]:
    """Clauses of the two documents that may be one, the likest first. Computed from these two alone."""
    documents = {each[0].document_id: each for each in provisions(db, {a, b}) if each}
    if len(documents) < 2:
        return []
    words = {clause.id: len(clause.text) for each in documents.values() for clause in each}
    found = [
        (pair.shared_text, pair.score, pair.a_id, pair.b_id)
        for pair in pairs(documents.values(), {})
        if pair.shared_text >= _LEAST * min(words[pair.a_id], words[pair.b_id])
    ]
    own = {clause.id for clause in documents[a]}
    ordered = sorted(found, key=lambda pair: (-pair[0], -pair[1], pair[2:]))
    return [(x, y) if x in own else (y, x) for _, _, x, y in ordered]


def _rows(
    own: Sequence[Side], others: Sequence[Side], likely: Sequence[tuple[str, str]]
) -> Iterator[RedlineRow]:
    """Clauses of the same words are one, then the likest, then those at the same place; each once."""
    to: dict[str, str] = {}
    back: dict[str, str] = {}
    for a, b in (*_equal(own, others), *likely, *_placed(own, others)):
        if a not in to and b not in back:
            to[a], back[b] = b, a
    texts, place = (
        {side.clause_id: side for side in own},
        {side.clause_id: n for n, side in enumerate(others)},
    )
    rows = [
        ((number, 0, 0), _row(texts[back[side.clause_id]] if side.clause_id in back else None, side))
        for number, side in enumerate(others)
    ]
    after = -1
    for number, side in enumerate(own):
        if side.clause_id in to:
            after = place[to[side.clause_id]]
        else:
            rows.append(((after, 1, number), _row(side, None)))
    for _, row in sorted(rows, key=lambda each: each[0]):
        yield row


def _equal(own: Sequence[Side], others: Sequence[Side]) -> Iterator[tuple[str, str]]:
    places: dict[str, list[str]] = {}
    for side in reversed(others):
        places.setdefault(side.text, []).append(side.clause_id)
    for side in own:
        if places.get(side.text):
            yield side.clause_id, places[side.text].pop()


def _placed(own: Sequence[Side], others: Sequence[Side]) -> Iterator[tuple[str, str]]:
    """Clauses at one place: letterhead and letterhead, and any of which half the words are the same."""
    places = {side.ref: side for side in others}
    for side in own:
        other = places.get(side.ref)
        if other and (side.ref in _FRAME or _alike(side.text, other.text)):
            yield side.clause_id, other.clause_id


def _alike(a: str, b: str) -> bool:
    return 2 * redline(a, b).copied >= max(len(a), len(b))


def _row(before: Side | None, after: Side | None) -> RedlineRow:
    return RedlineRow(before, after, redline(before.text if before else "", after.text if after else ""))
