"""docs/deploy/: the image and the service are made of what is there, and run as nobody in particular."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from extractor.cli import main
from tests.docs.shell import PROJECT, TOP

FOLDER = TOP / "docs" / "deploy"
PAGE = (TOP / "docs" / "deploy.md").read_text("utf-8")
# What the image may take from the checkout: what a wheel is made of, and the lock.
BUILT_OF = {"requirements.txt", "pyproject.toml", "README.md", "LICENSE", "extractor"}


def instructions() -> list[tuple[str, str]]:
    """Each instruction of the Dockerfile, lines that go on joined, comments left out."""
    text = re.sub(r"^#.*\n", "", (FOLDER / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    lines = filter(None, text.replace("\\\n", " ").splitlines())
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    begins = max(at for at, (word, _) in enumerate(found) if word == "FROM")
    return found[begins:]


def service() -> configparser.SectionProxy:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(FOLDER / "extractor.service", "utf-8")
    return unit["Service"]


def test_the_image_is_made_of_files_that_are_there_and_go_to_the_builder() -> None:
    copied = [rest.split() for word, rest in instructions() if word == "COPY" and "--from" not in rest]
    sources = {source for *names, _ in copied for source in names}
    assert sources == BUILT_OF and all((TOP / source).exists() for source in sources)
    ignored = (FOLDER / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignored and {line[1:] for line in ignored if line.startswith("!")} == BUILT_OF


def test_the_libraries_of_the_image_and_the_service_are_those_of_the_lock() -> None:
    ran = [rest for word, rest in instructions() if word == "RUN"]
    for steps in (" ".join(ran), PAGE.partition("## systemd")[2]):
        installs = re.findall(r"pip install ((?:-\S+ |requirements\.txt ?)*\.?)", steps)
        assert [sorted(set(words.split()) - {"--no-cache-dir"}) for words in installs] == [
            ["--require-hashes", "-r", "requirements.txt"], ["--no-deps", "."],
        ]  # fmt: skip


def test_the_image_has_the_python_that_the_program_asks_for() -> None:
    versions = {
        tuple(map(int, re.findall(r"python:(\d+)\.(\d+)", rest)[0]))
        for word, rest in instructions()
        if word == "FROM"
    }
    least = tuple(map(int, re.findall(r"\d+", PROJECT["requires-python"])))
    assert len(versions) == 1 and versions.pop() >= least


def test_the_image_runs_as_a_user_that_it_made_and_is_not_root() -> None:
    stage = last_stage()
    (user,) = (rest for word, rest in stage if word == "USER")
    (made,) = (rest for word, rest in stage if word == "RUN")
    assert user.isdigit() and user != "0" and f"--uid {user}" in made
    words = [word for word, _ in stage]
    assert words.index("USER") < words.index("ENTRYPOINT")


def test_what_the_image_runs_is_a_command_of_the_program() -> None:
    stage = dict(last_stage())
    (name, *words) = json.loads(stage["ENTRYPOINT"]) + json.loads(stage["CMD"])
    assert name in PROJECT["scripts"]
    options = understood(words)
    assert (options["host"], options["port"]) == ("0.0.0.0", int(stage["EXPOSE"]))
    health = json.loads(stage["HEALTHCHECK"].partition("CMD ")[2])
    compile(health[2], "HEALTHCHECK", "exec")
    assert health[:2] == ["python", "-c"] and f"127.0.0.1:{stage['EXPOSE']}/" in health[2]


def test_what_the_service_runs_is_a_command_of_the_program_for_this_machine_alone() -> None:
    program, *words = shlex.split(service()["ExecStart"])
    assert program == "/opt/extractor/bin/extractor" and "/opt/extractor/bin/pip" in PAGE
    assert understood(words)["host"] == "127.0.0.1"
    assert words[1].startswith(service()["BindReadOnlyPaths"] + "/") and words[1] in PAGE


def understood(words: list[str]) -> dict[str, object]:
    """What click makes of the words after `extractor`; the databases need not be there."""
    command = main.commands[words[0]]
    context = click.Context(command, info_name=words[0])
    options, _, _ = command.make_parser(context).parse_args(words[1:])
    defaults = {param.name: param.get_default(context) for param in command.params}
    typed = {param.name: param.type for param in command.params}
    return {
        name: typed[name].convert(options.get(name, defaults[name]), None, context)
        for name in ("host", "port")
    }


def test_the_service_has_neither_rights_nor_places_to_write() -> None:
    held = service()
    assert (held["DynamicUser"], held["ProtectSystem"], held["NoNewPrivileges"]) == ("yes", "strict", "yes")
    assert held["CapabilityBoundingSet"] == "" and not any(name.startswith("ReadWrite") for name in held)
    assert (held["IPAddressDeny"], held["IPAddressAllow"]) == ("any", "localhost")


def test_systemd_finds_nothing_wrong_with_the_service(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    unit = (FOLDER / "extractor.service").read_text("utf-8")
    copy = tmp_path / "extractor.service"
    copy.write_text(unit.replace("/opt/extractor/bin/extractor", "/bin/true"), "utf-8")
    checked = subprocess.run(("systemd-analyze", "verify", copy), capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")
    words = ("systemd-analyze", "security", "--offline=true", "--threshold=20", copy)  # 2.0 of 10
    assert subprocess.run(words, capture_output=True).returncode == 0
