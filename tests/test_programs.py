"""`.ci/programs`: installs what is missing where it may, names what it could not, and never fails."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / ".ci" / "programs"
ALL = "libreoffice-writer chromium fonts-wqy-zenhei fonts-arphic-gbsn00lp fonts-noto-cjk"
INSTALLS = (
    'for word; do last=$word; done; [ "$last" != chromium ] || : > "${0%/*}/chromium"; chmod +x "${0%/*}/"*'
)


def run(folder: Path, **fakes: str) -> subprocess.CompletedProcess[str]:
    """The script where no program is on the PATH but these, each with its one line of shell."""
    for name in ("sh", "env", "chmod", "true"):
        (folder / name).symlink_to(shutil.which(name) or name)
    for name, line in {"id": "echo 1000", "timeout": 'shift; exec "$@"', **fakes}.items():
        (folder / name).write_text(f"#!/bin/sh\n{line}\n")
        (folder / name).chmod(0o755)
    environment = {"PATH": str(folder), "FONTS": str(folder / "fonts")}
    return subprocess.run(["/bin/sh", SCRIPT], env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("fakes", "said"),
    [
        ({}, f"Left out: tests that need {ALL} (not installed: there is no apt-get).\n"),
        ({"apt-get": ":"}, f"Left out: tests that need {ALL} (not installed: that takes root, or sudo without a password).\n"),
        ({"apt-get": ":", "sudo": "exit 1"}, "sudo without a password).\n"),
        ({"apt-get": "exit 100", "id": "echo 0"}, "(not installed: apt-get could not install it).\n"),
        ({"apt-get": "exit 100", "id": "echo 0", "soffice": ":"}, "need chromium fonts-wqy-zenhei"),
    ],
)  # fmt: skip
def test_what_cannot_be_installed_is_named(tmp_path: Path, fakes: dict[str, str], said: str) -> None:
    done = run(tmp_path, **fakes)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout


@pytest.mark.parametrize("root", [True, False])
def test_what_is_missing_is_installed(tmp_path: Path, root: bool) -> None:
    who = {"id": "echo 0"} if root else {"sudo": 'shift; exec "$@"'}
    done = run(tmp_path, soffice=":", **{"apt-get": INSTALLS}, **who)
    assert done.stdout.startswith("Installing what tests need: chromium fonts-wqy-zenhei")
    assert "Left out: tests that need fonts-wqy-zenhei" in done.stdout
    assert done.returncode == 0


def test_nothing_is_said_where_all_is_there(tmp_path: Path) -> None:
    for font in (
        "truetype/wqy/wqy-zenhei.ttc",
        "truetype/arphic-gbsn00lp/gbsn00lp.ttf",
        "opentype/noto/NotoSerifCJK-Regular.ttc",
    ):
        path = tmp_path / "fonts" / font
        path.parent.mkdir(parents=True)
        path.touch()
    done = run(tmp_path, soffice=":", chromium=":")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
