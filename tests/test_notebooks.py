"""Every notebook runs from top to bottom on a fresh database, and what was kept with it is what it prints."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extractor.cli import main

TOP = Path(__file__).parent.parent
NOTEBOOKS = sorted((TOP / "notebooks").glob("*.ipynb"))


def bare(text: str) -> str:
    """What was printed, without colours, frames and white space."""
    return re.sub(r"\x1b\[[0-9;]*m|[\s\u2500-\u257f]", "", text)


def printed(output: dict[str, Any]) -> str:
    return "".join(output.get("text") or output["data"]["text/plain"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = CliRunner().invoke(main, ["ingest", str(TOP / "corpora"), "--db", str(tmp_path / "policies.db")])
    assert made.exit_code == 0, made.stderr
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    for cell in cells:
        exec("".join(cell["source"]), names)  # the notebook is the project's own
        assert cell["outputs"], "run the notebook before it is kept"
        assert not any(output["output_type"] == "error" for output in cell["outputs"])
        assert bare(capsys.readouterr().out) == bare("".join(map(printed, cell["outputs"])))
