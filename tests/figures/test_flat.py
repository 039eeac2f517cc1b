"""The small flat map: what is drawn of shapes."""

from __future__ import annotations

import io

import pytest
from matplotlib.figure import Figure
from PIL import Image
from shapely.geometry import Polygon

from standoff.figures.flat import patches

EDGE = [(0, 0), (10, 0), (10, 10), (0, 10)]
HOLE = [(3, 3), (7, 3), (7, 7), (3, 7)]


@pytest.mark.parametrize("hole", [HOLE, HOLE[::-1]], ids=["the same way round", "the other way round"])
def test_a_hole_stays_open_whichever_way_its_corners_run(hole) -> None:
    figure = Figure(figsize=(1, 1), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 10), ylim=(0, 10))
    axes.set_axis_off()
    axes.add_collection(patches([Polygon(EDGE, [hole])], facecolor="red"))
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    drawn = Image.open(buffer).convert("RGB")
    assert (drawn.getpixel((50, 50)), drawn.getpixel((10, 10))) == ((255, 255, 255), (255, 0, 0))
