"""The edits that docs/CONTRIBUTING.md describes, done as they stand there in a copy of the program."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

TOP = Path(__file__).parent.parent.parent
PAGE = TOP / "docs" / "CONTRIBUTING.md"
SECTION = re.compile(r"^### (?P<title>[^\n]+)\n(?P<body>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
EDIT = re.compile(r"^```(?P<form>\w+) (?P<path>\S+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"^```sh\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
MADE = ("notices", "bin")  # folders that a test makes beside the copy
STATED = re.compile(r"^Files: (\d+)$", re.MULTILINE)


def sections() -> dict[str, str]:
    """Title → what stands under it, for each `How to add`."""
    return {found["title"]: found["body"] for found in SECTION.finditer(PAGE.read_text("utf-8"))}


def program(folder: Path) -> Path:
    """A copy of the program in `folder`."""
    for name in ("extractor", "schemas"):
        shutil.copytree(TOP / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def done(body: str, folder: Path) -> None:
    """Make the edits of a section, each in its place."""
    for edit in EDIT.finditer(body):
        path = folder / edit["path"]
        if edit["form"] == "diff":
            path.write_text(edited(path.read_text("utf-8"), edit["body"]), "utf-8")
        else:
            path.write_text(edit["body"], "utf-8")


def edited(text: str, diff: str) -> str:
    """`text` with each hunk of a diff applied. Raises ValueError where its lines do not stand there once."""
    lines = text.splitlines()
    for hunk in re.split(r"^@@.*\n", diff, flags=re.MULTILINE):
        before = [line[1:] for line in hunk.splitlines() if not line.startswith("+")]
        after = [line[1:] for line in hunk.splitlines() if not line.startswith("-")]
        found = [at for at in range(len(lines)) if lines[at : at + len(before)] == before]
        if len(found) != 1:
            raise ValueError("\n".join(["these lines do not stand there once:", *before]))
        lines[found[0] : found[0] + len(before)] = after
    return "\n".join([*lines, ""])


def touched(folder: Path) -> list[str]:
    """The files of the copy that differ from the program's or are new, but for what a run made."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    kept = (path for path in found if path.suffix not in (".pyc", ".db") and path.parts[0] not in MADE)
    return sorted(
        str(path)
        for path in kept
        if not (TOP / path).is_file() or (TOP / path).read_bytes() != (folder / path).read_bytes()
    )
