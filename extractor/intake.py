"""What is named on the command line → files with their bytes, archives as their members.

The same for every engine. Guarantees: files come in one order, whatever the system lists first; what cannot
be opened gives one message that names it and the remedy; at most one file is held at a time.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal, NamedTuple

from extractor.messages import Message, message
from extractor.model import ReadError
from extractor.sources import SUFFIXES, Limits, is_archive
from extractor.sources.archives import members
from extractor.storage import Remote

PAGES = (".html", ".htm")
OF_PAGES = ("_files", ".files")  # how browsers and word processors call the folder of a saved page

Place = Path | Remote
Status = Literal["written", "known", "ignored", "failed"]
Listing = Iterable[tuple[str, list[str], list[str]]]  # as os.walk has it: folder, its folders, its files


class File(NamedTuple):
    """A file to read and what the database calls it: its path below the folder that was named."""

    path: Place
    name: str


class Found(NamedTuple):
    """Files to read, in order, and files in folders that are no notices by their suffix."""

    files: tuple[File, ...]
    ignored: tuple[Place, ...]


class Result(NamedTuple):
    """What became of one file or member of an archive. `message` names it, what is wrong and the remedy.

    `ignored` is a member that is no notice by its suffix.
    """

    path: Place
    status: Status
    document_id: str | None = None
    characters: int = 0
    message: str = ""
    name: str = ""  # of the source, as the database has it
    sha256: str = ""  # of its bytes, where they were read


class Item(NamedTuple):
    """A file or a member of an archive: its bytes, or what became of it already."""

    file: File
    content: bytes | Result


def expand(
    paths: Iterable[Place], *, suffixes: frozenset[str] = SUFFIXES, without: Path | None = None
) -> Found:
    """Files as named, folders with all that is under them, sorted by path, each file once.

    A file that is named is read whatever its suffix; in a folder only `suffixes` are, and no README. Hidden
    files and folders are passed over, and so are the folder `without`, where sources are kept, and those in
    which browsers keep the pictures of a page. No two files have one name.
    """
    kept_in = without.resolve() if without else None
    files: dict[str, File] = {}
    ignored: list[Place] = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(_whole(path), File(path, shown(path.name)))
            continue
        top = _whole(path)
        for name in _walk(path, kept_in):
            file = path / name
            if _is_notice(PurePosixPath(name), suffixes) and _is_file(file):
                whole = _whole(file) if os.path.islink(str(file)) else f"{top}/{name}"
                files.setdefault(whole, File(file, shown(name)))
            else:
                ignored.append(file)
    return Found(_apart(files), tuple(ignored))


def _apart(files: Mapping[str, File]) -> tuple[File, ...]:
    """The files, those that share a name told apart by the folders above them: east/plan.txt, west/plan.txt.

    A name replaces what it held, so that two files of one run may not share one.
    """
    held = Counter(file.name for file in files.values())
    if all(count == 1 for count in held.values()):
        return tuple(files.values())
    wholes: dict[str, list[str]] = defaultdict(list)
    for whole, file in files.items():
        wholes[file.name].append(whole)
    taken = {name for name, count in held.items() if count == 1}
    named: dict[str, str] = {}
    for name, alike in wholes.items():
        longer = [name]
        if len(alike) > 1:
            most = max(len(PurePosixPath(whole).parts) for whole in alike)
            sizes = range(len(PurePosixPath(name).parts) + 1, most)
            ways = ([_last(whole, size) for whole in alike] for size in sizes)
            apart = (way for way in ways if len(set(way)) == len(alike) and taken.isdisjoint(way))
            longer = next(apart, [shown(whole) for whole in alike])
        taken.update(longer)
        named.update(zip(alike, longer, strict=True))
    return tuple(file._replace(name=named[whole]) for whole, file in files.items())


def _last(whole: str, size: int) -> str:
    """The last parts of a path, as many as `size`."""
    return shown("/".join(PurePosixPath(whole).parts[-size:]))


def items(files: Iterable[File], limits: Limits) -> Iterator[Item]:
    """Files with their bytes, archives as their members."""
    for file in files:
        item = _opened(file, limits)
        if isinstance(item.content, bytes) and is_archive(item.content):
            yield from _members(file, item.content, limits)
        else:
            yield item


def shown(path: Place | str) -> str:
    """A path in characters, also where an old archive left its name in GBK."""
    raw = os.fsencode(path.as_posix() if isinstance(path, Path) else str(path))
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def already(file: File, sha256: str) -> Result:
    """The result of a file whose bytes are there already."""
    return Result(file.path, "known", name=file.name, sha256=sha256)


def failed(file: File, words: str, /, **values: object) -> Result:
    """The result of a file with what is wrong with it, a template of `values`."""
    said = Message("{file}: {words}", file=shown(file.path), words=message(words, values))
    return Result(file.path, "failed", message=said, name=file.name)


def _whole(path: Place) -> str:
    """One name for a file however it is called. Folders that are links are not gone into: see os.walk."""
    return os.path.realpath(path) if isinstance(path, Path) else path.url.rstrip("/")


def _is_file(path: Place) -> bool:
    return isinstance(path, Remote) or os.path.isfile(path)


def _is_notice(path: PurePosixPath, suffixes: frozenset[str]) -> bool:
    return path.suffix.lower() in suffixes and path.stem.upper() != "README"


def _walk(top: Place, without: Path | None) -> Iterator[str]:
    """The files under a folder by their paths from it: those right in it first."""
    walk: Listing = os.walk(top) if isinstance(top, Path) else top.walk()
    for root, folders, names in walk:
        pages = {name.rpartition(".")[0] for name in names if name.lower().endswith(PAGES)}
        beside = {page + suffix for page in pages for suffix in OF_PAGES}
        if without and isinstance(top, Path):
            beside |= {name for name in folders if Path(root, name).resolve() == without}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in beside)
        folder = Path(root).relative_to(top) if isinstance(top, Path) else PurePosixPath(root)
        for name in sorted(names):
            if not name.startswith((".", "~$")):
                yield (folder / name).as_posix()


def _opened(file: File, limits: Limits) -> Item:
    """The bytes of a file. Only an archive may have more than one file may."""
    try:
        if isinstance(file.path, Path) and not _is_file(file.path) and file.path.exists():
            return Item(file, failed(file, "is no regular file. Save it as one and name that."))
        size, stream = _stream(file.path)
        with stream:
            opening = stream.read(2)
            most = limits.max_unpacked if opening == b"PK" else limits.max_bytes
            if size > most:
                words = "the file has {size:,} bytes, over the limit of {most:,}. Split it, or leave it out."
                return Item(file, failed(file, words, size=size, most=most))
            return Item(file, opening + stream.read(size))
    except OSError as error:
        words = "cannot be opened ({error}). Check that it exists and may be read."
        return Item(file, failed(file, words, error=error.strerror or error))


def _stream(path: Place) -> tuple[int, BinaryIO]:
    if isinstance(path, Remote):
        return path.open()
    stream = path.open("rb")
    return os.fstat(stream.fileno()).st_size, stream


def _members(archive: File, data: bytes, limits: Limits) -> Iterator[Item]:
    """What an archive holds. What is refused gives one message, its other members are read."""
    empty = True
    try:
        for path, content in members(archive.name, data, limits):
            empty = False
            file = File(archive.path / path, f"{archive.name}/{path}")
            if isinstance(content, ReadError):
                yield Item(file, failed(file, content.words))
            elif _is_notice(PurePosixPath(path), SUFFIXES):
                yield Item(file, content)
            else:
                yield Item(file, Result(file.path, "ignored"))
    except ReadError as error:
        yield Item(archive, failed(archive, error.words))
        return
    if empty:
        yield Item(archive, failed(archive, "the archive holds no files. Pack it again, or leave it out."))
