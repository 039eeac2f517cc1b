"""Names that are not found as they stand, read in other ways; and what such a reading must not do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.gazetteer import name_key
from standoff.gazetteer.variants import variants


def first(gazetteer, name):
    hit = gazetteer.lookup(name)[0]
    return hit.place.name, hit.place.feature, hit.place.country


@pytest.mark.parametrize(
    ("name", "same"),
    [
        # a letter of the compass
        ("N. Korea", "North Korea"), ("S Korea", "South Korea"), ("N. Ireland", "Northern Ireland"),
        ("S. Dakota", "South Dakota"), ("W. Virginia", "West Virginia"), ("SE Asia", "Southeast Asia"),
        # abbreviations
        ("Lubbock Co.", "Lubbock County"), ("Palm Spgs", "Palm Springs"), ("Cook Is.", "Cook Islands"),
        ("Denver Intl Airport", "Denver International Airport"), ("Saint Petersburg", "St. Petersburg"),
        # kinds of place
        ("County of Lubbock", "Lubbock County"), ("Emirate of Fujairah", "Fujairah"),
        ("Anbar Governorate", "Anbar"), ("Nangarhar Province", "Nangarhar"), ("Province of Alicante", "Alicante"),
        ("Poltava Oblast", "Poltava"), ("City of Adelaide", "Adelaide"), ("State of Sonora", "Sonora"),
        # other scripts and spellings
        ("Нджамена", "N'Djamena"), ("Duesseldorf", "Düsseldorf"), ("Zuerich", "Zürich"),
        # Arabic words of many names
        ("Tel Abyad", "Tall Abyaḑ"), ("Ain al-Arab", "‘Ayn al ‘Arab"), ("Maaret al-Numan", "Ma‘arrat an Nu‘mān"),
        # possessive and plural
        ("Mali's", "Mali"), ("Honduras'", "Honduras"), ("the two Sudans", "Sudan"),
        ("the Guineas", "Guinea"), ("Congos", "Congo"),
    ],
)  # fmt: skip
def test_a_name_read_in_another_way(gazetteer, name, same):
    wanted = {hit.place.gid for hit in gazetteer.lookup(same)}
    hits = gazetteer.lookup(name)
    assert hits
    assert hits[0].place.gid in wanted


def test_what_is_read_in_another_way_says_so(gazetteer):
    read = gazetteer.lookup("N. Ossetia")
    assert read[0].read_as == "compass letter in full"
    assert not read[0].exact
    assert gazetteer.lookup("North Ossetia")[0].read_as is None


def test_a_name_that_is_found_as_it_stands_is_not_read_further(gazetteer):
    """Mexico City is no town called Mexico, and Kern County not Kern in Austria."""
    assert first(gazetteer, "Mexico City") == ("Mexico City", "city", "MX")
    assert first(gazetteer, "Kern County") == ("Kern County", "admin2", "US")
    assert all(hit.read_as is None for name in ("Springfield", "Iraq", "S") for hit in gazetteer.lookup(name))


@pytest.mark.parametrize(
    "name", ["Mosul Oblast", "Shaddadi County", "Province of Timbuktu Junction", "Tanf Governorate"]
)
def test_a_region_is_never_silently_the_town_of_that_name(gazetteer, name):
    assert all(hit.place.feature in ("admin1", "admin2", "region") for hit in gazetteer.lookup(name))


@pytest.mark.parametrize(
    "name", ["Islamic State", "Old City", "Welfare State", "Police Department", "Rangers", "Eagles"]
)
def test_what_only_looks_like_a_kind_of_place_or_a_plural_is_none(gazetteer, name):
    assert not [hit for hit in gazetteer.lookup(name) if hit.read_as]


@pytest.mark.parametrize("name", ["n. korea", "E. coli", "S-300", "W", "st", "co"])
def test_letters_that_are_no_compass(gazetteer, name):
    assert not [hit for hit in gazetteer.lookup(name) if hit.read_as == "compass letter in full"]


def test_arabic_with_and_without_its_article():
    assert "الموصل" in {variant.key for variant in variants("موصل")}
    assert "رقه" in {variant.key for variant in variants("الرقة")}


def test_ukrainian_letters_are_romanised_as_ukrainian_first():
    assert next(variant.key for variant in variants("Гірник")) == "hirnyk"
    assert next(variant.key for variant in variants("Горловка")) == "gorlovka"


@given(st.text(max_size=40))
def test_variants_of_any_text_are_other_keys_and_none_twice(text):
    keys = [variant.key for variant in variants(text)]
    assert len(keys) == len(set(keys))
    assert all(key and key == name_key(key) for key in keys)
    assert name_key(text) not in keys
