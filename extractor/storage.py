"""Files on local, shared or object storage behind one address: the only user of fsspec (extra `dask`).

An address is what fsspec takes: /data/shards, file:///data, memory://shards, s3://bucket/shards …; what a
scheme needs beside it (such as s3fs) is installed by whoever uses it.
"""

from __future__ import annotations

import os
import posixpath
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from extractor.messages import Message, Trouble

EXTRA = Message("Install it with: pip install 'policy-extractor[dask]'")
UNFINISHED = ".tmp"  # how a file is called until it is whole


class StorageError(Trouble):
    """An address that cannot be used. Names it, what is wrong and the remedy."""


@dataclass(frozen=True, slots=True)
class Remote:
    """An address that is no local path, used where a `Path` is."""

    url: str

    def __str__(self) -> str:
        return self.url

    def __truediv__(self, name: object) -> Remote:
        return Remote(f"{self.url.rstrip('/')}/{name}")

    @property
    def name(self) -> str:
        return posixpath.basename(self.url)

    @property
    def suffix(self) -> str:
        return posixpath.splitext(self.url)[1]

    def is_dir(self) -> bool:
        fs, path = _opened(self.url)
        return bool(fs.isdir(path))

    def open(self) -> tuple[int, BinaryIO]:
        """The size of the file in bytes, and its content from the beginning. Raises OSError."""
        fs, path = _opened(self.url)
        return int(fs.size(path)), cast(BinaryIO, fs.open(path, "rb"))

    def walk(self) -> Iterator[tuple[str, list[str], list[str]]]:
        """What is under a folder, as os.walk has it: folders that are taken off the list are passed over."""
        fs, path = _opened(self.url)
        tree: dict[str, tuple[set[str], list[str]]] = {"": (set(), [])}
        for file in fs.find(path):
            folder, _, name = posixpath.relpath(file, path).rpartition("/")
            tree.setdefault(folder, (set(), []))[1].append(name)
            while folder:
                above, _, own = folder.rpartition("/")
                tree.setdefault(above, (set(), []))[0].add(own)
                folder = above
        yield from _down(tree, "")


def _down(
    tree: dict[str, tuple[set[str], list[str]]], folder: str
) -> Iterator[tuple[str, list[str], list[str]]]:
    folders, names = list(tree[folder][0]), tree[folder][1]
    yield folder, folders, names
    for name in folders:
        yield from _down(tree, f"{folder}/{name}" if folder else name)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is written to. Names are relative to it, with / between their parts.

    `write` raises `StorageError` where there is no room.
    """

    url: str

    def names(self, folder: str = "") -> tuple[str, ...]:
        """The whole files right in a folder of it, sorted; none where it is not there."""
        fs, path = _opened(self._at(folder))
        fs.invalidate_cache()
        if not fs.exists(path):
            return ()
        found = (posixpath.basename(str(entry)) for entry in fs.ls(path, detail=False))
        return tuple(sorted(name for name in found if not name.startswith(".")))

    def holds(self, name: str) -> bool:
        fs, path = _opened(self._at(name))
        fs.invalidate_cache()
        return bool(fs.exists(path))

    def read(self, name: str) -> bytes:
        """The content of a file. Raises FileNotFoundError."""
        fs, path = _opened(self._at(name))
        return bytes(fs.cat_file(path))

    def write(self, name: str, content: bytes) -> None:
        """Write a file so that no reader ever sees half of it, also where the process dies."""
        fs, path = _opened(self._at(name))
        folder, _, own = path.rpartition("/")
        part = f"{folder}/.{own}.{uuid.uuid4().hex}{UNFINISHED}"
        fs.makedirs(folder, exist_ok=True)
        try:
            fs.pipe_file(part, content)
            fs.mv(part, path)
        except OSError as error:
            if fs.exists(part):
                fs.rm_file(part)
            raise StorageError(
                "{file}: cannot be written ({error}). Make room, or check that it may be written to, "
                "and run the command again.",
                file=self._at(name),
                error=error,
            ) from error

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        fs, path = _opened(self._at(name))
        if fs.exists(path):
            fs.rm_file(path)

    def _at(self, name: str) -> str:
        return f"{self.url.rstrip('/')}/{name}".rstrip("/")


def place(words: str) -> Path | Remote:
    """What an address on the command line stands for: a local path where it names no other storage."""
    scheme, there, rest = words.partition("://")
    if not there:
        return Path(words)
    return Path(rest) if scheme in ("file", "local") else Remote(words)


def address(of: Path | Remote) -> str:
    """How every process of a cluster finds it: a local path whole."""
    return os.path.abspath(of) if isinstance(of, Path) else of.url


def _opened(url: str) -> tuple[Any, str]:
    """The file system of an address and the path in it. Raises `StorageError`."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise StorageError("{url}: other storage needs fsspec. {extra}", url=url, extra=EXTRA) from error
    try:
        fs, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise StorageError(
            "{url}: no storage is known for it ({error}). Check its scheme (such as s3://), "
            "and install what that needs.",
            url=url,
            error=error,
        ) from error
    return fs, str(path)
