"""Visitors of the pages of review: they keep cookies and send forms as they stand on pages."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import httpx
from datasette.app import Datasette

from extractor.correcting import bring_up_to_date
from extractor.corrections import book
from extractor.serving import Review
from extractor.site import app

ONE = "xihu-2023-8"
TARGET, DUTY, FINDING = f"/-/r/f/{ONE}.1.1_t1", f"/-/r/f/{ONE}.1.1_r1", f"/-/r/f/{ONE}_f1"
TOKEN = "a token of review"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
LOCAL = ("127.0.0.1", 5000)


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


async def text_of(visitor: Callable[..., Visitor], path: str) -> str:
    return (await visitor().get(path)).text
