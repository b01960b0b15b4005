"""The names of rules that the code can give to a fact, read from its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

EXTRACTORS = Path(__file__).parent.parent.parent / "extractor" / "extractors"
NAME = re.compile(r"[a-z]+(?:-[a-z]+)+")
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
RULED = frozenset(("Verdict", "Duty", "_Cited"))  # whose last argument is the name of a rule
FINDING = "Finding"  # its code has the same form and is no rule


def made_by_code() -> frozenset[str]:
    """Every hyphenated name in the extractors that is no finding's code, and the last word of what carries a rule."""
    return frozenset(name for path in EXTRACTORS.rglob("*.py") for name in _names(path))


def _names(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    codes = {part for call in calls if _callee(call) == FINDING for part in ast.walk(call)}
    for node in ast.walk(tree):
        if node not in codes and (said := _said(node, NAME)):
            yield said
    for call in calls:
        if _callee(call) in RULED and len(call.args) > 1:
            yield from filter(None, (_said(part, WORD) for part in ast.walk(call.args[-1])))


def _callee(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _said(node: ast.AST, pattern: re.Pattern[str]) -> str | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) and pattern.fullmatch(value) else None
