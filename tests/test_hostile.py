"""Hostile input: every pattern and every stage takes time in proportion to what it reads.

A pattern that backtracks over so many characters would run for minutes; the alarm ends it and names it.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from types import FrameType

import pytest

import extractor
from extractor.lexicon import load
from extractor.lexicon.layout import layout
from extractor.model import ReadError
from extractor.pipeline import read_bytes

SIZE = 20_000
SECONDS = 5  # some hundred times what a linear pattern needs
SAMPLES = {
    "signatures on one line": "关于工作的通知国发〔2013〕24号各县："
    + "工作。国务院2013年7月4日（此件公开发布）" * 5_000,
    "heads on one line": "《关于工作的意见》国发〔2013〕24号各县：。国务院2013年7月4日" * 5_000,
    "brackets": "（" * SIZE,
    "closed brackets": "（）" * (SIZE // 2),
    "quotes": "《" * SIZE,
    "one character": "一" * SIZE,
    "digits": "1" * SIZE,
    "decimals": "1." * (SIZE // 2),
    "commas": "市、" * (SIZE // 2),
    "stops": "。" * SIZE,
    "spaces": "市" + " " * SIZE + "市",
    "spaced": "市 " * (SIZE // 2),
    "lines": "\n" * SIZE,
    "offices": "市财政局、" * (SIZE // 5),
    "duties": "（责任单位：" * (SIZE // 6),
    "sums": "给予每人每月100元、" * (SIZE // 11),
    "rates": "达到95%以上，" * (SIZE // 8),
    "dates": "2024年12月31日前" * (SIZE // 12),
    "markers": "（一）1.①一是" * (SIZE // 8),
    "headings": "第一章 甲甲 " * (SIZE // 7),
    "numbers of documents": "某政发〔2024〕3号" * (SIZE // 10),
    "tags": "<a " * (SIZE // 3),
    "pipes": "|-" * (SIZE // 2),
    "letters": "a" * SIZE,
    "respectively": "分别" * (SIZE // 2),
}


class TooSlow(Exception):
    pass


@contextmanager
def alarm(what: str) -> Iterator[None]:
    def ring(signum: int, frame: FrameType | None) -> None:
        raise TooSlow(what)

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)  # of processor time: others may use the machine
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def patterns_in(value: object, name: str, depth: int = 0) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield name, value
    elif depth < 4 and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from patterns_in(getattr(value, field.name), f"{name}.{field.name}", depth + 1)
    elif depth < 4 and isinstance(value, dict):
        for key, item in value.items():
            yield from patterns_in(item, f"{name}[{key}]", depth + 1)
    elif depth < 4 and isinstance(value, (tuple, list)):
        for index, item in enumerate(value):
            yield from patterns_in(item, f"{name}[{index}]", depth + 1)


def all_patterns() -> dict[str, re.Pattern[str]]:
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(extractor.__path__, "extractor."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            found.update(patterns_in(value, f"{module.name}.{name}"))
    found.update(patterns_in(load(), "lexicon"))
    found.update(patterns_in(layout(), "layout"))
    return found


PATTERNS = all_patterns()


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) > 50


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_pattern_is_linear(name: str) -> None:
    pattern = PATTERNS[name]
    for sample in SAMPLES.values():
        with alarm(name):
            for _ in pattern.finditer(sample):
                pass
            pattern.fullmatch(sample)


@pytest.mark.parametrize("shape", sorted(SAMPLES))
@pytest.mark.parametrize(
    "before", ["", "关于做好工作的通知\n各单位：\n现通知如下：\n一、任务\n"], ids=["alone", "in a notice"]
)
def test_a_file_is_read_or_refused(shape: str, before: str) -> None:
    with alarm(shape):
        try:
            read_bytes(f"{shape}.txt", (before + SAMPLES[shape]).encode())
        except ReadError as error:
            assert error.remedy


LINES = ["附件", "附件1：", "1.", "一、", "（一）", "第一条 甲", "序号 任务 责任单位", "1", "各县", "1 2 3", "2024年1月1日",
         "甲|乙", "甲\t乙", "抄送：", "目录", "总体要求", "（责任单位：市财政局）", "1.1 甲", "— 1 —", "1总则\n1.1甲", "1总则\n1.1甲\n2丙\n2.1丁",
         "修改为：“甲\n（一）乙", "序号\n任务\n责任单位\n1\n修路\n县交通局", "（1）启动\n1.市公安局维护治安。2.市妇联组织安置。", "第一条甲。第二条乙。第三条丙。"]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_nothing_but_lines_of_one_kind(line: str) -> None:
    with alarm(line):
        try:
            read_bytes("lines.txt", f"{line}\n".encode() * (10_000 // (1 + line.count("\n"))))
        except ReadError as error:
            assert error.remedy


@pytest.mark.parametrize("line", LINES)
def test_many_lines(line: str) -> None:
    text = "关于做好工作的通知\n各单位：\n现通知如下：\n一、任务\n序号 任务 责任单位\n1\n" + f"{line}\n" * (
        20_000 // (1 + line.count("\n"))
    )
    with alarm(line):
        try:
            read_bytes("lines.txt", text.encode())
        except ReadError as error:
            assert error.remedy
