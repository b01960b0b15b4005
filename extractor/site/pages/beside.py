"""The facts of a notice as HTML: marked in its words, and as cards beside them.

A page holds hundreds. They are escaped here, those of a fact or a paragraph at once, and the template, which
does not escape them again, has only to print them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from extractor.contract import FACT_TABLES, FactKind
from extractor.site.pages.fact_words import CODED, line
from extractor.site.questions.facts import Fact
from extractor.site.rendering import inert, segment

if TYPE_CHECKING:
    from extractor.site.questions.passages import Paragraph, Passage
    from extractor.site.visit import Visit

_POINTED: Final = 6  # facts that words say when they are pointed at
_SUBJECT, _VALUE, _QUOTE = 80, 160, 120  # characters that a card has room for


class Card(NamedTuple):
    """A fact as HTML: each value is escaped, an empty one is left out."""

    id: str
    kind: FactKind
    line: str  # the fact in one line
    subject: str
    figure: str
    fields: tuple[tuple[str, str], ...]  # (label, value)
    row: str  # the address of its row, where it stands alone
    leads_to: str  # the address of the unit's page, of the cited document
    default: str  # the words that name the unit for all tasks, where it is not named beside this one


def cards(visit: Visit, facts: Iterable[Fact]) -> Mapping[str, Card]:
    """Id of the fact → its card."""
    return {fact.id: _card(visit, fact) for fact in facts}


def _card(visit: Visit, fact: Fact) -> Card:
    speech = visit.speech
    by_default = fact.kind == "duty" and ("basis", "default") in fact.fields
    labels = tuple(speech.of("field", name) for name, _ in fact.fields)
    name, said, subject, figure, row, leads_to, default, *values = inert(
        (
            fact.id, line(speech, fact), _cut(fact.subject or "", _SUBJECT), fact.figure or "",
            "" if fact.kind == "duty" else visit.row(FACT_TABLES[fact.kind], fact.id), _leads_to(visit, fact),
            _cut(fact.quote, _QUOTE) if by_default else "",
            *(speech.of(n, v) if n in CODED else _cut(v, _VALUE) for n, v in fact.fields),
        )
    )  # fmt: skip
    fields = tuple(zip(labels, values, strict=True))
    return Card(name, fact.kind, said, subject, figure, fields, row, leads_to, default)


def _leads_to(visit: Visit, fact: Fact) -> str:
    if not fact.leads_to:
        return ""
    return visit.link(f"/-/{'u' if fact.kind == 'duty' else 'd'}/{segment(fact.leads_to)}")


def marked(paragraph: Paragraph, own: Mapping[str, Card]) -> str:
    """The words of a paragraph; those that facts rest on say which (`data-f`), of which kind, and what."""
    texts = inert(passage.text for passage in paragraph)
    return "".join(_marked(text, each, own) for text, each in zip(texts, paragraph, strict=True))


def _marked(text: str, passage: Passage, own: Mapping[str, Card]) -> str:
    if passage.facts:
        facts = [own[fact.id] for fact in passage.facts]
        names = " ".join(card.id for card in facts)
        said = "\n".join(card.line for card in facts[:_POINTED])
        outer, *inner = passage.kinds
        opened = f'<span class="m {outer} n{len(inner) + 1}" data-f="{names}" title="{said}">'
        for left, kind in zip(range(len(inner), 0, -1), inner, strict=True):
            opened += f'<span class="m {kind} n{left}">'
        text = f"{opened}{text}{'</span>' * (len(inner) + 1)}"
    return f"<strong>{text}</strong>" if passage.strong else text


def _cut(value: str, longest: int) -> str:
    return value if len(value) <= longest else f"{value[: longest - 1]}…"
