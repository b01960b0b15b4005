"""Which words of a clause tell its matter: those of a penalty do not, those that lead in do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.compare.provisions import BLANK, Provision, blanked, provisions

NOTICE = """某市养犬管理条例

第一章 总则
第一条 为了规范养犬行为，制定本条例。
第二条 市人民政府应当履行下列职责：
（一）建设犬只收容场所；
（二）法律规定的其他职责。
第三条 携犬出户应当使用长度不超过两米的犬绳。
第四条 违反本条例第三条规定，由城市管理部门责令改正，处二百元以上五百元以下罚款；情节严重的，没收犬只。
第五条 养犬人应当按时接种疫苗。
任何人不得虐待犬只。
第六条 违反本条例第五条第二款规定的，由公安机关处五百元以下罚款。
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Provision]]:
    folder = tmp_path_factory.mktemp("provisions")
    (folder / "a.txt").write_text(NOTICE, "utf-8")
    assert (
        CliRunner().invoke(main, ["ingest", str(folder / "a.txt"), "--db", str(folder / "p.db")]).exit_code
        == 0
    )
    with closing(sqlite3.connect(folder / "p.db")) as db:
        (document,) = provisions(db)
        yield {each.id.partition(".")[2]: each for each in document}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("不使用犬绳的，由公安机关责令改正，处五百元以下罚款。", "不使用犬绳的，，。"),
        ("使用救护车运货的，没收违法所得；情节严重的，吊销许可证。", "使用救护车运货的，；，。"),
        ("违反本条例第十四条第三款规定，擅自停业的，给予警告。", "，擅自停业的，。"),
        ("对责任人员依法给予处分。", "。"),
        ("推进养老服务，给予建设补助。", "推进养老服务，给予建设补助。"),
    ],
)
def test_formulas_of_penalties_are_blank(text: str, kept: str) -> None:
    words = blanked(text)
    assert len(words) == len(text) and words.replace(BLANK, "") == kept


def test_an_item_knows_the_words_that_lead_in(found: dict[str, Provision]) -> None:
    assert found["1.2.1"].lead_in.startswith("市人民政府应当履行下列职责")
    assert found["1.3"].lead_in == ""


def test_a_penalty_knows_the_article_that_it_is_for(found: dict[str, Provision]) -> None:
    assert "犬绳" in found["1.4"].lead_in and "罚款" not in found["1.4"].words


def test_a_penalty_knows_the_paragraph_that_it_is_for(found: dict[str, Provision]) -> None:
    assert found["1.6"].lead_in.strip() == "任何人不得虐待犬只。"


def test_what_leads_in_a_list_knows_its_items(found: dict[str, Provision]) -> None:
    assert "建设犬只收容场所" in found["1.2"].below and "其他职责" in found["1.2"].below
    assert not any(each.below for name, each in found.items() if name != "1.2")


def test_what_follows_a_breach_is_told_from_what_is_to_be_done(found: dict[str, Provision]) -> None:
    assert {name for name, provision in found.items() if provision.punishes} == {"1.4", "1.6"}
