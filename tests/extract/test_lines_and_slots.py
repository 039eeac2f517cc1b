"""Lines that are nothing but a place, and names that a construction needs."""

from __future__ import annotations

import pytest

from careful import reading_of


def relations(text: str) -> list[tuple[str, list[str]]]:
    """Return the kind and the anchors' words of all relations."""
    record = reading_of(text).record
    words = {place.id: place.text for place in record.places}
    return [(relation.kind, [words[a] for a in relation.anchors]) for relation in record.relations]


@pytest.mark.parametrize(
    ("text", "kind", "anchor"),
    [
        ("Zeebrugge, Belgium", "in", "Zeebrugge"),
        ("Nepal", "in", "Nepal"),
        ("Berth 7, Durban Port, South Africa", "at", "Durban Port"),
        ("Esbjerg Roads, Denmark", "in", "Esbjerg"),
        ("Southern Gulf of Guinea", "part", "Gulf of Guinea"),
        ("Eastern Bolivia", "part", "Bolivia"),
        ("Inner Anchorage, Karachi, Pakistan (position taken from an earlier report)", "in", "Karachi"),
        ("Incident 12\nLocation: Aarhus Anchorage, Denmark\nNobody is hurt.", "at", "Aarhus Anchorage"),
        ("Off Esbjerg, Denmark", "near", "Esbjerg"),
        ("NW coast, Ireland", "near", "Ireland"),
    ],
)
def test_a_line_that_is_a_place_says_that_it_is_there(text, kind, anchor):
    assert (kind, [anchor]) in relations(text)


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton",
        "Mayor Resigns in Scandal",
        "Turkey with chestnuts, and how to carve it",
        "Nobody knows where.",
        "Location: to be announced",
    ],
)
def test_a_line_about_something_else_is_no_place(text):
    assert relations(text) == []


@pytest.mark.parametrize(
    ("text", "anchor", "metres", "bearing"),
    [
        ("Some 9nm NNE of Tanjung Qarzum, Pulau Bintan", "Tanjung Qarzum", 9 * 1852, 22.5),
        ("6 nm S of Tg. Qarzum, Malaysia", "Tg. Qarzum", 6 * 1852, 180.0),
        ("Some 43NM NxW of Esbjerg, Denmark", "Esbjerg", 43 * 1852, 348.75),
        ("Some 130 NM E x N of Esbjerg", "Esbjerg", 130 * 1852, 78.75),
        ("Some 74nm SSE Esbjerg", "Esbjerg", 74 * 1852, 157.5),
        ("31NM South of Esbjerg Port, Denmark", "Esbjerg Port", 31 * 1852, 180.0),
        ("Robbers boarded a barge 3 nm north by west of Xanquor Island.", "Xanquor Island", 3 * 1852, 348.75),
        ("The trawler sank 17 nm offshore Esbjerg, Denmark.", "Esbjerg", 17 * 1852, None),
        ("A mine went off 12 km from the village of Qarzbulaq.", "Qarzbulaq", 12_000, None),
    ],
)
def test_what_a_distance_is_from_is_a_place_whether_or_not_it_is_known(text, anchor, metres, bearing):
    record = reading_of(text).record
    (relation,) = [r for r in record.relations if r.metres]
    (mention,) = [p for p in record.places if p.id == relation.anchors[0]]
    assert anchor in (mention.text, mention.name)
    assert relation.metres == pytest.approx(metres)
    assert relation.bearing_deg == bearing


@pytest.mark.parametrize(
    "text",
    [
        "The shells fell 3 km from Hezbollah positions.",
        "He stood two metres from Mr Farouk.",
        "She ran 42 km on Sunday in Boston.",
        "The wall is 5 km long.",
    ],
)
def test_people_and_positions_are_no_anchors(text):
    assert not [r for r in reading_of(text).record.relations if r.metres]


@pytest.mark.parametrize(
    ("text", "bearing"),
    [
        ("A yacht drifted 200 nm off the south-eastern coast of Madagascar.", 135.0),
        ("Gunmen boarded a dhow 30 nm east of the Somali coast.", 90.0),
        ("A boat sank 12 miles off the Libyan coast.", None),
    ],
)
def test_a_coast_is_measured_from_over_the_sea_on_the_side_that_is_named(text, bearing):
    record = reading_of(text).record
    (relation,) = [r for r in record.relations if r.metres]
    assert relation.qualifier == "coast"
    assert relation.bearing_deg == bearing
    footprint = next(f for f in record.footprints if f.id == relation.footprint)
    assert footprint.shape == "corridor"
