"""The plain site: labels, facets, saved queries and Chinese search in Datasette, read-only."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from datasette.app import Datasette

from extractor import search
from extractor.contract import load_contract
from extractor.model import Unit
from extractor.site import app
from extractor.site.labels import labels
from extractor.site.queries import load_queries
from tests.stored import built, notice

TOP = Path(__file__).parent.parent

PARAMETER = re.compile(r"(?<![:\w]):([a-z]+)")


FACET = re.compile(r'class="facet-info-name">\s*<strong>(\w+)')


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    women = Unit("市妇联", "市妇女联合会", "妇联")
    city = notice("b.txt", number="洪发〔2023〕2号", title="生育方案", place="360100", salt="2", unit=women)
    paid = tuple(replace(amount, per="人", beneficiary="三孩家庭") for amount in city.amounts)
    return built(tmp_path_factory.mktemp("site"), [notice(), replace(city, amounts=paid)], "policies.db")


def pages(database: Path, paths: Iterable[str]) -> list[Any]:
    """The responses of the site to GET requests, each of which must succeed."""

    async def get() -> list[Any]:
        site = app(database)
        await site.invoke_startup()
        found = [await site.client.get(f"/policies{path}") for path in paths]
        if hasattr(site, "close"):
            site.close()
        return found

    responses = asyncio.run(get())
    assert [response.status_code for response in responses] == [200] * len(responses), [
        r.text[:300] for r in responses
    ]
    return responses


def rows(database: Path, path: str) -> list[dict[str, Any]]:
    (response,) = pages(database, [path + ("&" if "?" in path else "?") + "_shape=array"])
    return list(response.json())


# --- labels ----------------------------------------------------------------------------------------


def test_every_table_and_column_is_described_in_chinese_and_english(database: Path) -> None:
    names = [table.name for table in load_contract()]
    for table, page in zip(load_contract(), pages(database, [f"/{name}" for name in names]), strict=True):
        assert table.about_zh in page.text and table.zh in page.text
        for column in table.columns:
            if page.text.count("<dt>"):
                assert column.zh in page.text and column.en in page.text, (table.name, column.name)


def test_labels_cover_what_is_in_a_database_and_nothing_else(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        sql = "select name from pragma_table_list where schema = 'main' and type in ('table', 'view')"
        there = {name for (name,) in db.execute(sql) if not name.startswith("sqlite_")}
        columns = {name: {row[1] for row in db.execute(f"pragma table_info('{name}')")} for name in there}
    assert set(labels()) == there
    for name, label in labels().items():
        assert not label.columns or set(label.columns) == columns[name]


def test_units_are_stated() -> None:
    assert "磅 (pt)" in labels()["lines"].columns["x0"]
    assert labels()["clauses"].settings["fts_table"] == "clauses_fts"


def test_foreign_keys_show_names(database: Path) -> None:
    (row,) = rows(database, "/responsibilities.json?role=support&clause_id__startswith=xihu&_labels=on")
    assert row["unit_id"]["label"] == "区教育局"


# --- search ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        ("托位", {"1.1", "a1.1"}),
        ("增", {"1.1", "1.2", "a1.1"}),
        ("托育", {"front"}),
        ("卫健委", {"1.1"}),
        ("总体要求", {"1"}),
        ("托位 区教育局", {"1.1"}),
        ("托位增加", set()),
        ("要求（一）", set()),
    ],
)
def test_the_table_page_finds_chinese_words(database: Path, words: str, refs: set[str]) -> None:
    found = rows(database, f"/clauses.json?_search={quote(words)}")
    assert {row["ref"] for row in found} == refs


def test_the_table_page_has_a_search_box_and_facets(database: Path) -> None:
    clauses, targets = pages(database, ["/clauses", "/targets"])
    assert 'name="_search"' in clauses.text and FACET.findall(clauses.text).count("level") == 1
    assert set(FACET.findall(targets.text)) >= {"unit", "comparator", "deadline"}


@pytest.mark.parametrize("first", ["extractor.site", "datasette.app"])
def test_whichever_is_imported_first_the_plugin_is_whole(first: str, database: Path) -> None:
    code = f"""
import {first}
from extractor.site import app
from datasette.plugins import pm
site = app({str(database)!r})
print(max(len(pm.get_hookcallers(plugin)) for name, plugin in pm.list_name_plugin() if "extractor" in name))
"""
    words = [sys.executable, "-c", code]
    assert int(subprocess.run(words, check=True, capture_output=True, text=True, cwd=TOP).stdout) > 2


def test_other_databases_keep_datasette_s_own_search(tmp_path: Path) -> None:
    other = tmp_path / "policies.db"
    with closing(sqlite3.connect(other)) as db:
        db.execute("create table notes (id integer primary key, body text)")
        db.execute("insert into notes values (1, 'two words')")
        db.execute('create virtual table notes_fts using fts5(body, content="notes", content_rowid="id")')
        db.execute("insert into notes_fts (notes_fts) values ('rebuild')")
        db.commit()
    assert len(rows(other, "/notes.json?_search=words")) == 1


# --- saved queries ---------------------------------------------------------------------------------


def answer(database: Path, name: str, **parameters: str) -> list[dict[str, Any]]:
    query = next(query for query in load_queries() if query.name == name)
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as db:
        search.register(db)
        db.row_factory = sqlite3.Row
        values = dict.fromkeys(PARAMETER.findall(query.sql), "") | parameters
        return [dict(row) for row in db.execute(query.sql, values)]


def test_there_are_enough_of_them_and_each_says_what_it_answers() -> None:
    assert len(load_queries()) >= 14
    for query in load_queries():
        zh, _, en = query.title.partition(" · ")
        assert zh and not zh.isascii() and en and en.isascii(), query.name
        assert query.description


def test_the_site_answers_all_of_them(database: Path) -> None:
    names = [query.name for query in load_queries()]
    for name, page, data in zip(
        names,
        pages(database, [f"/{name}" for name in names]),
        pages(database, [f"/{name}.json?_shape=array" for name in names]),
        strict=True,
    ):
        assert not isinstance(data.json(), dict), (name, data.json())
        title = next(query.title for query in load_queries() if query.name == name)
        assert title.partition(" · ")[0] in page.text


@pytest.mark.parametrize(
    ("name", "parameters", "expected"),
    [
        ("who_leads", {"word": "托位"}, {("市妇联", "lead"), ("区卫健委", "lead")}),
        ("family_sums", {}, {("三孩家庭", 360)}),
        ("family_sums", {"word": "三孩"}, {("三孩家庭", 360)}),
        ("family_sums", {"word": "二孩"}, set()),
        ("due_in_year", {"year": "2025"}, {("2025", "千人托位达到4.5个")}),
        ("due_in_year", {"year": "2024"}, set()),
        ("documents_on_day", {"day": "2023-10-15"}, {("未施行 not yet in force",)}),
        ("documents_on_day", {"day": "2023-10-16"}, {("有效 in force",)}),
        ("documents_on_day", {"day": "2025-10-15"}, {("有效 in force",)}),
        ("documents_on_day", {"day": "2025-10-16"}, {("已失效 expired",)}),
        ("clauses_in_force", {"day": "2024-01-01", "word": "婚假"}, {("xihu-2023-8.1.2",), ("nanchang-2023-2.1.2",)}),
        ("clauses_in_force", {"day": "2026-01-01", "word": ""}, set()),
        ("duties_of_unit", {"unit": "妇女联合会"}, {("市妇联", "lead"), ("市妇联", "responsible")}),
        ("units_here_not_there", {"here": "西湖区", "there": "360100"}, {("区卫健委",)}),
        ("units_here_not_there", {}, {("市妇联",)}),
        ("unclassified_numbers", {}, {("360", "1〕9号），婚假增加十五日。 增加托位 【360】")}),
        ("missing_documents", {}, {("人口条例", "国发〔2021〕9号", 2)}),
        ("leave_side_by_side", {}, {("婚假", "西湖区 增加 = 15日；南昌市 增加 = 15日")}),
        ("targets_side_by_side", {}, {("千人托位", 2)}),
        ("task_rows", {}, {("xihu-2023-8.a1.1", "xihu-2023-8.1.1"), ("nanchang-2023-2.a1.1", "nanchang-2023-2.1.1")}),
        ("findings_by_kind", {}, {("unclassified-number", 2, 2)}),
        ("sectors_by_jurisdiction", {}, {("卫生健康", 1, 0), ("妇联", 1, 0), ("教育", 0, 1)}),
        ("search", {"word": "补助"}, {("xihu-2023-8.1.1",), ("nanchang-2023-2.1.1",)}),
        ("ledger_by_document", {}, {("xihu-2023-8", 10, 1), ("nanchang-2023-2", 10, 1)}),
    ],
)  # fmt: skip
def test_a_saved_query_answers_its_question(
    database: Path, name: str, parameters: dict[str, str], expected: set[tuple[Any, ...]]
) -> None:
    columns = {
        "who_leads": ("unit", "role"), "family_sums": ("beneficiary", "value"), "due_in_year": ("due", "task"),
        "documents_on_day": ("state",), "clauses_in_force": ("clause",), "duties_of_unit": ("unit", "role"),
        "units_here_not_there": ("unit",), "unclassified_numbers": ("quote", "context"),
        "missing_documents": ("title", "doc_number", "citations"), "leave_side_by_side": ("subject", "terms"),
        "targets_side_by_side": ("indicator", "jurisdictions"), "task_rows": ("task", "clause"),
        "findings_by_kind": ("code", "findings", "documents"), "sectors_by_jurisdiction": ("sector", "lead", "support"),
        "search": ("clause",), "ledger_by_document": ("document", "numbers", "unclassified"),
    }  # fmt: skip
    found = answer(database, name, **parameters)
    assert {tuple(row[column] for column in columns[name]) for row in found} == expected


def test_snippets_show_the_words_as_they_stand(database: Path) -> None:
    first = answer(database, "search", word="增加托位 360")[0]
    assert "【增加托位】 【360】" in first["words"] or "【增加托位】" in first["words"]


# --- read-only -------------------------------------------------------------------------------------


def test_nothing_on_the_site_can_change_the_file(database: Path) -> None:
    site: Datasette = app(database)
    assert not site.get_database("policies").is_mutable
