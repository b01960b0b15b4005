"""Ids: readable, stable and URL-safe. Pure functions; the store decides where they stand.

Guarantees:
1. An id depends on the notice alone, but for two files that would share one: the file with the smallest hash
   keeps the plain id and the others add their hash, whatever the order in which they came.
2. Ids are made of `A-Z a-z 0-9 . - _`, which a URL need not escape.
3. The id of a clause begins with that of its document and `.`, a fact's with that of its clause and `_`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from extractor.model import Head, Unit

FACT_LETTERS: Mapping[str, str] = {
    "responsibilities": "r", "targets": "t", "amounts": "a", "durations": "d", "deadlines": "l",
    "numbers": "n", "citations": "c", "tables": "g", "findings": "f",
}  # fmt: skip
# Table → the columns that hold ids of clauses, or of what belongs to a clause. Children first.
OF_CLAUSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cells", ("table_id",)),
    ("tables", ("id", "clause_id")),
    ("responsibilities", ("id", "clause_id")),
    ("targets", ("id", "clause_id")),
    ("amounts", ("id", "clause_id")),
    ("durations", ("id", "clause_id")),
    ("deadlines", ("id", "clause_id")),
    ("citations", ("id", "clause_id")),
    ("clause_facets", ("clause_id",)),
    ("clause_links", ("from_clause_id",)),
    ("clause_links", ("to_clause_id",)),
)
# Table → its columns that begin with the id of the document in `document_id`.
OF_DOCUMENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("corrections", ("fact_id", "clause_id")),
    ("numbers", ("id", "clause_id", "record_id")),
    ("findings", ("id", "clause_id")),
    ("lines", ()),
    ("private_spans", ()),
    ("duty_counts", ()),
    ("clauses", ("id", "parent_id")),
)
_PLAIN_SERIES = "发"
_OWN_HASH = 8  # hexadecimal digits in the id of a notice without a number
_CLASH_HASHES = (6, 12, 64)  # digits that tell two notices with one number apart: never 8

# 西发〔2023〕8号, 国办函〔2024〕第12号
_NUMBER = re.compile(r"(?P<series>\D{0,40}?)[〔\[（(](?P<year>\d{4})[〕\]）)]第?(?P<number>\d{1,9})号?")
_RUN = re.compile(r"[0-9]+|[A-Za-z]+|[^\W_]")
_CLASS_NAMES = "省市县区"
_DROPPED = str.maketrans("", "", "第号")


@cache
def _characters() -> Mapping[str, tuple[str, bool]]:
    """Character → pinyin and whether it names an office, of those that numbers and kinds are made of."""
    text = files("extractor.records").joinpath("pinyin.csv").read_text("utf-8")
    rows = (row.split(",") for row in text.partition("office\n")[2].splitlines())
    return {char: (pinyin, office == "1") for char, pinyin, office in rows}


def slug(words: str) -> str:
    """Pinyin without tones, run together; digits stand apart; a character not in the table as its code point.

    >>> slug("政综规"), slug("令123")
    ('zhengzonggui', 'ling-123')
    """
    table = _characters()
    found = ""
    for run in _RUN.findall(words):
        ascii_run = run.isascii()
        latin = run.lower() if ascii_run else table[run][0] if run in table else f"u{ord(run):x}"
        apart = found and (run.isdigit() or found[-1].isdigit())
        found += f"-{latin}" if apart else latin
    return found


def series(number: str, place: str) -> str:
    """The letters of a document number's series without its place: 漳政综规 in 漳州市 → 政综规.

    The place is the leading characters that occur in `place` (names of the division and of those above
    it), else a first character that names no office: an abbreviation that no name holds (赣, 闽, 桂).
    """
    start = 0
    while start < len(number) - 1 and number[start] in place and number[start] not in _CLASS_NAMES:
        start += 1
    if start or not number or _characters().get(number[0], ("", False))[1]:
        return number[start:]
    return number[1:]


def base_id(head: Head, sha256: str, *, place: str | None, names: str = "") -> str:
    """The id of a notice before files that share it are told apart.

    `place` is the pinyin of its division (None: unknown), `names` the division's names in Chinese.
    """
    stem = place or "doc"
    match = _NUMBER.fullmatch(head.doc_number) if head.doc_number else None
    if match:
        letters = series(match["series"], names)
        middle = () if letters in ("", _PLAIN_SERIES) else (slug(letters),)
        return "-".join((stem, *middle, match["year"], str(int(match["number"]))))
    if head.doc_number and slug(head.doc_number.translate(_DROPPED)):
        return f"{stem}-{slug(head.doc_number.translate(_DROPPED))}"
    kind = (slug(head.kind),) if head.kind and slug(head.kind) else ()
    return "-".join((stem, *kind, sha256[:_OWN_HASH]))


def assigned(base: str, hashes: Iterable[str]) -> Mapping[str, str]:
    """Hash → id of all files that share `base`. The smallest hash keeps it."""
    first, *others = sorted(hashes)
    for length in _CLASH_HASHES:
        ids = {first: base} | {other: f"{base}-{other[:length]}" for other in others}
        if len(set(ids.values())) == len(ids):
            return ids
    return ids


def base_of(document_id: str, sha256: str) -> str:
    """The base that `document_id` was made of: the id without a hash that `assigned` added."""
    for length in _CLASH_HASHES:
        base, dash, digits = document_id.rpartition("-")
        if dash and digits == sha256[:length]:
            return base
    return document_id


def unit_id(unit: Unit, jurisdiction_id: str | None) -> str:
    """Division code (0 where unknown) and a hash of the unit's names and sector.

    The hash covers every column, so that two notices cannot disagree about a row.
    """
    names = "\n".join((unit.name, unit.canonical_name, unit.sector))
    return f"{jurisdiction_id or 0}-{hashlib.blake2b(names.encode(), digest_size=5).hexdigest()}"
