import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyproj import Geod

from standoff.errors import GazetteerError
from standoff.gazetteer import Gazetteer

WGS84 = Geod(ellps="WGS84")

WIDE = frozenset(
    "country admin1 admin2 continent region sea gulf strait ocean desert mountain lake river".split()
)
TANF = "standoff:at-tanf-garrison"


def gids(hits):
    return [hit.place.gid for hit in hits]


@pytest.mark.parametrize(
    "name", ["At Tanf", "At-Tanf", "al-Tanf", "Tanf", "Tanf Garrison", "AT TANF", "the At Tanf base"]
)
def test_every_form_of_at_tanf_finds_the_garrison_first(gazetteer, name):
    best = gazetteer.lookup(name)[0]
    assert best.place.gid == TANF
    assert (best.place.lat, best.place.lon) == (33.50583, 38.61778)
    assert best.place.country == "SY"


def test_exact_tells_a_written_form_from_one_that_only_shares_the_key(gazetteer):
    assert gazetteer.lookup("at tanf")[0].exact
    assert not gazetteer.lookup("al-Tanf")[0].exact


@pytest.mark.parametrize(
    ("name", "country", "matched"),
    [
        ("Syria", "SY", "name"),
        ("Syrian", "SY", "adjective"),
        ("Syrians", "SY", "demonym"),
        ("Iraqis", "IQ", "demonym"),
        ("Britons", "GB", "demonym"),
        ("British", "GB", "adjective"),
        ("UK", "GB", "abbreviation"),
        ("U.K.", "GB", "abbreviation"),
        ("U.S.", "US", "abbreviation"),
        ("USA", "US", "abbreviation"),
        ("America", "US", "alternate"),
        ("UAE", "AE", "abbreviation"),
        ("Emirati", "AE", "adjective"),
        ("DRC", "CD", "abbreviation"),
        ("Swedes", "SE", "demonym"),
        ("Burma", "MM", "alternate"),
    ],
)
def test_countries_in_their_many_names(gazetteer, name, country, matched):
    best = gazetteer.lookup(name)[0]
    assert (best.place.country, best.place.feature, best.matched) == (country, "country", matched)


@pytest.mark.parametrize(
    ("name", "code"), [("Calif.", "US-CA"), ("N.Y.", "US-NY"), ("Ore.", "US-OR"), ("TX", "US-TX")]
)
def test_abbreviations_of_us_states(gazetteer, name, code):
    assert code in {hit.admin1 for hit in gazetteer.lookup(name) if hit.place.feature == "admin1"}


@pytest.mark.parametrize("word", ["us", "car", "or", "in", "me", "calif"])
def test_an_abbreviation_in_small_letters_is_only_a_word(gazetteer, word):
    assert all(hit.matched != "abbreviation" for hit in gazetteer.lookup(word))


@pytest.mark.parametrize("name", ["Kyiv", "Kiev", "Київ", "Киев", "KYIV"])
def test_spellings_and_scripts_of_one_city(gazetteer, name):
    assert "geonames:703448" in gids(gazetteer.lookup(name))


@pytest.mark.parametrize("name", ["Deir ez-Zor", "Dayr az Zawr", "Deir al-Zour", "دير الزور"])
def test_transliterations(gazetteer, name):
    assert "geonames:170794" in gids(gazetteer.lookup(name))


def test_larger_towns_come_first(gazetteer):
    towns = [hit.place.population for hit in gazetteer.lookup("Springfield") if hit.place.feature == "city"]
    assert len(towns) > 10
    assert towns == sorted(towns, reverse=True)


def test_a_curated_air_base_keeps_the_names_of_the_airport_list(gazetteer):
    base, airport = (
        gazetteer.lookup("Hmeimim")[0],
        gazetteer.lookup("Bassel Al-Assad International Airport")[0],
    )
    assert base.place == airport.place
    assert base.place.feature == "base"


def test_unknown_and_empty_names(gazetteer):
    for name in ("Qwxzyville", "", "...", "'; DROP TABLE names; --"):
        assert gazetteer.lookup(name) == []
        assert not gazetteer.knows(name)
    assert gazetteer.knows("Mosul")


def test_limit(gazetteer):
    assert len(gazetteer.lookup("San José", limit=3)) == 3
    assert gazetteer.lookup("San José", limit=1)[0] == gazetteer.lookup("San José")[0]


def test_a_changed_result_does_not_change_the_next(gazetteer):
    gazetteer.lookup("Mosul").clear()
    assert gazetteer.lookup("Mosul")


def test_threads_share_a_gazetteer(gazetteer):
    names = ["Mosul", "Paris", "Tanf", "Springfield", "Київ", "London", "Homs", "Aleppo"] * 20
    expected = [gids(gazetteer.lookup(name)) for name in names]
    with Gazetteer(gazetteer.path) as fresh, ThreadPoolExecutor(8) as pool:
        assert [gids(hits) for hits in pool.map(fresh.lookup, names)] == expected


def test_a_closed_gazetteer_says_so(gazetteer):
    opened = Gazetteer(gazetteer.path)
    opened.lookup("Mosul")
    worker = threading.Thread(target=opened.knows, args=("Homs",))
    worker.start()
    worker.join()
    opened.close()
    with pytest.raises(GazetteerError, match="closed"):
        opened.lookup("Baghdad")


def test_every_extent_is_of_a_sensible_size(gazetteer):
    rows = gazetteer.query("SELECT feature, min(extent_m), max(extent_m) FROM places GROUP BY feature", ())
    limits = {feature: (low, high) for feature, low, high in rows}
    assert limits["city"][0] >= 500
    assert limits["city"][1] <= 40_000
    assert all(low > 0 for low, _ in limits.values())


@pytest.mark.parametrize(
    ("name", "town", "radius_m"), [("Mosul", "geonames:99072", 10_000), ("Paris", "geonames:2988507", 20_000)]
)
def test_estimated_extents_are_of_the_order_of_known_cities(gazetteer, name, town, radius_m):
    extent_m = next(hit.place.extent_m for hit in gazetteer.lookup(name) if hit.place.gid == town)
    assert radius_m / 2 < extent_m < radius_m * 2


def test_nearest_agrees_with_a_search_of_every_place(gazetteer):
    features = [feature for (feature,) in gazetteer.query("SELECT DISTINCT feature FROM places", ())]
    small = [feature for feature in features if feature not in WIDE | {"island group"}]
    marks = ", ".join("?" * len(small))
    rows = gazetteer.query(f"SELECT gid, lat, lon FROM places WHERE feature IN ({marks})", small)
    for lat, lon in [(33.5, 38.6), (-17.0, 179.99), (-16.9, -179.95), (78.2, 15.6), (51.5, 0.0)]:
        near = [row for row in rows if abs(row[1] - lat) < 3]
        best = min(WGS84.inv(lon, lat, row[2], row[1])[2] for row in near)
        assert gazetteer.nearest(lat, lon)[0][1] == pytest.approx(best, abs=0.01)


@pytest.mark.parametrize(
    ("lat", "lon", "country"),
    [
        (36.335, 43.12, "IQ"),
        (41.02, 28.95, "TR"),
        (45.44, 12.32, "IT"),
        (36.14, -5.35, "GI"),
        (27.0, 14.43, "LY"),
    ],
    ids=["in its district", "on a strait", "on a lagoon", "by a gulf", "in a desert"],
)
def test_a_point_in_a_town_gives_a_town_and_no_wide_area_round_it(gazetteer, lat, lon, country):
    place = gazetteer.nearest(lat, lon)[0][0].place
    assert (place.feature, place.country) == ("city", country)


def test_wide_areas_are_there_for_who_asks_for_them(gazetteer):
    assert gazetteer.nearest(41.1, 29.1, features=("strait",))[0][0].place.name == "Bosporus"
