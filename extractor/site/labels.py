"""What the site says of tables and columns, from the contract. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from extractor.contract import VIEW, Column, Table, load_contract

Settings = Mapping[str, Any]
TITLE = "政策文件条款库 · Policy notices, clause by clause"
ABOUT = "每一行都可追溯到文件原文的起止位置。Each row can be traced to the characters it rests on."
VIEW_TITLE = "逐字条文 · Characters of clauses"
VIEW_ABOUT = "全文索引的来源：字与字分开的条文，空格记作␠。Source of the full-text index: characters apart."


class Labels(NamedTuple):
    """Words about one table or view, and how its page behaves."""

    title: str
    description: str
    columns: Mapping[str, str]
    settings: Settings  # sort, facets, label_column, fts_table …


@cache
def labels() -> Mapping[str, Labels]:
    """Table → its labels, for every table of the contract and the view beside them."""
    found = {table.name: _labels(table) for table in load_contract()}
    return found | {VIEW: Labels(VIEW_TITLE, VIEW_ABOUT, {}, {})}


def _labels(table: Table) -> Labels:
    columns = {column.name: _column(column) for column in table.columns}
    return Labels(f"{table.zh} · {table.en}", f"{table.about_zh} {table.about}", columns, _settings(table))


def _column(column: Column) -> str:
    """标题 · Title：… …, with the unit where the column has one."""
    unit = f" 单位 unit：{column.unit}。" if column.unit else ""
    return f"{column.zh} · {column.en}：{column.about_zh} {column.about}{unit}"


def _settings(table: Table) -> Settings:
    found: dict[str, Any] = {}
    if table.label:
        found["label_column"] = table.label
    if table.sort:
        found["sort"] = table.sort
    if table.facets:
        found["facets"] = list(table.facets)
    if table.name == "clauses":
        found["fts_table"] = "clauses_fts"
    return found
