"""What the words of reports from ships tell: who comes aboard, who tries, who only comes to help."""

import pytest

from standoff import read_text


def told(text: str) -> list[str]:
    """Return the kinds of events, attempts by their sub-type."""
    return [
        event.sub_type if (event.sub_type or "").startswith("attempted") else event.type
        for event in read_text(text, published="2021-05-04").record.events
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The coast guard boarded the freighter for inspection.",
        "Police officers boarded the ferry to investigate the theft.",
        "Three hundred passengers boarded the ferry on Monday.",
        "Forty tourists boarded a train on Monday.",
    ],
)
def test_who_travels_or_comes_to_help_boards_without_an_event(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Four masked men boarded the freighter at anchor.",
        "Marines boarded a dhow and seized its cargo of rifles.",
        "The freighter was boarded by four men.",
    ],
)
def test_others_do_board(text: str) -> None:
    assert told(text) == ["boarding"]


@pytest.mark.parametrize(
    "text",
    [
        "A watchman on a tanker at anchor noticed two thieves near the paint store.",
        "The second engineer saw three intruders in the workshop.",
        "The bosun of the freighter noticed a thief trying to get into the engine room.",
        "The cook saw four men climbing onto the forecastle of the freighter.",
        "Four men boarded the freighter. The bosun noticed the men on the poop deck.",
    ],
)
def test_who_is_seen_aboard_has_boarded_once(text: str) -> None:
    assert told(text) == ["boarding"]


def test_who_is_seen_trying_tried() -> None:
    assert told("The bosun of the freighter noticed a thief trying to board.") == ["attempted boarding"]


@pytest.mark.parametrize(
    "text",
    [
        "The ship was searched and no thieves were found on board.",
        "The bosun noticed two men in a skiff near the stern of the freighter.",
    ],
)
def test_nobody_seen_aboard_is_no_boarding(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The cook of a tug at anchor was overpowered by three thieves. They stole the ship's stores and left.",
        "The padlock of the paint store on the freighter was found broken and stores were stolen.",
        "The bosun of the tanker was threatened by four pirates with axes. The pirates jumped overboard.",
        "Four men boarded the freighter. They stole the ship's stores and jumped overboard.",
    ],
)
def test_what_only_somebody_aboard_can_do_tells_one_boarding(text: str) -> None:
    assert told(text) == ["boarding"]


@pytest.mark.parametrize(
    "text",
    [
        "The tanker was searched. Nothing was stolen.",
        "Thieves stole a car and broke into a store in Leeds.",
        "Passengers jumped overboard from the ferry.",
    ],
)
def test_no_traces(text: str) -> None:
    assert "boarding" not in told(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Two skiffs chased a tanker in the gulf. The master raised the alarm and the skiffs left.", ["interception"]),
        ("Four pirates approached a tanker. The alarm was raised and they left.", ["interception"]),
        ("Four pirates approached and boarded a tanker.", ["boarding"]),
        ("A fishing boat approached a tanker and asked for water.", []),
        ("A man on a freighter's line was seen trying to gain access to the ship.", ["attempted boarding"]),
        ("The master of the tanker fired two parachute rockets.", []),
    ],
)  # fmt: skip
def test_approach_and_attempt(text: str, kinds: list[str]) -> None:
    assert told(text) == kinds
