"""Which places of a report are given to which event."""

from __future__ import annotations

import pytest

from told_events import only, reading, told, where, wrong


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A drone struck a depot 12 km north of Homs on Monday.", ["12 km north of Homs"]),
        ("In Homs, rebels attacked a post on Monday.", ["In Homs"]),
        ("Rebels attacked Homs on Monday.", ["Homs"]),
        ("Rebels attacked a post in the north of Homs.", ["in the north of Homs"]),
        ("Speaking in Geneva, the envoy said rebels had attacked a post near Homs.", ["near Homs"]),
        ("The minister, who was born in Aleppo, said rebels attacked a post near Homs.", ["near Homs"]),
        ("Rebels from Hama attacked a post near Homs.", ["near Homs"]),
        ("A missile fired from Sumy struck a depot in Belgorod.", ["in Belgorod"]),
        (
            "A tanker was boarded 30 nautical miles south of Mukalla, Yemen.",
            ["30 nautical miles south of Mukalla"],
        ),
        ("BEIRUT, May 5 - Rebels attacked a post near Homs on Tuesday.", ["near Homs"]),
        ("A convoy from Homs to Hama was ambushed near Rastan on Monday.", ["near Rastan"]),
        ("An earthquake struck 25 km west of Kathmandu on Saturday.", ["25 km west of Kathmandu"]),
        ("A tanker was hit at 14.5 N, 42.1 E on Monday.", ["14.5 N, 42.1 E"]),
        ("Rebels attacked a post on the road between Homs and Hama.", ["road between Homs and Hama"]),
        ("Rebels attacked a post near Homs. The wounded were taken to Hama.", ["near Homs"]),
        wrong(
            "'in a week hit Raqqa' is read as a statement of where",
            "The third strike in a week hit Raqqa.",
            ["Raqqa"],
        ),
        ("The army shelled Homs from positions in Hama.", ["Homs"]),
        ("Southern troops seized the Wagalo oilfield.", ["the Wagalo oilfield"]),
        ("Troops retook Wagalo on Monday.", ["Wagalo"]),
        ("Wagalo's eruption killed nine people.", ["Wagalo"]),
        ("A barge was boarded off Wagalo island on Monday.", ["off Wagalo island"]),
        ("Rockets hit an army camp at Kerem Wagal on Sunday.", ["at Kerem Wagal"]),
        ("The government sent 150 soldiers to Wagalo last week.", ["Wagalo"]),
        ("The army withdrew from Homs on Monday.", ["Homs"]),
        ("Jets took off from a base in Latakia and bombed a depot in Idlib.", ["in Idlib"]),
        wrong(
            "the place of a massacre that is only remembered",
            "The army shelled Homs on Monday, the anniversary of the 1982 massacre in Hama.",
            ["Homs"],
        ),
        wrong(
            "a town that fell is where it fell (no relation of an event whose subject is the town)",
            "The town of Rastan fell to the rebels on Monday.",
            ["The town of Rastan"],
        ),
    ],
)
def test_where_it_was(text: str, places: list[str]) -> None:
    assert where(text, only(text)) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Rebels attacked a post near Homs on Monday. The army shelled a village east of Hama on Tuesday.",
            [["near Homs"], ["east of Hama"]],
        ),
        (
            "Gunmen attacked a market in Kano on Monday. Hours later gunmen attacked a church in Jos.",
            [["in Kano"], ["in Jos"]],
        ),
        (
            "Rebels stormed a post near Hama on Monday, two days after the army shelled Homs.",
            [["near Hama"], ["Homs"]],
        ),
    ],
)
def test_each_event_has_its_own_places(text: str, places: list[list[str]]) -> None:
    assert [where(text, event) for event in told(text)] == places


def test_a_plan_has_a_place_too() -> None:
    text = "The army will withdraw from Homs on Friday."
    assert where(text, only(text)) == ["Homs"]


def test_an_event_without_a_place_says_so() -> None:
    event = only("Rebels attacked a convoy on Monday.")
    assert event.relations == []
    assert event.footprint is None
    assert event.reason


@pytest.mark.parametrize(
    ("text", "at_sea"),
    [
        ("Pirates boarded a tanker off Lagos on Monday.", True),
        ("A missile hit a cargo ship off Hodeidah.", True),
        ("Rebels attacked a post near Homs on Monday.", False),
    ],
)
def test_ships_put_an_event_at_sea(text: str, at_sea: bool) -> None:
    assert only(text).at_sea is at_sea


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked a post near Homs on Monday. The army shelled a village east of Hama on Tuesday.",
        "Pirates boarded a tanker 30 nautical miles south of Mukalla.",
        "A bomb exploded in Homs.",
    ],
)
def test_what_an_event_points_to_is_in_the_record(text: str) -> None:
    record = reading(text)
    relations, footprints = {r.id for r in record.relations}, {f.id for f in record.footprints}
    for event in record.events:
        assert set(event.relations) <= relations
        assert event.footprint in footprints
    assert record.events
