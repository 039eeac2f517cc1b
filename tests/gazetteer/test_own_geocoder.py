"""A geocoder of one's own behind the gazetteer: asked for what it lacks, checked, never quite believed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from geopy.exc import GeocoderTimedOut
from geopy.location import Location

import hostile
import standoff
from standoff.errors import SettingError
from standoff.gazetteer import Gazetteer, OwnGeocoder, add_layer

ZULU = Location("Point Zulu, Syria", (33.61, 38.70), {})
TEXT = "Two trucks were hit near Point Zulu, 40 km from Palmyra."


class Posts:
    """A geocoder as geopy has them, that remembers what it was asked."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked: list[tuple[str, bool]] = []

    def geocode(self, query: str, exactly_one: bool = True) -> Any:
        self.asked.append((query, exactly_one))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture(scope="module")
def places() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


def test_all_places_are_asked_for_where_the_geocoder_can_tell_them():
    posts = Posts([ZULU, Location("Point Zulu, Iraq", (33.4, 40.0), {})])
    answer = OwnGeocoder(posts).lookup("Point Zulu")
    assert posts.asked == [("Point Zulu", False)]
    assert [hit.place.country for hit in answer.hits] == ["SY", "IQ"]
    assert {hit.place.source for hit in answer.hits} == {"Posts"}
    assert len(OwnGeocoder(posts).lookup("Point Zulu", limit=1).hits) == 1


@pytest.mark.parametrize("given", [None, []])
def test_nothing_found_is_not_found(given: Any):
    assert OwnGeocoder(Posts(given)).lookup("X").status == "not_found"


@pytest.mark.parametrize("given", [ZULU, [ZULU], (ZULU,)])
def test_one_place_or_a_list_are_understood(given: Any):
    assert OwnGeocoder(SimpleNamespace(geocode=lambda _name: given)).lookup("X").status == "found"


@pytest.mark.parametrize(
    "given", [5, "Aleppo", [(33, 38)], [Location("", (1, 2), {})], [Location("Null", (0, 0), {})]]
)
def test_what_is_no_place_is_no_answer(given: Any):
    answer = OwnGeocoder(Posts(given), "the desk").lookup("X")
    assert answer.status == "unreachable"
    assert answer.message.startswith("the desk gave ")
    assert answer.hits == ()


def test_after_an_error_it_is_left_alone_until_it_is_resumed():
    posts = Posts(GeocoderTimedOut("no answer"))
    desk = OwnGeocoder(posts)
    assert desk.lookup("A").status == "unreachable"
    assert "earlier in this reading" in desk.lookup("B").message
    assert [name for name, _ in posts.asked] == ["A"]
    posts.answer = ZULU
    desk.resume()
    assert desk.lookup("B").status == "found"


def test_one_bad_answer_does_not_end_it():
    posts = Posts(KeyError("x"))
    desk = OwnGeocoder(posts)
    assert desk.lookup("A").status == "unreachable"
    posts.answer = ZULU
    assert desk.lookup("B").status == "found"


def test_a_sentence_is_not_a_name():
    posts = Posts(ZULU)
    assert OwnGeocoder(posts).lookup("x" * 500).status == "refused"
    assert OwnGeocoder(posts).lookup(" \n").status == "not_found"
    assert posts.asked == []


@pytest.mark.parametrize("wrong", [None, 5, SimpleNamespace(geocode=5)])
def test_what_is_no_geocoder_is_told(wrong: Any):
    with pytest.raises(SettingError, match="method geocode"):
        OwnGeocoder(wrong)


def test_a_reading_asks_for_those_names_alone_that_the_gazetteer_lacks(places: Gazetteer):
    posts = Posts(ZULU)
    reading = standoff.read_text(TEXT, gazetteer=places, online=posts)
    assert [name for name, _ in posts.asked] == ["Point Zulu"]
    zulu = reading.places.set_index("text").loc["Point Zulu"]
    assert (zulu["lat"], zulu["lon"], zulu["source"]) == (33.61, 38.70, "Posts")
    assert zulu["probability"] <= 0.89
    assert "'Point Zulu' is not in the gazetteer; Posts has it" in zulu["reason"]
    assert reading.record.settings["online"] == "Posts"


def test_reading_again_asks_the_same_geocoder(places: Gazetteer):
    posts = Posts(ZULU)
    reading = standoff.read_text(TEXT, gazetteer=places, online=OwnGeocoder(posts, "the desk's list"))
    again = reading.with_settings(coverage=0.5)
    assert again.places["source"].tolist() == reading.places["source"].tolist()
    assert len(posts.asked) == 2


def test_a_gazetteer_behind_the_gazetteer_tells_all_that_it_knows(tmp_path: Path, places: Gazetteer):
    file = tmp_path / "theirs.csv"
    file.write_text(
        "name,lat,lon,extent_m,kind,note\nPoint Zulu,33.61,38.70,700,base,from them\n", encoding="utf-8"
    )
    add_layer(file, data_dir=tmp_path / "data")
    with Gazetteer.open(data_dir=tmp_path / "data") as theirs:
        reading = standoff.read_text(TEXT, gazetteer=places, online=theirs)
    zulu = reading.places.set_index("text").loc["Point Zulu"]
    assert (zulu["feature"], zulu["extent_m"], zulu["country"]) == ("base", 700, "SY")
    assert "theirs.csv" in zulu["source"]
    assert zulu["probability"] <= 0.89


def test_hostile_answers_stay_words(places: Gazetteer):
    posts = Posts(
        [Location(f"{hostile.MARKED}, Syria", (33.61, 38.70), {"gid": 5, "feature": None, "extent_m": "x"})]
    )
    answer = OwnGeocoder(posts).lookup("Point Zulu")
    assert answer.status == "unreachable"
    posts.answer = Location(hostile.MARKED, (33.61, 38.70), {})
    reading = standoff.read_text(TEXT, gazetteer=places, online=posts)
    assert reading.map().get_root().render().count("<script>window.ran") == 0
