"""The notebooks: short, without outputs, and they run from top to bottom without network."""

from __future__ import annotations

import ast
import io
import os
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


def test_the_suite_is_there() -> None:
    assert [path.name[0] for path in NOTEBOOKS] == ["1", "2", "3", "4", "5", "6", "7"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestForm:
    def test_it_is_numbered_and_titled(self, path: Path) -> None:
        number = re.match(r"(\d+)_[a-z_]+$", path.stem)
        assert number
        assert load(path).cells[0].source.startswith(f"# {number[1]} · ")

    def test_its_purpose_stands_under_the_title_then_imports_then_parameters(self, path: Path) -> None:
        cells = load(path).cells
        title, purpose = cells[0].source.split("\n\n")
        assert title.count("\n") == 0
        assert 20 <= len(purpose) <= 300
        assert purpose.endswith(".")
        heads = [cell.source.splitlines()[0] for cell in cells if cell.cell_type == "markdown"]
        order = ["## Overview", "## Imports", "## Parameters"]
        assert [head for head in heads if head in order] == order

    def test_its_cells_have_ids_of_their_own(self, path: Path) -> None:
        ids = [cell.id for cell in load(path).cells]
        assert len(set(ids)) == len(ids)

    def test_its_metadata_are_plain(self, path: Path) -> None:
        notebook = load(path)
        assert set(notebook.metadata) == {"kernelspec", "language_info"}
        assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)

    def test_each_map_has_a_picture_for_where_pages_do_not_run(self, path: Path) -> None:
        source = "\n".join(cell.source for cell in code_cells(load(path)))
        if re.search(r"\.map\(\)|maps\.", source):
            assert re.search(r"\.figure\(\)|figures\.", source)

    def test_papermill_shows_help_for_each_parameter(self, path: Path) -> None:
        from papermill.inspection import inspect_notebook

        found = inspect_notebook(str(path))
        assert set(found) == {node.target.id for node in parameters(load(path)).body}
        assert all(item["help"] and item["inferred_type_name"] != "None" for item in found.values())

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
    before = os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(folder), before])))
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


def pictures(notebook: Any) -> list[str]:
    """Return the ids of the cells that show a picture."""
    return [
        cell.id
        for cell in code_cells(notebook)
        if any("image/png" in output.get("data", {}) for output in cell.outputs)
    ]


def complaints(notebook: Any) -> list[str]:
    """Return what cells wrote where errors and warnings go."""
    return [
        output.text
        for cell in code_cells(notebook)
        for output in cell.outputs
        if output.get("name") == "stderr"
    ]


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
    assert len(pictures(notebook)) == 2
    assert complaints(notebook) == []
    assert (areas["as above"] != areas["zones of 20 nm"]).any()


@pytest.mark.slow
def test_the_first_notebook_takes_other_parameters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("Rebels shelled a village 12 km north of Aleppo on Monday, killing two people.")
    values = {"seed": str(mine), "published": "2016-05-03", "coverage": 0.5, "zone_radius": "50 km"}
    run(ROOT / "notebooks" / "1_report_to_map.ipynb", tmp_path, monkeypatch, **values)
    assert (tmp_path / "out" / "mine.html").stat().st_size > 1000


@pytest.mark.slow
def test_in_the_second_notebook_a_correction_persists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = run(ROOT / "notebooks" / "2_places.ipynb", tmp_path, monkeypatch)
    found = tables(notebook)
    folder = tmp_path / "out" / "2_places"
    assert (
        (folder / "overrides.csv")
        .read_text(encoding="utf-8")
        .splitlines()[1]
        .startswith("Kibumba,,-1.48,29.34")
    )
    assert list(found[-1]["text"]) == ["Kibumba"]
    assert list(found[-1]["override"]) == ["overrides.csv, line 2: as our own map has it"]
    drawn = next(table for table in found if "footprint_corrected" in table)
    assert drawn["footprint"].isna().all()
    assert drawn["footprint_corrected"].notna().all()
    assert "near Kibumba" in list(drawn["text"])
    doubtful = next(table for table in found if "chosen" in table)
    assert {"Kibumba", "Kitshanga", "Shasha"} == set(doubtful["text"])
    assert len(pictures(notebook)) >= 3
    assert complaints(notebook) == []
    assert (folder / "north-kivu-2024.html").stat().st_size > 10_000


@pytest.mark.slow
def test_the_second_notebook_takes_another_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("Rebels shelled Aleppo on Monday, and a drone fell on Point Zulu.", encoding="utf-8")
    values = {"seed": str(mine), "published": "2016-05-03", "corrected": "Point Zulu", "sure_from": 0.5}
    values |= {"corrected_lat": 36.4, "corrected_lon": 37.2, "note": "from the annex"}
    notebook = run(ROOT / "notebooks" / "2_places.ipynb", tmp_path, monkeypatch, **values)
    assert list(tables(notebook)[-1]["override"]) == ["overrides.csv, line 2: from the annex"]


@pytest.mark.slow
def test_the_third_notebook_says_what_a_unit_and_a_coverage_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = run(ROOT / "notebooks" / "3_distances_and_zones.ipynb", tmp_path, monkeypatch)
    found = tables(notebook)
    assert set(found[0]["unit"]) == {"mile", "kilometre", "nautical_mile"}
    units = next(
        table for table in found if list(table.columns) == ["value", "outer_m", "area_km2", "overlap"]
    )
    assert list(units["value"]) == ["34 mi", "34 nm"]
    assert list(units["outer_m"]) == [54718, 62968]
    areas = next(table for table in found if "24 miles from Homs" in map(str, table.index))
    assert (areas.diff(axis=1).iloc[:, 1:] > 0).all().all()
    assert {"coverage", "zone_radius", "near", "combine"} == set(found[-1]["parameter"])
    assert len(pictures(notebook)) >= 4
    assert complaints(notebook) == []


@pytest.mark.slow
def test_the_third_notebook_takes_other_parameters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("Pirates boarded a tanker 12 nm south of Socotra on Monday.", encoding="utf-8")
    values = {"seed": str(mine), "sentence": "The camp lies 5 km east of Homs.", "statute": "10 km"}
    values |= {"zone_at": "the port of Aden", "nautical": "10 nm", "radii": ["1 km"], "near": []}
    notebook = run(ROOT / "notebooks" / "3_distances_and_zones.ipynb", tmp_path, monkeypatch, **values)
    units = next(
        table
        for table in tables(notebook)
        if list(table.columns) == ["value", "outer_m", "area_km2", "overlap"]
    )
    assert list(units["outer_m"]) == [10000, 18520]


@pytest.mark.slow
def test_the_seventh_notebook_reads_with_what_is_ours_and_leaves_the_users_gazetteer_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANDOFF_DATA", str(tmp_path / "users"))
    notebook = run(ROOT / "notebooks" / "7_bring_your_own.ipynb", tmp_path, monkeypatch)
    found = tables(notebook)
    sites = next(table for table in found if "place_gid" in table)
    assert set(sites["text"]) == {"Kibumba", "Kitshanga"}
    assert sites["place_gid"].str.startswith("own:").all()
    readers = next(table for table in found if list(table.columns) == ["theirs", "yours"])
    assert readers.loc["Rebels attacked Blue Gate on Monday."].fillna("").tolist() == ["", "Blue Gate"]
    asked = next(table for table in found if list(table.get("text", [])) == ["Shasha"])
    assert list(asked["probability"]) == [0.89]
    filed = found[-1].set_index("event_type")
    assert filed.loc["shelling", "plover"] == "ASSAULT/desk-7"
    assert filed.loc["road closure", "review_status"] == "added"
    assert complaints(notebook) == []
    assert not (tmp_path / "users").exists()
    assert (tmp_path / "out" / "7_bring_your_own" / "data" / "layers" / "sites.sqlite").is_file()


@pytest.mark.slow
def test_the_seventh_notebook_takes_sites_of_your_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("A drone fell on Point Zulu, 40 km from Palmyra, on Monday.", encoding="utf-8")
    sites = tmp_path / "posts.geojson"
    sites.write_text(
        '{"type": "Feature", "properties": {"name": "Point Zulu"}, '
        '"geometry": {"type": "Point", "coordinates": [38.7, 34.9]}}',
        encoding="utf-8",
    )
    values = {"seed": str(mine), "own_sites": str(sites), "own_names": ["Point Zulu"]}
    notebook = run(ROOT / "notebooks" / "7_bring_your_own.ipynb", tmp_path, monkeypatch, **values)
    found = next(table for table in tables(notebook) if "place_gid" in table)
    assert list(found["place_gid"].str.startswith("own:")) == [True]
    assert not sites.with_name("sites.csv").exists()


@pytest.mark.slow
def test_in_the_fourth_notebook_an_edit_holds_at_the_next_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = run(ROOT / "notebooks" / "4_events_and_timeline.ipynb", tmp_path, monkeypatch)
    found = tables(notebook)
    edited = found[-1]
    held = next(table for table in found if "kind" in table and "ok" in table)
    assert not held.loc["against itself", "ok"].any()
    assert not held.loc["misread", "ok"].any()
    assert list(edited["killed_best"]) == [3]
    assert list(edited["review_status"]) == ["corrected"]
    assert edited["override"].str.startswith("north-kivu-2024.events.csv").all()
    assert len(pictures(notebook)) >= 1
    assert complaints(notebook) == []
    names = {path.name for path in (tmp_path / "out").iterdir()}
    made = {f"north-kivu-2024{suffix}" for suffix in (".csv", ".events.csv", ".html", ".md", ".svg")}
    assert names == made
