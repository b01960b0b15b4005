"""Help in the language that is spoken, its lines fitted where characters are two columns wide."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import east_asian_width

import click

from extractor.language import looked_up, speaking

_WIDE = re.compile("[\u1100-\U0010ffff]")
# What may not be parted: a word of other scripts, a wide character, each with what may not begin a line.
_PIECE = re.compile(r"\s+|[^\s\u1100-\U0010ffff]+[，。；：、）”]*|.[，。；：、）”]*")
_OWN_LINES = "\b\n"  # how click is told not to wrap


class Formatter(click.HelpFormatter):
    """Looks up what is written, and wraps Chinese: click counts characters, and parts lines at spaces."""

    def write_text(self, text: str) -> None:
        said, width = looked_up(text), self.width - self.current_indent
        if said != text:
            said = "\n\n".join(_fitted(paragraph, width) for paragraph in said.split("\n\n"))
        super().write_text(said)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        first_column = min(max(len(first) for first, _ in rows), col_max) + col_spacing
        width = max(self.width - first_column - 2, 10)
        said = [(first, _option(text, width)) for first, text in rows]
        super().write_dl(said, col_max, col_spacing)


class Context(click.Context):
    """What a command is called in: its help is written by `Formatter`."""

    formatter_class = Formatter


class Command(click.Command):
    """A command whose help is in the language that is spoken."""

    context_class = Context

    def get_short_help_str(self, limit: int = 45) -> str:
        return _summary(self) or super().get_short_help_str(limit)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:  # click makes it once, in the language of the first help
            option.help = looked_up("Show this message and exit.")
        return option

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.epilog:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(self.epilog.replace("Examples:", looked_up("Examples:"), 1))


class Group(Command, click.Group):
    """The program: speaks the language of who runs it."""

    command_class = Command

    def main(self, *words: Any, **options: Any) -> Any:
        with speaking():
            return super().main(*words, **options)


def _summary(command: click.Command) -> str:
    """The first sentence of the help where that is Chinese, else nothing."""
    said = looked_up(inspect.cleandoc(command.help or ""))
    return said.partition("。")[0] if _WIDE.search(said.partition("\n")[0]) and "。" in said else ""


def _option(text: str, width: int) -> str:
    """What is said of an option or a command; click has put a default and a range behind it."""
    said = looked_up(text)
    if said == text:
        about, gap, rest = text.rpartition("  [")
        said = f"{looked_up(about)}{gap}{rest}"
    return _fitted(said, width)


def _fitted(text: str, width: int) -> str:
    """Text in lines of at most `width` columns where it has wide characters; other text as it is."""
    if not _WIDE.search(text) or text.startswith(_OWN_LINES):
        return text
    return _OWN_LINES + "\n".join(_lines("".join(text.splitlines()), width))


def _lines(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for piece in _PIECE.findall(text):
        columns = sum(1 + (east_asian_width(character) in "WF") for character in piece)
        if used + columns > width and line.strip():
            yield line.rstrip()
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + columns
    yield line.rstrip()
