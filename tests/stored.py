"""Small notices made by hand, for tests of what stands behind the pipeline: the store, `check` and the site."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from sqlite_utils import Database

from extractor import store
from extractor.contract import load_contract
from extractor.model import (
    Amount,
    Box,
    Cell,
    Citation,
    Clause,
    Deadline,
    Duration,
    Finding,
    Head,
    Level,
    Link,
    Notice,
    Number,
    Place,
    Responsibility,
    Source,
    Span,
    Table,
    Target,
    Text,
    Unit,
)

WORDS = (
    "关于印发托育工作方案的通知",
    "一、总体要求",
    "（一）增加托位。到2025年，千人托位达到4.5个，由区卫健委牵头，区教育局配合。每个托位补助360元。",
    "（二）落实假期。依据《人口条例》（国发〔2021〕9号），婚假增加十五日。",
    "增加托位 360",
)
LEVELS: tuple[Level, ...] = ("front", "part", "subpart", "subpart", "row")
REFS = ("front", "1", "1.1", "1.2", "a1.1")
HEALTH = Unit("区卫健委", "区卫生健康委员会", "卫生健康")
SCHOOLS = Unit("区教育局", "区教育局", "教育")


def text(words: Iterable[str] = WORDS) -> str:
    return "\n".join(words)


def clauses(words: tuple[str, ...] = WORDS) -> tuple[Clause, ...]:
    """front, 一、 with （一） and （二） under it, and the row of a table."""
    starts = [sum(len(word) + 1 for word in words[:place]) for place in range(len(words))]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    markers = (0, 2, 3, 3, 0)
    return tuple(
        Clause(
            ref=REFS[place], level=LEVELS[place], span=Span(starts[place], ends[place]),
            body=starts[place] + markers[place], parent=1 if place in (2, 3) else None,
            depth=2 if place in (2, 3) else 1, marker=word[: markers[place]] or None,
            heading=word[markers[place] :].partition("。")[0] if markers[place] else None,
            subtree_end=ends[3] if place == 1 else ends[place],
        )
        for place, word in enumerate(words)
    )  # fmt: skip


def notice(
    name: str = "a.txt",
    *,
    number: str | None = "西发〔2023〕8号",
    title: str = "托育工作方案",
    salt: str = "",
    cites: str = "国发〔2021〕9号",
    place: str | None = "360103",
    unit: Unit = HEALTH,
) -> Notice:
    """A notice with a fact of each kind; files that differ in `salt` differ in their bytes."""
    words = (*WORDS[:3], WORDS[3].replace("国发〔2021〕9号", cites), WORDS[4])
    whole = text(words)

    def at(piece: str, after: str = "") -> Span:
        start = whole.index(piece, whole.index(after))
        return Span(start, start + len(piece))

    return Notice(
        source=Source(name, hashlib.sha256((whole + salt).encode()).hexdigest(), "text/plain", (), page_count=1),
        text=Text(whole, (), places=(Place(Span(0, len(whole)), 1, Box(72, 72, 500, 90.5)),)),
        head=Head(
            title=title, kind="方案", doc_number=number, issuers=("南昌市西湖区人民政府",), jurisdiction_id=place,
            issued_on="2023-10-16", effective_from="2023-10-16", effective_until="2025-10-15", validity=at("到2025年"),
        ),
        clauses=clauses(words),
        responsibilities=(
            Responsibility(2, at("区卫健委"), unit, "lead", "inline", 0, "led-by"),
            Responsibility(2, at("区教育局"), SCHOOLS, "support", "inline", 1, "led-by"),
            Responsibility(3, at("区卫健委"), unit, "responsible", "default", 0, "stated-once"),
        ),
        targets=(
            Target(2, at("千人托位达到4.5个"), (at("4.5"),), Decimal("4.5"), "个", "reach", indicator="千人托位",
                   deadline="2025", normal_value=Decimal("4.5")),
        ),
        amounts=(
            Amount(2, at("每个托位补助360元"), (at("360"),), Decimal(360), "元", "pay", action="补助", per="托位",
                   kind="benefit"),
        ),
        durations=(
            Duration(3, at("婚假增加十五日"), (at("十五"),), Decimal(15), "日", "leave", subject="婚假", action="增加"),
        ),
        deadlines=(Deadline(2, at("到2025年，千人托位"), "2025", "by-year", task="千人托位达到4.5个"),),
        citations=(Citation(3, at(f"《人口条例》（{cites}）"), "basis", "cited", title="人口条例", doc_number=cites),),
        numbers=(
            Number(1, at("一"), "marker"), Number(2, at("一", "（一）"), "marker"), Number(3, at("二"), "marker"),
            Number(2, at("2025"), "date", Decimal(2025)), Number(2, at("4.5"), "target", Decimal("4.5")),
            Number(2, at("360"), "amount", Decimal(360)), Number(3, at(cites[3:7], "《"), "doc_number"),
            Number(3, at(cites[8:-1], "〕"), "doc_number"), Number(3, at("十五"), "duration", Decimal(15)),
            Number(4, at("360", "托位 "), "unclassified", Decimal(360)),
        ),
        tables=(
            Table(4, 1, 2, (
                Cell(0, 0, "增加托位", at("增加托位 ")), Cell(0, 1, "360", at("360", "托位 "), value=Decimal(360)),
            )),
        ),
        links=(Link(4, 2, 0.9),),
        findings=(Finding("info", "unclassified-number", "360 is of no class.", at("360", "位 ")),),
    )  # fmt: skip


def open_new(folder: Path, name: str = "made.db") -> Database:
    return store.open_store(folder / name)


def built(folder: Path, notices: Iterable[Notice], name: str = "made.db") -> Path:
    """A finished database of `notices`, written in their order."""
    with closing(store.open_store(folder / name)) as db:
        for each in notices:
            store.write(db, each)
        store.finish(db)
    return folder / name


def dump(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table but the divisions, sorted: what must not depend on the order of ingest."""
    names = (table.name for table in load_contract() if table.name != "jurisdictions")
    return {name: sorted(db.conn.execute(f'select * from "{name}"').fetchall(), key=repr) for name in names}
