"""The store: rows and ids as the contract says, one transaction a document, the same rows in any order."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import store
from extractor.contract import VIEW, load_contract
from extractor.model import Head, Link, Notice, Private, Span, Unit
from extractor.records import ids
from extractor.records.record import home
from extractor.records.rows import number
from extractor.store import schema
from tests.stored import built, dump, notice, open_new

SHA = "ab12" * 16
ROOT = Path(__file__).parent.parent


# --- ids -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("doc_number", "place", "names", "expected"),
    [
        ("西发〔2023〕8号", "xihu", "西湖区南昌市江西省", "xihu-2023-8"),
        ("漳政综规〔2023〕6号", "zhangzhou", "漳州市福建省", "zhangzhou-zhengzonggui-2023-6"),
        ("赣府厅发〔2024〕12号", "jiangxi", "江西省", "jiangxi-futingfa-2024-12"),
        ("国办发〔2020〕第5号", "quanguo", "全国中华人民共和国", "quanguo-banfa-2020-5"),
        ("财规〔2021〕3号", "quanguo", "全国", "quanguo-caigui-2021-3"),
        ("第123号令", "henan", "河南省", "henan-123-ling"),
        (None, "luhe", "陆河县", "luhe-fangan-ab12ab12"),
        (None, None, "", "doc-fangan-ab12ab12"),
    ],
)
def test_a_document_has_a_readable_id(
    doc_number: str | None, place: str | None, names: str, expected: str
) -> None:
    assert ids.base_id(Head(doc_number=doc_number, kind="方案"), SHA, place=place, names=names) == expected


def test_a_character_without_pinyin_is_its_code_point() -> None:
    assert ids.slug("发𠮷A1") == "fau20bb7-a-1"


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_id_is_url_safe(doc_number: str, kind: str) -> None:
    found = ids.base_id(Head(doc_number=doc_number, kind=kind), SHA, place="xihu", names="西湖区")
    assert found.isascii() and found.replace("-", "").isalnum(), found


@given(st.sets(st.text("0123456789abcdef", min_size=64, max_size=64), min_size=1, max_size=5))
def test_of_files_that_share_an_id_the_smallest_hash_keeps_it(hashes: set[str]) -> None:
    found = ids.assigned("xihu-2023-8", hashes)
    assert found[min(hashes)] == "xihu-2023-8"
    assert len(set(found.values())) == len(hashes)
    assert all(ids.base_of(name, sha256) == "xihu-2023-8" for sha256, name in found.items())


def test_hashes_that_begin_alike_are_told_apart_by_more_digits() -> None:
    found = ids.assigned("a", ["0" * 64, "12345600" + "0" * 56, "12345611" + "1" * 56])
    assert sorted(found.values()) == ["a", "a-123456000000", "a-123456111111"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("区教育局", "360103"),
        ("市教育局", "360100"),
        ("省教育厅", "360000"),
        ("南昌市财政局", "360100"),
        ("国家统计局", "100000"),
        ("国家金融监督管理总局南昌监管分局", "360103"),
        ("各乡镇", "360103"),
    ],
)
def test_a_unit_belongs_to_the_division_that_its_name_says(tmp_path: Path, name: str, code: str) -> None:
    from extractor.lexicon.divisions import load_divisions

    divisions = load_divisions()
    own = divisions.get("360103")
    assert own is not None
    assert home(name, (own, *divisions.ancestors("360103"))) == code
    assert home(name, ()) is None


# --- rows ------------------------------------------------------------------------------------------


def private(made: Notice) -> Notice:
    """The notice with a word that is private."""
    return replace(made, private=(Private(Span(0, 2), "name", "label"),))


def test_a_notice_becomes_rows_of_every_table(tmp_path: Path) -> None:
    with closing(open_new(tmp_path)) as db:
        assert store.write(db, private(notice())) == "xihu-2023-8"
        rows = dump(db)
    empty = {name for name, found in rows.items() if not found}
    comparison = {
        "topics", "clause_topics", "clause_pairs", "compared", "works", "sketches", "clause_runs",
        "normal_facts", "fact_pairs", "topic_gaps", "descents", "document_states", "duty_places", "duty_totals",
        "fact_names",
    }  # fmt: skip
    assert empty == comparison | {"kept_sources", "corrections"}


def test_columns_hold_what_the_contract_says(tmp_path: Path) -> None:
    with closing(open_new(tmp_path)) as db:
        store.write(db, notice())
        clause = db["clauses"].get("xihu-2023-8.1.1")
        amount = next(db["amounts"].rows)
        duties = [(row["clause_id"], row["role"], row["basis"]) for row in db["responsibilities"].rows]
        ledger = {(row["quote"], row["class"]): row["record_id"] for row in db["numbers"].rows}
        issuers = db["documents"].get("xihu-2023-8")["issuers"]
        finding = next(db["findings"].rows)
    assert (clause["parent_id"], clause["position"], clause["depth"]) == ("xihu-2023-8.1", 2, 2)
    assert (clause["marker"], clause["heading"], clause["page_from"]) == ("（一）", "增加托位", 1)
    assert clause["text"].startswith("增加托位。到2025年")
    assert (amount["id"], amount["value"], amount["rule"]) == ("xihu-2023-8.1.1_a1", 360, "pay")
    assert amount["quote"] == "每个托位补助360元"
    assert duties[0] == ("xihu-2023-8.1.1", "lead", "inline") and duties[2][2] == "default"
    assert ledger[("4.5", "target")] == "xihu-2023-8.1.1_t1"
    assert ledger[("360", "amount")] == "xihu-2023-8.1.1_a1" and ledger[("360", "unclassified")] is None
    assert issuers == '["南昌市西湖区人民政府"]'
    assert (finding["id"], finding["clause_id"]) == ("xihu-2023-8_f1", "xihu-2023-8.a1.1")


@pytest.mark.parametrize(
    ("value", "stored"), [("360", 360), ("4.50", 4.5), ("0.00008", 0.00008), ("1E+2", 100), ("1E+30", 1e30)]
)
def test_whole_numbers_are_stored_as_integers(value: str, stored: float) -> None:
    from decimal import Decimal

    found = number(Decimal(value))
    assert found == stored and isinstance(found, type(stored))


def test_all_divisions_are_there_and_keep_their_superiors(tmp_path: Path) -> None:
    with closing(open_new(tmp_path)) as db:
        assert db["jurisdictions"].get("360103")["name"] == "南昌市西湖区"
        assert db["jurisdictions"].get("360103")["parent_id"] == "360100"
        assert db["jurisdictions"].count > 3000


# --- transactions and runs -------------------------------------------------------------------------


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    with closing(open_new(tmp_path)) as db:
        store.write(db, notice())
        before = dump(db)
        store.write(db, notice())
        assert dump(db) == before
        assert store.known(db, notice().source.sha256) and not store.known(db, SHA)


def test_other_bytes_under_a_name_replace_what_it_held(tmp_path: Path) -> None:
    with closing(open_new(tmp_path)) as db, closing(open_new(tmp_path, "fresh.db")) as fresh:
        other = Unit("区妇联", "区妇联", "妇联")
        store.write(db, private(notice("a.txt", number="西发〔2023〕8号", salt="1", unit=other)))
        store.write(db, notice("a.txt", number="西发〔2024〕9号", salt="2"))
        store.write(fresh, notice("a.txt", number="西发〔2024〕9号", salt="2"))
        assert dump(db) == dump(fresh)


def test_a_notice_that_cannot_be_written_leaves_the_database_untouched(tmp_path: Path) -> None:
    bad = replace(notice(salt="2"), links=(Link(0, 1, 0.5, "task_of"), Link(0, 1, 0.6, "task_of")))
    with closing(open_new(tmp_path)) as db:
        store.write(db, notice())
        before = dump(db)
        with pytest.raises(sqlite3.IntegrityError):
            store.write(db, bad)
        assert dump(db) == before and not db.conn.in_transaction
        store.write(db, notice("b.txt", number="西发〔2023〕9号"))


def test_the_finished_file_is_one_plain_file(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()])
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("pragma journal_mode").fetchone() == ("delete",)
        assert db.execute("pragma user_version").fetchone() == (1,)
        assert db.execute("select count(*) from sqlite_stat1").fetchone()[0] > 0
    assert [file.name for file in tmp_path.iterdir()] == ["made.db"]


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as db:
        db.execute("create table things (id)")
    with pytest.raises(store.StoreError, match=r"other\.db: is no policy database"):
        store.open_store(other)
    (tmp_path / "text.db").write_text("关于印发" * 500, encoding="utf-8")
    with pytest.raises(store.StoreError, match="cannot be opened"):
        store.open_store(tmp_path / "text.db")


def test_another_version_of_the_contract_is_refused(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()])
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma user_version = 2")
    with pytest.raises(store.StoreError, match="contract version 2, not 1"):
        store.open_store(path)


def test_a_database_made_before_a_column_was_added_gets_it(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()])
    with closing(sqlite3.connect(path)) as db:
        db.execute("alter table lines drop column confidence")
        db.execute("drop table kept_sources")
        db.execute("drop index idx_amounts_purpose")
    with closing(store.open_store(path)) as opened:
        store.write(opened, notice("b.txt", salt="2"))
        assert len(dump(opened)["lines"]) == 2 and dump(opened)["kept_sources"] == []
        assert "idx_amounts_purpose" in {index.name for index in opened["amounts"].indexes}


# --- order of ingest -------------------------------------------------------------------------------


def files() -> list[Notice]:
    """Three files with one number, one that cites it, one of the same bytes under two names, one without a number."""
    return [
        private(notice("a.txt", salt="1")),
        private(notice("b.txt", salt="2")),
        notice("c.txt", salt="3"),
        notice("d.txt", number="洪发〔2023〕1号", cites="西发〔2023〕8号", place="360100"),
        notice("e.txt", number=None, title="人口条例", salt="5"),
        notice("f.txt", number=None, title="人口条例", salt="5"),
    ]


def written(order: list[Notice]) -> dict[str, list[tuple[object, ...]]]:
    with TemporaryDirectory() as folder, closing(open_new(Path(folder))) as db:
        for each in order:
            store.write(db, each)
        store.finish(db)
        assert not db.conn.execute("pragma foreign_key_check").fetchall()
        return dump(db)


def test_any_order_of_ingest_gives_the_same_rows() -> None:
    first, *others = files()
    expected = written([first, *others])
    assert len(expected["documents"]) == 5
    assert all(written(list(order)) == expected for order in list(permutations(files()))[::97])


@given(order=st.permutations(range(6)), again=st.lists(st.integers(0, 4), max_size=3))
def test_so_does_ingesting_some_of_them_again(order: list[int], again: list[int]) -> None:
    notices = files()
    assert written([notices[place] for place in (*order, *again)]) == written(notices)


def test_when_the_file_with_the_plain_id_goes_the_next_one_takes_it(tmp_path: Path) -> None:
    same = sorted((notice(f"{salt}.txt", salt=salt) for salt in "123"), key=lambda n: n.source.sha256)
    with closing(open_new(tmp_path)) as db, closing(open_new(tmp_path, "fresh.db")) as fresh:
        for each in same:
            store.write(db, each)
        moved = notice(same[0].source.name, number="西发〔2030〕1号")
        for target, notices in ((db, [moved]), (fresh, [moved, *same[1:]])):
            for each in notices:
                store.write(target, each)
        assert dump(db) == dump(fresh)
        assert db["documents"].get("xihu-2023-8")["source_sha256"] == same[1].source.sha256


# --- citations -------------------------------------------------------------------------------------


@pytest.mark.parametrize("cited_first", [True, False])
def test_a_cited_document_is_found_whenever_it_comes(tmp_path: Path, cited_first: bool) -> None:
    pair = [notice("law.txt", number="国发〔2021〕9号", place="100000", cites="国发〔2001〕1号"), notice()]
    with closing(open_new(tmp_path)) as db:
        for each in pair if cited_first else pair[::-1]:
            store.write(db, each)
        cited = db["citations"].get("xihu-2023-8.1.2_c1")
        assert cited["cited_document_id"] == "quanguo-2021-9"


@pytest.mark.parametrize("cited_first", [True, False])
def test_a_plan_is_found_by_the_title_of_its_cover_notice(tmp_path: Path, cited_first: bool) -> None:
    citing = notice(number="西发〔2023〕1号")
    (citation,) = citing.citations
    citing = replace(
        citing,
        citations=(replace(citation, title="南昌市人民政府关于印发〈生育方案〉的通知", doc_number=None),),
    )
    pair = [notice("plan.txt", number="洪发〔2020〕7号", place="360100", title="生育方案", salt="2"), citing]
    path = built(tmp_path, pair if cited_first else pair[::-1])
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("select cited_document_id from citations where title like '%印发%'").fetchall() == [
            ("nanchang-2020-7",)
        ]


# --- schema ----------------------------------------------------------------------------------------


def test_the_published_contract_is_the_one_in_force() -> None:
    package = ROOT / "extractor" / "contract.toml"
    assert (ROOT / "schemas" / "contract.toml").read_bytes() == package.read_bytes()


def test_the_published_ddl_is_what_the_store_creates() -> None:
    assert (ROOT / "schemas" / "policies.sql").read_text("utf-8") == schema.ddl()


def test_every_column_has_labels_and_descriptions_in_both_languages() -> None:
    for table in load_contract():
        for thing in (table, *table.columns):
            assert thing.zh and thing.en and thing.about_zh and thing.about, (table.name, thing)
            assert not thing.zh.isascii() and thing.en.isascii(), (table.name, thing)


def test_tables_refer_to_what_is_there_and_facets_are_columns() -> None:
    contract = load_contract()
    for table in contract:
        for column in table.columns:
            assert column.references is None or column.references[1] in contract[column.references[0]].names
        named = {*table.pk, *table.facets, *(name for index in table.indexes for name in index)}
        assert named | {table.label or table.names[0], table.sort or table.names[0]} <= set(table.names)


def test_every_foreign_key_has_an_index() -> None:
    """Without one, deleting a row reads the whole table that refers to it."""
    for table in load_contract():
        leading = {index[0] for index in (*table.indexes, table.pk) if index}
        missing = {column.name for column in table.columns if column.references} - leading
        assert not missing, (table.name, missing)


def test_sqlite_alone_can_rebuild_and_verify_the_index(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()])
    with closing(sqlite3.connect(path)) as db:
        assert db.execute(f"select count(*) from {VIEW}").fetchone() == (5,)
        db.execute("insert into clauses_fts (clauses_fts) values ('rebuild')")
        db.execute("insert into clauses_fts (clauses_fts, rank) values ('integrity-check', 1)")
        found = db.execute("select count(*) from clauses_fts where clauses_fts match '\"托 位\"'").fetchone()
    assert found == (2,)


def test_spans_are_half_open(tmp_path: Path) -> None:
    with closing(open_new(tmp_path)) as db:
        store.write(db, notice())
        sql = "select substr(d.text, a.start + 1, a.end - a.start) = a.quote from amounts a, documents d"
        assert db.conn.execute(sql).fetchall() == [(1,)]
