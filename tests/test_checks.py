"""Claims held against each other, with and without an event."""

from __future__ import annotations

import pytest

import standoff


def checks(text: str, kind: str) -> list[tuple[bool | None, str]]:
    record = standoff.read_text(text, published="2024-05-16").record
    ids = {
        x.id for name in ("places", "measures", "relations", "zones", "events") for x in getattr(record, name)
    }
    found = [check for check in record.checks if check.kind == kind]
    assert all(ref in ids for check in found for ref in check.refs)
    return [(check.ok, check.statement) for check in found]


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("Bukavu is about 100 km south of Goma.", True),
        ("Bukavu is about 600 km south of Goma.", False),
        ("Bukavu is about 100 km north of Goma.", False),
        ("Aleppo lies 310 km from Damascus.", True),
        ("Aleppo lies 40 km from Damascus.", False),
    ],
)
def test_a_distance_between_two_named_places_is_held_against_the_way_between_them(text, ok):
    ((found, statement),) = checks(text, "distance between places")
    assert found is ok
    assert "km from" in statement
    assert "stated" in statement


def test_a_place_is_not_held_against_itself_and_an_unknown_one_against_nothing():
    assert checks("A truck burnt 20 km from Homs.", "distance between places") == []
    assert checks("Xqzvbar lies 20 km from Homs.", "distance between places") == []


@pytest.mark.parametrize(
    ("position", "ok"), [("6°03'N 3°24'E", True), ("4°30'N 6°10'E", False), ("6°50'N 3°24'E", False)]
)
def test_a_position_is_held_against_the_description_though_no_event_is_told(position, ok):
    ((found, statement),) = checks(
        f"Position: {position}. That is 24 nm south of Lagos, Nigeria.", "position and offset"
    )
    assert found is ok
    assert "bearing" in statement


def test_two_positions_are_not_held_against_one_description():
    text = "Position: 6°03'N 3°24'E, then 5°10'N 3°24'E. The last port was 24 nm north of there, at Lagos."
    assert checks(text, "position and offset") == []


def test_the_two_units_of_one_distance():
    ((found, _),) = checks("The camp is 12 miles (19 km) from Homs.", "stated twice")
    assert found is True
    ((found, statement),) = checks("The camp is 12 miles (22 km) from Homs.", "stated twice")
    assert found is False
    assert "%" in statement
