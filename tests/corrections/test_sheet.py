"""The table of corrections: what was written is read back exactly, and each cell that is wrong is named."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.corrections import sheet, sheet_reading
from extractor.corrections.fields import ValueProblem, kinds
from extractor.corrections.fields import read as value_of
from extractor.corrections.model import Correction, Place, Subject, Value, in_force
from extractor.corrections.sheet_reading import SheetError
from tests.corrections.test_settling import SAME, SUBJECT, At, document, said

SEEN = document([*SAME, At({"value": 9}, offset=60, anchor=()), At({"deadline": None}, clause="1.2")])
ONE = said(SEEN, "correct", value="5", scope="=1+1")
OTHER = said(SEEN, "reject", 2, by="乙，丙")
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20)
notes = st.lists(words, max_size=3).map(lambda lines: "\n".join(lines).strip())


@st.composite
def corrections(draw: st.DrawFn) -> Correction:
    """Any correction that can be made, and some that this version cannot make."""
    kind = draw(st.sampled_from(list(kinds())))
    changes: dict[str, Value] = {}
    for name, column in kinds()[kind].items():
        typed = draw(
            st.one_of(words, st.sampled_from(["2025-12-31", "1.50", "--11-30", "", "=x", "'", "007", "1e5"]))
        )
        try:
            value = value_of(column, typed)
        except ValueProblem:
            continue
        if draw(st.booleans()):
            changes[name] = value
    place = Place(
        draw(st.none() | words.filter(bool)), draw(st.none() | words.filter(bool)), 0, 2, draw(notes), draw(st.none() | st.integers(-9, 999)),
        tuple(draw(st.lists(st.integers(0, 99), max_size=3))), 1, 3, 2,
    )  # fmt: skip
    subject = Subject(draw(words), draw(words), *(draw(st.none() | words.filter(bool)) for _ in range(3)))
    seen = draw(
        st.dictionaries(
            words, st.none() | words | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
        )
    )
    verdict = draw(st.sampled_from(["confirm", "correct", "reject", "withdraw"]))
    replaces = tuple(draw(st.lists(st.sampled_from(["c1", "c2", "c3"]), unique=True)))
    return Correction(
        subject,
        kind,
        draw(words),
        place,
        seen,
        verdict,
        changes,
        draw(words),
        draw(words),
        draw(notes),
        replaces,
    )


def nobody(name: str) -> None:
    """A database without facts."""


def read(
    path: Path, known: tuple[Correction, ...] = (), find: Callable[[str], object] = nobody
) -> tuple[Correction, ...]:
    return sheet_reading.read(path, {each.id: each for each in known}, find)  # type: ignore[arg-type]


@given(st.lists(corrections(), max_size=3, unique_by=lambda each: each.id))
def test_what_was_written_is_read_back_exactly(own: list[Correction]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "c.csv"
        sheet.write(path, own)
        back = read(path)
        assert {each.id: each for each in back} == {each.id: each for each in own}
        assert read(path, tuple(own)) == ()
        before = path.read_bytes()
        sheet.write(path, back)
        assert sorted(path.read_bytes().splitlines()) == sorted(before.splitlines())


def test_a_spreadsheet_opens_it_and_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    sheet.write(path, [ONE, replace(ONE, why='=cmd|" /C calc"!A0', made_by="@x", seen={})])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(path.read_text("utf-8-sig"), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    "text", ["2025-12-31", "2.10", "1/2", "007", "1E5", "12:30", "-5", "9" * 16, "=1", "'x"]
)
def test_what_a_spreadsheet_would_write_otherwise_is_guarded(text: str) -> None:
    assert sheet.cell_of("new_value", text) == f"'{text}" and sheet.cell_of("rank", 5) == "5"


@pytest.mark.parametrize("text", ["2025", "4个", "市财政局", "", "A-1"])
def test_what_it_leaves_alone_is_not(text: str) -> None:
    assert sheet.cell_of("new_value", text) == text


# --- edited ----------------------------------------------------------------------------------------


def edited(path: Path, own: list[Correction], *changes: tuple[str, str, str]) -> Path:
    """The table of `own` with cells changed: (words in the row, column, cell)."""
    sheet.write(path, own)
    rows = list(csv.DictReader(StringIO(path.read_text("utf-8-sig"), newline="")))
    for words_in_row, column, cell in changes:
        for row in rows:
            if words_in_row in ",".join(row.values()):
                row[column] = cell
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, sheet.COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize(
    ("changes", "verdict", "values", "why"),
    [
        ([(",value,", "new_value", "6")], "correct", {"value": 6, "scope": "=1+1"}, "原文如此"),
        ([(",value,", "new_value", "")], None, {}, ""),
        ([(",scope,", "new_value", "")], "correct", {"value": 5}, "原文如此"),
        ([(",value,", "field", ""), (",scope,", "new_value", "全区")], "correct", {"scope": "全区"}, "原文如此"),
        ([(ONE.id, "verdict", "reject")], "reject", {}, "原文如此"),
        ([(ONE.id, "why", "改了主意"), (ONE.id, "made_by", "丁")], "correct", {"value": 5, "scope": "=1+1"}, "改了主意"),
    ],
)  # fmt: skip
def test_an_edited_row_takes_the_place_of_what_it_was(
    tmp_path: Path,
    changes: list[tuple[str, str, str]],
    verdict: str | None,
    values: dict[str, Value],
    why: str,
) -> None:
    path = edited(tmp_path / "c.csv", [ONE, OTHER], *changes)
    if verdict is None:
        with pytest.raises(SheetError, match=r"line 2, column new_value: value: it may not be empty"):
            read(path, (ONE, OTHER))
        return
    (found,) = read(path, (ONE, OTHER))
    assert (found.verdict, found.changes, found.why, found.replaces) == (verdict, values, why, (ONE.id,))
    assert found.place == ONE.place and found.seen == ONE.seen and found.made_at > ONE.made_at
    assert in_force((ONE, OTHER, found)) == tuple(
        sorted((OTHER, found), key=lambda each: (each.made_at, each.id))
    )


def test_rows_that_are_left_out_change_nothing(tmp_path: Path) -> None:
    sheet.write(tmp_path / "c.csv", [ONE])
    assert read(tmp_path / "c.csv", (ONE, OTHER)) == ()


def test_a_row_without_an_id_is_a_new_correction_of_the_fact_it_names(tmp_path: Path) -> None:
    path, fact = tmp_path / "c.csv", SEEN.facts[2]
    path.write_text(
        "id,fact_id,verdict,field,new_value,made_by,made_at,why\n"
        f",{fact.id},correct,deadline,2026/6/30,甲,,表头\n,{fact.id},correct,scope,全区,甲,,表头\n",
        "gb18030",
    )
    (found,) = read(path, (), lambda name: (SUBJECT, fact, (OTHER,)) if name == fact.id else None)
    assert found.changes == {"deadline": "2026-06-30", "scope": "全区"} and found.place == fact.place
    assert (found.made_by, found.why, found.replaces) == ("甲", "表头", (OTHER.id,))


HEAD = "id,fact_id,verdict,field,new_value,made_by,made_at,why"
WRONG = [
    (HEAD.replace("why", "wy"), "", ["line 1, column wy: is no column", "line 1, column why: is missing"]),
    (HEAD + ",why", "", ["line 1, column why: stands there twice"]),
    (HEAD, ",x.9_t1,reject,,,甲,,因", ["line 2, column fact_id: the database has no fact 'x.9_t1': name one"]),
    (HEAD, ",x.1.1_t1,rejct,,,甲,,因", ["line 2, column verdict: 'rejct' is none of confirm, correct, reject, withdraw"]),
    (HEAD, "\n,x.1.1_t1,reject,,,,,因", ["line 3, column made_by: say who"]),
    (HEAD, ",x.1.1_t1,reject,,,甲,,", ["line 2, column why: say why"]),
    (HEAD, ",x.1.1_t1,reject,,,甲,昨天,因", ["line 2, column made_at: '昨天' is not as 2026-01-31T08:00:00Z"]),
    (HEAD, ",x.1.1_t1,correct,,,甲,,因", ["line 2, column verdict: no value differs"]),
    (HEAD, ",x.1.1_t1,correct,value,许多,甲,,因", ["line 2, column new_value: value: '许多' is no number"]),
    (HEAD, ",x.1.1_t1,correct,colour,red,甲,,因", ["line 2, column new_value: colour: targets have no such value to correct; there are"]),
    (HEAD, ",x.1.1_t1,correct,value,5,甲,,因\n,x.1.1_t1,correct,value,6,甲,,因", ["line 3, column field: value stands there twice"]),
    (HEAD, ",x.1.1_t1,correct,value,5,甲,,因\n,x.1.1_t1,correct,scope,市,乙,,因", ["line 3, column made_by: differs from line 2"]),
    (HEAD, "c12,x.1.1_t1,reject,,,甲,,因", ["line 2, column id: was edited, and corrections.db has no such correction"]),
    (HEAD, ",x.1.1_t1,reject,,,甲,,因,多一格", ["line 2, column why: the row has 9 cells for 8 columns"]),
    (HEAD, ',x.1.1_t1,reject,,,甲,,"因', ["column id: unexpected end of data: save the table as CSV"]),
    (HEAD, ",x,no,,,甲,,因\n" * 30, ["line 2, column", "and 10 more"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "body", "said"), WRONG, ids=[f"{case[0][-3:]} {case[1][:30]}" for case in WRONG]
)
def test_a_cell_that_is_wrong_is_named_and_nothing_is_read(
    tmp_path: Path, head: str, body: str, said: list[str]
) -> None:
    path = tmp_path / "c.csv"
    path.write_text(f"{head}\n{body}", "utf-8-sig")
    facts = {fact.id: fact for fact in SEEN.facts}
    if "\n" in body and body.count("\n") == 30:
        path.write_text(head + "\n" + "".join(f",x{n},no,,,甲,,因\n" for n in range(30)), "utf-8")
    with pytest.raises(SheetError) as error:
        read(path, (), lambda name: (SUBJECT, facts[name], ()) if name in facts else None)
    assert str(error.value).startswith(f"{path}: nothing was read.")
    for each in said:
        assert each in str(error.value)


@pytest.mark.parametrize(
    "column", [name for name in sheet.COLUMNS if name not in (*sheet.EDITABLE, "id", "seen_value")]
)
def test_what_was_seen_cannot_be_edited(tmp_path: Path, column: str) -> None:
    path = edited(tmp_path / "c.csv", [ONE], (ONE.id, column, "7"), (ONE.id, "why", "另一个理由"))
    if sheet.cell_of(column, next(sheet.rows_of(ONE))[column]) == "7":
        raise AssertionError("the case shows nothing")
    with pytest.raises(
        SheetError, match=rf"line 2, column {column}: was changed; only verdict, field, new_value"
    ):
        read(path, (ONE,))


def test_nor_can_the_value_that_was_seen(tmp_path: Path) -> None:
    path = edited(tmp_path / "c.csv", [ONE], (",value,", "seen_value", "9"), (",value,", "new_value", "7"))
    with pytest.raises(SheetError, match="line 2, column seen_value: was changed; it is what was seen"):
        read(path, (ONE,))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\xd8", b"", b"\n\n", bytes(range(256))])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "c.csv").write_bytes(content)
    with pytest.raises(SheetError, match="line 1, column"):
        read(tmp_path / "c.csv")


def test_the_order_of_rows_makes_no_difference(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    sheet.write(path, [ONE, OTHER])
    head, *lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    random.Random(1).shuffle(lines)
    path.write_text(head + "".join(lines), "utf-8")
    assert {each.id for each in read(path)} == {ONE.id, OTHER.id}
