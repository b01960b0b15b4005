"""Runs the notebooks over corpora/ and keeps with each cell what it shows: `python -m tests.docs.notebooks [NAME …]`.

A chart is kept as a picture, and what it is drawn from (Vega-Lite with its data) in the metadata of its cell: pictures
differ with the fonts of a machine, their data do not. One picture of a notebook goes into the pages.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode
from PIL import Image

from tests.docs.shell import TOP, sh

FOLDER = TOP / "notebooks"
CHART = "vega-lite"  # the key of a cell's metadata
SECONDS = 300  # past which a cell hangs
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")  # as .ci/programs installs it
# A picture of docs/images → its notebook and cell.
PICTURES = {"notebook-figures.png": ("jurisdictions", "figures-chart")}
# Count of a cell → what its chart is drawn from.
_CHARTS = """
import json
print(json.dumps({n: shown.to_dict() for n, shown in Out.items() if isinstance(shown, alt.TopLevelMixin)}))
"""


def database(folder: Path) -> None:
    """policies.db of corpora/ in `folder`, and in it the folder that notebooks run in."""
    made = sh(f"extractor ingest {TOP / 'corpora'} --db policies.db; mkdir notebooks", folder)
    if made.returncode:
        raise RuntimeError(made.stderr)


def executed(path: Path, folder: Path) -> NotebookNode:
    """A notebook run from top to bottom by a new kernel of this Python, beside the database of `folder`.

    Raises CellExecutionError where a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    probe = nbformat.v4.new_code_cell(_CHARTS)
    notebook.cells.append(probe)
    client = NotebookClient(
        notebook,
        km=AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[])),
        timeout=SECONDS,
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(folder / "notebooks")}},
    )
    environment = {**os.environ, "PYTHONPATH": str(TOP), "IPYTHONDIR": str(folder / "ipython")}
    client.execute(env=environment, cleanup_kc=True)
    notebook.cells.remove(probe)
    charts = json.loads(probe.outputs[0].text)
    for cell in notebook.cells:
        cell.metadata.pop(CHART, None)
        if cell.cell_type == "code" and str(cell.execution_count) in charts:
            cell.metadata[CHART] = charts[str(cell.execution_count)]
    notebook.metadata.language_info = {"name": "python"}  # the version is another on each machine
    return notebook


def pictures(cell: NotebookNode) -> list[bytes]:
    """The PNG pictures that a cell shows."""
    shown = [output.get("data", {}) for output in cell.get("outputs", ())]
    return [base64.b64decode(data["image/png"]) for data in shown if "image/png" in data]


def _smaller(notebook: NotebookNode) -> None:
    """The same pictures in fewer bytes."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if "image/png" in output.get("data", {}):
                packed = BytesIO()
                with Image.open(BytesIO(base64.b64decode(output.data["image/png"]))) as picture:
                    picture.convert("RGB").save(packed, "PNG", optimize=True)
                output.data["image/png"] = base64.b64encode(packed.getvalue()).decode()


def kept(name: str, cell_id: str) -> bytes:
    """The picture that is kept with a cell of a notebook."""
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    (picture,) = pictures(next(cell for cell in notebook.cells if cell.id == cell_id))
    return picture


if __name__ == "__main__":
    if not FONT.exists():  # Chinese words would be left out without a sound
        raise SystemExit(f"nothing run: {FONT} is not there. Install fonts-noto-cjk.")
    wanted = sys.argv[1:] or sorted(path.stem for path in FOLDER.glob("*.ipynb"))
    with TemporaryDirectory() as scratch:
        database(Path(scratch))
        for stem in wanted:
            file = FOLDER / f"{stem}.ipynb"
            run = executed(file, Path(scratch))
            _smaller(run)
            nbformat.write(run, file)
            print(f"written notebooks/{file.name}")
    for image, (stem, place) in PICTURES.items():
        (TOP / "docs" / "images" / image).write_bytes(kept(stem, place))
        print(f"written docs/images/{image}")
