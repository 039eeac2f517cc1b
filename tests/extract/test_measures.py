"""Quantities: every way a report states a number with a unit."""

from __future__ import annotations

import time

import pytest
import spacy

import standoff.extract.measures
from standoff.extract import numbers


@pytest.fixture(scope="module")
def find():
    nlp = spacy.blank("en")
    nlp.add_pipe("standoff_measures")
    return lambda text: nlp(text)._.measures


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("half a mile away", [804.672]),
        ("10 nautical miles off", [18_520]),
        ("a dozen kilometres south", [12_000]),
        ("15 klicks north", [15_000]),
        ("two and a half kilometres", [2_500]),
        ("just under 3 1/2 miles", [5_632.704]),
        ("three-quarters of a mile", [1_207.008]),
        ("a couple of hundred metres", [200]),
        ("1,500 metres", [1_500]),
        ("55km and 12nm", [55_000, 22_224]),
        ("twenty-four miles", [38_624.256]),
        ("between ten and twenty kilometres", [15_000]),
        ("a hundred and ten metres", [110]),
        ("20 or so miles", [32_186.88]),
        ("10, 20 and 30 km", [10_000, 20_000, 30_000]),
        ("zones of 20 and 30 km", [20_000, 30_000]),
        ("widened the zone from 20 to 30 km", [20_000, 30_000]),
        ("3 cables off the pier", [555.6]),
        ("40 li from the town, or 18 versts", [20_000, 19_202.4]),
    ],
)
def test_lengths_in_metres(find, text, metres):
    assert [m.si_value for m in find(text)] == pytest.approx(metres)


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("20-30 km", 20, 30, "range"),
        ("between 20 and 30 km", 20, 30, "range"),
        ("from 2 to 3 km", 2, 3, "range"),
        ("up to 35 miles", None, 35, "<="),
        ("more than 10 km", 10, None, ">"),
        ("at least 4 miles", 4, None, ">="),
        ("nearly 50 km", None, 50, "<"),
        ("about 24 miles", 24, 24, "~"),
        ("24 miles", 24, 24, "="),
    ],
)
def test_bounds_and_hedges(find, text, low, high, bound):
    (measure,) = find(text)
    assert (measure.low, measure.high, measure.bound) == (low, high, bound)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("a missile with a range of 2,000 km", "range"),
        ("he ran 42 km", "travel"),
        ("a 5-mile-long wall", "dimension"),
        ("155mm howitzers", "dimension"),
        ("a depth of 10 km", "dimension"),
        ("a 100-kilometre-deep buffer zone", "depth"),
        ("to a depth of 30 km from the border", "depth"),
        ("a 34-mile so-called de-confliction zone", "radius"),
    ],
)
def test_roles_that_the_words_give(find, text, role):
    assert [m.role for m in find(text)] == [role]
    assert find(text)[0].reason


def test_the_same_distance_twice_is_one_measure_with_its_residual(find):
    (measure,) = find("12 miles (20 km) away")
    assert measure.text == "12 miles (20 km)"
    assert measure.stated_twice.value == 20
    assert measure.stated_twice.residual == pytest.approx(20 / 19.312128 - 1, abs=1e-4)
    assert len(find("12 miles (60 km) away")) == 2  # too far apart to be one


@pytest.mark.parametrize(
    "text", ["the M23 group", "at 555-1234", "in 2017", "the 3M company", "a mile-wide smile", ""]
)
def test_what_is_no_measure(find, text):
    assert [m for m in find(text) if m.dimension == "length" and m.value != 1] == []


def test_other_dimensions_are_kept_apart(find):
    found = {
        m.text: m.dimension
        for m in find("a two-hour drive at 120 km/h over 200 square kilometres with 5 tonnes")
    }
    assert set(found.values()) == {"duration", "speed", "area", "mass"}


def test_nm_is_said_to_be_nautical(find):
    assert "nautical" in find("12 nm off")[0].reason


@pytest.mark.parametrize(
    "hostile",
    ["1, " * 60_000, "a " * 100_000, "12 " * 60_000, "two hundred and " * 12_000, "(" * 100_000, " " * 200_000,
     "1,000" * 30_000, "from 20 to " * 20_000, "half a " * 30_000,
     "12" + "\t" * 20_000 + "km 12" + " " * 20_000 + "km", "5 km" + "-" * 20_000 + "x", "5 km deep" + "-" * 20_000 + "x",
     "5 km" + " " * 20_000 + "or", "5 km (20" + " " * 20_000 + "x", "5 km " + "a-" * 20_000 + "x"],
)  # fmt: skip
def test_hostile_text_takes_time_in_proportion(find, hostile):
    def seconds(text):
        start = time.process_time()
        list(standoff.extract.measures._quantities(text))
        return time.process_time() - start

    quarter = max(seconds(hostile[: len(hostile) // 4]), 0.02)
    assert seconds(hostile) < 16 * quarter


def test_numbers_refuse_what_is_none():
    assert numbers.parse("parsnips") is None
    assert numbers.parse("") is None
