"""The program as it is when it reads: its version, the hash of each set of rules and words, its libraries.

Guarantees: the same program on the same libraries and the same Python describes itself the same, wherever it
is installed; a changed rule, word or library gives another id. So a row can be traced to what made it, and a
result made again by installing the same.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, Literal, NamedTuple

from extractor import __version__

Kind = Literal["rules", "words", "library"]
# Modules and packages that turn bytes into rows. What only shows rows is left out.
RULES: Final = (
    "clauses", "extractors", "lexicon", "markers.py", "model.py", "numerals.py", "pipeline.py", "records",
    "sources", "store", "text", "words.py",
)  # fmt: skip
WORDS: Final = ("lexicon", "records")  # where data files are
_DATA: Final = (".toml", ".csv")
# Libraries that have a part in what is read.
LIBRARIES: Final = (
    "charset-normalizer", "jieba", "lxml", "onnxruntime", "opencv-python", "pdfminer.six", "pdfplumber",
    "pillow", "pypdfium2", "python-docx", "rapidocr-onnxruntime", "regex",
)  # fmt: skip


class Part(NamedTuple):
    """A set of rules or a file of words with its SHA-256, or a library with its version."""

    kind: Kind
    name: str
    value: str


class Program(NamedTuple):
    """A program. `id`: twelve hexadecimal digits of the hash of all that follows."""

    id: str
    version: str
    python: str
    parts: tuple[Part, ...]


@cache
def program() -> Program:
    """This program, looked at once a process."""
    return describe(files("extractor"))


def describe(top: Traversable) -> Program:
    """The program in the folder `top`, on the Python and the libraries that run now."""
    parts = (*_rules(top), *_words(top), *_libraries())
    python = platform.python_version()
    whole = "\n".join((__version__, python, *("\t".join(part) for part in parts)))
    return Program(hashlib.sha256(whole.encode()).hexdigest()[:12], __version__, python, parts)


def _rules(top: Traversable) -> Iterator[Part]:
    for name in RULES:
        yield Part("rules", name.removesuffix(".py"), _hash(_found(top.joinpath(name), name, (".py",))))


def _words(top: Traversable) -> Iterator[Part]:
    for folder in WORDS:
        for name, file in _found(top.joinpath(folder), folder, _DATA):
            yield Part("words", name, hashlib.sha256(file.read_bytes()).hexdigest())


def _libraries() -> Iterator[Part]:
    for name in LIBRARIES:
        try:
            yield Part("library", name, version(name))
        except PackageNotFoundError:
            continue


def _found(place: Traversable, name: str, suffixes: tuple[str, ...]) -> Iterator[tuple[str, Traversable]]:
    """The file, or the files at and under the folder, that end so: name → file, in the order of names."""
    if place.is_file():
        if name.endswith(suffixes):
            yield name, place
        return
    for each in sorted(place.iterdir(), key=lambda entry: entry.name):
        yield from _found(each, f"{name}/{each.name}", suffixes)


def _hash(found: Iterator[tuple[str, Traversable]]) -> str:
    """One hash of files with their names."""
    whole = hashlib.sha256()
    for name, file in found:
        content = file.read_bytes()
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()
