"""The source of a document: a page as a picture, `/-/d/<id>/page/<n>.png`; the file, `/-/d/<id>/source`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from datasette.utils.asgi import Response

from extractor.site import originals
from extractor.site.questions.originals import Original, PageAsked, original, page
from extractor.site.visit import Refused

if TYPE_CHECKING:
    from extractor.site.visit import Visit

# What a browser is let do with a source, should it show it after all: nothing.
_POLICY = "default-src 'none'; sandbox"
_STATUS = {"missing": 404, "changed": 409, "undrawn": 404, "slow": 503}
_KEEP = "private, max-age=3600"


async def page_picture(visit: Visit) -> Response:
    """Page `n`, with `?clause=` (a ref) or `?fact=` (an id) marked."""
    document, clause = visit.part("document"), visit.argument("clause")
    place = f"{document}.{clause}" if clause else visit.argument("fact")
    asked = PageAsked(document, int(visit.part("page")), place)
    found = await visit.ask(page, asked)
    if found is None:
        raise Refused(404, "document.no_source", name=document[:80])
    try:
        body = await originals.picture(_database(visit), found)
    except originals.Unusable as error:
        raise _refused(error) from error
    return _response(body, "image/png", {"Cache-Control": _KEEP})


async def source_file(visit: Visit) -> Response:
    """The file as it was ingested, to be saved and never to be shown by the browser."""
    document = visit.part("document")
    found = await visit.ask(original, document)
    if found is None:
        raise Refused(404, "document.no_source", name=document[:80])
    try:
        body = await originals.source(_database(visit), found)
    except originals.Unusable as error:
        raise _refused(error) from error
    return _response(body, "application/octet-stream", {"Content-Disposition": attachment(found)})


def attachment(found: Original) -> str:
    """The header that names the file: by its hash for old browsers, by its own name for others (RFC 6266).

    >>> attachment(Original("ab" * 32, "kept/ab.pdf", 1, "通知.zip/2023/a b.pdf", "application/pdf"))
    'attachment; filename="abababababab.pdf"; filename*=UTF-8\\'\\'a%20b.pdf'
    """
    suffix = Path(found.path).suffix
    name = "".join(char for char in found.name.rpartition("/")[2] if char.isprintable())[-120:] or "source"
    return f"attachment; filename=\"{found.sha256[:12]}{suffix}\"; filename*=UTF-8''{quote(name, safe='')}"


def _database(visit: Visit) -> Path:
    return Path(str(visit.datasette.get_database(visit.database).path))


def _refused(error: originals.Unusable) -> Refused:
    reason = str(error)
    keys = {
        "missing": "document.source_missing",
        "changed": "document.source_changed",
        "undrawn": "document.page_undrawn",
        "slow": "common.error_slow",
    }
    return Refused(_STATUS[reason], keys[reason])


def _response(body: bytes, media_type: str, headers: dict[str, str]) -> Response:
    own = {"Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff"}
    return Response(body=body, content_type=media_type, headers=own | headers)
