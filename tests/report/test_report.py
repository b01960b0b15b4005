"""`extractor report`: counts are the database's, the sample is fair and repeats, and the page is inert."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.contract import FACT_TABLES
from extractor.model import Finding, Notice, Span
from extractor.pipeline import read_bytes
from extractor.provenance import program
from extractor.report import report
from extractor.report.coverage import Share, documents, totals
from extractor.report.facts import KINDS, facts
from extractor.report.findings import EXAMPLES, doubtful, findings
from extractor.report.page import _percent
from extractor.report.rules import rules
from extractor.report.sample import sample
from extractor.report.words import load_words
from tests.site.test_hostile_pages import HOSTILE, TURNING, elements, made_hostile
from tests.stored import built, notice

CORPORA = Path(__file__).parent.parent.parent / "corpora"
FACT = re.compile(r'<article class="fact (\w+)" id="s\d+">.*?<code>(.*?)</code>', re.DOTALL)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("report") / "p.db"
    assert CliRunner().invoke(main, ["ingest", str(CORPORA), "--db", str(database)]).exit_code == 0
    return database


@pytest.fixture
def db(corpus: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(corpus)) as connection:
        yield connection


def made(folder: Path, *notices: Notice, name: str = "made.db") -> sqlite3.Connection:
    return sqlite3.connect(built(folder, notices, name))


def numbered(count: int) -> list[Notice]:
    """As many notices, each with a fact of every kind but one of the first."""
    return [notice(f"{n}.txt", number=f"西发〔2023〕{n}号", salt=str(n)) for n in range(1, count + 1)]


def count(db: sqlite3.Connection, sql: str) -> int:
    return int(db.execute(f"select count(*) from {sql}").fetchone()[0])


def test_coverage_is_counted_by_document_and_in_all(db: sqlite3.Connection) -> None:
    every, own = totals(db), documents(db, 100)
    assert every.documents == len(own) == 5
    for name in ("numbers", "units", "citations"):
        whole: Share = getattr(every, name)
        assert whole.known <= whole.all
    assert sum(each.numbers.all for each in own) == every.numbers.all == count(db, "numbers")
    assert sum(each.facts for each in own) == sum(number for _, number in every.facts)
    assert every.units == Share(count(db, "units where sector <> '其他'"), count(db, "units"))
    assert sum(each.citations.all for each in own) == count(db, "citations where relation <> 'issues'")
    for document in own:
        clauses = f"(select id from clauses where document_id = '{document.id}')"
        units = f"units where id in (select unit_id from responsibilities where clause_id in {clauses})"
        assert document.units == Share(count(db, f"{units} and sector <> '其他'"), count(db, units))
        assert document.facts == sum(
            count(db, f"{t} where clause_id in {clauses}") for t in FACT_TABLES.values()
        )


def test_of_many_documents_those_with_most_to_look_at_are_listed(tmp_path: Path) -> None:
    """One number without a class in each; one document has an error besides."""
    worse = replace(
        notice("z.txt", number=None, salt="z"), findings=(Finding("error", "page-damaged", "第2页"),)
    )
    with closing(made(tmp_path, *numbered(6), worse)) as db:
        listed = documents(db, 3)
        page = report(db, name="made.db", most=3)
    assert [document.things for document in listed] == [2, 1, 1]
    assert listed[0].numbers == Share(9, 10)
    assert "只列出待看事项最多的 3 份，共 7 份" in page
    assert len(re.findall(r'<tr><th scope="row">[^\n]*<code>', page)) == 3


def test_the_report_names_the_program_that_read(tmp_path: Path) -> None:
    with closing(made(tmp_path, *numbered(3))) as db:
        assert f"（规则 {program().id}，" in report(db, name="made.db")
        db.execute("update documents set program_id = null where source_name = '1.txt'")
        assert "1 份由未记录版本的程序读入" in report(db, name="made.db")


def test_an_empty_database_has_a_report(tmp_path: Path) -> None:
    with closing(made(tmp_path)) as db:
        page = report(db, name="made.db")
    assert "没有要素可抽" in page and "没有待核事项" in page


@pytest.mark.parametrize(
    ("share", "said"),
    [(Share(999, 1000), "99.9 %"), (Share(19999, 20000), "99.9 %"), (Share(5, 5), "100.0 %"), (Share(), "—")],
)
def test_one_hundred_per_cent_is_said_of_all_alone(share: Share, said: str) -> None:
    assert _percent(share) == said


def test_the_sample_has_all_kinds_and_all_documents(db: sqlite3.Connection) -> None:
    drawn = sample(db, 50, 1)
    assert len(set(drawn)) == len(drawn) == 50
    kinds = Counter(kind for kind, _ in drawn)
    assert set(kinds) == set(KINDS) and max(kinds.values()) - min(kinds.values()) <= 1
    assert {name.split(".")[0] for _, name in drawn} == {d.id for d in documents(db, 100)}
    for kind in KINDS:
        of_kind = {row[0].split(".")[0] for row in db.execute(f"select clause_id from {FACT_TABLES[kind]}")}
        seen = {name.split(".")[0] for each, name in drawn if each == kind}
        assert len(seen) == min(kinds[kind], len(of_kind))


def test_the_sample_depends_on_facts_and_seed_alone(tmp_path: Path) -> None:
    notices = numbered(5)
    with (
        closing(made(tmp_path, *notices)) as one,
        closing(made(tmp_path, *reversed(notices), name="b.db")) as other,
    ):
        assert sample(one, 20, 3) == sample(other, 20, 3) != sample(one, 20, 4)
        assert report(one, name="a", seed=3) == report(other, name="a", seed=3)


def test_all_facts_are_drawn_where_there_are_no_more(tmp_path: Path) -> None:
    with closing(made(tmp_path, *numbered(2))) as db:
        every = [
            (kind, name) for kind in KINDS for (name,) in db.execute(f"select id from {FACT_TABLES[kind]}")
        ]
        assert sorted(sample(db, 10_000, 1)) == sorted(every)
        assert sample(db, 0, 1) == []


def test_each_fact_stands_in_its_words(db: sqlite3.Connection) -> None:
    """What is shown around a quote is the text of the document, inside the clause."""
    for fact in facts(db, sample(db, 1000, 1)):
        text, start, end = db.execute(
            f"select d.text, f.start, f.end from {FACT_TABLES[fact.kind]} f join clauses c on c.id = f.clause_id "
            "join documents d on d.id = c.document_id where f.id = ?", (fact.id,)
        ).fetchone()  # fmt: skip
        words = fact.words
        assert (words.quote, fact.start) == (text[start:end], start)
        assert (
            text[start - len(words.before) : end + len(words.after)]
            == words.before + words.quote + words.after
        )
        first, last = db.execute(
            "select c.start, c.end from clauses c where id = ?", (fact.id.rpartition("_")[0],)
        ).fetchone()
        if fact.opening is None:
            assert first <= start - len(words.before) and end + len(words.after) <= last
            assert words.cut_before == (start - len(words.before) > first)
            assert words.cut_after == (end + len(words.after) < last)


def test_findings_by_kind_with_their_words(tmp_path: Path) -> None:
    base = notice()
    many = tuple(
        Finding("info", "unknown-unit", f"第{n}个", span=base.responsibilities[0].span, clause=2)
        for n in range(EXAMPLES + 5)
    )
    whole = Finding("error", "page-damaged", "第3页损坏")
    with closing(made(tmp_path, replace(base, findings=(*many, whole)))) as db:
        first, second = findings(db)
        page = report(db, name="made.db", site="http://127.0.0.1:8001/")
    assert (first.code, first.number, first.examples[0].words) == ("page-damaged", 1, None)
    assert (second.code, second.number, len(second.examples)) == ("unknown-unit", EXAMPLES + 5, EXAMPLES)
    words = second.examples[0].words
    assert words is not None and words.quote == "区卫健委" and words.before.endswith("由")
    assert f"列出前 {EXAMPLES} 件，共 {EXAMPLES + 5} 件" in page
    assert 'href="http://127.0.0.1:8001/-/d/xihu-2023-8#1.1"' in page


@pytest.mark.parametrize(("length", "end"), [(20, ""), (200, ""), (201, "…"), (900, "…")])
def test_long_words_of_a_finding_are_cut_visibly(tmp_path: Path, length: int, end: str) -> None:
    base = read_bytes("xihu.txt", (CORPORA / "xihu.txt").read_bytes())
    odd = Finding("info", "row-differs", "第2行", Span(0, length))
    with closing(made(tmp_path, replace(base, findings=(odd,)))) as db:
        ((only,),) = (group.examples for group in findings(db))
    assert only.words is not None
    assert only.words.quote == base.text.text[: min(length, 200)] + end


def test_a_fact_on_doubtful_words_is_listed_once(tmp_path: Path) -> None:
    base = notice()
    span = base.amounts[0].span
    doubts = tuple(
        Finding("warning", code, "？", span=span, clause=2) for code in ("doubtful-fact", "doubtful-line")
    )
    note = Finding("info", "unknown-unit", "？", span=base.targets[0].span, clause=2)
    with closing(made(tmp_path, replace(base, findings=(*doubts, note)))) as db:
        found = doubtful(db)
        assert dict(found.counts) == {**dict.fromkeys(KINDS, 0), "amount": 1}
        assert [fact.words.quote for fact in found.examples] == ["每个托位补助360元"]
        assert report(db, name="made.db").count('id="q1"') == 1


def test_rules_are_counted_by_kind(db: sqlite3.Connection) -> None:
    for rule in rules(db):
        assert rule.facts == count(db, f"{FACT_TABLES[rule.kind]} where rule = '{rule.name}'")
    assert sum(rule.facts for rule in rules(db)) == sum(count(db, table) for table in FACT_TABLES.values())


def test_a_hostile_database_gives_an_inert_page(tmp_path: Path) -> None:
    database = made_hostile(built(tmp_path, [notice()], "policies.db"), HOSTILE)
    with closing(sqlite3.connect(database)) as db:
        page = report(db, name=HOSTILE, site="http://127.0.0.1:8001")
    assert "alert(1)" in page
    assert not TURNING.search(page)
    found = elements(page)
    names = {name for name, _ in found}
    assert not names & {"script", "img", "iframe", "link", "object", "form", "base"}
    for _, attributes in found:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        assert attributes.get("href", "#").startswith(("#", "http://127.0.0.1:8001/-/d/"))
    assert page.count("<main>") == page.count("</main>") == page.count("<body>") == page.count("</body>") == 1


def test_the_page_needs_nothing_else(corpus: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["report", str(corpus), "-o", str(tmp_path / "r.html"), "--sample", "12", "--seed", "7"]
    )
    assert done.exit_code == 0, done.stderr
    page = (tmp_path / "r.html").read_text("utf-8")
    assert not re.search(r"https?:|url\(|@import|src=", page)
    drawn = [(kind, unescape(name)) for kind, name in FACT.findall(page)]
    with closing(sqlite3.connect(corpus)) as db:
        assert sorted(drawn) == sorted(sample(db, 12, 7))
    assert page.count('class="box"') == 3 * 12


def test_a_place_that_is_no_address_is_refused(corpus: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["report", str(corpus), "-o", str(tmp_path / "r.html"), "--site", "javascript:alert(1)"]
    )
    assert done.exit_code == 2 and not (tmp_path / "r.html").exists()


def test_a_folder_that_cannot_be_written_to_is_named(corpus: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["report", str(corpus), "-o", str(tmp_path / "none" / "r.html")])
    assert done.exit_code == 1 and "none/r.html" in done.stderr


def test_each_label_is_in_both_languages_and_used() -> None:
    folder = Path(__file__).parent.parent.parent / "extractor" / "report"
    template = (folder / "report.html").read_text("utf-8")
    for key, word in load_words().items():
        assert word.zh.strip() and word.en.strip()
        assert set(re.findall(r"{(\w+)}", word.zh)) == set(re.findall(r"{(\w+)}", word.en))
        if "." not in key:
            assert f"'{key}'" in template, key
