"""The notebooks: short, without outputs, and they run from top to bottom without network."""

from __future__ import annotations

import ast
import io
import re
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MAX_CELLS = 30
MAX_LINES = 15
# Loaded by the kernel before anything else: a connection that leaves the machine is an error.
NO_NETWORK = """
import socket
_connect = socket.socket.connect
def connect(self, address):
    internet = self.family in (socket.AF_INET, socket.AF_INET6)
    if internet and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"no network in this test: {address}")
    return _connect(self, address)
socket.socket.connect = connect
"""


def load(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def parameters(notebook: Any) -> ast.Module:
    (cell,) = [cell for cell in code_cells(notebook) if "parameters" in cell.metadata.get("tags", [])]
    return ast.parse(cell.source)


def test_there_is_a_first_notebook() -> None:
    assert "1_report_to_map.ipynb" in {path.name for path in NOTEBOOKS}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestForm:
    def test_it_is_numbered_and_titled(self, path: Path) -> None:
        number = re.match(r"(\d+)_[a-z_]+$", path.stem)
        assert number
        assert load(path).cells[0].source.startswith(f"# {number[1]} · ")

    def test_it_is_short(self, path: Path) -> None:
        cells = load(path).cells
        assert len(cells) <= MAX_CELLS
        assert all(len(cell.source.splitlines()) <= MAX_LINES for cell in cells)

    def test_it_keeps_no_outputs(self, path: Path) -> None:
        for cell in code_cells(load(path)):
            assert (cell.outputs, cell.execution_count) == ([], None)

    def test_the_library_does_the_work(self, path: Path) -> None:
        for cell in code_cells(load(path)):
            defined = [
                node
                for node in ast.walk(ast.parse(cell.source))
                if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)
            ]
            assert defined == []

    def test_every_parameter_has_a_type_and_a_comment(self, path: Path) -> None:
        notebook = load(path)
        (cell,) = [cell for cell in code_cells(notebook) if "parameters" in cell.metadata.get("tags", [])]
        assert all(isinstance(node, ast.AnnAssign) for node in parameters(notebook).body)
        assert all("  # " in line for line in cell.source.splitlines())


def run(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, **values: Any) -> Any:
    """Run a notebook as papermill does, without network; return it with its outputs."""
    import papermill

    (folder / "sitecustomize.py").write_text(NO_NETWORK)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    done = folder / "done.ipynb"
    papermill.execute_notebook(
        path,
        done,
        {"out": str(folder / "out"), **values},
        cwd=path.parent,
        progress_bar=False,
        execution_timeout=300,
    )
    return load(done)


def tables(notebook: Any) -> list[pd.DataFrame]:
    found = []
    for cell in code_cells(notebook):
        for output in cell.outputs:
            html = output.get("data", {}).get("text/html", "")
            if 'class="dataframe"' in html:
                found += pd.read_html(io.StringIO(html), index_col=0)
    return found


@pytest.mark.slow
def test_the_first_notebook_runs_and_its_parameter_changes_the_map(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = run(ROOT / "notebooks" / "1_report_to_map.ipynb", tmp_path, monkeypatch)
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {f"at-tanf-2017-06-08{suffix}" for suffix in (".html", ".geojson", ".kml")}
    areas = tables(notebook)[-1]
    assert list(areas.columns) == ["as above", "zones of 20 nm"]
    assert (areas["as above"] != areas["zones of 20 nm"]).any()


@pytest.mark.slow
def test_the_first_notebook_takes_other_parameters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("Rebels shelled a village 12 km north of Aleppo on Monday, killing two people.")
    values = {"seed": str(mine), "published": "2016-05-03", "coverage": 0.5, "zone_radius": "50 km"}
    run(ROOT / "notebooks" / "1_report_to_map.ipynb", tmp_path, monkeypatch, **values)
    assert (tmp_path / "out" / "mine.html").stat().st_size > 1000


@pytest.mark.slow
def test_in_the_fourth_notebook_an_edit_holds_at_the_next_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = run(ROOT / "notebooks" / "4_events_and_timeline.ipynb", tmp_path, monkeypatch)
    edited = tables(notebook)[-1]
    assert list(edited["killed_best"]) == [3]
    assert list(edited["review_status"]) == ["corrected"]
    assert edited["override"].str.startswith("north-kivu-2024.events.csv").all()
    assert any(
        "image/png" in output.get("data", {}) for cell in code_cells(notebook) for output in cell.outputs
    )
    names = {path.name for path in (tmp_path / "out").iterdir()}
    made = {f"north-kivu-2024{suffix}" for suffix in (".csv", ".events.csv", ".html", ".md", ".svg")}
    assert names == made
