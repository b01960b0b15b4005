"""Texts shuffled at random break no extractor; and the program sees what would."""

from __future__ import annotations

from random import Random

import pytest

from extractor.clauses import build
from extractor.model import Text
from extractor.sources import read_source
from extractor.text import normalise
from tests.fuzz import extracting
from tests.fuzz.extracting import Tally, shuffled


def read(words: str) -> Text:
    return normalise(read_source("a.txt", words.encode()))


def test_texts_are_other_ones_each_time_and_the_same_for_a_seed() -> None:
    made = [shuffled(Random(at)) for at in range(20)]
    assert made == [shuffled(Random(at)) for at in range(20)]
    assert len(set(made)) == 20
    assert all(len(words) < extracting.MOST + 100 for words in made)


def test_no_extractor_fails_on_a_few_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    tallies = extracting.run(1.0, 5)
    assert [name for name, tally in tallies.items() if tally.faults] == [], capsys.readouterr().out
    assert all(tally.inputs > 0 for tally in tallies.values())
    assert sum(tally.found for tally in tallies.values()) > 0


def test_what_fails_and_what_is_slow_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    text = read("一、目标\n到2025年完成。")
    tally = Tally()
    extracting._try(tally, "here", lambda text, clauses: [1 // 0], text, build(text)[0])
    monkeypatch.setattr(extracting, "SLOW", -1.0)
    extracting._try(tally, "here", lambda text, clauses: [1, 2], text, build(text)[0])
    assert tally.faults == {"ZeroDivisionError: integer division or modulo by zero": 1, "slow": 1}
    assert (tally.inputs, tally.found) == (2, 2)
