"""HTML saved from an office's site (also MHTML, and pages that word processors write) → `Source`.

The article alone: navigation, share buttons, recommended links and hidden parts are left out. What the page
states of it in meta tags and in the table over it is in `Source.meta`.
"""

from __future__ import annotations

import codecs
import re
from email import message_from_bytes
from email.message import Message
from itertools import dropwhile

from lxml import etree

from extractor.lexicon.webpages import web_pages
from extractor.model import Finding, Line, ReadError, Source
from extractor.sources import Limits, front_matter
from extractor.sources.docx_package import Element
from extractor.sources.grid import lines
from extractor.sources.html_article import find_article, stated, titled
from extractor.sources.html_lines import blocks

CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,30})""", re.IGNORECASE)
OPENING = 8192  # bytes in which a page names its charset
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CHINESE = frozenset(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "euc-cn"))
REMEDY = "Open the page in a browser and save it again."
# The code ranges of control characters that a page may hold by mistake.
CONTROL = dict.fromkeys([*range(0x09), 0x0B, *range(0x0E, 0x20)])
OF_HEAD = frozenset(
    (
        "base",
        "basefont",
        "bgsound",
        "link",
        "meta",
        "noscript",
        "object",
        "script",
        "style",
        "template",
        "title",
    )
)
WRITERS = re.compile("LibreOffice|OpenOffice")  # they break lines of the file at spaces only
# name="value", name='value', name=value, name
ATTRIBUTE = re.compile(r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
# <p class="a">, as far as its attributes; <!-- … --> and <script>…</script>, closed or not, are passed over
TAG = re.compile(
    rf"<!--(?:.*?-->|.*)|<(?:script|style)\b(?:.*?</(?:script|style)|.*)"
    rf"|<[a-z][^\s/>]*+((?:[\s/]++|{ATTRIBUTE.pattern})*+)",
    re.DOTALL | re.IGNORECASE,
)
PICTURE = re.compile(r"(?i)\.(?:jpe?g|png|bmp|tiff?)(?:$|\?)")
SHORT = 100  # characters; an article below it that shows pictures is one of pictures


def read(name: str, data: bytes, sha256: str, limits: Limits) -> Source:
    """The article of a page. Raises ReadError where the page is too large, too deep or empty."""
    if len(data) > limits.max_markup:
        problem = "the page has {count:,} bytes, over the limit of {most:,}."
        remedy = "Save the article alone, or raise the limit."
        raise ReadError(name, problem, remedy, count=len(data), most=limits.max_markup)
    fields, data = front_matter.split(data)
    root = _parsed(name, _filled_in(_decoded(name, *_page(data))), limits)
    body = _body(root)
    words = web_pages()
    article = find_article(body, words)
    meta = {**dict(stated(body, words)), **fields, **_meta(root)}
    keeps_breaks = WRITERS.search(meta.get("generator", meta.get("GENERATOR", ""))) is not None
    found = lines(blocks(article.top, article.dropped, keeps_breaks=keeps_breaks))
    kept = [line for line in found if not _is_chrome(line)]
    names = tuple(meta.get(key, "") for key in ("ArticleTitle", "title", "标题", "名称"))
    title = titled(body, article, names)
    if title is not None:
        kept.insert(0, title)
    if not kept:
        raise ReadError(name, "the page holds no text.", REMEDY)
    findings = []
    pictures = sum(1 for image in article.top.iter("img") if PICTURE.search(image.get("src") or ""))
    if pictures and sum(len(line.text) for line in kept) < SHORT:
        findings.append(Finding("warning", "picture", f"{pictures}幅图片未读取。"))
    return Source(name, sha256, "text/html", tuple(kept), wrapped=False, meta=meta, findings=tuple(findings))


def _is_chrome(line: Line) -> bool:
    return line.cell is None and len(line.text) < 120 and web_pages().line.fullmatch(line.text) is not None


def _page(data: bytes) -> tuple[bytes, str | None]:
    """The page and the charset stated outside it: of MHTML its first HTML part."""
    opening = data[:OPENING].lstrip()
    if opening.startswith(b"<") or b"multipart/related" not in opening:
        return data, None
    message: Message = message_from_bytes(data)
    for part in message.walk():
        content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(content, bytes):
            return content, part.get_content_charset()
    return data, None


def _filled_in(page: str) -> str:
    """The page without the places that its server fills in: <%@ page … %>, <%= path %>."""
    first, *others = page.split("<%")
    return first + "".join(f"<%{each}" if "%>" not in each else each.partition("%>")[2] for each in others)


def _decoded(name: str, data: bytes, charset: str | None) -> str:
    """By its byte order mark, the charset it states, as UTF-8 or as GB18030."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    found = CHARSET.search(data[:OPENING])
    stated_charset = (charset or (found[1].decode("ascii") if found else "")).lower()
    if stated_charset in CHINESE:
        stated_charset = "gb18030"
    for encoding in (stated_charset, "utf-8", "gb18030", "big5"):
        try:
            return data.decode(encoding)
        except (ValueError, LookupError):  # the name of a charset may hold anything: NUL, or `undefined`
            continue
    if stated_charset in ("utf-8", "gb18030"):  # a page of many parts with one damaged character
        text = data.decode(stated_charset, "replace")
        if text.count("\ufffd") <= len(text) // 1000:
            return text
    raise ReadError(name, "the page is in no encoding that Chinese text is kept in.", REMEDY)


def most_attributes(text: str) -> int:
    """The most attributes that a tag of the page has, in linear time; its parser's grows with their square.

    Comments, scripts and styles hold no tags.
    """
    return max((len(ATTRIBUTE.findall(tag[1])) for tag in TAG.finditer(text) if tag[1]), default=0)


def _parsed(name: str, text: str, limits: Limits) -> Element:
    if (count := most_attributes(text)) > limits.max_attributes:
        problem = "one of its tags has {count:,} attributes, over the limit of {most:,}."
        raise ReadError(name, problem, REMEDY, count=count, most=limits.max_attributes)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    clean = text.translate(CONTROL).encode("utf-8", "replace")
    try:
        root = etree.fromstring(clean, parser)
    except etree.ParserError as error:
        raise ReadError(name, "the page holds no text.", REMEDY) from error
    except etree.XMLSyntaxError as error:
        raise ReadError(name, "the page cannot be read ({error}).", REMEDY, error=error.msg) from error
    if root is None:
        raise ReadError(name, "the page holds no text.", REMEDY)
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.max_depth:
            problem = "its elements are nested more than {most:,} deep."
            raise ReadError(name, problem, REMEDY, most=limits.max_depth)
    return root


def _body(root: Element) -> Element:
    """The body of a page, with what the parser took for a part of its head.

    It does not know <article>, <main> and <section>: they open no body where a page leaves that tag out.
    """
    head, body = root.find("head"), root.find("body")
    if head is None:
        return root if body is None else body
    strays = list(dropwhile(lambda element: element.tag in OF_HEAD, head))
    if not strays:
        return root if body is None else body
    body = etree.SubElement(root, "body") if body is None else body
    for position, element in enumerate(strays):
        body.insert(position, element)
    return body


def _meta(root: Element) -> dict[str, str]:
    """Name → content of the meta tags, with the title of the page."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        key, content = tag.get("name") or tag.get("property"), (tag.get("content") or "").strip()
        if key and content:
            found.setdefault(key.strip(), content)
    title = root.find(".//title")
    if title is not None and title.text and title.text.strip():
        found.setdefault("title", " ".join(title.text.split()))
    return found
