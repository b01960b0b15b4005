"""REVIEW in a real browser: a fact is looked at, corrected and, after the next ingest, shown as corrected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractor.corrections import book
from extractor.serving import Review
from tests.site.browser import browser, missing, served
from tests.site.test_browser import NARROW, WIDE, looked
from tests.test_cli import NOTICE, document_id, run

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "")
TOKEN = "a token of review"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    (tmp_path / "云岭.txt").write_text(NOTICE, "utf-8")
    assert run("ingest", tmp_path / "云岭.txt", "--db", tmp_path / "policies.db").exit_code == 0
    return tmp_path / "policies.db"


@pytest.fixture(scope="module")
def window() -> Any:
    with browser() as found:
        yield found


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_fact_is_reviewed_and_shown_as_corrected_after_the_next_ingest(
    window: Any, database: Path, width: int
) -> None:
    name = document_id(database)
    with (
        served(database, Review(book.beside(database))) as address,
        looked(window, address, f"/-/d/{name}#1", width=width) as looks,
    ):
        page = looks.page
        page.locator('[data-show="1"]').first.click()
        page.locator(".panel .item.target").get_by_role("link", name="复核").click()
        assert page.locator("mark").inner_text() == "每千人口拥有托位数达到4.5个"
        page.get_by_label("数值", exact=True).fill("五")
        page.get_by_label("理由").fill("表中为5")
        page.get_by_label("复核人").fill("张三")
        page.get_by_role("button", name="照此更正").click()
        assert "请填数字" in page.get_by_role("alert").inner_text()
        assert page.evaluate("document.activeElement.id") == "problem"
        page.get_by_label("数值", exact=True).fill("5")
        page.get_by_role("button", name="照此更正").click()
        page.get_by_role("status").filter(has_text="已记下").wait_for()
        assert page.get_by_label("复核人").input_value() == "张三"  # of whoever said so last
        page.goto(f"{address}/-/d/{name}#1")
        assert page.locator(".panel .item.target .said").inner_text() == "更正 · 待应用"
        assert [each for each in looks.errors if "400" not in each] == [] and looks.away == []
    result = run("ingest", database.parent / "云岭.txt", "--db", database)
    assert "1 known already" in result.stderr and "corrections: 1 applied" in result.stderr
    assert run("check", database).exit_code == 0
    with served(database) as address, looked(window, address, f"/-/d/{name}#1", width=width) as looks:
        page = looks.page
        page.locator('[data-show="1"]').first.click()
        card = page.locator(".panel .item.target")
        assert (
            card.locator(".said").inner_text() == "已更正" and card.locator(".figure").inner_text() == "5个"
        )
        assert "4.5" in card.locator("del").inner_text() and "表中为5" in card.inner_text()
        assert page.get_by_role("link", name="复核").count() == 0 and (looks.errors, looks.away) == ([], [])


def test_keys_lead_through_the_facts_and_confirm(window: Any, database: Path) -> None:
    name = document_id(database)
    with (
        served(database, Review(book.beside(database))) as address,
        looked(window, address, f"/-/r?show=facts&d={name}") as looks,
    ):
        page = looks.page
        page.locator(".items a.button").first.click()
        page.get_by_label("复核人").fill("张三")
        first = page.url
        page.locator("h1").click()
        page.keyboard.press("j")
        page.wait_for_url(lambda url: url != first)  # waits until it is loaded, scripts and all
        page.keyboard.press("k")
        page.wait_for_url(first)
        page.keyboard.press("e")
        assert page.evaluate("document.activeElement.name").startswith("f.")
        page.keyboard.press("y")  # typed into the field, no decision
        assert page.url == first and not book.beside(database).exists()
        page.reload()
        page.get_by_label("复核人").fill("张三")
        page.locator("h1").click()
        page.keyboard.press("n")
        assert page.evaluate("document.activeElement.id") == "why"
        page.locator("h1").click()
        page.keyboard.press("y")
        page.get_by_role("status").filter(has_text="已记下").wait_for()
        assert [each.verdict for each in book.read(book.beside(database))] == ["confirm"]
        page.wait_for_load_state()
        page.keyboard.press("?")
        page.locator("dialog").get_by_text("确认、驳回").wait_for()
        assert (looks.errors, looks.away) == ([], [])


def test_enter_in_a_field_decides_nothing(window: Any, database: Path) -> None:
    name = document_id(database)
    with (
        served(database, Review(book.beside(database))) as address,
        looked(window, address, f"/-/r/f/{name}.1_t1") as looks,
    ):
        looks.page.get_by_label("复核人").fill("张三")
        looks.page.get_by_label("数值", exact=True).press("Enter")
        looks.page.get_by_label("复核人").press("Enter")
        assert looks.page.url.endswith("_t1") and not book.beside(database).exists()


def test_it_works_without_scripts(window: Any, database: Path) -> None:
    name = document_id(database)
    context = window.new_context(java_script_enabled=False)
    with served(database, Review(book.beside(database))) as address:
        page = context.new_page()
        page.goto(f"{address}/-/r/f/{name}.1_t1")
        page.get_by_label("理由").fill("不是目标")
        page.get_by_label("复核人").fill("张三")
        page.get_by_role("button", name="驳回去掉").click()
        assert "已记下" in page.get_by_role("status").first.inner_text()
    context.close()
    assert [each.verdict for each in book.read(book.beside(database))] == ["reject"]


def test_a_token_opens_the_door_in_a_browser(window: Any, database: Path) -> None:
    with (
        served(database, Review(book.beside(database), TOKEN)) as address,
        looked(window, address, "/-/r?show=history") as looks,
    ):
        page = looks.page
        page.get_by_label("令牌").fill("not the token 123")
        page.get_by_role("button", name="进入").click()
        assert "令牌不对" in page.get_by_role("alert").inner_text()
        page.get_by_label("令牌").fill(TOKEN)
        page.get_by_role("button", name="进入").click()
        page.wait_for_url("**/-/r?show=history")
        assert "还没有人作过判断" in page.locator("main").inner_text()
        assert TOKEN not in page.content() and TOKEN not in page.url and looks.away == []
