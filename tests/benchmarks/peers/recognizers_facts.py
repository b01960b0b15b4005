"""recognizers-text: sums of money, percentages and lengths of time (see rounds.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers_suite import Culture, recognize_currency, recognize_datetime, recognize_percentage
from rounds import Fact, main

TIMEX = re.compile(r"PT?(\d+(?:\.\d+)?)([YMWDH])")
UNITS = {"Y": "年", "M": "月", "W": "周", "D": "日", "H": "小时"}


def money(paragraphs: list[str]) -> Iterator[Fact]:
    for paragraph in paragraphs:
        for found in recognize_currency(paragraph, Culture.Chinese):
            if found.resolution and found.resolution.get("value"):
                unit = found.resolution.get("unit")
                yield "money", float(found.resolution["value"]), "元" if unit == "Chinese yuan" else str(unit)


def percentages(paragraphs: list[str]) -> Iterator[Fact]:
    for paragraph in paragraphs:
        for found in recognize_percentage(paragraph, Culture.Chinese):
            if found.resolution and found.resolution.get("value"):
                yield "percentage", float(found.resolution["value"].rstrip("%")), "%"


def times(paragraphs: list[str]) -> Iterator[Fact]:
    for paragraph in paragraphs:
        for found in recognize_datetime(paragraph, Culture.Chinese):
            if found.type_name == "datetimeV2.duration" and found.resolution:
                match = TIMEX.fullmatch(found.resolution["values"][0]["timex"])
                if match:
                    yield "duration", float(match[1]), UNITS[match[2]]


if __name__ == "__main__":
    main({"money": money, "percentage": percentages, "time": times})
