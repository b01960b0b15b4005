"""A redline as a file: what the second text added is red and underlined, what it left out blue and struck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from extractor.compare.files.page import page, words
from extractor.compare.files.plain import as_json, rows_to_csv
from extractor.compare.redlines import RedlineRow, Redlines

CHANGES: Mapping[str, str] = {"same": "相同", "changed": "修改", "added": "新增", "left out": "删去"}
LEGEND = "红色下划线：后者增加的文字；蓝色删除线：后者删去的文字。"


class Mark(NamedTuple):
    """Characters of a redline: in both texts, in the second alone, or in the first alone."""

    text: str
    kind: Literal["same", "new", "gone"]


def marks(row: RedlineRow) -> Iterator[Mark]:
    """What is left out stands before what came in its place."""
    for piece in row.redline.pieces:
        if piece.kind == "copied":
            yield Mark(piece.after, "same")
        else:
            yield from (mark for mark in (Mark(piece.before, "gone"), Mark(piece.after, "new")) if mark.text)


def places(row: RedlineRow) -> tuple[str, str]:
    """Where the clause stands on either side, with its id, for a reader; "" where it is not."""
    before, after = (
        "" if side is None else f"{side.place}\n{side.clause_id}" for side in (row.before, row.after)
    )
    return before, after


def write_redline_csv(found: Redlines, file: Path) -> None:
    """A clause a line: both places, the change and both texts."""
    head = ("前者条款", "后者条款", "变化", found.before, found.after)
    rows = ((*places(row), CHANGES[row.change], row.redline.before, row.redline.after) for row in found.rows)
    rows_to_csv(file, head, rows)


def write_redline_json(found: Redlines, file: Path) -> None:
    """As it is: rows of `before`, `after` and `redline`, whose pieces give both texts."""
    file.write_text(as_json(found), "utf-8")


def write_redline_html(found: Redlines, file: Path) -> None:
    """One page, a clause a row."""
    file.write_text(page("修改对照表", _html(found)), "utf-8")


def _html(found: Redlines) -> Iterator[str]:
    yield f'<p class="note">前者：{words(found.before)}<br>后者：{words(found.after)}<br>{LEGEND}</p>\n'
    yield '<div class="wide"><table><colgroup><col style="width: 16%"><col style="width: 16%">'
    yield '<col style="width: 5em"><col></colgroup>\n<thead><tr><th>前者</th><th>后者</th><th>变化</th>'
    yield "<th>条文</th></tr></thead><tbody>\n"
    tags = {"same": "{}", "new": "<ins>{}</ins>", "gone": "<del>{}</del>"}
    for row in found.rows:
        before, after = places(row)
        text = "".join(tags[mark.kind].format(words(mark.text)) for mark in marks(row))
        yield f'<tr><td class="note">{words(before)}</td><td class="note">{words(after)}</td>'
        yield f"<td>{CHANGES[row.change]}</td><td>{text}</td></tr>\n"
    yield "</tbody></table></div>\n"
