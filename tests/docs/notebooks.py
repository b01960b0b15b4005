"""Runs the notebooks over corpora/ and keeps with each cell what it prints: `python -m tests.docs.notebooks [NAME …]`."""

from __future__ import annotations

import json
import os
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.docs.shell import TOP, sh

FOLDER = TOP / "notebooks"


def kept(path: Path) -> str:
    """A notebook, run from top to bottom in the working folder, with what its cells print."""
    notebook = json.loads(path.read_text("utf-8"))
    names: dict[str, object] = {}
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for count, cell in enumerate(cells, 1):
        printed = StringIO()
        with redirect_stdout(printed):
            exec("".join(cell["source"]), names)  # the notebook is the project's own
        text = printed.getvalue().splitlines(keepends=True)
        cell["execution_count"] = count
        cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": text}]
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    wanted = sys.argv[1:] or sorted(path.stem for path in FOLDER.glob("*.ipynb"))
    with TemporaryDirectory() as name:
        made = sh(f"extractor ingest {TOP / 'corpora'} --db policies.db; mkdir notebooks", Path(name))
        if made.returncode:
            raise SystemExit(made.stderr)
        os.chdir(Path(name) / "notebooks")
        for stem in wanted:
            path = FOLDER / f"{stem}.ipynb"
            path.write_text(kept(path), "utf-8")
            print(f"written notebooks/{path.name}")
        os.chdir(TOP)
