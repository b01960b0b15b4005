"""The fuzz programs do what they say; and every file that once broke a reader is read or refused."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.sources import DEFAULT_LIMITS
from extractor.workers import Problem
from tests.fuzz.__main__ import FOUND, Tally, changed
from tests.fuzz.found import fault_of, smaller
from tests.fuzz.looking import Looked, look
from tests.fuzz.mutate import MOST, mutated
from tests.fuzz.seeds import SEEDS, seeds

QUICK = (
    "plain",
    "html",
    "docx",
    "pdf",
    "ofd",
    "archives",
)  # tried here a little; scan and office take their time
REPORT = ". Please report this with the file."


# Libraries warn of what they make of a damaged file; a worker lets nobody hear it.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", sorted(FOUND.glob("*-*")), ids=lambda path: path.name)
def test_what_once_broke_a_reader_is_read_or_refused(path: Path) -> None:
    assert look(path.name, path.read_bytes(), limits=DEFAULT_LIMITS)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", QUICK)
def test_samples_are_sound_and_their_changes_do_no_harm(kind: str) -> None:
    samples = seeds(kind)
    for sample in samples:
        assert look(f"{kind}-0", sample, limits=DEFAULT_LIMITS).read
    for at in range(1, 16):
        assert look(f"{kind}-1", changed(samples, 5, at), limits=DEFAULT_LIMITS)


@pytest.mark.parametrize("kind", QUICK)
def test_the_same_input_again_is_the_same_and_others_are_others(kind: str) -> None:
    samples = seeds(kind)
    made = [changed(samples, 1, at) for at in range(30)]
    assert made == [changed(samples, 1, at) for at in range(30)]
    assert len(set(made)) > 25 and made[0] != changed(samples, 2, 0)
    assert all(len(data) <= 2 * MOST for data in made)


def test_packed_files_are_changed_inside_and_packed_soundly() -> None:
    (sample, *_) = seeds("docx")
    with zipfile.ZipFile(BytesIO(sample)) as archive:
        before = {name: archive.read(name) for name in archive.namelist()}
    sound = other = 0
    for at in range(40):
        data = mutated(Random(at), sample, [sample])
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                assert archive.testzip() is None
                other += any(archive.read(name) != before.get(name) for name in archive.namelist())
            sound += 1
        except (zipfile.BadZipFile, zlib.error, AssertionError, NotImplementedError, OSError, ValueError):
            continue
    assert sound > 20 and other > 15


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the file is empty. Save it again.", None),
        (f"the program failed on it (KeyError in pdf.py line 12: 'a'){REPORT}", "KeyError in pdf.py line 12"),
        (
            "the process that read it died (SIGSEGV). Repair the file, or raise --max-memory.",
            "died (SIGSEGV)",
        ),
        ("the process that read it stopped by itself. Repair the file.", "stopped by itself"),
        ("reading it takes more than 20 seconds. Split it, or raise --timeout.", "slow"),
        ("reading it takes more than 4,096 MB of memory. Split it, or raise --max-memory.", "memory"),
        (
            f"the program failed on it (Broken in looking.py line 73: a-2023-8 targets a-2023-8.1_t3: value_high 60 is less than value 1.5){REPORT}",
            "Broken: … targets … value_high … is less than value …",
        ),
    ],
)
def test_a_fault_has_one_name(words: str, name: str | None) -> None:
    assert fault_of(Problem(words)) == name
    assert fault_of(Looked(1, 0, 0.1)) is None


def test_inputs_and_faults_are_counted() -> None:
    tally, broken = Tally(), Problem(f"the program failed on it (KeyError in a.py line 1: x){REPORT}")
    assert tally.add(Looked(1, 0, 30.0), 20) is None
    assert tally.add(Problem("the file is empty."), 20) is None
    assert [tally.add(broken, 20), tally.add(broken, 20)] == ["KeyError in a.py line 1", None]
    assert (tally.inputs, tally.read, tally.refused, tally.seconds) == (4, 1, 1, 90.0)
    assert tally.faults == {"KeyError in a.py line 1": 2}


@given(st.binary(min_size=1, max_size=60), st.binary(min_size=1, max_size=3))
def test_what_is_made_small_still_fails(data: bytes, needed: bytes) -> None:
    whole = data + needed + data
    found = smaller(whole, lambda less: needed in less, tries=2000)
    assert needed in found and len(found) <= len(whole)
    assert len(found) <= 2 * len(needed)


def test_a_look_leaves_recognition_as_it_was() -> None:
    engine = pytest.importorskip("extractor.sources.scan_engine")
    before = engine.lines_on
    look("scan-1", seeds("scan")[0][:200], limits=DEFAULT_LIMITS)  # a picture that is cut short
    assert engine.lines_on is before


def test_each_reader_has_samples() -> None:
    assert set(SEEDS) == {*QUICK, "scan", "office"}
