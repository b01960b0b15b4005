"""The data dictionary says what the contract says."""

from __future__ import annotations

from extractor.contract import load_contract
from tests.docs import dictionary


def test_the_page_is_that_of_the_contract() -> None:
    assert dictionary.PAGE.read_text("utf-8") == dictionary.page(), "run `python -m tests.docs`"


def test_every_column_and_value_is_in_the_page() -> None:
    page = dictionary.page()
    for table in load_contract():
        section = page.partition(f'<a id="{table.name}">')[2].partition("\n## ")[0]
        rows = [line.split(" | ") for line in section.split("\n") if line.startswith("| `")]
        assert [row[0].strip("| `*") for row in rows] == list(table.names)
        for row, column in zip(rows, table.columns, strict=True):
            assert row[2] == f"{column.zh} / {column.en}"
            assert all(f"`{value}`" in row[3] for value in column.values)
            assert row[0].endswith("*") == column.required
            assert ("主键" in row[1]) == (column.name in table.pk)
