"""Writes docs/data-dictionary.md from the database contract (extractor/contract.toml), in both languages.

Run it with `python -m tests.docs`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.contract import Column, Contract, Table, load_contract

PAGE = Path(__file__).parent.parent.parent / "docs" / "data-dictionary.md"
HEAD = """# 数据字典 / Data dictionary

由 `extractor/contract.toml` 生成（`python -m tests.docs`），不手工修改。Generated from `extractor/contract.toml`; not edited by hand.

契约版本 / contract version: {version}（`PRAGMA user_version`）。主键 = primary key；→ = 引用 references；* = 必填 NOT NULL。
所有 `start`、`end` 都指 `documents.text` 里的 Unicode 码点，`end` 不含；`quote` 等于 `substr(text, start + 1, end - start)`。
All offsets are code points of `documents.text`, `end` excluded. What the source does not say is NULL.
"""


def page(contract: Contract | None = None) -> str:
    """The whole page."""
    contract = contract or load_contract()
    names = "、".join(f"[`{table.name}`](#{table.name})" for table in contract)
    return "\n".join([HEAD.format(version=contract.version), names, *map(_section, contract)])


def _section(table: Table) -> str:
    return "\n".join(
        [
            f'\n## <a id="{table.name}"></a>`{table.name}` {table.zh} / {table.en}\n',
            f"{table.about_zh}\n\n{table.about}\n",
            "| 列 column | 类型 type | 名称 label | 说明 description |",
            "|---|---|---|---|",
            *(_row(table, column) for column in table.columns),
        ]
        + (
            [f"\n索引 indexes: {'; '.join(', '.join(index) for index in table.indexes)}"]
            if table.indexes
            else []
        )
    )


def _row(table: Table, column: Column) -> str:
    cells = (
        f"`{column.name}`{'*' if column.required else ''}",
        f"{column.type}{'，主键' if column.name in table.pk else ''}",
        f"{column.zh} / {column.en}",
        "<br>".join(_about(column)),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _about(column: Column) -> Iterator[str]:
    yield column.about_zh
    yield column.about
    if column.unit:
        yield f"单位 unit: {column.unit}"
    if column.references:
        table, name = column.references
        yield f"→ [`{table}.{name}`](#{table})"
    if column.values:
        yield "值 values: " + "、".join(f"`{value}`" for value in column.values)
