"""Probability surfaces: what several statements say together."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import box, shape

import records
from standoff.geodesy import area_km2
from standoff.ground.combine import combine
from standoff.ground.drawn import Drawn
from standoff.ground.surface import surface_of
from standoff.model import Relation
from standoff.settings import Settings

WEST, EAST = box(10, 40, 12, 42), box(11, 40, 13, 42)


def drawn(area, coverage=0.9, shape="region") -> Drawn:
    return Drawn(shape, area, coverage)


def layers(area, share=0.9):
    return [(share, area)]


def relation(name: str, kind: str = "distance", text: str = "20 km from X") -> Relation:
    return Relation(id=name, kind=kind, text=text, start=0, end=len(text))


def test_the_probability_is_one_and_most_of_it_is_where_the_statements_agree():
    found = surface_of([layers(WEST), layers(EAST)])
    assert found.mass.sum() == pytest.approx(1.0)
    assert (found.mass >= 0).all()
    assert WEST.intersection(EAST).buffer(0.05).covers(found.contour(0.05))


@pytest.mark.parametrize("share", [0.5, 0.9, 0.95])
def test_a_contour_holds_its_share_and_a_larger_one_holds_a_smaller(share):
    found = surface_of([layers(WEST), layers(EAST)])
    inner, outer = found.contour(share / 2), found.contour(share)
    assert outer.buffer(1e-6).covers(inner)
    assert area_km2(inner) < area_km2(outer)


def test_one_statement_alone_keeps_its_share_inside():
    found = surface_of([layers(WEST)])
    assert area_km2(found.contour(0.9)) == pytest.approx(area_km2(WEST), rel=0.05)


def test_of_shapes_in_each_other_the_inner_is_likelier():
    nested = [(0.5, box(10.5, 40.5, 11, 41)), (0.9, WEST)]
    found = surface_of([nested])
    assert nested[0][1].buffer(0.1).covers(found.contour(0.45))
    assert nested[0][1].buffer(0.1).covers(found.contour(0.05))


def test_a_contour_is_in_one_piece_where_the_probability_is():
    half = surface_of([layers(WEST), layers(EAST)]).contour(0.5)
    assert half.geom_type == "Polygon"
    assert not half.interiors


def test_statements_that_contradict_each_other_leave_both_places():
    apart = box(20, 40, 22, 42)
    found = surface_of([layers(WEST), layers(apart)])
    both = found.contour(0.9)
    assert both.intersects(WEST)
    assert both.intersects(apart)


def test_across_the_antimeridian_there_is_none():
    split = shapely.MultiPolygon([box(179, 0, 180, 1), box(-180, 0, -179, 1)])
    assert surface_of([layers(split), layers(split)]) is None


def test_an_event_with_two_statements_becomes_a_surface_where_that_is_asked_for():
    (event, *_) = records.record().events
    stated = [(relation("r1"), drawn(WEST, shape="ring")), (relation("r2"), drawn(EAST, shape="ring"))]
    cut, _ = combine(stated, event, None, Settings())
    found, _ = combine(stated, event, None, Settings(combine="surface"))
    assert cut.shape == "ring"
    assert found.shape == "surface"
    record = found.footprint("f1")
    assert record.coverage == 0.9
    (half,) = record.contours
    assert half.coverage == 0.5
    assert half.area_km2 < record.area_km2
    assert shape(record.geometry).buffer(1e-6).covers(shape(half.geometry))
    assert {"combine", "coverage"} <= set(record.settings)
    assert any("independently" in text for text in record.assumptions)


def test_an_event_with_one_statement_keeps_its_shape():
    (event, *_) = records.record().events
    found, _ = combine(
        [(relation("r1"), drawn(WEST, shape="ring"))], event, None, Settings(combine="surface")
    )
    assert found.shape == "ring"
    assert found.contours == ()
