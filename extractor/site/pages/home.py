"""The first page: what can be asked of this database. `/` and `/-/home`"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.site.questions.home import DAYS
from extractor.site.questions.home import home as tell

if TYPE_CHECKING:
    from datasette.utils.asgi import Response

    from extractor.site.visit import Visit


async def home(visit: Visit) -> Response:
    """The page as of `?day=`, else of today."""
    found = await visit.ask(tell, visit.day)
    return await visit.page("home", active="home", home=found, day=visit.day, days=DAYS)
