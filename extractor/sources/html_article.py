"""Where on a web page the notice stands, and what the page states of it beside.

The element that holds the notice is known by the names that content systems give it; else it is the smallest
one outside which nothing speaks: no sentence, no document number, no recipients. What is furniture by its
name, its links or its words is left out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.lexicon.webpages import WebPages
from extractor.model import Line
from extractor.sources.docx_package import Element
from extractor.sources.grid import lines
from extractor.sources.html_lines import blocks

NEVER = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "select", "option",
    "button", "input", "textarea", "nav", "aside", "svg", "canvas", "audio", "video", "map", "head",
    "link", "meta", "title", "base",
))  # fmt: skip
FRAMES = frozenset((
    "article", "center", "div", "fieldset", "font", "form", "main", "section", "span", "table", "tbody", "td",
    "tr",
))  # fmt: skip
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
SPEAKS = re.compile(r"。|〔[12][0-9]{3}〕|[：:]$|^[（(]?[一二三四五六七八九十]{1,3}[）)、]")
CHROME_SHARE = 0.3  # of the page's words that an element named as furniture may hold and still be it
FOOT_SHARE, LONGEST_FOOT = 0.5, 400  # of the page's words, and characters, that its foot may hold
LINK_SHARE = 0.6  # of a block's words that are links to other pages, where it is a list of them
NAMED_SHARE, LEAST_SHARE = 0.5, 0.2  # of the page's words that the elements named as articles hold; and speak
ATTACHED = re.compile(r"(?i)\.(?:docx?|wps|pdf|ofd|xlsx?|et|zip|rar|txt|rtf|jpe?g|png)(?:$|[?#&])")


class Article(NamedTuple):
    """The element that holds the notice, and what in it is none of it."""

    top: Element
    dropped: frozenset[Element]


@dataclass(slots=True)
class _Page:
    """The words of each element: outside links, and in links to other pages."""

    body: Element
    words: WebPages
    dropped: set[Element] = field(default_factory=set)
    own: dict[Element, int] = field(default_factory=dict)
    linked: dict[Element, int] = field(default_factory=dict)


def find_article(body: Element, words: WebPages) -> Article:
    """The notice on a page. Linear in the size of the page but for the depth of nesting."""
    page = _Page(body, words)
    elements = list(body.iter("*"))
    page.dropped |= {e for e in elements if e.tag in NEVER or _hidden(e)}
    _weigh(page, elements)
    total = page.own[body] or 1
    for element in elements:
        if element is not body and page.own[element] < CHROME_SHARE * total and _is_chrome(page, element):
            page.dropped.add(element)
    page.dropped |= set(_feet(page, elements, total))
    _weigh(page, elements)
    named = _named(page, elements)
    top = _smallest(page) if named is None else named
    page.dropped |= {e for e in top.iter("*") if e is not top and _is_link_list(page, e)}
    return Article(top, frozenset(page.dropped))


def _hidden(element: Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and HIDDEN.search(style) is not None)


def _weigh(page: _Page, elements: list[Element]) -> None:
    """Sum the words of each element, children before parents."""
    own, linked = dict.fromkeys(elements, 0), dict.fromkeys(elements, 0)
    for element in reversed(elements):
        if element in page.dropped:
            own[element] = linked[element] = 0
        else:
            own[element] += _size(element.text)
            if element.tag == "a" and element.get("href") and not ATTACHED.search(element.get("href")):
                linked[element] += own[element]
                own[element] = 0
        parent = element.getparent()
        if parent in own:
            own[parent] += own[element] + _size(element.tail)
            linked[parent] += linked[element]
    page.own, page.linked = own, linked


def _size(words: str | None) -> int:
    return 0 if words is None else len(words) - sum(map(str.isspace, words))


def _is_chrome(page: _Page, element: Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return len(names) > 1 and page.words.chrome.search(names) is not None


def _feet(page: _Page, elements: list[Element], total: int) -> Iterator[Element]:
    """The foot of the site: the largest small block that holds words which stand nowhere else."""
    for element in elements:
        if not page.words.foot.search(f"{element.text or ''}"):
            continue
        most = min(FOOT_SHARE * total, LONGEST_FOOT)
        while (parent := element.getparent()) in page.own and page.own[parent] < most:
            element = parent
        if page.own[element] < most:
            yield element


def _named(page: _Page, elements: list[Element]) -> Element | None:
    """The element that is named as an article, or the one around all that are."""
    named: list[Element] = []
    under: set[Element] = set()
    for element in elements:
        if element.getparent() in under:
            under.add(element)
            continue
        names = {*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()}
        if names & page.words.article and page.own[element] and element not in page.dropped:
            named.append(element)
            under.add(element)
    share = sum(page.own[e] for e in named) / (page.own[page.body] or 1)
    if share < LEAST_SHARE or (share < NAMED_SHARE and not any(_speaks(page, e) for e in named)):
        return None
    top = named[0]
    for other in named[1:]:
        around = set(other.iterancestors())
        while top not in around and top is not page.body:
            top = top.getparent()
    return top


def _smallest(page: _Page) -> Element:
    """The smallest element outside which nothing speaks."""
    top = page.body
    while True:
        children = [e for e in top.iterchildren("*") if e not in page.dropped and page.own[e]]
        if not children or _size(top.text) + sum(_size(e.tail) for e in top.iterchildren()) > 0:
            return top
        largest = max(children, key=lambda e: page.own[e])
        if largest.tag not in FRAMES or _is_data(largest):
            return top
        if any(_speaks(page, e) for e in children if e is not largest):
            return top
        top = largest


def _is_data(element: Element) -> bool:
    """Whether it is a table of cells (over three rows of several) rather than a frame of the page."""
    if element.tag != "table":
        return False
    rows = [row for row in element.iter("tr") if sum(1 for _ in row.iterchildren("td", "th")) > 1]
    return len(rows) > 3 and element.find(".//table") is None


def _speaks(page: _Page, element: Element) -> bool:
    if page.linked[element] > LINK_SHARE * (page.own[element] + page.linked[element]):
        return False
    for line in lines(blocks(element, page.dropped)):
        if SPEAKS.search(line.text) and not page.words.line.fullmatch(line.text):
            found = page.words.stated.fullmatch(line.text)
            if found is None:
                return True
    return False


def _is_link_list(page: _Page, element: Element) -> bool:
    """A list of links to other pages: what the site recommends."""
    links = page.linked[element]
    if element.tag not in ("ul", "ol", "div", "dl", "table") or not links:
        return False
    return links > LINK_SHARE * (page.own[element] + links) and len(element.findall(".//a")) >= 3


def stated(body: Element, words: WebPages) -> Iterator[tuple[str, str]]:
    """What the table over a published document states: 发文字号 → 某政发〔2023〕8号."""
    for element in body.iter("td", "th", "li", "dt", "span", "p", "div", "label", "b", "strong", "em"):
        own = _opening(element) if len(element) < 6 else ""
        found = words.stated.fullmatch(own)
        if found is None:
            continue
        value = found["value"].strip()
        if not value:
            after = element.getnext()
            value = _opening(after) if after is not None else ""
            value = value or (element.tail or "").strip()
            if not value or words.stated.fullmatch(value):
                continue
        elif not re.match(rf"[【\[]?\s?{found['label']}\s?(?:[】\]]|[：:])", own):
            continue
        if len(value) <= 200:
            yield _compact(found["label"]), value


def titled(body: Element, article: Article, names: tuple[str, ...]) -> Line | None:
    """The title printed over the article: an element that says just what a name of the page does."""
    wanted = {_compact(name) for name in names if len(_compact(name)) >= 6}
    inside = set(article.top.iter("*"))
    first = "".join(_compact(line.text) for line in lines(blocks(article.top, article.dropped))[:15])
    for element in body.iter("h1", "h2", "h3", "h4", "div", "p", "td", "span", "strong"):
        if element in inside or element in article.dropped or len(element) > 8:
            continue
        words = _compact(_opening(element))
        if (
            words
            and words not in first
            and (words in wanted or (element.tag == "h1" and _begins(words, wanted)))
        ):
            return Line(_opening(element), outline=1)
    return None


def _opening(element: Element, longest: int = 300) -> str:
    """The first words of an element, on one line."""
    size, pieces = 0, []
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece)
        if size > longest:
            break
    return " ".join("".join(pieces)[:longest].split())


def _begins(words: str, wanted: set[str]) -> bool:
    return len(words) >= 6 and any(name.startswith(words) for name in wanted)


def _compact(words: str) -> str:
    return re.sub(r"\s", "", words)
