"""The catalogue of Chinese messages: what it must have, what it has, and the .mo that is made of it."""

from __future__ import annotations

import ast
import inspect
import struct
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from string import Formatter

import click
from click import core, decorators, exceptions, formatting, types

from extractor.cli import main
from extractor.language import FOLDER

SOURCE = FOLDER / "zh" / "LC_MESSAGES" / "extractor.po"
COMPILED = SOURCE.with_suffix(".mo")
PROGRAM = Path(__file__).parents[2] / "extractor"
# What a parameter is called that takes a template; the function has **values besides.
TEMPLATES = ("words", "problem", "remedy", "template")
CLICK = (core, decorators, exceptions, formatting, types)


# --- what it must have ------------------------------------------------------------------------------


def wanted() -> dict[str, str]:
    """Every sentence that the program itself can show → where it stands."""
    return {**dict(_messages()), **dict(_help())}


def _help() -> Iterator[tuple[str, str]]:
    yield "Examples:", "extractor/cli_common.py"
    for command in (main, *main.commands.values()):
        yield inspect.cleandoc(command.help or ""), f"extractor {command.name}"
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.help:
                yield parameter.help, f"extractor {command.name} {parameter.opts[0]}"


def _messages() -> Iterator[tuple[str, str]]:
    """Templates, by the code. Raises ValueError for one that is filled before anybody can look it up."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PROGRAM.rglob("*.py"))}
    takers = _takers(tree for path, tree in trees.items() if not {"site", "report"} & set(path.parts))
    for path, tree in trees.items():
        named = _constants(tree)
        for call in ast.walk(tree):
            if isinstance(call, ast.Call):
                place = f"{path.relative_to(PROGRAM.parent)}:{call.lineno}"
                for number in takers.get(_called(call), ()):
                    for text in _texts(call.args[number : number + 1], named, place):
                        yield text, place


def _called(call: ast.Call) -> str:
    """The name of what is called; what an error says of itself is said by `Trouble`."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    return "Trouble" if ast.unparse(call.func) == "super().__init__" else ""


def _texts(given: list[ast.expr], named: Mapping[str, list[str]], place: str) -> Iterator[str]:
    for value in given:
        if isinstance(value, ast.JoinedStr | ast.BinOp):
            raise ValueError(f"{place}: a template is a plain text; its values are given by name")
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value
        elif isinstance(value, ast.Name):
            yield from named.get(value.id, ())


def _constants(tree: ast.Module) -> dict[str, list[str]]:
    """Name → the texts that are assigned to it anywhere in the module."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name | ast.Tuple):
            targets, values = [node.targets[0]], [node.value]
            if isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple):
                targets, values = node.targets[0].elts, node.value.elts  # type: ignore[assignment]
            for target, value in zip(targets, values, strict=True):
                if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
                    found.setdefault(target.id, []).extend([value.value] * isinstance(value.value, str))
    return found


def _takers(trees: Iterable[ast.AST]) -> dict[str, tuple[int, ...]]:
    """Function or class → which of its arguments are templates."""
    found: dict[str, tuple[int, ...]] = {}
    bases: dict[str, list[str]] = {}
    for node in chain.from_iterable(map(ast.walk, trees)):
        if isinstance(node, ast.ClassDef):
            bases[node.name] = [base.id for base in node.bases if isinstance(base, ast.Name)]
            for each in node.body:
                if (
                    isinstance(each, ast.FunctionDef)
                    and each.name in ("__init__", "__new__")
                    and _places(each)
                ):
                    found[node.name] = tuple(number - 1 for number in _places(each))
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("__") and _places(node):
            found[node.name] = _places(node)
    for name in bases:
        maker = next((base for base in _line(name, bases) if base in found), None)
        if maker:
            found[name] = found[maker]
    return found


def _line(name: str, bases: Mapping[str, list[str]]) -> Iterator[str]:
    yield name
    for base in bases.get(name, ()):
        yield from _line(base, bases)


def _places(function: ast.FunctionDef) -> tuple[int, ...]:
    names = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
    takes_values = "values" in names or (function.args.kwarg and function.args.kwarg.arg == "values")
    return tuple(n for n, name in enumerate(names) if name in TEMPLATES) if takes_values else ()


def of_click() -> set[str]:
    """What click says by itself, and looks up in the same catalogue."""
    calls = chain.from_iterable(ast.walk(ast.parse(inspect.getsource(module))) for module in CLICK)
    named = (call for call in calls if isinstance(call, ast.Call) and isinstance(call.func, ast.Name))
    texts = (call.args for call in named if call.func.id in ("_", "ngettext"))  # type: ignore[attr-defined]
    return {word.value for word in chain.from_iterable(texts) if isinstance(word, ast.Constant)}


def places(template: str) -> set[tuple[str, str, str]]:
    """The places for values: name, format, conversion."""
    return {
        (name, form or "", how or "")
        for _, name, form, how in Formatter().parse(template)
        if name is not None
    }


# --- what it has --------------------------------------------------------------------------------------


def entries(source: Path = SOURCE) -> list[tuple[str, str]]:
    """Sentence and translation, in the order of the file; a plural stands behind its singular, after a NUL."""
    found: list[list[str]] = []
    for line in source.read_text("utf-8").splitlines():
        word, _, text = line.partition(" ")
        if word == "msgid":
            found.append([ast.literal_eval(text)])
        elif word == "msgid_plural":
            found[-1][0] += f"\0{ast.literal_eval(text)}"
        elif word in ("msgstr", "msgstr[0]"):
            found[-1].append(ast.literal_eval(text))
        elif line.startswith('"'):
            found[-1][-1] += ast.literal_eval(line)
    return [(sentence, translation) for sentence, translation in found]


def compiled() -> bytes:
    """The catalogue as gettext reads it (the .mo format of GNU gettext), sentences in order of their bytes."""
    texts = sorted((sentence.encode(), translation.encode()) for sentence, translation in entries())
    start = 28 + 16 * len(texts)
    tables, data = [b"", b""], b""
    for column in (0, 1):
        for pair in texts:
            tables[column] += struct.pack("<2I", len(pair[column]), start + len(data))
            data += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(texts), 28, 28 + 8 * len(texts), 0, 28 + 16 * len(texts))
    return head + tables[0] + tables[1] + data
