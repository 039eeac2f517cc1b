"""Where a paper is at home: what its name tells, and what its reports tell together."""

from __future__ import annotations

import pytest

from standoff.model import Place
from standoff.resolve.publishers import Home, Told, home_of, pooled


def town(name, lat, lon, country="US"):
    return Place(
        gid=name, name=name, lat=lat, lon=lon, country=country, feature="city", extent_m=2000, source="test"
    )


ATHENS_GA, ATHENS_GR = town("Athens GA", 33.96, -83.38), town("Athens", 37.98, 23.73, "GR")
WATKINSVILLE, MACON = town("Watkinsville", 33.86, -83.41), town("Macon", 32.84, -83.63)


def told(*reports):
    """Give each report's places as (place, weight)."""
    return [
        Told(str(number), place, "US-GA" if place.country == "US" else None, weight)
        for number, items in enumerate(reports)
        for place, weight in items
    ]


@pytest.mark.parametrize(
    ("publisher", "country"),
    [
        ("cambridge-news.co.uk", "GB"),
        ("https://www.lemonde.fr/une", "FR"),
        ("dailystar.com.lb", "LB"),
        ("example.com", None),
        ("rt.tv", None),  # sold to everyone
        ("tass.su", None),  # no country has it
        ("The Athens Review", None),
        ("", None),
        (None, None),
    ],
)
def test_a_web_domain_tells_the_country(publisher, country):
    assert home_of(publisher).country == country


def test_a_paper_named_after_a_town():
    home = home_of("gainesvilletimes.com")
    assert home.is_named_after("Gainesville")
    assert not home.is_named_after("Athens")
    assert not home.is_named_after("Ga")  # too short to tell


def test_reports_that_agree_tell_the_spot():
    home = pooled(Home(), told(*[[(ATHENS_GA, 0.3), (ATHENS_GR, 0.5), (WATKINSVILLE, 0.9)]] * 3))
    assert (home.lat, home.country, home.admin1) == (WATKINSVILLE.lat, "US", "US-GA")


def test_two_reports_do_not_tell():
    assert pooled(Home(), told(*[[(WATKINSVILLE, 0.9)]] * 2)) == Home()


def test_reports_from_all_over_do_not_tell():
    spots = [
        town(str(i), lat, lon)
        for i, (lat, lon) in enumerate([(0, 0), (20, 20), (40, 60), (-30, 10), (10, -60), (60, 100)])
    ]
    assert pooled(Home(), told(*[[(spot, 0.9)] for spot in spots])) == Home()


def test_a_report_of_many_places_has_one_voice():
    long = [(MACON, 0.9)] * 50
    home = pooled(Home(), told(long, [(ATHENS_GA, 0.9)], [(WATKINSVILLE, 0.9)], [(ATHENS_GA, 0.9)]))
    assert home.lat == ATHENS_GA.lat or home.lat == WATKINSVILLE.lat


def test_a_paper_reports_at_home_rather_than_abroad():
    home = pooled(home_of("athensnews.gr"), told(*[[(ATHENS_GA, 0.6), (ATHENS_GR, 0.4)]] * 4))
    assert home.country == "GR"
