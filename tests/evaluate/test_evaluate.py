"""Our reading against a baseline in one run, on reports of our own."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.evaluate import evaluate, read_gold
from standoff.gazetteer import Gazetteer
from standoff.settings import Settings

TEXTS = (
    (
        "The sheriff of Athens, Georgia, met a colleague from Macon.",
        {"Athens": (33.961, -83.378), "Macon": (32.841, -83.632)},
    ),
    (
        "Two shells fell in Homs. Homs lies north of Damascus.",
        {"Homs": (34.73, 36.71), "Damascus": (33.51, 36.29)},
    ),
)


@pytest.fixture
def gold(tmp_path):
    rows = []
    for number, (text, places) in enumerate(TEXTS):
        marks = [
            {"start": at, "end": at + len(name), "lat": lat, "lon": lon, "geonameid": None}
            for name, (lat, lon) in places.items()
            for at in range(len(text))
            if text.startswith(name, at)
        ]
        rows.append(json.dumps({"id": str(number), "text": text, "publisher": None, "toponyms": marks}))
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_with_the_names_given_only_places_are_measured(gold):
    with Gazetteer.open() as gazetteer:
        result = evaluate(read_gold(gold), gazetteer, Settings.of(), gold_mentions=True)
    assert result.ours.figures["recall"] == 1.0
    assert result.ours.figures["within 161 km"] == 1.0
    assert result.baseline.figures["within 161 km"] < 1.0  # the most populous Athens is the Greek one
    assert result.seconds > 0


def test_the_command_prints_figures_and_json(gold):
    shown = CliRunner().invoke(app, ["evaluate", str(gold), "--gold-mentions"])
    assert shown.exit_code == 0
    assert "within 161 km" in shown.output
    assert "F1" not in shown.output
    printed = json.loads(CliRunner().invoke(app, ["evaluate", str(gold), "--json"]).output)
    assert printed["standoff"]["F1"] > 0.5
    assert set(printed["standoff"]) == set(printed["most populous"])
