"""What an office's web page carries beside a notice, as patterns (see webpages.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractor.lexicon import read_toml
from extractor.lexicon.layout import either


@dataclass(frozen=True, slots=True)
class WebPages:
    """One pattern an idea."""

    article: frozenset[str]  # an id or a class, in lower case
    chrome: re.Pattern[str]  # the whole of a class, or a part of it between - and _
    foot: re.Pattern[str]  # searched
    line: re.Pattern[str]  # the whole line
    stated: re.Pattern[str]  # the whole line: a label with what it states, or without


@cache
def web_pages() -> WebPages:
    """The shipped words, compiled once a process."""
    data = read_toml("webpages.toml")
    chrome, labels = data["chrome"], "|".join(map(_spaced, data["stated"]["labels"]))
    stated = either(chrome["labels"])
    return WebPages(
        article=frozenset(data["article"]["names"]),
        chrome=re.compile(rf"(?:^|[-_\s]){either(chrome['names'])}(?=$|[-_\s0-9])"),
        foot=re.compile(either(chrome["foot"]), re.IGNORECASE),
        line=re.compile(
            rf"""[\[【（(〖|\s]{{0,3}}(?:
                {either(chrome["lines"])}(?:[\]】）)：:\s|A-Za-z0-9].{{0,100}}|[^。]{{0,8}})
              | {stated}\s?[：:][^。]{{0,120}}
            )""",
            re.VERBOSE | re.DOTALL,
        ),
        stated=re.compile(
            rf"[【\[]?\s?(?P<label>{labels})\s?[】\]]?\s?[：:]?\s?(?P<value>.{{0,200}})", re.DOTALL
        ),
    )


def _spaced(label: str) -> str:
    """A label as a pattern; it may be set wide: 文　　号."""
    return r"\s{0,4}".join(map(re.escape, label))
