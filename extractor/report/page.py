"""The report as HTML: one file, both languages in it, no script. The template escapes every stored word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from importlib.resources import files
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from extractor.report.coverage import Document, Share, Totals
from extractor.report.facts import Fact
from extractor.report.findings import Doubtful, Group
from extractor.report.rules import Rule
from extractor.report.words import Word, load_words, value_of

# Characters that turn the direction of what follows, and controls: shown as a mark, so that stored words
# cannot make the page say what it does not.
_UNSHOWN: Final = re.compile(r"[\0-\x08\x0b-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def page(
    *,
    name: str,
    site: str | None,
    seed: int,
    totals: Totals,
    documents: Sequence[Document],
    findings: Sequence[Group],
    doubtful: Doubtful,
    rules: Sequence[Rule],
    sample: Sequence[Fact],
) -> str:
    """The whole page. `site` is an address without a slash at its end, or None."""
    folder = files(__package__)
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_shown
    )
    environment.globals |= {
        "t": _label, "value_of": _value, "link": lambda document, ref: _link(site, document, ref),
        "percent": _percent, "number": _number,
        "style": Markup(folder.joinpath("report.css").read_text("utf-8")),
    }  # fmt: skip
    template = environment.from_string(folder.joinpath("report.html").read_text("utf-8"))
    return template.render(
        name=name, seed=seed, totals=totals, documents=documents, findings=findings, doubtful=doubtful,
        rules=rules, sample=sample,
    )  # fmt: skip


def _shown(value: object) -> object:
    """Words without what a reader cannot see."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return _UNSHOWN.sub("\ufffd", value)


def _label(key: str, **values: object) -> Markup:
    """Both languages of a label; the style sheet shows one."""
    return _both(load_words()[key].with_values(**values))


def _value(column: str, value: object) -> Markup:
    """Both languages of a stored value."""
    text = _number(value) if isinstance(value, int | float) else value
    return _both(value_of(column, text))


def _both(word: Word) -> Markup:
    zh, en = (_UNSHOWN.sub("\ufffd", text) for text in word)
    if zh == en:
        return Markup("{}").format(zh)
    return Markup('<span class="zh" lang="zh">{}</span><span class="en" lang="en">{}</span>').format(zh, en)


def _link(site: str | None, document: str, ref: str | None) -> str | None:
    """The page of a clause on the site."""
    if site is None:
        return None
    fragment = f"#{quote(ref, safe='.-')}" if ref else ""
    return f"{site.rstrip('/')}/-/d/{quote(document, safe='')}{fragment}"


def _percent(share: Share) -> str:
    """How much of all, rounded down: 100 % is said of all alone."""
    if share.ratio is None:
        return "—"
    return f"{int(share.known * 1000 / share.all) / 10:.1f} %"


def _number(value: object) -> str:
    """A stored number by its shortest digits, never with an exponent; commas from 10,000 on."""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return f"{value:,}" if isinstance(value, int) and abs(value) >= 10_000 else str(value)
