"""Writes docs/commands.md: what each command says of itself, as `--help` prints it."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.cli import main

PAGE = Path(__file__).parent.parent.parent / "docs" / "commands.md"
WIDTH = 110
HEAD = """# 命令 / Commands

由程序的 `--help` 生成（`python -m tests.docs`），不手工修改。Generated from `--help`; not edited by hand.
退出状态 / exit status: 0 完成 done · 1 有失败，信息里写明 something failed that the message names · 2 用法不对 wrong usage ·
130 用 Ctrl+C 停下 stopped by Ctrl+C.
"""


def page() -> str:
    """The whole page."""
    # the command's own settings: click keeps the option of the first help that it prints
    settings = {**main.context_settings, "max_content_width": WIDTH, "terminal_width": WIDTH}
    top = click.Context(main, info_name="extractor", **settings)
    return "\n".join([HEAD, _block(main, top), *(_section(top, name) for name in main.list_commands(top))])


def _section(top: click.Context, name: str) -> str:
    command = main.get_command(top, name)
    if command is None:
        raise LookupError(name)
    context = click.Context(
        command, info_name=name, parent=top, max_content_width=WIDTH, terminal_width=WIDTH
    )
    return f"## {name}\n\n{_block(command, context)}"


def _block(command: click.Command, context: click.Context) -> str:
    return f"```text\n{command.get_help(context)}\n```\n"
