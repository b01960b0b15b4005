"""The pages in a real browser: no error, no request that leaves the machine, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from extractor.correcting import bring_up_to_date
from extractor.corrections.book import add, beside
from extractor.model import Unit
from extractor.serving import Review
from extractor.site.questions.figures import VIEWS
from tests.corrections.test_correcting import said, say
from tests.site.browser import browser, missing, served
from tests.site.comparing import compared
from tests.stored import built, notice

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "")
AXE = Path(__file__).parent / "axe" / "axe.min.js"
FOUR = f"/-/c?q={quote('托位')}&j=360103&j=441523&j=350600&j=533423"
PATHS = (
    "/",
    f"/-/s?q={quote('托位')}&synonyms=1",
    "/-/s",
    "/-/d/xihu-2023-8#2.3.10",
    "/-/d/none",
    "/-/c",
    FOUR,
    *(f"/-/f?view={view}" for view in VIEWS),
    "/-/u",
    f"/-/u/{quote('卫生健康')}",
    "/-/u/none",
)
REVIEWED = (  # with review on
    "/", "/-/r", "/-/r?show=facts&d=xihu-2023-8", "/-/r?show=conflicts", "/-/r?show=history", "/-/r/f/xihu-2023-8.2.4.11_a3",
    "/-/r/f/xihu-2023-8.2.1.2_r5", "/-/r/f/weixi-2023-15_f3", "/-/d/xihu-2023-8#2.4.11", "/-/r/f/none",
)  # fmt: skip
WIDE, NARROW = 1440, 390


@dataclass
class Looks:
    """What a browser met while it showed a page."""

    page: Any
    errors: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    women = Unit("市妇联", "市妇女联合会", "妇联")
    city = notice("b.txt", number="洪发〔2023〕2号", title="生育方案", place="360100", salt="2", unit=women)
    database = built(tmp_path_factory.mktemp("browser"), [notice(), city], "policies.db")
    with served(database) as found:
        yield found


@pytest.fixture(scope="module")
def window() -> Iterator[Any]:
    with browser() as found:
        yield found


@contextmanager
def looked(
    window: Any, address: str, path: str, *, width: int = WIDE, scheme: str = "light"
) -> Iterator[Looks]:
    context = window.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    looks = Looks(page)
    page.on("pageerror", lambda error: looks.errors.append(str(error)))
    page.on(
        "console", lambda said: looks.errors.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on(
        "request", lambda asked: looks.away.append(asked.url) if not asked.url.startswith(address) else None
    )
    page.goto(f"{address}{path}")
    yield looks
    context.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site over the shipped notices, with topics and pairs: every page has something to show."""
    with served(compared(tmp_path_factory.mktemp("whole"))) as found:
        yield found


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same with review on: something is corrected, rejected and confirmed, something waits, something conflicts."""
    database = compared(tmp_path_factory.mktemp("reviewed"))
    path = beside(database)
    say(database, "xihu-2023-8.2.3.9_a1", per="人")
    say(database, "xihu-2023-8.2.4.11_a4", "reject")
    say(database, "xihu-2023-8.2.4.11_a1", "confirm")
    add(path, [replace(said(database, "xihu-2023-8.2.3.9_a1", value="7", by="李四"), replaces=())])
    bring_up_to_date(database, path)
    add(path, [said(database, "xihu-2023-8.2.4.11_a3", value="128")])
    with served(database, Review(path)) as found:
        yield found


CASES = [*(("whole", path) for path in PATHS), *(("reviewed", path) for path in REVIEWED)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize(("site", "path"), CASES)
def test_a_page_shows_without_error_within_its_window_and_for_everybody(
    window: Any, request: pytest.FixtureRequest, site: str, path: str, width: int, scheme: str
) -> None:
    whole = request.getfixturevalue(site)
    with looked(window, whole, path, width=width, scheme=scheme) as looks:
        page = looks.page
        if "/-/f" in path:
            page.locator(".drawing svg").first.wait_for()
        errors = [each for each in looks.errors if "404" not in each or not path.endswith("/none")]
        assert (errors, looks.away) == ([], [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator("h1").count() == 1
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run().then(result => result.violations)")
        serious = [
            (each["id"], [node["target"] for node in each["nodes"]][:4])
            for each in found
            if each["impact"] in ("serious", "critical")
        ]
        assert serious == []


def test_keys_lead_from_clause_to_clause_and_to_the_search(window: Any, address: str) -> None:
    with looked(window, address, "/-/d/xihu-2023-8#1") as looks:
        page = looks.page
        page.keyboard.press("]")
        assert page.url.endswith("#1.1") and page.locator('[data-side="1.1"]').is_visible()
        page.keyboard.press("[")
        assert page.url.endswith("#1") and page.locator('[data-side="1.1"]').is_hidden()
        page.keyboard.press("?")
        assert page.locator("dialog").is_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("托位")
        page.keyboard.press("Enter")
        page.wait_for_url("**/-/s?q=*")
        assert page.locator("mark").first.inner_text() == "托位"


def test_words_and_facts_point_at_each_other(window: Any, address: str) -> None:
    with looked(window, address, "/-/d/xihu-2023-8") as looks:
        page = looks.page
        page.locator(".m.amount").first.click()
        assert page.locator(".panel .item.amount.chosen").is_visible()
        page.locator(".panel [data-fact]").first.hover()
        assert page.locator(".m.duty.chosen").count() == 1
        page.locator('[data-legend] input[value="duty"]').uncheck()
        assert page.locator(".panel .fact.duty").first.is_hidden()


def test_what_is_copied_names_the_place(window: Any, address: str) -> None:
    with looked(window, address, "/-/d/xihu-2023-8#1.1") as looks:
        page = looks.page
        page.locator('[data-side="1.1"]:visible').wait_for()
        copied = []
        for number in range(3):
            page.locator("[data-copies] button").nth(number).click()
            page.locator(".toast:not(:empty)").wait_for()
            copied.append(page.evaluate("navigator.clipboard.readText()"))
        link, citation, row = copied
        assert link == f"{address}/-/d/xihu-2023-8#1.1"
        assert citation == "《托育工作方案》（西发〔2023〕8号）第一部分第（一）项"
        assert row.startswith(f'"{citation}","（一）增加托位。') and row.endswith(f'"{link}"')


def test_the_language_keeps_the_page_and_its_state(window: Any, address: str) -> None:
    with looked(window, address, f"/-/s?q={quote('托位')}&kind=amount") as looks:
        page = looks.page
        before = page.url
        page.get_by_role("link", name="EN").click()
        assert page.url == before and page.locator("html").get_attribute("lang") == "en"
        assert page.locator(".group").count() == 2


def test_a_chosen_theme_stays(window: Any, address: str) -> None:
    with looked(window, address, "/") as looks:
        page = looks.page
        light = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.locator(".chooser summary").last.click()
        page.get_by_role("link", name="深色").click()
        page.goto(f"{address}/-/s")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
