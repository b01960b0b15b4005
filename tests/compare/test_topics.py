"""Scores of topics follow from words, by place; a list of topics can be another's."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.compare.provisions import BLANK, Provision, blanked
from extractor.compare.topics import LEAST, TopicsError, load_topics, score, scorer, topic

PLACES = topic("places", "托位", ["托位数", "?托育机构", "子女…同校", "-托位数任务"])


def provision(text: str, heading: str = "", above: tuple[str, ...] = ()) -> Provision:
    return Provision("d.1", "d", "article", heading, text, blanked(text), above)


@pytest.mark.parametrize(
    ("text", "heading", "above", "words"),
    [
        ("托位数达到4.5个。", "", (), ("托位数",)),
        ("托位数达到4.5个，托位数增加。", "", (), ("托位数×2",)),
        ("增加托位数。到2025年建成。", "增加托位数", (), ("标题：托位数",)),
        ("建设托育机构。", "", (), None),  # one clue is not enough
        ("建设托育机构。", "", ("提高托位数",), ("上级：托位数", "托育机构")),
        ("托育机构建设。加快。", "托育机构建设", (), None),
        ("多孩家庭子女可以同校就读。", "", (), ("子女…同校",)),
        ("子女入学。多孩同校。", "", (), None),  # not in one sentence
        ("完成托位数任务。", "", (), None),
        ("（责任单位：托位数办公室）", "", (), None),
        ("落实《托位数管理办法》。", "", (), None),
    ],
)
def test_words_make_the_score(
    text: str, heading: str, above: tuple[str, ...], words: tuple[str, ...] | None
) -> None:
    found = tuple(score(provision(text, heading, above), [PLACES]))
    assert (found[0].words if found else None) == words
    assert all(LEAST <= each.score < 1 for each in found)


def test_a_word_in_the_heading_counts_more() -> None:
    inside = next(score(provision("增加。托位数很多。", "增加"), [PLACES])).score
    above = next(score(provision("托位数。增加。", "托位数"), [PLACES])).score
    assert above > inside


def test_trying_only_topics_that_can_begin_changes_nothing() -> None:
    topics = load_topics()
    every = scorer(topics)
    for text in ("建设婴幼儿托位。公租房优先。", "HPV疫苗，婚假，产假。", ""):
        assert every(provision(text)) == tuple(score(provision(text), topics))


def test_blanks_keep_the_length() -> None:
    text = "建设1200个托位（责任单位：区卫健委、区教育局）《条例》（国发〔2021〕9号）。"
    found = blanked(text)
    assert len(found) == len(text) and "卫健" not in found and BLANK in found and "托位" in found


def test_the_shipped_topics_have_two_levels() -> None:
    topics = load_topics()
    tops = {each.id for each in topics if each.parent is None}
    assert all(each.parent in tops for each in topics if each.parent is not None)
    assert all(each.words for each in topics if each.parent is not None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("topics = 3", "no list of topics"),
        ("[[topics]]\nid = 'a'", "'name'"),
        ("[[topics]]\nid = '托'\nname = 'x'", "small letters"),
        ("[[topics]]\nid = 'a'\nname = 'x'\nparent = 'b'", "parent b"),
        ("[[topics]]\nid = 'a'\nname = 'x'\n[[topics]]\nid = 'a'\nname = 'y'", "share an id"),
    ],
)
def test_a_wrong_list_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "topics.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(TopicsError, match=said) as error:
        load_topics(file)
    assert str(file) in str(error.value)
