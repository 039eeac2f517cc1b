"""Which place a name means, with what probability, and when none."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from standoff.gazetteer import name_key
from standoff.model import Place, PlaceMention
from standoff.resolve import resolve


@dataclass(frozen=True)
class Hit:
    place: Place
    matched: str = "name"
    exact: bool = True
    admin1: str | None = None
    curated: bool = False
    own: bool = False


def hit(name, country, lat, lon, feature="city", population=100_000, matched="name", admin1=None):
    place = Place(
        gid=f"{country}:{name}:{feature}", name=name, lat=lat, lon=lon, country=country, feature=feature,
        extent_m=1000, source="test", population=population,
    )  # fmt: skip
    return Hit(place, matched, True, admin1)


KENYAN = hit("Mombasa", "KE", -4.05, 39.66, population=1_200_000, matched="alternate")
NAMES = {
    "Mambasa": [KENYAN],
    "Bunia": [hit("Bunia", "CD", 1.56, 30.25, population=900_000)],
    "Nairobi": [hit("Nairobi", "KE", -1.28, 36.82, population=4_000_000)],
    "Kenya": [hit("Kenya", "KE", 1, 38, "country", 50_000_000)],
    "Homs": [
        hit("Homs", "SY", 34.5, 38, "admin1", 1_700_000, admin1="SY-HI"),
        hit("Homs", "SY", 34.73, 36.71, admin1="SY-HI", population=775_000),
    ],
    "Georgia": [
        hit("Georgia", "GE", 42, 43.5, "country", 3_700_000),
        hit("Georgia", "US", 32.7, -83.5, "admin1", 4_800_000, admin1="US-GA"),
    ],
    "Athens": [
        hit("Athens", "GR", 37.98, 23.73, population=660_000, admin1="GR-I"),
        hit("Athens", "US", 33.96, -83.38, population=116_000, admin1="US-GA"),
    ],
    "Beirut": [hit("Beirut", "LB", 33.89, 35.5, population=1_900_000)],
    "Zahle": [hit("Zahle", "LB", 33.85, 35.9, population=0)],
}


class Gazetteer:
    def lookup(self, name, limit=50):
        return NAMES.get(name, [])[:limit]


def read(*names, inside=None, hints=None):
    mentions = [
        PlaceMention(
            id=f"p{i}", text=name, start=20 * i, end=20 * i + len(name), kind="toponym", name=name,
            inside=(inside or {}).get(i), feature_hint=(hints or {}).get(i),
        )
        for i, name in enumerate(names)
    ]  # fmt: skip
    return resolve(mentions, [], Gazetteer(), name_key)


def test_another_spelling_of_a_far_place_is_less_sure_than_where_the_report_speaks_of_its_country():
    far, near = read("Mambasa", "Bunia")[0], read("Mambasa", "Kenya")[0]
    assert [c.name for c in far.candidates] == ["Mombasa"]
    assert far.candidates[0].probability < near.candidates[0].probability - 0.1


@pytest.mark.parametrize("other", ["Kenya", "Nairobi"])
def test_it_is_that_place_where_the_report_speaks_of_the_country(other):
    mambasa = read("Mambasa", other)[0]
    assert mambasa.place.name == "Mombasa"
    assert 0.8 < mambasa.probability < 1


def test_alone_it_is_that_place_and_not_for_sure():
    (mambasa,) = read("Mambasa")
    assert mambasa.place.name == "Mombasa"
    assert mambasa.probability < 0.99


def test_a_village_of_unknown_size_is_surer_where_the_report_is_near():
    near, far = read("Zahle", "Beirut")[0], read("Zahle", "Bunia")[0]
    assert near.place.country == "LB"
    assert near.probability < 0.99
    assert far.candidates[0].probability < near.probability - 0.05


def test_a_city_is_not_halved_by_the_region_of_its_name():
    (homs,) = read("Homs")
    assert homs.place.feature == "city"
    assert homs.probability > 0.95


def test_the_region_is_meant_where_the_words_say_so_and_the_city_where_not():
    province, city = read("Homs", "Homs", hints={0: "region"})
    assert (province.place.feature, city.place.feature) == ("admin1", "city")


def test_a_holder_is_where_what_it_holds_can_lie():
    athens, georgia = read("Athens", "Georgia", inside={0: "p1"})
    assert (athens.place.country, georgia.place.country) == ("US", "US")
    (alone,) = read("Georgia")
    assert alone.place.country == "GE"
    (state,) = read("Georgia", hints={0: "region"})
    assert state.place.country == "US"


def test_a_name_in_no_gazetteer_says_so():
    (unknown,) = read("Xqzvbar")
    assert unknown.place is None
    assert "not in the gazetteer" in unknown.reason
    assert unknown.candidates == []


def test_probabilities_leave_room_for_none():
    for mention in read("Mambasa", "Bunia", "Homs", "Athens"):
        assert sum(c.probability for c in mention.candidates) < 1


@dataclass(frozen=True)
class Near:
    hit: Hit
    score: float


class Spelling(Gazetteer):
    def suggest(self, name, limit=5):
        near = [Near(hit("Aleppo", "SY", 36.2, 37.16), 0.31), Near(hit("Alappuzha", "IN", 9.5, 76.3), 0.01)]
        return near[:limit] if name == "Aleepo" else []


def test_a_misspelt_name_has_candidates_and_no_place():
    mentions = [
        PlaceMention(id=f"p{i}", text=name, start=20 * i, end=20 * i + len(name), kind="toponym", name=name)
        for i, name in enumerate(("Aleepo", "Zzyzxville", "Nairobi"))
    ]
    misspelt, unknown, known = resolve(mentions, [], Spelling(), name_key)
    assert misspelt.place is None
    assert misspelt.probability is None
    assert [(c.name, c.probability) for c in misspelt.candidates] == [("Aleppo", 0.31)]
    assert misspelt.reason == "'Aleepo' is not in the gazetteer; did the report mean Aleppo (SY)?"
    assert unknown.candidates == []
    assert unknown.reason == "'Zzyzxville' is not in the gazetteer"
    assert known.place.country == "KE"
