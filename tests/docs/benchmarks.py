"""Writes docs/benchmarks.md: the last figures of `make bench`, as docs/benchmarks.json holds them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

TOP = Path(__file__).parent.parent.parent
PAGE, DATA = TOP / "docs" / "benchmarks.md", TOP / "docs" / "benchmarks.json"
HEAD = """# 速度 / Benchmarks

由 `make bench` 的结果（`docs/benchmarks.json`）生成，不手工修改。Made of what `make bench` wrote; not edited by hand.
与同行的比较在同一次运行里进行，取各轮的中位数。处理器时间不受别的程序多少影响；钟表时间受影响，所以各节写明开始时的负荷。
Peers are measured in the same run, medians of rounds. Seconds of the clock depend on what else the machine does: its load before is stated.

公文由语料变化而来：换地名、文号、数字、用词和句序，长短 500 至 4,700 字，平均约 7 kB。Notices are made by varying the corpus: places, numbers, figures,
wording and order; about 7 kB each.
"""
KINDS = {
    "money": "金额 money",
    "percentage": "百分比 percentages",
    "duration": "时长 durations",
    "place": "地区 place",
}


def page() -> str:
    """The whole page. A part that was never measured is left out."""
    figures = json.loads(DATA.read_text("utf-8"))
    return "\n".join(
        [HEAD, *(line for part, lines in PARTS.items() if part in figures for line in lines(figures[part]))]
    )


def _facts(told: Any) -> Iterator[str]:
    yield from _head("从文字到事实 / Text to facts", told["machine"])
    yield f"{told['documents']} 份公文，{told['characters']:,} 字，{told['rounds']} 轮。同行各取其能读的：JioNLP 的金额、时间和地名，recognizers-text 的金额、百分比和时间；本程序同时读出全部事实。\n"
    yield from _table(
        ("", "字／秒 characters/s", "本程序是它的 ours is"),
        [(name, f"{each['rate']:,}", f"{each['times']} ×") for name, each in told["systems"].items()],
    )
    yield "在同一份标注（`corpora/gold` 和 `tests/golden/n`；后者的公文曾用来改规则）上，值和单位都对的才算（optional 的不计）：\n"
    systems = told["systems"]
    yield from _table(
        ("", "标注 gold", *(f"{name} P / R / F1" for name in systems)),
        [
            (
                label,
                str(systems["extractor"]["scores"][kind]["gold"]),
                *(_score(each["scores"].get(kind)) for each in systems.values()),
            )
            for kind, label in KINDS.items()
        ],
    )
    yield "“—”：不读这一类。百分比和时长只标注属于目标、金额和假期等的，同行分不出来的算多读。The peers cannot tell a target from a figure reported, which counts against their precision.\n"


def _pdf(told: Any) -> Iterator[str]:
    yield from _head("PDF / PDF to text", told["machine"])
    yield f"{told['pages']} 页，{told['rounds']} 轮。本程序还给出每行的位置、段落和表格，去掉页码；“整段”是原文的长段落在一行里完整读出的比例。\n"
    yield from _table(
        ("", "页／秒 pages/s", "本程序是它的 ours is", "整段 whole paragraphs"),
        [
            (name, str(each["rate"]), f"{each['times']} ×", f"{each['whole']} %")
            for name, each in told["systems"].items()
        ],
    )


def _search(told: Any) -> Iterator[str]:
    yield from _head("搜索 / Search", told["machine"])
    yield f"{told['notices']:,} 份公文，{told['clauses']:,} 个条款，{told['rounds']} 轮；取全部命中。括号里是找到的比例。\n"
    names = ("extractor", "LIKE", "trigram")
    yield from _table(
        ("词长 characters", *(f"{name} ms" for name in names), "LIKE ÷", "trigram ÷"),
        [
            (row["characters"], *(f"{row[name]['ms']} ({row[name]['found']} %)" for name in names),
             *(f"{row[name]['ms'] / row['extractor']['ms']:.1f} ×" if row[name]["found"] == 100 else "—" for name in names[1:]))
            for row in told["rows"]
        ],
    )  # fmt: skip


def _workers(told: Any) -> Iterator[str]:
    yield from _head("一个和两个进程 / One worker and two", told["machine"])
    yield f"{told['notices']:,} 份公文，{told['rounds']} 轮：一个进程 {told['one']} 秒，两个 {told['two']} 秒，{told['times']} 倍。\n"


def _growth(told: Any) -> Iterator[str]:
    yield from _head("公文由少到多 / More and more notices", told["machine"])
    yield from _table(
        ("公文 notices", "字 characters", "秒 s", "处理器秒 CPU s", "份／秒 notices/s", "最大进程 MB", "文件 MB"),
        [
            (f"{row['notices']:,}", f"{row['characters']:,}", f"{row['wall']:,}", f"{row['cpu']:,}",
             f"{row['notices'] / row['wall']:.0f}", str(row["peak_mb"]), f"{row['file_mb']:,}")
            for row in told["sizes"]
        ],
    )  # fmt: skip
    again = told["again"]
    yield f"两个进程（`--jobs 2`），程序启动在内。增长指数（1,000 份以上，有两个以上时）：钟表 {told['exponent']}，处理器 {told['exponent_cpu']}。"
    yield f"在 {again['notices']:,} 份里改 {again['changed']} 份再运行：{again['wall']} 秒，最大进程 {again['peak_mb']} MB。\n"


PARTS = {"facts": _facts, "pdf": _pdf, "search": _search, "workers": _workers, "growth": _growth}


def _head(title: str, machine: Any) -> tuple[str, str]:
    said = (
        f"{machine['taken']}，{machine['processor']}，{machine['cores']} 核，{machine['memory_gb']} GB，{machine['system']}，"
        f"Python {machine['python']}；开始时负荷 load {machine['load_before']}。\n"
    )
    return f"## {title}\n", said


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def _score(score: Any) -> str:
    return f"{score['precision']} / {score['recall']} / {score['f1']}" if score else "—"
