"""HOME, SEARCH and DOCUMENT as a browser gets them, in both languages, and what each asks of the database."""

from __future__ import annotations

import asyncio
import csv
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from datasette.app import Datasette
from datasette.utils.asgi import Request

from extractor.corrections.book import beside
from extractor.model import Unit
from extractor.serving import Review, environment
from extractor.site import app
from extractor.site.pages.settings import local_path
from extractor.site.questions.candidates import Asked
from extractor.site.questions.document import Reading, document
from extractor.site.questions.home import home
from extractor.site.questions.search import search
from extractor.site.questions.terms import terms
from extractor.site.visit import Refused, Visit
from extractor.site.words import Speech, load_words
from tests.site.opening import answer, opened, page, questions_of
from tests.stored import built, notice

PATHS = (
    "/", "/-/home", f"/-/s?q={quote('托位 补助')}", "/-/s", "/-/d/xihu-2023-8", "/-/r", "/-/r?show=facts&d=xihu-2023-8",
    "/-/r?show=history", "/-/r?show=conflicts", "/-/r/f/xihu-2023-8.1.1_r1", "/-/r/f/xihu-2023-8_f1",
)  # fmt: skip


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    women = Unit("市妇联", "市妇女联合会", "妇联")
    city = notice("b.txt", number="洪发〔2023〕2号", title="生育方案", place="360100", salt="2", unit=women)
    return built(tmp_path_factory.mktemp("pages"), [notice(), city], "policies.db")


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `database`, with ten times the notices."""
    notices = [notice(f"{n}.txt", number=f"西发〔2023〕{n}号", salt=str(n)) for n in range(1, 21)]
    return built(tmp_path_factory.mktemp("more"), notices, "policies.db")


def visible(html: str) -> str:
    """The words of a page without mark-up."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2]))


# --- home ------------------------------------------------------------------------------------------


def test_the_first_page_says_whose_notices_there_are_and_what_can_be_asked(database: Path) -> None:
    words = visible(page(database, "/-/home?day=2024-05-01"))
    for each in (
        "西湖区",
        "南昌市",
        "有效 1",
        "托育工作方案",
        "最近成文 2023-10-16",
        "没有归类的数",
        "2 个文件",
    ):
        assert each in words, each


def test_it_stands_at_the_root_and_datasette_s_index_one_click_away(database: Path) -> None:
    first, same, index, other = opened(database, "/", "/-/home", "/-/datasette", "/-/datasette.json")
    assert visible(first.text) == visible(same.text)
    assert 'href="/-/datasette"' in first.text and 'href="/policies"' in first.text
    assert index.status_code == 200 and "/policies" in index.text and other.json()


@pytest.mark.parametrize(
    ("day", "states", "due", "expiring"),
    [
        ("2023-10-15", {"pending": 1}, 0, 0),
        ("2024-05-01", {"in_force": 1}, 0, 0),
        ("2025-07-05", {"in_force": 1}, 1, 2),
        ("2025-10-15", {"in_force": 1}, 1, 2),
        ("2025-10-16", {"expired": 1}, 0, 0),
    ],
)
def test_validity_and_what_is_due_are_told_of_a_day(
    database: Path, day: str, states: dict[str, int], due: int, expiring: int
) -> None:
    found = answer(database, home, day)
    assert [place.states for place in found.places] == [states, states]
    assert (len(found.due), len(found.expiring)) == (due * 2, expiring)


def test_the_examples_find_something(database: Path) -> None:
    examples = answer(database, home, "2024-05-01").lasting.examples
    assert examples
    for words in examples:
        assert answer(database, search, Asked(words, terms(words), day="2024-05-01")).clauses, words


# --- search ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "clauses"),
    [
        ("q=托位", {"1.1", "a1.1"}),
        ("q=托位 区教育局", {"1.1"}),
        ('q="增加托位 360"', {"a1.1"}),
        ("q=增 -托位", {"1.2"}),
        ("q=入托", set()),
        ("q=入托&synonyms=1", {"front", "1.1", "a1.1"}),
        ("q=托位&kind=amount", {"1.1"}),
        ("q=增&sector=卫生健康", {"1.1", "1.2"}),
        ("q=增&sector=教育", {"1.1"}),
        ("q=增&jurisdiction=360103", {"1.1", "1.2", "a1.1"}),
        ("q=增&jurisdiction=360000", {"1.1", "1.2", "a1.1"}),
        ("q=增&jurisdiction=110000", set()),
        ("q=托位&in_force=1&day=2024-01-01", {"1.1", "a1.1"}),
        ("q=托位&in_force=1&day=2026-01-01", set()),
        ("kind=duration", {"1.2"}),
        ("document=xihu-2023-8", {"front", "1", "1.1", "1.2", "a1.1"}),
        ("q=托位&kind=nothing", {"1.1", "a1.1"}),
    ],
)
def test_search_finds_the_clauses_that_are_asked_for(database: Path, query: str, clauses: set[str]) -> None:
    (response,) = opened(database, f"/-/s.json?{quote(query, safe='=&')}")
    assert {row["ref"] for row in response.json()} == clauses


def test_results_are_grouped_marked_and_carry_their_facts(database: Path) -> None:
    html = page(database, f"/-/s?q={quote('托位')}")
    assert html.count('<article class="group">') == 2
    assert "增加<mark>托位</mark>" in html
    assert 'href="/-/d/xihu-2023-8#1.1"' in html
    words = visible(html)
    assert "4 条条款，2 个文件" in words and "区卫健委" in words and "4.5个" in words


def test_facets_count_what_was_found_and_lead_on(database: Path) -> None:
    found = answer(database, search, Asked("托位", terms("托位"), day="2024-01-01"))
    counts = {facet: {each.name: each.clauses for each in values} for facet, values in found.facets.items()}
    assert counts["jurisdiction"] == {"南昌市": 2, "南昌市西湖区": 2}
    assert counts["sector"] == {"教育": 2, "卫生健康": 1, "妇联": 1}
    assert counts["kind"] == {"duty": 2, "target": 2, "amount": 2, "deadline": 2}
    html = page(database, f"/-/s?q={quote('托位')}")
    assert f'href="/-/s?q={quote("托位")}&amp;sector={quote("教育")}"' in html


def test_a_database_without_facets_says_what_to_do(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()])
    with closing(sqlite3.connect(path)) as db:
        db.execute("drop table clause_facets")
    (response,) = opened(path, f"/-/s?q={quote('托位')}")
    assert response.status_code == 409 and "extractor ingest" in response.text


def test_a_long_subject_is_cut_on_a_chip(tmp_path: Path) -> None:
    long, just = "甲" * 27, "乙" * 26
    goals = [replace(notice().targets[0], indicator=name) for name in (long, just)]
    html = page(built(tmp_path, [replace(notice(), targets=tuple(goals))]), f"/-/s?q={quote('托位')}")
    assert f"</span>{'甲' * 23}… <strong>" in html and f"</span>{just} <strong>" in html


def test_the_table_is_for_spreadsheets_and_programs(database: Path) -> None:
    as_csv, as_json = opened(database, f"/-/s.csv?q={quote('托位')}", f"/-/s.json?q={quote('托位')}")
    assert (
        as_csv.content.startswith(b"\xef\xbb\xbf") and "attachment" in as_csv.headers["content-disposition"]
    )
    rows = list(csv.DictReader(StringIO(as_csv.text.removeprefix("\ufeff"))))
    assert [row["clause"] for row in rows] == [row["clause"] for row in json.loads(as_json.text)]
    assert rows[0]["url"].endswith(f"/-/d/{rows[0]['clause'].split('.')[0]}#{rows[0]['ref']}")


def test_pages_of_results_follow_one_another(more: Path) -> None:
    first, second, past = opened(more, *(f"/-/s?q={quote('托位')}&page={n}" for n in (1, 2, 9)))
    groups = [re.findall(r'<h2><a href="([^"]+)"', each.text) for each in (first, second, past)]
    assert len(groups[0]) == len(groups[1]) == 10 and not set(groups[0]) & set(groups[1]) and not groups[2]
    assert "page=2" in first.text and "page=3" not in second.text


@pytest.mark.parametrize(
    "path",
    ["/-/s?q=-托位", "/-/s?q=", "/-/s?q=%22", "/-/s?page=x&day=never&q=托", f"/-/s?q=托&page={'9' * 5000}"],
)
def test_an_empty_or_odd_question_is_answered(database: Path, path: str) -> None:
    assert "class=" in page(database, quote(path, safe="/?=&-%"))


# --- document --------------------------------------------------------------------------------------


def test_a_notice_reads_as_it_stands_with_its_facts_marked(database: Path) -> None:
    html = page(database, "/-/d/xihu-2023-8?day=2024-05-01")
    words = visible(html)
    assert "托育工作方案" in words and "有效 自 2023-10-16 起 至 2025-10-15" in words
    assert re.search(r'class="m target n\d" data-f="[^"]*_t\d"', html)
    assert re.search(r'<section class="clause subpart" id="1\.1"', html)
    assert 'data-citation="《托育工作方案》（西发〔2023〕8号）第一部分第（一）项"' in html
    assert 'href="#1.1"' in html and "江西省" in html


def test_no_word_of_it_is_lost(database: Path) -> None:
    found = answer(database, document, Reading("xihu-2023-8", "", "2024-05-01"))
    shown = [
        passage.text
        for block in found.blocks
        for line in (
            *block.paragraphs,
            *(p for row in block.rows for cell in row.cells for p in cell.paragraphs),
        )
        for passage in line
    ]
    assert "".join("".join(shown).split()) == "".join(WHOLE.split())


WHOLE = """关于印发托育工作方案的通知
一、总体要求
（一）增加托位。到2025年，千人托位达到4.5个，由区卫健委牵头，区教育局配合。每个托位补助360元。
（二）落实假期。依据《人口条例》（国发〔2021〕9号），婚假增加十五日。
增加托位 360"""


def test_beside_a_clause_stand_its_duties_by_role_and_its_figures(database: Path) -> None:
    found = answer(database, document, Reading("xihu-2023-8", "", "2024-05-01"))
    side = found.beside["xihu-2023-8.1.1"]
    assert [(each.kind, each.subject, each.figure) for each in side.facts] == [
        ("duty", "区卫健委", None), ("duty", "区教育局", None), ("target", "千人托位", "4.5个"),
        ("amount", "补助", "360元"), ("deadline", "千人托位达到4.5个", "2025"),
    ]  # fmt: skip
    assert side.links == ("xihu-2023-8.a1.1",) and side.place == "一（一）"


def test_what_is_not_there_is_refused_with_a_remedy(database: Path) -> None:
    for path in ("/-/d/none", "/-/d/%3Cscript%3E", "/-/home?db=none"):
        (response,) = opened(database, path)
        assert response.status_code == 404 and "<h1>出了差错</h1>" in response.text, path
        assert "<script>" not in response.text.partition("<main")[2]


# --- language, theme, databases --------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
def test_each_page_speaks_both_languages(database: Path, path: str) -> None:
    chinese, english = page(database, path), page(database, path, **{"extractor-language": "en"})
    assert '<html lang="zh-Hans"' in chinese and '<html lang="en"' in english
    assert "所在位置" not in english and "主菜单" not in english and visible(chinese) != visible(english)
    assert f"/-/set/language/en?next={quote(path, safe='')}".replace("%", "%") in chinese.replace(
        "&amp;", "&"
    )


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/-/s?q=%E6%89%98", True), ("/", True), ("//example.org", False), ("/\\example.org", False),
        ("https://example.org", False), ("", False), ("/a\r\nSet-Cookie: x=1", False), ("/\t/example.org", False),
    ],
)  # fmt: skip
def test_a_choice_comes_back_to_this_site_only(database: Path, address: str, kept: bool) -> None:
    assert local_path(address) == (address if kept else None)
    (response,) = opened(database, f"/-/set/theme/dark?next={quote(address, safe='')}")
    assert response.status_code == 302 and response.headers["location"] == (address if kept else "/-/home")
    assert response.headers["set-cookie"].startswith("extractor-theme=dark;")


def test_an_unknown_choice_is_not_kept(database: Path) -> None:
    (response,) = opened(database, "/-/set/language/fr?next=/")
    assert "set-cookie" not in response.headers
    assert 'data-theme="auto"' in page(database, "/", **{"extractor-theme": '"><script>'})


# --- what is asked of the database -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/-/home", 8),
        (f"/-/s?q={quote('托位')}", 12),
        ("/-/d/xihu-2023-8", 17),
        ("/-/r", 6),
        ("/-/r/f/xihu-2023-8.1.1_t1", 22),
    ],
)
def test_a_page_asks_few_questions_however_much_is_stored(
    database: Path, more: Path, path: str, most: int
) -> None:
    counts = [questions_of(each, path) for each in (database, more)]
    assert 0 < counts[0] == counts[1] <= most, counts


def test_a_page_is_light(more: Path) -> None:
    for path in PATHS:
        assert len(page(more, path).encode()) < 500_000, path


def test_databases_of_others_keep_datasette_s_index(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.touch()
    root, ours, named = opened(other, "/", "/-/home", "/-/home?db=other")
    assert "政策条款库" not in root.text.partition("<body")[2].partition("<nav")[0]
    assert ours.status_code == named.status_code == 404 and "extractor ingest" in ours.text


def test_two_databases_are_told_apart(database: Path, more: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.db"
    second.write_bytes(more.read_bytes())
    both = Datasette([], immutables=[str(database), str(second)])
    first, other = opened(both, "/-/home", "/-/home?db=second")
    assert "2 个文件" in visible(first.text) and "20 个文件" in visible(other.text)
    assert "db=second" in other.text.partition("<main")[2] and "db=" not in first.text.partition("<main")[2]


def test_a_search_tells_what_the_other_databases_hold(database: Path, more: Path, tmp_path: Path) -> None:
    second, third = tmp_path / "second.db", tmp_path / "third.db"
    second.write_bytes(more.read_bytes())
    third.write_bytes(built(tmp_path, []).read_bytes())
    site = app(database, second, third)
    words = f"q={quote('托位')}&kind=amount"
    first, other = opened(site, f"/-/s?{words}", f"/-/s?{words}&db=second")
    assert re.findall(r'<a class="chip" href="([^"]+)">(\w+) <b>(\d+)</b>', first.text) == [
        (f"/-/s?db=second&amp;{words.replace('&', '&amp;')}", "second", "20")
    ]
    assert re.findall(r'">(\w+) <b>(\d+)</b>', other.text) == [("policies", "2")]
    assert "其他数据库中" not in page(database, f"/-/s?{words}")


def test_who_may_not_see_a_database_sees_no_page_of_it(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment((database,), Review(beside(database))).items():
        monkeypatch.setenv(name, value)
    closed = {"databases": {"policies": {"allow": {"id": "editor"}}}}
    word = "config" if hasattr(Datasette, "set_resource_metadata") else "metadata"
    site = Datasette([], immutables=[str(database)], **{word: closed})
    for response in opened(site, "/", *PATHS[1:], "/-/s.csv?q=x"):
        assert response.status_code == 403 and "托育" not in response.text


def test_long_notices_come_in_parts(tmp_path: Path) -> None:
    whole = notice()
    long = "托育" * 20_000
    last = whole.clauses[-1]
    end = last.span.end + len(long)
    clauses = (*whole.clauses[:-1], replace(last, span=last.span._replace(end=end), subtree_end=end))
    text = replace(whole.text, text=f"{whole.text.text}{long}")
    database = built(tmp_path, [replace(whole, text=text, clauses=clauses)], "long.db")
    html = page(database, "/-/d/xihu-2023-8")
    assert "续：其后的条款" not in html and "未显示" in html and len(html.encode()) < 500_000


def refused(site: Datasette, question: Callable[[sqlite3.Connection], object]) -> Refused:
    """What a question over the first database is refused with."""

    async def ask() -> Refused:
        await site.invoke_startup()
        visit = Visit(site, Request.fake("/-/s"), ("policies",), "policies", Speech("zh"), "auto")
        with pytest.raises(Refused) as found:
            await visit.ask(question)
        return found.value

    return asyncio.run(ask())


def test_a_question_that_takes_too_long_is_stopped_and_says_so(database: Path) -> None:
    site = Datasette([], immutables=[str(database)], settings={"sql_time_limit_ms": 20})
    endless = "with recursive n (i) as (select 1 union all select i + 1 from n) select count(*) from n"
    found = refused(site, lambda db: db.execute(endless).fetchone())
    assert found.status == 503 and {found.key, f"{found.key}_remedy"} <= set(load_words())


def test_a_file_that_was_written_to_since_it_was_opened_says_so(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()], "policies.db")
    site = Datasette([], immutables=[str(path)])

    def damaged(db: sqlite3.Connection) -> object:
        path.write_bytes(path.read_bytes()[:4096] + b"\x00" * (path.stat().st_size - 4096))
        return db.execute("select count(*), sum(length(text)) from documents").fetchone()

    found = refused(site, damaged)
    assert (found.status, found.key) == (
        503,
        "common.error_changed",
    ) and f"{found.key}_remedy" in load_words()
