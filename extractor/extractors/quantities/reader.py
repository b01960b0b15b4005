"""Reads one notice: scan, judge, build. Private to the package; `quantities` is its door."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from extractor.lexicon.measures import Measures
from extractor.model import (
    Amount,
    Clause,
    Deadline,
    Duration,
    Finding,
    Number,
    NumberClass,
    Span,
    Table,
    Target,
)

from .amounts import amount_rows, words_of_share
from .cells import cell_targets
from .conditions import among_conditions, asks, heads_conditions, opens_conditions
from .coverage import coverages
from .deadlines import Due, dues_of
from .durations import duration_rows
from .governing import deadline_rows, dealt, governing, of_column, of_half, trailing
from .groups import Breaks, Group, groups_of, quantities_of
from .hits import Hit
from .judge import judge
from .leadins import payment_headed, rate_led_in
from .lookback import titles_look_back
from .scan import scan
from .scene import REACH, Page, Scene, Setting, Terms
from .scopes import scope_in
from .settled import settled
from .targets import target_rows
from .verdict import Verdict

Fact = Number | Target | Amount | Duration | Deadline | Finding

_TITLE = re.compile("《[^《》\n]{1,80}》")
_SILENT: Final = frozenset({"front", "back"})
_COUNTED: Final = frozenset({"count", "people", "measure"})
_REPLY = re.compile(r"答复如下|建议的答复|提案的答复|收悉")
_DATE_HEAD = re.compile(r"\s{0,4}(?:力争|确保)?[到至]?[0-9]{4}年[底末]?前?[，,]?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# 每季度至少开展1次: done again and again, by no date
_REGULARLY = re.compile(r"每(?:半年|季度?|个?月|周|日|天|年)")
_TIMES: Final = frozenset({"次", "场", "期", "轮", "场次", "批次"})
_HEAD_HITS: Final = 12  # the number of a notice stands among its first dozen number words


class Inherited(NamedTuple):
    """What a lead-in (到2025年，全市实现以下目标：) says for the clauses under it."""

    due: str | None = None
    scope: str | None = None
    past: bool = False
    formal: bool = False
    rate: str | None = None  # 月缴费费率按以下标准执行：


class Reader:
    """The state of one reading; nothing outlives `facts`."""

    def __init__(
        self, text: str, clauses: tuple[Clause, ...], tables: tuple[Table, ...], measures: Measures
    ) -> None:
        self.text, self.clauses, self.measures = text, clauses, measures
        self.breaks = Breaks(text)
        self.page = Page(text, self.breaks, measures)
        self.reply = _REPLY.search(text, 0, 3000) is not None
        self.legal = any(
            c.marker is not None and c.marker[0] == "第" and c.marker[-1] == "条" for c in clauses
        )
        self.inherited: dict[int | None, Inherited] = {None: Inherited()}
        self.hits = list(scan(text, measures))
        self.issued = self._issued()
        self.cells = self._cells(tables)
        titles = [found.span() for found in _TITLE.finditer(text)]
        self.titles, self.title_ends = [start for start, _ in titles], [end for _, end in titles]

    def facts(self) -> Iterator[Fact]:
        """Clause by clause, in reading order."""
        starts = [clause.span.start for clause in self.clauses]
        shares: dict[int, list[Hit]] = {}
        for hit in self.hits:
            shares.setdefault(max(bisect_right(starts, hit.start) - 1, 0), []).append(hit)
        for index, clause in enumerate(self.clauses):
            yield from self._clause(index, clause, shares.get(index, []))

    def _in_a_title(self, at: int) -> bool:
        i = bisect_right(self.titles, at) - 1
        return i >= 0 and at < self.title_ends[i]

    def _issued(self) -> int | None:
        """The year of the notice, from its number or the first full date in front: before it is past."""
        if not self.clauses or self.clauses[0].level != "front":
            return None
        for hit in self.hits[:_HEAD_HITS]:
            word = self.text[hit.start : hit.end]
            dated = hit.cls == "doc_number" or (hit.cls == "date" and word.endswith("日"))
            if hit.end <= self.clauses[0].span.end and dated:
                year = _YEAR.search(word)
                return int(year.group()) if year is not None else None
        return None

    def _cells(self, tables: tuple[Table, ...]) -> dict[int, Target]:
        """The targets of table cells, by where their number begins; the rows of a task table are clauses."""
        found: dict[int, Target] = {}
        for table in tables:
            own = self.clauses[table.clause]
            if own.level != "row":
                for target in cell_targets(table, self.text[own.span.start : own.span.end]):
                    found[target.numbers[0].start] = target
        return found

    def _clause(self, index: int, clause: Clause, hits: Sequence[Hit]) -> Iterator[Fact]:
        silent = clause.level in _SILENT
        open_hits: list[Hit] = []
        for hit in hits:
            if hit.cls is None and self._in_a_title(hit.start):
                hit = hit._replace(cls="name")  # 《县级3万元以下支出管理办法》
            target = self.cells.get(hit.start)
            if target is not None and not silent:
                yield replace(target, clause=index)  # a table may begin in one clause and go on in its rows
                yield Number(index, Span(hit.start, hit.end), "target", hit.value)
                continue
            cls = settled(self.text, hit, clause)
            if cls is None:
                open_hits.append(hit)
            else:
                yield from self._settled(index, hit, cls)
        above = self.inherited.get(clause.parent, Inherited())
        dues = dues_of(self.text, hits, self.breaks, self.issued, row=clause.level == "row") if hits else []
        here = self._remember(index, clause, dues, above)
        if not silent:
            yield from deadline_rows(self.text, clause, index, dues, self.breaks)
            yield from self._wordless(index, clause, dues, above.due)
        if open_hits:
            yield from self._groups(index, clause, open_hits, dues, above, here)

    def _remember(self, index: int, clause: Clause, dues: Sequence[Due], above: Inherited) -> Inherited:
        """A lead-in or a heading with its year governs the children too; answers what it leaves to them."""
        own = self.text[clause.body : clause.span.end]
        heading = (clause.heading or "") if len(own) > 40 else own
        past = above.past or (not self.reply and titles_look_back(heading, self.measures))
        formal = opens_conditions(own) or heads_conditions(clause.heading)
        opens = own.rstrip().endswith(("：", ":")) or bool(dues and len(own) <= 40)
        due = dues[-1].due if dues else above.due
        children = Inherited(
            due if opens else None,
            (scope_in(own[:12]) or above.scope) if opens else None,
            past,
            formal or (above.formal and payment_headed(clause.heading) is None),
            rate_led_in(own, above.rate),
        )
        self.inherited[index] = children
        _, broken, lead_in = own.rpartition("\n")
        if (
            broken
            and lead_in.endswith(("：", ":"))
            and dues
            and dues[-1].start >= clause.span.end - len(lead_in)
        ):
            siblings = self.inherited.get(clause.parent, Inherited())  # ⑤…。 over 到2028年底：, and ① anew
            self.inherited[clause.parent] = siblings._replace(due=dues[-1].due)
        return children

    def _groups(
        self,
        index: int,
        clause: Clause,
        hits: Sequence[Hit],
        dues: Sequence[Due],
        above: Inherited,
        here: Inherited,
    ) -> Iterator[Fact]:
        silent = clause.level in _SILENT
        scope = above.scope
        formal = above.formal and payment_headed(clause.heading) is None  # 支持范围 over 绩效奖励
        formal = formal or heads_conditions(clause.heading)
        last: tuple[int, str, Verdict] | None = None
        goal = -1  # where the sentence of the last target begins
        column = of_column(self.text, dues, clause)
        paid: Terms = None, None
        counted = -1  # the end of the last group that was a count to be reached
        said: dict[str, tuple[str | None, ...]] = {}  # by unit, the indicators said last in the list
        told: tuple[str | None, ...] = ()  # all of them in the sentence
        for group in groups_of(self.text, index, quantities_of(self.text, hits, self.measures), self.breaks):
            due, past = governing(dues, group.start, column or above.due)
            due = due or trailing(self.text, dues, group.end, self.breaks)
            begin = max(self.breaks.segment(group.start).start, group.start - REACH)
            due = of_half(self.text[begin : group.start], due)
            sentence = max(self.breaks.sentence(group.start).start, clause.body)
            goes_on = goal == sentence
            same_sentence = last is not None and last[0] == sentence
            setting = Setting(
                formal=formal or self._among_conditions(clause, sentence, group.start),
                reply=self.reply, legal=self.legal, past=past or here.past, due=due, rate=above.rate,
                topic=payment_headed(clause.heading),
                goal=goes_on, said=said if said and self._same_list(goal, sentence) else {},
                told=told if goes_on else (), paid=paid if same_sentence else (None, None),
                carried=counted >= self.breaks.sentence(group.start).start,
            )  # fmt: skip
            scene = Scene(self.page, group, Span(clause.body, clause.span.end), setting)
            scope = self._said_scope(sentence) or scope
            same = last is not None and last[1] == group.kind and self._same_list(last[0], sentence)
            verdict = judge(scene, last[2] if last is not None and same else None)
            if group.kind != "rank":  # 一级85%、二级75%: part of the name of the next
                last = (sentence, group.kind, verdict)
            if verdict.cls == "target":
                goal = sentence
                counted = group.end if group.kind in _COUNTED else counted
            if not silent and verdict.rule is not None:
                facts = list(self._records(scene, verdict, verdict.rule, scope, dues))
                if verdict.cls == "target":
                    names = tuple(f.indicator for f in facts if isinstance(f, Target))
                    said.pop(group.items[0].unit, None)  # the last said stands last
                    said[group.items[0].unit] = names
                    told = (*(told if goes_on else ()), *names)
                elif facts and isinstance(facts[-1], Amount):
                    paid = facts[-1].per, facts[-1].period
                yield from facts
            yield from self._ledger(group, verdict, silent)

    def _same_list(self, last: int, sentence: int) -> bool:
        """Is it one sentence, or are the two joined by ；?"""
        between = self.text[last:sentence] if sentence - last < 2 * REACH else "。"
        return last == sentence or not ("。" in between or "\n" in between)

    def _among_conditions(self, clause: Clause, sentence: int, at: int) -> bool:
        if asks(self.text[max(sentence, at - 2 * REACH) : at]):
            return True
        return among_conditions(self.text[max(clause.body, at - 2 * REACH) : at])

    def _records(
        self, scene: Scene, verdict: Verdict, rule: str, scope: str | None, dues: Sequence[Due]
    ) -> Iterator[Fact]:
        if verdict.cls == "target":
            count = len(scene.group.items)
            years = dealt(self.text, dues, scene.group.start, count) if count > 1 else None
            regular = _REGULARLY.search(scene.left) and scene.group.items[0].unit in _TIMES
            due = None if regular else scene.setting.due
            yield from target_rows(scene, rule, years or (due,) * count, scope)
        elif verdict.cls == "amount":
            yield from amount_rows(scene, rule)
        elif verdict.cls == "duration":
            yield from duration_rows(scene, rule)

    def _settled(self, index: int, hit: Hit, cls: NumberClass) -> Iterator[Fact]:
        """A number whose class its shape or its place decides."""
        span = Span(hit.start, hit.end)
        yield Number(index, span, cls, hit.value)
        if cls == "unclassified":
            message = f"数字“{self.text[hit.start : hit.end]}”里有原文自造的字符，值无从知道"
            yield Finding("warning", "unclassified-number", message, span, index)

    def _ledger(self, group: Group, verdict: Verdict, silent: bool) -> Iterator[Fact]:
        cls = verdict.cls
        if silent and cls == "target":
            cls = "measure" if group.kind in {"money", "measure"} else "count"
        for item in group.items:
            for hit in item.hits:
                span = Span(hit.start, hit.end)
                yield Number(group.clause, span, cls, hit.value)
                if cls == "unclassified":
                    message = f"没有规则认识数字“{self.text[hit.start : hit.end]}”"
                    yield Finding("warning", "unclassified-number", message, span, group.clause)

    def _said_scope(self, sentence: int) -> str | None:
        """全市 at the head of a sentence holds for the sentences behind it in the clause."""
        date = _DATE_HEAD.match(self.text, sentence)
        at = date.end() if date is not None else sentence
        head = self.text[at : at + 6].lstrip()
        found = scope_in(head)
        return found if found is not None and found[0] == "全" else None

    def _wordless(
        self, index: int, clause: Clause, dues: Sequence[Due], inherited: str | None
    ) -> Iterator[Fact]:
        """全覆盖, 全额, 减半: facts that rest on no number."""
        for found in coverages(self.text, clause, self.breaks, self.measures):
            due, _ = governing(dues, found.at, inherited)
            yield Target(
                clause=index, span=found.span, numbers=(), value=Decimal(100), unit="%", rule="full-coverage",
                indicator=found.indicator, deadline=due, scope=found.scope, normal_value=Decimal(1),
            )  # fmt: skip
        own = Span(clause.body, clause.span.end)
        yield from words_of_share(self.text, own, index, self.breaks, self.measures)
