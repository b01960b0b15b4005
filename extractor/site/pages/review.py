"""REVIEW: what there is to look at, and one fact or finding to be confirmed, corrected or rejected.

These pages are there only where review is on, and only for visitors whom `gate` lets in. They write to the
file of corrections and to nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypedDict
from urllib.parse import quote, unquote

from datasette.utils.asgi import Response

from extractor.corrections.making import CorrectionProblem, make, taken_back
from extractor.corrections.model import VERDICTS, Correction
from extractor.site.pages.settings import local_path
from extractor.site.questions.facts import KINDS
from extractor.site.questions.review_item import ReviewItem, review_item
from extractor.site.questions.review_queue import QueueAsked, Stands, stands
from extractor.site.questions.review_queue import queue as ask_queue
from extractor.site.review import desk, forms, gate
from extractor.site.visit import Refused

if TYPE_CHECKING:
    from extractor.site.visit import Visit

NAME_COOKIE: Final = "extractor-reviewer"
LISTS: Final = ("findings", "facts", "conflicts", "history")
_QUEUES: Final = LISTS[:2]
_MOST_SAID: Final = 200
_YEAR: Final = 365 * 24 * 60 * 60
_PAUSE: Final = 0.5  # seconds after a wrong token


class _Cookies(TypedDict):
    path: str
    secure: bool


async def queue(visit: Visit) -> Response:
    """The list that `?show=` names."""
    if visit.access is None:
        return await _door(visit)
    book = await _book(visit, visit.access)
    asked, show = _asked(visit), visit.argument("show")
    show = show if show in LISTS else LISTS[0]
    found = await visit.ask(ask_queue, asked, book.decided) if show in _QUEUES else None
    said = book.conflicts if show == "conflicts" else book.latest(_MOST_SAID)
    response = await visit.page(
        "review", active="review", asked=asked, show=show, lists=LISTS, found=found, said=said, book=book,
        state=_state(asked), kinds=KINDS, access=visit.access, last=_last(visit, book),
    )  # fmt: skip
    return _with_session(visit, visit.access, response)


async def fact(visit: Visit) -> Response:
    """One fact or finding: to be looked at, or what was said of it."""
    if visit.access is None:
        return await _door(visit)
    if visit.request.method == "POST":
        return await _said(visit, visit.access)
    return await _item(visit, visit.access)


async def enter(visit: Visit) -> Response:
    """Let in who shows the token."""
    review = visit.review
    if review is None or not review.token or visit.request.method != "POST":
        return await _door(visit)
    form = await forms.sent(visit.request)
    access, back = gate.admitted(review, form.get("token", "").strip()), local_path(form.get("next", ""))
    if access is None:
        await asyncio.sleep(_PAUSE)
        return await _door(visit, wrong=True, back=back or "")
    response = Response.redirect(back or visit.link("/-/r"))
    return _with_session(visit, access, response)


async def _door(visit: Visit, *, wrong: bool = False, back: str | None = None) -> Response:
    """What is shown to who may not come in yet. Raises Refused where nothing would let them in."""
    if visit.review is None or not visit.review.token:
        raise Refused(403, "review.only_here")
    if back is None:
        back = "" if str(visit.request.path).endswith("/enter") else str(visit.request.full_path)
    return await visit.page("review_enter", status=403, active="review", wrong=wrong, back=back)


async def _item(
    visit: Visit,
    access: gate.Access,
    *,
    problem: CorrectionProblem | None = None,
    form: Mapping[str, str] | None = None,
) -> Response:
    book, item, asked, place = await _found(visit, access)
    name = item.standing.fact.id
    response = await visit.page(
        "review_fact", status=200 if problem is None else 400, active="review", item=item, book=book,
        access=access, fields=forms.fields(item.standing, form or {}), problem=problem, form=form or {},
        history=book.of_fact(item.standing.fact), place=place, state=_state(asked), kinds=forms.KIND_OF,
        by=(form or {}).get("by", unquote(visit.request.cookies.get(NAME_COOKIE) or "")),
        saw=_saw(item), verdicts=VERDICTS, last=_last(visit, book),
        other=lambda other: visit.link(f"/-/r/f/{quote(other, safe='')}", **_state(asked)),
        here=visit.link(f"/-/r/f/{quote(name, safe='')}", **_state(asked)),
    )  # fmt: skip
    return _with_session(visit, access, response)


async def _said(visit: Visit, access: gate.Access) -> Response:
    """Keep what was said and go on to the next; what is wrong with it is told on the page of the fact."""
    form = await forms.sent(visit.request)
    if not access.sent(form.get("proof", "")):
        raise Refused(403, "review.csrf")
    _, item, asked, place = await _found(visit, access)
    try:
        correction = _correction(item, form)
    except CorrectionProblem as problem:
        return await _item(visit, access, problem=problem, form=form)
    await desk.add(access.corrections, correction)
    state = {**_state(asked), "said": correction.id}
    path = f"/-/r/f/{quote(place.next_open, safe='')}" if place.next_open else "/-/r"
    response = Response.redirect(visit.link(path, **state))
    name = quote(correction.made_by, safe="")
    response.set_cookie(NAME_COOKIE, name, max_age=_YEAR, httponly=True, **_cookies(visit))
    return response


def _correction(item: ReviewItem, form: Mapping[str, str]) -> Correction:
    """What a form says of a fact. Raises CorrectionProblem."""
    standing = item.standing
    if form.get("saw", "") != _saw(item):
        raise CorrectionProblem("saw", "saw", "somebody else has said something of it meanwhile")
    by, why = form.get("by", ""), form.get("why", "")
    verdict = next((each for each in VERDICTS if each == form.get("verdict")), None)
    if verdict is None:
        raise CorrectionProblem("verdict", "verdict", "say what you think")
    if verdict == "withdraw":
        if not standing.in_force:
            raise CorrectionProblem("verdict", "nothing", "nothing is in force that could be withdrawn")
        return taken_back(standing.in_force, by=by, why=why)
    return make(
        standing.document.subject, standing.fact, verdict, typed=forms.typed(form), by=by, why=why,
        replaces=standing.in_force,
    )  # fmt: skip


# --- shared ------------------------------------------------------------------------------------------


async def _book(visit: Visit, access: gate.Access) -> desk.Book:
    return await visit.ask(desk.opened, await desk.read(access.corrections))


async def _found(visit: Visit, access: gate.Access) -> tuple[desk.Book, ReviewItem, QueueAsked, Stands]:
    """The fact in the path, and its place in the queue that the query string names. Raises Refused."""
    name = visit.part("fact")
    book = await _book(visit, access)
    item = await visit.ask(review_item, name, book.standing)
    if item is None or item.standing.fact.kind not in forms.KIND_OF:
        raise Refused(404, "review.no_fact", name=name[:80])
    asked = _asked(visit)
    if item.standing.fact.kind != "findings" and asked.show == "findings":
        asked = asked._replace(show="facts", document=item.standing.document.subject.document_id)
    return book, item, asked, await visit.ask(stands, asked, book.decided, name)


def _asked(visit: Visit) -> QueueAsked:
    kind, page = visit.argument("kind"), visit.argument("page")[:4]
    return QueueAsked(
        show="facts" if visit.argument("show") == "facts" else "findings",
        code=visit.argument("code")[:80],
        severity=visit.argument("severity")[:20],
        place=visit.argument("j")[:40],
        document=visit.argument("d")[:200],
        kind=kind if kind in KINDS else "",
        every=bool(visit.argument("every")),
        page=max(1, int(page)) if page.isascii() and page.isdecimal() else 1,
    )


def _state(asked: QueueAsked) -> dict[str, object]:
    """The query string that asks the same again."""
    return {
        "show": "" if asked.show == LISTS[0] else asked.show, "code": asked.code,
        "severity": asked.severity, "j": asked.place, "d": asked.document, "kind": asked.kind,
        "every": "1" if asked.every else "",
    }  # fmt: skip


def _last(visit: Visit, book: desk.Book) -> desk.Said | None:
    """What this visitor said just before, by `?said=`."""
    name = visit.argument("said")
    return next((each for each in book.latest(_MOST_SAID) if each.id == name), None) if name else None


def _saw(item: ReviewItem) -> str:
    return " ".join(sorted(each.id for each in item.standing.in_force))


def _cookies(visit: Visit) -> _Cookies:
    """Where the cookies of review hold."""
    path = str(visit.datasette.urls.path("/"))
    return {"path": path, "secure": visit.request.scheme == "https"}


def _with_session(visit: Visit, access: gate.Access, response: Response) -> Response:
    if access.new:
        access.keep(response, **_cookies(visit))
    response.headers["Cache-Control"] = "no-store"
    return response
