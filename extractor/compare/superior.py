"""What became of a superior notice in a local one, and of a draft in the final text, clause by clause.

Both documents are compared with each other alone, so that the answer does not depend on what else the
database holds. Every clause of both is in the answer: a superior clause once (with its likest local clause,
or omitted), a local one wherever a superior clause led to it, else as added.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from itertools import pairwise
from typing import Literal, NamedTuple

from extractor.compare.fact_rows import LABELS
from extractor.compare.facts import Fact, facts
from extractor.compare.matching import match, mutual
from extractor.compare.pairs import Pair, pairs
from extractor.compare.provisions import BLANK, Provision, provisions
from extractor.compare.reuse import Redline, redline
from extractor.compare.verdicts import Judged, judged

ChangeKind = Literal["copied", "changed", "raised", "lowered", "mixed", "added", "omitted"]
VersionKind = Literal["draft", "revision"]
_LEAST = 0.35  # score of two clauses, below which one did not come from the other
_COPIED = 0.9  # of the longer text, the same in both, where no figure differs
# （征求意见稿）, (试行), 草案 at the end of a title
_STATUS = re.compile(
    r"[（(]?(?:公开)?(?:征求意见稿|征求意见|送审稿|讨论稿|报批稿|修订稿|草案|试行|暂行|修订)[^）)]{0,6}[）)]?$"
)
_CITED = """
select distinct c.cited_document_id, k.document_id from citations c join clauses k on k.id = c.clause_id
where c.cited_document_id is not null and c.cited_document_id != k.document_id
  and c.relation in ('basis', 'implements')
order by 1, 2
"""
_TITLED = """
select id, title, status, coalesce(jurisdiction_id, ''), coalesce(issued_on, ''), coalesce(doc_number, '')
from documents where title is not null order by coalesce(issued_on, ''), id
"""
_QUOTES = " union all ".join(
    f"select id, quote from {table} where id in (select value from json_each(:ids))"
    for table in ("targets", "amounts", "durations", "deadlines")
)
_WRITE = "insert into descents values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_TOPICS = """
select clause_id, topic_id, score from json_each(?) d
join clause_topics on clause_id > d.value || '.' and clause_id < d.value || '/'
join topics on topics.id = topic_id and origin = 'list'
"""


class Descent(NamedTuple):
    """A superior clause and the local one that came of it; None on the side that has none.

    `figures` are the facts of one matter, as the local notice is against the superior; they decide whether a
    clause is raised, lowered or both (mixed).
    """

    kind: ChangeKind
    superior_clause: str | None
    local_clause: str | None
    redline: Redline | None
    figures: tuple[Change, ...]


class Change(NamedTuple):
    """Two facts of one matter; `judged` is the local against the superior."""

    superior: Fact
    local: Fact
    relation: str
    judged: Judged


class Version(NamedTuple):
    """Two states of one notice: a draft and what became of it, or a notice and its later revision."""

    before_id: str
    after_id: str
    kind: VersionKind


def superiors(db: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """(superior, local) of all notices that rest on or implement another that is in the database."""
    return tuple(db.execute(_CITED))


def versions(db: sqlite3.Connection) -> tuple[Version, ...]:
    """Notices of one place and title that follow each other, in the order of their dates.

    Files of one notice (the same number, or the same date and status) are no versions of each other.
    """
    groups: dict[tuple[str, str], list[tuple[str, str, str, str]]] = defaultdict(list)
    for name, title, status, place, issued, number in db.execute(_TITLED):
        groups[place, bare_title(title)].append((name, status, issued, number))
    found = []
    for own in groups.values():
        drafts = [row for row in own if row[1] == "draft"]
        final = [row for row in own if row[1] != "draft"]
        if drafts and final:
            found.append(Version(drafts[-1][0], final[0][0], "draft"))
        for before, after in pairwise(final):
            if before[2] and before[2] < after[2] and (not before[3] or before[3] != after[3]):
                found.append(Version(before[0], after[0], "revision"))
    return tuple(sorted(found))


def bare_title(title: str) -> str:
    """A title without the status of its text.

    >>> bare_title("甲市育儿补贴实施办法（征求意见稿）")
    '甲市育儿补贴实施办法'
    """
    return _STATUS.sub("", title)


def descent(db: sqlite3.Connection, superior_id: str, local_id: str) -> tuple[Descent, ...]:
    """What became of each clause of one notice in another; then what the other added, in its order.

    () where one of the documents is not in the database.
    """
    documents = {name: own for name in (superior_id, local_id) for own in provisions(db, (name,))}
    if not all(documents.values()):
        return ()
    topics: dict[str, dict[str, float]] = defaultdict(dict)
    for clause, name, score in db.execute(_TOPICS, (json.dumps([superior_id, local_id]),)):
        topics[clause][name] = score
    found = tuple(pair for pair in pairs(documents.values(), topics) if pair.score >= _LEAST)
    changes = _changes(tuple(facts(db, documents)), found, superior_id)
    return tuple(_descents(documents[superior_id], documents[local_id], _best(found, superior_id), changes))


def write_descents(db: sqlite3.Connection, *, new: Collection[str], shown: Set[str]) -> None:
    """Bring the table `descents` up to date: the pairs of documents of which one is `new`.

    `shown` are the documents that stand for their work; another reading of one has no descents.
    """
    for name in sorted(new):
        db.execute("delete from descents where superior_id = ? or local_id = ?", (name, name))
    lines = {(a, b): "cited" for a, b in superiors(db)}
    lines |= {(each.before_id, each.after_id): each.kind for each in versions(db)}
    for (superior, local), relation in sorted(lines.items()):
        if shown >= {superior, local} and not {superior, local}.isdisjoint(new):
            for place, each in enumerate(descent(db, superior, local)):
                row = (each.kind, each.superior_clause, each.local_clause, _kept(each), _figures(db, each))
                db.execute(_WRITE, (superior, local, relation, place, *row))


def _kept(each: Descent) -> float | None:
    if each.redline is None:
        return None
    return round(each.redline.copied / max(len(each.redline.before), 1), 4)


def _figures(db: sqlite3.Connection, each: Descent) -> str | None:
    """不超过5‰→不超过4‰（低于）: the words of both, and what the local one is against the superior one."""
    ids = [fact.id for change in each.figures for fact in (change.superior, change.local)]
    quotes = dict(db.execute(_QUOTES, {"ids": json.dumps(ids)}))
    said = (
        f"{quotes[change.superior.id]}→{quotes[change.local.id]}"
        + (f"（{LABELS[change.judged.verdict]}）" if change.judged.verdict else "")
        for change in each.figures
    )
    return "；".join(said) or None


def _best(found: Iterable[Pair], superior: str) -> Mapping[str, str]:
    """Superior clause → the local clause that has most in common with it."""
    best: dict[str, tuple[tuple[float, int], str]] = {}
    for pair in found:
        own, other = (
            (pair.a_id, pair.b_id) if pair.a_id.startswith(f"{superior}.") else (pair.b_id, pair.a_id)
        )
        rank = (pair.score, pair.shared_text)
        best[own] = max(best.get(own, ((0.0, 0), "")), (rank, other))
    return {own: other for own, (_, other) in best.items()}


def _changes(every: Sequence[Fact], found: Iterable[Pair], superior: str) -> Mapping[str, tuple[Change, ...]]:
    """Superior clause → its facts that the local notice has too."""
    aligned = {(pair.a_id, pair.b_id) for pair in found}
    own = [fact for fact in every if fact.document_id == superior]
    others = [fact for fact in every if fact.document_id != superior]
    matches = (
        match(a, b, aligned=(min(a.clause_id, b.clause_id), max(a.clause_id, b.clause_id)) in aligned)
        for a in own
        for b in others
        if a.kind == b.kind
    )
    changes: dict[str, list[Change]] = defaultdict(list)
    for each in mutual(each for each in matches if each is not None):
        above, local = (each.a, each.b) if each.a.document_id == superior else (each.b, each.a)
        changes[above.clause_id].append(Change(above, local, each.relation, judged(local, above)))
    return {clause: tuple(rows) for clause, rows in changes.items()}


def _descents(
    superior: Sequence[Provision],
    local: Sequence[Provision],
    best: Mapping[str, str],
    changes: Mapping[str, tuple[Change, ...]],
) -> Iterable[Descent]:
    known = {clause.id: clause for clause in local}
    for clause in superior:
        own, other = changes.get(clause.id, ()), best.get(clause.id)
        if other is None:
            yield Descent("omitted", clause.id, None, None, own)
            continue
        here = [change for change in own if change.local.clause_id == other]
        kind = _kind(clause, known[other], here)
        yield Descent(kind, clause.id, other, redline(clause.text, known[other].text), own)
    came = set(best.values())
    for clause in local:
        if clause.id not in came:
            yield Descent("added", None, clause.id, None, ())


def _kind(superior: Provision, local: Provision, changes: Iterable[Change]) -> ChangeKind:
    """By the figures; where they are the same, by the words, lists of units and numbers left out."""
    verdicts = {change.judged.verdict for change in changes} & {"higher", "lower"}
    if verdicts:
        return "mixed" if len(verdicts) > 1 else "raised" if "higher" in verdicts else "lowered"
    before, after = (clause.words.replace(BLANK, "") for clause in (superior, local))
    same = redline(before, after).copied
    return "copied" if same >= _COPIED * max(len(before), len(after)) else "changed"
