"""What made notices state comes out of every format; and the measure sees what is lost and what is invented."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from extractor.pipeline import read_bytes
from tests.fuzz.roundtrip import ONE_BY_ONE, Tally, found, main, tried
from tests.fuzz.sentences import chinese
from tests.fuzz.written import written

QUICK = ("docx", "docx-typed", "html", "html-breaks", "pdf", "ofd")  # the others need Chromium or LibreOffice


def test_made_notices_come_out_of_text_as_they_went_in() -> None:
    tally = tried("text", 60, 7, show=3)
    assert (tally.equal, tally.kept) == (tally.notices, tally.stated)


@pytest.mark.parametrize("form", QUICK)
def test_made_notices_come_out_of_each_format_as_they_went_in(form: str) -> None:
    assert form in ONE_BY_ONE
    tally = tried(form, 6, 11, show=3)
    assert tally.equal == tally.notices


def test_the_same_seed_makes_the_same_notice_and_all_kinds_are_made() -> None:
    made = [written(Random(f"3 {at}")) for at in range(80)]
    assert made == [written(Random(f"3 {at}")) for at in range(80)]
    assert len({each.text for each in made}) == len(made)
    kinds = {str(fact[0]) for each in made for fact in each.facts}
    assert kinds == {"amount", "citation", "clause", "deadline", "duration", "duty", "head", "target"}
    levels = {fact[2] for each in made for fact in each.facts if fact[0] == "clause"}
    assert levels == {
        "front",
        "preamble",
        "chapter",
        "part",
        "subpart",
        "article",
        "item",
        "closing",
        "annex",
        "row",
    }


def test_what_is_lost_lowers_recall_and_what_comes_lowers_precision() -> None:
    made = next(each for each in map(written, map(Random, range(99))) if "全市" in each.text)
    read = found(read_bytes("a.txt", made.text.replace("全市", "全县").encode()))
    tally = Tally()
    tally.add(made.facts, read)
    assert (tally.notices, tally.equal) == (1, 0)
    assert tally.recall < 100 and tally.precision < 100
    more, less = Tally(), Tally()
    more.add(Counter(a=1), Counter(a=1, b=1))
    less.add(Counter(a=1, b=1), Counter(a=1))
    assert (more.recall, more.precision) == (100, 50)
    assert (less.recall, less.precision) == (50, 100)
    assert Tally().recall == Tally().precision == 100


def test_a_number_that_no_rule_understands_is_a_fact_too_many() -> None:
    made = written(Random(1))
    odd = made.text + "\n另有4711。"
    assert [
        fact for fact in found(read_bytes("a.txt", odd.encode())) - made.facts if fact[0] == "unclassified"
    ]


def test_the_program_tells_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", "docx", "--notices", "3", "--seed", "7"]) == 0
    assert capsys.readouterr().out.count("3 notices, 3 equal") == 2


@pytest.mark.parametrize(
    ("value", "words"), [(3, "三"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")]
)
def test_numbers_in_chinese(value: int, words: str) -> None:
    assert chinese(value) == words
