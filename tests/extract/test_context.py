"""What the words leave out: who says so, since when a zone holds, which town a capital is, and what was assumed."""

from __future__ import annotations

import pytest

from careful import reading_of


def speakers(text: str) -> list[str | None]:
    return [relation.attributed_to for relation in reading_of(text).record.relations]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Jets struck two trucks 24 miles from Palmyra, a coalition statement said.",
            "a coalition statement",
        ),
        ("According to the mayor, shells fell 3 km from Sumy.", "the mayor"),
        ("The wreck lies 3 km from Ushuaia, according to the coast guard.", "the coast guard"),
        ("The army denied that its guns had shelled a convoy 10 km from Mekelle.", "The army"),
        ("Islamabad rejected reports that its drone had struck a house 20 km from Khost.", "Islamabad"),
        ("The ministry, which runs the port, said that a ship sank 3 nm off Aden.", "The ministry"),
        ("A bus overturned 30 km from Goma.", None),
        ("The minister said in Goma that all was well.", None),
    ],
)
def test_a_statement_keeps_who_says_so(text, speaker):
    assert speakers(text) == [speaker]


def test_a_zone_keeps_who_says_so():
    zones = reading_of(
        "A 10-km exclusion zone around Etna has been set up, the observatory said."
    ).record.zones
    assert [zone.attributed_to for zone in zones] == ["the observatory"]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        (
            "The evacuation zone around Namie was widened on Tuesday from 20 to 30 km.",
            [(20000, None, "2024-05-14"), (30000, "2024-05-14", None)],
        ),
        (
            "A 5-km exclusion zone was declared around Etna on 3 May. It was widened to 8 km on Monday.",
            [(5000, "2024-05-03", "2024-05-13"), (8000, "2024-05-13", None)],
        ),
        ("The army has kept a 12-km security zone around Bunia since March.", [(12000, "2024-03", None)]),
        ("A 5-km no-fly zone is in force around Doha until Sunday.", [(5000, None, "2024-05-19")]),
        ("Japan's 20-km exclusion zone around Okuma was lifted in 2017.", [(20000, None, "2017")]),
        (
            "The danger zone around Tomohon has been cut from 5 km to 2.5 km.",
            [(5000, None, None), (2500, None, None)],
        ),
        (
            "The government wants to widen the 20-km zone around Namie to 30 km on Friday.",
            [(20000, None, None), (30000, None, None)],
        ),
    ],
)
def test_a_zone_is_dated_and_a_change_of_size_makes_two(text, dated):
    zones = reading_of(text).record.zones
    assert [(zone.radius_m, zone.valid_from, zone.valid_to) for zone in zones] == dated


def test_the_zone_of_the_new_size_says_which_it_replaces():
    old, new = reading_of("The buffer zone round Nicosia was cut from 12 to 6 miles on Friday.").record.zones
    assert (old.replaces, new.replaces) == (None, old.id)


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("Togo's police are looking for the driver. The lorry was stopped 40 km from the capital.", "Lomé"),
        ("A bomb went off 12 km from the Malian capital.", "Bamako"),
        ("Fighting broke out 30 km south of the capital of Chad.", "N'Djamena"),
        ("Guards shot two men 5 km from Niger's capital.", "Niamey"),
        (
            "Lusaka is calm again, Zambia's president said. A van was held up 85 km from the capital.",
            "Lusaka",
        ),
    ],
)
def test_a_capital_without_a_name_is_that_of_the_country(text, capital):
    record = reading_of(text).record
    places = {place.id: place.place for place in record.places}
    anchors = [places[r.anchors[0]] for r in record.relations if r.metres]
    assert [place.name for place in anchors if place] == [capital]


@pytest.mark.parametrize(
    "text",
    [
        "The firm said that most of the capital was raised in London.",
        "Kenya raised the capital of the bank to 2 billion shillings.",
    ],
)
def test_the_capital_of_a_firm_is_no_place(text):
    assert not any("capital" in place.text for place in reading_of(text).record.places)


def test_what_was_put_in_is_said():
    text = "Troops retook Macomia on Tuesday. Insurgents still hold a village 15 km away."
    (relation,) = (r for r in reading_of(text).record.relations if r.metres)
    assert relation.assumed is not None
    assert "Macomia" in relation.assumed
    text = "Tunisia's navy was called out. A boat broke up 35 km off the coast."
    (relation,) = (r for r in reading_of(text).record.relations if r.metres)
    assert relation.assumed is not None
    assert "Tunisia" in relation.assumed
    (relation,) = reading_of("A bus overturned 30 km from Goma.").record.relations
    assert relation.assumed is None
