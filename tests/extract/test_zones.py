"""Zones: radius and centre wherever the report tells them, and words that only look like a zone."""

from __future__ import annotations

import pytest

from careful import Look, reading_of
from standoff.model import Zone

MILE, NM = 1609.344, 1852.0


def look(text: str) -> Look:
    return Look(reading_of(text))


def told(text: str) -> list[tuple[float | None, str | None]]:
    """Radius in metres and words of the centre of every zone."""
    seen = look(text)
    return [
        (
            None if z.radius_m is None else round(z.radius_m, 3),
            seen.places[z.anchor].text if z.anchor else None,
        )
        for z in seen.record.zones
    ]


def only(text: str) -> tuple[Look, Zone]:
    seen = look(text)
    (zone,) = seen.record.zones
    return seen, zone


@pytest.mark.parametrize(
    ("text", "radius_m", "centre"),
    [
        ("The prohibited zone around Arlit measures 12 km in all directions.", 12_000, "Arlit"),
        ("The ministry fixed the radius of the exclusion zone around Arlit at 30 km.", 30_000, "Arlit"),
        ("The quarantine zone around Wuhan dates from January; its radius is 50 km.", 50_000, "Wuhan"),
        ("A keep-out zone was declared around Kano on Monday. It spans 9 miles on all sides.", 9 * MILE, "Kano"),
        ("A closed area was drawn around Aden. The radius of the area was set at 6 nm.", 6 * NM, "Aden"),
        ("The caution area around Aden is described as a circle with a radius of 4 nm.", 4 * NM, "Aden"),
        ("An exclusion zone round the Bushehr nuclear plant was kept at 20 km.", 20_000, "Bushehr nuclear plant"),
    ],
)  # fmt: skip
def test_a_radius_stands_in_the_predicate_or_later(text: str, radius_m: float, centre: str) -> None:
    assert told(text) == [(round(radius_m, 3), centre)]


@pytest.mark.parametrize(
    ("text", "centre"),
    [
        ("The navy keeps a 5 nm closed area. It is centred on Aden.", "Aden"),
        ("A 5 nm no-anchor zone has been in force around Aden since May.", "Aden"),
        ("A 5 nm exclusion zone is in force. Aden lies in the middle of it.", "Aden"),
        ("The ministry set the exclusion zone at 5 nm. The Bushehr plant is at its centre.", "Bushehr plant"),
        ("The prohibited zone reaches 5 nm in every direction from Aden.", "Aden"),
    ],
)
def test_a_centre_stands_elsewhere(text: str, centre: str) -> None:
    seen, zone = only(text)
    assert seen.places[zone.anchor or ""].text == centre
    assert zone.radius_m
    assert "no centre is stated" not in (zone.reason or "")


def test_a_centre_that_is_only_assumed_is_said_to_be() -> None:
    _, zone = only("Fires are burning above Beirut. Police set up a 2-mile danger zone.")
    assert zone.anchor
    assert "no centre is stated; taken round 'Beirut'" in (zone.reason or "")


def test_where_somebody_speaks_is_no_centre() -> None:
    _, zone = only('"We keep a 2-mile danger zone," the minister said in Beirut.')
    assert zone.anchor is None


@pytest.mark.parametrize(
    "text",
    [
        "Troops died in the war zone around Khartoum, 10 km from the city.",
        "He crossed a time zone 30 km from Mendoza.",
        "The tanker was 20 nm inside Iran's exclusive economic zone.",
        "Russia claims a zone of influence of 300 km around Minsk.",
        "Three soldiers died in a combat zone 15 km from Kharkiv. The zone reaches 20 km to the west.",
        "Izmir lies in a seismic zone that stretches 400 km.",
        "A landing zone 5 km from Kabul came under fire.",
        "A 30-km/h zone was set up around the schools of Basel.",
        "They live in a residential area 2 km from Aleppo, and ships fished in the waters around Aden.",
        "The strip of land 5 km from Rafah was empty.",
    ],
)
def test_what_keeps_nobody_out_is_no_zone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A danger zone 5 km from Aleppo was shelled.",
        "The exclusion zone lies 5 km from Aleppo.",
        "The closed area extends 5 km north of Aleppo.",
        "The volcano stands in an exclusion zone. It reaches 3,000 metres.",
        "The navy declared an exclusion zone. A frigate is there. It has a range of 7,000 km.",
        "A buffer zone 14 km long was cleared near Aleppo.",
        "The exclusion zone around Aleppo was widened after a blast 3 km from the dam.",
    ],
)
def test_a_length_of_something_else_is_no_radius(text: str) -> None:
    assert [radius_m for radius_m, _ in told(text)] == [None]


def test_a_zone_of_an_unknown_kind_is_one_when_its_size_or_centre_is_stated() -> None:
    assert told("The army keeps a 10-km weapons-free zone around Kano.") == [(10_000, "Kano")]
    assert told("Police threw a cordon of 300 metres around the Bushehr plant.") == [(300, "Bushehr plant")]
    assert told("Nobody knows the weapons-free zone.") == []


def test_the_area_is_the_zone_once_one_is_called_so() -> None:
    seen, zone = only("Iran announced a 12 nm closed area around Bushehr. A dhow entered the area at noon.")
    assert [seen.text[a:b] for a, b in zone.mentions] == ["a 12 nm closed area", "the area"]
    assert [r.zone for r in seen.record.relations if r.kind == "zone"] == [zone.id]
    assert told("A dhow entered the area 12 nm from Bushehr.") == []


def test_an_area_that_people_are_told_to_leave_is_the_zone() -> None:
    seen, zone = only(
        "Iran announced a 12 nm exclusion zone around Bushehr. A dhow sank in waters that ships had been told to leave."
    )
    assert "waters" in [seen.text[a:b] for a, b in zone.mentions]


@pytest.mark.parametrize(
    ("text", "radius_m"),
    [
        ("A circular no-entry zone 10 km in diameter was drawn around Kano.", 5_000),
        ("The exclusion zone around Kano has a diameter of 10 km.", 5_000),
        ("A 10-km-wide no-fly zone surrounds the Bushehr plant.", 5_000),
    ],
)
def test_a_diameter_is_halved_and_said_to_be(text: str, radius_m: float) -> None:
    seen, zone = only(text)
    assert zone.radius_m == radius_m
    assert "half of" in (zone.reason or "")
    assert seen.measures[zone.measure or ""].role == "dimension"


@pytest.mark.parametrize(
    "text",
    [
        "Israel declared a 3-km wide buffer zone along the border with Lebanon.",
        "Israel declared a 3-km-deep security zone along the border with Lebanon.",
        "Israel proposed a security zone 3 km deep along the border with Lebanon.",
    ],
)
def test_a_strip_is_no_disc_and_gives_its_depth_to_the_border(text: str) -> None:
    seen, zone = only(text)
    assert (zone.radius_m, zone.anchor) == (None, None)
    assert seen.measures[zone.measure or ""].role == "depth"
    (border,) = [r for r in seen.record.relations if r.kind == "border"]
    assert (border.metres, border.low_m, border.high_m) == (3_000, 0, 3_000)


@pytest.mark.parametrize(
    ("text", "radii"),
    [
        ("The danger zone around Kano was widened from 20 to 30 km.", [20_000, 30_000]),
        ("The exclusion zone round the town of Kano was expanded to 20 km from 10 km.", [10_000, 20_000]),
        ("A no-go area of 1 km around Kano was extended to 3 km.", [1_000, 3_000]),
        ("A 5 km exclusion zone was declared around Kano. On Monday it was widened to 8 km.", [5_000, 8_000]),
        ("The army shrank the closed zone around Kano from 15 km to 5 km.", [15_000, 5_000]),
        (
            "A smaller zone was drawn around Kano. Its radius was set at 3 km and later at 10 km.",
            [3_000, 10_000],
        ),
    ],
)
def test_a_change_makes_two_zones_of_one_centre(text: str, radii: list[float]) -> None:
    assert told(text) == [(radius_m, "Kano") for radius_m in radii]


@pytest.mark.parametrize(
    ("words", "radius_m"),
    [("the inner zone", 2_000), ("the smaller zone", 2_000), ("the outer zone", 9_000), ("the larger zone", 9_000)],
)  # fmt: skip
def test_inner_and_outer_zones_are_kept_apart(words: str, radius_m: float) -> None:
    text = f"A 2-km danger zone and a 9-km danger zone were drawn around Kano. A guide died in {words}."
    seen = look(text)
    entered = next(r for r in seen.record.relations if r.kind == "zone")
    assert seen.zones[entered.zone or ""].radius_m == radius_m
    assert len(seen.zones) == 2


def test_colours_are_kept_apart() -> None:
    seen = look("A 2-km red zone and a 9-km amber zone were drawn around Kano. A guide died in the red zone.")
    entered = next(r for r in seen.record.relations if r.kind == "zone")
    assert seen.zones[entered.zone or ""].radius_m == 2_000


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("An exclusion zone of 20 km would be set up around Bushehr.", "planned"),
        ("Turkey wants to set up a 20-km safe zone around Aleppo.", "planned"),
        ("The agency has asked both armies for a protection zone of 10 km around Bushehr.", "planned"),
        ("No exclusion zone was declared around Bushehr.", "denied"),
        ("An exclusion zone of 20 km was set up around Bushehr.", "asserted"),
        ("The army denied that it had entered the 20-km exclusion zone around Bushehr.", "asserted"),
        ("Iran wants a 20-km exclusion zone around Bushehr. The zone was declared on Monday.", "asserted"),
    ],
)
def test_a_zone_that_is_only_wished_for_is_planned(text: str, claim: str) -> None:
    assert only(text)[1].claim == claim


def test_the_radius_of_a_zone_is_no_free_distance() -> None:
    seen, zone = only("Uganda announced a no-fly zone. It extends 25 km from Entebbe in all directions.")
    assert seen.measures[zone.measure or ""].role == "radius"


def test_a_zone_told_of_over_and_over_is_one() -> None:
    _, zone = only("the 20 km exclusion zone around the base " * 60)
    assert (len(zone.mentions), zone.radius_m) == (60, 20_000)


def test_every_mention_is_a_quote() -> None:
    text = 'The “closed”  area (12 nm, "off-limits") around Aden. Its\n radius was set at 3 km, ’t is said.'
    seen = look(text)
    assert seen.record.zones
    assert seen.unsound() == []
