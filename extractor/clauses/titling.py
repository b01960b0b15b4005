"""The heading of each clause, seen from the clauses around it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.clauses.annexes import before_list
from extractor.clauses.headings import LONG_PAIR, LONGEST, SHORT_TITLE, Style, bare_heading, title_of
from extractor.clauses.nesting import LISTING, Draft, Placed
from extractor.clauses.titled import alone_titled, enumerations, sentence_lists, titled_articles, titled_lists
from extractor.model import Span

STANDING = ("chapter", "section", "part", "subpart", "annex")  # levels that may be a title and nothing else


def headings(
    whole: str, drafts: Sequence[Draft], placed: Sequence[Placed], owns: Sequence[Span]
) -> list[str | None]:
    """The heading of each clause whose own words, after the marker, are those of `owns` in `whole`."""
    styles = _styles(whole, drafts, placed, owns)
    parents = {where.parent for where in placed}
    lists, counted = sentence_lists(whole, drafts, placed), enumerations(whole, drafts, placed)
    found: list[str | None] = []
    for index, (draft, where, span) in enumerate(zip(drafts, placed, owns, strict=True)):
        own = before_list(whole[span.start : span.end])
        first = own.partition("\n")[0]
        member = where.parent in counted and not draft.run_in and first.endswith(("。", "；"))
        if (draft.level not in LISTING and draft.level != "annex") or member:
            found.append(None)
            continue
        style, longest = styles[index]
        words = first if draft.run_in else own
        listed = where.parent in lists
        found.append(title_of(words, heads=index in parents, style=style, longest=longest, listed=listed))
    for index in alone_titled(drafts, placed, found):
        if index not in parents and whole.startswith(f"{found[index]}。", owns[index].start):
            found[index] = None
    return found


def _styles(
    whole: str, drafts: Sequence[Draft], placed: Sequence[Placed], owns: Sequence[Span]
) -> list[tuple[Style, int]]:
    """What can be the title of each clause, and of how many characters at most."""
    parents = {where.parent for where in placed}
    titled, with_titles = titled_articles(whole, drafts, placed), titled_lists(whole, drafts, placed)
    laws: set[int | None] = set()  # articles of a regulation and what stands under them
    styles: list[tuple[Style, int]] = []
    for index, (draft, where, span) in enumerate(zip(drafts, placed, owns, strict=True)):
        law = draft.form == "law"
        ruled = where.parent in laws or (law and not titled)
        # 第七条 人才支持|（一）青年人才引育。对…: an article that is a title rules nothing
        if ruled and not (law and index in parents and bare_heading(whole[span.start : span.end])):
            laws.add(index)
        if ruled and where.parent in with_titles:
            styles.append(("title", SHORT_TITLE))
        else:
            style: Style = "rule" if ruled else "whole" if draft.level in STANDING else "title"
            under_law = where.parent is not None and drafts[where.parent].form == "law"
            styles.append((style, SHORT_TITLE if law else LONG_PAIR if under_law else LONGEST))
    return styles
