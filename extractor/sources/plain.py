"""Plain text and Markdown in any Chinese encoding → `Source`."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from extractor.model import Line, ReadError, Source
from extractor.sources import Limits

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that no text holds (tab, line feed, form feed, carriage return and the vertical tab that
# word processors leave for a soft line break apart).
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+")
REMEDY = "Open it in an editor, check the text and save it as UTF-8."
COMMON_SHARE = 0.5  # of decoded Chinese characters that must be common ones


def read(name: str, data: bytes, sha256: str, limits: Limits) -> Source:
    """The lines of a text file. Raises ReadError where it is binary or in no known encoding."""
    text = decode(name, data)
    control = CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise ReadError(
            name,
            "line {line} holds the control character U+{control:04X}: the file is not plain text.",
            "Open it in the program that made it and save its text.",
            line=line,
            control=ord(control[0]),
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    lines = []
    # A form feed is a page break: what stands before it and after it are lines of their own.
    for raw in text.replace("\f", "\n").split("\n"):
        heading = HEADING.match(raw) if "#" in raw else None
        outline = len(heading[1]) if heading else None
        lines.append(Line(raw[heading.end() :] if heading else raw, outline=outline))
    return Source(name, sha256, "text/plain", tuple(lines))


def decode(name: str, data: bytes) -> str:
    """Text of `data`: by its byte order mark, as UTF-8, UTF-16 without mark, GB18030 or Big5.

    A file that is UTF-8 in some lines and not in others is refused: guessing would garble one half.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _strict(name, data[len(bom) :], encoding)
    if b"\x00" in data:
        return _utf16_without_mark(name, data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_mixture(name, data, error)
    best = from_bytes(data, cp_isolation=["gb18030", "big5"], steps=8, chunk_size=512).best()
    order = (
        ("big5", "gb18030") if best is not None and best.encoding.startswith("big5") else ("gb18030", "big5")
    )
    for encoding in order:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _plausible(text, encoding):
            return text
    raise ReadError(name, "the file is in no encoding that Chinese text is kept in.", REMEDY)


def _strict(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            name,
            "byte {start} is not {encoding}, though the file says so.",
            REMEDY,
            start=error.start,
            encoding=encoding,
        ) from error


def _utf16_without_mark(name: str, data: bytes) -> str:
    """UTF-16 text whose mark was lost, recognised by its common characters; else no text at all."""
    if len(data) % 2 == 0:
        for encoding in ("utf-16-le", "utf-16-be"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if not CONTROL.search(text) and _plausible(text, "gb18030"):
                return text
    raise ReadError(
        name,
        "byte {index} is NUL: the file is binary or damaged.",
        "Open it in the program that made it and save its text.",
        index=data.index(0),
    )


def _refuse_mixture(name: str, data: bytes, error: UnicodeDecodeError) -> None:
    for number, line in enumerate(data.split(b"\n"), 1):
        if sum(byte > 0x7F for byte in line[:4096]) < 12:
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        broken = data.count(b"\n", 0, error.start) + 1
        raise ReadError(
            name,
            "line {number} is UTF-8 but line {broken} is not: encodings are mixed or bytes damaged.",
            REMEDY,
            number=number,
            broken=broken,
        ) from error


def _plausible(text: str, encoding: str) -> bool:
    """Whether Chinese characters in it are mostly the common ones (level 1 of GB 2312 or of Big5)."""
    sample = [c for c in text[:20_000] if "\u4e00" <= c <= "\u9fff"]
    if not sample:
        return False
    codec, low, high = ("big5", 0xA4, 0xC6) if encoding == "big5" else ("gb2312", 0xB0, 0xD7)
    common = sum(low <= encoded[0] <= high for c in sample if (encoded := c.encode(codec, "ignore")))
    return common >= COMMON_SHARE * len(sample)
