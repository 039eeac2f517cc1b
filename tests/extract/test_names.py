"""Which words name a place: sentences that no rule was written for, and those in which a rule must keep still."""

from __future__ import annotations

import pytest

from standoff.gazetteer import Gazetteer
from standoff.model import PlaceMention
from standoff.pipeline import annotate
from standoff.report import report_from_text
from standoff.settings import Settings


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def mentions(gazetteer):
    def read(text: str) -> list[PlaceMention]:
        doc = annotate(report_from_text(text), Settings.of().pipeline, gazetteer)
        found: list[PlaceMention] = doc._.place_mentions
        return found

    return read


def names(found):
    return [m.name for m in found if m.name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The quake struck 11 km ESE of Norcia at 03:36.", "Norcia"),
        ("Herders found the wreck 60 km S. of Agadez.", "Agadez"),
        ("Rain fell for 12 days in north-western Chad.", "Chad"),
        ("No boat may sail within 4 nm of Lampedusa.", "Lampedusa"),
        ("Fields burnt in a radius of 3 km of Kramatorsk.", "Kramatorsk"),
        ("The army recaptured Tikrit overnight.", "Tikrit"),
        ("Guns were placed alongside Huwara.", "Huwara"),
        ("The epicentre was Amatrice.", "Amatrice"),
        ("Boats left King's Lynn at dawn for the sandbanks off King's Lynn.", "King's Lynn"),
    ],
)
def test_a_known_name_is_found_whatever_the_model_calls_it(mentions, text, name):
    assert name in names(mentions(text))


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("The lorry was stopped between Tikrit and Samarra.", ["Tikrit", "Samarra"]),
        ("Rebels mined the Gao-Kidal road.", ["Gao", "Kidal"]),
        ("Rebels mined the Sebha–Ghat highway.", ["Sebha", "Ghat"]),
    ],
)
def test_two_names_that_stand_together_are_both_found(mentions, text, pair):
    assert names(mentions(text)) == pair


@pytest.mark.parametrize(
    "text",
    [
        "The Mercedes-Benz plant and Rolls-Royce shut their gates.",
        "Snow fell around Easter, in March and in August.",
        "Israel Folau scored, and Georgia Meloni spoke.",
        "Chad Ochocinco ran while Jordan Pickford watched.",
        "Near the plant, Rosatom said, nobody was hurt.",
    ],
)
def test_what_is_no_place_is_not_found(mentions, text):
    assert names(mentions(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Iraq Prime Minister Haider al-Abadi spoke.", "Iraq"),
        ("Turkey Thursday said that it would leave.", "Turkey"),
        ("Turkey Strikes Kurdish Positions After Attack", "Turkey"),
    ],
)
def test_a_country_before_what_is_no_surname_stays_a_country(mentions, text, name):
    assert name in names(mentions(text))


def test_the_noun_of_a_name_says_nothing_of_the_country_behind_it(mentions):
    found = mentions("Divers searched near the Bandar Abbas terminal, Oman said on Monday.")
    assert {m.name: m.feature_hint for m in found} == {"Bandar Abbas": "plant", "Oman": None}


def test_the_capital_of_a_country_is_not_the_country(mentions):
    found = mentions("Floods reached the capital of Chad.")
    assert next(m for m in found if m.name == "Chad").feature_hint is None


def test_a_part_of_a_country_in_capitals_is_not_a_name_of_its_own(mentions):
    assert names(mentions("The drought is worst in Northern Syria.")) == ["Syria"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Floods hit Sake, North Kivu, and Bukavu.", {"Sake": "North Kivu"}),
        ("Shells hit Aleppo, Idlib and Hama.", {}),
        ("They met in Paris, Texas, and London, Ontario.", {"Paris": "Texas", "London": "Ontario"}),
        ("It rained in Vermont, New Hampshire, and Maine.", {}),
    ],
)
def test_a_list_is_not_a_place_in_a_place(mentions, text, inside):
    found = mentions(text)
    by_id = {m.id: m.name for m in found}
    assert {m.name: by_id[m.inside] for m in found if m.inside} == inside


def test_a_name_is_looked_up_once_a_document(gazetteer):
    class Counting:
        asked: list[str] = []  # noqa: RUF012

        def lookup(self, name, limit=50):
            self.asked.append(name)
            return gazetteer.lookup(name, limit)

    lexicon = Counting()
    text = "Shells fell near Mosul on Monday. "
    annotate(report_from_text(text), Settings.of().pipeline, lexicon)
    once = len(lexicon.asked)
    lexicon.asked.clear()
    annotate(report_from_text(text * 30), Settings.of().pipeline, lexicon)
    assert len(lexicon.asked) <= once + 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Danube flooded Budapest.", "Danube"),
        ("The Rhine at Kaub was too low for barges.", "Rhine"),
        ("Floods on the Indus reached Sukkur.", "Indus"),
        ("Fighters crossed near the Euphrates.", "Euphrates"),
    ],
)
def test_a_river_is_told_by_its_article(mentions, text, name):
    (found,) = [mention for mention in mentions(text) if mention.name == name]
    assert found.feature_hint == "river"


@pytest.mark.parametrize(
    "text",
    ["Shares of the Volga Shipping Company fell.", "The Thames Water board met.", "The amazon of the tale."],
)
def test_what_bears_the_name_of_a_river_is_none(mentions, text):
    assert not {"Volga", "Thames", "amazon"} & set(names(mentions(text)))
