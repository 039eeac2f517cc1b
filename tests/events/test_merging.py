"""One event once, whatever tells it; two events apart, however alike."""

from __future__ import annotations

import pytest

from told_events import kinds, only, plain, told, where, wrong

BOTH_WHERES = (
    "a verb with two places and days is one event (tellings of 'in Sumy on Monday and in Kharkiv on Tuesday')"
)

DEFINITE = "'the army' is taken for the rebels told before, by its 'the' alone (stories._continues)"


def test_headline_lead_and_quote_tell_one_event() -> None:
    text = (
        "Drone strike kills four in Sumy\n\nA drone struck a bakery in Sumy on Tuesday, killing four people, the "
        'governor said.\n\n"The drone hit the bakery while people were queueing for bread," he told reporters.'
    )
    event = only(text)
    assert (event.type, event.date_start, plain(event.killed)) == ("drone strike", "2021-05-04", (4, 4, 4))
    assert event.quotes == ["The drone hit the bakery while people were queueing for bread,"]
    assert event.attributed_to == ["the governor"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The army shelled a hospital in Homs on Monday. Two nurses were killed in the attack.", "shelling"),
        ("The army shelled Homs on Monday. The shelling went on for three hours.", "shelling"),
        (
            "Gunmen attacked a bus near Kano on Monday. They killed the driver. The attackers then burnt the bus.",
            "attack",
        ),
        (
            "A missile hit a tanker off Hodeidah on Sunday. The vessel caught fire. The strike killed a cook.",
            "missile strike",
        ),
        ("Rebels ambushed a convoy near Gao on Friday. In the ambush two trucks were burnt.", "ambush"),
        ("A bomb went off in Kirkuk on Monday. The blast was heard across the city.", "bombing"),
        ("The ferry sank off Cebu on Monday. The sinking was the worst in years.", "sinking"),
        ("Clashes broke out in Tripoli on Monday. The fighting killed 12 people.", "clash"),
        ("An earthquake struck Nepal on Saturday. The quake killed 12 people.", "earthquake"),
        ("Pirates boarded a tanker off Lagos on Monday. The pirates took the crew hostage.", "boarding"),
        (
            "Rebels attacked a post near Homs on Monday. On the same day the governor condemned the attack.",
            "attack",
        ),
        ("Jets bombed a depot in Idlib on Monday. The air strike destroyed two trucks.", "air strike"),
        (
            "Gunmen kidnapped two engineers in Kano. The abduction was condemned by the governor.",
            "kidnapping",
        ),
    ],
)
def test_words_that_point_back_tell_no_event_of_their_own(text: str, kind: str) -> None:
    assert only(text).type == kind


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "The army shelled Homs on Monday. The army shelled Homs on Wednesday.",
            ["2021-05-03", "2021-05-05"],
        ),
        ("The army shelled Homs on Monday. On Tuesday it shelled Hama.", ["2021-05-03", "2021-05-04"]),
        (
            "Gunmen attacked a market in Kano on Monday. Gunmen attacked a church in Jos on Monday.",
            ["2021-05-03"] * 2,
        ),
        (
            "A bomb exploded in Kirkuk on Monday. Hours later a second bomb exploded in Mosul.",
            ["2021-05-03"] * 2,
        ),
        (
            "Drones attacked a base in Tanf on Monday. A day earlier, drones had attacked a base in Erbil.",
            ["2021-05-03", "2021-05-02"],
        ),
        (
            "Gunmen killed four farmers near Kano on Monday. Two of the gunmen were killed by police.",
            ["2021-05-03"] * 2,
        ),
        (
            "An attack in Gao on Monday killed three. Attacks in the region have killed 100 this year.",
            ["2021-05-03", "2021-01-01"],
        ),
        (
            "An earthquake struck Nepal on Saturday. An aftershock hit two hours later.",
            ["2021-05-01", "2021-05-01"],
        ),
    ],
)
def test_events_of_one_kind_are_kept_apart_by_day_and_place(text: str, days: list[str]) -> None:
    assert [event.date_start for event in told(text)] == days


@pytest.mark.parametrize(
    "text",
    [
        wrong(BOTH_WHERES, "Shells landed in Sumy on Monday and in Kharkiv on Tuesday."),
        wrong(BOTH_WHERES, "Police arrested six men in Kano on Monday and four in Jos on Tuesday."),
        wrong(BOTH_WHERES, "Two bombs exploded on Monday, one in Kirkuk and one in Mosul."),
        wrong(BOTH_WHERES, "A bomb exploded in Kirkuk on Monday and another went off in Mosul."),
        wrong(
            "a relative clause with its own year swallows the main clause",
            "The militants, who had bombed a hotel in Bamako in 2015, attacked a base in Gao on Monday.",
        ),
    ],
)
def test_one_sentence_may_tell_two_events(text: str) -> None:
    assert len(told(text)) == 2


@pytest.mark.parametrize(
    ("text", "series"),
    [
        (
            "An air strike hit a school in Raqqa on Monday. It was the third air strike there in a week.",
            "third air strike",
        ),
        (
            "Jets bombed a depot in Idlib on Monday. It was the second such attack since March.",
            "second such attack",
        ),
    ],
)
def test_a_series_is_told_and_not_multiplied(text: str, series: str) -> None:
    event = only(text)
    assert (event.series or "").startswith(series)
    assert event.date_start == "2021-05-03"


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked a post near Gao. The army shelled a school in Homs.",
        "On Monday rebels attacked a post near Gao and on Tuesday soldiers shelled a school in Homs.",
        "Rebels attacked a convoy. The army shelled a school.",
        "On Monday rebels attacked Gao. The army shelled Homs.",
        wrong(
            DEFINITE, "At 0900 local time on Monday rebels attacked Gao. At 1000 UTC the army shelled Homs."
        ),
    ],
)
def test_two_deeds_of_two_hands_are_two_events(text: str) -> None:
    assert [event.type for event in told(text)] == ["attack", "shelling"]


def test_a_town_that_is_lost_again_is_a_second_event() -> None:
    assert (
        kinds("The army captured the town of Rastan on Monday. The rebels retook it on Wednesday.")
        == ["seizure"] * 2
    )


def test_six_strikes_told_as_one_are_one_event() -> None:
    assert kinds("Jets carried out six air strikes on Raqqa on Sunday.") == ["air strike"]


def test_the_strike_of_another_day_is_not_the_one_told_before() -> None:
    first, second = told(
        "A drone struck a depot in Homs on Monday, killing two people. "
        "Last month a drone strike on a school in Hama killed 30 people."
    )
    assert (plain(first.killed), plain(second.killed)) == ((2, 2, 2), (30, 30, 30))
    assert second.date_start == "2021-04-01"


def test_an_event_told_again_far_below_is_the_same() -> None:
    text = (
        "Rebels attacked a police post in Gao on Monday.\n\nThe governor visited the market.\n\nRoads were closed. "
        "Schools stayed open.\n\nThe attack on the police post on Monday killed two officers."
    )
    event = only(text)
    assert plain(event.killed) == (2, 2, 2)


def test_places_of_two_events_are_not_mixed_up() -> None:
    text = "Gunmen attacked a market in Kano on Monday. Gunmen attacked a church in Jos on Tuesday."
    assert [where(text, event) for event in told(text)] == [["in Kano"], ["in Jos"]]


@pytest.mark.parametrize("joint", [" ", "\n", "\n\n", "\n\n\n\n"])
def test_the_line_breaks_between_sentences_do_not_multiply_events(joint: str) -> None:
    text = "The army shelled Homs on Monday." + joint + "The shelling killed two porters."
    assert plain(only(text).killed) == (2, 2, 2)


def test_every_trigger_is_mentioned_once_and_in_order() -> None:
    text = "The army shelled Homs on Monday. The shelling killed two porters."
    event = only(text)
    words = [text[start:end] for start, end in event.mentions]
    assert words[0] == "shelled"
    assert "shelling" in words
    assert sorted(set(event.mentions)) == event.mentions
