"""A file changed at random, from a seed: the same seed makes the same file. Pure."""

from __future__ import annotations

import re
import warnings
import zlib
from base64 import a85decode, a85encode
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

MOST = 400_000  # bytes of a changed file: small ones find more in the same time
# What breaks programs that read numbers, names, marks and signs of notices
TOKENS: tuple[bytes, ...] = (
    b"0", b"-1", b"1e309", b"NaN", b"99999999999999999999", b"2147483648", b"-2147483649", b"0.0000000001", b"%s%n", b"\x00", b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00", b"\r\n", b"\n\n\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xae", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80",
    *(words.encode() for words in (
        "一、", "（一）", "1.", "（1）", "①", "第一条", "一是", "附件：", "责任单位：", "《", "》", "〔2023〕", "2023年", "万元", "%", "‰", "1/10万", "零〇", "、" * 40,
        "（" * 60, "各有关部门", "三千五百万", "\u3000" * 30, "|---|", "| ", "**", "\u202e", "\u200b",
    )),
    b"<w:p/>", b"<w:tbl>", b"</w:p>", b'w:val="99999"', b"&amp;", b"&#x10FFFF;", b"&#0;", b"<table>", b"<td rowspan=99999>", b"<br>", b"<!--", b"]]>", b"<![CDATA[",
    b"<ofd:TextCode X=\"nan\">", b'DeltaX="g 99999 1"', b'Boundary="0 0 0 0"', b'Boundary="-1 1e9 5"', b"/Parent 1 0 R", b"/Kids [1 0 R]", b"/Count 99999", b"BT ET", b"/W [1 [1 2",
    b"(\\377\\376) Tj", b"<FEFF", b"0 0 0 0 0 0 Tm", b"/Length 0", b"endstream", b"stream\n", b"xref", b"trailer", b"\\'ff", b"{\\*\\x", b"\\u-32768?",
)  # fmt: skip
# ="200 100", >words<
_VALUES = re.compile(rb"(?<==\")[^\"<>]{0,2000}(?=\")|(?<=>)[^<>]{1,2000}(?=<)")
_MARKS = re.compile(rb"[<>&\"\x00-\x08\x0b\x0c\x0e-\x1f]")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def mutated(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """`data` changed: by its bytes, or inside what it packs where it packs anything."""
    inside = random.random()
    if data[:2] == b"PK" and inside < 0.8:
        return _repacked(random, data, others)
    if data[:5] == b"%PDF-" and inside < 0.6:
        return _restreamed(random, data)
    return _reworded(random, data, others)[:MOST]


def _reworded(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Of XML most often what stands between its marks, so that it is still XML."""
    if data[:1] != b"<" or random.random() < 0.3:
        other = changed(random, data, others)
        return other.decode("utf-8", "ignore").encode() if _typed(data) and random.random() < 0.6 else other
    found = list(_VALUES.finditer(data))
    words = [value[0] for value in found] or others
    xml = data.startswith(b"<?xml")
    chosen = random.sample(found, min(len(found), random.choice((1, 1, 2, 4))))
    for value in sorted(chosen, key=lambda value: -value.start()):
        other = _MARKS.sub(b"", changed(random, value[0], words))
        other = other.decode("utf-8", "ignore").encode() if xml else other
        data = data[: value.start()] + other + data[value.end() :]
    return data


def _typed(data: bytes) -> bool:
    """Whether these are characters in UTF-8: most changes of their bytes would only be refused as none."""
    try:
        return bool(data.decode())
    except UnicodeDecodeError:
        return False


def changed(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """One to eight changes of bytes: few most often."""
    found = bytearray(data)
    for _ in range(min(1 + int(random.expovariate(0.6)), 8)):
        random.choice(_CHANGES)(random, found, others)
    return bytes(found)


def _place(random: Random, data: bytearray) -> int:
    return random.randrange(len(data) + 1)


def _flip(random: Random, data: bytearray, others: Sequence[bytes]) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _set(random: Random, data: bytearray, others: Sequence[bytes]) -> None:
    if data:
        data[random.randrange(len(data))] = random.choice(
            (0, 1, 0x20, 0x7F, 0x80, 0xFF, random.randrange(256))
        )


def _insert(random: Random, data: bytearray, others: Sequence[bytes]) -> None:
    at = _place(random, data)
    data[at:at] = random.choice(TOKENS)


def _overwrite(random: Random, data: bytearray, others: Sequence[bytes]) -> None:
    at, token = _place(random, data), random.choice(TOKENS)
    data[at : at + len(token)] = token


def _delete(random: Random, data: bytearray, others: Sequence[bytes]) -> None:
    at = _place(random, data)
    del data[at : at + _length(random)]


def _repeat(random: Random, data: bytearray, others: Sequence[bytes]) -> None:
    at = _place(random, data)
    piece = bytes(data[at : at + _length(random)])
    data[at:at] = piece * min(random.choice((1, 2, 8, 64, 500)), MOST // max(len(piece), 1) // 4)


def _move(random: Random, data: bytearray, others: Sequence[bytes]) -> None:
    at = _place(random, data)
    piece = bytes(data[at : at + _length(random)])
    del data[at : at + len(piece)]
    to = _place(random, data)
    data[to:to] = piece


def _splice(random: Random, data: bytearray, others: Sequence[bytes]) -> None:
    other = random.choice(others)
    start = random.randrange(len(other) + 1)
    at = _place(random, data)
    data[at:at] = other[start : start + _length(random)]


def _cut(random: Random, data: bytearray, others: Sequence[bytes]) -> None:
    if random.random() < 0.3:
        del data[_place(random, data) :]


def _length(random: Random) -> int:
    return random.choice((1, 2, 4, 16, 64, 256, 2048))


_CHANGES: tuple[Callable[[Random, bytearray, Sequence[bytes]], None], ...] = (
    _flip, _set, _insert, _insert, _overwrite, _delete, _repeat, _move, _splice, _cut,
)  # fmt: skip


def _repacked(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A zip whose members are changed and packed anew, so that a reader gets past the check sums."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (BadZipFile, OSError, ValueError):
        return changed(random, data, others)
    if not members:
        return changed(random, data, others)
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        at = random.randrange(len(members))
        name, content = members[at]
        what = random.random()
        if what < 0.85:
            members[at] = (
                name,
                _reworded(random, content, [body for _, body in members if body] or others)[:MOST],
            )
        elif what < 0.9 and len(members) > 1:
            del members[at]
        elif what < 0.95:
            members.append((random.choice(members)[0], content))
        else:
            members[at] = (
                random.choice(
                    ("../x", "/x", "x\\y", "a" * 300, "\udc80", "word/document.xml", "Doc_0/Document.xml")
                ),
                content,
            )
    stream = BytesIO()
    with warnings.catch_warnings(), ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # one name twice is what is wanted
        for name, content in members:
            info = ZipInfo(name.encode("utf-8", "replace").decode(), (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()


def _restreamed(random: Random, data: bytes) -> bytes:
    """A PDF with the words of one stream changed, and packed again where they were."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return changed(random, data, [data])[:MOST]
    found = random.choice(streams)
    unpack, pack = _PACKED[found[1].rstrip().endswith(b"~>")]
    try:
        body = pack(changed(random, unpack(found[1]), [data]))
    except (zlib.error, ValueError):
        body = changed(random, found[1], [data])
    return (data[: found.start(1)] + body + data[found.end(1) :])[:MOST]


def _from_text(body: bytes) -> bytes:
    return zlib.decompress(a85decode(body.strip().removesuffix(b"~>")))


def _to_text(body: bytes) -> bytes:
    return a85encode(zlib.compress(body)) + b"~>"


_PACKED: tuple[tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]], ...] = (
    (zlib.decompress, zlib.compress),
    (_from_text, _to_text),
)
