"""Known vulnerabilities, licences and the wheel: `make audit`. Status 1 where one of them is not as it should be.

Vulnerabilities that could not be asked about are no good news: they fail too, unless `--offline` says that
this machine has no way to the advisory database.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.audit.licences import licences
from tests.audit.locked import LOCKS, packages
from tests.audit.vulnerabilities import understand
from tests.audit.wheels import build, digest


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument("--tools", type=Path, required=True, help="folder with pip-audit and pip-licenses")
    parser.add_argument("--offline", action="store_true", help="accept that nobody could be asked")
    asked = parser.parse_args()
    problems = [
        *_vulnerabilities(asked.tools, offline=asked.offline),
        *_licences(asked.tools),
        *_wheel(),
    ]
    for problem in problems:
        print(f"FAILED: {problem}")
    return 1 if problems else 0


def _vulnerabilities(tools: Path, *, offline: bool) -> Iterator[str]:
    wanted = packages(*LOCKS)
    locks = [word for lock in LOCKS for word in ("-r", str(lock))]
    options = ("--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off")
    done = subprocess.run((str(tools / "pip-audit"), *locks, *options), capture_output=True, text=True)
    answer = understand(wanted, done.stdout, done.stderr)
    print(f"vulnerabilities: {len(wanted) - len(answer.unasked)} of {len(wanted)} packages asked about, "
          f"{len(answer.known)} known")  # fmt: skip
    for each in answer.known:
        mended = f", mended in {', '.join(each.mended_in)}" if each.mended_in else ""
        yield f"{each.package.name} {each.package.version} has {each.id}{mended}"
    if answer.unasked:
        words = (
            f"the advisory database could not be asked about {len(answer.unasked)} packages ({answer.reason})"
        )
        print(f"NOT ASKED: {words}. Nothing is known of their vulnerabilities.")
        if not offline:
            yield f"{words}. Run it where pypi.org answers, or accept that with OFFLINE=1."


def _licences(tools: Path) -> Iterator[str]:
    words = (
        str(tools / "pip-licenses"),
        f"--python={sys.executable}",
        "--from=all",
        "--format=json",
        "--with-system",
    )
    rows = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    found = licences(packages(*LOCKS), rows)
    for each in found:
        note = "" if each.verdict == "permitted" else f"  [{each.verdict}]"
        print(f"  {each.package.name:28}{each.package.version:18}{' '.join(each.words.split())[:80]}{note}")
    counts = Counter(each.verdict for each in found)
    absent = ", ".join(each.package.name for each in found if each.verdict == "absent")
    print(f"licences: {counts['permitted']} of {len(found)} allow any use"
          + (f"; not installed on this system, so not read: {absent}" if absent else ""))  # fmt: skip
    for each in found:
        if each.verdict in ("refused", "unknown"):
            yield f"the licence of {each.package.name} is {each.verdict}: {each.words or 'not stated'}"


def _wheel() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        first, second = (build(Path(folder) / str(hours), hours=hours) for hours in (0, 9))
        hashes = [digest(wheel) for wheel in (first, second)]
        print(
            f"wheel: {first.name} sha256 {hashes[0]}" + (", the same twice" if len(set(hashes)) == 1 else "")
        )
    if len(set(hashes)) > 1:
        yield f"two builds of the wheel differ: {hashes[0]} and {hashes[1]}"


if __name__ == "__main__":
    sys.exit(main())
