"""Search for Chinese words against LIKE and against SQLite's trigram index, on the clauses of the same database."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

from extractor.search import fts_query
from tests.benchmarks.measuring import Figures

WORDS = (
    "的", "托", "托育", "产假", "托位", "卫健委", "育儿假", "公租房", "托育服务", "生育支持", "普惠性幼儿园", "住房公积金贷款",
    "三岁以下婴幼儿照护服务",
)  # fmt: skip
Find = Callable[[sqlite3.Connection, str], list[tuple[int]]]


def index(db: sqlite3.Connection, word: str) -> list[tuple[int]]:
    return db.execute(
        "select rowid from clauses_fts where clauses_fts match ?", (fts_query(word),)
    ).fetchall()


def like(db: sqlite3.Connection, word: str) -> list[tuple[int]]:
    return db.execute("select rowid from clauses where text like ?", (f"%{word}%",)).fetchall()


def trigram(db: sqlite3.Connection, word: str) -> list[tuple[int]]:
    return db.execute("select rowid from trigrams where trigrams match ?", (f'"{word}"',)).fetchall()


FINDERS: dict[str, Find] = {"extractor": index, "LIKE": like, "trigram": trigram}


def search(database: Path, rounds: int) -> Figures:
    """Milliseconds a word (median of words of a length and of rounds) and the share of clauses found."""
    with closing(sqlite3.connect(database)) as db:
        db.execute("create virtual table temp.trigrams using fts5(text, content='', tokenize='trigram')")
        db.execute("insert into trigrams (rowid, text) select rowid, text from clauses")
        (clauses,) = db.execute("select count(*) from clauses").fetchone()
        rows = []
        for few, most in ((1, 1), (2, 2), (3, 4), (5, 20)):
            words = [word for word in WORDS if few <= len(word) <= most]
            row: Figures = {"characters": f"{few}–{most}" if few < most else f"{few}", "words": len(words)}
            rows.append(row | {name: _measured(db, find, words, rounds) for name, find in FINDERS.items()})
    return {"clauses": clauses, "rounds": rounds, "rows": rows}


def _measured(db: sqlite3.Connection, find: Find, words: list[str], rounds: int) -> Figures:
    taken, found, there = [], 0, 0
    for word in words:
        true = set(like(db, word))
        hits = set(find(db, word))
        found, there = found + len(hits & true), there + len(true)
        for _ in range(rounds):
            began = time.perf_counter()
            find(db, word)
            taken.append(time.perf_counter() - began)
    return {"ms": round(1000 * median(taken), 3), "found": round(100 * found / there, 1) if there else None}
