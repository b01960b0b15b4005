"""However a search reads its clauses, it finds the same: by the index, by a few notices, by a rare topic."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from extractor.site.questions import candidates as reading
from extractor.site.questions.candidates import Asked, candidates, count
from extractor.site.questions.terms import terms
from tests.site.comparing import compared
from tests.site.opening import answer

DAY = "2024-05-01"
ASKED = (
    {"q": "托育"},
    {"q": "托育 服务"},
    {"q": "托育 -服务"},
    {"q": '"托育服务"'},
    {"q": "GDP"},
    {"q": "的育"},
    {"q": "托育", "jurisdiction": "360000"},
    {"q": "托育 -机构", "jurisdiction": "350600"},
    {"q": "托育", "jurisdiction": "110000"},
    {"q": "托育", "document": "xihu-2023-8"},
    {"q": "托育", "document": "none"},
    {"q": "托育", "in_force": True},
    {"q": "托育", "jurisdiction": "360000", "in_force": True},
    {"q": "托育", "topic": "childcare-places"},
    {"q": "托育", "sector": "教育"},
    {"q": "托育", "kind": "amount"},
    {"q": "托育", "kind": "amount", "sector": "财政", "topic": "childcare-places", "jurisdiction": "533423"},
    {"topic": "childcare-places"},
    {"topic": "childcare-places", "kind": "target"},
    {"sector": "教育"},
    {"kind": "duration"},
    {"jurisdiction": "360000"},
    {"jurisdiction": "360000", "kind": "target"},
    {"in_force": True},
    {"in_force": True, "sector": "教育"},
)
# By another way: every clause is looked at for each condition.
_EVERY = """
select c.id from clauses c join documents d on d.id = c.document_id where
  (:jurisdiction = '' or d.jurisdiction_id = :jurisdiction or substr(d.jurisdiction_id, 1, 2) || '0000' = :jurisdiction)
  and (:document = '' or d.id = :document)
  and (:topic = '' or exists (select 1 from clause_topics x where x.clause_id = c.id and x.topic_id = :topic))
  and (:sector = '' or exists (select 1 from responsibilities x join units u on u.id = x.unit_id
    where x.clause_id = c.id and u.sector = :sector))
  and (not :in_force or d.status <> 'draft' and coalesce(d.effective_until, '9') >= :day
    and coalesce(d.effective_from, d.issued_on, '9') <= :day or (:in_force and d.status = 'trial'
    and coalesce(d.effective_until, '9') >= :day and coalesce(d.effective_from, d.issued_on, '') <= :day))
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compared(tmp_path_factory.mktemp("candidates"))


def wanted(words: dict[str, object]) -> Asked:
    rest = {name: value for name, value in words.items() if name != "q"}
    return Asked(terms=terms(str(words.get("q", ""))), day=DAY, **rest)  # type: ignore[arg-type]


def expected(database: Path, asked: Asked) -> set[str]:
    with closing(sqlite3.connect(database)) as db:
        found = {name for (name,) in db.execute(_EVERY, asked._asdict() | {"terms": None})}
        texts = dict(db.execute("select id, text from clauses"))
        if asked.kind:
            table = {"amount": "amounts", "target": "targets", "duration": "durations"}[asked.kind]
            found &= {name for (name,) in db.execute(f"select clause_id from {table}")}
    return {
        name
        for name in found
        if all(term.excluded != any(word in texts[name] for word in term.words) for term in asked.terms)
    }


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize("rare", [0, 20_000])
@pytest.mark.parametrize("words", ASKED, ids=str)
def test_every_way_finds_the_same(
    database: Path, monkeypatch: pytest.MonkeyPatch, words: dict[str, object], rare: int, few: int
) -> None:
    monkeypatch.setattr(reading, "_FEW", few)
    monkeypatch.setattr(reading, "_RARE", rare)
    asked = wanted(words)
    found = [each.id for each in answer(database, candidates, asked, most=10_000)]
    assert len(found) == len(set(found)) and set(found) == expected(database, asked)
    assert answer(database, count, asked, most=10_000) == len(found)


def test_no_more_than_most_are_read(database: Path) -> None:
    asked = wanted({"q": "托育"})
    assert len(answer(database, candidates, asked, most=7)) == answer(database, count, asked, most=7) == 7


def test_what_says_the_words_most_comes_first(database: Path) -> None:
    first, *_, last = answer(database, candidates, wanted({"q": "托位"}), most=1000)
    assert first.text.count("托位") / len(first.text) > last.text.count("托位") / len(last.text)


def test_nothing_is_found_where_nothing_is_asked(database: Path) -> None:
    assert answer(database, candidates, Asked(day=DAY), most=5) == []
