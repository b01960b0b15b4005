"""Encodings and bad files: what is read, and the message for what is not."""

from __future__ import annotations

import pytest

from extractor.model import ReadError
from extractor.sources import Limits, read_source

NOTICE = "某某市人民政府关于促进就业的通知\n各县（区）人民政府：\n一、总体要求\n坚持就业优先，到2025年新增就业10万人。\n"
TRADITIONAL = "某某市人民政府關於促進就業的通知\n一、總體要求\n堅持就業優先，到2025年新增就業10萬人。\n"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(encoding: str) -> None:
    source = read_source("notice.txt", NOTICE.encode(encoding))
    assert "\n".join(line.text for line in source.lines) == NOTICE


def test_big5() -> None:
    source = read_source("notice.txt", TRADITIONAL.encode("big5"))
    assert "\n".join(line.text for line in source.lines) == TRADITIONAL


@pytest.mark.parametrize("end", ["\r\n", "\r", "\f", "\v"])
def test_line_ends(end: str) -> None:
    assert [line.text for line in read_source("a.txt", f"甲{end}乙".encode()).lines] == ["甲", "乙"]


BAD = {
    "empty": (b"", "empty"),
    "only white space": (b"\xef\xbb\xbf \r\n\t", "empty"),
    "binary": (bytes(range(256)) * 4, "NUL"),
    "NUL bytes in text": ("甲乙丙\x00丁".encode(), "NUL"),
    "control characters": ("甲乙丙\x01丁".encode(), "U+0001"),
    "mixed encodings": ("总体要求和主要目标\n".encode() + "总体要求和主要目标\n".encode("gbk"), "mixed"),
    "a PDF named .txt": (b"%PDF-1.7\n", "damaged or cut short"),
    "a long line": ("甲".encode() * 300, "line 1 has 300 characters"),
    "too large": ("甲\n".encode() * 2000, "over the limit"),
    "noise": (b"\xff\xfe\xfd\x81\x20\x81\xff", "not"),
}


@pytest.mark.parametrize(("data", "problem"), BAD.values(), ids=BAD)
def test_a_bad_file_is_named_with_place_and_remedy(data: bytes, problem: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_source("bad.txt", data, limits=Limits(max_bytes=5000, max_line=200))
    assert caught.value.name == "bad.txt"
    assert problem in caught.value.problem
    assert caught.value.remedy.endswith(".")


def test_headings_of_markdown_are_kept_as_outline() -> None:
    lines = read_source("a.md", "## 一、目标\n正文".encode()).lines
    assert [(line.text, line.outline) for line in lines] == [("一、目标", 2), ("正文", None)]
