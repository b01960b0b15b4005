"""Who may review, and whose form is sent.

With a token, whoever showed it. Without, only this machine: a connection from a loopback address, to a
loopback name (a page elsewhere may have its own name lead here), that no proxy passes on. A visitor who is
let in gets a session, signed with a key that is the token's or of this process; a form carries a proof that
is made of the session, which no other site can read: a cookie alone, sent by a page elsewhere, does nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from extractor.serving import SECRET, SHORTEST_TOKEN, Review, is_loopback, review_told

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

COOKIE: Final = "extractor-review"
_ATTRIBUTE: Final = "extractor_review"
_SESSION = re.compile(r"(?P<nonce>[\w-]{22})\.(?P<proof>[0-9a-f]{64})", re.ASCII)
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^:]*)(?::\d{1,5})?")
_PASSED_ON: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class Access(NamedTuple):
    """A visitor who may review: where corrections go, the session, and whether it is a new one."""

    corrections: Path
    nonce: str
    key: bytes
    new: bool

    @property
    def proof(self) -> str:
        """What each form of this visitor carries."""
        return _signed(self.key, "form", self.nonce)

    def sent(self, proof: str) -> bool:
        """Whether a form with this proof is one of this visitor's."""
        return not self.new and hmac.compare_digest(self.proof.encode(), proof.encode())

    def keep(self, response: Response, *, path: str, secure: bool) -> None:
        """Give the visitor the session with a response."""
        value = f"{self.nonce}.{_signed(self.key, 'session', self.nonce)}"
        response.set_cookie(COOKIE, value, path=path, secure=secure, httponly=True, samesite="lax")


def turn_on(datasette: Datasette, review: Review) -> None:
    """Let a site that is made in this process have review."""
    setattr(datasette, _ATTRIBUTE, review)


def review_of(datasette: Datasette) -> Review | None:
    """How review is on; None where it is off. Raises ValueError where it is told wrongly."""
    own: Review | None = getattr(datasette, _ATTRIBUTE, None)
    found = own or review_told(os.environ)
    if found is not None and found.token and len(found.token) < SHORTEST_TOKEN:
        raise ValueError(f"a token of review has at least {SHORTEST_TOKEN} characters.")
    return found


def access(review: Review | None, request: Request) -> Access | None:
    """What lets this visitor review; None where nothing does."""
    if review is None or (not review.token and not _is_local(request)):
        return None
    key = review.token.encode() or _own_key()
    found = _SESSION.fullmatch(request.cookies.get(COOKIE) or "")
    if found and hmac.compare_digest(_signed(key, "session", found["nonce"]), found["proof"]):
        return Access(review.corrections, found["nonce"], key, new=False)
    return None if review.token else _new(review, key)


def admitted(review: Review, token: str) -> Access | None:
    """A new session for who shows the token; None for who does not."""
    if not review.token or not hmac.compare_digest(review.token.encode(), token.encode()):
        return None
    return _new(review, review.token.encode())


@cache
def _own_key() -> bytes:
    """For sessions that no token made: the key of all that `extractor serve` began, or of this process."""
    return os.environ.get(SECRET, "").encode() or secrets.token_bytes(32)


def _new(review: Review, key: bytes) -> Access:
    return Access(review.corrections, secrets.token_urlsafe(16), key, new=True)


def _is_local(request: Request) -> bool:
    """Whether a request comes from this machine, under a name of it, and straight."""
    client = request.scope.get("client") or ("",)
    host = _HOST.fullmatch(request.headers.get("host") or "")
    passed_on = any(name in request.headers for name in _PASSED_ON)
    return (
        bool(host) and is_loopback(host["name"] if host else "") and is_loopback(client[0]) and not passed_on
    )


def _signed(key: bytes, what: str, nonce: str) -> str:
    return hmac.new(key, f"{what}:{nonce}".encode(), hashlib.sha256).hexdigest()
