"""Where a clause hangs in the tree, and its ref: the dotted path of the numbers printed in the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.markers import LEVELS, Form
from extractor.model import Level


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause before it has a parent and a ref. `form` is None where no marker made it (front, annex …)."""

    start: int
    body: int
    level: Level
    form: Form | None = None
    marker: str | None = None
    number: int | None = None
    path: tuple[int, ...] = ()
    inferred: bool = False
    run_in: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    parent: int | None
    depth: int
    ref: str


LISTING = ("chapter", "section", "part", "subpart", "article", "item")  # levels whose words can hold a list
LISTS: tuple[Form, ...] = ("article", "paren", "half", "circle", "letter")
FIXED = {"front": "front", "preamble": "0", "closing": "closing", "back": "back"}


def place(drafts: Sequence[Draft]) -> list[Placed]:
    """Parent, depth and ref of each draft, in order.

    A marker whose form is open becomes a sibling there. A new form goes under what is open, above which only
    forms of lower rank stay; the first form of a notice is its top form, whatever its rank, and a list that
    runs in a paragraph always goes under the clause it runs in.
    """
    ranks = _ranks(drafts)
    placed: list[Placed] = []
    stack: list[int] = []  # open drafts, outermost first
    refs: dict[str, int] = {}
    counts: dict[tuple[int | None, str], int] = {}
    for index, draft in enumerate(drafts):
        if draft.level in FIXED or draft.level == "annex":
            stack = []
        else:
            _close(stack, drafts, draft, ranks)
        parent = stack[-1] if stack else None
        series = (parent, draft.level if draft.level in ("annex", "table") else "")
        if draft.level not in FIXED:
            counts[series] = _count(draft, counts.get(series, 0))
        ref = _ref(draft, placed[parent].ref if parent is not None else None, counts.get(series, 0))
        refs[ref] = refs.get(ref, 0) + 1
        if refs[ref] > 1:
            base = ref
            while ref in refs:
                ref = f"{base}-{refs[base]}"
                refs[base] += ref in refs
            refs[ref] = 1
        placed.append(Placed(parent, placed[parent].depth + 1 if parent is not None else 1, ref))
        if draft.level not in FIXED:
            stack.append(index)
    return placed


def _count(draft: Draft, before: int) -> int:
    """The printed number; without one the place among the siblings (an annex without number is the first)."""
    if draft.number is not None:
        return draft.number
    return 1 if draft.level == "annex" else before + 1


def _ranks(drafts: Sequence[Draft]) -> dict[Form, float]:
    """The usual order of forms; articles (第一条) that begin below 一、 or （一） stay below those.

    Where the notice counts 1, 1.1, 1.1.1 all other forms are lists below a decimal.
    """
    ranks: dict[Form, float] = {form: rank for form, (_, rank) in LEVELS.items()}
    opening = next((draft.form for draft in drafts if draft.form), None)
    if opening == "bare":
        ranks |= {form: ranks["decimal"] + ranks[form] / 10 for form in ("part", "subpart", "article")}
    for above, below in _turned(drafts, ranks):
        ranks[below] = ranks[above] + 0.5
    first = next((i for i, draft in enumerate(drafts) if draft.form == "law"), None)
    if first is not None and any(draft.form in ("part", "subpart") for draft in drafts[:first]):
        ranks["law"] = ranks["subpart"] + 0.5
    return ranks


def _turned(drafts: Sequence[Draft], ranks: Mapping[Form, float]) -> Iterator[tuple[Form, Form]]:
    """Pairs of forms that stand the other way round here: 1. begins under （1）, never （1） under 1."""
    begun = {
        (draft.form, after.form)
        for draft, after in pairwise(drafts)
        if draft.form in LISTS and after.form in LISTS and draft.form != after.form and after.number == 1
    }
    for above in LISTS:
        for below in LISTS:
            if (above, below) in begun and (below, above) not in begun and ranks[below] < ranks[above]:
                yield above, below


def _close(stack: list[int], drafts: Sequence[Draft], draft: Draft, ranks: Mapping[Form, float]) -> None:
    """Pop what the new clause ends."""
    while stack and drafts[stack[-1]].level in ("row", "table"):
        stack.pop()
    if draft.level in ("row", "table"):
        return
    key = _key(draft)
    same = next((i for i, open_ in enumerate(stack) if _key(drafts[open_]) == key), None)
    if same is not None and not (draft.run_in and not drafts[stack[same]].run_in):
        del stack[same:]
        return
    if draft.run_in:
        while stack and drafts[stack[-1]].run_in and _outranks(draft, drafts[stack[-1]], ranks):
            stack.pop()
        return
    while stack and drafts[stack[-1]].level != "annex":
        top = drafts[stack[-1]]
        if not top.run_in and not _outranks(draft, top, ranks):
            break
        first = drafts[stack[0]].level == "annex"
        if not top.run_in and draft.number == 1 and len(stack) == (2 if first else 1):
            break  # the top form of the notice, or of its annex, stays above what begins anew at 1
        stack.pop()


def _key(draft: Draft) -> tuple[object, ...]:
    """What makes two clauses siblings: the form, and for decimals how many numbers they show."""
    if draft.form == "decimal":
        return draft.form, len(draft.path)
    if draft.form == "run" and draft.marker:
        return draft.form, draft.marker[-1] if draft.marker[-1] in "是要" else ""
    return (draft.form,)


def _outranks(draft: Draft, top: Draft, ranks: Mapping[Form, float]) -> bool:
    """Whether `draft` stands above `top` by the order of forms in this notice."""
    if draft.form is None or top.form is None:
        return False
    if draft.form == top.form == "decimal":
        return len(draft.path) < len(top.path)
    return ranks[draft.form] < ranks[top.form]


def _ref(draft: Draft, parent: str | None, count: int) -> str:
    if draft.level in FIXED:
        return FIXED[draft.level]
    if draft.level == "annex":
        return f"a{count}"
    if draft.level == "table":
        return f"{parent}.t{count}" if parent else f"t{count}"
    if draft.form == "decimal" and parent is not None:
        own = [str(part) for part in draft.path]
        above = parent.lstrip("a").split(".")
        shared = next((n for n in range(len(own) - 1, 0, -1) if above[-n:] == own[:n]), 0)
        return ".".join([parent, *own[shared:]])
    tail = ".".join(map(str, draft.path)) if draft.form == "decimal" else str(count)
    return f"{parent}.{tail}" if parent else tail
