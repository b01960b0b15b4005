"""One notice: outline, words with their facts, and the facts of the clause in view. `/-/d/<id>#<ref>`"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.site.pages.beside import cards, marked
from extractor.site.questions.document import Reading, document
from extractor.site.questions.facts import KINDS
from extractor.site.review import desk
from extractor.site.visit import Refused

if TYPE_CHECKING:
    from datasette.utils.asgi import Response

    from extractor.site.visit import Visit


async def read(visit: Visit) -> Response:
    """The page of the document in the path; `?at=` names the clause at which a long one is opened."""
    asked = Reading(visit.part("document"), at=visit.argument("at"), day=visit.day)
    found = await visit.ask(document, asked)
    if found is None:
        raise Refused(404, "document.unknown", name=asked.document[:80])
    waiting = await desk.waiting(visit)
    own = cards(visit, (fact for side in found.beside.values() for fact in side.facts))
    return await visit.page(
        "document",
        document=found,
        asked=asked,
        kinds=KINDS,
        cards=own,
        marked=lambda paragraph: marked(paragraph, own),
        waiting=waiting,
    )
