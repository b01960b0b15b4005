"""Corrections on a database: rows and what follows from them, applied again and again, taken back, moved along."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from extractor import store
from extractor.check import check
from extractor.compare.update import update
from extractor.correcting import bring_up_to_date, look
from extractor.corrections import book
from extractor.corrections.document import document_of, load
from extractor.corrections.making import make, taken_back
from extractor.corrections.model import Correction, in_force
from extractor.corrections.standing import standing
from extractor.model import Duration, Notice, Unit
from tests.stored import built, dump, notice

ONE = "xihu-2023-8"
CITED = notice("law.txt", number="国发〔2021〕10号", title="人口法", place="100000", salt="law")


def said(
    database: Path, name: str, verdict: Any = "correct", *, by: str = "张三", **typed: str
) -> Correction:
    """A correction of a fact as the database has it now, in place of what was said before."""
    path = book.beside(database)
    with closing(sqlite3.connect(database)) as db:
        found = standing(db, in_force(book.read(path)), name)
    assert found is not None, name
    if verdict == "withdraw":
        return taken_back(found.in_force, by=by, why="收回")
    return make(
        found.document.subject, found.fact, verdict, typed=typed, by=by, why="看错", at="2026-01-31T08:00:00Z",
        replaces=found.in_force,
    )  # fmt: skip


def say(database: Path, name: str, verdict: Any = "correct", **typed: str) -> str:
    """Say it and apply it: what it came to."""
    correction = said(database, name, verdict, **typed)
    book.add(book.beside(database), [correction])
    report = bring_up_to_date(database, book.beside(database))
    states = [
        o.reason or o.state
        for own in report.outcomes.values()
        for o in own
        if o.correction.id == correction.id
    ]
    return states[0] if states else ""


def row(database: Path, sql: str, *values: object) -> Any:
    with closing(sqlite3.connect(database)) as db:
        return db.execute(sql, values).fetchone()


def content(database: Path) -> dict[str, Any]:
    with closing(Database(sqlite3.connect(database), execute_plugins=False)) as db:
        return dump(db)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return built(tmp_path, [notice(), CITED], "policies.db")


# --- rows and what follows from them ----------------------------------------------------------------


def test_a_corrected_row_keeps_its_id_words_and_rule(database: Path) -> None:
    before = row(database, "select * from targets where id = ?", f"{ONE}.1.1_t1")
    assert say(database, f"{ONE}.1.1_t1", value="6", indicator="每千人托位") == "applied"
    after = row(database, "select * from targets where id = ?", f"{ONE}.1.1_t1")
    changed = {2: "每千人托位", 4: 6, 7: 6}  # indicator, value, normal_value
    assert after == tuple(changed.get(place, value) for place, value in enumerate(before))
    shown = row(database, "select fact_id, state, changes, made_by, made_at, why from corrections")
    assert shown[:2] == (f"{ONE}.1.1_t1", "applied") and shown[3:] == ("张三", "2026-01-31T08:00:00Z", "看错")
    assert json.loads(shown[2]) == {"value": [4.5, 6], "indicator": ["千人托位", "每千人托位"]}


def test_a_rejected_fact_leaves_its_number_in_the_ledger_and_its_id_unused(database: Path) -> None:
    two = replace(
        notice(), amounts=(*notice().amounts, replace(notice().amounts[0], rule="other", numbers=()))
    )
    with closing(store.open_store(database)) as db:
        store.write(db, two)
        store.finish(db)
    assert say(database, f"{ONE}.1.1_a1", "reject") == "applied"
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("select id from amounts where id like ?", (f"{ONE}%",)).fetchall() == [
            (f"{ONE}.1.1_a2",)
        ]
    ledger = row(
        database, "select class, record_id from numbers where quote = '360' and clause_id = ?", f"{ONE}.1.1"
    )
    assert ledger == ("unclassified", None)


def test_another_unit_is_a_row_of_units_and_counts_anew(database: Path) -> None:
    assert say(database, f"{ONE}.1.1_r2", unit="区民政局") == "applied"
    unit = row(database, "select u.name, u.canonical_name, u.sector, u.jurisdiction_id from responsibilities r "
               "join units u on u.id = r.unit_id where r.id = ?", f"{ONE}.1.1_r2")  # fmt: skip
    assert unit == ("区民政局", "区民政局", "民政", "360103")
    assert row(
        database, "select count(*) from units where name = '区教育局' and jurisdiction_id = '360103'"
    ) == (0,)
    counted = row(
        database, "select clauses, support from duty_counts where name = '民政' and document_id = ?", ONE
    )
    assert counted == (1, 1) and row(database, "select documents from duty_totals where name = '民政'") == (
        1,
    )
    assert row(database, "select 1 from duty_counts where name = '教育' and document_id = ?", ONE) is None
    assert (
        say(database, f"{ONE}.1.1_r2", sector="教育", unit="区某局", canonical_name="区某某局") == "applied"
    )
    assert row(database, "select canonical_name, sector from units where name = '区某局'") == (
        "区某某局",
        "教育",
    )


def test_a_corrected_citation_finds_its_document(database: Path) -> None:
    name = f"{ONE}.1.2_c1"
    assert row(database, "select cited_document_id from citations where id = ?", name) == (None,)
    say(database, name, doc_number="国发〔2021〕10号")
    assert row(database, "select cited_document_id from citations where id = ?", name) == ("quanguo-2021-10",)
    say(database, name, "withdraw")
    assert row(database, "select cited_document_id from citations where id = ?", name) == (None,)


def test_a_finding_is_dismissed_or_acknowledged(database: Path) -> None:
    assert say(database, f"{ONE}_f1", "confirm") == "confirmed"
    assert row(database, "select count(*) from findings where document_id = ?", ONE) == (1,)
    assert say(database, f"{ONE}_f1", "reject") == "applied"
    assert row(database, "select count(*) from findings where document_id = ?", ONE) == (0,)


def test_figures_that_were_compared_are_compared_anew(tmp_path: Path) -> None:
    other = notice("b.txt", number="洪发〔2023〕2号", title="生育方案", place="360100", salt="2")
    database = built(tmp_path, [notice(), other], "policies.db")
    with closing(sqlite3.connect(database)) as db:
        update(db)
    sql = "select verdict, difference from fact_pairs where kind = 'target'"
    assert row(database, sql) == ("equal", 0)
    say(database, f"{ONE}.1.1_t1", value="6.5")
    assert row(database, "select value from normal_facts where id = ?", f"{ONE}.1.1_t1") == (6.5,)
    assert row(database, sql) == ("lower", -2)  # the other's id comes first
    say(database, f"{ONE}.1.1_t1", "reject")
    assert row(database, "select count(*) from fact_pairs where kind = 'target'") == (0,)
    with closing(sqlite3.connect(database)) as db:
        assert update(db).documents == 0  # nothing else is compared again


def test_a_conflict_is_a_row_and_a_finding_and_changes_nothing(database: Path) -> None:
    say(database, f"{ONE}.1.1_t1", value="6")
    book.add(
        book.beside(database), [replace(said(database, f"{ONE}.1.1_t1", value="7", by="李四"), replaces=())]
    )
    bring_up_to_date(database, book.beside(database))
    assert row(database, "select value from targets where id = ?", f"{ONE}.1.1_t1") == (4.5,)
    with closing(sqlite3.connect(database)) as db:
        assert (
            db.execute("select state, reason, fact_id, parsed from corrections").fetchall()
            == [("conflict", "disagree", f"{ONE}.1.1_t1", None)] * 2
        )
        messages = [
            m
            for (m,) in db.execute(
                "select message from findings where code = 'correction-conflict' order by message"
            )
        ]
    assert len(messages) == 2 and "2026-01-31 张三的更正没有采用：几人的判断不一致。" in messages[0]
    assert list(check(database)) == []


def test_every_promise_holds_whatever_is_corrected(database: Path) -> None:
    typed: dict[str, dict[str, str]] = {
        "r1": {"unit": "省财政厅", "role": "guide"}, "t1": {"value": "1", "value_high": "2", "unit": "%", "deadline": "2030-06"},
        "a1": {"value": "5", "unit": "%", "kind": "cap", "period": "year"}, "l1": {"due": "--06-30", "task": ""},
    }  # fmt: skip
    for name, own in typed.items():
        assert say(database, f"{ONE}.1.1_{name}", **own) == "applied"
    assert say(database, f"{ONE}.1.2_d1", "reject") == say(database, f"{ONE}.1.2_r1", "reject") == "applied"
    assert list(check(database)) == []


# --- again and again --------------------------------------------------------------------------------


def test_what_is_done_twice_changes_nothing_and_writes_nothing(database: Path) -> None:
    say(database, f"{ONE}.1.1_t1", value="6")
    before = database.read_bytes()
    assert bring_up_to_date(database, book.beside(database)).changed == 0
    assert database.read_bytes() == before


def test_corrections_before_and_after_the_notices_give_the_same_rows(tmp_path: Path, database: Path) -> None:
    for name, own in (("t1", {"value": "6"}), ("r1", {"unit": "区民政局"}), ("a1", {"per": "人"})):
        say(database, f"{ONE}.1.1_{name}", **own)
    say(database, f"{ONE}.1.2_d1", "reject")
    say(database, f"{ONE}_f1", "reject")
    (tmp_path / "again").mkdir()
    again = built(tmp_path / "again", [CITED, notice()], "policies.db")
    shutil.copy(book.beside(database), book.beside(again))
    assert bring_up_to_date(again, book.beside(again)).changed == 1
    assert content(again) == content(database)


def test_withdrawn_is_as_if_never_said(tmp_path: Path, database: Path) -> None:
    before = content(database)
    names = (f"{ONE}.1.1_t1", f"{ONE}.1.1_r1", f"{ONE}.1.1_a1", f"{ONE}.1.2_d1", f"{ONE}_f1", f"{ONE}.1.2_c1")
    verdicts = [
        {"value": "6"},
        {"unit": "区民政局", "role": "guide"},
        {},
        {},
        {},
        {"doc_number": "国发〔2021〕10号"},
    ]
    for name, own in zip(names, verdicts, strict=True):
        say(database, name, "correct" if own else "reject", **own)
    assert content(database) != before
    for name in names:
        say(database, name, "withdraw")
    assert content(database) == before


FACTS = (f"{ONE}.1.1_t1", f"{ONE}.1.1_a1", f"{ONE}.1.1_r1", f"{ONE}.1.1_r2", f"{ONE}.1.2_r1", f"{ONE}.1.2_d1", f"{ONE}.1.2_c1", f"{ONE}.1.1_l1", f"{ONE}_f1")  # fmt: skip
TYPED = {
    "t": {"value": "6", "unit": "万个"}, "a": {"unit": "%", "beneficiary": "三孩家庭"}, "r": {"unit": "区民政局"}, "d": {"subject": "产假"},
    "c": {"doc_number": "国发〔2021〕10号"}, "l": {"due": "2030"}, "f": {},
}  # fmt: skip
steps = st.lists(
    st.tuples(st.sampled_from(FACTS), st.sampled_from(["correct", "reject", "confirm", "withdraw"])),
    max_size=6,
)


@settings(max_examples=12)
@given(steps)
def test_whatever_is_said_in_whatever_order_the_rows_are_those_of_a_fresh_start(
    said_so: list[tuple[str, str]],
) -> None:
    with TemporaryDirectory() as folder:
        database = built(Path(folder), [notice(), CITED], "policies.db")
        for name, verdict in said_so:
            try:
                say(
                    database,
                    name,
                    verdict,
                    **(TYPED[name.rpartition("_")[2][0]] if verdict == "correct" else {}),
                )
            except (ValueError, IndexError):  # nothing to withdraw, nothing to correct in a finding
                continue
        assert list(check(database)) == []
        fresh = built(Path(folder), [notice(), CITED], "fresh.db")
        bring_up_to_date(fresh, book.beside(database))
        assert content(fresh) == content(database)


# --- another parser, another file, another folder ----------------------------------------------------


def rewritten(database: Path, notices: Iterable[Notice]) -> None:
    """A new database of what the parser reads now, as `ingest` makes it beside the same corrections."""
    database.unlink()
    built(database.parent, notices, database.name)


def test_a_correction_is_there_after_a_run_of_another_parser(database: Path) -> None:
    say(database, f"{ONE}.1.1_t1", value="6")
    (target,) = notice().targets
    for now, state, value in (
        (replace(target, scope="全区"), "applied", 6),
        (replace(target, value=target.value + 1), "value-changed", 5.5),
        (replace(target, value=target.value * 4 / 3), "already", 6),
    ):
        rewritten(database, [replace(notice(), targets=(now,)), CITED])
        report = bring_up_to_date(database, book.beside(database))
        assert [o.reason or o.state for own in report.outcomes.values() for o in own] == [state]
        assert row(database, "select value from targets where clause_id like ?", f"{ONE}%") == (value,)
        assert list(check(database)) == []


def test_a_fact_that_is_numbered_anew_is_found_by_its_place(database: Path) -> None:
    say(database, f"{ONE}.1.2_d1", "reject")
    (leave,) = notice().durations
    first = replace(
        leave, span=leave.span._replace(end=leave.span.start + 2), numbers=(), rule="new", subject="婚假期"
    )
    rewritten(database, [replace(notice(), durations=(first, leave)), CITED])
    bring_up_to_date(database, book.beside(database))
    assert row(database, "select fact_id from corrections") == (f"{ONE}.1.2_d2",)
    assert row(database, "select rule from durations where clause_id like ?", f"{ONE}%") == ("new",)


def test_other_bytes_of_the_same_notice_are_found_by_number_else_by_title(database: Path) -> None:
    untitled = notice("u.txt", number=None, title="人口条例", salt="5")
    with closing(store.open_store(database)) as db:
        own = store.write(db, untitled)
        store.finish(db)
    say(database, f"{ONE}.1.1_t1", value="6")
    say(database, f"{own}.1.1_t1", value="7")
    other = notice("v.txt", number=None, title="人口条例", salt="6")
    rewritten(database, [notice("b.pdf", salt="pdf"), other, CITED])
    report = bring_up_to_date(database, book.beside(database))
    assert report.counts == {"applied": 2} and own not in report.outcomes
    assert row(database, "select count(*) from targets where value in (6, 7)") == (2,)


def test_of_two_readings_only_the_one_that_was_corrected_is(database: Path) -> None:
    say(database, f"{ONE}.1.1_t1", value="6")
    seen = row(database, "select source_sha256 from documents where id = ?", ONE)
    rewritten(database, [notice(), notice("b.pdf", salt="pdf"), CITED])
    bring_up_to_date(database, book.beside(database))
    corrected = row(
        database, "select source_sha256, count(*) from documents d join corrections c on c.document_id = d.id"
    )
    assert corrected == (*seen, 1)


def test_a_document_that_gets_another_id_keeps_its_corrections(tmp_path: Path) -> None:
    same = sorted((notice(f"{salt}.txt", salt=salt) for salt in "12"), key=lambda each: each.source.sha256)
    database = built(tmp_path, [same[1]], "policies.db")
    say(database, f"{ONE}.1.1_t1", value="6")
    say(database, f"{ONE}.1.1_a1", "reject")
    with closing(store.open_store(database)) as db:
        store.write(db, same[0])  # it has the smaller hash: the other is named anew
        store.finish(db)
    bring_up_to_date(database, book.beside(database))
    renamed = row(database, "select id from documents where source_sha256 = ?", same[1].source.sha256)[0]
    assert renamed != ONE and row(
        database, "select value from targets where id = ?", f"{renamed}.1.1_t1"
    ) == (6,)
    assert row(database, "select value from targets where id = ?", f"{ONE}.1.1_t1") == (4.5,)
    assert list(check(database)) == []
    say(database, f"{renamed}.1.1_a1", "withdraw")
    assert row(
        database, "select record_id from numbers where quote = '360' and clause_id = ?", f"{renamed}.1.1"
    ) == (f"{renamed}.1.1_a1",)


def test_a_correction_of_a_notice_that_is_not_here_waits(database: Path) -> None:
    say(database, f"{ONE}.1.1_t1", value="6")
    rewritten(database, [CITED])
    report = bring_up_to_date(database, book.beside(database))
    assert (len(report.absent), report.outcomes, report.changed) == (1, {}, 0)
    with closing(store.open_store(database)) as db:
        store.write(db, notice())
        store.finish(db)
    assert bring_up_to_date(database, book.beside(database)).counts == {"applied": 1}


def test_without_the_file_what_was_applied_stays_and_is_reported(database: Path) -> None:
    say(database, f"{ONE}.1.1_t1", value="6")
    moved = book.beside(database).rename(database.parent / "elsewhere.db")
    before = content(database)
    assert bring_up_to_date(database, book.beside(database)).missing == 1
    assert content(database) == before
    assert bring_up_to_date(database, moved).missing == 0


def test_a_database_made_before_corrections_were_gets_the_table(database: Path) -> None:
    correction = said(database, f"{ONE}.1.1_t1", value="6")
    with closing(sqlite3.connect(database)) as db:
        db.execute("drop table corrections")
    book.add(book.beside(database), [correction])
    assert look(database, book.beside(database)).counts == {"applied": 1}
    assert bring_up_to_date(database, book.beside(database)).changed == 1
    assert list(check(database)) == []


# --- the document as the parser left it ---------------------------------------------------------------


def test_a_document_is_told_as_it_was_parsed_whatever_was_applied(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        before = load(db, ONE)
    say(database, f"{ONE}.1.1_t1", value="6")
    say(database, f"{ONE}.1.1_r1", unit="区民政局")
    say(database, f"{ONE}.1.1_a1", "reject")
    with closing(sqlite3.connect(database)) as db:
        after = load(db, ONE)
    assert before and after and before.facts == after.facts and len(after.held) == 3


def test_offsets_are_from_the_first_character_of_a_clause(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        found = load(db, ONE)
        text = dict(db.execute("select id, text from clauses"))
    assert found is not None
    for fact in found.facts:
        if fact.place.offset is not None and fact.clause_id:
            assert text[fact.clause_id][fact.place.offset :].startswith(fact.place.quote), fact
    kinds = {(fact.kind, fact.place.offset is None) for fact in found.facts}
    assert ("responsibilities", True) in kinds  # what a rule stated elsewhere adds quotes the rule


@pytest.mark.parametrize("name", ["xihu-2023-8.2.3.10_t1", "xihu-2023-8_f2"])
def test_the_document_of_a_fact(name: str) -> None:
    assert document_of(name) == ONE


def test_there_is_no_fact_of_no_document(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        assert load(db, "none") is None
        assert standing(db, (), "none.1_t1") is None and standing(db, (), f"{ONE}.9_t1") is None
        assert standing(db, (), "") is None


def test_facts_of_other_kinds_take_no_part(tmp_path: Path) -> None:
    """Two facts over the same words, of two kinds, are two facts."""
    (target,) = notice().targets
    twin = Duration(target.clause, target.span, (), target.value, "年", "twin")
    database = built(tmp_path, [replace(notice(), durations=(twin,))], "policies.db")
    say(database, f"{ONE}.1.1_t1", "reject")
    assert row(database, "select count(*) from durations") == (1,)


def test_a_unit_that_others_name_stays(tmp_path: Path) -> None:
    both = notice()
    extra = replace(
        both.responsibilities[0], position=5, role="support", unit=Unit("区民政局", "区民政局", "民政")
    )
    database = built(
        tmp_path, [replace(both, responsibilities=(*both.responsibilities, extra))], "policies.db"
    )
    say(database, f"{ONE}.1.1_r1", unit="区民政局")
    assert row(database, "select count(*) from units where name = '区卫健委'") == (1,)  # of 1.2
    say(database, f"{ONE}.1.1_r1", "withdraw")
    assert row(database, "select count(*) from units where name = '区民政局'") == (1,)
    assert list(check(database)) == []


# --- `check` proves it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        ("update targets set value = 7", "value of xihu-2023-8.1.1_t1 is 7, not 6 as it was corrected"),
        ("delete from targets", "xihu-2023-8.1.1_t1 was corrected and is not there"),
        ("insert into amounts select replace(id, 'd', 'a'), clause_id, 'other', null, '=', value, null, '元', null, null, null, null, null, quote, start, \"end\", rule from durations where clause_id like 'xihu%'",
         "xihu-2023-8.1.2_a1 was rejected and is there"),
        ("update units set sector = '财政' where name = '区民政局'", "sector of xihu-2023-8.1.1_r1 is '财政', not '民政'"),
        ("delete from findings where code = 'correction-conflict'", "is a conflict that no finding tells"),
        ("update corrections set kind = 'targetts' where kind = 'targets'", "kind is 'targetts'"),
        ("update corrections set state = 'done'", "state is 'done'"),
    ],
)  # fmt: skip
def test_a_correction_that_is_not_borne_out_is_named(tmp_path: Path, harm: str, what: str) -> None:
    (leave,) = notice().durations
    sum_of_it = replace(notice().amounts[0], clause=leave.clause, span=leave.span, numbers=())
    database = built(tmp_path, [replace(notice(), amounts=(*notice().amounts, sum_of_it))], "policies.db")
    say(database, f"{ONE}.1.1_t1", value="6")
    say(database, f"{ONE}.1.2_a1", "reject")
    say(database, f"{ONE}.1.1_r1", unit="区民政局", sector="民政")
    book.add(
        book.beside(database),
        [replace(said(database, f"{ONE}.1.1_l1", due="2030"), seen={"due": "2024", "task": None})],
    )
    bring_up_to_date(database, book.beside(database))
    assert list(check(database)) == []
    with closing(sqlite3.connect(database)) as db:
        db.execute(harm)
        db.commit()
    assert any(what in str(violation) for violation in check(database)), list(check(database))
