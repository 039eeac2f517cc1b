"""Notebooks 5 and 6 run without network, and what they show is what is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from test_notebooks import ROOT, code_cells, run, tables

pytestmark = pytest.mark.slow
FIFTH, SIXTH = (ROOT / "notebooks" / f"{name}.ipynb" for name in ("5_corpus", "6_how_good"))


def pictures(notebook) -> int:
    outputs = [output for cell in code_cells(notebook) for output in cell.outputs]
    return sum("image/png" in output.get("data", {}) for output in outputs)


def stderr(notebook) -> list[str]:
    return [o.text for cell in code_cells(notebook) for o in cell.outputs if o.get("name") == "stderr"]


def table_with(notebook, *columns: str):
    """Return the first table that has some columns; the name of an index makes a second line of headings."""
    for table in tables(notebook):
        if table.columns.nlevels > 1:
            table.columns = table.columns.get_level_values(0)
        if set(columns) <= set(table.columns):
            return table
    raise AssertionError(columns)


def test_the_fifth_notebook_counts_weighs_and_contradicts(tmp_path: Path, monkeypatch) -> None:
    notebook = run(FIFTH, tmp_path, monkeypatch)
    assert stderr(notebook) == []
    assert pictures(notebook) == 3
    cells = table_with(notebook, "expected", "least", "most")
    assert (cells["least"] <= cells["expected"].round(2) + 0.01).all()
    incidents = table_with(notebook, "tellings", "sources")
    assert (incidents["sources"] <= incidents["tellings"]).all()
    assert (incidents["sources"] < incidents["tellings"]).any()
    against = table_with(notebook, "contradictions")["contradictions"]
    for kind in ("killed", "claim", "actor", "place"):
        assert against.str.contains(rf"\b{kind}: ").any(), kind
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"incidents.html", "incidents.parquet", "events.parquet", "links.parquet"} <= names


def test_the_fifth_notebook_reads_a_folder_of_your_own(tmp_path: Path, monkeypatch) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    for number, town in enumerate(("Aleppo", "Homs", "Aleppo"), 1):
        text = f"Rebels shelled a school in {town} on Monday, killing two people."
        (mine / f"report{number}.md").write_text(f"---\npublished: 2016-05-0{number + 2}\n---\n{text}")
    (mine / "broken.txt").write_bytes(b"\x00\x01\x02")
    values = {"sources": str(mine), "resolution": None, "by": "month"}
    notebook = run(FIFTH, tmp_path, monkeypatch, **values)
    assert "broken.txt" in table_with(notebook, "source", "reason")["source"].iloc[0]
    assert list(table_with(notebook, "tellings", "sources")["tellings"]) == [2]


def test_the_sixth_notebook_scores_both_readers_and_lists_the_errors(tmp_path: Path, monkeypatch) -> None:
    notebook = run(SIXTH, tmp_path, monkeypatch, reports=12)
    assert stderr(notebook) == []
    assert pictures(notebook) == 3
    kinds = table_with(notebook, "places", "ours_near", "baseline_near")
    assert {"town", "ambiguous", "demonym", "facility", "natural"} <= set(kinds.index)
    assert kinds["places"].sum() >= 60
    assert kinds.loc["ambiguous", "ours_near"] > kinds.loc["ambiguous", "baseline_near"]
    figures = table_with(notebook, "share", "low", "high", "of")
    assert ((figures["low"] <= figures["share"]) & (figures["share"] <= figures["high"])).all()
    assert {"precision", "recall", "F1", "date", "killed", "footprint"} <= set(figures.index)
    assert len(table_with(notebook, "report", "line")) > 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "calibration.png",
        "errors.png",
        "events.png",
    }
