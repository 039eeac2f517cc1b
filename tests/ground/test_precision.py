"""How precisely events are placed: the codes of UCDP GED and ACLED, and Darwin Core's uncertainty."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, shape

import standoff
from standoff.gazetteer import Regions
from standoff.geodesy import GEOD
from standoff.ground import shapes
from standoff.ground.drawn import Drawn
from standoff.ground.precision import over_water, precision_of
from standoff.model import Place, Relation


def place(feature: str, extent_m: float = 1000.0) -> Place:
    return Place(
        gid="t:1",
        name="X",
        lat=33.5,
        lon=38.6,
        country="SY",
        feature=feature,
        extent_m=extent_m,
        source="test",
    )


def relation(kind: str, **fields) -> Relation:
    return Relation(id="r1", kind=kind, text="there", start=0, end=5, **fields)


def codes(kind: str, feature: str, radius_m: float = 3000.0, extent_m: float = 1000.0, is_over_water=False):
    drawn = Drawn("disc", shapes.disc(33.5, 38.6, radius_m))
    stated = [(relation(kind), [place(feature, extent_m)])]
    return tuple(precision_of(drawn, radius_m, stated, is_over_water=is_over_water))


@pytest.mark.parametrize(
    ("kind", "feature", "radius_m", "wanted"),
    [
        ("at", "city", 3000.0, (1, 1)),
        ("in", "base", 30_000.0, (1, 1)),
        ("part", "city", 3000.0, (1, 1)),
        ("near", "city", 30_000.0, (2, 2)),
        ("near", "admin1", 90_000.0, (5, 3)),
        ("distance", "city", 20_000.0, (2, 2)),
        ("distance", "city", 30_000.0, (5, 3)),
        ("offset", "base", 10_000.0, (2, 2)),
        ("zone", "base", 55_000.0, (5, 3)),
        ("direction", "city", 24_000.0, (2, 2)),
        ("in", "admin2", 30_000.0, (3, 2)),
        ("in", "admin1", 90_000.0, (4, 3)),
        ("part", "admin1", 50_000.0, (4, 3)),
        ("part", "country", 200_000.0, (5, 3)),
        ("in", "desert", 200_000.0, (5, 3)),
        ("in", "island", 10_000.0, (5, 2)),
        ("between", "city", 60_000.0, (5, 3)),
        ("border", "country", 200_000.0, (5, 3)),
        ("in", "country", 300_000.0, (6, 3)),
        ("in", "sea", 900_000.0, (7, 3)),
        ("in", "strait", 20_000.0, (7, 2)),
    ],
)
def test_a_statement_has_the_codes_of_the_table(kind, feature, radius_m, wanted):
    assert codes(kind, feature, radius_m) == wanted


def test_what_lies_over_water_is_seven_and_acled_goes_by_size():
    assert codes("distance", "city", 4000.0, is_over_water=True) == (7, 1)
    assert codes("distance", "city", 90_000.0, is_over_water=True) == (7, 3)


@pytest.mark.parametrize(("uncertainty_m", "wanted"), [(8.0, (1, 1)), (20_000.0, (2, 2)), (60_000.0, (5, 3))])
def test_coordinates_are_as_exact_as_their_digits(uncertainty_m, wanted):
    drawn = Drawn("point", Point(38.6, 33.5), uncertainty_m=uncertainty_m)
    stated = [(relation("coordinates"), [place("coordinates", uncertainty_m)])]
    assert tuple(precision_of(drawn, uncertainty_m, stated, is_over_water=False)) == wanted


def test_the_most_precise_statement_decides():
    ring = Drawn("ring", shapes.ring(33.5, 38.6, 50_000.0, 70_000.0))
    far, inside = (relation("distance"), [place("city")]), (relation("in"), [place("admin1")])
    assert precision_of(ring, 130_000.0, [far], is_over_water=False) == (5, 3)
    assert precision_of(ring, 130_000.0, [far, inside], is_over_water=False) == (4, 3)


@pytest.mark.parametrize(
    ("lat", "lon", "radius_m", "wanted"),
    [
        (12.5, 45.26, 1000.0, True),  # the Gulf of Aden
        (33.5, 38.6, 1000.0, False),
        (6.45, 3.4, 30_000.0, False),  # half of it is Lagos
        (-17.0, 180.0, 2000.0, True),
    ],
)
def test_the_sea_is_told_from_land(lat, lon, radius_m, wanted):
    assert over_water(Drawn("disc", shapes.disc(lat, lon, radius_m)), Regions.open()) is wanted


@pytest.mark.parametrize(("lat", "lon", "wanted"), [(12.5, 45.26, True), (33.5, 38.6, False)])
def test_a_point_is_at_sea_or_on_land(lat, lon, wanted):
    assert over_water(Drawn("point", Point(lon, lat), uncertainty_m=5.0), Regions.open()) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Pirates boarded a tanker in the Red Sea.", (7, 3)),
        ("A tanker was attacked 24 nm south of Lagos, Nigeria.", (7, 3)),
        ("An air strike hit a truck at 33.6000, 38.7000.", (1, 1)),
        ("Clashes broke out in Syria.", (6, 3)),
    ],
)
def test_events_of_a_report_have_their_codes(text, wanted):
    event = standoff.read_text(text).record.events[0]
    assert (event.where_prec, event.geo_precision) == wanted


def test_an_event_without_a_footprint_has_no_codes():
    event = standoff.read_text("Clashes broke out.").record.events[0]
    assert (event.footprint, event.where_prec, event.geo_precision) == (None, None, None)


@pytest.mark.parametrize(
    "geometry",
    [
        shapes.ring(33.5, 38.6, 30_000.0, 45_000.0),
        shapes.sector(6.4, 3.4, 30_000.0, 60_000.0, 180.0, 30.0),
        shapes.disc(-17.0, 179.9, 80_000.0),
        # Its side along the parallel bends towards the pole, beyond which the representative point lies.
        shapely.Polygon([(-170, 80), (170, 80), (175, 85), (179, 89), (-179, 89)]),
        shapely.Polygon([(-60, 89), (-60, 70), (60, 70), (60, 89)]),
    ],
)
def test_the_uncertainty_is_a_circle_that_holds_the_whole_footprint(geometry):
    made = Drawn("region", geometry).footprint("f1")
    corners = shapely.get_coordinates(shapely.segmentize(shape(made.geometry), 0.5))
    size = len(corners)
    metres = GEOD.inv(np.full(size, made.lon), np.full(size, made.lat), corners[:, 0], corners[:, 1])[2]
    assert metres.max() <= made.uncertainty_m + 0.1
    assert made.uncertainty_m < metres.max() * 1.001 + 1.0


def test_an_uncertainty_of_nothing_is_not_known():
    assert Drawn("point", Point(38.6, 33.5), uncertainty_m=0.0).footprint("f1").uncertainty_m is None
