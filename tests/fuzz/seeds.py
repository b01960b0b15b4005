"""Small sound files of each format to begin from. What takes a program that is missing is left out."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from _pytest.outcomes import Skipped

from extractor.model import Text
from extractor.pipeline import read_bytes
from tests.sources.making import docx_of, html_of
from tests.sources.test_office import rtf

CORPORA = Path(__file__).parents[2] / "corpora"
WORDS = """云岭市人民政府办公室文件
云政办发〔2023〕8号
云岭市人民政府办公室关于印发云岭市养老服务提升实施方案的通知
各县（区）人民政府，市直有关单位：
为贯彻落实《国务院关于加强养老服务的意见》（国发〔2022〕5号），制定本方案。
一、主要目标
到2026年，全市护理型床位占比达到60%以上，孕产妇死亡率控制在8/10万以下，新增托位1.5万个。
二、重点任务
（一）增加床位。对新建的养老机构，按每张床位给予一次性建设补助5000元，最高50万元。（牵头单位：市民政局；配合单位：市财政局、发展改革委）
（二）落实假期。一是增加婚假十五日；二是每年给予父母各10天育儿假；三是贷款期限最长3年。
1.定期检查。2025年底前，由市卫健委牵头，完成3所机构改造。
联系人：张三，电话13812345678
"""
TABLE = """| 序号 | 任务 | 责任单位 | 完成时限 |
|---|---|---|---|
| 1 | 新增床位300张 | 市民政局牵头，市财政局配合 | 2025年底前 |
| 2 | 发放补贴每人每月100元 | 市民政局 | 长期 |
"""
CLOSING = "本方案自印发之日起施行，有效期三年。\n附件：重点任务分工清单\n云岭市人民政府办公室\n2023年10月16日\n附件\n重点任务分工清单\n"
NOTICE = WORDS + CLOSING + TABLE
FEW = "一、主要目标\n到2026年，全市护理型床位占比达到60%以上。\n（一）增加床位。每张床位补助5000元。\n二、附则\n"
SHORT = "".join(WORDS.splitlines(keepends=True)[2:9])
TABLED = "附件\n重点任务分工清单\n一、任务\n" + TABLE


def seeds(kind: str) -> tuple[bytes, ...]:
    """The files to begin from. Raises LookupError where none can be made here."""
    found = tuple(SEEDS[kind]())
    if not found:
        raise LookupError(f"no file of the kind {kind} can be made here: a program or a library is missing")
    return found


def _text(words: str = NOTICE) -> Text:
    return read_bytes("a.md", words.encode()).text


def _plain() -> Iterator[bytes]:
    yield NOTICE.encode()
    yield NOTICE.encode("gb18030")
    yield NOTICE.encode("utf-16")
    yield NOTICE.replace("\n", "\n\n　　").encode()
    wrapped = "\n".join(
        line[at : at + 28] for line in WORDS.split("\n") for at in range(0, max(len(line), 1), 28)
    )
    yield wrapped.encode()
    yield "會議通知：各單位應當依照規定辦理。\n一、目標\n二、措施\n".encode("big5")
    yield (CORPORA / "xinjian.txt").read_bytes()


def _html() -> Iterator[bytes]:
    text = _text()
    yield html_of(text)
    yield html_of(text, box="box", charset="gb18030")
    yield html_of(text, breaks=True)
    head = b'From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"; type="text/html"\r\n\r\n'
    part = b"--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    yield head + part + html_of(text) + b"\r\n--x--\r\n"


def _docx() -> Iterator[bytes]:
    yield docx_of(_text())
    yield docx_of(_text(), numbered=False)


def _pdf() -> Iterator[bytes]:
    from tests.makers.reportlab_pdf import pdf_of

    for face in ("STSong-Light", "wqy"):
        try:
            yield pdf_of(_text(SHORT), face=face)
            yield pdf_of(_text(TABLED), face=face)
        except Skipped:
            continue


def _ofd() -> Iterator[bytes]:
    from tests.makers.ofd_writer import ofd_of

    yield ofd_of(_text())


def _scan() -> Iterator[bytes]:
    """A few lines as a picture in each form; a large one would take its time to be recognised."""
    from PIL import Image

    from tests.makers.reportlab_pdf import pdf_of
    from tests.makers.scanned import pages_of

    page = pages_of(pdf_of(_text(FEW), face="STSong-Light"), dpi=110)[0]
    picture = page.crop((100, 110, 820, 420))
    for form in ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"):
        stream = BytesIO()
        picture.convert("P" if form == "GIF" else "RGB").save(stream, form)
        yield stream.getvalue()
    stream = BytesIO()
    picture.convert("L").point(lambda value: 255 * (value > 128)).convert("1").save(
        stream, "TIFF", compression="group4"
    )
    yield stream.getvalue()
    stream = BytesIO()
    Image.new("RGB", picture.size, "white").save(
        stream, "PDF", save_all=True, append_images=[picture], resolution=100
    )
    yield stream.getvalue()


def _office() -> Iterator[bytes]:
    yield rtf(r"\'02\'00\'a1\'a2")
    program = shutil.which("soffice")
    if program is None:
        return
    with TemporaryDirectory() as folder:
        (Path(folder) / "a.docx").write_bytes(docx_of(_text()))
        for suffix in ("doc", "odt", "rtf"):
            words = (
                program,
                "--headless",
                f"-env:UserInstallation=file://{folder}/profile",
                "--convert-to",
                suffix,
                "--outdir",
                folder,
                f"{folder}/a.docx",
            )
            subprocess.run(words, capture_output=True, timeout=180)
            made = Path(folder) / f"a.{suffix}"
            if made.exists():
                yield made.read_bytes()


def _archives() -> Iterator[bytes]:
    inner = _zip({"内层/通知.txt": NOTICE.encode("gb18030")})
    yield _zip(
        {
            "2023/通知.txt": NOTICE.encode(),
            "页面.html": html_of(_text()),
            "更多.zip": inner,
            "__MACOSX/._a": b"x",
        }
    )
    yield _zip({"方案.docx": docx_of(_text()), "a.txt": WORDS.encode("utf-16")})


def _zip(files: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


SEEDS: Mapping[str, Callable[[], Iterator[bytes]]] = {
    "plain": _plain, "html": _html, "docx": _docx, "pdf": _pdf, "ofd": _ofd, "scan": _scan, "office": _office, "archives": _archives,
}  # fmt: skip
