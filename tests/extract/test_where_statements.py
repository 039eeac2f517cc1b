"""Statements of where that no distance makes: deeds done to places, goals, surfaces, owners, heads of items, buildings."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from careful import Look, reading_of
from standoff.extract.dates import find

LOOSE = {"in": "in at near", "at": "in at near", "near": "in at near"}


def _has(text: str, kind: str, anchors: tuple[str, ...], bearing: float | None = None) -> bool:
    look = Look(reading_of(text))
    assert look.unsound() == []
    return any(
        r.kind in LOOSE.get(kind, kind).split()
        and all(any(look.is_anchor(name, a) for a in r.anchors) for name in anchors)
        and (bearing is None or r.bearing_deg == bearing)
        for r in look.record.relations
    )


@pytest.mark.parametrize(
    ("text", "kind", "anchors", "bearing"),
    [
        # a deed is done to it
        ("Rebels captured Kisangani on Monday after a short fight.", "in", ("Kisangani",), None),
        ("Storm Daniel hit Derna and Bayda on Sunday.", "in", ("Bayda",), None),
        ("The town was quiet, but Sderot was shelled from noon.", "in", ("Sderot",), None),
        ("Rockets were fired on Sderot at noon.", "in", ("Sderot",), None),
        ("The siege of Kobani went on.", "in", ("Kobani",), None),
        # people and forces are moved to it
        ("Some 400 marines were sent to Gulu on Tuesday.", "in", ("Gulu",), None),
        ("Thousands fled to Adre before dawn.", "in", ("Adre",), None),
        # what one can be on
        ("Hikers were rescued on Mount Elbrus.", "at", ("Mount Elbrus",), None),
        ("A helicopter came down on the island of Samos.", "at", ("Samos",), None),
        # whose it is
        ("A bridge fell in Kenya's Garissa county.", "in", ("Kenya",), None),
        ("A bomb went off in Iraq's western Anbar province.", "part", ("Iraq",), 270.0),
        ("A bomb went off in Iraq's western Anbar province.", "in", ("Anbar",), None),
        # a part of a town, of an island
        ("Thieves broke into a bank on the eastern side of Turin.", "part", ("Turin",), 90.0),
        ("Fire swept hills in the south of the Greek island of Rhodes.", "part", ("Rhodes",), 180.0),
        # both
        ("Fighting raged in and around Bambari.", "near", ("Bambari",), None),
        # a town of a region, written behind a comma
        ("A well was poisoned at Zuwarah, a town of Libya.", "in", ("Libya",), None),
        # two countries that the sentence speaks of
        ("Turkish and Syrian soldiers fired across their common border.", "border", ("Turkish", "Syrian"), None),
        # a road between two towns, a name of either unknown
        ("Farmers blocked the road between Qarzumabad and Herat.", "between", ("Qarzumabad", "Herat"), None),
        # names that the sentence needs
        ("Gunmen raided Tolvishte, 40 km north of Beni.", "in", ("Tolvishte",), None),
        ("A drone hit a barn at Qelbe Tura in the Oromia region.", "at", ("Qelbe Tura",), None),
        ("A jet was shot down over Tolvishte on Sunday.", "in", ("Tolvishte",), None),
        ("Five died in a push towards Tolvishte, the army said.", "near", ("Tolvishte",), None),
        # buildings
        ("A car bomb went off outside the Almandine hotel on Friday.", "near", ("Almandine hotel",), None),
        ("Students rallied outside the Russian embassy in Prague.", "near", ("Russian embassy",), None),
        ("Fire broke out in Warehouse 7.", "in", ("Warehouse 7",), None),
        # the head of an item
        ("Losses of the day:\n1/ Sumy - a drone hit a bus.\n2/ Poltava - two people were hurt.", "in", ("Sumy",), None),
    ],
)  # fmt: skip
def test_a_statement_of_where_is_found(
    text: str, kind: str, anchors: tuple[str, ...], bearing: float | None
) -> None:
    assert _has(text, kind, anchors, bearing)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A letter from the bishop was sent to Lagos.", "Lagos"),
        ("The minister wrote to Paris.", "Paris"),
        ("Critics attacked Washington for its silence.", "Washington"),
        ("Sanctions on Cyprus were lifted.", "Cyprus"),
        ("He published a book on Lake Como.", "Lake Como"),
        ("Somalia beat Kenya by two goals.", "Kenya"),
        ("Police took Smith away.", "Smith"),
        ("The Almandine hotel said that it was closed.", "Almandine hotel"),
        ("JORDAN: We will not sign.\nJORDAN: Never.", "JORDAN"),
        ("BEIRUT: Prices of bread rose again.", "BEIRUT"),
    ],
)
def test_no_statement_is_made_of_it(text: str, name: str) -> None:
    look = Look(reading_of(text))
    assert not [
        look.told(r) for r in look.record.relations if any(look.is_anchor(name, a) for a in r.anchors)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Russian border guards fired on a boat.",
        "The Polish border police arrested two men.",
        "A Kenyan border patrol found the boat.",
        "The Saint of the feast of Saint James was honoured.",
    ],
)
def test_no_border_and_no_direction(text: str) -> None:
    assert not {r.kind for r in reading_of(text).record.relations} & {"border", "direction"}


def test_a_village_further_on_is_not_that_far_from_itself() -> None:
    look = Look(
        reading_of(
            "Gunmen raided Gao, 90 km east of Bourem. They also killed six in Ansongo, a town 95 km further south."
        )
    )
    found = [r for r in look.record.relations if r.metres == 95_000]
    assert [look.is_anchor("Gao", r.anchors[0]) for r in found] == [True]


def test_the_city_is_not_the_place_that_it_places() -> None:
    look = Look(reading_of("Shells fell in Kharkiv. A depot burnt at Vyshneve, just south-west of the city."))
    found = [r for r in look.record.relations if r.kind == "direction"]
    assert [look.is_anchor("Kharkiv", r.anchors[0]) for r in found] == [True]


def test_the_city_may_be_port_sudan() -> None:
    look = Look(
        reading_of("Port Sudan was attacked. Sudan's army was hit. Tanks burned in the south of the city.")
    )
    assert any(r.kind == "part" and look.is_anchor("Port Sudan", r.anchors[0]) for r in look.record.relations)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The dam broke in the night from Friday to Saturday.", "2024-05-10", "2024-05-11"),
        ("They rallied overnight from Sunday to Monday.", "2024-05-12", "2024-05-13"),
        ("The boat sank during the night to Tuesday.", "2024-05-13", "2024-05-14"),
        ("It burnt on the night of Sunday to Monday.", "2024-05-12", "2024-05-13"),
    ],
)
def test_a_night_between_two_days(text: str, first: str, last: str) -> None:
    found = list(find(text, date(2024, 5, 16)))
    assert [(str(w.first), str(w.last)) for w in found] == [(first, last)]


def test_a_night_is_not_made_of_other_days() -> None:
    found = list(find("From the night to Friday's match he was ill.", date(2024, 5, 16)))
    assert [str(w.first) for w in found] == ["2024-05-10"]
    ends = list(find("They ate overnight from Sunday to Friday.", date(2024, 5, 16)))
    assert all(one.end <= other.start for one, other in pairwise(ends))
    assert not any(
        w.precision == "range" and w.part == "overnight" and str(w.first) == "2024-05-16" for w in ends
    )
