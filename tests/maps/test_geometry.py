import string

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

import letters
from standoff.maps import geometry
from standoff.maps.escape import json_block

WHOLE = st.integers(-(2**40), 2**40)
PLACES = st.tuples(st.floats(-540, 540), st.floats(-90, 90))


@given(st.lists(WHOLE))
def test_numbers_come_back_from_letters(numbers):
    assert letters.numbers(geometry.letters(numbers)) == numbers


@given(st.lists(PLACES, min_size=2, max_size=40), st.sampled_from([10, 1_000, 100_000]))
def test_a_line_comes_back_within_its_rounding(places, scale):
    data = geometry.encode(shapely.LineString(places), scale)
    rounded = np.rint(np.array(places) * scale)
    kept = [at for i, at in enumerate(rounded.tolist()) if i == 0 or at != rounded[i - 1].tolist()]
    if len(kept) < 2:
        assert data["lines"] == []  # a line within one unit
    else:
        found = letters.corners(data["lines"][0], scale)
        assert np.allclose(np.rint(found * scale), kept)


@given(st.lists(WHOLE))
def test_letters_need_no_escape(numbers):
    text = geometry.letters(numbers)
    assert json_block(text) == f'"{text}"'
    assert set(text) <= {*string.ascii_letters, *string.digits, "-", "_"}


def test_holes_and_parts_come_back():
    ring = shapely.Point(10, 50).buffer(2).difference(shapely.Point(10, 50).buffer(1))
    both = shapely.union_all([ring, shapely.box(20, 50, 21, 51)])
    found = letters.polygons(geometry.encode(both))
    assert found.symmetric_difference(both).area < 1e-4
