"""DOC, WPS, RTF, ODT: through LibreOffice, within its time, with what it starts; and without it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor.model import ReadError
from extractor.sources import DEFAULT_LIMITS, Limits, read_source
from extractor.sources.office import OLE, convert

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"
)


def rtf(shape: str) -> bytes:
    """As Word writes it: text in GBK, a list that counts 一、 二、"""
    head = r"{\rtf1\ansi\ansicpg936\deff0\uc1{\fonttbl{\f0\fnil\fcharset134 SimSun;}}"
    levels = (
        r"{\*\listtable{\list\listtemplateid1\listsimple1{\listlevel\levelnfc37\leveljc0\levelfollow2\levelstartat1{\leveltext "
        + shape
        + r";}{\levelnumbers\'01;}\f0}\listid1}}{\*\listoverridetable{\listoverride\listid1\listoverridecount0\ls1}}"
    )

    def gbk(words: str) -> str:
        return "".join(f"\\'{byte:02x}" for byte in words.encode("gbk"))

    items = "".join(rf"\pard\plain\ls1\ilvl0\f0 {gbk(words)}\par" for words in ("总体要求", "重点任务"))
    return (head + levels + rf"\pard\plain\f0 {gbk('关于促进就业的通知')}\par" + items + "}").encode("ascii")


@needs_office
@pytest.mark.parametrize("shape", [r"\'02\'00\'a1\'a2", r"\'02\'00\u12289\'a1\'a2"])
def test_rtf_with_automatic_numbers(shape: str) -> None:
    source = read_source("notice.doc", rtf(shape))
    assert [line.text for line in source.lines] == ["关于促进就业的通知", "一、总体要求", "二、重点任务"]
    assert (source.media_type, source.wrapped) == ("application/rtf", False)


@needs_office
def test_a_batch_is_one_process_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made = convert([("a", rtf(r"\'00")), ("b", rtf(r"\'00"))], DEFAULT_LIMITS)
    assert [data[:2] for data in made] == [b"PK", b"PK"]
    assert list(tmp_path.iterdir()) == []


@needs_office
def test_a_damaged_document() -> None:
    with pytest.raises(ReadError, match="cannot read it"):
        read_source("bad.doc", stream("WordDocument") + b"\x00\xff" * 5000)


def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match="not installed") as caught:
        read_source("notice.rtf", rtf(r"\'00"))
    assert "libreoffice" in caught.value.remedy


def test_what_takes_too_long_is_killed_with_its_children(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {tmp_path}/child\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(ReadError, match="took over 1 seconds"):
        read_source("notice.rtf", rtf(r"\'00"), limits=Limits(max_seconds=1))
    child = int((tmp_path / "child").read_text())
    assert _ends(child)


def test_it_ends_with_the_process_that_began_it(tmp_path: Path) -> None:
    """However that dies: the system may kill it for its memory."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {tmp_path}/child\nwait\n")
    program.chmod(0o755)
    code = "from extractor.sources import read_source; read_source('a.rtf', b'{\\\\rtf1 x}')"
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    with subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PATH": path}) as process:
        for _ in range(200):
            if (tmp_path / "child").exists() and (tmp_path / "child").read_text().strip():
                break
            time.sleep(0.05)
        child = int((tmp_path / "child").read_text())
        assert not _ends(child, tries=1)
        process.kill()
    assert _ends(child)


def _ends(process: int, tries: int = 50) -> bool:
    """Whether the process is gone (or a zombie that nobody waits for) within a moment."""
    for _ in range(tries):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def stream(name: str) -> bytes:
    return OLE + bytes(504) + name.encode("utf-16-le")


def locked() -> bytes:
    word = bytearray(512)
    word[:2], word[11] = b"\xec\xa5", 0x01
    return stream("WordDocument") + bytes(512 - 24) + bytes(word)


REFUSED = {
    "encrypted DOCX": (stream("EncryptedPackage"), "encrypted"),
    "encrypted DOC": (locked(), "encrypted"),
    "no document": (stream("MatOST"), "no document of Word"),
    "XLS": (stream("Workbook"), "spreadsheet"),
    "PPT": (stream("PowerPoint Document"), "presentation"),
}


@pytest.mark.parametrize(("data", "problem"), REFUSED.values(), ids=REFUSED)
def test_what_libreoffice_is_not_asked_about(data: bytes, problem: str) -> None:
    with pytest.raises(ReadError, match=problem) as caught:
        read_source("notice.doc", data)
    assert caught.value.remedy.endswith(".")
