"""Numbers out of their sequence: what may have been lost or misread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.clauses.nesting import LISTING, Draft, Placed
from extractor.model import Finding, Span


def odd_numbers(drafts: Sequence[Draft], placed: Sequence[Placed]) -> Iterator[Finding]:
    """Numbers that neither begin a list nor follow the last of their form, here or in the parent before."""
    last: dict[object, int] = {}
    siblings: dict[tuple[int | None, object], int] = {}
    for index, (draft, where) in enumerate(zip(drafts, placed, strict=True)):
        if draft.level == "annex":
            last.clear()
        if draft.number is None or draft.level not in LISTING:
            continue
        key = (draft.form, len(draft.path))
        before = siblings.get((where.parent, key), last.get(key))
        if (
            draft.number != 1
            and before is not None
            and draft.number not in (before + 1, last.get(key, 0) + 1)
        ):
            yield Finding(
                "warning", "number-out-of-sequence",
                f"编号“{draft.marker}”接在{before}之后，可能漏了条款或读错",
                Span(draft.start, draft.body), index,
            )  # fmt: skip
        siblings[where.parent, key] = last[key] = draft.number
