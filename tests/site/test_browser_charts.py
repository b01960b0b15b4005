"""COMPARE, FIGURES and UNIT in a real browser: charts are drawn, lead to their words and can be saved."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from extractor.site.questions.figures import VIEWS
from tests.site.browser import browser, missing, served
from tests.site.comparing import compared
from tests.site.test_browser import FOUR, NARROW, looked

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "")
MOST_BYTES = 500_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(compared(tmp_path_factory.mktemp("charts"))) as found:
        yield found


@pytest.fixture(scope="module")
def window() -> Iterator[Any]:
    with browser() as found:
        yield found


@pytest.mark.parametrize("view", VIEWS)
def test_every_mark_of_the_table_is_drawn_and_leads_to_the_same_words(
    window: Any, address: str, view: str
) -> None:
    with looked(window, address, f"/-/f?view={view}") as looks:
        page = looks.page
        page.locator(".drawing svg").first.wait_for()
        drawn = page.evaluate(
            "[...document.querySelectorAll('.drawing svg a')].map(a => a.getAttributeNS('http://www.w3.org/1999/xlink', 'href'))"
        )
        rows = page.evaluate(
            "[...document.querySelectorAll('tr.mark')].filter(r => r.dataset.x).map(r => r.querySelector('a').href)"
        )
        assert rows and set(drawn) == set(rows)
        size = "[...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]"
        assert page.evaluate(f"{size}.reduce((sum, each) => sum + each.encodedBodySize, 0)") < MOST_BYTES


def test_a_figure_is_followed_to_its_words(window: Any, address: str) -> None:
    with looked(window, address, f"/-/f?view=targets&i={quote('每千人口婴幼儿托位数')}") as looks:
        page = looks.page
        page.locator(".drawing svg a").first.click()
        page.wait_for_url("**/-/d/xihu-2023-8#2.3.10")
        assert "每千人口婴幼儿托位数达到4.5个" in page.locator('[id="2.3.10"]').inner_text()


@pytest.mark.parametrize("view", ["benefits", "reuse"])
def test_a_chart_is_saved_with_its_colours(window: Any, address: str, view: str, tmp_path: Path) -> None:
    with looked(window, address, f"/-/f?view={view}") as looks:
        for suffix in ("svg", "png"):
            with looks.page.expect_download() as download:
                looks.page.locator(f"[data-save={suffix}]").click()
            download.value.save_as(tmp_path / f"chart.{suffix}")
        assert looks.errors == []
    svg = (tmp_path / "chart.svg").read_text("utf-8")
    assert svg.startswith("<svg") and "rgb(" in svg and "var(" not in svg
    png = (tmp_path / "chart.png").read_bytes()
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG") and width > 600 and height > 200


def test_on_a_narrow_screen_one_jurisdiction_is_shown_at_a_time(window: Any, address: str) -> None:
    with looked(window, address, FOUR, width=NARROW) as looks:
        page = looks.page
        shown = "[...document.querySelectorAll('td.column')].filter(td => td.offsetParent).map(td => td.dataset.column)"
        assert set(page.evaluate(shown)) == {"0"}
        page.get_by_role("link", name="漳州市", exact=True).first.click()
        assert set(page.evaluate(shown)) == {"2"} and "tab=350600" in page.url
        page.reload()
        assert set(page.evaluate(shown)) == {"2"}


def test_a_long_clause_unfolds_and_the_head_stays(window: Any, address: str) -> None:
    with looked(window, address, FOUR) as looks:
        page = looks.page
        entry = page.locator(".entry:not(.short)").first
        before = entry.locator(".words").bounding_box()["height"]
        entry.locator("summary").click()
        assert entry.locator(".words").bounding_box()["height"] > before
        page.locator(".matrix-frame").evaluate("frame => frame.scrollBy(0, 400)")
        assert page.locator("thead th").nth(1).is_visible()
        page.locator(".matrix-frame").scroll_into_view_if_needed()
        frame, head = (page.locator(name).first.bounding_box() for name in (".matrix-frame", "thead th"))
        assert abs(frame["y"] - head["y"]) < 3


def test_four_jurisdictions_are_exported_as_a_document(window: Any, address: str, tmp_path: Path) -> None:
    with looked(window, address, FOUR) as looks:
        with looks.page.expect_download() as download:
            looks.page.get_by_role("link", name=".docx").click()
        download.value.save_as(tmp_path / "t.docx")
    assert (tmp_path / "t.docx").read_bytes().startswith(b"PK")
