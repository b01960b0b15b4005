"""The Content-Security-Policy of every answer, and the other headers that keep stored text inert."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_NAME = b"content-security-policy"
_SHARED = (
    "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# blob: a chart that is saved as a picture
OWN = f"{_SHARED}; script-src 'self'; style-src 'self'; img-src 'self' blob:"
# Datasette's pages carry inline scripts and styles that change with the page: no hash or nonce fits them.
DATASETTE = (
    f"{_SHARED}; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
)
_OTHERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


def guarded(app: App) -> App:
    """`app` whose answers all have a policy: our pages bring their own, all else gets Datasette's."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _with_policy(message.get("headers") or [])}
            await send(message)

        await app(scope, receive, send_guarded)

    return guard


def _with_policy(headers: list[Any]) -> list[Any]:
    names = {bytes(name).lower() for name, _ in headers}
    wanted = ((_NAME, DATASETTE.encode()), *_OTHERS)
    return [*headers, *(pair for pair in wanted if pair[0] not in names)]
