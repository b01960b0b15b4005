"""Which articles and lists have members that begin with a title, seen from all of them together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from extractor.clauses.headings import articles_have_titles
from extractor.clauses.nesting import Draft, Placed
from extractor.lexicon.layout import layout

MANY_MEMBERS = 3  # of a list, that show how its members end
MANY_ARTICLES = 10  # of a notice, from which on they are looked at together
ALONE = re.compile(r"\s*+[^\s。；！？][^。；！？\n]{0,79}[。；]\s*+")  # without a stop it is a title
RUNS_ON = re.compile(
    r"(?=[^。\n]{2,20}。)[^。；：，\n]{2,20}(?:，[^。；：，\n]{2,12})?。\n?[^\n]"
)  # 自主供给模式。|由…
SENTENCE_ALONE = re.compile(r"[^，。；：！？\s]{2,16}。")  # 第三条 支持创新平台。|首次认定…
FEW_TITLED = 3  # members of a series of clauses, that show whether it has titles
BARE_TITLE = 16  # characters of a first sentence, without a comma, that titles where the others have no title


def titled_articles(whole: str, drafts: Sequence[Draft], placed: Sequence[Placed]) -> bool:
    """Whether the articles of a regulation have titles, as those under a part do."""
    pairs = zip(drafts, placed, strict=True)
    below = any(draft.form == "law" and _under_part(drafts, where) for draft, where in pairs)
    parents = {where.parent for where in placed}
    firsts = []
    for index, draft in enumerate(drafts):
        if draft.form == "law":
            first = whole[draft.body : draft.body + 80].partition("\n")[0]
            alone = whole.startswith("\n", draft.body + len(first)) and SENTENCE_ALONE.fullmatch(first)
            more = first.endswith("。") and (index in parents or alone)
            firsts.append(f"{first}（一）" if more else first)
    return below or articles_have_titles(firsts)


def titled_lists(whole: str, drafts: Sequence[Draft], placed: Sequence[Placed]) -> frozenset[int]:
    """The clauses whose subparts each begin with a title: 第五条 …下列方式：（一）自主供给模式。由政府…"""
    firsts: dict[int, list[str]] = {}
    for draft, where, after in zip_longest(drafts, placed, drafts[1:]):
        if draft.form == "subpart" and where.parent is not None:
            end = after.start if after is not None else len(whole)
            firsts.setdefault(where.parent, []).append(whole[draft.body : min(end, draft.body + 80)].rstrip())
    return frozenset(
        parent
        for parent, lines in firsts.items()
        if all(RUNS_ON.match(line) for line in lines)
        and (articles_have_titles(lines) or (len(lines) > 1 and all(map(layout().named.match, lines))))
    )


def sentence_lists(whole: str, drafts: Sequence[Draft], placed: Sequence[Placed]) -> frozenset[int | None]:
    """The clauses of which most members are one sentence each: （五）房屋买卖合同。（六）购房发票。

    Articles are looked at together: where half of all of a notice are one sentence, none has a title.
    """
    alone: dict[tuple[str, int | None], list[bool]] = {}
    for draft, where, after in zip_longest(drafts, placed, drafts[1:]):
        if draft.form in ("part", "subpart", "article"):
            end = after.start if after is not None else len(whole)
            own = alone.setdefault((draft.form, where.parent), [])
            own.append(bool(ALONE.fullmatch(whole, draft.body, end)))
    every = [one for (form, _), own in alone.items() if form == "article" for one in own]
    plain = len(every) >= MANY_ARTICLES and 2 * sum(every) >= len(every)
    return frozenset(
        parent
        for (form, parent), own in alone.items()
        if (form == "article" and plain) or (len(own) > 1 and 2 * sum(own) > len(own))
    )


def enumerations(whole: str, drafts: Sequence[Draft], placed: Sequence[Placed]) -> frozenset[int | None]:
    """The clauses whose members are counted off: 1.申请表；2.身份证；3.其他材料。 Most end with ；."""
    ends: dict[tuple[str | None, int | None], list[bool]] = {}
    for draft, where, after in zip_longest(drafts, placed, drafts[1:]):
        if draft.form is not None and not draft.run_in:
            own = whole[draft.body : after.start if after is not None else len(whole)].rstrip()
            ends.setdefault((draft.form, where.parent), []).append(own.endswith("；"))
    return frozenset(
        parent for (_, parent), own in ends.items() if len(own) >= MANY_MEMBERS and 2 * sum(own) >= len(own)
    )


def alone_titled(
    drafts: Sequence[Draft], placed: Sequence[Placed], titles: Sequence[str | None]
) -> Iterator[int]:
    """The clauses whose first sentence reads like a title, where most of their series have none.

    A series is the members of one list; of a short one that goes on counting (…二、（九）… 三、（十）…), all
    of its form in the notice. What is as short as a name, and no pair, titles all the same (so does, for the
    caller to see, a line of its own and what stands over a list).
    """
    lists: dict[tuple[str, int | None], list[int]] = {}
    forms: dict[str, list[int]] = {}
    for index, (draft, where) in enumerate(zip(drafts, placed, strict=True)):
        if draft.form is not None:
            lists.setdefault((draft.form, where.parent), []).append(index)
            forms.setdefault(draft.form, []).append(index)
    for (form, _), members in lists.items():
        goes_on = len(members) < FEW_TITLED and (drafts[members[0]].number or 1) > 1
        series = forms[form] if goes_on else members
        titled = sum(titles[member] is not None for member in series)
        if len(series) >= FEW_TITLED and 2 * titled < len(series):
            yield from (m for m in members if (title := titles[m]) and not _is_name(title))


def _is_name(title: str) -> bool:
    return (len(title) <= BARE_TITLE and "，" not in title) or title.endswith("工作")


def _under_part(drafts: Sequence[Draft], where: Placed) -> bool:
    return where.parent is not None and drafts[where.parent].form in ("part", "subpart")
