"""REVIEW as a browser gets it: who may, whose form is sent, what is kept, and what the pages show of it."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import httpx
import pytest
from datasette.app import Datasette

from extractor.correcting import bring_up_to_date
from extractor.corrections import book
from extractor.serving import REVIEW, Review, environment, review_told
from extractor.site import app
from extractor.site.review import gate
from tests.site.opening import opened, page
from tests.site.test_hostile_pages import HOSTILE, TURNING, elements, policy
from tests.stored import built, notice

ONE = "xihu-2023-8"
TARGET, DUTY, FINDING = f"/-/r/f/{ONE}.1.1_t1", f"/-/r/f/{ONE}.1.1_r1", f"/-/r/f/{ONE}_f1"
TOKEN = "a token of review"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
LOCAL = ("127.0.0.1", 5000)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return built(tmp_path, [notice()], "policies.db")


class Visitor:
    """Somebody with a browser: keeps cookies, sends forms as they stand on pages."""

    def __init__(
        self, site: Datasette, client: tuple[str, int] = LOCAL, host: str = "127.0.0.1:8001"
    ) -> None:
        transport = httpx.ASGITransport(app=site.app(), client=client)
        self.client = httpx.AsyncClient(transport=transport, base_url=f"http://{host}")

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers=headers)

    async def post(self, path: str, form: Mapping[str, str], **headers: str) -> httpx.Response:
        return await self.client.post(path, data=dict(form), headers=headers)

    async def say(self, path: str, verdict: str, **typed: str) -> httpx.Response:
        """Open the page of a fact and send its form with changes; names of columns begin with f_."""
        form = form_on(await self.get(path))
        changed = {name.replace("f_", "f.", 1): value for name, value in typed.items()}
        return await self.post(path, {**form, "by": "张三", **changed, "verdict": verdict})


def form_on(response: httpx.Response) -> dict[str, str]:
    """The names and values of the form on the page of a fact, as a browser would send them."""
    text = response.text.partition('<form method="post"')[2]
    form = {unescape(name): unescape(value) for name, value in HIDDEN.findall(text)}
    for name, value in re.findall(r'<input type="text" id="[^"]+" name="([^"]+)" value="([^"]*)"', text):
        form[name] = unescape(value)
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"(.*?)</select>', text, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected>', options)
        form[name] = unescape(chosen[0]) if chosen else ""
    return form


def visited(
    database: Path,
    does: Callable[[Callable[..., Visitor]], Awaitable[Any]],
    *,
    token: str = "",
    review: bool = True,
) -> Any:
    """What `does` answers; it gets a maker of visitors of one site."""

    async def run() -> Any:
        site = app(database, review=Review(book.beside(database), token) if review else None)
        await site.invoke_startup()
        try:
            return await does(lambda *who, **where: Visitor(site, *who, **where))
        finally:
            if hasattr(site, "close"):
                site.close()

    return asyncio.run(run())


def said(database: Path) -> list[tuple[str, str, dict[str, Any], str, str]]:
    return [
        (c.fact_id, c.verdict, dict(c.changes), c.made_by, c.why) for c in book.read(book.beside(database))
    ]


def apply(database: Path) -> None:
    bring_up_to_date(database, book.beside(database))


# --- off, and on -----------------------------------------------------------------------------------


def test_without_review_there_is_no_page_and_no_form(database: Path) -> None:
    async def look(visitor: Callable[..., Visitor]) -> list[int]:
        one = visitor()
        paths = ("/-/r", "/-/r/enter", TARGET, "/-/r/f/none", "/-/r?show=history")
        found = [(await one.get(path)).status_code for path in paths]
        found += [
            (await one.post(path, {"verdict": "reject", "by": "x", "why": "x"})).status_code for path in paths
        ]
        return found

    statuses = visited(database, look, review=False)
    assert statuses[:5] == [404] * 5 and set(statuses[5:]) <= {403, 404, 405}  # 403: of Datasette's own guard
    assert not book.beside(database).exists()
    for path in ("/", f"/-/d/{ONE}"):
        assert "/-/r" not in page(database, path) and "复核" not in page(database, path)


def test_with_review_the_other_pages_lead_to_it(database: Path) -> None:
    async def look(visitor: Callable[..., Visitor]) -> list[httpx.Response]:
        paths = (
            "/",
            "/-/s?q=x",
            f"/-/d/{ONE}",
            "/-/c",
            "/-/f",
            "/-/u",
            "/-/d/none",
            "/-/r/none",
            "/policies",
        )
        return [await visitor().get(path) for path in paths]

    *own, lost, nowhere, datasette = visited(database, look)
    assert all(response.status_code == 200 and 'href="/-/r"' in response.text for response in own)
    assert (lost.status_code, nowhere.status_code, datasette.status_code) == (404, 404, 200)
    assert "复核：对着原文确认或更正" in own[0].text and TARGET in own[2].text


def test_the_program_and_its_plugin_agree_on_how_review_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(REVIEW, "left over")
    own = Review(tmp_path / "c.db", TOKEN)
    assert review_told(environment(own)) == own and REVIEW not in environment(None)
    assert review_told({}) is None
    for wrong in ("left over", "[]", '{"token": "x"}'):
        with pytest.raises(ValueError, match="unset it"):
            review_told({REVIEW: wrong})
    monkeypatch.setenv(REVIEW, environment(Review(tmp_path / "c.db", "short"))[REVIEW])
    with pytest.raises(ValueError, match="at least 16 characters"):
        gate.review_of(object())  # type: ignore[arg-type]


# --- who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("client", "host", "headers", "status"),
    [
        (("127.0.0.1", 1), "127.0.0.1:8001", {}, 200),
        (("127.0.0.1", 1), "localhost", {}, 200),
        (("::1", 1), "[::1]:8001", {}, 200),
        (("10.0.0.5", 1), "127.0.0.1:8001", {}, 403),
        (("127.0.0.1", 1), "evil.example", {}, 403),  # its name leads here
        (("127.0.0.1", 1), "127.0.0.1.evil.example", {}, 403),
        (("127.0.0.1", 1), "localhost:8001@evil.example", {}, 403),
        (("10.0.0.5", 1), "localhost", {}, 403),
        (("127.0.0.1", 1), "localhost", {"X-Forwarded-For": "10.0.0.5"}, 403),  # a proxy on this machine
        (("127.0.0.1", 1), "localhost", {"Forwarded": "for=10.0.0.5"}, 403),
        (("nobody", 1), "localhost", {}, 403),
    ],
)
def test_without_a_token_only_this_machine_is_let_in(
    database: Path, client: tuple[str, int], host: str, headers: dict[str, str], status: int
) -> None:
    async def look(visitor: Callable[..., Visitor]) -> list[httpx.Response]:
        one = visitor(client, host="localhost")
        own = {"Host": host, **headers}
        proof = form_on(await visitor().get(TARGET))
        got = [await one.get(path, **own) for path in ("/-/r", TARGET, "/-/r?show=history", f"/-/d/{ONE}")]
        sent = await one.post(TARGET, {**proof, "verdict": "confirm", "by": "x"}, **own)
        return [*got, sent]

    *pages, document, sent = visited(database, look)
    assert [response.status_code for response in pages] == [status] * 3 and document.status_code == 200
    assert ("/-/r/f/" in document.text) == (status == 200)
    assert sent.status_code == 403 and said(database) == []  # the form is of another session
    if status == 403:
        assert "只能在运行本站的这台机器上复核" in pages[0].text and "set-cookie" not in pages[0].headers


def test_with_a_token_whoever_shows_it_is_let_in(database: Path) -> None:
    async def look(visitor: Callable[..., Visitor]) -> dict[str, httpx.Response]:
        far = visitor(("10.0.0.5", 1), host="office.example")
        found = {"door": await far.get("/-/r?code=x"), "near": await visitor().get(TARGET)}
        form = form_on(found["door"])
        found["wrong"] = await far.post("/-/r/enter", {**form, "token": "not the token 123"})
        found["empty"] = await far.post("/-/r/enter", {**form, "token": ""})
        found["right"] = await far.post("/-/r/enter", {**form, "token": TOKEN})
        found["in"] = await far.get(found["right"].headers["location"])
        found["kept"] = await far.say(TARGET, "reject", why="不是目标")
        found["elsewhere"] = await far.post("/-/r/enter", {**form, "token": TOKEN, "next": "//evil.example"})
        return found

    found = visited(database, look, token=TOKEN)
    for name in ("door", "near", "wrong", "empty"):
        assert found[name].status_code == 403 and 'name="token"' in found[name].text, name
        assert TOKEN not in found[name].text and gate.COOKIE not in found[name].headers.get("set-cookie", "")
    assert "令牌不对" in found["wrong"].text and policy(found["door"])["script-src"] == "'self'"
    assert (
        found["right"].headers["location"] == "/-/r?code=x"
        and found["elsewhere"].headers["location"] == "/-/r"
    )
    cookie = next(value for value in found["right"].headers.get_list("set-cookie") if gate.COOKIE in value)
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and TOKEN not in cookie
    assert found["in"].status_code == 200 and found["kept"].status_code == 302
    assert said(database)[0][:2] == (f"{ONE}.1.1_t1", "reject")


@pytest.mark.parametrize("cookie", ["", "x", "A" * 22 + "." + "0" * 64, "../../etc"])
def test_a_session_cannot_be_made_up(database: Path, cookie: str) -> None:
    async def look(visitor: Callable[..., Visitor]) -> httpx.Response:
        one = visitor()
        one.client.cookies.set(gate.COOKIE, cookie)
        return await one.get("/-/r")

    assert visited(database, look, token=TOKEN).status_code == 403


def test_a_session_is_of_one_token(database: Path) -> None:
    async def enter(visitor: Callable[..., Visitor]) -> str:
        one = visitor()
        await one.post("/-/r/enter", {**form_on(await one.get("/-/r")), "token": TOKEN})
        return str(one.client.cookies[gate.COOKIE])

    cookie = visited(database, enter, token=TOKEN)

    async def look(visitor: Callable[..., Visitor]) -> int:
        one = visitor()
        one.client.cookies.set(gate.COOKIE, cookie)
        return (await one.get("/-/r")).status_code

    assert visited(database, look, token=TOKEN) == 200
    assert visited(database, look, token=TOKEN + " of another day") == 403


def test_a_session_is_secure_over_tls(database: Path) -> None:
    async def look(visitor: Callable[..., Visitor]) -> httpx.Response:
        return await visitor().get("https://127.0.0.1:8001/-/r")

    assert "Secure" in visited(database, look).headers["set-cookie"]


# --- whose form is sent ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "harm", ["missing", "empty", "wrong", "of another", "without cookie", "other cookie"]
)
def test_a_form_that_was_not_opened_here_keeps_nothing(database: Path, harm: str) -> None:
    async def look(visitor: Callable[..., Visitor]) -> httpx.Response:
        one, other = visitor(), visitor()
        form = form_on(await one.get(TARGET)) | {"verdict": "reject", "by": "x", "why": "x"}
        theirs = form_on(await other.get(TARGET))
        if harm == "missing":
            del form["proof"]
        elif harm in ("empty", "wrong", "of another"):
            form["proof"] = {"empty": "", "wrong": "0" * 64, "of another": theirs["proof"]}[harm]
        elif harm == "without cookie":
            del one.client.cookies[gate.COOKIE]
        else:
            one.client.cookies.set(gate.COOKIE, other.client.cookies[gate.COOKIE])
        return await one.post(TARGET, form)

    response = visited(database, look)
    assert response.status_code == 403 and not book.beside(database).exists()
    assert "这个表单不是从本站刚打开的页面发出的" in response.text


def test_a_form_from_another_site_keeps_nothing(database: Path) -> None:
    """Also without the project's own proof of it: Datasette asks for a token (0.65) or the origin (1.0)."""

    async def look(visitor: Callable[..., Visitor]) -> int:
        one = visitor()
        form = form_on(await one.get(TARGET)) | {"verdict": "reject", "by": "x", "why": "x"}
        del form["csrftoken"]
        return (await one.post(TARGET, form, Origin="https://evil.example")).status_code

    assert visited(database, look) == 403 and said(database) == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x" * 70_000, "application/x-www-form-urlencoded", 413),
        (b"{}", "application/json", 400),
        (b"proof=%ff", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a%d=1" % n for n in range(100)), "application/x-www-form-urlencoded", 400),
    ],
)
def test_what_is_no_form_is_refused(database: Path, body: bytes, kind: str, status: int) -> None:
    async def look(visitor: Callable[..., Visitor]) -> int:
        one = visitor()
        form = form_on(await one.get(TARGET))
        headers = {"content-type": kind, "x-csrftoken": form["csrftoken"]}
        return (await one.client.post(TARGET, content=body, headers=headers)).status_code

    assert visited(database, look) in (status, 403)  # 403: Datasette 0.65 looks for its token in it first
    assert said(database) == []


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


async def text_of(visitor: Callable[..., Visitor], path: str) -> str:
    return (await visitor().get(path)).text


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
    from dataclasses import replace

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
