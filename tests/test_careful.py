"""The careful reader itself: it has to see what is wrong, or the sentences and reports prove nothing."""

from __future__ import annotations

from typing import Any

import pytest

from careful import Look, differences, reading_of, same_bearing, says

OFFSET = "A bus burnt out 20 km north of Nairobi."
ZONE = "Troops keep a 5-mile security zone around Herat. A truck drove into the zone."
RIGHT: dict[str, Any] = {
    "kind": "offset",
    "anchor": "Nairobi",
    "metres": 20000,
    "bearing": 0,
    "country": "KE",
}


def test_it_agrees_with_what_is_right() -> None:
    assert differences({"relations": [RIGHT]}, reading_of(OFFSET)) == []
    zone = {"radius_m": 8046.72, "anchor": "Herat", "name": "security zone"}
    assert (
        differences({"relations": [{"kind": "zone", "zone": "security"}], "zones": [zone]}, reading_of(ZONE))
        == []
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "distance"}, {"anchor": "Mombasa"}, {"metres": 20021}, {"bearing": 1.5}, {"country": "TZ"},
        {"claim": "denied"}, {"figure": "train"}, {"qualifier": "edge"}, {"low_m": 10000}, {"not_country": "KE"},
        {"not_shape": ["sector", "ring", "disc", "region", "surface"]}, {"words": "south"}, {"zone": "security"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)  # fmt: skip
def test_it_sees_one_thing_wrong(wrong: dict[str, Any]) -> None:
    assert differences({"relations": [{**RIGHT, **wrong}]}, reading_of(OFFSET))


@pytest.mark.parametrize(
    "case",
    [
        {},  # an offset that nobody expects
        {"relations": [RIGHT], "no_kinds": ["offset"]},
        {"relations": [RIGHT], "no_places": ["Nairobi"]},
        {"relations": [RIGHT], "no_mention": ["Nairobi"]},
        {"relations": [RIGHT], "coordinates": [[-1.1, 36.8]]},
        {"relations": [RIGHT], "zones": [{"radius_m": 5000}]},
        {"relations": [RIGHT], "measures": [{"metres": 20000, "role": "travel"}]},
        {"relations": [RIGHT], "disc": {"anchor": "Nairobi", "metres": 20000}},
    ],
    ids=["unlisted", "kind", "place", "mention", "position", "zone", "measure", "disc"],
)
def test_it_sees_what_is_missing_or_too_much(case: dict[str, Any]) -> None:
    assert differences(case, reading_of(OFFSET))


@pytest.mark.parametrize("radius_m", [8000.0, None])
def test_it_sees_a_zone_that_is_not_said(radius_m: float | None) -> None:
    assert differences({"zones": [{"radius_m": radius_m, "anchor": "Herat"}]}, reading_of(ZONE))


@pytest.mark.parametrize(
    ("name", "update"),
    [
        ("relations", {"start": 3}),
        ("relations", {"anchors": ["p99"]}),
        ("relations", {"measure": "m99"}),
        ("relations", {"footprint": "f99"}),
        ("places", {"end": 2}),
        ("places", {"refers_to": "p99"}),
        ("measures", {"id": "p1"}),
        ("footprints", {"relations": [], "places": [], "zones": []}),
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)),
)
def test_it_sees_a_broken_record(name: str, update: dict[str, Any]) -> None:
    look = Look(reading_of(OFFSET))
    first, *rest = getattr(look.record, name)
    look.record = look.record.model_copy(update={name: [first.model_copy(update=update), *rest]})
    assert look.unsound()


def test_words_are_whole() -> None:
    assert says("At Tanf", "the At-Tanf Garrison")
    assert not says("Niger", "Nigeria")


def test_bearings_go_round() -> None:
    assert same_bearing(0, 359.5)
    assert not same_bearing(0, 181)
