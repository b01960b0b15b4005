"""The spaCy component: every fact is a span, whatever the tokens."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from extractor.nlp import KEYS, displacy_options, pipeline
from extractor.pipeline import read_bytes

NOTICE = """云岭市促进托育服务发展实施方案

为贯彻落实《国务院办公厅关于促进养老托育服务健康发展的意见》（国办发〔2020〕52号），制定本方案。

一、主要目标

到2025年，每千人口拥有托位数达到4.5个。

二、重点任务

（一）加大支持。对新建普惠托位每个给予一次性补助10000元，2024年底前完成。（责任单位：市卫健委、财政局）

（二）落实假期。男方享受护理假15日。

云岭市人民政府

2023年5月6日
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline()


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(NOTICE)


@pytest.mark.parametrize("key", KEYS)
def test_every_fact_of_the_pipeline_is_a_span(doc: Doc, key: str) -> None:
    notice = read_bytes("a.txt", doc.text.encode())
    facts = getattr(notice, key)
    assert facts, f"the notice of this test has no {key}"
    assert len(doc.spans[key]) == len(doc._.policy_facts[key]) == len(facts)
    for span, entry in zip(doc.spans[key], doc._.policy_facts[key], strict=True):
        assert doc.text[entry["start"] : entry["end"]] == entry["quote"]
        assert span.start_char <= entry["start"] < entry["end"] <= span.end_char


def test_labels_and_fields(doc: Doc) -> None:
    (amount,) = doc._.policy_facts["amounts"]
    assert (amount["value"], amount["unit"], amount["clause"]) == (10000, "元", "2.1")
    assert {span.label_ for span in doc.spans["targets"]} == {"target"}
    assert {"part", "subpart", "preamble"} <= {span.label_ for span in doc.spans["clauses"]}
    assert doc._.policy_head["title"] == "云岭市促进托育服务发展实施方案"


def test_tokens_are_words_of_the_text(doc: Doc) -> None:
    assert "".join(token.text_with_ws for token in doc) == doc.text
    assert "卫健委" in [token.text for token in doc]


def test_one_token_for_the_whole_text_loses_no_fact(nlp: Language, doc: Doc) -> None:
    coarse = Doc(nlp.vocab, words=[doc.text], spaces=[False])
    coarse = nlp.get_pipe("policy_facts")(coarse)
    for key in KEYS:
        assert len(coarse.spans[key]) == len(doc.spans[key])
        assert coarse._.policy_facts[key] == doc._.policy_facts[key]


def test_it_works_in_any_chinese_pipeline_on_text_as_it_came(doc: Doc) -> None:
    blank = spacy.blank("zh")
    blank.add_pipe("policy_facts")
    raw = NOTICE.replace("每千人口", "每 千\n\n— 1 —\n\n人口").replace("，", ",")
    other = blank(raw)
    assert other.text == raw
    (amount,) = other._.policy_facts["amounts"]
    assert amount["quote"] == doc._.policy_facts["amounts"][0]["quote"]
    assert "10000" in raw[amount["start"] : amount["end"]]
    assert len(other.spans["responsibilities"]) == len(doc.spans["responsibilities"])


def test_pipeline_and_docs_can_be_saved(nlp: Language, doc: Doc, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")(NOTICE)
    assert again.to_json() == doc.to_json()
    kept = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (back,) = DocBin().from_bytes(kept).get_docs(nlp.vocab)
    assert back._.policy_facts == doc._.policy_facts
    assert [s.text for s in back.spans["targets"]] == [s.text for s in doc.spans["targets"]]


def test_an_empty_doc_has_no_facts(nlp: Language) -> None:
    empty = nlp("")
    assert all(len(empty.spans[key]) == 0 for key in KEYS)


@pytest.mark.parametrize("key", ["targets", "amounts", "responsibilities"])
def test_displacy_draws_them(doc: Doc, key: str) -> None:
    options = displacy_options(key)
    assert {span.label_ for span in doc.spans[key]} <= options["colors"].keys()
    assert "span" in displacy.render(doc, style="span", options=options, jupyter=False)
