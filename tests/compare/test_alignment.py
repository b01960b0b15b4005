"""Topics and pairs against clauses aligned by reading: precision and recall do not fall under their floors."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.compare.topics import Topic, Word
from extractor.compare.update import update
from tests.compare import farming

CORPORA = Path(__file__).parents[2] / "corpora"
GOLD = json.loads((CORPORA / "gold" / "alignment" / "birth-support.json").read_text("utf-8"))["topics"]
NOTICES = Path(__file__).parent / "notices"
ROOT = CORPORA.parent
TOPIC_FLOOR = 0.92
PAIR_FLOOR = 0.90
# Of subjects that no list of topics knows: what the words and their settings give; and topics found.
BARE_FLOORS = {
    "home-care": (0.88, 0.76, 10),
    "ambulance": (0.75, 0.86, 10),
    "one-person-companies": (0.85, 0.86, 10),
    "consumption": (0.65, 0.80, 8),
}
UNLISTED_FLOOR = (0.95, 0.80)  # of the four jurisdictions with a list of topics that names none of theirs

Clause = tuple[str, str]  # source, ref


def _ingested(folder: Path, *sources: Path, topics: Sequence[Topic] | None = None) -> sqlite3.Connection:
    path = folder / "aligned.db"
    result = CliRunner().invoke(main, ["ingest", *map(str, sources), "--db", str(path)])
    assert result.exit_code == 0, result.output
    db = sqlite3.connect(path)
    update(db, topics=topics)
    return db


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with closing(_ingested(tmp_path_factory.mktemp("corpus"), *sorted(CORPORA.glob("*.txt")))) as db:
        yield db


def _clauses(db: sqlite3.Connection) -> dict[str, Clause]:
    sql = "select clauses.id, source_name, ref from clauses join documents on documents.id = document_id"
    return {name: (source, ref) for name, source, ref in db.execute(sql)}


def _gold(kind: str) -> set[tuple[str, Clause]]:
    return {
        (topic, (source, ref))
        for topic, own in GOLD.items()
        for source, refs in own.get(kind, {}).items()
        for ref in refs
    }


def test_every_clause_of_the_gold_is_in_the_database(corpus: sqlite3.Connection) -> None:
    there = set(_clauses(corpus).values())
    assert {clause for _, clause in _gold("clauses") | _gold("optional")} <= there


def test_topics_keep_their_floor(corpus: sqlite3.Connection) -> None:
    clauses = _clauses(corpus)
    sql = (
        "select name, clause_id from clause_topics join topics on topics.id = topic_id where origin = 'list'"
    )
    found = {(topic, clauses[clause]) for topic, clause in corpus.execute(sql) if topic in GOLD}
    wanted = _gold("clauses")
    hits = len(found & wanted)
    spurious = sorted(found - wanted - _gold("optional"))
    assert hits / (hits + len(spurious)) >= TOPIC_FLOOR, spurious
    assert hits / len(wanted) >= TOPIC_FLOOR, sorted(wanted - found)


def test_pairs_keep_their_floor(corpus: sqlite3.Connection) -> None:
    precision, recall, spurious, missed = _pairs(corpus, GOLD)
    assert recall >= PAIR_FLOOR, missed
    assert precision >= PAIR_FLOOR, spurious


def test_pairs_keep_a_floor_without_the_list(tmp_path: Path) -> None:
    others = sorted(path for path in CORPORA.glob("*.txt") if path.name != "xinjian.txt")
    gold = {
        name: {
            kind: {own: refs for own, refs in clauses.items() if own != "xinjian.txt"}
            for kind, clauses in row.items()
        }
        for name, row in GOLD.items()
    }
    ships = [Topic("ships", "船舶", words=(Word("船舶靠泊"),), listed=("船舶靠泊",))]
    with closing(_ingested(tmp_path, *others, topics=ships)) as db:
        precision, recall, spurious, missed = _pairs(db, gold)
    assert precision >= UNLISTED_FLOOR[0], spurious
    assert recall >= UNLISTED_FLOOR[1], missed


def _pairs(
    db: sqlite3.Connection, gold: dict[str, dict[str, dict[str, list[str]]]]
) -> tuple[float, float, list[list[Clause]], list[list[Clause]]]:
    """Precision and recall of the pairs, and what is spurious and missed; optional clauses count for neither."""
    clauses = _clauses(db)
    sure: dict[Clause, set[str]] = defaultdict(set)
    likely: dict[Clause, set[str]] = defaultdict(set)
    for topic, own in gold.items():
        for kind in ("clauses", "optional"):
            for source, refs in own.get(kind, {}).items():
                for ref in refs:
                    likely[source, ref].add(topic)
                    if kind == "clauses":
                        sure[source, ref].add(topic)
    assert likely.keys() <= set(clauses.values())
    wanted = {
        frozenset((a, b)) for a, b in combinations(sorted(sure), 2) if a[0] != b[0] and sure[a] & sure[b]
    }
    found = {
        frozenset((clauses[a], clauses[b])) for a, b in db.execute("select a_id, b_id from clause_pairs")
    }
    spurious = [
        [a, b] for a, b in map(sorted, found - wanted) if not likely.get(a, set()) & likely.get(b, set())
    ]
    hits = len(found & wanted)
    missed = sorted(map(sorted, wanted - found))
    return hits / (hits + len(spurious)), hits / len(wanted), sorted(spurious), missed


def test_every_score_names_words_that_are_there(corpus: sqlite3.Connection) -> None:
    sql = "select words, text from clause_topics join clauses on clauses.id = clause_id"
    for words, text in corpus.execute(sql):
        named = json.loads(words)
        assert named
        for word in named:
            if not word.startswith(("标题：", "上级：")) and "…" not in word:
                assert word.partition("×")[0] in text


def test_clauses_of_a_subject_without_topics_are_aligned(tmp_path: Path) -> None:
    for name, text in (("a.txt", farming.A), ("b.txt", farming.B)):
        (tmp_path / name).write_text(text, "utf-8")
    with closing(_ingested(tmp_path, tmp_path / "a.txt", tmp_path / "b.txt")) as db:
        clauses = _clauses(db)
        rows = [(clauses[a], clauses[b]) for a, b in db.execute("select a_id, b_id from clause_pairs")]
        found = {tuple(ref for _, ref in sorted(row)) for row in rows}
        topics = db.execute("select count(*) from topics where origin = 'found'").fetchone()[0]
    hits = len(found & farming.PAIRS)
    assert hits / len(farming.PAIRS) >= PAIR_FLOOR, farming.PAIRS - found
    assert hits / len(found) >= PAIR_FLOOR, found - farming.PAIRS
    assert topics >= 8


def test_a_duty_and_the_penalty_for_its_breach_are_no_pair(tmp_path: Path) -> None:
    leash = "携犬出户应当使用长度不超过两米的犬绳，由成年人牵领。"
    breach = "携犬出户不使用犬绳、不由成年人牵领的，由城市管理部门责令改正，处二百元以上五百元以下罚款。"
    for name, articles in (("甲", (leash,)), ("乙", (breach,)), ("丙", (leash, breach))):
        numbered = "\n".join(f"第{'一二'[place]}条 {words}" for place, words in enumerate(articles))
        (tmp_path / f"{name}.txt").write_text(f"{name}市养犬管理规定\n\n{numbered}\n", "utf-8")
    with closing(_ingested(tmp_path, *sorted(tmp_path.glob("*.txt")))) as db:
        clauses = _clauses(db)
        rows = [
            sorted((clauses[a], clauses[b])) for a, b in db.execute("select a_id, b_id from clause_pairs")
        ]
    found = {tuple((source.removesuffix(".txt"), ref) for source, ref in row) for row in rows}
    assert found == {(("丙", "1"), ("甲", "1")), (("丙", "2"), ("乙", "1"))}


def test_clauses_of_different_subjects_are_hardly_ever_aligned(tmp_path: Path) -> None:
    sources = [
        "beijing-home-care.txt",
        "shaoxing-home-care.txt",
        "beijing-ambulance.txt",
        "shanghai-ambulance.txt",
    ]
    with closing(_ingested(tmp_path, *(NOTICES / source for source in sources))) as db:
        clauses = _clauses(db)
        rows = [(clauses[a], clauses[b]) for a, b in db.execute("select a_id, b_id from clause_pairs")]
    across = [row for row in rows if row[0][0].partition("-")[2] != row[1][0].partition("-")[2]]
    assert len(across) <= 0.15 * len(rows), across


@pytest.mark.parametrize("name", BARE_FLOORS)
def test_clauses_of_real_notices_without_topics_are_aligned(tmp_path: Path, name: str) -> None:
    gold = json.loads((CORPORA / "gold" / "alignment" / f"{name}.json").read_text("utf-8"))
    paths = {
        source: ROOT / entry["path"] if "path" in entry else NOTICES / source
        for source, entry in gold["sources"].items()
    }
    for source, entry in gold["sources"].items():
        assert hashlib.sha256(paths[source].read_bytes()).hexdigest() == entry["sha256"]
    with closing(_ingested(tmp_path, *paths.values())) as db:
        precision, recall, spurious, missed = _pairs(db, gold["topics"])
        together = [
            {row[0] for row in db.execute("select document_id from clauses where id in "
             "(select clause_id from clause_topics where topic_id = ?)", (topic,))}
            for (topic,) in db.execute("select id from topics where origin = 'found'").fetchall()
        ]  # fmt: skip
    assert precision >= BARE_FLOORS[name][0], spurious
    assert recall >= BARE_FLOORS[name][1], missed
    assert len(together) >= BARE_FLOORS[name][2] and all(
        2 <= len(documents) <= len(paths) for documents in together
    )
