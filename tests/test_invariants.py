"""The promises of the contract, on notices that were made up: whatever is written, `check` finds nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.check import check
from extractor.model import ReadError
from extractor.pipeline import read_bytes
from extractor.store import finish, open_store, write
from tests.notices import FACTS, Made, notices, wrapped


def broken(*texts: str) -> list[str]:
    """What `check` says of a database of these notices."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "policies.db"
        db = open_store(path)
        for number, text in enumerate(texts):
            try:
                write(db, read_bytes(f"{number}.txt", text.encode()))
            except ReadError:
                continue
        finish(db)
        db.close()
        return [str(violation) for violation in check(path)]


@settings(max_examples=25)
@given(st.lists(notices(), min_size=1, max_size=3), st.integers(20, 40))
def test_generated_notices_keep_every_invariant(made: list[Made], width: int) -> None:
    assert broken(*(each.text for each in made), wrapped(made[0].text, width, page=20)) == []


PIECES = (
    *FACTS, "一、目标\n", "（一）任务。", "1.", "一是", "二是", "附件1\n", "分别达到50%、6‰和8/10万", "三千五百万元", "十五日", "\n",
    "由市民政局牵头，", "各单位：\n", "序号\t任务\t责任单位\n1\t建设\t市民政局牵头\n", "2024年5月1日\n", "第一条 ", "12345", "（", "《", "〔2023〕9号",
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_mixture_keeps_every_invariant(words: str) -> None:
    assert broken("关于工作的通知\n各单位：\n现通知如下：\n" + words) == []


@settings(max_examples=25)
@given(notices(), st.integers(24, 40))
def test_facts_stay_when_the_text_is_wrapped_anew(made: Made, width: int) -> None:
    def facts(text: str) -> list[tuple[object, ...]]:
        notice = read_bytes("a.txt", text.encode())
        refs = [clause.ref for clause in notice.clauses]
        duties = [(refs[r.clause], r.unit.name, r.role, r.basis) for r in notice.responsibilities]
        targets = [
            (refs[t.clause], t.indicator, t.value, t.unit, t.comparator, t.deadline) for t in notice.targets
        ]
        sums = [(refs[a.clause], a.value, a.unit, a.per, a.period, a.comparator) for a in notice.amounts]
        terms = [(refs[d.clause], d.value, d.unit, d.comparator) for d in notice.durations]
        return [*duties, *targets, *sums, *terms]

    assert facts(wrapped(made.text, width)) == facts(made.text)
