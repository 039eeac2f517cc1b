"""Persons, players, dishes and stations that bear the names of places, and places beside them."""

from __future__ import annotations

import pytest

from careful import reading_of


def found(text: str) -> list[tuple[str, str]]:
    """Return the names of a text with the text before each, to tell two of one name apart."""
    return [(m.text, text[max(0, m.start - 3) : m.start]) for m in reading_of(text).record.places]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Paris Hilton arrived in Paris on Monday.", [("Paris", "in ")]),
        ("Paris Hilton, 43, sang in Paris.", [("Paris", "in ")]),
        ("Austin Butler waved to fans in Austin.", [("Austin", "in ")]),
        ("Sydney Sweeney smiled as she left Sydney.", [("Sydney", "ft ")]),
    ],
)
def test_a_person_is_told_from_the_city_of_that_name(text, left):
    assert found(text) == left


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In Paris Hilton sang.", "Paris"),
        ("Rain fell in Austin Texas.", "Austin"),
        ("Police in Sydney waited.", "Sydney"),
    ],
)
def test_a_city_before_a_name_stays_one(text, words):
    assert any(words in name for name, _ in found(text))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Jordan scored 30 points as Chicago won.", ["Chicago"]),
        ("Jordan scored 30 points. Jordan then left the court.", []),
        ("Jordan had 24 points and nine rebounds.", []),
        ("Houston scored 19 points in Denver.", ["Denver"]),
        ("Jordan scored 80 points against Iraq.", ["Jordan", "Iraq"]),
        ("Jordan scored twice and beat Iraq.", ["Jordan", "Iraq"]),
        ("Jordan closed its border.", ["Jordan"]),
    ],
)
def test_a_player_is_no_country(text, left):
    assert [name for name, _ in found(text)] == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Turkey was served with stuffing in Boston.", ["Boston"]),
        ("Turkey and gravy were on every plate.", []),
        ("Mobile phones fell silent in Mobile, Alabama.", ["Mobile", "Alabama"]),
        ("Reading a book helped her sleep in London.", ["London"]),
        ("She was reading in Reading.", ["Reading"]),
        ("Turkey struck two villages near Afrin.", ["Turkey", "Afrin"]),
        ("Turkey was served notice by the court.", ["Turkey"]),
    ],
)
def test_words_of_every_day_are_told_from_places(text, left):
    assert [name for name, _ in found(text)] == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Drone Hits Kharkiv Railway Station", ["Kharkiv"]),
        ("Russian Missile Hits Kharkiv Railway Station, Killing Five", ["Russian", "Kharkiv"]),
        ("Blast Near Lahore Bus Station Kills Three", ["Lahore"]),
        ("Two people died at Kharkiv railway station.", ["Kharkiv"]),
        ("Shells Strike Zaporizhzhia Nuclear Power Plant", ["Zaporizhzhia Nuclear Power Plant"]),
        ("A raid on Tanf Garrison failed.", ["Tanf Garrison"]),
    ],
)
def test_a_railway_station_is_its_town_and_a_power_plant_itself(text, left):
    assert [name for name, _ in found(text)] == left


@pytest.mark.parametrize(
    ("text", "government"),
    [
        ("Washington said it would respond.", True),
        ("Two died near Homs, Damascus said.", True),
        ("Police in Washington said two men were hurt.", False),
        ("The mayor of London said so.", False),
    ],
)
def test_a_government_is_told_from_its_city(text, government):
    assert reading_of(text).record.places[-1].metonymy is government
