"""DOC, WPS, RTF and ODT → DOCX by LibreOffice without a window → `Source`.

One process takes a whole batch. It has a profile of its own in a temporary folder, runs no macro, follows no
link and has no way to the network; when its time is over it is killed with all it started.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from extractor.messages import Message
from extractor.model import ReadError, Source
from extractor.sources import Limits, docx
from extractor.sources.docx_package import open_package


class Kind(NamedTuple):
    """A kind of file and the filter that has to read it: left to guess, a damaged file becomes plain text."""

    suffix: str
    filter: str
    media_type: str


DOC = Kind(".doc", "MS Word 97", "application/msword")
ODT = Kind(".odt", "writer8", "application/vnd.oasis.opendocument.text")
RTF = Kind(".rtf", "Rich Text Format", "application/rtf")
PROGRAMS = ("soffice", "libreoffice")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR = 512
WORD_STREAM = b"\xec\xa5"  # how the stream WordDocument of a DOC or WPS file begins ([MS-DOC] 2.5.1)
ENCRYPTED = 0x01  # of the byte at 0x0B of that stream
# In compound files the names of streams stand as UTF-16.
STREAMS = (
    (
        "EncryptedPackage",
        Message("the file is a document that is encrypted."),
        Message("Open it with its password and save it without."),
    ),
    ("Workbook", Message("the file is a spreadsheet."), Message("Save its sheets as a document or as .txt.")),
    (
        "PowerPoint Document",
        Message("the file is a presentation."),
        Message("Save its text as a document or as .txt."),
    ),
)
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{}</oor:items>
"""
SETTING = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'
)
# No macros, no linked pictures or documents; a proxy that is not there, should anything try all the same.
SAFE = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
# Runs its arguments beside a guard, which waits for the end of what it reads, then kills the group of both.
GUARDED = 'exec 3<&0 </dev/null; { cat <&3; kill -9 0; } >/dev/null & exec 3<&-; exec "$@"'


def read(name: str, data: bytes, sha256: str, limits: Limits) -> Source:
    """The lines of one file. Raises ReadError where LibreOffice is absent, fails or takes too long."""
    check(name, data)
    converted = convert([(name, data)], limits)[0]
    package = open_package(name, converted, limits)
    with package.archive:
        return docx.read_package(package, sha256, _kind(data).media_type)


def check(name: str, data: bytes) -> None:
    """Raises ReadError for what LibreOffice need not be asked about: spreadsheets, encrypted documents."""
    if not data.startswith(OLE):
        return
    for stream, what, remedy in STREAMS:
        if stream.encode("utf-16-le") in data:
            raise ReadError(name, what, remedy)
    if "WordDocument".encode("utf-16-le") not in data:
        raise ReadError(
            name, "the file holds no document of Word or WPS, or is cut short.", "Save it again as .docx."
        )
    at = data.find(WORD_STREAM, SECTOR)
    while at > 0 and at % SECTOR:
        at = data.find(WORD_STREAM, at + 1)
    if at > 0 and data[at + 11 : at + 12] and data[at + 11] & ENCRYPTED:
        raise ReadError(name, *STREAMS[0][1:])


def convert(files: Sequence[tuple[str, bytes]], limits: Limits) -> list[bytes]:
    """Each file, named and with its bytes, as DOCX, in order: one process for all. They are of one kind.

    Raises ReadError, naming the first file of which nothing came.
    """
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise ReadError(
            files[0][0],
            "DOC, WPS, RTF and ODT files are read with LibreOffice, which is not installed.",
            "Install libreoffice-writer so that `soffice` is on the PATH, or save the file as .docx.",
        )
    with TemporaryDirectory(prefix="extractor-office-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        inputs = [home / f"{number}{_kind(data).suffix}" for number, (_, data) in enumerate(files)]
        for path, (_, data) in zip(inputs, files, strict=True):
            path.write_bytes(data)
        _write_profile(home / "profile")
        out = home / "out"
        ended = _run(_command(program, home, out, inputs, _kind(files[0][1])), home, limits.max_seconds)
        return list(_results(files, inputs, out, ended, limits))


def _results(
    files: Sequence[tuple[str, bytes]], inputs: Sequence[Path], out: Path, ended: bool, limits: Limits
) -> Iterator[bytes]:
    for (name, _), path in zip(files, inputs, strict=True):
        made = out / f"{path.stem}.docx"
        if not made.is_file():
            problem = "LibreOffice took over {most:g} seconds."
            if ended:
                problem = "LibreOffice cannot read it."
            remedy = "Open it in the program that made it and save it as .docx."
            raise ReadError(name, problem, remedy, most=limits.max_seconds)
        if made.stat().st_size > limits.max_bytes:
            raise ReadError(name, "the document is over the limit of bytes.", "Split it, or raise the limit.")
        yield made.read_bytes()


def _kind(data: bytes) -> Kind:
    return DOC if data.startswith(OLE) else ODT if data.startswith(b"PK") else RTF


def _write_profile(profile: Path) -> None:
    user = profile / "user"
    user.mkdir(parents=True)
    settings = "".join(SETTING.format(*setting) for setting in SAFE)
    (user / "registrymodifications.xcu").write_text(SETTINGS.format(settings), "utf-8")


def _command(program: str, home: Path, out: Path, inputs: Sequence[Path], kind: Kind) -> list[str]:
    return [
        program, "--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        f"--infilter={kind.filter}", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out),
        *map(str, inputs),
    ]  # fmt: skip


def _run(command: Sequence[str], home: Path, seconds: float) -> bool:
    """Run it in a session of its own; whether it ended in time. Past that it is killed with its children.

    It is killed likewise where this process dies, however it dies: that is the end of what the guard reads.
    """
    environment = {
        "PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "TMPDIR": str(home),
        "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp",
        "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9",
    }  # fmt: skip
    with subprocess.Popen(
        ("/bin/sh", "-c", GUARDED, "guard", *command), cwd=home, env=environment, stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            process.wait(seconds)
            return True
        except subprocess.TimeoutExpired:
            return False
        finally:
            _kill(process.pid)


def _kill(group: int) -> None:
    """What is left of the session: none, after a good end."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
