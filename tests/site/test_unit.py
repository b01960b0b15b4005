"""UNIT: the index, and what one unit or sector has to do."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from extractor.site.questions import unit
from extractor.site.questions.unit import QUERIES, Duties, UnitAsked, duties
from extractor.site.questions.units import QUERIES as INDEX_QUERIES
from extractor.site.questions.units import index
from tests.site.comparing import compared
from tests.site.opening import answer, opened, page, questions_of
from tests.stored import built, notice


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compared(tmp_path_factory.mktemp("unit"))


def of(
    database: Path, name: str, *, jurisdictions: tuple[str, ...] = (), role: str = "", topic: str = ""
) -> Duties:
    found = answer(database, duties, UnitAsked(name, jurisdictions, role, topic))
    assert isinstance(found, Duties)
    return found


def test_the_index_names_sectors_and_units(database: Path) -> None:
    found = answer(database, index, "")
    assert "卫生健康" in {group.name for group in found.sectors}
    assert {group.name for group in answer(database, index, "教育").units} >= {"市教育局"}
    html = page(database, "/-/u?q=财政")
    assert "市财政局" in html and "市教育局" not in html


@pytest.mark.parametrize("name", ["市卫健委", "市卫生健康委员会"])
def test_a_unit_is_found_by_its_printed_name_and_in_full(database: Path, name: str) -> None:
    found = of(database, name)
    assert found.kind == "unit" and {notice.id for notice in found.notices} == {
        "zhangzhou-zhengzonggui-2023-6"
    }
    (notice,) = found.notices
    places = [duty.place for duty in notice.duties]
    assert "2.3.9" in places and all(
        part.unit == "市卫生健康委员会" for duty in notice.duties for part in duty.parts
    )


def test_a_sector_takes_in_all_jurisdictions_and_can_be_narrowed(database: Path) -> None:
    every = of(database, "卫生健康")
    assert len(every.notices) == 4
    lead = of(database, "卫生健康", role="lead", jurisdictions=("533423",))
    assert {notice.id for notice in lead.notices} == {"weixi-2023-15"}
    assert {part.role for notice in lead.notices for duty in notice.duties for part in duty.parts} == {"lead"}
    assert every.heat == lead.heat  # the map stays whole


def test_a_row_of_a_task_table_has_the_topics_of_the_clause_it_restates(database: Path) -> None:
    found = of(database, "县卫生健康局", topic="childcare-places")
    rows = [duty for notice in found.notices for duty in notice.duties]
    assert rows and all(duty.place.startswith("a2.") for duty in rows)
    assert all("childcare-places" in {name for name, _ in duty.topics} for duty in rows)


def test_the_map_counts_each_clause_once_and_its_cells_lead_to_the_clauses(database: Path) -> None:
    found = of(database, "教育")
    row = found.heat[0]
    for place, cell in zip(found.columns, row.cells, strict=True):
        listed = of(database, "教育", topic=row.id, jurisdictions=(place.id,))
        assert sum(len(notice.duties) for notice in listed.notices) == (cell[0] if cell else 0)


@pytest.mark.parametrize("role", ["", "lead", "responsible"])
@pytest.mark.parametrize("name", ["卫生健康", "教育", "各县（区）人民政府"])
def test_pages_have_every_clause_once_and_in_order(
    database: Path, monkeypatch: pytest.MonkeyPatch, name: str, role: str
) -> None:
    def listed(asked: UnitAsked) -> list[str]:
        found = answer(database, duties, asked)
        return [duty.clause_id for notice in found.notices for duty in notice.duties]

    whole = listed(UnitAsked(name, role=role))
    monkeypatch.setattr(unit, "PAGE", 7)
    pages = [listed(UnitAsked(name, role=role, page=page)) for page in range(1, len(whole) // 7 + 3)]
    assert [clause for own in pages for clause in own] == whole and len(whole) < 100
    assert all(len(own) == 7 for own in pages[: len(whole) // 7])


def test_deadlines_stand_beside_the_duty(database: Path) -> None:
    html = page(database, "/-/u/卫生健康?j=350600")
    assert "2023-12-31" in html and re.search(r'href="/-/d/zhangzhou-zhengzonggui-2023-6#2\.2\.5"', html)


def test_a_database_of_an_earlier_version_says_what_to_do(tmp_path: Path) -> None:
    path = built(tmp_path, [notice()])
    with closing(sqlite3.connect(path)) as db:
        db.execute("drop table duty_totals")
    (response,) = opened(path, "/-/u")
    assert response.status_code == 409 and "extractor ingest" in response.text


def test_an_unknown_name_is_refused_with_a_remedy(database: Path) -> None:
    (response,) = opened(database, "/-/u/无此单位")
    assert response.status_code == 404 and "按名称查找" in response.text


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=²", "page=99999999999", "role=boss", "topic='"])
def test_odd_addresses_are_answered(database: Path, query: str) -> None:
    assert "<h1>" in page(database, f"/-/u/教育?{query}")


def test_a_page_asks_a_fixed_number_of_questions(database: Path) -> None:
    assert questions_of(database, "/-/u") <= INDEX_QUERIES
    assert max(questions_of(database, f"/-/u/{name}") for name in ("卫生健康", "统计")) <= QUERIES
