"""What all .html files of the comparison share: one page that needs nothing else and prints on A4."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_STYLE = """
@page { size: A4 landscape; margin: 12mm }
body { font: 14px/1.6 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; margin: 1rem; color: #111 }
h1, h2, th { font-family: "Noto Sans CJK SC", "Source Han Sans SC", SimHei, sans-serif }
h1 { font-size: 20px; text-align: center }
h2 { font-size: 17px; margin: 1.6em 0 .5em; text-align: center; break-after: avoid }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
th, td { border: 1px solid #555; padding: .4em .5em; vertical-align: top; overflow-wrap: anywhere }
thead th { background: #eef1f5 }
tbody th { background: #f7f8fa; text-align: left; font-size: .95em }
thead { display: table-header-group }
tr.short { break-inside: avoid }
col.narrow { width: 6.5em }
h3 { font-size: 1em; margin: .2em 0; overflow-wrap: anywhere }
td p { margin: .2em 0 }
.note { color: #444; font-size: .86em }
.state { color: #666; text-align: center }
.titles { font-weight: normal; font-size: .8em }
.words { white-space: pre-line }
mark, ins { background: none; color: #b00020; text-decoration: underline }
del { color: #1c4587; text-decoration: line-through }
@media screen { .wide { overflow-x: auto } .wide > table { min-width: 60em } }
@media print { body { font-size: 9pt; margin: 0 } }
"""


def page(title: str, parts: Iterable[str]) -> str:
    """A page with `parts`, which are HTML, under its title, which is words."""
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1>\n{''.join(parts)}</body></html>\n"
    )


def words(text: str) -> str:
    """Words as HTML, with their line breaks."""
    return escape(text).replace("\n", "<br>")
