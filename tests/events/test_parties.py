"""Who did it and to whom: in the active and the passive, by pronouns and by "the militants"."""

from __future__ import annotations

import pytest

from told_events import only, told, wrong

THERE = "Militants attacked a base in Gao on Monday. "


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        ("Gunmen killed three farmers in Kano.", "Gunmen", "three farmers"),
        ("Two officers were shot dead by gunmen in Kano.", "gunmen", "Two officers"),
        ("Six men were arrested in Kano on Monday.", None, "Six men"),
        ("Police arrested six men in Kano on Monday.", "Police", "six men"),
        ("The attack on a mosque in Kano by gunmen on motorcycles killed five.", "gunmen", "a mosque"),
        ("A police raid on a farm in Kano began at dawn.", "police", "a farm"),
        ("Israeli jets bombed a depot in Damascus.", "Israeli jets", "a depot"),
        ("The commander was killed in a drone strike in Idlib.", None, "The commander"),
        ("Rebels fought the army in Homs.", "Rebels", "the army"),
        ("Government forces clashed with rebels in Homs.", "Government forces", "rebels"),
        ("The army and the rebels clashed in Homs on Monday.", "The army", "the rebels"),
        ("Soldiers burnt a school near Goma.", "Soldiers", "a school"),
        ("A missile struck a power plant in Sumy.", None, "a power plant"),
        ("An earthquake struck Nepal on Saturday.", None, None),
        (
            "The rebels, who are backed by the army, attacked a checkpoint near Homs.",
            "The rebels",
            "a checkpoint",
        ),
        ("A missile fired from Sumy struck a depot in Belgorod.", None, "a depot"),
        ("On Monday rebels attacked a post near Hama.", "rebels", "a post"),
        ("Militants beheaded two farmers near Goma.", "Militants", "two farmers"),
        ("Clashes near Gao killed 12 rebels.", None, "12 rebels"),
        ("On 3 May 2021 rebels attacked a post near Hama.", "rebels", "a post"),
        ("That evening rebels attacked a post near Hama.", "rebels", "a post"),
        ("A bus struck a roadside bomb near Gao.", None, "A bus"),
        ("A bus hit a landmine near Gao, killing nine.", None, "A bus"),
        ("The town of Rastan fell to the rebels.", "the rebels", "The town of Rastan"),
        wrong(
            "what stands in 'near' is no target",
            "Two trucks were burnt in the ambush near Gao.",
            None,
            "Two trucks",
        ),
        ("Police fired tear gas at protesters in Lagos.", "Police", "protesters"),
        ("A bomb exploded in Kirkuk on Monday at 1430 UTC.", None, None),
    ],
)
def test_who_and_to_whom(text: str, actor: str | None, target: str | None) -> None:
    event = only(text)
    assert (event.actor, event.target) == (actor, target)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (THERE + "They shot a guard near Ansongo on Tuesday.", "Militants"),
        (THERE + "The militants shot a guard near Ansongo on Tuesday.", "Militants"),
        (THERE + "The attackers shot a guard near Ansongo on Tuesday.", "Militants"),
        (
            "The navy intercepted a dhow off Oman on Monday. It detained a tanker off Fujairah on Tuesday.",
            "The navy",
        ),
        ("The army said it shelled Homs on Monday. On Tuesday it shelled Hama.", "The army"),
    ],
)
def test_a_pronoun_stands_for_who_was_named(text: str, actor: str) -> None:
    assert told(text)[-1].actor == actor
    assert len(told(text)) == 2


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Pirates chased a grey tanker off Lagos. On Monday they boarded the vessel.", "a grey tanker"),
        ("Soldiers guarded a school near Goma. Rebels burnt the building on Monday.", "a school"),
        wrong(
            "frames ask who 'they' are of the word alone",
            "Gunmen stopped a bus near Kano. They burnt the bus.",
            "a bus",
        ),
    ],
)
def test_the_vessel_and_the_bus_are_those_named_before(text: str, target: str) -> None:
    assert [event.target for event in told(text)][-1:] == [target]


def test_it_is_not_who_says_so_when_it_is_hit() -> None:
    (event,) = told("The army said rebels had shelled it near Homs.")
    assert event.actor == "rebels"
    assert event.target != "rebels"


@pytest.mark.parametrize("pronoun", ["They", "It", "He", "She", "Them"])
def test_a_pronoun_for_nobody_named_is_no_actor(pronoun: str) -> None:
    events = told(f"{pronoun} attacked a base in Gao on Monday.")
    assert [event.actor for event in events] == [None] * len(events)
    assert events


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Drones hit 60 sites in Sumy on Monday.", 60),
        ("Gunmen kidnapped two engineers in Kano.", 2),
        ("Militants attacked the convoy near Gao. Two of the vehicles were hit.", 2),
        ("Gunmen attacked a market in Kano.", None),
        ("A missile hit the tanker off Hodeidah on Sunday. The strike killed one sailor.", None),
        (
            "Drone strike kills four in Sumy\n\nA drone struck a bakery in Sumy on Tuesday, killing four people.",
            None,
        ),
    ],
)
def test_how_many_of_the_target(text: str, count: int | None) -> None:
    event = only(text)
    assert (event.target_count.best if event.target_count else None) == count


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded in Kirkuk. Eleven died and 40 were injured.",
        "A bomb exploded in Kirkuk, killing dozens.",
    ],
)
def test_a_bare_number_is_no_target(text: str) -> None:
    assert only(text).target is None
