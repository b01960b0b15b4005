"""Matters that most jurisdictions with like notices provide for and one does not: the table `topic_gaps`.

A jurisdiction is compared on a topic where its notices are of the same subject: it has at least `KIN` of the
topics that stand beside this one in most of the jurisdictions that have it, those far commoner than it
(组织领导) left out. So a notice on farming is not silent on childcare. The cost grows as the number of
jurisdictions times the topics of each.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from extractor.compare.silence import Silence, readings, silence
from extractor.compare.topics import Topic

KIN = 0.25  # of the topics that stand beside one
LEAST_KIN = 2  # such topics at the least
LEAST = 3  # jurisdictions that are compared, or nothing is said of a gap
_COMMON = 4  # times as many jurisdictions as have the topic: what more have tells no subject
_PRESENT = """
select distinct ct.topic_id, d.jurisdiction_id from clause_topics ct
join clauses c on c.id = ct.clause_id join documents d on d.id = c.document_id
where d.jurisdiction_id is not null
"""
_DOCUMENTS = "select jurisdiction_id, id from documents where jurisdiction_id is not null order by id"


class Gap(NamedTuple):
    """A row of `topic_gaps`."""

    topic_id: str
    jurisdiction_id: str
    state: str
    reason: str | None
    present: int
    compared: int


def missing(present: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str, int, int]]:
    """(topic, jurisdiction, present, compared) where most have it; `present` is topic → jurisdictions."""
    topics: dict[str, set[str]] = defaultdict(set)
    for name, places in present.items():
        for place in places:
            topics[place].add(name)
    for name, places in sorted(present.items()):
        if len(places) < 2:
            continue
        beside = Counter(other for place in places for other in topics[place] if other != name)
        core = {
            other for other, count in beside.items()
            if 2 * count >= len(places) and len(present[other]) <= _COMMON * len(places)
        }  # fmt: skip
        kin = Counter(place for other in core for place in present[other])
        compared = {place for place, count in kin.items() if count >= max(KIN * len(core), LEAST_KIN)} | set(
            places
        )
        if len(compared) >= LEAST and 2 * len(places) > len(compared):
            for place in sorted(compared - set(places)):
                yield name, place, len(places), len(compared)


def write_gaps(
    db: sqlite3.Connection,
    topics: Collection[Topic],
    *,
    new: Collection[str],
    unchanged: Collection[str],
) -> int:
    """Fill the table anew; how many gaps.

    Reasons are looked for again where a jurisdiction has `new` documents and for topics not `unchanged`.
    """
    documents: dict[str, list[str]] = defaultdict(list)
    for place, document in db.execute(_DOCUMENTS):
        documents[place].append(document)
    present: dict[str, set[str]] = defaultdict(set)
    for name, place in db.execute(_PRESENT):
        present[name].add(place)
    held = {(row[0], row[1]): Silence(row[2], row[3] or "") for row in db.execute("select * from topic_gaps")}
    known = {
        (name, place): said for (name, place), said in held.items()
        if name in unchanged and not set(documents[place]) & set(new)
    }  # fmt: skip
    gaps = tuple(_gaps(db, {each.id: each for each in topics}, present, documents, known))
    db.execute("delete from topic_gaps")
    db.executemany("insert into topic_gaps values (?, ?, ?, ?, ?, ?)", gaps)
    return len(gaps)


def _gaps(
    db: sqlite3.Connection,
    topics: Mapping[str, Topic],
    present: Mapping[str, Collection[str]],
    documents: Mapping[str, Collection[str]],
    known: Mapping[tuple[str, str], Silence],
) -> Iterator[Gap]:
    """Each jurisdiction's notices are read once, and only where something is not known."""
    by_place: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for name, place, count, compared in missing(present):
        by_place[place].append((name, count, compared))
    for place, rows in sorted(by_place.items()):
        unsaid = any((name, place) not in known for name, _, _ in rows)
        notices = readings(db, documents[place]) if unsaid else {}
        for name, count, compared in rows:
            said = known.get((name, place)) or silence(topics[name], notices.values())
            yield Gap(name, place, said.state, said.reason or None, count, compared)
