"""The form of a fact: its fields, and what a browser sent. Pure but for reading what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qsl

from extractor.contract import FACT_TABLES
from extractor.corrections.fields import LONGEST, OF_OFFICE, kinds, written
from extractor.corrections.model import Fields
from extractor.corrections.standing import Standing
from extractor.site.visit import Refused

if TYPE_CHECKING:
    from datasette.utils.asgi import Request

KIND_OF: Final[Mapping[str, str]] = {
    **{table: kind for kind, table in FACT_TABLES.items()},
    "findings": "finding",
}
MOST_BYTES: Final = 64 * 1024
_MOST_FIELDS: Final = 60
_PREFIX: Final = "f."  # of the names of inputs, before that of a column


class Field(NamedTuple):
    """A column that may be corrected. `parsed`: what the parser reads; `value`: what stands in the input."""

    name: str
    about_zh: str
    about_en: str
    value: str
    parsed: str
    choices: tuple[str, ...]
    number: bool
    due: bool
    required: bool
    by_vocabulary: bool  # left empty, it follows from the name of the office
    fixed: bool  # too long for an input

    @property
    def input(self) -> str:
        """The name of its input."""
        return f"{_PREFIX}{self.name}"


def fields(standing: Standing, form: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of a fact, with what was typed, else with what stands of it."""
    return tuple(_fields(standing, form))


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """Column → what was typed."""
    return {name.removeprefix(_PREFIX): value for name, value in form.items() if name.startswith(_PREFIX)}


async def sent(request: Request) -> dict[str, str]:
    """What a form sent. Raises Refused where it is too long or no form."""
    length = request.headers.get("content-length") or ""
    kind = (request.headers.get("content-type") or "").partition(";")[0].strip().lower()
    if not length.isdecimal() or int(length) > MOST_BYTES or kind != "application/x-www-form-urlencoded":
        raise Refused(413 if length.isdecimal() and int(length) > MOST_BYTES else 400, "review.bad_form")
    try:
        body = (await request.post_body()).decode()
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"))
    except ValueError as error:
        raise Refused(400, "review.bad_form") from error


def _fields(standing: Standing, form: Mapping[str, str]) -> Iterator[Field]:
    fact = standing.fact
    changes = _standing_changes(standing)
    for name, column in kinds()[fact.kind].items():
        office = name in OF_OFFICE
        shown = "" if office else written(fact.fields[name])
        if name in changes:
            shown = written(changes[name])
        yield Field(
            name, column.about_zh, column.about,
            value=form.get(f"{_PREFIX}{name}", shown),
            parsed=written(fact.fields[name])[:LONGEST],
            choices=tuple(map(str, column.values)),
            number=column.type != "TEXT",
            due=column.form == "due",
            required=column.required,
            by_vocabulary=office,
            fixed=len(written(fact.fields[name])) > LONGEST,
        )  # fmt: skip


def _standing_changes(standing: Standing) -> Fields:
    """What one correction in force wants; nothing where there is none, or where they disagree."""
    effects = {each.correction.effect: each.correction.changes for each in standing.outcomes}
    return next(iter(effects.values())) if len(effects) == 1 else {}
