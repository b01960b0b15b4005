"""Rows as Arrow: the schema is the contract's, and what a batch holds is what the rows held."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.arrow import ArrowError, Value, record_batch, rows, schema
from extractor.contract import Table, load_contract
from tests.stored import built, notice

GAP = ("1", "360103", "silent", None, 3, 4)  # a row of topic_gaps
SUM = ("a.1_a1", "a.1", "benefit", None, "=", 360, None, "元", *([None] * 5), "360元", 3, 7, "pay")


@pytest.mark.parametrize("table", tuple(load_contract()), ids=lambda table: table.name)
def test_the_schema_is_that_of_the_contract(table: Table) -> None:
    found = schema(table.name)
    assert tuple(found.names) == table.names
    assert found.metadata[b"primary_key"].decode() == ",".join(table.pk)
    assert found.metadata[b"zh"].decode() == table.zh
    for field, column in zip(found, table.columns, strict=True):
        assert field.nullable != column.required
        assert field.metadata[b"about_zh"].decode() == column.about_zh
        wanted = {"TEXT": pa.string(), "INTEGER": pa.int64(), "NUMERIC": pa.float64()}[column.type]
        if column.form == "date":
            wanted = pa.date32()
        assert pa.types.is_list(field.type) if column.form == "json" else field.type == wanted


def test_a_batch_holds_what_the_rows_held(tmp_path: Path) -> None:
    with closing(sqlite3.connect(built(tmp_path, [notice()]))) as db:
        for table in load_contract():
            stored = db.execute(f'select * from "{table.name}" order by rowid').fetchall()
            found = record_batch(table.name, stored)
            assert found.schema.equals(schema(table.name), check_metadata=True)
            back = list(rows(table.name, found))
            assert back == stored
            assert [list(map(type, row)) for row in back] == [list(map(type, row)) for row in stored]


def test_dates_and_lists_are_such() -> None:
    names = load_contract()["documents"].names
    told = {
        "id": "a",
        "status": "final",
        "issuers": '["某市人民政府"]',
        "issued_on": "2023-10-16",
        "text": "…",
    }
    told |= {"source_name": "a.txt", "source_sha256": "00", "media_type": "text/plain"}
    (row,) = record_batch("documents", [[told.get(name) for name in names]]).to_pylist()
    assert (row["issued_on"], row["issuers"]) == (date(2023, 10, 16), ["某市人民政府"])


def test_no_rows_are_a_batch_of_none() -> None:
    assert record_batch("targets", []).num_rows == 0


@pytest.mark.parametrize("value", [2**53 + 1, 9_007_199_254_740_993_000, 10**18 + 1])
def test_a_number_too_long_becomes_the_nearest(value: int) -> None:
    row = (*SUM[:5], value, *SUM[6:])
    assert record_batch("amounts", [row])["value"].to_pylist() == [float(value)]


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("topic_gaps", (None, *GAP[1:]), "topic_gaps.topic_id: None"),
        ("topic_gaps", (*GAP[:4], 2.5, 4), "topic_gaps.present: 2.5"),
        ("topic_gaps", (*GAP[:4], 2**64, 4), "topic_gaps.present: 18446744073709551616"),
        ("amounts", (*SUM[:5], "三百六十", *SUM[6:]), "amounts.value: '三百六十'"),
        ("amounts", (*SUM[:5], "360", *SUM[6:]), "amounts.value: '360'"),
        ("topic_gaps", (*GAP[:2], b"silent", *GAP[3:]), "topic_gaps.state: b'silent'"),
        ("topics", ("1", "托育", None, None, "list", "no JSON"), "topics.words: 'no JSON'"),
        ("topics", ("1", "托育", None, None, "list", '{"a": 1}'), "topics.words"),
        ("topics", ("1", "托育", None, None, "list", "[1]"), "topics.words"),
        (
            "duty_counts",
            ("unit", "甲", "其他", "a", None, "2023-13-01", 1, 0, 0, 0, 0, 0),
            "duty_counts.issued_on",
        ),
    ],
)
def test_what_does_not_suit_its_column_is_named(table: str, row: tuple[Value, ...], said: str) -> None:
    good = [GAP] if table == "topic_gaps" else []
    with pytest.raises(ArrowError) as error:
        record_batch(table, [*good, row])
    assert str(error.value).startswith(said)


@given(st.lists(st.tuples(st.text(), st.none() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False))))
def test_texts_and_numbers_come_back(cells: list[tuple[str, int | float | None]]) -> None:
    made = [("t", 0, place, None, None, text, value) for place, (text, value) in enumerate(cells)]
    assert [tuple(row.values()) for row in record_batch("cells", made).to_pylist()] == made
    assert list(rows("cells", record_batch("cells", made))) == made
