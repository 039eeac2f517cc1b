"""The behaviour that geopy asks of its own geocoders."""

import geopy
import pytest
from geopy.geocoders.base import Geocoder
from geopy.point import Point

from standoff.gazetteer import OfflineGeocoder


@pytest.fixture(scope="module")
def geocoder(gazetteer):
    return OfflineGeocoder(gazetteer)


def test_it_is_a_geopy_geocoder(geocoder):
    assert isinstance(geocoder, Geocoder)


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


def test_lists_limits_countries_and_kinds(geocoder):
    found = geocoder.geocode("Tripoli", exactly_one=False)
    assert len(found) > 2
    assert len(geocoder.geocode("Tripoli", exactly_one=False, limit=2)) == 2
    assert {
        item.raw["country"] for item in geocoder.geocode("Tripoli", exactly_one=False, country_codes="lb")
    } == {"LB"}
    assert geocoder.geocode("Georgia", featuretype="admin1").raw["country"] == "US"
    assert geocoder.geocode("Georgia", country_codes=["FR"], featuretype="country") is None


@pytest.mark.parametrize("point", ["33.5058, 38.6177", (33.5058, 38.6177), Point(33.5058, 38.6177)])
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
