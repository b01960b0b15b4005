"""`extractor serve --review`: who may review, and what the processes of the site are told of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.cli import main
from extractor.serving import REVIEW, SECRET, Review, command, environment, is_loopback
from extractor.site.review import gate
from tests.stored import built, notice

PRIVATE = "联系人：王小明，电话13800138000。"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("review"), [notice()])


def run(*words: object) -> Result:
    return CliRunner().invoke(main, list(map(str, words)))


@pytest.mark.parametrize(
    ("words", "host", "review", "token"),
    [
        ([], "127.0.0.1", False, ""),
        (["--host", "0.0.0.0"], "0.0.0.0", False, ""),
        (["--review"], "127.0.0.1", True, ""),
        (["--review", "--host", "::1"], "::1", True, ""),
        (["--review", "--token", "a token of review"], "127.0.0.1", True, "a token of review"),
        (["--review", "--host", "0.0.0.0"], "0.0.0.0", True, None),
        (["--review", "--host", "office.example"], "office.example", True, None),
    ],
)
def test_review_is_on_when_asked_for_and_elsewhere_only_with_a_token(
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    host: str,
    review: bool,
    token: str | None,
) -> None:
    begun: list[dict[str, object]] = []
    monkeypatch.setattr("extractor.serving.is_free", lambda *_: True)
    monkeypatch.setattr("extractor.serving.serve", lambda databases, **how: begun.append(how))
    result = run("serve", database, *words)
    assert result.exit_code == 0 and result.stdout == ""
    (how,) = begun
    assert (how["host"], how["review"] is not None) == (host, review)
    if isinstance(how["review"], Review):
        assert how["review"].corrections == database.parent / "corrections.db"
        made = re.findall(r"^token for review: (\S{32})$", result.stderr, re.MULTILINE)
        assert how["review"].token == (token if token is not None else made[0]) and bool(made) == (
            token is None
        )
    else:
        assert "token" not in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--token", "a token of review"], "are of use with --review alone"),
        (["--corrections", "c.db"], "are of use with --review alone"),
        (["--review", "--token", "short"], "--token must have at least 16 characters"),
    ],
)
def test_review_that_would_not_be_safe_is_wrong_usage(database: Path, words: list[str], said: str) -> None:
    result = run("serve", database, *words)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_a_token_is_on_no_command_line_and_no_page_of_settings(tmp_path: Path) -> None:
    own = Review(tmp_path / "c.db", "a token of review")
    assert not [word for word in command(port=1, workers=1) if "token" in word]
    assert json.loads(environment((tmp_path / "p.db",), own)[REVIEW]) == {
        "corrections": str(tmp_path / "c.db"),
        "token": own.token,
    }


@pytest.mark.parametrize(
    ("host", "only_here"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("[::1]", True), ("localhost", True), ("0.0.0.0", False),
     ("::", False), ("10.0.0.5", False), ("localhost.example", False), ("", False), ("127.0.0.1.example", False)],
)  # fmt: skip
def test_which_hosts_only_this_machine_reaches(host: str, only_here: bool) -> None:
    assert is_loopback(host) is only_here


def test_all_processes_sign_sessions_with_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever process answers: the key is told by `extractor serve`, and is another each time it is begun."""
    keys = []
    for _ in range(2):
        monkeypatch.setenv(SECRET, environment(())[SECRET])
        gate._own_key.cache_clear()
        first = gate._own_key()
        gate._own_key.cache_clear()
        assert gate._own_key() == first
        keys.append(first)
        monkeypatch.delenv(SECRET)
    gate._own_key.cache_clear()
    assert len({*keys, gate._own_key()}) == 3


@pytest.mark.parametrize(
    ("words", "begun"),
    [(["--review"], True), (["--review", "--host", "0.0.0.0"], False),
     (["--review", "--host", "0.0.0.0", "--show-private"], True)],
)  # fmt: skip
def test_reviewers_elsewhere_see_private_words_only_where_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], begun: bool
) -> None:
    (tmp_path / "notice.txt").write_text(
        f"某某县民政局关于养老服务的通知\n一、工作要求\n增加床位。\n{PRIVATE}\n", "utf-8"
    )
    path = tmp_path / "p.db"
    assert run("ingest", tmp_path / "notice.txt", "--db", path).exit_code == 0
    served: list[tuple[Path, ...]] = []
    monkeypatch.setattr("extractor.serving.serve", lambda databases, **how: served.append(databases))
    result = run("serve", path, *words)
    assert (result.exit_code == 0, served) == (begun, [(path,)] if begun else [])
    assert begun or "allow it with --show-private" in result.stderr
