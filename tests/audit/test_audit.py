"""`make audit`: no silence taken for safety, no licence that nobody has read, one wheel from one source."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.audit import __main__ as audit
from tests.audit.licences import Licence, judge, licences
from tests.audit.locked import LOCKS, Package, packages
from tests.audit.vulnerabilities import Answer, Known, understand
from tests.audit.wheels import build, digest

A, B = Package("aa", "1.0"), Package("bb-c", "2.0")
UNSURE = {"name": "aa", "skip_reason": "Dependency not found on PyPI"}


def answered(*rows: object) -> str:
    return json.dumps({"dependencies": rows, "fixes": []})


@pytest.mark.parametrize(
    ("output", "complaint", "answer"),
    [
        (answered({"name": "aa", "version": "1.0", "vulns": []}, {"name": "BB_c", "version": "2.0", "vulns": []}), "", Answer((), ())),
        (answered({"name": "aa", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}, {"name": "bb-c", "vulns": []}), "", Answer((Known(A, "PYSEC-1", ("1.1",)),), ())),
        (answered(UNSURE, {"name": "bb-c", "vulns": []}), "No known vulnerabilities found", Answer((), (A,), "Dependency not found on PyPI")),
        (answered({"name": "aa", "vulns": []}), "", Answer((), (B,), "")),
        ("", "Traceback …\nConnectionError: no such host\n", Answer((), (A, B), "ConnectionError: no such host")),
        ("[]", "", Answer((), (A, B), "pip-audit gave no answer")),
    ],
)  # fmt: skip
def test_a_package_that_was_not_asked_about_is_named(output: str, complaint: str, answer: Answer) -> None:
    assert understand((A, B), output, complaint) == answer


def tools(folder: Path, answer: str) -> Path:
    """A pip-audit that says `answer`."""
    (folder / "answer").write_text(answer)
    (folder / "pip-audit").write_text(f'#!/bin/sh\ncat "{folder}/answer"\n')
    (folder / "pip-audit").chmod(0o755)
    return folder


def test_nobody_to_ask_is_said_and_fails_unless_that_is_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (only,) = audit._vulnerabilities(tools(tmp_path, answered(UNSURE)), offline=False)
    assert "could not be asked" in only
    assert list(audit._vulnerabilities(tools(tmp_path, ""), offline=True)) == []
    assert capsys.readouterr().out.count("NOT ASKED") == 2


def test_a_known_vulnerability_fails_offline_too(tmp_path: Path) -> None:
    rows = [{"name": package.name, "vulns": []} for package in packages(*LOCKS)]
    rows[0]["vulns"] = [{"id": "PYSEC-9", "fix_versions": []}]
    (only,) = audit._vulnerabilities(tools(tmp_path, answered(*rows)), offline=True)
    assert only.endswith("has PYSEC-9")


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("MIT", "permitted"), ("mit license", "permitted"), ("Apache License, Version 2.0", "permitted"),
        ("BSD-3-Clause AND 0BSD AND MIT", "permitted"), ("MIT; BSD License", "permitted"),
        ("Apache-2.0 OR GPL-3.0-only", "permitted"), ("(MIT) AND (Zlib)", "permitted"),
        ("AGPL-3.0-only", "refused"), ("GNU Affero General Public License v3", "refused"), ("MIT AND AGPL-3.0-or-later", "refused"),
        ("AGPL-3.0 OR Commercial", "refused"), ("GPLv3", "refused"), ("Dual Licensed - GNU AFFERO GPL 3.0 or Artifex Commercial License", "refused"),
        ("UNKNOWN", "unknown"), ("", "unknown"), ("see LICENSE", "unknown"), ("MIT AND Foo-1.0", "unknown"),
    ],
)  # fmt: skip
def test_what_a_licence_means(words: str, verdict: str) -> None:
    assert judge(words) == verdict


def test_the_most_exact_words_count_and_a_reading_holds_for_the_words_that_were_read() -> None:
    row = {
        "Name": "Aa",
        "License-Expression": "UNKNOWN",
        "License-Classifier": "MIT License",
        "License-Metadata": "odd",
    }
    said = "BSD-3-Clause, Apache-2.0, dependency licenses"
    pdfium = Package("pypdfium2", "5")
    other = {"Name": "pypdfium2", "License-Metadata": f"{said} and others"}
    assert licences((A,), [row]) == (Licence(A, "MIT License", "permitted"),)
    assert licences((A,), []) == (Licence(A, "", "absent"),)
    assert licences((pdfium,), [{**other, "License-Metadata": said}]) == (Licence(pdfium, said, "permitted"),)
    assert licences((pdfium,), [other])[0].verdict == "unknown"


def test_the_lock_files_are_read_whole() -> None:
    for lock in LOCKS:
        pinned = [
            line for line in lock.read_text("utf-8").splitlines() if "==" in line and not line.startswith(" ")
        ]
        assert len(packages(lock)) == len(pinned) > 50
    assert Package("pdfplumber", dict(packages(LOCKS[0]))["pdfplumber"]) in packages(*LOCKS)


def test_the_wheel_is_the_same_twice_and_another_of_other_words(tmp_path: Path) -> None:
    """Built in two places of files of different age; then with a word changed."""
    first, second = build(tmp_path / "a"), build(tmp_path / "b", hours=9)
    assert digest(first) == digest(second)
    words = tmp_path / "b" / "tree" / "extractor" / "lexicon" / "words.toml"
    words.write_text(words.read_text("utf-8") + "# another\n", "utf-8")
    assert digest(build(tmp_path / "c", program=tmp_path / "b" / "tree")) != digest(first)
    with zipfile.ZipFile(first) as archive:
        names = archive.namelist()
    assert not [name for name in names if name.startswith(("tests/", "corpora/")) or name.endswith(".pyc")]
    assert {"extractor/contract.toml", "extractor/py.typed", "extractor/report/report.html"} <= set(names)
