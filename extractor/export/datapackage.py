"""The description of a folder of CSV as a Frictionless Data Package (specification 1.0): datapackage.json.

Fields with types, titles and descriptions, closed vocabularies, keys. A key that refers to a table which is
not there is left out. English labels stand beside the Chinese ones as `title_en` and `description_en`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor import __version__
from extractor.contract import Column, Table, load_contract
from extractor.spreadsheet import inert

NAME = "datapackage.json"
_TYPES = {"TEXT": "string", "INTEGER": "integer", "NUMERIC": "number"}
_FORMS = {"date": "date", "json": "array"}
_ABOUT = (
    "由 extractor export 写出，UTF-8 带 BOM。空单元格为 NULL 或空文本。"
    "以 = + - @ 等开头的文本前加了一个撇号（'），读入时去掉。"
)


def write(tables: Sequence[Table], path: Path) -> None:
    """Describe the CSV files of `tables`, which stand beside it, in the file `path`."""
    names = {table.name for table in tables}
    package = {
        "profile": "tabular-data-package",
        "name": "policy-extractor",
        "title": "政策文件条款数据",
        "description": _ABOUT,
        "contract_version": load_contract().version,
        "created_by": f"policy-extractor {__version__}",
        "resources": [_resource(table, names) for table in tables],
    }
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _resource(table: Table, names: Iterable[str]) -> Mapping[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        **_said(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column, table) for column in table.columns],
            "missingValues": [""],
            **({"primaryKey": list(table.pk)} if table.pk else {}),
            "foreignKeys": [
                {
                    "fields": column.name,
                    "reference": {
                        "resource": "" if column.references[0] == table.name else column.references[0],
                        "fields": column.references[1],
                    },
                }
                for column in table.columns
                if column.references and column.references[0] in names
            ],
        },
    }


def _field(column: Column, table: Table) -> Mapping[str, Any]:
    kind = _FORMS.get(column.form or "", _TYPES[column.type])
    constraints: dict[str, Any] = {}
    if column.required and _never_empty(column, table):
        constraints["required"] = True
    if column.values:
        constraints["enum"] = [inert(value) if isinstance(value, str) else value for value in column.values]
    unit = {"unit": column.unit} if column.unit else {}
    return {"name": column.name, "type": kind, **_said(column), **unit, "constraints": constraints}


def _never_empty(column: Column, table: Table) -> bool:
    """Whether no row may hold the empty text, which reads as a missing value."""
    return bool(
        column.type != "TEXT" or column.values or column.form or column.references or column.name in table.pk
    )


def _said(part: Table | Column) -> Mapping[str, str]:
    return {
        "title": part.zh, "description": part.about_zh, "title_en": part.en, "description_en": part.about,
    }  # fmt: skip
