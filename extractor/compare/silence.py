"""Why a notice has no clause on a matter: it is silent, or it may speak of it where it was not understood.

A notice is `unparsed` on a topic, with the reason, where
- the topic's words stand in a clause that was not taken to deal with it, or in a list of units or a title;
- a clue of the topic stands in a clause; the reason says so, and whether that clause was read with confidence
  (it has no finding, and its level was not inferred);
- a page of the notice was not read at all.
Else it is `silent`. Two queries, however many notices and topics.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Literal, NamedTuple

from extractor.compare.provisions import blanked
from extractor.compare.topics import Topic, passages

_UNREAD = ("page-damaged", "page-without-text", "garbled-text", "picture")  # codes of findings on whole pages
_CLAUSES = """
select document_id, id, text, inferred from clauses
where document_id in (select value from json_each(?)) order by document_id, position
"""
_FINDINGS = f"""
select document_id, clause_id, code in ({", ".join(map(repr, _UNREAD))}), message from findings
where document_id in (select value from json_each(?)) order by id desc
"""
_INFERRED = "条款层级由推断而来"
_SHOWN = 80  # characters of a finding's message


class Silence(NamedTuple):
    """Why nothing is there. `reason` is "" where the notice is silent."""

    state: Literal["silent", "unparsed"]
    reason: str = ""


class _Clause(NamedTuple):
    id: str
    text: str
    doubt: str  # why it was not read with confidence, "" where it was


class Reading(NamedTuple):
    """A notice as it was read. `unread` says which page was not."""

    text: str
    clauses: tuple[_Clause, ...]
    unread: str


def readings(db: sqlite3.Connection, documents: Collection[str]) -> Mapping[str, Reading]:
    """Document → how it was read."""
    if not documents:
        return {}
    asked = (json.dumps(sorted(documents)),)
    doubts: dict[str | None, str] = {}
    unread: dict[str, str] = {}
    for document, clause, whole, message in db.execute(_FINDINGS, asked):  # of several the first stays
        doubts[clause] = message[:_SHOWN]
        if whole:
            unread[document] = message[:_SHOWN]
    clauses: dict[str, list[_Clause]] = defaultdict(list)
    for document, clause, text, inferred in db.execute(_CLAUSES, asked):
        doubt = doubts.get(clause) or (_INFERRED if inferred else "")
        clauses[document].append(_Clause(clause, text, doubt))
    return {
        document: Reading("\n".join(each.text for each in own), tuple(own), unread.get(document, ""))
        for document, own in clauses.items()
    }


def silence(topic: Topic, notices: Iterable[Reading]) -> Silence:
    """Why none of `notices` has a clause on `topic`; the first reason that holds."""
    for notice in notices:
        if _begins(topic, notice.text):
            for clause in notice.clauses:
                found = _reason(topic, clause)
                if found:
                    return Silence("unparsed", found)
        if notice.unread:
            return Silence("unparsed", notice.unread)
    return Silence("silent")


def _begins(topic: Topic, text: str) -> bool:
    """Whether some word or clue may be there: a test that costs little."""
    return any(word.text.partition("…")[0] in text for word in topic.words)


def _reason(topic: Topic, clause: _Clause) -> str:
    """Why a clause may deal with the topic though it was not taken to; "" where it does not."""
    if not _begins(topic, clause.text):
        return ""
    places = passages(topic, clause.text, clues=False)
    if places:
        own = passages(topic, blanked(clause.text), clues=False)
        where = "未归入此事" if own else "只在单位名单或所引文件名中"
    else:
        places, where = passages(topic, clause.text, clues=True), "只是线索，未归入此事"
    if not places:
        return ""
    doubt = f"；该处读得不可靠：{clause.doubt}" if clause.doubt else ""
    return f"“{_word(topic, clause.text, places[0])}”见于 {clause.id}，{where}{doubt}"


def _word(topic: Topic, text: str, at: int) -> str:
    """The longest word of the topic that stands at `at`."""
    there = [word.text for word in topic.words if text.startswith(word.text.partition("…")[0], at)]
    return max(there, key=len)


def of_words(words: Collection[str], notices: Iterable[Reading]) -> Silence:
    """The same for words of a query, which all must stand in the notice."""
    for notice in notices:
        where = [next((c.id for c in notice.clauses if word in c.text), "") for word in words]
        if all(where):
            places = "、".join(dict.fromkeys(where))
            return Silence("unparsed", f"“{'、'.join(words)}”见于 {places}，未归入此事")
        if notice.unread:
            return Silence("unparsed", notice.unread)
    return Silence("silent")
