"""REVIEW as a browser gets it: what is kept, and what the pages show of it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote

import httpx
import pytest

from extractor.corrections import book
from tests.site.opening import opened, page
from tests.site.test_hostile_pages import HOSTILE, TURNING, elements
from tests.site.visiting import (
    DUTY,
    FINDING,
    ONE,
    TARGET,
    Visitor,
    apply,
    form_on,
    said,
    text_of,
    visited,
)
from tests.stored import built, notice


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return built(tmp_path, [notice()], "policies.db")


# --- what is kept ------------------------------------------------------------------------------------


def test_what_is_said_goes_to_its_own_file_and_the_database_stays(database: Path) -> None:
    before = database.read_bytes()

    async def look(visitor: Callable[..., Visitor]) -> list[httpx.Response]:
        one = visitor()
        return [
            await one.say(TARGET, "correct", f_value="5", f_scope=" 全区 ", why="表中\r\n为5"),
            await one.say(DUTY, "confirm"),
            await one.say(FINDING, "reject", why="表格里的数"),
        ]

    first, second, third = visited(database, look)
    assert [r.status_code for r in (first, second, third)] == [302] * 3
    assert sorted(said(database), key=lambda each: each[1]) == [
        (f"{ONE}.1.1_r1", "confirm", {}, "张三", ""),
        (f"{ONE}.1.1_t1", "correct", {"value": 5, "scope": "全区"}, "张三", "表中\n为5"),
        (f"{ONE}_f1", "reject", {}, "张三", "表格里的数"),
    ]
    assert database.read_bytes() == before
    assert (
        unquote(first.headers["set-cookie"]).startswith("extractor-reviewer=")
        and "HttpOnly" in first.headers["set-cookie"]
    )


def test_after_each_comes_the_next_that_nobody_has_decided(database: Path) -> None:
    async def look(visitor: Callable[..., Visitor]) -> list[str]:
        one, path, seen = visitor(), f"{TARGET}?show=facts&d={ONE}", []
        for _ in range(8):
            response = await one.say(path, "confirm")
            path = response.headers["location"]
            seen.append(path.partition("?")[0])
        return [*seen, (await one.get(path)).text]

    *seen, text = visited(database, look)
    assert len(set(seen[:-1])) == 7 and seen[-1] == "/-/r"  # all eight facts, then back to the list
    assert "已复核 8 / 共 8" in text and "都复核过了" in text and "已记下：确认" in text


@pytest.mark.parametrize(
    ("verdict", "typed", "words"),
    [
        ("correct", {"f_value": "五", "why": "x"}, "数值：请填数字"),
        ("correct", {"f_value": "", "why": "x"}, "数值：这一栏不能空"),
        ("correct", {"f_deadline": "年底", "why": "x"}, "期限：请写年份或日期"),
        ("correct", {"f_value_high": "1", "why": "x"}, "上限：上限不能小于数值"),
        ("correct", {"f_comparator": "≥", "why": "x"}, "比较：请从列出的值里选"),
        ("correct", {"f_scope": "长" * 1001, "why": "x"}, "范围：须为一行"),
        ("correct", {"f_rule": "x", "why": "x"}, "没有这一栏"),
        ("correct", {"why": "x"}, "填的值与程序读出的没有不同"),
        ("correct", {"f_value": "5"}, "请写理由"),
        ("reject", {}, "请写理由"),
        ("reject", {"why": "x", "by": ""}, "请写复核人的名字"),
        ("reject", {"why": "长" * 2001}, "理由至多 2000 字"),
        ("withdraw", {"why": "x"}, "没有可撤回的判断"),
        ("perhaps", {"why": "x"}, "请选确认、更正或驳回"),
        ("reject", {"why": "x", "saw": "c0123456789abcdef"}, "别人作了判断"),
    ],
)
def test_what_is_wrong_is_told_beside_the_form_which_keeps_what_was_typed(
    database: Path, verdict: str, typed: dict[str, str], words: str
) -> None:
    async def look(visitor: Callable[..., Visitor]) -> httpx.Response:
        return await visitor().say(TARGET, verdict, **typed)

    response = visited(database, look)
    assert response.status_code == 400 and not book.beside(database).exists()
    (problem,) = re.findall(r'<p class="problem" role="alert"[^>]*>(.*?)</p>', response.text, re.DOTALL)
    assert words in problem
    kept = form_on(response)
    assert all(
        kept[name.replace("f_", "f.", 1)] == value
        for name, value in typed.items()
        if name in ("f_value", "f_deadline", "f_scope")
    )
    if "数值：" in problem:
        assert re.search(r'name="f\.value"[^>]*aria-invalid="true"', response.text)


def test_two_who_look_at_once_do_not_overrule_each_other_unseen(database: Path) -> None:
    async def look(visitor: Callable[..., Visitor]) -> list[httpx.Response]:
        one, other = visitor(), visitor()
        theirs = form_on(await other.get(TARGET)) | {"verdict": "reject", "by": "李四", "why": "不是"}
        first = await one.say(TARGET, "correct", f_value="5", why="表")
        late = await other.post(TARGET, theirs)
        again = await other.say(TARGET, "reject", why="看过了，不是")
        return [first, late, again]

    first, late, again = visited(database, look)
    assert (first.status_code, late.status_code, again.status_code) == (302, 400, 302)
    assert "更正 · 待应用" in late.text and "别人作了判断" in late.text
    (correction, rejection) = sorted(book.read(book.beside(database)), key=lambda each: len(each.replaces))
    assert rejection.replaces == (correction.id,)


def test_what_was_said_is_withdrawn(database: Path) -> None:
    visited(database, lambda visitor: visitor().say(TARGET, "correct", f_value="5", why="表"))
    apply(database)
    before = page(database, TARGET)
    assert 'value="withdraw"' in before and 'value="confirm"' not in before
    assert 'name="f.value" value="5"' in before and "程序读作 4.5" in before and "已更正" in before
    visited(database, lambda visitor: visitor().say(TARGET, "withdraw", why="看错了表"))
    after = page(database, TARGET)
    assert "撤回 · 待应用" in after and 'value="confirm"' in after and 'name="f.value" value="4.5"' in after
    assert "撤回 · 待应用" in visited(database, lambda visitor: text_of(visitor, f"/-/d/{ONE}"))
    apply(database)
    over = page(database, TARGET)
    assert "撤回 · 已了结" in over and "更正 · 已了结" in over and "待应用" not in over
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("select value from targets").fetchone() == (4.5,)


def test_an_office_by_another_name_has_its_own_sector(database: Path) -> None:
    async def look(visitor: Callable[..., Visitor]) -> httpx.Response:
        return await visitor().say(DUTY, "correct", f_unit="区民政局", why="名单第二")

    assert visited(database, look).status_code == 302
    assert said(database)[0][2] == {"unit": "区民政局"}
    apply(database)
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("select sector, canonical_name from units where name = '区民政局'").fetchone() == (
            "民政",
            "区民政局",
        )


# --- what pages show ---------------------------------------------------------------------------------


def test_a_fact_is_shown_in_its_words_with_what_the_parser_reads(database: Path) -> None:
    text = page(database, TARGET)
    assert "到2025年，<mark>千人托位达到4.5个</mark>，由区卫健委牵头" in text
    form = form_on(opened(database, TARGET)[0])
    assert {name: value for name, value in form.items() if name.startswith("f.")} == {
        "f.indicator": "千人托位", "f.comparator": "=", "f.value": "4.5", "f.value_high": "", "f.unit": "个", "f.deadline": "2025", "f.scope": "",
    }  # fmt: skip
    stated_elsewhere = page(database, f"/-/r/f/{ONE}.1.2_r1")
    assert "点名的话在这一条" in stated_elsewhere and "由<mark>区卫健委</mark>牵头" in stated_elsewhere
    assert "360 is of no class." in page(database, FINDING) and 'value="correct"' not in page(
        database, FINDING
    )


def test_the_document_shows_what_waits_and_what_was_applied(database: Path) -> None:
    async def say(visitor: Callable[..., Visitor]) -> str:
        one = visitor()
        await one.say(TARGET, "correct", f_value="5", why="表中为5")
        await one.say(f"/-/r/f/{ONE}.1.1_a1", "reject", why="不是补助")
        await one.say(DUTY, "confirm")
        return (await one.get(f"/-/d/{ONE}")).text

    waits = visited(database, say)
    assert "更正 · 待应用" in waits and "<del>4.5</del> → <ins>5</ins>" in waits and "确认 · 待应用" in waits
    assert "待应用" not in page(database, f"/-/d/{ONE}")  # who may not review sees the database alone
    apply(database)
    shown = page(database, f"/-/d/{ONE}")
    assert (
        "已更正" in shown
        and "<del>4.5</del> → <ins>5</ins>" in shown
        and "表中为5" in shown
        and "已确认" in shown
    )
    assert "已驳回" in shown and "“每个托位补助360元”" in shown
    assert "待应用" not in visited(database, lambda visitor: text_of(visitor, f"/-/d/{ONE}"))
    assert "/-/r" not in shown


def test_lists_are_narrowed_and_tell_how_far_one_has_come(database: Path) -> None:
    async def look(visitor: Callable[..., Visitor]) -> list[str]:
        one = visitor()
        await one.say(FINDING, "confirm")
        await one.say(TARGET, "confirm")
        paths = ("/-/r", "/-/r?every=1", "/-/r?every=1&severity=error", f"/-/r?show=facts&d={ONE}&kind=target", f"/-/r?show=facts&d={ONE}",
                 "/-/r?show=history", "/-/r?show=facts")  # fmt: skip
        return [(await one.get(path)).text for path in paths]

    findings, every, errors, targets, facts, history, none = visited(database, look)
    assert "已复核 1 / 共 1" in findings and f"{FINDING}" not in findings and "都复核过了" in findings
    assert FINDING in every and "没有符合条件的" in errors
    assert TARGET not in targets and DUTY in facts and TARGET not in facts and "已复核 1 / 共 8" in facts
    assert history.count("确认 · 待应用") == 2 and "请先选一份文件" in none


def test_conflicts_are_listed_with_the_way_out(database: Path) -> None:
    async def say(visitor: Callable[..., Visitor]) -> None:
        await visitor().say(TARGET, "correct", f_value="5", why="表中为5")

    visited(database, say)
    database.unlink()
    other = notice()
    clause = other.clauses[2]
    moved = other.text.text.replace("千人托位达到4.5个", "千人托位达到4.6个")
    built(
        database.parent,
        [replace(other, text=replace(other.text, text=moved), clauses=other.clauses)],
        "policies.db",
    )
    apply(database)
    conflicts = page(database, "/-/r?show=conflicts")
    assert clause.ref == "1.1" and "更正 · 冲突" in conflicts and "条款的文字已变" in conflicts
    assert re.search(r"extractor correct 数据库 c[0-9a-f]{16} --withdraw", conflicts)
    assert "更正没有采用" in page(database, f"/-/d/{ONE}")


def test_notes_of_others_are_words(database: Path) -> None:
    """A note, a name or a value of a colleague is as hostile as a notice."""
    words = "".join(char for char in HOSTILE if char != "\0")

    async def look(visitor: Callable[..., Visitor]) -> list[str]:
        one = visitor()
        kept = await one.say(TARGET, "correct", f_indicator=words[:200], why=words, by=words[:90])
        await one.say(
            DUTY, "correct", f_unit=words[:200], f_canonical_name=words[:200], why=words, by=words[:90]
        )
        assert kept.status_code == 302, kept.text
        paths = (
            kept.headers["location"],
            TARGET,
            DUTY,
            "/-/r?show=history",
            f"/-/d/{ONE}",
            f"/-/r?said={quote(words)}",
        )
        return [(await one.get(path)).text for path in paths]

    waiting = visited(database, look)
    apply(database)
    for text in (*waiting, *(page(database, path) for path in (TARGET, DUTY, "/-/r?show=history"))):
        found = elements(text)
        tags = [tag for tag, _ in found]
        assert (
            not {"img", "iframe", "object", "embed", "base", "style"} & set(tags) and tags.count("main") == 1
        )
        for tag, attributes in found:
            assert not [name for name in attributes if name.startswith("on") or name == "style"], (
                tag,
                attributes,
            )
            assert tag != "script" or attributes["src"].startswith("/-/static-plugins/")
            for name in ("href", "src", "action"):
                assert not attributes.get(name, "").startswith(("//", "http", "javascript:")), (
                    tag,
                    attributes,
                )
        assert not TURNING.search(text) and str(777 * 777) not in text
    applied = page(database, f"/-/d/{ONE}")
    assert "&lt;script&gt;alert(1)" in applied and "<script>alert" not in applied


def test_answers_are_not_kept_by_caches(database: Path) -> None:
    for path in ("/-/r", TARGET):
        (response,) = opened(database, path)
        assert "no-store" in response.headers["cache-control"]


def test_a_value_too_long_for_an_input_is_left_alone(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("update targets set indicator = ?", ("长" * 1_000_000,))
        db.execute("update findings set message = ?, code = ?", ("长" * 1_000_000, "长" * 1_000_000))
        db.execute("update documents set title = ?", ("长" * 1_000_000,))
        db.commit()
    for path in ("/-/r", TARGET, FINDING, f"/-/r?show=facts&d={ONE}"):
        (response,) = opened(database, path)
        assert response.status_code == 200 and len(response.content) < 500_000, path
    assert 'name="f.indicator"' not in page(database, TARGET) and "太长，不能在此更正" in page(
        database, TARGET
    )

    async def look(visitor: Callable[..., Visitor]) -> int:
        return (await visitor().say(TARGET, "correct", f_value="5", why="表")).status_code

    assert visited(database, look) == 302 and said(database)[0][2] == {"value": 5}
    apply(database)
    for path in ("/-/r", TARGET, "/-/r?show=history", f"/-/d/{ONE}"):
        (response,) = opened(database, path)
        assert response.status_code == 200 and len(response.content) < 500_000, path


def test_a_database_made_before_corrections_can_be_reviewed(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("drop table corrections")
    for path in ("/-/r", TARGET, "/-/r?show=conflicts", "/-/r?show=history", f"/-/d/{ONE}"):
        page(database, path)


def test_a_file_of_corrections_that_is_none_is_named(database: Path) -> None:
    book.beside(database).write_bytes(b"no database" * 100)
    (response,) = opened(database, "/-/r")
    assert (
        response.status_code == 503
        and "更正文件不能用" in response.text
        and "file is not a database" in response.text
    )


def test_a_fact_that_is_not_there_is_told(database: Path) -> None:
    for name in ("none", f"{ONE}.9_t1", f"{ONE}", "x" * 5000, "%00", "..%2f..%2fetc"):
        (response,) = opened(database, f"/-/r/f/{name}")
        assert response.status_code == 404, name


def test_words_of_another_notice_do_not_count(database: Path, tmp_path: Path) -> None:
    """Several databases may share a file of corrections."""

    async def say(visitor: Callable[..., Visitor]) -> None:
        await visitor().say(TARGET, "correct", f_value="5", why="表中为5")

    visited(database, say)
    (tmp_path / "other").mkdir()
    other = built(
        tmp_path / "other",
        [notice("b.txt", number="洪发〔2023〕2号", title="生育方案", place="360100", salt="2")],
        "policies.db",
    )
    book.beside(database).rename(book.beside(other))
    text = page(other, "/-/r")
    assert "条" in text and not re.search(r'class="said pending"', text)
    assert "更正 · 文件不在本库" in page(other, "/-/r?show=history")
