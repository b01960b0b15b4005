"""Gold × found → outcomes: how far a database agrees with what people read in the notices.

Clauses are matched by how their own words begin; every other fact counts in the clause it belongs to.
Gold rows marked `optional` are neither rewarded nor punished, and a row that a `…_alt` field of the gold
allows is as good as the row itself. Pure: nothing is read or printed here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from extractor.agreement import bare, figure, likeness, measure
from extractor.scores import Outcome

STRUCTURAL = frozenset(
    ("chapter", "section", "part", "subpart", "article", "item", "preamble", "closing", "annex", "row")
)

Row = Mapping[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True, slots=True)
class Found:
    """What a database holds of one document, as rows of the contract's tables in stored order."""

    document: Row | None = None
    clauses: Rows = ()
    responsibilities: Rows = ()  # with `unit_name`
    targets: Rows = ()
    amounts: Rows = ()
    durations: Rows = ()
    citations: Rows = ()
    links: Rows = ()


class Quantity(NamedTuple):
    """How the rows of one table of quantities are compared."""

    kind: str
    names: tuple[str, ...]  # fields that are alike or not: they choose among rows of one value
    fields: tuple[str, ...] = ()  # fields that are right or wrong
    fields_kind: str | None = None  # the kind under which `fields` count
    names_kind: str | None = None  # the kind under which the first of `names` counts


TARGETS = Quantity("targets", ("indicator",), ("comparator", "deadline"), "target_fields", "indicators")
AMOUNTS = Quantity("amounts", ("purpose", "beneficiary"), ("comparator", "per", "period"), "amount_fields")
DURATIONS = Quantity("durations", ("subject",))
ALIKE = 0.75  # from this likeness on, two names mean the same thing


def score(gold: Row, found: Found) -> Iterator[Outcome]:
    """Every comparison of one gold file with what was found of its document."""
    refs = match_clauses(gold["clauses"], found.clauses)
    parts = (
        _document(gold["document"], found.document),
        _clauses(gold["clauses"], found.clauses, refs),
        _tree(gold["clauses"], found.clauses, refs),
        _responsibilities(gold.get("responsibilities", ()), found.responsibilities, refs),
        _quantities(TARGETS, gold.get("targets", ()), found.targets, refs),
        _quantities(AMOUNTS, gold.get("amounts", ()), found.amounts, refs),
        _quantities(DURATIONS, gold.get("durations", ()), found.durations, refs),
        _citations(gold.get("citations", ()), found, refs),
        _links(gold.get("links", ()), found.links, refs),
    )
    for part in parts:
        for outcome in part:
            yield outcome._replace(fact=f"{gold['source']} {outcome.fact}")


def match_clauses(golds: Rows, clauses: Rows) -> dict[str, str]:
    """Clause id → gold ref. A gold clause takes the next clause that begins alike, of its level first."""
    texts = [bare(clause["text"]) for clause in clauses]
    free = {i: clause["level"] for i, clause in enumerate(clauses) if clause["level"] in STRUCTURAL}
    refs: dict[str, str] = {}
    cursor = 0
    for gold in golds:
        start = bare(gold["starts"])[:12]
        best = min(
            (i for i in free if texts[i].startswith(start)),
            key=lambda i: (free[i] != gold["level"], (i - cursor) % len(clauses)),
            default=None,
        )
        if best is not None:
            refs[clauses[best]["id"]] = gold["ref"]
            cursor = best + 1
            del free[best]
    return refs


def _ref(refs: Mapping[str, str], clause_id: str) -> str:
    """The gold's name for a clause, or one that no gold row has."""
    return refs.get(clause_id, f"?{clause_id}")


def _choices(value: Any) -> tuple[str, ...]:
    """The alternatives that a gold row allows: one, several or none."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def _document(gold: Row, document: Row | None) -> Iterator[Outcome]:
    for field, want in gold.items():
        got = (document or {}).get("jurisdiction_id" if field == "jurisdiction" else field)
        if want is None:
            if got not in (None, "", "[]"):
                yield Outcome("document", "spurious", field, f"the document does not say, got {got}")
            continue
        if field == "issuers":
            agree = sorted(map(bare, json.loads(got or "[]"))) == sorted(map(bare, want))
        else:
            agree = bare(got) == bare(want)
        yield Outcome(
            "document", "hit" if agree else "missed", field, "" if agree else f"want {want} got {got}"
        )


def _clauses(golds: Rows, clauses: Rows, refs: Mapping[str, str]) -> Iterator[Outcome]:
    by_ref = {refs[clause["id"]]: clause for clause in clauses if clause["id"] in refs}
    for gold in golds:
        clause = by_ref.get(gold["ref"])
        if gold.get("optional"):
            continue
        if clause is None:
            yield Outcome("clauses", "missed", gold["ref"], f"begins {gold['starts'][:16]}")
            continue
        text = bare(clause["text"])
        ends = (gold["ends"], *_choices(gold.get("ends_alt")))
        if any(text.endswith(bare(end)[-8:]) for end in ends):
            yield Outcome("clauses", "hit", gold["ref"])
        else:
            yield Outcome(
                "clauses", "missed", gold["ref"], f"ends {text[-12:]} not {bare(gold['ends'])[-12:]}"
            )
        want, got = gold.get("heading"), clause["heading"]
        if want is not None or got is not None:
            agree = bare(want).rstrip("。:;") == bare(got).rstrip("。:;")
            detail = "" if agree else f"want {want} got {got}"
            yield Outcome("headings", "hit" if agree else "missed", gold["ref"], detail)
    for clause in clauses:
        if clause["level"] in STRUCTURAL and clause["id"] not in refs:
            yield Outcome(
                "clauses", "spurious", f"{clause['id']} {clause['level']}", bare(clause["text"])[:20]
            )


def _tree(golds: Rows, clauses: Rows, refs: Mapping[str, str]) -> Iterator[Outcome]:
    by_ref = {refs[clause["id"]]: clause for clause in clauses if clause["id"] in refs}
    for gold in golds:
        if gold.get("optional"):
            continue
        clause = by_ref.get(gold["ref"])
        if clause is None:
            yield Outcome("tree", "missed", gold["ref"], "no such clause")
            continue
        got = (clause["ref"], refs.get(clause["parent_id"]))
        agree = got == (gold["ref"], gold.get("parent"))
        agree = agree and clause["level"] in (gold["level"], gold.get("level_alt"))
        detail = f"ref, parent {got} level {clause['level']}, want {gold['level']} under {gold.get('parent')}"
        yield Outcome("tree", "hit" if agree else "missed", gold["ref"], "" if agree else detail)


def _responsibilities(golds: Rows, rows: Rows, refs: Mapping[str, str]) -> Iterator[Outcome]:
    """A unit may stand in several lists of a clause, with several roles: it counts once, each role once."""
    wanted: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for gold in golds:
        wanted[gold["clause"], bare(gold["unit"])].append(gold)
    renamed = {
        (gold["clause"], bare(other)): bare(gold["unit"])
        for gold in golds
        for other in _choices(gold.get("unit_alt"))
        if (gold["clause"], bare(other)) not in wanted
    }
    got: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        clause, unit = _ref(refs, row["clause_id"]), bare(row["unit_name"])
        got[clause, renamed.get((clause, unit), unit)].add(row["role"])
    for key, group in wanted.items():
        required = [gold for gold in group if not gold.get("optional")]
        if required:
            yield from _duty(" ".join(key), required, got.get(key))
    for key in sorted(got.keys() - wanted.keys()):
        yield Outcome("responsibilities", "spurious", " ".join(key))


def _duty(fact: str, golds: Sequence[Row], roles: set[str] | None) -> Iterator[Outcome]:
    if roles is None:
        yield Outcome("responsibilities", "missed", fact)
        yield Outcome("roles", "missed", fact, "not found")
        return
    yield Outcome("responsibilities", "hit", fact)
    for role in sorted({gold["role"] for gold in golds}):
        same = (gold for gold in golds if gold["role"] == role)
        accepted = {role}.union(*(_choices(gold.get("role_alt")) for gold in same))
        if roles & accepted:
            yield Outcome("roles", "hit", f"{fact} {role}")
        else:
            yield Outcome("roles", "missed", f"{fact} {role}", f"got {', '.join(sorted(roles))}")


def _quantities(how: Quantity, golds: Rows, rows: Rows, refs: Mapping[str, str]) -> Iterator[Outcome]:
    """A gold row takes the row of its clause, value and unit that is most like it; required ones first."""
    free = list(rows)
    for gold in sorted(golds, key=lambda gold: bool(gold.get("optional"))):
        fits = (row for row in free if _same_quantity(gold, row, refs))
        best = max(fits, key=lambda row: _closeness(how, gold, row), default=None)
        if best is not None:
            free.remove(best)
        if not gold.get("optional"):
            yield from _quantity(how, gold, best)
    for row in free:
        fact = f"{_ref(refs, row['clause_id'])} {row['value']}{row['unit']} «{row['quote']}»"
        yield Outcome(how.kind, "spurious", fact)


def _same_quantity(gold: Row, row: Row, refs: Mapping[str, str]) -> bool:
    return (
        _ref(refs, row["clause_id"]) == gold["clause"]
        and figure(row["value"]) == figure(gold["value"])
        and measure(row["unit"]) == measure(gold["unit"])
    )


def _closeness(how: Quantity, gold: Row, row: Row) -> float:
    alike = sum(likeness(row.get(name), gold.get(name)) for name in how.names)
    return alike + sum(bare(row.get(field) or "") == bare(gold.get(field) or "") for field in how.fields)


def _quantity(how: Quantity, gold: Row, row: Row | None) -> Iterator[Outcome]:
    name = next((gold[key] for key in ("indicator", "subject", "purpose") if gold.get(key)), None)
    fact = f"{gold['clause']} {name} {gold['value']}{gold['unit']}"
    kinds = [kind for kind in (how.kind, how.fields_kind, how.names_kind) if kind]
    if row is None:
        yield from (Outcome(kind, "missed", fact, "" if kind == how.kind else "absent") for kind in kinds)
        return
    yield Outcome(how.kind, "hit", fact)
    if how.fields_kind:
        wrong = [f for f in how.fields if not _field_agrees(f, gold, row)]
        detail = "; ".join(f"{f} want {gold.get(f)} got {row.get(f)}" for f in wrong)
        yield Outcome(how.fields_kind, "missed" if wrong else "hit", fact, detail)
    if how.names_kind:
        got = row.get(how.names[0])
        agree = likeness(got, gold.get(how.names[0])) >= ALIKE
        yield Outcome(how.names_kind, "hit" if agree else "missed", fact, "" if agree else f"got {got}")


def _field_agrees(field: str, gold: Row, row: Row) -> bool:
    """Equal, or one of the gold's alternatives, or a day in the year that the gold names as the deadline."""
    want, got = gold.get(field) or "", row.get(field) or ""
    if bare(got) in map(bare, (want, *_choices(gold.get(f"{field}_alt")))):
        return True
    return field == "deadline" and len(str(want)) == 4 and str(got).startswith(str(want))


def _citations(golds: Rows, found: Found, refs: Mapping[str, str]) -> Iterator[Outcome]:
    """By clause and title (or number, without a title); what the cover or the end cites does not count."""
    aside = {clause["id"] for clause in found.clauses if clause["level"] in ("front", "back")}
    inside = (row for row in found.citations if row["clause_id"] not in aside)
    got = {_cited(_ref(refs, row["clause_id"]), row): row for row in inside}
    wanted = {_cited(g["clause"], g): g for g in golds if g["clause"] not in ("front", "back")}
    for key, gold in wanted.items():
        if gold.get("optional"):
            continue
        number, row = gold.get("doc_number"), got.get(key)
        agree = row is not None and (number is None or bare(number) == bare(row["doc_number"]))
        detail = "" if agree or number is None else f"number {number}"
        yield Outcome("citations", "hit" if agree else "missed", " ".join(key), detail)
    for key in sorted(got.keys() - wanted.keys()):
        yield Outcome("citations", "spurious", " ".join(key))


def _cited(clause: str, row: Row) -> tuple[str, str]:
    return clause, bare(row.get("title")).strip("《》") or bare(row.get("doc_number"))


def _links(golds: Rows, rows: Rows, refs: Mapping[str, str]) -> Iterator[Outcome]:
    """Counted only for documents whose gold ties task rows to body clauses."""
    wanted = {(g["row"], g["clause"]) for g in golds if not g.get("optional")}
    allowed = {(g["row"], g["clause"]) for g in golds}
    if not wanted:
        return
    got = {(_ref(refs, row["from_clause_id"]), _ref(refs, row["to_clause_id"])) for row in rows}
    for pair in sorted(wanted):
        yield Outcome("links", "hit" if pair in got else "missed", " → ".join(pair))
    for pair in sorted(got - allowed):
        yield Outcome("links", "spurious", " → ".join(pair))
