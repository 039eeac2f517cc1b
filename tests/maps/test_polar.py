"""Maps round a pole: when they are drawn, and that a shape there is whole."""

from __future__ import annotations

import pytest
import shapely
from pyproj import Geod

import map_samples
import records
from standoff import maps
from standoff.errors import StandoffWarning
from standoff.ground import shapes
from standoff.maps.frame import unwrap
from standoff.maps.items import Item, items_of
from standoff.maps.polar import Polar, PolarBasemap

GEOD = Geod(ellps="WGS84")


def test_a_shape_beyond_84_degrees_is_drawn_round_its_pole():
    assert Polar.of(items_of(*map_samples.at_pole())) == Polar(1, 40.0)


@pytest.mark.parametrize("sample", [map_samples.at_tanf, map_samples.over_antimeridian])
def test_all_else_is_drawn_as_usual(sample):
    assert Polar.of(items_of(*sample())) is None
    assert "polarCRS(" not in maps.build(*sample()).get_root().render().split("<body>")[1]


@pytest.mark.parametrize("pole", [1, -1])
@pytest.mark.parametrize(("lat", "lon"), [(88.0, 40.0), (90.0, 0.0), (86.5, 179.0), (85.0, -100.0)])
def test_the_seam_to_the_pole_is_gone(pole, lat, lon):
    disc = shapes.disc(lat * pole, lon, 700_000)
    joined = Polar(pole, lon).joined(unwrap(disc))
    (part,) = shapely.get_parts(joined)
    assert not part.interiors
    corners = shapely.get_coordinates(part)
    away = [GEOD.inv(lon, lat * pole, x, y)[2] for x, y in corners]
    assert min(away) == pytest.approx(700_000, rel=0.01)  # no corner on the way to the pole
    assert max(away) == pytest.approx(700_000, rel=0.01)


def test_a_ring_round_the_pole_keeps_its_hole():
    ring = shapes.ring(89.0, 10.0, 300_000, 600_000)
    (part,) = shapely.get_parts(Polar(1, 10.0).joined(unwrap(ring)))
    assert len(part.interiors) == 1


def test_the_basemap_has_land_round_the_pole_and_only_there():
    data = PolarBasemap(Polar(-1, 0.0)).data()
    assert [name for name, _ in data["labels"]].count("Antarctica") == 1
    assert data["labels"][-1][0] == "South Pole"
    assert all(lat < 0 for _, lat, *_ in data["cities"])
    assert len(data["parts"]) == 1


def test_tiles_are_left_out_and_it_is_said():
    with pytest.warns(StandoffWarning, match="online tiles end at 85 degrees"):
        built = maps.build(*map_samples.at_pole(), tiles="OpenStreetMap")
    assert "tile.openstreetmap.org" not in built.get_root().render()


def test_a_reading_of_both_poles_has_the_usual_map():
    north, south = (
        Item(f"f{pole}", "disc", 88.0 * pole, 40.0, shapes.disc(88.0 * pole, 40.0, 1e5)) for pole in (1, -1)
    )
    assert Polar.of([north]) == Polar(1, 40.0)
    assert Polar.of([south]) == Polar(-1, 40.0)
    assert Polar.of([north, south]) is None


def test_the_samples_of_records_have_no_pole():
    assert Polar.of(items_of(records.report(), records.record())) is None
