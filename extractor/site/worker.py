"""One process of the site: `extractor serve` starts as many as there are workers, on one port.

The processes share a file that does not change and nothing else. Whichever is free takes the next connection,
so each answer ends its connection: a browser that kept to one process would wait for it while others idle.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from extractor.serving import databases_told
from extractor.site import app
from extractor.site.policy import App, Receive, Scope, Send

if TYPE_CHECKING:
    from datasette.app import Datasette

_TURN = 0.0005  # seconds: a thread that asks the database waits for its turn at each row while a page is made
_MADE = 20_000  # objects until the collector looks at them: a page makes thousands, which go without it
# What these ask of a large file is remembered for all pages; a search makes its template and finds its way.
_WARMED = ("/-/home", "/-/c", "/-/f", f"/-/s?q={quote('工作')}")


def create() -> App:
    """The application that a worker serves. Its databases are told by the environment."""
    sys.setswitchinterval(_TURN)
    site = app(*databases_told(os.environ))
    return _warmed(site, _shared(site.app()))


def _shared(served: App) -> App:
    """`served`, whose answers each end their connection."""

    async def share(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_last(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
            await send(message)

        await served(scope, receive, send_last)

    return share


def _warmed(site: Datasette, served: App) -> App:
    """`served`, which opens some pages by itself when it starts."""
    tasks: set[asyncio.Task[None]] = set()

    async def warm() -> None:
        for path in _WARMED:
            await site.client.get(path)
        _let_be()

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await site.invoke_startup()
            tasks.add(asyncio.create_task(warm()))  # kept: a task that nothing refers to may be dropped
        await served(scope, receive, send)

    return serve


def _let_be() -> None:
    """Keep the collector of unused objects from what is there now, which stays as long as the process.

    To look through all of it takes 60 ms, in which nobody is answered.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE)
