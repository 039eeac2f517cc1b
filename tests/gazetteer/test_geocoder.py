"""The behaviour that geopy asks of its own geocoders."""

import inspect
import subprocess
import sys
from functools import partial

import geopy
import pytest
from geopy.exc import GeocoderUnavailable
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.geocoders.base import Geocoder
from geopy.point import Point

from standoff.errors import GazetteerError
from standoff.gazetteer import Gazetteer, lookup


@pytest.fixture(scope="module")
def geocoder(gazetteer):
    return gazetteer


def test_the_gazetteer_is_a_geopy_geocoder(geocoder):
    assert isinstance(geocoder, Geocoder)
    assert isinstance(geocoder, lookup.Gazetteer)
    assert type(geocoder) is Gazetteer


@pytest.mark.parametrize("method", ["geocode", "reverse"])
def test_calls_that_geopys_own_geocoders_take_are_taken(method):
    ours = inspect.signature(getattr(Gazetteer, method)).parameters
    theirs = inspect.signature(getattr(Nominatim, method)).parameters
    assert list(ours)[:2] == list(theirs)[:2]
    assert {"exactly_one", "timeout"} < set(ours)
    shared = set(ours) & set(theirs)
    assert {name: ours[name].kind for name in shared} == {name: theirs[name].kind for name in shared}


def test_it_has_no_way_to_the_network(geocoder):
    with pytest.raises(GeocoderUnavailable, match="offline"):
        geocoder._call_geocoder("https://example.org", lambda page: page)


@pytest.mark.parametrize("module", ["standoff", "standoff.gazetteer"])
def test_importing_is_light(module):
    code = f"import sys, {module}; print(sorted({{'geopy', 'rapidfuzz', 'spacy'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_as_a_context_it_closes(geocoder):
    with Gazetteer(geocoder.path) as opened:
        assert opened.geocode("Mosul")
    with pytest.raises(GazetteerError, match="closed"):
        opened.geocode("Baghdad")


def test_geopys_rate_limiter_and_partial_take_it(geocoder):
    geocode = RateLimiter(partial(geocoder.geocode, country_codes="IQ"), min_delay_seconds=0)
    assert [geocode(name).raw["country"] for name in ("Mosul", "Basra")] == ["IQ", "IQ"]


@pytest.mark.parametrize(
    ("query", "lat", "lon"),
    [
        ("東京", 35.69, 139.69),
        ("Київ", 50.45, 30.52),
        ("Malmö, Sweden", 55.6, 13.0),
        ("دمشق", 33.51, 36.29),
    ],
)
def test_unicode_names(geocoder, query, lat, lon):
    location = geocoder.geocode(query, timeout=0.001)
    assert (location.latitude, location.longitude) == pytest.approx((lat, lon), abs=0.2)
    assert location.point == Point(location.latitude, location.longitude, 0)
    assert str(location) == location.address


def test_geocode_gives_a_location_with_its_raw_record(geocoder):
    location = geocoder.geocode("At Tanf")
    assert isinstance(location, geopy.Location)
    assert (location.latitude, location.longitude) == (33.50583, 38.61778)
    assert location.address == "At Tanf garrison, Homs, Syria"
    assert location.raw["gid"] == "standoff:at-tanf-garrison"


@pytest.mark.parametrize(
    ("query", "gid"),
    [
        ("Springfield, Illinois", "geonames:4250542"),
        ("Springfield, Ill.", "geonames:4250542"),
        ("Paris", "geonames:2988507"),
        ("Paris, Texas", "geonames:4717560"),
        ("London, Ontario, Canada", "geonames:6058560"),
    ],
)
def test_what_stands_after_a_comma_holds_the_place(geocoder, query, gid):
    assert geocoder.geocode(query, featuretype="city").raw["gid"] == gid


@pytest.mark.parametrize("query", ["", "Qwxzyville", "Paris, Qwxzyville", "Paris, Japan", ",", "${alert(1)}"])
def test_nothing_found_is_none(geocoder, query):
    assert geocoder.geocode(query) is None
    assert geocoder.geocode(query, exactly_one=False) is None


def test_exactly_one_or_a_list(geocoder):
    found = geocoder.geocode("Mosul", exactly_one=False)
    assert isinstance(found, list)
    assert found[0] == geocoder.geocode("Mosul")
    assert isinstance(geocoder.reverse((36.34, 43.13), exactly_one=False), list)


def test_a_limit_below_one_is_an_error_as_in_geopy(geocoder):
    for call in (partial(geocoder.geocode, "Mosul"), partial(geocoder.reverse, (36.34, 43.13))):
        with pytest.raises(ValueError, match="less than 1"):
            call(exactly_one=False, limit=0)


def test_lists_limits_countries_and_kinds(geocoder):
    found = geocoder.geocode("Tripoli", exactly_one=False)
    assert len(found) > 2
    assert len(geocoder.geocode("Tripoli", exactly_one=False, limit=2)) == 2
    assert {
        item.raw["country"] for item in geocoder.geocode("Tripoli", exactly_one=False, country_codes="lb")
    } == {"LB"}
    both = geocoder.geocode("Tripoli", exactly_one=False, country_codes="lb,ly")
    assert {item.raw["country"] for item in both} == {"LB", "LY"}
    assert geocoder.geocode("Georgia", featuretype="admin1").raw["country"] == "US"
    assert geocoder.geocode("Georgia", featuretype="state") == geocoder.geocode(
        "Georgia", featuretype="admin1"
    )
    assert geocoder.geocode("Georgia", country_codes=["FR"], featuretype="country") is None


@pytest.mark.parametrize(
    "point",
    [
        "33.5058, 38.6177",
        (33.5058, 38.6177),
        [33.5058, 38.6177],
        Point(33.5058, 38.6177),
        Point(33.5058, 38.6177, 12.0),
        "33 30m 20.9s N 38 37m 3.7s E",
    ],
)
def test_reverse_takes_what_geopy_takes(geocoder, point):
    location = geocoder.reverse(point)
    assert location.raw["gid"] == "standoff:at-tanf-garrison"
    assert location.raw["distance_m"] < 20


def test_reverse_lists_the_nearest_first(geocoder):
    found = geocoder.reverse((36.34, 43.13), exactly_one=False, limit=5)
    metres = [item.raw["distance_m"] for item in found]
    assert len(metres) == 5
    assert metres == sorted(metres)
    assert geocoder.reverse((36.34, 43.13), featuretype="airfield").raw["feature"] == "airfield"


def test_reverse_far_from_everything_is_none_and_bad_points_are_errors(geocoder):
    assert geocoder.reverse((-50.0, -120.0)) is None
    with pytest.raises(ValueError, match="Latitude"):
        geocoder.reverse((95.0, 0.0))
    with pytest.raises(ValueError, match="Failed to create Point"):
        geocoder.reverse("At Tanf")


def test_a_name_with_what_it_lies_in_is_found(gazetteer):
    assert gazetteer.find("Paris, TX")[0].admin1 == "US-TX"
    assert [hit.place.country for hit in gazetteer.find("Tripoli, Lebanon")][:1] == ["LB"]
    assert gazetteer.find("Tripoli, Iceland") == []


@pytest.mark.parametrize(
    ("position", "near"),
    [
        ((33.5058, 38.6177), ["SY"]),
        ((33.375, 38.794), ["IQ", "JO", "SY"]),  # where three meet, near Al Walid
        ((49.6117, 6.1319), ["LU"]),
        ((49.4750, 6.3650), ["DE", "FR", "LU"]),  # where three meet, near Schengen
    ],
)
def test_a_position_near_a_border_says_which_countries_it_may_be_in(geocoder, position, near):
    location = geocoder.reverse(position)
    assert location.raw["countries_near"] == near
    assert "countries_near" not in geocoder.geocode("Mosul").raw
