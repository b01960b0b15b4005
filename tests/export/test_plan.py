"""Where the words of each clause stand in the XML: tables among them, and clauses that begin in tables."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractor.export.akn.grids import lines
from extractor.export.akn.plan import plan
from extractor.export.notices import Stored

TASKS = (("序号", "任务"), ("1", "建设托位"), ("2", "发放补贴"))


def made(*clauses: tuple[str, str | None, str, str], tables: Sequence[tuple[str, Sequence[Sequence[str]]]] = ()) -> Stored:  # fmt: skip
    """A document of clauses (ref, ref of the one above, level, own words) with tables of (ref, rows of cells)."""
    text, rows = "", []
    for position, (ref, above, level, words) in enumerate(clauses):
        start, text = len(text), f"{text}{words}\n"
        rows.append(
            {"id": ref, "parent_id": above, "position": position, "ref": ref, "level": level, "marker": None,
             "heading": None, "start": start, "end": len(text) - 1}
        )  # fmt: skip
    for row in reversed(rows):
        below = [other["subtree_end"] for other in rows if other["parent_id"] == row["id"]]
        row["subtree_end"] = max([row["end"], *below])
    cells = tuple(
        {"table_id": f"t{number}", "clause_id": ref, "position": number, "row": row, "col": col, "text": words, "col_header": "h" if row else None}
        for number, (ref, grid) in enumerate(tables)
        for row, line in enumerate(grid)
        for col, words in enumerate(line)
    )  # fmt: skip
    return Stored({"id": "d", "text": text}, tuple(rows), {}, {}, cells, (), {})


def planned(notice: Stored) -> dict[str, tuple[str, list[str], int]]:
    """Clause → its own words, the clauses inside its tables, how many tables."""
    return {
        each.id: (
            notice.text[each.opening.words : each.end],
            [clause["id"] for clause in each.inside],
            len(each.tables),
        )
        for each in plan(notice, lines(notice.text))
    }


def test_rows_are_inside_the_table_that_begins_in_the_words_above_them() -> None:
    notice = made(
        ("a1", None, "annex", "任务清单\n序号\n任务"), ("a1.1", "a1", "row", "1\n建设托位"), ("a1.2", "a1", "row", "2\n发放补贴\n说明"),
        ("a1.3", "a1", "part", "一、其他"), tables=[("a1", TASKS)],
    )  # fmt: skip
    assert planned(notice) == {
        "a1": ("任务清单\n序号\n任务\n1\n建设托位\n2\n发放补贴\n说明", ["a1.1", "a1.2"], 1),
        "a1.3": ("一、其他", [], 0),
    }


def test_a_table_without_heads_begins_with_its_first_row() -> None:
    notice = made(
        ("a1", None, "annex", "任务清单"), ("a1.1", "a1", "row", "1\n建设托位"), ("a1.2", "a1", "row", "2\n发放补贴"),
        tables=[("a1.1", TASKS[1:])],
    )  # fmt: skip
    assert planned(notice) == {"a1": ("任务清单\n1\n建设托位\n2\n发放补贴", ["a1.1", "a1.2"], 1)}


def test_two_tables_one_after_the_other() -> None:
    notice = made(
        ("a1", None, "annex", "任务清单\n序号\n任务"), ("a1.1", "a1", "row", "1\n建设托位"), ("a1.2", "a1", "row", "2\n发放补贴\n单位：个\n序号\n任务"),
        ("a1.1-2", "a1", "row", "1\n建设托位"), ("a1.2-2", "a1", "row", "2\n发放补贴"), tables=[("a1", TASKS), ("a1.2", TASKS)],
    )  # fmt: skip
    ((_, inside, tables),) = planned(notice).values()
    assert (inside, tables) == (["a1.1", "a1.2", "a1.1-2", "a1.2-2"], 2)


def test_a_clause_between_a_table_and_its_owner_keeps_its_place() -> None:
    notice = made(
        ("a1", None, "annex", "任务清单"), ("a1.1", "a1", "part", "一、总则"), ("a1.2", "a1", "row", "1\n建设托位"),
        ("a1.3", "a1", "row", "2\n发放补贴"), tables=[("a1.2", TASKS[1:])],
    )  # fmt: skip
    assert {name: (inside, tables) for name, (_, inside, tables) in planned(notice).items()} == {
        "a1": ([], 0), "a1.1": ([], 0), "a1.2": ([], 0), "a1.3": ([], 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [(("序号", "任务"), ("9", "别的")), (("", ""), ("", "")), (("任务清单\n序号", "任务"), ("1", "建设"))],
)
def test_a_table_that_is_not_in_the_text_is_left_as_lines(cells: Sequence[Sequence[str]]) -> None:
    notice = made(("1", None, "part", "任务清单\n序号\n任务\n1\n建设托位"), tables=[("1", cells)])
    assert planned(notice) == {"1": ("任务清单\n序号\n任务\n1\n建设托位", [], 0)}


def test_a_cell_of_several_lines_is_one() -> None:
    notice = made(("1", None, "part", "表\n甲\n乙\n丙"), tables=[("1", (("甲\n乙", "丙"),))])
    ((each,),) = [[each for each in plan(notice, lines(notice.text))]]
    (grid,) = each.tables
    assert [notice.text[cell.start : cell.end] for cell in grid.cells] == ["甲\n乙", "丙"]


def test_a_clause_under_a_row_goes_under_the_owner_of_the_table() -> None:
    notice = made(
        ("a1", None, "annex", "清单\n序号\n任务"), ("a1.1", "a1", "row", "1\n建设托位"), ("a1.2", "a1", "row", "2\n发放补贴"),
        ("a1.2.1", "a1.2", "item", "一是抓好。"), tables=[("a1", TASKS)],
    )  # fmt: skip
    assert [(each.id, each.parent) for each in plan(notice, lines(notice.text))] == [
        ("a1", None),
        ("a1.2.1", "a1"),
    ]
