"""How many dead and wounded a report tells, as low, best and high, and according to whom."""

from __future__ import annotations

import pytest

from standoff.events import toll_words
from told_events import Range, only, plain, told, wrong

BOMB = "A bomb exploded in Kirkuk. "
GERUND = "'shelling', 'fighting' at the head of a sentence is tagged as a verb and tells nothing (triggers.trigger_of)"


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A bomb exploded in Kirkuk, killing a soldier.", (1, 1, 1)),
        ("A bomb exploded in Kirkuk, killing two porters and three clerks.", (5, 5, 5)),
        ("A bomb exploded in Kirkuk, killing a dozen people.", (12, 12, 12)),
        ("A bomb exploded in Kirkuk, killing dozens of people.", (24, None, 99)),
        ("A bomb exploded in Kirkuk, killing dozens.", (24, None, 99)),
        ("A bomb exploded in Kirkuk, killing hundreds.", (200, None, 999)),
        ("A bomb exploded in Kirkuk, killing at least 12 people.", (12, 12, None)),
        ("A bomb exploded in Kirkuk, killing more than 30.", (30, 30, None)),
        ("A bomb exploded in Kirkuk, killing up to 15 people.", (0, 15, 15)),
        ("A bomb exploded in Kirkuk, killing between 20 and 30 people.", (20, None, 30)),
        ("A bomb exploded in Kirkuk, killing 10 to 15 people.", (10, None, 15)),
        ("A bomb exploded in Kirkuk, killing 1,250 people.", (1250, 1250, 1250)),
        ("A bomb exploded in Kirkuk, killing six people, among them two children.", (6, 6, 6)),
        (BOMB + "Six people, including two children, were killed.", (6, 6, 6)),
        (BOMB + "Six people were killed. Two of them were children.", (6, 6, 6)),
        (BOMB + "Eleven died and 40 were injured.", (11, 11, 11)),
        (BOMB + "Five bodies were pulled from the rubble.", (5, 5, 5)),
        ("The blast in Homs claimed nine lives.", (9, 9, 9)),
        ("The blast in Homs claimed the lives of four nurses.", (4, 4, 4)),
        ("An estimated 200 people were killed in the shelling of Homs.", (200, 200, 200)),
        ("The crash near Goma killed all 12 people on board.", (12, 12, 12)),
        ("Three people died, including the pilot, when a helicopter crashed near Goma.", (3, 3, 3)),
        ("An air strike in Raqqa killed a mother and her two sons.", (3, 3, 3)),
        ("A ferry capsized off Cebu, leaving 14 people missing and two dead.", (2, 2, 2)),
        ("12 dead in mosque attack in Kano", (12, 12, 12)),
        ("Gunmen shot dead a teacher in Kano.", (1, 1, 1)),
        ("The commander was killed by the army in Idlib.", (1, 1, 1)),
        ("An air strike in Raqqa killed a family of seven.", (7, 7, 7)),
        ("Shelling by the army killed two people in Homs.", (2, 2, 2)),
        ("Fighting in Homs left five dead.", (5, 5, 5)),
        ("Three farmers were killed in Kano.", (3, 3, 3)),
    ],
)
def test_how_many_were_killed(text: str, killed: Range) -> None:
    assert plain(only(text).killed) == killed


@pytest.mark.parametrize(
    ("text", "wounded"),
    [
        ("A bomb exploded in Kirkuk, killing three people and wounding 17 others.", (17, 17, 17)),
        ("A bomb exploded in Kirkuk, wounding scores.", (40, None, 99)),
        (BOMB + "Eleven died and 40 were injured.", (40, 40, 40)),
        (BOMB + "Eight people were taken to hospital.", (8, 8, 8)),
        ("At least 3 killed, 20 wounded in Kabul blast", (20, 20, 20)),
        ("Gunmen shot and wounded a teacher in Kano.", (1, 1, 1)),
        ("A knife attack in Lyon left one man critically injured.", (1, 1, 1)),
        (BOMB + "Nobody was hurt.", (0, 0, 0)),
        (BOMB + "There were no injuries.", (0, 0, 0)),
        (BOMB + "No one was hurt.", (0, 0, 0)),
        (BOMB + "No one was injured.", (0, 0, 0)),
    ],
)
def test_how_many_were_wounded(text: str, wounded: Range) -> None:
    assert plain(only(text).wounded) == wounded


@pytest.mark.parametrize(
    "text",
    [
        BOMB + "There were no casualties.",
        BOMB + "No casualties were reported.",
        "An air strike in Raqqa killed nobody.",
        BOMB + "Nobody was killed.",
        BOMB + "There were no deaths.",
        BOMB + "No one was killed.",
    ],
)
def test_no_deaths_are_none_and_not_unknown(text: str) -> None:
    assert plain(only(text).killed) == (0, 0, 0)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        BOMB + "There was no immediate word on casualties.",
        BOMB + "It was unclear whether anybody was killed.",
        BOMB + "The number of dead is not known.",
        "The crash near Goma killed everyone on board.",
        "Gunmen shot a teacher in Kano.",
        BOMB + "The blast killed the power supply.",
        BOMB + "The market opened 12 years ago.",
        BOMB + "A day earlier it would have killed 30 people.",
    ],
)
def test_what_is_not_told_is_not_counted(text: str) -> None:
    assert [event.killed for event in told(text)] == [None] * len(told(text))
    assert told(text)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            "A bomb exploded in Kirkuk on Monday and killed 14 people. The death toll rose to 21 on Tuesday.",
            (21, 21, 21),
        ),
        ("A bomb exploded in Kirkuk on Monday. The toll rose to 21, up from 14.", (21, 21, 21)),
        (
            "A bomb exploded in Kirkuk, killing three people. Another two people were killed by falling glass.",
            (5, 5, 5),
        ),
        ("A bomb exploded in Kirkuk, killing six people. Two more died later in hospital.", (8, 8, 8)),
        (
            "Bomb kills five in Kirkuk\n\nA bomb exploded in Kirkuk on Monday, killing five people, police said.",
            (5, 5, 5),
        ),
        (
            "A bomb exploded in Kirkuk on Monday, killing five people. The five killed were porters.",
            (5, 5, 5),
        ),
    ],
)
def test_later_and_repeated_tolls_are_not_added_up(text: str, killed: Range) -> None:
    assert plain(only(text).killed) == killed


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (BOMB + "Police said nine people were killed. The hospital put the death toll at 13.", (9, None, 13)),
        (BOMB + "Police said nine people were killed, but the hospital counted 13 dead.", (9, None, 13)),
        (
            "The army said it killed 45 fighters in an air strike near Gao. Residents said the dead were eleven herders.",
            (11, None, 45),
        ),
    ],
)
def test_two_sources_that_differ_are_both_kept(text: str, killed: Range) -> None:
    assert plain(only(text).killed) == killed


def test_who_gives_each_number_is_named() -> None:
    event = only(BOMB + "Police said nine people were killed. The hospital put the death toll at 13.")
    assert event.casualty_claimant == "Police; The hospital"


@pytest.mark.xfail(
    strict=True, reason="'died later in hospital' is read as two wounded (toll_words._TREATED)"
)
def test_who_died_in_hospital_is_not_wounded() -> None:
    event = only("A bomb exploded in Kirkuk, killing six people. Two more died later in hospital.")
    assert event.wounded is None


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            "An air strike in Raqqa killed three people on Monday. A second air strike there on Tuesday killed four.",
            [(3, 3, 3), (4, 4, 4)],
        ),
        (
            "The army shelled Homs, killing five. On 12 April, 30 people had died in a bombing in Hama.",
            [(5, 5, 5), (30, 30, 30)],
        ),
        (
            "A bomb exploded in Kirkuk on Monday, killing five. The attack came a week after a bombing in Mosul killed 30.",
            [(5, 5, 5), (30, 30, 30)],
        ),
        wrong(
            "the object of a relative clause ('a raid that killed 50') is lost",
            "An air strike in Raqqa killed 30 people. It was the deadliest since a raid that killed 50 last month.",
            [(30, 30, 30), (50, 50, 50)],
        ),
    ],
)
def test_every_event_has_its_own_dead(text: str, killed: list[Range]) -> None:
    assert [plain(event.killed) for event in told(text)] == killed


@pytest.mark.parametrize("number", ["9" * 400, "5.5", "−5", "5,000,001", "½"])
def test_a_number_that_counts_no_people_is_no_toll(number: str) -> None:
    assert toll_words.read(number, "") is None


def test_half_a_person_is_no_toll() -> None:
    assert only("A bomb exploded in Kirkuk, killing 5.5 people.").killed is None


@pytest.mark.parametrize(
    ("lead", "count"),
    [
        ("at least ", (7, 7, None)),
        ("up to ", (0, None, 7)),
        ("fewer than ", (0, None, 7)),
        ("", (7, 7, 7)),
        ("on ", (7, 7, 7)),
    ],
)
def test_the_words_before_a_number_bound_it(lead: str, count: Range) -> None:
    assert plain(toll_words.read("seven", lead)) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is 12 years since three were killed.", []),
        ("Ten dead, 4 hurt.", [("killed", 10), ("wounded", 4)]),
        ("The death toll reached 80.", [("killed", 80)]),
        ("There was no doubt that the road was open.", []),
        ("It caused no injuries.", [("wounded", 0)]),
    ],
)
def test_tolls_by_words_alone(text: str, found: list[tuple[str, int]]) -> None:
    assert [(t.what, t.count.best) for t in toll_words.told_in(text) if not t.weak] == found
