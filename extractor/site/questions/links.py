"""Links between notices: what they cite, and the wording they share."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from typing import Any, NamedTuple

from extractor.site.questions.charts import RESTATED, Chart, Coded, FiguresAsked, Mark
from extractor.site.questions.choices import OF_PLACES, Place, chosen, clause_path, listed, places

MOST_PLACES = 8
_MOST_DOCUMENTS, _MOST_CITED, _MOST_CITATIONS = 12, 30, 2000
_DOCUMENTS = f"""
select coalesce(d.jurisdiction_id, d.id), d.id, substr(coalesce(d.title, d.id), 1, 200),
  substr(d.doc_number, 1, 60)
from {OF_PLACES}
order by d.issued_on desc, d.id limit {_MOST_DOCUMENTS}
"""
_CITATIONS = f"""
select d.value, c.clause_id, substr(c.title, 1, 200), substr(c.doc_number, 1, 60), c.relation,
  c.cited_document_id, substr(cited.title, 1, 200)
from json_each(:documents) d
join citations c on c.clause_id > d.value || '.' and c.clause_id < d.value || '/'
left join documents cited on cited.id = c.cited_document_id
where c.relation <> 'issues' and not {RESTATED.format(column="c.clause_id")}
order by d.key, c.start limit {_MOST_CITATIONS}
"""
# Of each clause and other notice, the partner with most common wording. The id of a clause is that of its
# document and, after the first full stop, its ref. `cross join` keeps SQLite to the notices asked for; rows
# are read (`s`) after their ids were held against them in the index (`p`).
_SHARED = """
select a, b, s.a_id, s.b_id, max(s.shared_text)
from (
  select a.value as a, substr(p.b_id, 1, instr(p.b_id, '.') - 1) as b, p.rowid as place
  from json_each(:documents) a
  cross join clause_pairs p on likelihood(p.a_id > a.value || '.', 0.0001)
    and likelihood(p.a_id < a.value || '/', 0.0001)
  where b in (select value from json_each(:documents))
) cross join clause_pairs s on s.rowid = place
where s.shared_text > 0
group by a, b, s.a_id
"""
CITED_COLUMNS = ("place", "document", "cited", "relation", "times", "held")
SHARED_COLUMNS = ("document", "other_document", "characters", "clauses", "likest")


class _Notice(NamedTuple):
    place: Place
    id: str
    title: str
    name: str  # for a label: the place and the number, or the beginning of the title


def _notices(db: sqlite3.Connection, own: tuple[Place, ...]) -> tuple[_Notice, ...]:
    known = {place.id: place for place in own}
    rows = db.execute(_DOCUMENTS, {"places": json.dumps(list(known))})
    return tuple(
        _Notice(known[code], document, title, f"{known[code].label} {number or title[:12]}")
        for code, document, title, number in rows
    )


def citations(db: sqlite3.Connection, asked: FiguresAsked) -> Chart:
    """What the newest notices of the chosen places cite, what most of them cite first. Three queries."""
    every = places(db)
    own = chosen(every, asked.jurisdictions, most=MOST_PLACES)
    notices = {notice.id: notice for notice in _notices(db, own)}
    rows = db.execute(_CITATIONS, {"documents": json.dumps(list(notices))}).fetchall()
    edges: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        edges[row[0], _cited(row)].append(row)
    by = Counter(cited for _, cited in edges)
    kept = sorted(by, key=lambda cited: (-by[cited], cited))[:_MOST_CITED]
    marks = [
        _citation(notices[document], cited, found)
        for (document, cited), found in sorted(edges.items(), key=lambda edge: by[edge[0][1]], reverse=True)
        if cited in kept
    ]
    says = (("documents", len(notices)), ("cited", len(by)), ("most", kept[0] if kept else ""),
            ("by", by[kept[0]] if kept else 0))  # fmt: skip
    return Chart(
        "cited", "network", CITED_COLUMNS, tuple(marks), listed(every, own), own, says=says,
        left_out=sum(1 for _, cited in edges if cited not in kept),
    )  # fmt: skip


def _cited(row: tuple[Any, ...]) -> str:
    """What is cited, by its title; by its number where no title is printed."""
    _, _, title, number, _, _, own_title = row
    return str(own_title or title or number or "")


def _citation(notice: _Notice, cited: str, found: list[tuple[Any, ...]]) -> Mark:
    relations = Counter(row[4] for row in found)
    relation = relations.most_common(1)[0][0]
    held = next((row[5] for row in found if row[5]), None)
    cells = (
        notice.place.label,
        notice.title,
        cited,
        Coded("relation", relation),
        str(len(found)),
        held or "",
    )
    return Mark(
        cells, clause_path(found[0][1]), notice.name, cited, symbol=relation, label=str(len(found)),
        hue=notice.place.hue,
    )  # fmt: skip


def reuse(db: sqlite3.Connection, asked: FiguresAsked) -> Chart:
    """How many characters each two of the newest notices have in common runs. Three queries."""
    every = places(db)
    own = chosen(every, asked.jurisdictions, most=MOST_PLACES)
    notices = {notice.id: notice for notice in _notices(db, own)}
    rows = db.execute(_SHARED, {"documents": json.dumps(list(notices))}).fetchall()
    pairs: dict[tuple[str, str], list[tuple[str, str, int]]] = defaultdict(list)
    for document, other, a, b, shared in rows:
        pairs[document, other].append((a, b, shared))
    marks = [_shared(notices[a], notices[b], found) for (a, b), found in pairs.items()]
    marks.sort(key=lambda mark: (-int(mark.label), mark.y))
    first = marks[0] if marks else None
    says = (("documents", len(notices)), ("pairs", len(marks)), ("a", first.y if first else ""),
            ("b", (first.x or "") if first else ""), ("characters", first.label if first else 0))  # fmt: skip
    return Chart("reuse", "heat", SHARED_COLUMNS, tuple(marks), listed(every, own), own, says=says)


def _shared(notice: _Notice, other: _Notice, found: list[tuple[str, str, int]]) -> Mark:
    total = sum(shared for _, _, shared in found)
    a, b, _ = max(found, key=lambda row: (row[2], row[0]))
    cells = (notice.name, other.name, str(total), str(len(found)), f"{a} ↔ {b}")
    return Mark(cells, clause_path(a), notice.name, other.name, label=str(total), hue=notice.place.hue)
