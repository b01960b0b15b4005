"""Files as offices publish them → `Source`. Detection by content and the limits every reader keeps.

One module a format; each gives the same `Source` and is imported only when a file needs it. Whatever cannot
be read ends in a `ReadError` that names the file, the place and the remedy.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from itertools import chain
from typing import NamedTuple, Protocol, cast
from zipfile import BadZipFile, ZipFile

from extractor.messages import Message
from extractor.model import ReadError, Source
from extractor.sources import front_matter


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file a reader takes on before it refuses."""

    max_bytes: int = 64 * 1024 * 1024
    max_line: int = 200_000  # characters; the longest paragraph of a real notice has a few thousand
    max_markup: int = 32 * 1024 * 1024  # bytes of one HTML page or one XML part
    max_depth: int = 2_000  # of elements in elements; unclosed tags make pages of a few hundred
    max_attributes: int = 1_000  # of one element; pages have a few dozen
    max_members: int = 2_000  # files in a zip archive or package
    max_unpacked: int = 512 * 1024 * 1024  # bytes of all members of an archive together
    max_ratio: int = 250  # unpacked to packed bytes of a large member
    max_nesting: int = 2  # archives in archives
    max_pages: int = 5_000
    max_pixels: int = 100_000_000  # of one picture or scanned page
    max_seconds: float = 120.0  # for one file, in a process of its own
    max_memory: int = 4096 * 1024 * 1024  # bytes that such a process may map; a scan takes some 1.5 GB


DEFAULT_LIMITS = Limits()


class Content(NamedTuple):
    """What detection looks at. `names` are the members of a zip archive, as far as they can be read."""

    data: bytes
    names: frozenset[str] = frozenset()

    def begins(self, *magic: bytes) -> bool:
        return self.data.startswith(magic)

    def has(self, pattern: str) -> bool:
        """Whether a member of the archive matches the whole pattern."""
        return any(re.fullmatch(pattern, name) for name in self.names)


class Read(Protocol):
    """What each module of `READERS` offers."""

    def __call__(self, name: str, data: bytes, sha256: str, limits: Limits) -> Source: ...


class Reader(NamedTuple):
    """A format: how its content is known, the module whose `read` reads it, and how its files are named."""

    holds: Callable[[Content], bool]
    module: str
    suffixes: tuple[str, ...] = ()


# <!DOCTYPE html>, <html …, <?xml …?><html …; fragments are known by their many tags
PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
FRAGMENT = re.compile(
    rb"\s*<(?:div|p|table|tbody|thead|tr|td|ul|ol|li|dl|article|main|section|header|base|meta|link|style|script|span|font|center|b|strong"
    rb"|a|img|br|h[1-6])\b",
    re.IGNORECASE,
)
# what a server would have filled in stands above the fragment: <%@ page … %>, <?php … ?>, <jsp:include …>
FILLED_IN = re.compile(
    rb"(?:\s|<%(?:[^%]|%(?!>)){0,2000}%>|<[?](?:[^?]|[?](?!>)){0,2000}[?]>|<!--(?:[^-]|-(?!->)){0,2000}-->|</?jsp:[^<>]{0,500}>)*+"
)
CLOSED = re.compile(rb"</(?:p|div|td|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
WORD_XML = re.compile(rb'progid="Word\.Document"|<w:wordDocument\b')
OPENING = 4096  # bytes at the beginning of a file that show a text format


def is_page(content: Content) -> bool:
    """Whether the content is HTML: it opens as a page, or as a fragment of one with several blocks.

    Fields that a generator of sites keeps above it are passed over.
    """
    opening = front_matter.split(content.data[:OPENING]).page.replace(b"\x00", b"")  # UTF-16 too
    opening = opening.lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n\f")
    if opening[:13].lower() == b"mime-version:" or opening[:6].lower() == b"from: ":
        return b"multipart/related" in content.data[:OPENING]
    if not opening.startswith(b"<"):
        return False
    if PAGE.search(opening) and not WORD_XML.search(opening):
        return True
    filled_in = FILLED_IN.match(opening)
    begins = FRAGMENT.match(opening, filled_in.end() if filled_in else 0)
    return begins is not None and len(CLOSED.findall(content.data[: 16 * OPENING])) >= 3


# Formats in the order in which they are tried. Plain text is what none of them holds.
READERS: tuple[Reader, ...] = (
    Reader(lambda c: b"%PDF-" in c.data[:1024] and not c.begins(b"PK"), "pdf", (".pdf",)),
    Reader(lambda c: c.has(r"(?i)(?:.*/)?OFD\.xml") and not c.has("word/.*"), "ofd", (".ofd",)),
    Reader(lambda c: "[Content_Types].xml" in c.names and c.has("word/.*"), "docx", (".docx", ".docm")),
    Reader(
        lambda c: c.has("content.xml") and c.has("mimetype") and c.has("META-INF/.*"), "office", (".odt",)
    ),
    Reader(lambda c: c.begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "office", (".doc", ".wps")),
    Reader(lambda c: c.begins(b"{\\rtf", b"\xef\xbb\xbf{\\rtf"), "office", (".rtf",)),
    Reader(lambda c: c.begins(b"\x89PNG\r\n"), "scan", (".png",)),
    Reader(lambda c: c.begins(b"\xff\xd8\xff"), "scan", (".jpg", ".jpeg")),
    Reader(lambda c: c.begins(b"GIF8"), "scan"),
    Reader(lambda c: c.begins(b"II*\x00", b"MM\x00*"), "scan", (".tif", ".tiff")),
    Reader(lambda c: c.begins(b"BM") and c.data[6:10] == bytes(4), "scan", (".bmp",)),
    Reader(lambda c: c.begins(b"RIFF") and c.data[8:12] == b"WEBP", "scan", (".webp",)),
    Reader(is_page, "html", (".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml")),
)
PLAIN = Reader(lambda c: True, "plain", (".txt", ".text", ".md", ".markdown"))
ARCHIVES = (".zip",)
# How files are named that are read where nobody names them one by one.
SUFFIXES = frozenset(chain(ARCHIVES, *(reader.suffixes for reader in (*READERS, PLAIN))))

# What is known and not read, with what to do about it.
REFUSED: tuple[tuple[Callable[[Content], bool], Message, Message], ...] = (
    (
        lambda c: WORD_XML.search(c.data[:OPENING]) is not None,
        Message("the file is Word's XML of 2003."),
        Message("Save it as .docx."),
    ),
    (
        lambda c: c.has("xl/.*"),
        Message("the file is a spreadsheet."),
        Message("Save its sheets as a document or as .txt."),
    ),
    (
        lambda c: c.has("ppt/.*"),
        Message("the file is a presentation."),
        Message("Save its text as a document or as .txt."),
    ),
    (
        lambda c: c.begins(b"PK\x03\x04", b"PK\x05\x06"),
        Message("the file is a zip archive, whose members are files of their own."),
        Message("Unpack it, or name it to `extractor ingest`."),
    ),
    (
        lambda c: c.begins(b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b"),
        Message("the file is an archive of a kind that is not read."),
        Message("Unpack it, or pack its files as .zip."),
    ),
)


def read_source(name: str, data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The file `name` with content `data` as lines, read by what it holds, whatever it is called.

    Raises ReadError for empty, oversized, damaged, hostile or undecodable files.
    """
    if not data.strip(b"\x00\xef\xbb\xbf\xfe\xff \t\r\n\f\v"):
        raise ReadError(name, "the file is empty.", "Save the notice again, or leave the file out.")
    if len(data) > limits.max_bytes:
        raise ReadError(
            name,
            "the file has {count:,} bytes, over the limit of {most:,}.",
            "Split it, or raise the limit.",
            count=len(data),
            most=limits.max_bytes,
        )
    read = cast(Read, import_module(f"extractor.sources.{_module(name, data)}").read)
    source = read(name, data, hashlib.sha256(data).hexdigest(), limits)
    if not source.lines:  # a document without a word in it
        raise ReadError(name, "the file is empty.", "Save the notice again, or leave the file out.")
    for number, line in enumerate(source.lines, 1):
        if len(line.text) > limits.max_line:
            raise ReadError(
                name,
                "line {number} has {count:,} characters, over the limit of {most:,}.",
                "Check that this is a notice; save it again with its line breaks.",
                number=number,
                count=len(line.text),
                most=limits.max_line,
            )
    return source


def is_plain(data: bytes) -> bool:
    """Whether the content is what the reader of plain text takes on, by its first bytes alone."""
    content = Content(data)
    return not content.begins(b"PK") and not any(reader.holds(content) for reader in READERS)


def is_archive(data: bytes) -> bool:
    """Whether the content is a zip archive of files, and not a document that is kept as one."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    content = Content(data, _names(data))
    refused = any(holds(content) for holds, what, _ in REFUSED if not what.startswith("the file is a zip"))
    return not refused and not any(reader.holds(content) for reader in READERS)


def suffix_of(data: bytes) -> str:
    """The suffix of a file with this content: .pdf; nothing for a kind whose files are not read by suffix."""
    content = Content(data, _names(data))
    found = next((reader for reader in READERS if reader.holds(content)), PLAIN)
    return found.suffixes[0] if found.suffixes else ""


def _module(name: str, data: bytes) -> str:
    content = Content(data, _names(data))
    for reader in READERS:
        if reader.holds(content):
            return reader.module
    for holds, what, remedy in REFUSED:
        if holds(content):
            raise ReadError(name, what, remedy)
    return PLAIN.module


# The name in the header before each member's data: what a cut archive still tells.
MOST_NAMES = 10_000  # looked at; a package has fewer
MEMBER = re.compile(rb"PK\x03\x04.{22}(..).{2}", re.DOTALL)


def entries(data: bytes) -> int:
    """How many members the directory of a zip archive lists at most, found without reading it."""
    end = len(data) - 22 if data[-22:-18] == b"PK\x05\x06" else data.rfind(b"PK\x05\x06")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    return data.count(b"PK\x01\x02", max(0, end - size), max(0, end))


def _names(data: bytes) -> frozenset[str]:
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return frozenset()
    try:
        if entries(data) > MOST_NAMES:
            raise BadZipFile
        with ZipFile(BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        found = (
            (match.end(), int.from_bytes(match[1], "little"))
            for match, _ in zip(MEMBER.finditer(data), range(64), strict=False)
        )
        return frozenset(data[at : at + size].decode("utf-8", "replace") for at, size in found)
