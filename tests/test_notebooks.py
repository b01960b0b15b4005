"""Every notebook runs from top to bottom on a fresh database, and was kept with its results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli import main

TOP = Path(__file__).parent.parent
NOTEBOOKS = sorted((TOP / "notebooks").glob("*.ipynb"))


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
        assert capsys.readouterr().out
