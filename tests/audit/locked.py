"""The packages that the lock files pin."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).parent.parent.parent
LOCKS = (TOP / "requirements.txt", TOP / ".ci" / "requirements.txt")
# numpy==2.3.5 ; python_version < '3.13' \
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[^\s;\\]+)", re.MULTILINE)


class Package(NamedTuple):
    """A package and the version that is pinned."""

    name: str
    version: str


def normal(name: str) -> str:
    """A name as indexes compare it (PEP 503): Foo.Bar_baz → foo-bar-baz."""
    return re.sub(r"[-_.]+", "-", name).lower()


def packages(*locks: Path) -> tuple[Package, ...]:
    """Every package of these lock files, once, by name."""
    found = (
        Package(normal(line["name"]), line["version"])
        for lock in locks
        for line in _PINNED.finditer(lock.read_text("utf-8"))
    )
    return tuple(sorted(set(found)))
