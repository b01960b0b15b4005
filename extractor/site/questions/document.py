"""One notice as its page shows it: head, outline, words with facts, and what stands beside each clause."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from extractor.contract import FactKind
from extractor.site.questions.corrected import Marks, marks_of
from extractor.site.questions.facts import KINDS, Fact, by_clause, facts_of
from extractor.site.questions.grids import Grid, Stored, grid, stored_of
from extractor.site.questions.layout import Block, Window, blocks
from extractor.site.questions.originals import Original, original
from extractor.site.questions.outline import PART, Node, Part, nodes_of, part_with, ways
from extractor.site.questions.reference import citation, short_place
from extractor.site.questions.validity import STATE

_HEAD = f"""
select d.id, substr(d.title, 1, 300), d.kind, d.status, substr(d.doc_number, 1, 100),
  substr(d.issuers, 1, 2000), d.jurisdiction_id, d.issued_on, d.effective_from, d.effective_until,
  substr(d.validity_quote, 1, 300), substr(d.source_name, 1, 200), d.source_sha256, d.media_type,
  d.page_count, {STATE}
from documents d where d.id = :document
"""
_ABOVE = """
with recursive above (id, name, short_name, parent_id, n) as (
  select id, name, short_name, parent_id, 0 from jurisdictions where id = ?
  union select j.id, j.name, j.short_name, j.parent_id, n + 1
  from jurisdictions j join above on j.id = above.parent_id where n < 8
)
select id, substr(short_name, 1, 60) from above where id <> '100000' order by n desc
"""
_TEXT = "select substr(text, ? + 1, ?) from documents where id = ?"
_TOPICS = """
select ct.clause_id, t.id, substr(t.name, 1, 60) from clause_topics ct join topics t on t.id = ct.topic_id
where ct.clause_id in (select value from json_each(?)) order by ct.clause_id, ct.score desc, t.id
"""
_FINDINGS = """
select clause_id, severity, substr(code, 1, 80), substr(message, 1, 300) from findings where document_id = ?
order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, start limit 500
"""
_LINKS = """
with shown (id) as (select value from json_each(:ids))
select from_clause_id, to_clause_id from clause_links where from_clause_id in (select id from shown)
union select to_clause_id, from_clause_id from clause_links where to_clause_id in (select id from shown)
"""
_CITED_BY = """
select distinct d.id, substr(coalesce(d.title, d.id), 1, 120) from citations t
join clauses c on c.id = t.clause_id join documents d on d.id = c.document_id
where t.cited_document_id = ?1 and d.id <> ?1 order by d.id limit 20
"""
_ROLES = ("lead", "responsible", "support", "implement", "guide")


class Reading(NamedTuple):
    """What is asked: a document, the clause to open it at ("" the first), the day of validity."""

    document: str
    at: str
    day: str


class Head(NamedTuple):
    """The document's row, long values cut."""

    id: str
    title: str | None
    kind: str | None
    status: str
    doc_number: str | None
    issuers: tuple[str, ...]
    jurisdiction_id: str | None
    issued_on: str | None
    effective_from: str | None
    effective_until: str | None
    validity_quote: str | None
    source_name: str
    source_sha256: str
    media_type: str
    page_count: int | None
    state: str


class Named(NamedTuple):
    """A row that is linked to."""

    id: str
    name: str


class Finding(NamedTuple):
    """What a person should look at. `clause_id` is None where it is about the whole."""

    clause_id: str | None
    severity: str
    code: str
    message: str


class Beside(NamedTuple):
    """What stands beside one clause."""

    node: Node
    place: str  # 二（三）10
    citation: str  # 《…》（…）第二部分第（三）项第10条
    facts: tuple[Fact, ...]
    topics: tuple[Named, ...]
    findings: tuple[Finding, ...]
    links: tuple[str, ...]  # ids of clauses that it restates or that restate it

    @property
    def duties(self) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
        """Role → the duties of that role, those who lead first."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if fact.kind == "duty" and fact.role:
                found.setdefault(fact.role, []).append(fact)
        return tuple((role, tuple(found[role])) for role in _ROLES if role in found)

    @property
    def kinds(self) -> tuple[tuple[FactKind, int], ...]:
        """The kinds of its facts, in the order of the legend, and how many there are."""
        counts = Counter(fact.kind for fact in self.facts)
        return tuple((kind, counts[kind]) for kind in KINDS if counts[kind])


class Document(NamedTuple):
    """A part of a document. `before` and `after` are the refs at which its neighbours begin."""

    head: Head
    above: tuple[Named, ...]  # jurisdictions, the highest first
    outline: tuple[Node, ...]
    blocks: tuple[Block, ...]
    beside: Mapping[str, Beside]
    findings: tuple[Finding, ...]
    cited_by: tuple[Named, ...]
    original: Original | None  # the copy of its source that was kept at ingest
    marks: Marks  # what people confirmed, corrected and rejected
    before: str | None
    after: str | None


def document(db: sqlite3.Connection, asked: Reading) -> Document | None:
    """The document, or None where there is none of that id. Seventeen queries, whatever its length."""
    row = db.execute(_HEAD, {"document": asked.document, "day": asked.day}).fetchone()
    if row is None:
        return None
    head = Head(*row)._replace(issuers=_issuers(row[5]))
    nodes = nodes_of(db, head.id)
    part = part_with(nodes, asked.at)
    shown = nodes[part.first : part.last]
    window = _window(db, head.id, shown)
    facts = by_clause(facts_of(db, (node.id for node in shown)))
    findings = tuple(Finding(*row) for row in db.execute(_FINDINGS, (head.id,)))
    grids = _grids(stored_of(db, head.id), shown, window)
    return Document(
        head,
        above=tuple(Named(*row) for row in db.execute(_ABOVE, (head.jurisdiction_id,))),
        outline=tuple(node for node in nodes if node.listed)[:1500],
        blocks=tuple(blocks(shown, window, grids, facts)),
        beside=_beside(db, head, shown, ways(nodes), facts, findings),
        findings=findings,
        cited_by=tuple(Named(*row) for row in db.execute(_CITED_BY, (head.id,))),
        original=original(db, head.id),
        marks=marks_of(db, head.id),
        **_neighbours(nodes, part),
    )


def _issuers(stored: str) -> tuple[str, ...]:
    """The names of a JSON array; what is cut or broken is shown as it stands."""
    try:
        names = json.loads(stored)
    except ValueError:
        return (stored,)
    return tuple(map(str, names)) if isinstance(names, list) else (stored,)


def _window(db: sqlite3.Connection, document: str, shown: Sequence[Node]) -> Window:
    start = shown[0].start if shown else 0
    end = max((node.end for node in shown), default=0)
    (text,) = db.execute(_TEXT, (start, min(end - start, 3 * PART), document)).fetchone()
    return Window(text, start)


def _grids(
    tables: Iterable[Sequence[Stored]], shown: Sequence[Node], window: Window
) -> Mapping[str, tuple[Grid, ...]]:
    owners = {node.id: node for node in shown}
    found: dict[str, tuple[Grid, ...]] = {}
    for cells in tables:
        owner = owners.get(cells[0].clause_id)
        if owner is None:
            continue
        earlier = found.get(owner.id, ())
        start = (earlier[-1].end if earlier else owner.start) - window.start
        each = grid(cells, window.text, start=start, end=owner.subtree_end - window.start)
        if each is not None:
            found[owner.id] = (*earlier, each.moved(window.start))
    return found


def _beside(
    db: sqlite3.Connection,
    head: Head,
    shown: Sequence[Node],
    way: Mapping[str, tuple[Node, ...]],
    facts: Mapping[str, tuple[Fact, ...]],
    findings: Sequence[Finding],
) -> Mapping[str, Beside]:
    ids = json.dumps([node.id for node in shown])
    topics = _gathered((row[0], Named(row[1], row[2])) for row in db.execute(_TOPICS, (ids,)))
    links = _gathered(tuple(row) for row in db.execute(_LINKS, {"ids": ids}))
    found = _gathered((each.clause_id, each) for each in findings)
    return {
        node.id: Beside(
            node,
            short_place([each.step for each in way[node.id]]),
            citation(head.title, head.doc_number, [each.step for each in way[node.id]]),
            facts.get(node.id, ()),
            topics.get(node.id, ()),
            found.get(node.id, ()),
            links.get(node.id, ()),
        )
        for node in shown
    }


def _gathered(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, tuple[Any, ...]]:
    found: dict[Any, list[Any]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def _neighbours(nodes: Sequence[Node], part: Part) -> dict[str, str | None]:
    return {
        "before": None if part.before is None else nodes[part.before].ref,
        "after": None if part.after is None else nodes[part.after].ref,
    }
