"""The clauses of a database as the comparison sees them: provisions with words of their own.

Left out: letterheads, preambles, signatures and distribution lists, tables, clauses that are only a heading
(it counts for those under them), and rows of a task table that restate a clause of the body. Words that say
nothing about the matter are blanked, in place, so that offsets stay those of `clauses.text`: lists of
responsible units, cited titles, numbers and the formulas of penalties.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from extractor.numerals import parse

LEAD_IN = 60  # characters of the words of the clause above
_LIST = 1000  # characters of a list that tell what the clause that leads it in is about
BLANK = "\n"  # stands for each character that is left out; no word reaches across it
_LEVELS = ("chapter", "section", "part", "subpart", "article", "item", "annex", "row")
# （责任单位：区卫健委、区教育局） with any brackets, to the end of the bracket or line
_UNITS = re.compile(r"[（(〔\[【]?(?:责任|牵头|配合|落实)(?:单位|部门)[：:][^）)〕\]】\n]{0,600}[）)〕\]】]?")
_CITED = re.compile(r"《[^《》\n]{1,120}》(?:（[^（）\n]{4,30}号）)?")
_NUMBERS = re.compile(r"[0-9０-９.]{2,}")
# A penalty reads alike whatever it is for: 由民政部门责令改正，处一万元以上三万元以下的罚款；情节严重的，…
_PHRASE = re.compile(r"[^，。；：\n]+")
_PENALTY = re.compile(
    r"责令|罚款|警告|没收|吊销|取缔|违法所得|情节(?:较重|严重|恶劣)|后果的|逾期(?:不|未|拒)|构成犯罪|刑事责任"
    r"|直接负责的|直接责任人员|(?:给予|予以)[^，。；：\n]{0,8}(?:处分|处罚|撤职)|依法给予|行政问责|法律责任"
)
# 违反本条例第十四条规定: what it is about stands in that article
_BROKEN = re.compile(r"违反本[^，。；：\n]{1,6}?第[一二三四五六七八九十百零〇0-9]{1,6}条[^，。；：\n]*")
_ARTICLE = re.compile(
    r"第(?P<article>[一二三四五六七八九十百零〇0-9]{1,6})条"
    r"(?:第(?P<paragraph>[一二三四五六七八九十]{1,3})款)?"
)
_PENALTIES = re.compile("法律责任|罚则")  # the headings that clauses stand under which punish
_PUNISHES = re.compile("罚款|责令[^。；\n]{0,12}改正|(?:给予|予以)[^，。；：\n]{0,8}(?:处分|处罚)")
_CLAUSES = """
select clauses.id, document_id, parent_id, level, heading, text, number from clauses
where {where} order by document_id, position
"""
_RESTATED = "select from_clause_id from clause_links where kind = 'task_of'"
_OF_IDS = """
select id, document_id, level, heading, text, marker, page_from,
  exists (select 1 from clause_links where from_clause_id = clauses.id and kind = 'task_of')
from clauses where id in (select value from json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Provision:
    """One clause. `words` is its `text` with blanks, as long; `above` are the headings it stands under.

    `lead_in` is how the words of the clause above begin, blanked, where they are more than its heading; else
    how the articles begin whose breach it punishes. `punishes`: it says what follows a breach, not what is
    to be done.
    """

    id: str
    document_id: str
    level: str
    heading: str
    text: str
    words: str
    above: tuple[str, ...] = ()
    lead_in: str = ""
    punishes: bool = False
    parent: str = ""
    below: str = ""

    @property
    def heading_end(self) -> int:
        """Where the heading ends in `words`; 0 where it has none or does not begin with it."""
        return len(self.heading) if self.words.startswith(self.heading) else 0


def provisions(
    db: sqlite3.Connection, documents: Iterable[str] | None = None
) -> Iterator[tuple[Provision, ...]]:
    """The provisions of each document, in reading order; of all documents, in the order of their ids."""
    restated = {name for (name,) in db.execute(_RESTATED)}
    if documents is None:
        ids = [name for (name,) in db.execute("select id from documents order by id")]
    else:
        ids = sorted(documents)
    for document in ids:
        rows = db.execute(_CLAUSES.format(where="document_id = ?"), (document,)).fetchall()
        yield tuple(_of_document(rows, restated))


def placed(db: sqlite3.Connection, clauses: Iterable[str]) -> Mapping[str, tuple[Provision, str]]:
    """Clause id → the provision, without the headings above it, and its place for reading: 2.3.10 10. 第4页.

    Clauses that are no provisions are left out.
    """
    found = {}
    for name, document, level, heading, text, marker, page, restated in db.execute(
        _OF_IDS, (json.dumps(list(clauses)),)
    ):
        if not restated and _provides(level, heading, text):
            parts = (name.removeprefix(document + "."), marker, f"第{page}页" if page else "")
            provision = Provision(name, document, level, heading or "", text, blanked(text))
            found[name] = provision, " ".join(part for part in parts if part)
    return found


def blanked(text: str) -> str:
    """`text` with the words that say nothing about the matter blanked, of the same length."""
    for pattern in (_UNITS, _CITED, _NUMBERS):
        text = pattern.sub(lambda match: BLANK * len(match[0]), text)
    if _PENALTY.search(text):
        text = _PHRASE.sub(_without_penalty, text)
    return text


def _without_penalty(phrase: re.Match[str]) -> str:
    words = phrase[0]
    return BLANK * len(words) if _PENALTY.search(words) or _BROKEN.search(words) else words


def _of_document(rows: Sequence[tuple[Any, ...]], restated: set[str]) -> Iterator[Provision]:
    blank = [blanked(text) for *_, text, _ in rows]
    lists = _lists(rows, blank)
    articles: dict[int, tuple[str, ...]] = {}  # number → its paragraphs (款)
    above: dict[str, tuple[str, ...]] = defaultdict(tuple)
    lead_ins: dict[str, str] = defaultdict(str)
    for (name, document, parent, level, heading, text, number), words in zip(rows, blank, strict=True):
        over = above[parent] if parent else ()
        above[name] = (*over, heading) if heading else over
        if text.strip() == (heading or "").strip():
            continue
        lead_ins[name] = words[:LEAD_IN]
        if level == "article" and number is not None:
            articles.setdefault(number, _paragraphs(text, words))
        if name not in restated and level in _LEVELS:
            lead_in = (lead_ins[parent] if parent else "") or _of_broken(text, articles)
            yield Provision(
                name, document, level, heading or "", text, words, over, lead_in, _punishes(text, over),
                parent or "", lists[name],
            )  # fmt: skip


def _lists(rows: Iterable[tuple[Any, ...]], blank: Iterable[str]) -> Mapping[str, str]:
    """Clause that leads in a list → the words of the items, of their items too, so many as are kept."""
    leads: dict[str, str] = {}  # clause → the one that leads in the list it is in, or is itself
    lists: dict[str, str] = defaultdict(str)
    for (name, _, parent, _, _, text, _), words in zip(rows, blank, strict=True):
        lead = leads.get(parent)
        if lead is not None:
            lists[lead] = (lists[lead] + BLANK + words)[:_LIST]
        if lead is None and text.rstrip().endswith(("：", ":")):
            lead = name
        if lead is not None:
            leads[name] = lead
    return lists


def _of_broken(text: str, articles: Mapping[int, Sequence[str]]) -> str:
    """How the articles begin, or the paragraphs of them that are named, whose breach a clause punishes."""
    named = [match for broken in _BROKEN.finditer(text) for match in _ARTICLE.finditer(broken[0])]
    return BLANK.join(
        BLANK.join(_named(articles.get(int(parse(match["article"]) or 0), ()), match["paragraph"]))[:LEAD_IN]
        for match in named
    )


def _paragraphs(text: str, words: str) -> tuple[str, ...]:
    """The paragraphs of a text, blanked as `words` is."""
    ends = [*(match.start() for match in re.finditer("\n", text)), len(text)]
    return tuple(words[start:end] for start, end in pairwise([0, *ends]))


def _named(paragraphs: Sequence[str], ordinal: str | None) -> Sequence[str]:
    """All paragraphs of an article, or the one that `ordinal` (三 of 第三款) names."""
    number = int(parse(ordinal) or 0) if ordinal else 0
    return paragraphs[number - 1 : number] if number else paragraphs


def _punishes(text: str, above: Iterable[str]) -> bool:
    return any(map(_PENALTIES.search, above)) or bool(_PUNISHES.search(text) or _BROKEN.search(text))


def _provides(level: str, heading: str | None, text: str) -> bool:
    return level in _LEVELS and text.strip() != (heading or "").strip()


def by_id(documents: Iterable[tuple[Provision, ...]]) -> Mapping[str, Provision]:
    """Clause id → provision."""
    return {provision.id: provision for document in documents for provision in document}
