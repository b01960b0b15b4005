"""Everything that the command line says of itself is in the Chinese catalogue, and nothing else is."""

from __future__ import annotations

import gettext
from collections import Counter
from io import BytesIO

import pytest

from tests.docs import catalogue
from tests.docs.catalogue import COMPILED, compiled, entries, of_click, places, wanted

ENTRIES = entries()
CHINESE = dict(ENTRIES)


def test_every_help_text_and_every_message_is_translated() -> None:
    assert not {sentence: place for sentence, place in wanted().items() if not CHINESE.get(sentence)}


def test_nothing_is_translated_that_nobody_says() -> None:
    own, click = wanted(), of_click()
    said = {part for sentence, _ in ENTRIES for part in sentence.split("\0")} - {""}
    assert said <= own.keys() | click


def test_no_sentence_stands_there_twice() -> None:
    assert [
        sentence for sentence, count in Counter(sentence for sentence, _ in ENTRIES).items() if count > 1
    ] == []


@pytest.mark.parametrize("sentence", [sentence for sentence in CHINESE if sentence and "%(" not in sentence])
def test_the_places_for_values_agree(sentence: str) -> None:
    # a plural may name a value that its singular has no use for
    assert places(CHINESE[sentence]) == set().union(*map(places, sentence.split("\0")))


def test_the_compiled_catalogue_is_that_of_the_words() -> None:
    assert COMPILED.read_bytes() == compiled(), "run `python -m tests.docs`"
    read = gettext.GNUTranslations(BytesIO(compiled()))
    assert all(
        read.gettext(sentence) == said for sentence, said in ENTRIES if sentence and "\0" not in sentence
    )
    one, many = next(sentence for sentence in CHINESE if "\0" in sentence).split("\0")
    assert read.ngettext(one, many, 1) == read.ngettext(one, many, 3) == CHINESE[f"{one}\0{many}"]


def test_a_template_that_is_filled_too_early_is_found(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "extractor").mkdir()
    monkeypatch.setattr(catalogue, "PROGRAM", tmp_path / "extractor")
    program = tmp_path / "extractor" / "a.py"
    head = "def fail(words, /, **values): ...\n"
    program.write_text(f'{head}problem = "it is {{what}}"\nfail(problem, what=1)\nfail("no")\n')
    assert {"it is {what}", "no"} <= wanted().keys()
    program.write_text(f'{head}fail(f"it is {{what}}")\n')
    with pytest.raises(ValueError, match=r"a\.py:2"):
        wanted()
