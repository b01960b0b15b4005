"""Zip archives, read member by member without unpacking anything to disk.

`members` gives the files of an archive that offices send (GBK names and all); `opened` and `member` are what
readers of zip packages (DOCX, OFD) use, so that every zip is held to the same limits.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from extractor.messages import message
from extractor.model import ReadError
from extractor.sources import Limits, entries, is_archive

UTF8_NAME, ENCRYPTED = 0x800, 0x1  # general purpose bits, APPNOTE 4.4.4
LARGE = 1024 * 1024  # bytes; below it any ratio is harmless
DAMAGED = (
    BadZipFile,
    LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
CLUTTER = frozenset(("__MACOSX", "Thumbs.db", "desktop.ini"))  # what systems leave in archives
MOST_ENTRIES = 10  # times the members: more is no slip
REPACK = "Open it in the program that made it and save it again."


def members(name: str, data: bytes, limits: Limits) -> Iterator[tuple[str, bytes | ReadError]]:
    """The files in the archive `name` with content `data`: path inside it and bytes, in its own order.

    Archives in it are opened too, down to `limits.max_nesting`; their files are called inner.zip/file.
    Folders, hidden files and what systems leave behind are passed over. A member that cannot be had, or an
    archive within that is refused, gives its error in place of its bytes. Raises ReadError where the archive
    itself is damaged, encrypted, a bomb or names a path outside itself, before anything is given, or when
    what it gave is over `limits.max_unpacked`.
    """
    yield from _members(name, data, limits, depth=1, budget=[limits.max_unpacked])


def _members(
    name: str, data: bytes, limits: Limits, *, depth: int, budget: list[int]
) -> Iterator[tuple[str, bytes | ReadError]]:
    if depth > limits.max_nesting:
        problem = "archives are nested more than {most} deep."
        raise ReadError(name, problem, "Unpack the inner ones first.", most=limits.max_nesting)
    with opened(name, data, limits) as archive:
        for info in archive.infolist():
            path = decoded_name(info)
            if info.is_dir() or _clutter(path):
                continue
            budget[0] -= info.file_size
            if budget[0] < 0:
                raise _bomb(
                    name,
                    "its members have more than {most:,} bytes",
                    most=limits.max_unpacked,
                )
            try:
                content = _content(f"{name}/{path}", archive, info, limits)
                if is_archive(content):
                    inner = _members(f"{name}/{path}", content, limits, depth=depth + 1, budget=budget)
                    yield from ((f"{path}/{below}", found) for below, found in inner)
                else:
                    yield path, content
            except ReadError as error:
                yield path, error


def _content(name: str, archive: ZipFile, info: ZipInfo, limits: Limits) -> bytes:
    if info.file_size > limits.max_bytes:
        problem = "the file has {count:,} bytes, over the limit of {most:,}."
        remedy = "Split it, or raise the limit."
        raise ReadError(name, problem, remedy, count=info.file_size, most=limits.max_bytes)
    return member(name, archive, info)


def opened(name: str, data: bytes, limits: Limits) -> ZipFile:
    """The zip in `data`, found harmless: not encrypted, no bomb, no path that leaves it. Raises ReadError."""
    if (count := entries(data)) > MOST_ENTRIES * limits.max_members:  # before the directory is read
        raise _bomb(
            name,
            "it has {count:,} members, over the limit of {most:,}",
            count=count,
            most=limits.max_members,
        )
    try:
        archive = ZipFile(BytesIO(data))
    except DAMAGED as error:
        raise ReadError(name, "the file is a zip package that is damaged or cut short.", REPACK) from error
    infos = archive.infolist()
    if len(infos) > limits.max_members:
        raise _bomb(
            name,
            "it has {count:,} members, over the limit of {most:,}",
            count=len(infos),
            most=limits.max_members,
        )
    if sum(info.file_size for info in infos) > limits.max_unpacked:
        raise _bomb(name, "its members have more than {most:,} bytes", most=limits.max_unpacked)
    if sum(info.compress_size for info in infos) > len(data):
        raise _bomb(name, "its members overlap")
    for info in infos:
        path = decoded_name(info)
        if info.flag_bits & ENCRYPTED:
            raise ReadError(name, "its member {path} is encrypted.", "Save it without a password.", path=path)
        if info.file_size > LARGE and info.file_size > limits.max_ratio * info.compress_size:
            raise _bomb(
                name,
                "its member {path} grows more than {most} times",
                path=path,
                most=limits.max_ratio,
            )
        if _climbs(path):
            raise ReadError(
                name,
                "its member {path} names a place outside the archive.",
                "Do not trust the file.",
                path=repr(path),
            )
    return archive


def member(name: str, archive: ZipFile, info: ZipInfo) -> bytes:
    """The bytes of one member, never more than it declares. Raises ReadError where they are damaged."""
    try:
        return archive.read(info)
    except DAMAGED as error:
        raise ReadError(name, "its member {path} is damaged.", REPACK, path=decoded_name(info)) from error


def decoded_name(info: ZipInfo) -> str:
    """The member's path: as UTF-8 where its flag says so or it is valid as such, else as GBK."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:  # from the Unicode path field of the entry
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        # 通知 in GBK is valid UTF-8 as well: two characters that no Chinese name holds
        if encoding != "utf-8" or all(c.isascii() or c >= "\u0800" for c in name):
            return name.replace("\\", "/")
    return info.filename


def _climbs(path: str) -> bool:
    plain = path.replace("\\", "/")
    return plain.startswith("/") or plain[1:2] == ":" or ".." in PurePosixPath(plain).parts


def _clutter(path: str) -> bool:
    return any(part in CLUTTER or part.startswith((".", "~$")) for part in PurePosixPath(path).parts)


def _bomb(name: str, what: str, /, **values: object) -> ReadError:
    return ReadError(
        name,
        "the archive is refused: {what}.",
        "Unpack it by hand and check what it holds.",
        what=message(what, values),
    )
