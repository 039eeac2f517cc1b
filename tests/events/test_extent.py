"""How long an event lasted, of which series it is, and how many of its target there were."""

from __future__ import annotations

import pytest

from told_events import only, plain, wrong

HOUR = 3600.0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("The army shelled Homs for six hours on Monday.", 6 * HOUR),
        ("For two hours the army shelled Homs.", 2 * HOUR),
        ("The battle in Homs lasted six hours.", 6 * HOUR),
        ("The army shelled Homs on Monday. The shelling went on for three hours.", 3 * HOUR),
        ("Rebels besieged Homs for three weeks.", 21 * 24 * HOUR),
        ("The army shelled Homs on Monday.", None),
        wrong(
            "'a third day' is read as a third of a day (numbers)",
            "Warplanes have pounded Homs for a third day.",
            None,
        ),
        ("The army shelled Homs on Monday. The road was closed for three hours.", None),
        ("The army, which had rested for two days, shelled Homs.", None),
        ("The army shelled Homs two hours after rebels had left.", None),
    ],
)
def test_how_long_it_lasted(text: str, seconds: float | None) -> None:
    assert only(text).duration_s == seconds


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("It was the second such attack in Homs since March.", "second such attack in Homs since March"),
        wrong(
            "'in a week' is hung on the verb by the parser (extent.words_of_series)",
            "The third air strike in a week hit a school in Raqqa.",
            "third air strike in a week",
        ),
        ("An air strike hit a school in Raqqa.", None),
        ("The first secretary was killed in an air strike near Raqqa.", None),
        wrong(
            "'the deadliest' and the noun stand apart (extent.words_of_series)",
            "The attack was the deadliest in Homs in a decade.",
            "deadliest in Homs in a decade",
        ),
        wrong(
            "the series of 'the first of the three strikes' (extent.words_of_series)",
            "The first of the three strikes hit a school in Homs.",
            "first of the three strikes",
        ),
        wrong(
            "'this week' is no part of the series ('third air strike on the town this week')",
            "It was the third air strike on the town this week.",
            "third air strike on the town this week",
        ),
    ],
)
def test_of_which_series_it_is(text: str, series: str | None) -> None:
    assert only(text).series == series


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Drones hit 60 sites in Sumy.", (60, 60, 60)),
        ("Drones hit at least 60 sites in Sumy.", (60, 60, None)),
        ("Police arrested six men in Kano.", (6, 6, 6)),
        ("Police arrested dozens of men in Kano.", (24, None, 99)),
        ("Police arrested a man in Kano.", None),
        ("An earthquake hit 60 villages in Nepal.", None),
    ],
)
def test_how_many_of_the_target(text: str, count: tuple[int, int | None, int | None] | None) -> None:
    assert plain(only(text).target_count) == count
