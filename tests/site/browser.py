"""A site over a database on a free port of this machine, and a browser that looks at it."""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from extractor.serving import Review
from extractor.site import app

NAMES = ("chromium", "chromium-browser", "google-chrome")


def missing() -> str | None:
    """Why no browser can be used here, or None where one can."""
    if importlib.util.find_spec("playwright") is None:
        return "the package playwright is not installed"
    if not any(map(shutil.which, NAMES)):
        return f"no browser is installed: none of {', '.join(NAMES)}"
    return None


@contextmanager
def served(database: Path, review: Review | None = None) -> Iterator[str]:
    """The address of the site, without a slash at the end, while it is served."""
    site = app(database, review=review)
    config = uvicorn.Config(site.app(), host="127.0.0.1", port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)

    async def serve() -> None:
        await site.invoke_startup()
        await server.serve()

    # In a thread, with a loop of its own: the browser's has taken that of the test.
    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def browser() -> Iterator[Any]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    path = next(found for found in map(shutil.which, NAMES) if found)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()
