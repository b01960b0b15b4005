"""Zip archives: names in any encoding, archives in archives, and those that are refused."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from extractor.model import ReadError
from extractor.sources import DEFAULT_LIMITS, Limits, is_archive, read_source
from extractor.sources.archives import members
from tests.sources.test_docx import plain_docx

UTF8 = 0x800


def packed(*files: tuple[str, bytes], stored: bool = False) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """The archive with the name replaced byte for byte, the UTF-8 flag off."""
    assert len(old) == len(new)
    return data.replace(old, new)


def named(raw: bytes) -> bytes:
    """An archive with one member of that raw name."""
    place = b"x" * len(raw)
    return renamed(packed((place.decode(), b"text")), place, raw)


NAMES = [
    ("通知.txt".encode("gbk"), "通知.txt"),
    ("关于〔2023〕8号/附件１.txt".encode("gb18030"), "关于〔2023〕8号/附件１.txt"),
    ("通知.txt".encode(), "通知.txt"),
    (b"plain.txt", "plain.txt"),
]


@pytest.mark.parametrize(("raw", "name"), NAMES)
def test_names(raw: bytes, name: str) -> None:
    assert list(members("a.zip", named(raw), DEFAULT_LIMITS)) == [(name, b"text")]


def test_names_with_the_flag() -> None:
    assert list(members("a.zip", packed(("通知.txt", b"1")), DEFAULT_LIMITS)) == [("通知.txt", b"1")]


def test_folders_and_clutter_are_passed_over_and_archives_opened() -> None:
    inner = packed(("乙.txt", b"2"), (".DS_Store", b""), stored=True)
    document = plain_docx()
    data = packed(
        ("甲/", b""),
        ("甲/一.txt", b"1"),
        ("__MACOSX/._一.txt", b"x"),
        ("~$a.doc", b"x"),
        ("内.zip", inner),
        ("三.docx", document),
    )
    assert list(members("a.zip", data, DEFAULT_LIMITS)) == [
        ("甲/一.txt", b"1"),
        ("内.zip/乙.txt", b"2"),
        ("三.docx", document),
    ]


def test_what_is_an_archive() -> None:
    assert is_archive(packed(("a.docx", plain_docx()), stored=True))
    assert is_archive(packed(("a.pdf", b"%PDF-1.7"), stored=True))
    assert not is_archive(plain_docx())
    assert not is_archive(packed(("xl/workbook.xml", b"")))
    assert not is_archive("一、目标".encode())


def nested(depth: int) -> bytes:
    data = b"text"
    for level in range(depth):
        data = packed((f"{level}.zip" if level else "a.txt", data))
    return data


def encrypted() -> bytes:
    data = bytearray(packed(("a.txt", b"text")))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + offset] |= 1
    return bytes(data)


def damaged() -> bytes:
    data = bytearray(packed(("a.txt", b"text" * 100), stored=True))
    data[60] ^= 0xFF
    return bytes(data)


HOSTILE = {
    "cut short": (packed(("a.txt", b"text"))[:-10], "damaged or cut short"),
    "encrypted": (encrypted(), "is encrypted"),
    "damaged member": (damaged(), "is damaged"),
    "path up": (packed(("../../etc/cron.d/x", b"1")), "outside the archive"),
    "absolute path": (packed(("/etc/x", b"1")), "outside the archive"),
    "drive": (packed(("C:/x", b"1")), "outside the archive"),
    "backslashes": (named(b"..\\..\\x.txt"), "outside the archive"),
    "nested": (nested(4), "nested more than 2 deep"),
    "bomb": (packed(("a.txt", bytes(5_000_000))), "grows more than"),
    "bomb in an archive": (packed(("in.zip", packed(("a.txt", bytes(5_000_000))))), "grows more than"),
    "much": (packed(*((f"{i}", b"1" * 1_000_000) for i in range(11))), "more than 10,000,000 bytes"),
    "much in archives": (packed(*((f"{i}.zip", packed(("a", b"1" * 1_000_000))) for i in range(11))), "more than 10,000,000"),
    "many": (packed(*((f"{i}", b"") for i in range(2_001))), "2,001 members"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "problem"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_archive_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(ReadError) as caught:
        for _, content in members("bad.zip", data, Limits(max_unpacked=10_000_000)):
            if isinstance(content, ReadError):
                raise content
    assert caught.value.name.startswith("bad.zip")
    assert problem in caught.value.problem
    assert caught.value.remedy.endswith(".")


def test_a_bad_member_harms_no_other() -> None:
    data = packed(("in.zip", damaged()), ("b.zip", packed(("a.txt", bytes(5_000_000)))), ("c.txt", b"1"))
    limits = Limits(max_bytes=6_000)
    found = list(members("a.zip", data, limits))
    assert [path for path, _ in found] == ["in.zip/a.txt", "b.zip", "c.txt"]
    assert [isinstance(content, ReadError) for _, content in found] == [True, True, False]
    large = packed(("a.txt", bytes(range(250)) * 30), ("b.txt", b"1"))
    found = list(members("a.zip", large, limits))
    assert "7,500 bytes, over the limit" in str(found[0][1])
    assert found[1] == ("b.txt", b"1")


def test_a_directory_without_end_is_not_read() -> None:
    entry = packed(("a", b""))
    at, end = entry.index(b"PK\x01\x02"), entry.index(b"PK\x05\x06")
    data = entry[:at] + entry[at:end] * 50_000
    data += (
        b"PK\x05\x06"
        + bytes(8)
        + (len(data) - at).to_bytes(4, "little")
        + at.to_bytes(4, "little")
        + bytes(2)
    )
    assert is_archive(data)
    with pytest.raises(ReadError, match="50,000 members"):
        list(members("bad.zip", data, DEFAULT_LIMITS))


def test_overlapping_members_are_refused() -> None:
    data = packed(("a", b"1" * 3000), stored=True)
    entry = data[data.index(b"PK\x01\x02") : data.index(b"PK\x05\x06")]
    end = bytearray(data[data.index(b"PK\x05\x06") :])
    start = data.index(b"PK\x01\x02")
    for at, value in ((8, 50), (10, 50)):
        end[at : at + 2] = value.to_bytes(2, "little")
    end[12:16] = (len(entry) * 50).to_bytes(4, "little")
    with pytest.raises(ReadError, match="overlap"):
        list(members("bad.zip", data[:start] + entry * 50 + bytes(end), DEFAULT_LIMITS))


def test_a_lone_archive_is_named_as_one() -> None:
    with pytest.raises(ReadError, match="zip archive"):
        read_source("a.zip", packed(("a.txt", b"1")))
