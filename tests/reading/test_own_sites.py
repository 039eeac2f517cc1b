"""An analyst's own sites that bear a city's name: taken where the report is about there, and not elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from standoff import read_text
from standoff.gazetteer import Gazetteer
from standoff.gazetteer.layers import add_layer

SITES = """name,lat,lon,kind,country
Homs,35.6,38.9,base,SY
Springfield,33.6,38.4,city,SY
Tripoli,33.52,38.61,base,SY
Amman,34.9,40.1,camp,SY
"""


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    folder = tmp_path_factory.mktemp("own")
    file = folder / "sites.csv"
    file.write_text(SITES, encoding="utf-8")
    add_layer(file, "mine", data_dir=folder)
    with Gazetteer.open(data_dir=folder) as opened:
        yield opened


def mention(gazetteer: Gazetteer, text: str, words: str):
    places = read_text(text, published="2024-05-16", gazetteer=gazetteer).record.places
    return next(m for m in places if m.text == words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Shells fell on Homs, Aleppo and Hama.", "Homs"),
        ("Residents of Homs fled to Raqqa.", "Homs"),
        ("Troops from Springfield reached Al Tanf.", "Springfield"),
        ("Shells fell on Tripoli near Al Tanf.", "Tripoli"),
        ("A drone fell on Homs.", "Homs"),
    ],
)
def test_an_own_site_is_taken_where_the_report_is_about_there(gazetteer, text, words):
    found = mention(gazetteer, text, words)
    assert found.place is not None
    assert found.place.gid.startswith("own:")
    assert "one of your own sites" in (found.reason or "")


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("A fire in Springfield, Illinois, burned for hours.", "Springfield", "US"),
        ("Tripoli and Benghazi in Libya were quiet.", "Tripoli", "LY"),
        ("Aid left Amman for Mafraq in Jordan.", "Amman", "JO"),
        ("The king met officials in Amman, Jordan.", "Amman", "JO"),
    ],
)
def test_it_is_not_where_the_report_is_about_another_country(gazetteer, text, words, country):
    found = mention(gazetteer, text, words)
    assert found.place is not None
    assert found.place.country == country
    # The analyst sees at once that his own site might be meant.
    assert found.candidates[1].gid.startswith("own:")
