"""Where clauses and facts stand: the lines they fill, of a line the part they fill."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from extractor import store
from extractor.location import locate, part_of
from extractor.model import Box, Notice, Place, Span
from tests.stored import notice, open_new

LINE = Box(100, 50, 200, 60)


@pytest.mark.parametrize(
    ("words", "span", "edges"),
    [
        ("补助三百元整按年发放", (0, 10), (100, 200)),
        ("补助三百元整按年发放", (2, 5), (120, 150)),
        ("补助三百元整按年发放", (-4, 2), (100, 120)),
        ("补助三百元整按年发放", (8, 99), (180, 200)),
        ("补助3000元每年按时发", (2, 6), (120, 140)),  # digits are half as wide
    ],
)
def test_part_of_a_line(words: str, span: tuple[int, int], edges: tuple[float, float]) -> None:
    box = part_of(LINE, words, Span(*span))
    assert (box.x0, box.x1) == pytest.approx(edges)
    assert (box.top, box.bottom) == (50, 60)


def test_a_line_that_stands_upright_is_taken_whole() -> None:
    upright = Box(50, 100, 60, 200)
    assert part_of(upright, "补助三百元", Span(0, 2)) == upright


def paged() -> Notice:
    """A notice whose text stands on two pages, twenty characters a line."""
    made = notice()
    size = len(made.text.text)
    places = tuple(
        Place(Span(at, min(size, at + 20)), 1 if at < size / 2 else 2, Box(70, 70 + at, 270, 84 + at))
        for at in range(0, size, 20)
    )
    return replace(made, text=replace(made.text, places=places))


def test_clauses_and_facts_are_found(tmp_path: Path) -> None:
    made = paged()
    with closing(open_new(tmp_path)) as db:
        document = store.write(db, made)
        connection = db.conn
        for table in (
            "clauses",
            "responsibilities",
            "targets",
            "amounts",
            "numbers",
            "citations",
            "findings",
        ):
            for name, start, end in connection.execute(
                f'select id, start, "end" from {table} where start is not null'
            ):
                place = locate(connection, name)
                assert place is not None and place.document_id == document
                assert place.quote == made.text.text[start:end]
                lines = [p for p in made.text.places if p.span.start < end and p.span.end > start]
                assert [page for page, boxes in place.boxes.items() for _ in boxes] == [p.page for p in lines]
        last = connection.execute("select id from amounts").fetchone()[0]
        clause = connection.execute("select clause_id from amounts").fetchone()[0]
        found = locate(connection, last)
        assert found is not None and found.clause_id == clause


def test_names_that_are_none(tmp_path: Path) -> None:
    with closing(open_new(tmp_path)) as db:
        document = store.write(db, paged())
        connection: sqlite3.Connection = db.conn
        assert locate(connection, document) is None
        assert locate(connection, "xihu-2023-8.1.1_t99") is None
        assert locate(connection, "' or 1=1 --") is None
