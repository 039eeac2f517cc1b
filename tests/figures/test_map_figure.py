"""The map as a figure: shapes in their looks and sizes, the same on every run, text that does nothing."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from io import BytesIO
from itertools import combinations
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from PIL import Image
from pypdf import PdfReader

import hostile
import map_samples
import records
from standoff import figures
from standoff.csv_cells import visible
from standoff.errors import ExportError, SettingError
from standoff.export import kind_of
from standoff.figures.map_drawing import HEIGHT, WIDTH, MapFigure
from standoff.figures.map_ground import LAND, SEA, path_of
from standoff.figures.map_labels import Label, place
from standoff.figures.map_legend import COLUMN, columns_of, entries_of, nice_length
from standoff.figures.map_shapes import dashes
from standoff.figures.map_view import view_of
from standoff.ground import shapes
from standoff.maps import bounds
from standoff.maps.elements import Legend
from standoff.maps.items import items_of
from standoff.maps.styles import CLAIMS, STYLES
from standoff.model import Place, PlaceMention, ReadingRecord, Report
from standoff.reading import Reading

BASEMAP = {"sea", "land", "lakes", "river", "admin1", "border", "disputed"}
SVG = "{http://www.w3.org/2000/svg}"


def only(*footprints, **more) -> ReadingRecord:
    """Return a record with these shapes and nothing else."""
    fields = ("footprints", "relations", "zones", "events", "places", "checks")
    return records.record().model_copy(
        update={key: [] for key in fields} | {"footprints": list(footprints)} | more
    )


def shape_of(name: str, shape: str, geometry) -> object:
    return records._footprint(name, shape, geometry)


def figure_of(record: ReadingRecord, **size: float) -> MapFigure:
    return figures.map_figure(records.report(), record, **size)


def patches(figure: MapFigure) -> dict[str, PathPatch]:
    """Return the map's patches by their ids."""
    return {patch.get_gid(): patch for patch in figure.map_axes.patches if patch.get_gid()}


def texts(figure: MapFigure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def pixels(figure: MapFigure) -> np.ndarray:
    """Return the picture as rows of red, green and blue."""
    drawn = BytesIO()
    figure.savefig(drawn, format="png", dpi=60)
    return np.asarray(Image.open(drawn).convert("RGB"))


def seen(figure: MapFigure, x: float, y: float) -> tuple[int, ...]:
    """Return the colour at a place of the map's plane."""
    picture = pixels(figure)
    across, up = figure.map_axes.transData.transform((x, y))
    scale = 60 / figure.dpi
    return tuple(
        int(value) for value in picture[round(picture.shape[0] - 1 - up * scale), round(across * scale)]
    )


@pytest.fixture(scope="module")
def at_tanf() -> MapFigure:
    return figures.map_figure(*map_samples.at_tanf())


@pytest.fixture(scope="module")
def over_pole() -> MapFigure:
    return figure_of(
        only(
            shape_of("f1", "ring", shapes.ring(89.5, 0, 400_000, 700_000)),
            shape_of("f2", "disc", shapes.disc(86, 170, 300_000)),
        )
    )


def test_every_item_is_drawn_once_in_the_look_of_its_kind(at_tanf):
    report, record = map_samples.at_tanf()
    found = patches(at_tanf)
    glyphs = {one.get_gid() for one in at_tanf.map_axes.collections}
    items = items_of(report, record)
    assert {item.kind for item in items} == {"zone", "ring", "disc", "exact", "anchor"}
    for item in items:
        if item.geometry is None:
            assert item.id in glyphs
            continue
        patch, style = found[item.id], STYLES[item.kind]
        assert to_rgba(patch.get_edgecolor(), 1) == to_rgba(style.colour)
        assert patch.get_linewidth() == pytest.approx(0.75 * style.weight)
        if item.claim == "asserted":
            assert patch.get_facecolor() == pytest.approx(to_rgba(style.tint or style.colour, style.fill))
    ids = [patch.get_gid() for patch in at_tanf.map_axes.patches]
    assert sorted(set(ids) - BASEMAP) == sorted(item.id for item in items if item.geometry is not None)
    assert len(ids) == len(set(ids))


def test_what_is_denied_is_hollow_and_dotted_like_on_the_page(at_tanf):
    denied = patches(at_tanf)["f4"]
    assert denied.get_facecolor()[3] == 0
    on, off = (float(length) * 0.75 for length in CLAIMS["denied"]["dash"].split())
    width = denied.get_linewidth()
    assert dashes(CLAIMS["denied"]["dash"], width) == (0, pytest.approx((on / width, off / width)))
    assert denied.get_linestyle() not in ("solid", "-")
    assert patches(at_tanf)["f2"].get_linestyle() in ("solid", "-")


@pytest.mark.parametrize(
    ("lat", "lon", "metres"),
    [(33.5, 38.6, 54_718), (60, 10, 500_000), (-16.85, 179.9, 80_000), (89.9, 0, 600_000)],
)
def test_a_ring_is_round_and_as_large_as_on_the_ground(lat, lon, metres):
    figure = figure_of(only(shape_of("f1", "ring", shapes.ring(lat, lon, metres / 2, metres))))
    corners = patches(figure)["f1"].get_path().vertices
    scale = figure.map_axes.transData.transform
    middle = (corners.max(axis=0) + corners.min(axis=0)) / 2
    reach = np.hypot(*(corners - middle).T)
    outer, inner = reach[reach > 0.75 * metres], reach[reach < 0.75 * metres]
    assert np.abs(outer / metres - 1).max() < 0.01
    assert np.abs(inner / (metres / 2) - 1).max() < 0.01
    # And so on paper: a metre across is as long as a metre up.
    (x0, y0), (x1, y1) = scale(middle), scale(middle + metres)
    assert (x1 - x0) / (y1 - y0) == pytest.approx(1, abs=1e-6)


def test_the_scale_bar_is_as_long_as_it_says_in_the_middle_of_the_map(at_tanf):
    bar = next(line for line in at_tanf.axes[0].lines if line.get_gid() == "scale")
    inches = bar.get_xdata()[1] - bar.get_xdata()[0]
    said = [text for text in texts(at_tanf) if text.endswith((" km", " mi")) and text[0].isdigit()]
    metres = max(float(text[:-3].replace(",", "")) * (1000 if "km" in text else 1609.344) for text in said)
    left, right = at_tanf.map_axes.get_xlim()
    box = at_tanf.map_axes.get_position()
    on_paper = inches / (box.width * WIDTH) * (right - left)
    assert on_paper == pytest.approx(metres, rel=0.002)
    assert [nice_length(value) for value in (1.0, 9.99, 4321.0)] == [1, 5, 2000]


def test_a_shape_over_the_antimeridian_is_whole():
    figure = figures.map_figure(*map_samples.over_antimeridian())
    disc = patches(figure)["f5"].get_path()
    assert len(disc.to_polygons()) == 1
    area = shapely.Polygon(disc.vertices).area
    assert area == pytest.approx(math.pi * 100_000**2, rel=0.01)  # 80 km from an island of 20
    assert {"180°", "179.5°E", "179.5°W"} <= set(texts(figure))


def test_a_ring_round_the_pole_has_a_hole_and_no_seam(over_pole):
    ring = patches(over_pole)["f1"].get_path()
    outlines = ring.to_polygons()
    assert len(outlines) == 2
    areas = sorted(shapely.Polygon(outline).area for outline in outlines)
    assert areas == pytest.approx([math.pi * 400_000**2, math.pi * 700_000**2], rel=0.01)
    assert "North Pole" in texts(over_pole)
    assert "N" not in texts(over_pole)  # north is another way at each place


def test_shapes_all_over_the_world_are_on_a_map_of_all_of_it():
    far = [shape_of(f"f{n}", "disc", shapes.disc(lat, lon, 500_000)) for n, (lat, lon) in
           enumerate([(60, -150), (-30, 25), (10, 100)])]  # fmt: skip
    figure = figure_of(only(*far))
    assert "eqearth" in figure.crs
    assert {"f0", "f1", "f2"} <= set(patches(figure))
    frame = shapely.box(*np.array(view_of(items_of(records.report(), only(*far)), 2).frame))
    assert all(
        frame.contains(shapely.Polygon(patches(figure)[name].get_path().vertices)) for name in ("f0", "f1")
    )


def test_land_and_sea_are_where_they_are(at_tanf):
    near_fiji = figures.map_figure(*map_samples.over_antimeridian())
    left, _ = near_fiji.map_axes.get_xlim()
    bottom, _ = near_fiji.map_axes.get_ylim()
    assert seen(near_fiji, 0.3 * left, 0.97 * bottom) == tuple(round(255 * c) for c in mpl.colors.to_rgb(SEA))
    left, _ = at_tanf.map_axes.get_xlim()
    bottom, _ = at_tanf.map_axes.get_ylim()
    assert seen(at_tanf, 0.95 * left, 0.2 * bottom) == tuple(round(255 * c) for c in mpl.colors.to_rgb(LAND))
    assert {"SYRIA", "JORDAN", "IRAQ"} <= set(texts(at_tanf))


def test_a_hole_stays_open():
    hole = shapely.Point(0, 0).buffer(2).difference(shapely.Point(0, 0).buffer(1))
    assert len(path_of(hole).to_polygons()) == 2
    turns = [shapely.LinearRing(outline).is_ccw for outline in path_of(hole).to_polygons()]
    assert turns in ([True, False], [False, True])  # drawn by turns, the inner is taken off
    assert path_of(shapely.Point()).vertices.size == 0


def test_a_shape_too_small_to_see_has_a_symbol_and_the_legend_says_so():
    record = only(
        shape_of("large", "disc", shapes.disc(10, 10, 900_000)),
        shape_of("small", "disc", shapes.disc(20, 20, 500)),
    )
    figure = figure_of(record)
    assert "small-symbol" in {one.get_gid() for one in figure.map_axes.collections}
    assert {"Too small to show", "an area here"} <= set(texts(figure))
    assert "Too small to show" not in texts(figures.map_figure(*map_samples.at_tanf()))


def test_what_lies_beyond_the_map_is_counted_and_not_in_the_legend():
    far = Place(
        gid="t:1", name="Far", lat=-50, lon=-60, country="AR", feature="city", extent_m=1e3, source="a test"
    )
    mention = PlaceMention(
        id="p9", **records.span("Taveuni"), kind="toponym", name="Far", place=far, probability=1
    )
    figure = figure_of(
        only(shape_of("f1", "ring", shapes.ring(33.5, 38.6, 20_000, 40_000)), places=[mention])
    )
    assert "1 thing named in the report lies beyond this map." in texts(figure)
    assert "Place named" not in texts(figure)
    assert not any("beyond this map" in text for text in texts(figures.map_figure(*map_samples.at_tanf())))


def test_labels_and_symbols_do_not_lie_on_each_other():
    report, record = map_samples.at_tanf()
    figure = figures.map_figure(report, record)
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [t.get_window_extent(renderer) for t in figure.axes[0].texts if t.get_zorder() == 8]
    assert len(boxes) >= 8
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    spots = [(1.0, 1.0, "left"), (1.0, 2.0, "left")]
    crowd = [Label(f"place {n}", 8, "k", spots, n) for n in range(5)]
    assert [placed.label.words for placed in place(crowd, (0, 0, 4, 4), [])] == ["place 4", "place 3"]
    assert place(crowd, (0, 0, 4, 4), [(0, 0, 4, 4)]) == []


def test_a_reading_without_a_place_says_so_on_a_map_of_the_world():
    figure = figures.map_figure(records.empty_report(), records.empty_record())
    assert "This report names no place that could be drawn." in " ".join(texts(figure))
    assert figure.description.startswith("Nothing is drawn. This report names no place")
    assert figures.map_svg(records.empty_report(), records.empty_record()).startswith(b"<?xml")


def test_it_says_whose_it_is_and_what_it_is_not(at_tanf):
    found = texts(at_tanf)
    assert {"Strikes near At Tanf", "Standoff tests · 2017-06-08"} <= set(found)
    assert any(
        text.startswith("Basemap: Natural Earth, GeoNames. Places: hand-made for tests") for text in found
    )
    assert any("is no point" in text for text in found)
    assert {"N", "at the middle of the map, 33.5°N", "33.5°N", "38.5°E"} <= set(found)
    labels = {STYLES[kind].label for kind in ("zone", "ring", "disc", "anchor", "exact")} | {"Denied"}
    assert labels <= set(found)
    assert not {STYLES[kind].label for kind in ("sector", "region", "corridor")} & set(found)


def test_it_is_told_in_words_for_those_who_cannot_see_it(at_tanf):
    assert at_tanf.title == "Map: Strikes near At Tanf"
    told = at_tanf.description
    assert told.startswith("6 things on the map.")
    assert "At Tanf garrison: Anchor, at 33.5058, 38.6178 (what a distance is measured from)." in told
    assert "denied, about 33.4315, 38.9349" in told
    many = [shape_of(f"f{n}", "disc", shapes.disc(10, n / 10, 9_000)) for n in range(60)]
    assert figure_of(only(*many)).description.endswith("And 20 more.")


def test_hostile_text_is_shown_as_it_is():
    title = "$\\frac{1}{0}$ \u202egnp.exe\x00 " + hostile.MARKED
    report = Report(id="h", text=records.TEXT, title=title, publisher=hostile.MARKED, published="2017-06-08")
    record = hostile.record()
    figure = figures.map_figure(report, record)
    head = next(text for text in texts(figure) if text.startswith("$"))
    assert head.startswith("$\\frac{1}{0}$ ⟨U+202E⟩gnp.exe⟨U+0000⟩ </script>")
    assert head.endswith("…")
    renderer = FigureCanvasAgg(figure).get_renderer()
    drawn = next(t for t in figure.axes[0].texts if t.get_text() == head)
    assert drawn.get_window_extent(renderer).x1 < figure.bbox.x1
    assert not any(text.get_parse_math() for text in figure.axes[0].texts if "$" in text.get_text())
    drawing = figures.map_svg(report, record)
    tree = ElementTree.fromstring(drawing)
    assert tree.find(f"{SVG}title").text.startswith("Map: $\\frac{1}{0}$ ⟨U+202E⟩")
    assert tree.find(f".//{SVG}script") is None
    assert b"<!DOCTYPE" not in drawing
    assert tree.find(f"{SVG}desc").text == visible(figure.description)


def test_files_are_the_same_on_every_run_whatever_the_persons_style(tmp_path):
    program = (
        "import sys; sys.path.insert(0, 'tests'); import hashlib, map_samples; from standoff import figures\n"
        "for make in (figures.map_svg, figures.map_png, figures.map_pdf):\n"
        "    print(hashlib.sha256(make(*map_samples.at_tanf())).hexdigest())"
    )
    (tmp_path / "matplotlibrc").write_text("axes.facecolor: black\nfont.size: 20\nlines.linewidth: 9\n")
    runs = set()
    for seed, style in (("1", ""), ("2", str(tmp_path))):
        env = os.environ | {"PYTHONHASHSEED": seed, "MATPLOTLIBRC": style}
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, env=env, check=True, timeout=300
        )
        runs.add(done.stdout)
    assert len(runs) == 1
    assert len(set(runs.pop().split())) == 3


def test_files_are_a4_and_carry_their_words(tmp_path):
    reading = Reading(*map_samples.at_tanf())
    page = PdfReader(reading.save(tmp_path / "x.figure.pdf"))
    assert len(page.pages) == 1
    assert [float(side) / 72 * 25.4 for side in page.pages[0].mediabox[2:]] == pytest.approx(
        [297, 210], abs=0.2
    )
    assert page.metadata.title == "Map: Strikes near At Tanf"
    assert "6 things on the map" in page.metadata.subject
    with Image.open(reading.save(tmp_path / "x.figure.png")) as picture:
        assert picture.size == pytest.approx((WIDTH * 150, HEIGHT * 150), abs=1)
        assert picture.text["Title"] == "Map: Strikes near At Tanf"
    drawing = reading.save(tmp_path / "X.Figure.SVG").read_bytes()
    assert ElementTree.fromstring(drawing).get("role") == "img"
    assert b"Timeline" in reading.save(tmp_path / "x.svg").read_bytes()
    assert kind_of("a.figure.b.png") == ".png"


def test_the_size_is_chosen_and_the_legend_finds_its_room():
    report, record = map_samples.at_tanf()
    for size in ((6.0, 4.5), (6.0, 9.0), (16.0, 9.0), (8.27, 11.69)):
        figure = figures.map_figure(report, record, width=size[0], height=size[1])
        assert tuple(figure.get_size_inches()) == size
        assert {"Zone", "Exact point", "Denied"} <= set(texts(figure))
        box = figure.map_axes.get_position()
        assert box.width * size[0] > 2.2
        assert box.height * size[1] > 1.5
        renderer = FigureCanvasAgg(figure).get_renderer()
        for text in figure.findobj(Text):
            if text.get_text():
                assert figure.bbox.containsx(text.get_window_extent(renderer).x1)
    for wrong in ({"width": 2}, {"height": float("nan")}, {"width": "10"}, {"height": True}, {"width": 1000}):
        with pytest.raises(SettingError, match="of a map figure is"):
            figures.map_figure(report, record, **wrong)


def test_a_long_legend_shrinks_before_it_loses_a_line():
    items = items_of(*map_samples.at_tanf())
    entries = entries_of(Legend(items).data())
    whole, share = columns_of(entries, 1, 9.0)
    assert (len(whole), share, len(whole[0])) == (1, 1.0, len(entries))
    high = sum(entry.height(1.0) for entry in entries)
    shrunk, share = columns_of(entries, 1, 0.8 * high)
    assert 0.55 <= share < 1
    assert len(shrunk[0]) == len(entries)
    assert COLUMN > 2


def test_more_can_be_drawn_on_it(at_tanf):
    import geopandas

    figure = figures.map_figure(*map_samples.at_tanf())
    before = figure.map_axes.get_xlim()
    sites = geopandas.GeoSeries(geopandas.points_from_xy([38.7, 38.2], [33.6, 33.1]), crs="EPSG:4326")
    sites.to_crs(figure.crs).plot(ax=figure.map_axes, aspect=None)
    assert figure.map_axes.get_xlim() == before
    assert isinstance(figure._repr_png_(), bytes)


def test_a_reading_draws_itself():
    reading = Reading(*map_samples.at_tanf())
    assert reading.figure(width=9, height=6).get_size_inches().tolist() == [9, 6]
    with pytest.raises(ExportError, match=r"known are .*\.figure\.png.*\.map\.pdf"):
        reading.save("x.figure")


def test_thousands_of_shapes_are_bounded_and_it_says_so(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_SHAPES", 20)
    many = [shape_of(f"f{n}", "disc", shapes.disc(10, n / 10, 3_000)) for n in range(25)]
    figure = figure_of(only(*many))
    assert len(set(patches(figure)) - BASEMAP) == 20
    assert any("20 of 25 shapes" in text for text in texts(figure))


def test_the_basemap_has_towns_capitals_and_disputed_borders_and_the_legend_tells_them():
    kashmir = figure_of(only(shape_of("f1", "ring", shapes.ring(34.3, 74.5, 150_000, 300_000))))
    assert {"border", "disputed", "river", "admin1", "lakes"} <= set(patches(kashmir))
    assert {"Islamabad", "Capital", "Disputed border"} <= set(texts(kashmir))
    assert patches(kashmir)["disputed"].get_linestyle() not in ("solid", "-")
    plain = texts(figures.map_figure(*map_samples.over_antimeridian()))
    assert not {"Capital", "Disputed border"} & set(plain)
    taveuni = [text for text in plain if text == "Taveuni"]
    assert len(taveuni) == 1  # the report's own, and no town of that name


def crowded() -> ReadingRecord:
    near = [shape_of(f"n{n}", "disc", shapes.disc(33.5 + n / 20, 38.6, 4_000)) for n in range(4)]
    return only(shape_of("far", "ring", shapes.ring(34.5, 36.5, 40_000, 60_000)), *near)


def test_what_is_too_crowded_is_drawn_once_more_and_larger():
    figure = figure_of(crowded())
    main, closer = figure.map_axes, figure.axes[-1]
    frame = next(line for line in main.lines if line.get_gid() == "closer")
    box = shapely.Polygon(frame.get_xydata())
    for n in range(4):
        assert box.contains(shapely.Polygon(patches(figure)[f"n{n}"].get_path().vertices))
    assert not box.intersects(shapely.Polygon(patches(figure)["far"].get_path().vertices))
    drawn = {patch.get_gid() for patch in closer.patches} - BASEMAP
    assert {"n0", "n1", "n2", "n3"} <= drawn
    times = next(text for text in texts(figure) if text.startswith("What is in the frame"))
    inches = [axes.get_position().width * WIDTH / np.ptp(axes.get_xlim()) for axes in (main, closer)]
    assert float(times.split()[5]) == pytest.approx(inches[1] / inches[0], rel=0.05)


def test_the_scale_of_the_larger_map_is_its_own():
    figure = figure_of(crowded())
    closer = figure.axes[-1]
    bar = next(line for line in figure.axes[0].lines if line.get_gid() == "small-scale")
    metres = np.ptp(bar.get_xdata()) / (closer.get_position().width * WIDTH) * np.ptp(closer.get_xlim())
    said = [text.strip() for text in texts(figure) if text.startswith(" ")]
    assert f"{metres / 1000:.4g} km" in said or f"{metres:.4g} m" in said


def test_without_a_crowd_there_is_one_map(at_tanf):
    assert len(at_tanf.axes) == 2
    assert not any(line.get_gid() == "closer" for line in at_tanf.map_axes.lines)
    report = records.report()
    assert len(figures.map_figure(report, crowded(), width=7, height=9).axes) == 2  # no room beside it
