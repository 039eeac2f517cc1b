"""With what it was done, how many of it, and what was destroyed or damaged."""

from __future__ import annotations

import pytest

from told_events import only, told, wrong


@pytest.mark.parametrize(
    ("text", "weapon", "count"),
    [
        ("Rebels fired three rockets at a base near Gao.", "three rockets", 3),
        ("The army fired 40 shells at Homs.", "40 shells", 40),
        ("Two missiles struck a power plant in Sumy.", "Two missiles", 2),
        ("A car bomb exploded in Kirkuk.", "A car bomb", None),
        ("Gunmen armed with machetes attacked a village near Goma.", "machetes", None),
        ("The army shelled Homs with artillery.", "artillery", None),
        ("Militants threw a grenade into a bar in Bujumbura.", "a grenade", None),
        ("The commander was killed in a drone strike in Idlib.", "drone", None),
        ("Shells landed in Sumy.", "Shells", None),
        ("Rebels attacked a post near Homs.", None, None),
        ("An earthquake struck Nepal.", None, None),
        ("BAGHDAD, May 5 - A bomb exploded in Kirkuk.", "bomb", None),
        ("A bus struck a roadside bomb near Gao.", "a roadside bomb", None),
        wrong(
            "tear gas is taken for the target of 'fired'",
            "Police fired tear gas at protesters in Lagos.",
            "tear gas",
            None,
        ),
    ],
)
def test_with_what(text: str, weapon: str | None, count: int | None) -> None:
    event = only(text)
    assert (event.weapon, event.weapon_count) == (weapon, count)


@pytest.mark.parametrize(
    ("text", "losses"),
    [
        (
            "The strike destroyed two tanks and damaged a bridge in Sumy.",
            ["two tanks destroyed", "a bridge damaged"],
        ),
        (
            "Shells damaged a school, a clinic and a water tower in Homs.",
            ["a school damaged", "a clinic damaged", "a water tower damaged"],
        ),
        ("Rebels ambushed a convoy near Gao. Two trucks were burnt.", ["Two trucks burnt"]),
        ("Rebels shot down a helicopter near Gao.", ["a helicopter shot down"]),
        ("The frigate sank off Cebu after a missile hit it.", ["The frigate sunk"]),
        ("The earthquake destroyed 200 houses in Nepal.", ["200 houses destroyed"]),
        ("Fire destroyed a warehouse in Lagos on Monday.", ["a warehouse destroyed"]),
        ("Gunmen attacked a village near Goma.", []),
        ("Nothing was destroyed in the strike on Sumy.", []),
        ("The strike did not damage the bridge in Sumy.", []),
        ("The strike could have destroyed the bridge in Sumy.", []),
        ("An air strike near Gao wounded two soldiers.", []),
        ("Two trucks were burnt in the ambush near Gao.", ["Two trucks burnt"]),
        wrong(
            "losses of a verb above the noun that tells the event ('in the ambush') are lost (losses.losses_of)",
            "Rebels ambushed a convoy near Gao. In the ambush two trucks were destroyed.",
            ["two trucks destroyed"],
        ),
        ("The army said it lost two tanks in the battle in Homs.", ["two tanks lost"]),
    ],
)
def test_what_was_lost(text: str, losses: list[str]) -> None:
    assert only(text).losses == losses


def test_a_loss_that_is_told_twice_is_one() -> None:
    event = only(
        "A missile destroyed a bridge in Sumy\n\nA missile destroyed a bridge in Sumy on Monday, the mayor said."
    )
    assert event.losses == ["a bridge destroyed"]


def test_each_event_has_its_own_losses() -> None:
    first, second = told(
        "A missile destroyed a bridge in Sumy on Monday. Shells damaged a school in Kharkiv on Tuesday."
    )
    assert (first.losses, second.losses) == (["a bridge destroyed"], ["a school damaged"])
