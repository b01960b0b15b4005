"""Every notebook runs from top to bottom on a fresh database, and what is kept with it is what it shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pytest
from nbformat import NotebookNode
from PIL import Image

from tests.docs.notebooks import CHART, FOLDER, PICTURES, TOP, database, executed, kept, pictures

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
STALE = "run `python -m tests.docs.notebooks`"
SIDE = range(400, 2401)  # pixels of a picture, wide and high
INK = 0.02  # of its pixels that are not white, at the least
TITLE = 40  # pixels at the top in which the title stands
CHINESE = re.compile("[一-龥]")
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


class Run(NamedTuple):
    """A notebook as it is kept, and as it is after it was run."""

    kept: NotebookNode
    fresh: NotebookNode


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("notebooks")
    database(made)
    return made


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def run(request: pytest.FixtureRequest, folder: Path) -> Run:
    return Run(nbformat.read(request.param, as_version=4), executed(request.param, folder))


def code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(cell: NotebookNode) -> list[Any]:
    """What a cell shows; of a picture only that it is there, since it is drawn with the fonts of the machine."""
    return [
        (output.output_type, output.get("name"), output.get("text"), _bare(output.get("data", {})))
        for output in cell.outputs
    ]


def _bare(data: dict[str, Any]) -> dict[str, Any]:
    return {kind: None if kind == "image/png" else words for kind, words in data.items()}


def charts(notebook: NotebookNode) -> dict[str, Any]:
    """Cell → the specification of its chart, with its data."""
    return {cell.id: cell.metadata[CHART] for cell in code(notebook) if CHART in cell.metadata}


def encoded(spec: Any, channel: str) -> Iterator[dict[str, Any]]:
    """What a channel (x, y) of a chart and of its parts stands for."""
    if isinstance(spec, dict):
        if isinstance(spec.get("encoding", {}).get(channel), dict):
            yield spec["encoding"][channel]
        for key in ("spec", "layer", "vconcat", "hconcat"):
            yield from encoded(spec.get(key), channel)
    elif isinstance(spec, list):
        for part in spec:
            yield from encoded(part, channel)


def test_shows_what_is_kept(run: Run) -> None:
    for before, after in zip(code(run.kept), code(run.fresh), strict=True):
        assert (before.id, shown(before)) == (after.id, shown(after)), STALE
        assert before.execution_count == after.execution_count, STALE


def test_no_cell_complains(run: Run) -> None:
    for cell in code(run.fresh):
        assert cell.outputs, cell.id
        assert not [output for output in cell.outputs if output.get("name") == "stderr"], cell.id


def test_charts_are_drawn_from_what_is_kept(run: Run) -> None:
    assert charts(run.kept) == charts(run.fresh), STALE


def test_every_chart_is_a_picture_of_reasonable_size(run: Run) -> None:
    for notebook in run:
        drawn = {cell.id for cell in code(notebook) if pictures(cell)}
        assert drawn == set(charts(notebook)) and drawn
        for cell in code(notebook):
            for png in pictures(cell):
                with Image.open(BytesIO(png)) as picture:
                    assert picture.format == "PNG"
                    assert picture.width in SIDE and picture.height in SIDE, (cell.id, picture.size)
                    grey = picture.convert("L")
                assert grey.histogram()[255] < (1 - INK) * grey.width * grey.height, cell.id
                if notebook is run.kept:  # drawn where there are Chinese fonts
                    assert grey.crop((0, 0, grey.width, TITLE)).getextrema()[0] < 128, cell.id


def test_every_chart_can_be_read(run: Run) -> None:
    """A title and names of both axes; above it a sentence in Chinese and one in English; a font with Chinese."""
    words = ""
    for cell in run.kept.cells:
        words = cell.source if cell.cell_type == "markdown" else words
        if CHART in cell.metadata:
            chart = cell.metadata[CHART]
            title = chart["title"] if isinstance(chart["title"], str) else chart["title"]["text"]
            assert CHINESE.search(title), cell.id
            for channel in ("x", "y"):
                assert any(axis.get("title") for axis in encoded(chart, channel)), (cell.id, channel)
            assert "CJK" in chart["config"]["font"], cell.id
            assert CHINESE.search(words) and re.search(r"\*[A-Z][^*]+\*", words), cell.id


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_imports_the_library_and_defines_nothing(path: Path) -> None:
    cells = [ast.parse(cell.source) for cell in code(nbformat.read(path, as_version=4))]
    nodes = [node for cell in cells for node in ast.walk(cell)]
    assert not [ast.unparse(node) for node in nodes if isinstance(node, DEFINITIONS)]
    modules = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    assert any(module.partition(".")[0] == "extractor" for module in modules)


@pytest.mark.parametrize("image", PICTURES)
def test_pictures_of_the_pages_are_those_of_the_notebooks(image: str) -> None:
    assert (TOP / "docs" / "images" / image).read_bytes() == kept(*PICTURES[image]), STALE
