"""Which sources stand in a set: those that an ingest of the same sources into a new database leaves."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from extractor import store
from extractor.engine import put
from extractor.intake import File
from extractor.records import Record, record
from extractor.shards.parts import Entry
from extractor.shards.settling import settled
from tests.stored import notice, open_new

NUMBERS = ("西发〔2023〕8号", "西发〔2023〕9号")
SOURCES = st.tuples(st.sampled_from("abc"), st.sampled_from(NUMBERS), st.sampled_from("12"))


def stored(made: list[Record], folder: Path) -> list[tuple[str, str, str]]:
    """Id, hash and name of the documents of a database that got these one after another."""
    with closing(open_new(folder)) as db:
        for new in made:
            put(_Writer(db), File(Path(new.name), new.name), new)
        return sorted(db.execute("select id, source_sha256, source_name from documents").fetchall())


class _Writer:
    def __init__(self, db: object) -> None:
        self._db = db

    def known(self, sha256: str) -> bool:
        return store.known(self._db, sha256)

    def write(self, new: Record) -> str:
        batch = store.Batch(self._db)
        written = batch.write(new)
        batch.keep()
        return written


@given(st.lists(SOURCES, max_size=6))
def test_what_stands_is_what_a_new_database_would_hold(sources: list[tuple[str, str, str]]) -> None:
    made = [record(notice(f"{name}.txt", number=number, salt=salt)) for name, number, salt in sources]
    found = settled(Entry(new.name, new.sha256, "held", new.document_id) for new in made)
    with TemporaryDirectory() as folder:
        wanted = stored(made, Path(folder))
    assert sorted((e.document_id, e.sha256, e.name) for e in found if e.state == "held") == wanted
    assert settled(found) == found  # settled is settled, also what was dropped


def test_what_failed_stays_so() -> None:
    failed = Entry("a.txt", "00", "failed")
    assert settled([failed, Entry("b.txt", "00", "held", "x-2023-1")])[0] == failed
