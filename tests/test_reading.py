"""What an engine runs is loaded where it runs: who leads workers reads nothing, and who reads opens no database."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from extractor import pipeline
from extractor.reading import read_bytes
from extractor.sources import DEFAULT_LIMITS

NOTICE = "关于做好托育工作的通知\n一、由市教育局负责。\n".encode()


def test_a_reader_by_its_name_is_the_function_itself_in_another_process() -> None:
    assert pickle.loads(pickle.dumps(read_bytes)) is pipeline.read_bytes
    assert read_bytes("a.txt", NOTICE, limits=DEFAULT_LIMITS) == pipeline.read_bytes("a.txt", NOTICE)


@pytest.mark.parametrize(
    ("module", "absent"),
    [("extractor.reading", "sqlite_utils"), ("extractor.reading", "extractor.pipeline"),
     ("extractor.engine", "extractor.pipeline"), ("extractor.records", "sqlite_utils")],
)  # fmt: skip
def test_what_is_not_needed_is_not_loaded(module: str, absent: str) -> None:
    words = f"import sys, {module}; print({absent!r} in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
