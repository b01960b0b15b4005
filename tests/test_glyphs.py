"""The fold table: which glyph is read as which character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.lexicon.glyphs import fold_table, folded

GLYPHS = [chr(code) for code in fold_table()]


@given(st.text(st.one_of(st.sampled_from(GLYPHS), st.characters(codec="utf-8")), max_size=60))
def test_folding_is_what_the_table_says(words: str) -> None:
    assert folded(words) == words.translate(fold_table())


def test_what_a_glyph_is_read_as_is_no_glyph_of_the_table() -> None:
    assert not {read for read in fold_table().values() if read} & set(GLYPHS)
