"""JioNLP: sums of money, lengths of time and the place of a notice (see rounds.py)."""

from __future__ import annotations

from collections.abc import Iterator

import jionlp as jio
from rounds import Fact, main

UNITS = {"year": "年", "month": "月", "week": "周", "day": "日", "workday": "工作日", "hour": "小时"}


def money(paragraphs: list[str]) -> Iterator[Fact]:
    for paragraph in paragraphs:
        for found in jio.ner.extract_money(paragraph):
            numbers = found["detail"]["num"]
            for number in numbers if isinstance(numbers, list) else [numbers]:
                yield "money", float(number), found["detail"]["case"]


def times(paragraphs: list[str]) -> Iterator[Fact]:
    for paragraph in paragraphs:
        for found in jio.ner.extract_time(paragraph):
            if found["type"] == "time_delta":
                spells = found["detail"]["time"]  # of 3至6个月 there are two
                for spell in spells if isinstance(spells, list) else [spells]:
                    for name, number in spell.items():
                        for each in number if isinstance(number, list) else [number]:
                            yield "duration", float(each), UNITS.get(name, name)


def place(paragraphs: list[str]) -> Iterator[Fact]:
    domestic = jio.recognize_location("\n".join(paragraphs))["domestic"]
    if domestic:
        found = domestic[0][0]
        yield "place", "/".join(found[key] or "" for key in ("province", "city", "county")), ""


if __name__ == "__main__":
    main({"money": money, "time": times, "location": place})
