"""Misspelt names: what is near is suggested, with a likelihood, and never taken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.gazetteer.skeletons import near, skeleton


@pytest.mark.parametrize(
    ("written", "gid"),
    [
        ("Aleepo", "geonames:170063"), ("Dier ez-Zor", "geonames:170794"), ("Mossul", "geonames:99072"),
        ("Kharkyv", "geonames:706483"), ("Zaporizhia", "geonames:687700"),
        ("Bejing", "geonames:1816670"), ("Adis Ababa", "geonames:344979"), ("Reykjavic", "geonames:3413829"),
        ("Johanesburg", "geonames:993800"), ("Bueno Aires", "geonames:3435910"), ("Ulanbator", "geonames:2028462"),
        ("Tegucigalapa", "geonames:3600949"), ("Ouagadugu", "geonames:2357048"), ("Antanarivo", "geonames:1070940"),
        ("Новосибирс", "geonames:1496747"), ("Екатеринбрг", "geonames:1486209"), ("الموصلل", "geonames:99072"),
        ("Afganistan", "geonames:1149361"), ("At Tanff", "standoff:at-tanf-garrison"),
    ],
)  # fmt: skip
def test_what_a_misspelt_name_may_mean(gazetteer, written, gid):
    assert gid in [item.hit.place.gid for item in gazetteer.suggest(written)]


def test_a_misspelt_name_is_not_found_silently(gazetteer):
    for name in ("Aleepo", "Dier ez-Zor", "Kharkyv", "Bueno Aires"):
        assert gazetteer.lookup(name) == []
        assert not gazetteer.knows(name)
        assert gazetteer.geocode(name) is None


def test_scores_are_likelihoods_that_leave_half_to_no_misspelling(gazetteer):
    found = gazetteer.suggest("Springfeild", 50)
    scores = [item.score for item in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)
    assert sum(scores) <= 0.5 + 1e-9


def test_the_likelier_of_two_is_larger_or_nearer(gazetteer):
    large, *rest = gazetteer.suggest("Tripolli")
    assert large.hit.place.country == "LY"
    assert {item.hit.place.country for item in rest} >= {"LB"}
    near_one = gazetteer.suggest("Sevastapol")[0].hit.place
    assert near_one.country == "UA"


@pytest.mark.parametrize(
    "name", ["", "Ur", "Abu", "Qwxzyvq", "東京都東", "12", "'; DROP TABLE names; --", "x" * 5000]
)
def test_nothing_is_near_to_what_is_short_or_strange(gazetteer, name):
    assert gazetteer.suggest(name) == []


def test_limit(gazetteer):
    assert len(gazetteer.suggest("Springfeild", 2)) == 2


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=30))
def test_no_text_makes_looking_up_fail(gazetteer, text):
    gazetteer.lookup(text)
    gazetteer.suggest(text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", min_size=1, max_size=20).map(str.strip).filter(bool))
def test_vowels_and_doubled_letters_do_not_change_a_skeleton(key):
    assert skeleton(key.replace("a", "e")) == skeleton(key)
    assert (
        skeleton("".join(letter * 2 for letter in key)) in (skeleton(key), *near(skeleton(key))) or "h" in key
    )


@given(st.text(alphabet="hklmprst", min_size=1, max_size=8), st.data())
def test_one_sound_more_or_less_is_near(bones, data):
    at = data.draw(st.integers(0, len(bones) - 1))
    assert bones[:at] + bones[at + 1 :] in set(near(bones))
    assert bones in set(near(bones[:at] + bones[at + 1 :]))
