"""The figures of an evaluation. The counts expected here are what an independent scorer of the gold gives."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import gold as gold_files
from extractor.agreement import bare, figure, likeness, measure
from extractor.evaluate import Found, match_clauses, score
from extractor.model import ReadError
from extractor.scores import Outcome, Score, changes, shortfalls, tabulate


@pytest.mark.parametrize(
    ("printed", "compared"),
    [
        ("西发〔2023〕 8 号", "西发[2023]8号"),
        ("（一）加强 **领导**", "(一)加强领导"),
        ("“十四五”", '"十四五"'),
        ("〈条例〉的通知", "《条例》的通知"),
        ("2014\u00ad2020", "2014-2020"),
        ("３０％—４０％", "30%-40%"),
        (None, ""),
        (58, "58"),
    ],
)
def test_bare(printed: object, compared: str) -> None:
    assert bare(printed) == compared


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("毛入园率", "学前三年毛入园率", 1.0),
        ("托位数", "床位数", 2 / 3),
        ("甲乙", "丙丁", 0.0),
        ("", "甲", 0.0),
        (None, "", 1.0),
        ("甲甲乙", "甲乙丁", 2 / 3),
    ],
)
def test_likeness(one: object, other: object, expected: float) -> None:
    assert likeness(one, other) == pytest.approx(expected)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


def test_figures_and_units() -> None:
    assert figure("0.30000000000000004") == figure(0.3)
    assert measure("天") == measure("日") == "日"
    assert measure("个月") == "月"
    assert figure(None) is None


def clause(
    ref: str, text: str, level: str = "part", parent: str | None = None, heading: str | None = None
) -> dict[str, Any]:
    parent_id = f"d.{parent}" if parent else None
    return {
        "id": f"d.{ref}",
        "ref": ref,
        "text": text,
        "level": level,
        "parent_id": parent_id,
        "heading": heading,
    }


def wanted(ref: str, starts: str, ends: str, level: str = "part", **more: Any) -> dict[str, Any]:
    return {
        "ref": ref,
        "level": level,
        "heading": None,
        "parent": None,
        "starts": starts,
        "ends": ends,
        **more,
    }


def figures(gold: Mapping[str, Any], found: Found) -> dict[str, tuple[int, int, int]]:
    whole = {
        "source": "a.txt",
        "sha256": "0",
        "document": {},
        "clauses": [wanted("1", "总体要求", "有关要求。")],
        **gold,
    }
    return {s.kind: (s.hits, s.missed, s.spurious) for s in tabulate(score(whole, found))}


ONE = (clause("1", "总体要求。落实有关要求。"),)


def test_clauses_by_beginning_level_and_order() -> None:
    golds = [
        wanted("1", "保障措施", ""),
        wanted("2", "保障措施", "", level="article"),
        wanted("3", "没有这样的话", ""),
    ]
    clauses = (
        clause("a", "保障措施有力。", level="article"),
        clause("b", "保障措施到位。"),
        clause("c", "保障措施在表中。", level="table"),
    )
    assert match_clauses(golds, clauses) == {"d.b": "1", "d.a": "2"}


@pytest.mark.parametrize(
    ("golds", "clauses", "expected"),
    [
        # begins and ends as the gold says, no heading on either side
        ([wanted("1", "总体要求", "有关要求。")], ONE, {"clauses": (1, 0, 0), "tree": (1, 0, 0)}),
        # swallowed the next sentence
        ([wanted("1", "总体要求", "总体要求。")], ONE, {"clauses": (0, 1, 0), "tree": (1, 0, 0)}),
        # another way to end it is allowed
        (
            [wanted("1", "总体要求", "不对", ends_alt=["有关要求。"])],
            ONE,
            {"clauses": (1, 0, 0), "tree": (1, 0, 0)},
        ),
        # nothing wanted, one found
        ([], ONE, {"clauses": (0, 0, 1)}),
        # optional: neither
        ([wanted("1", "总体要求", "不对", optional=True)], ONE, {}),
        # a heading without its full stop; a heading too many
        (
            [wanted("1", "总体要求", "有关要求。", heading="总体要求")],
            (clause("1", "总体要求。落实有关要求。", heading="总体要求。"),),
            {"clauses": (1, 0, 0), "headings": (1, 0, 0), "tree": (1, 0, 0)},
        ),
        (
            [wanted("1", "总体要求", "有关要求。")],
            (clause("1", "总体要求。落实有关要求。", heading="总体要求"),),
            {"clauses": (1, 0, 0), "headings": (0, 1, 0), "tree": (1, 0, 0)},
        ),
        # the right clause in the wrong place; absent
        (
            [wanted("1", "总体要求", "要求。", parent="2"), wanted("3", "其他", "其他")],
            ONE,
            {"clauses": (1, 1, 0), "tree": (0, 2, 0)},
        ),
        # another level is allowed
        (
            [wanted("1", "总体要求", "要求。", level="article", level_alt="part")],
            ONE,
            {"clauses": (1, 0, 0), "tree": (1, 0, 0)},
        ),
    ],
)
def test_clauses_tree_and_headings(
    golds: list[dict[str, Any]],
    clauses: tuple[dict[str, Any], ...],
    expected: dict[str, tuple[int, int, int]],
) -> None:
    assert figures({"clauses": golds}, Found(clauses=clauses)) == expected


@pytest.mark.parametrize(
    ("gold", "document", "expected"),
    [
        ({"kind": "实施 方案"}, {"kind": "实施方案"}, (1, 0, 0)),
        ({"kind": "通知"}, None, (0, 1, 0)),
        ({"issuers": ["乙", "甲"]}, {"issuers": '["甲", "乙"]'}, (1, 0, 0)),
        ({"doc_number": None}, {"doc_number": "某发〔2020〕1号"}, (0, 0, 1)),
        ({"issuers": None}, {"issuers": "[]"}, None),
        ({"jurisdiction": "360103"}, {"jurisdiction_id": "360103"}, (1, 0, 0)),
    ],
)
def test_document(
    gold: dict[str, Any], document: dict[str, Any] | None, expected: tuple[int, int, int] | None
) -> None:
    assert figures({"document": gold, "clauses": []}, Found(document=document)).get("document") == expected


def duty(unit: str, role: str, where: str = "d.1") -> dict[str, Any]:
    return {"clause_id": where, "unit_name": unit, "role": role}


@pytest.mark.parametrize(
    ("golds", "rows", "units", "roles"),
    [
        ([{"unit": "市教育局", "role": "lead"}], [duty("市教育局", "lead")], (1, 0, 0), (1, 0, 0)),
        ([{"unit": "市教育局", "role": "lead"}], [duty("市教育局", "support")], (1, 0, 0), (0, 1, 0)),
        ([{"unit": "市教育局", "role": "lead"}], [duty("教育局", "lead")], (0, 1, 1), (0, 1, 0)),
        (
            [{"unit": "市教育局", "role": "lead", "role_alt": "guide"}],
            [duty("市教育局", "guide")],
            (1, 0, 0),
            (1, 0, 0),
        ),
        (
            [{"unit": "市教育局", "role": "lead", "unit_alt": "教育局"}],
            [duty("教育局", "lead")],
            (1, 0, 0),
            (1, 0, 0),
        ),
        ([{"unit": "市教育局", "role": "lead"}], [duty("市教育局", "lead", "d.9")], (0, 1, 1), (0, 1, 0)),
        ([{"unit": "市教育局", "role": "lead", "optional": True}], [], None, None),
        # twice with two roles: one unit, two roles
        (
            [{"unit": "县妇联", "role": "lead"}, {"unit": "县妇联", "role": "implement"}],
            [duty("县妇联", "lead"), duty("县妇联", "lead")],
            (1, 0, 0),
            (1, 1, 0),
        ),
    ],
)
def test_responsibilities(
    golds: list[dict[str, Any]],
    rows: list[dict[str, Any]],
    units: tuple[int, int, int] | None,
    roles: tuple[int, int, int] | None,
) -> None:
    gold = {"responsibilities": [{"clause": "1", **row} for row in golds]}
    clauses = (*ONE, clause("9", "联系电话", level="back"))
    got = figures(gold, Found(clauses=clauses, responsibilities=rows))
    assert (got.get("responsibilities"), got.get("roles")) == (units, roles)


def target(value: float, indicator: str | None, **more: Any) -> dict[str, Any]:
    base = {"value": value, "unit": "%", "comparator": "=", "deadline": None, "quote": "", "clause_id": "d.1"}
    return {**base, "indicator": indicator, **more}


@pytest.mark.parametrize(
    ("want", "got", "found", "fields", "names"),
    [
        ({}, {}, (1, 0, 0), (1, 0, 0), (1, 0, 0)),
        ({}, {"value": 59}, (0, 1, 1), (0, 1, 0), (0, 1, 0)),
        ({"unit": "天"}, {"unit": "日"}, (1, 0, 0), (1, 0, 0), (1, 0, 0)),
        ({}, {"comparator": ">="}, (1, 0, 0), (0, 1, 0), (1, 0, 0)),
        ({"comparator_alt": [">="]}, {"comparator": ">="}, (1, 0, 0), (1, 0, 0), (1, 0, 0)),
        ({"deadline": "2025"}, {"deadline": "2025-12-31"}, (1, 0, 0), (1, 0, 0), (1, 0, 0)),
        ({"deadline": "2025-12-31"}, {"deadline": "2025"}, (1, 0, 0), (0, 1, 0), (1, 0, 0)),
        ({}, {"indicator": "别的事情"}, (1, 0, 0), (1, 0, 0), (0, 1, 0)),
        ({"optional": True}, {}, None, None, None),
    ],
)
def test_targets(want: dict[str, Any], got: dict[str, Any], found: Any, fields: Any, names: Any) -> None:
    gold = {"targets": [{"clause": "1", **target(58, "参保率"), **want}]}
    result = figures(gold, Found(clauses=ONE, targets=[{**target(58, "参保率"), **got}]))
    assert tuple(result.get(k) for k in ("targets", "target_fields", "indicators")) == (found, fields, names)


def test_equal_values_are_told_apart_by_name() -> None:
    golds = [{"clause": "1", **target(90, name)} for name in ("筛查率", "治疗率")]
    rows = [target(90, "治疗率"), target(90, "筛查率")]
    assert figures({"targets": golds}, Found(clauses=ONE, targets=rows))["indicators"] == (2, 0, 0)


def test_amounts_and_durations() -> None:
    amount = {"value": 360, "unit": "元", "comparator": "=", "per": "托位", "period": "once", "quote": ""}
    duration = {"value": 15, "unit": "天", "subject": "婚假", "quote": ""}
    gold = {"amounts": [{"clause": "1", **amount}], "durations": [{"clause": "1", **duration}]}
    rows = Found(
        clauses=ONE,
        amounts=[{**amount, "clause_id": "d.1", "per": "人"}],
        durations=[{**duration, "clause_id": "d.1", "unit": "日"}],
    )
    got = figures(gold, rows)
    assert (got["amounts"], got["amount_fields"], got["durations"]) == ((1, 0, 0), (0, 1, 0), (1, 0, 0))


@pytest.mark.parametrize(
    ("want", "row", "expected"),
    [
        ({"title": "人口法", "doc_number": None}, {"title": "《人口法》", "doc_number": "x"}, (1, 0, 0)),
        (
            {"title": "意见", "doc_number": "甲发〔2020〕1号"},
            {"title": "意见", "doc_number": None},
            (0, 1, 0),
        ),
        (
            {"title": None, "doc_number": "甲发〔2020〕1号"},
            {"title": None, "doc_number": "甲发[2020]1号"},
            (1, 0, 0),
        ),
        ({"title": "条例"}, {"title": "办法", "doc_number": None}, (0, 1, 1)),
    ],
)
def test_citations(want: dict[str, Any], row: dict[str, Any], expected: tuple[int, int, int]) -> None:
    found = Found(clauses=ONE, citations=[{"clause_id": "d.1", **row}])
    assert figures({"citations": [{"clause": "1", **want}]}, found)["citations"] == expected


def test_what_the_cover_cites_does_not_count() -> None:
    clauses = (*ONE, clause("front", "印发方案", level="front"))
    found = Found(clauses=clauses, citations=[{"clause_id": "d.front", "title": "方案", "doc_number": None}])
    assert "citations" not in figures({}, found)


def test_links_count_where_the_gold_has_some() -> None:
    clauses = (*ONE, clause("a2.1", "建立机构", level="row"))
    found = Found(clauses=clauses, links=[{"from_clause_id": "d.a2.1", "to_clause_id": "d.1"}])
    golds = [wanted("1", "总体要求", "有关要求。"), wanted("a2.1", "建立机构", "机构", level="row")]
    assert "links" not in figures({"clauses": golds}, found)
    assert figures({"clauses": golds, "links": [{"row": "a2.1", "clause": "1"}]}, found)["links"] == (1, 0, 0)


# --- counting ------------------------------------------------------------------------------------


def test_ratios() -> None:
    score_ = Score("targets", hits=6, missed=2, spurious=4)
    assert (score_.precision, score_.recall) == (0.6, 0.75)
    assert score_.f1 == pytest.approx(2 / 3)
    assert Score("targets", 0, 3, 0).f1 == 0.0


def test_floors_are_held_to_a_tenth() -> None:
    scores = (Score("targets", hits=199, missed=0, spurious=1),)  # 99.749 → 99.7
    assert shortfalls(scores, {"targets": 99.7}) == ()
    assert shortfalls(scores, {"targets": 99.8, "amounts": 1.0}) == ("targets 99.7 < 99.8", "amounts 0 < 1.0")


def test_changes_name_gains_and_losses() -> None:
    before = [
        Outcome("targets", "hit", "a"),
        Outcome("targets", "missed", "b"),
        Outcome("targets", "spurious", "c"),
    ]
    now = [
        Outcome("targets", "missed", "a"),
        Outcome("targets", "hit", "b"),
        Outcome("targets", "spurious", "d"),
    ]
    gained, lost = changes(now, before)
    assert [(o.verdict, o.fact) for o in gained] == [("hit", "b"), ("spurious", "c")]
    assert [(o.verdict, o.fact) for o in lost] == [("hit", "a"), ("spurious", "d")]
    assert changes(now, now) == ([], [])


def test_last_run_is_kept(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    assert gold_files.last_run(state) is None
    gold_files.keep_run(state, [Outcome("targets", "hit", "甲")])
    assert gold_files.last_run(state) == (Outcome("targets", "hit", "甲"),)
    state.write_text("{", "utf-8")
    assert gold_files.last_run(state) is None


@pytest.mark.parametrize("content", ["{", "[]", "{}"])
def test_a_file_that_is_no_gold_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content, "utf-8")
    with pytest.raises(ReadError, match=r"x\.json"):
        gold_files.load([tmp_path])


def test_a_document_that_is_absent_is_all_missed() -> None:
    db = sqlite3.connect(":memory:")
    db.execute("create table documents (id, source_sha256)")
    whole = {"source": "a", "sha256": "0", "document": {"kind": "通知"}, "clauses": [wanted("1", "总", "总")]}
    assert gold_files.absent(db, [whole]) == ("a",)
    assert {s.kind: s.recall for s in tabulate(gold_files.compare(db, [whole]))} == {
        "document": 0.0,
        "clauses": 0.0,
        "tree": 0.0,
    }


def test_the_gold_of_the_corpus_names_its_notices() -> None:
    corpora = Path(__file__).parent.parent / "corpora"
    golds = gold_files.load([corpora / "gold"])
    assert {g["source"] for g in golds} <= {p.name for p in corpora.glob("*.txt")}
    for gold in golds:
        refs = {c["ref"] for c in gold["clauses"]}
        assert len(refs) == len(gold["clauses"]), f"{gold['source']}: refs repeat"
        assert json.dumps(gold)
