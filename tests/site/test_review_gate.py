"""REVIEW: who may, and whose form is sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from extractor.corrections import book
from extractor.serving import REVIEW, Review, environment, review_told
from extractor.site.review import gate
from tests.site.opening import page
from tests.site.test_hostile_pages import policy
from tests.site.visiting import ONE, TARGET, TOKEN, Visitor, form_on, said, visited
from tests.stored import built, notice


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return built(tmp_path, [notice()], "policies.db")


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
    assert review_told(environment((), own)) == own and REVIEW not in environment(())
    assert review_told({}) is None
    for wrong in ("left over", "[]", '{"token": "x"}'):
        with pytest.raises(ValueError, match="unset it"):
            review_told({REVIEW: wrong})
    monkeypatch.setenv(REVIEW, environment((), Review(tmp_path / "c.db", "short"))[REVIEW])
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
