"""Values as HTML: what is put on a page by the hundred stays what it was, and inert."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.site.questions.choices import Place
from extractor.site.rendering import inert, place_options, quoted

HOSTILE = Place('36"><script>', "<b>西湖区</b>", "西湖区", 3, 0)
PLAIN = Place("360100", "南昌市", "南昌市", 2, 1)


@given(st.lists(st.text("甲<>&\"' \0;", max_size=6), max_size=6))
def test_values_stay_apart_and_cannot_end_what_they_stand_in(values: list[str]) -> None:
    found = inert(values)
    assert len(found) == max(len(values), 1)
    for value, own in zip(values, found, strict=False):
        assert html.unescape(own) == value.replace("\0", "\ufffd")
        assert not set("<>\"'") & set(own)


@pytest.mark.parametrize(("value", "said"), [("a b&c", "a+b%26c"), ("托", "%E6%89%98"), ("a/b", "a%2Fb")])
def test_a_value_of_a_query_string_is_quoted(value: str, said: str) -> None:
    assert quoted(value) == said


def test_places_are_ticked_where_they_are_chosen() -> None:
    first, second = str(place_options((HOSTILE, PLAIN), ("360100",), counted=True)).splitlines()
    assert first == (
        '<label><input type="checkbox" name="j" value="36&#34;&gt;&lt;script&gt;"> &lt;b&gt;西湖区&lt;/b&gt;'
        ' <span class="quiet">3</span></label>'
    )
    assert second.count(" checked") == 1 and " checked" not in first
    assert " checked" not in str(place_options((HOSTILE, PLAIN), (), counted=True))
    assert "quiet" not in str(place_options((PLAIN,), (), counted=False))
