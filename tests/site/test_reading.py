"""Places, passages, parts and terms: what the pages of documents and of search are made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.site.questions.facts import Fact, number
from extractor.site.questions.grids import Place, Stored, grid
from extractor.site.questions.outline import Node, Part, part_with
from extractor.site.questions.passages import paragraphs
from extractor.site.questions.reference import Step, citation, place, short_place
from extractor.site.questions.snippets import snippet
from extractor.site.questions.terms import Term, fts, load_synonyms, marked, terms

PART = Step("part", "二、", "政策", "2")
SUBPART = Step("subpart", "（三）", None, "2.3")


# --- places ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "cited", "short"),
    [
        ((PART,), "第二部分", "二"),
        ((PART, SUBPART, Step("article", "10.", "托育", "2.3.10")), "第二部分第（三）项第10条", "二（三）10"),
        ((Step("chapter", "第三章", "附则", "3"), Step("article", "第十二条", None, "3.12")), "第三章第十二条", "第三章·第十二条"),
        ((PART, Step("item", "一是", None, "2.1")), "第二部分第一点", "二·一是"),
        ((PART, Step("item", "（1）", None, "2.1")), "第二部分第（1）点", "二（1）"),
        ((Step("annex", "附件2：", "分工表", "a2"), Step("row", None, None, "a2.14")), "附件2第14行", "附件2·第14行"),
        ((Step("front", None, None, "front"),), "文首", "文首"),
        ((Step("part", None, "工作措施", "2"),), "“工作措施”", "2"),
        ((), "", ""),
    ],
)  # fmt: skip
def test_a_place_is_named_as_offices_name_it(way: tuple[Step, ...], cited: str, short: str) -> None:
    assert (place(way), short_place(way)) == (cited, short)


def test_a_citation_names_the_notice_its_number_and_the_place() -> None:
    assert (
        citation("实施方案", "西发〔2023〕8号", (PART, SUBPART))
        == "《实施方案》（西发〔2023〕8号）第二部分第（三）项"
    )
    assert citation(None, None, (PART,)) == "（无题名文件）第二部分"


# --- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "shown"),
    [(4.5, "4.5"), (2000.0, "2000"), (2000, "2000"), (0.00008, "0.00008"), (1e22, "10000000000000000000000"), (0.1, "0.1")],
)  # fmt: skip
def test_a_number_keeps_all_its_digits(stored: float, shown: str) -> None:
    assert number(stored) == shown


# --- passages --------------------------------------------------------------------------------------


def fact(start: int, end: int) -> Fact:
    return Fact("target", f"{start}-{end}", "c", start, end, "", None, None, None, (), None)


def drawn(text: str, facts: list[Fact], heading_end: int = 0) -> list[str]:
    """Each line with its passages in 「」 and how many facts cover them."""
    lines = paragraphs(text, 0, facts, heading_end=heading_end)
    return [
        "".join(f"{'#' if p.strong else ''}「{p.text}」{len(p.facts) or ''}" for p in line) for line in lines
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], ["「到2025年达到4.5个」"]),
        ([(1, 6)], ["「到」「2025年」1「达到4.5个」"]),
        ([(0, 12), (8, 11)], ["「到2025年达到」1「4.5」2「个」1"]),
        ([(0, 6), (4, 10)], ["「到202」1「5年」2「达到4.」1「5个」"]),
        ([(3, 3)], ["「到2025年达到4.5个」"]),
        ([(-9, 2), (11, 99)], ["「到2」1「025年达到4.5」「个」1"]),
    ],
)
def test_facts_that_nest_or_overlap_cut_the_words(facts: list[tuple[int, int]], expected: list[str]) -> None:
    text = "到2025年达到4.5个"
    assert drawn(text, [fact(a, b) for a, b in facts]) == expected


def test_a_heading_is_strong_and_lines_are_paragraphs() -> None:
    assert drawn("总则。\n\n一是好", [], heading_end=2) == ["#「总则」「。」", "「一是好」"]


@given(
    text=st.text("甲乙\n丙。", max_size=40),
    spans=st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), max_size=12),
    start=st.integers(0, 3),
)
def test_no_character_is_lost_and_each_has_its_facts(
    text: str, spans: list[tuple[int, int]], start: int
) -> None:
    facts = [fact(a, b) for a, b in spans]
    found = paragraphs(text, start, facts)
    assert "".join(p.text for line in found for p in line) == "".join(
        x for x in text.split("\n") if x.strip()
    )
    offsets = [start + i for i, char in enumerate(text) if char != "\n"]
    covered = [frozenset(f.id for f in p.facts) for line in found for p in line for _ in p.text]
    kept = [at for at, char in zip(offsets, (c for c in text if c != "\n"), strict=True)]
    assert covered == [frozenset(f.id for f in facts if f.start <= at < f.end) for at in kept]


# --- parts -----------------------------------------------------------------------------------------


def node(place: int, length: int, ref: str) -> Node:
    start = place * 1000
    return Node(ref, ref, "part", 1, None, None, None, start, start + length, start + length, None, None, 0)


@pytest.mark.parametrize(
    ("lengths", "ref", "expected"),
    [
        ([10, 10, 10], "0", Part(0, 3, None, None)),
        ([60, 60, 60], "0", Part(0, 2, None, 2)),
        ([60, 60, 60], "2", Part(2, 3, 0, None)),
        ([60, 60, 60, 60, 60], "3", Part(2, 4, 0, 4)),
        ([500, 10], "1", Part(1, 2, 0, None)),
        ([10, 10], "none", Part(0, 2, None, None)),
        ([], "0", Part(0, 0, None, None)),
    ],
)
def test_a_long_notice_is_shown_in_parts_of_whole_clauses(
    lengths: list[int], ref: str, expected: Part
) -> None:
    nodes = [node(place, length, str(place)) for place, length in enumerate(lengths)]
    assert part_with(nodes, ref, size=100) == expected


# --- tables ----------------------------------------------------------------------------------------


def cells(*rows: str) -> list[Stored]:
    """One row a word of cells apart by |, where an empty one is covered by the cell before it."""
    return [
        Stored("t", "c", None, len(row.split("|")), n, col, text)
        for n, row in enumerate(rows)
        for col, text in enumerate(row.split("|"))
        if text
    ]


@pytest.mark.parametrize(
    ("rows", "text", "expected"),
    [
        (("年|数", "2025|4"), "表\n年\n数\n2025\n4", [["年", "数"], ["2025", "4"]]),
        (("甲||乙", "1|2|3"), "甲\n乙\n1\n2\n3", [["甲:2", "乙"], ["1", "2", "3"]]),
        (("年|数", "2025|4"), "年\n数\n2025\n5", None),
        (("年|数", "2025|4"), "年\n和别的话\n数\n2025\n4", None),
        (("2|2", "2|2"), "2\n2\n2\n2", [["2", "2"], ["2", "2"]]),
    ],
)
def test_cells_are_found_one_after_another(
    rows: tuple[str, ...], text: str, expected: list[list[str]] | None
) -> None:
    found = grid(cells(*rows), text, start=0, end=len(text))

    def shown(cell: Place) -> str:
        return text[cell.start : cell.end] + (f":{cell.span}" if cell.span > 1 else "")

    assert (found and [[shown(cell) for cell in row] for row in found.rows]) == expected


# --- terms -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("托育", '"托 育"'),
        ("托育 补助", '"托 育" AND "补 助"'),
        ('"托育 服务"', '"托 育 ␠ 服 务"'),
        ("“托育服务” 补助", '"托 育 服 务" AND "补 助"'),
        ("托育 -补助", '("托 育") NOT ("补 助")'),
        ("托育 -补助 －“家庭 托育”", '("托 育") NOT ("补 助" OR "家 庭 ␠ 托 育")'),
        ("-补助", None),
        ("", None),
        ('"', None),
        ("a-b", '"a - b"'),
        ('托"', '"托"'),
        ("x') OR 1=1 --", '("x \' )" AND "O R" AND "1 = 1") NOT ("-")'),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_a_query(typed: str, query: str | None) -> None:
    assert fts(terms(typed)) == query


def test_synonyms_are_found_on_a_switch_and_marked() -> None:
    assert terms("托位") == (Term(("托位",)),)
    (term,) = terms("托位", synonyms=True)
    assert term.words == ("托位", "托育", "入托")
    assert fts((term,)) == '("托 位" OR "托 育" OR "入 托")'
    assert set(marked(terms("卫健委 -托位", synonyms=True))) >= {"卫健委", "卫生健康局"}
    assert "托位" not in marked(terms("卫健委 -托位", synonyms=True))


def test_each_group_of_synonyms_names_its_source() -> None:
    for word, words in load_synonyms().items():
        assert word in {each.casefold() for each in words} and len(words) > 1


def test_what_is_typed_is_bounded() -> None:
    assert len(terms("托 " * 5000)) <= 12
    assert len(terms("托" * 5000)[0].words[0]) <= 100


# --- snippets --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("发展托育服务。", ["托育"], "发展【托育】服务。"),
        ("甲" * 50 + "托育" + "乙" * 200, ["托育"], "…" + "甲" * 24 + "【托育】" + "乙" * 84 + "…"),
        ("GDP与gdp", ["gdp"], "【GDP】与【gdp】"),
        ("托育服务", ["托育服务", "托育"], "【托育服务】"),
        ("没有", [], "没有"),
        ("托.育", ["."], "托【.】育"),
    ],
)
def test_snippets_mark_the_words(text: str, words: list[str], expected: str) -> None:
    assert "".join(f"【{p.text}】" if p.found else p.text for p in snippet(text, words)) == expected


def test_words_far_apart_are_shown_apart() -> None:
    found = "".join(p.text for p in snippet("托育" + "甲" * 300 + "补助" + "乙" * 300, ["托育", "补助"]))
    assert "托育" in found and "补助" in found and found.count("…") == 2 and len(found) < 200
