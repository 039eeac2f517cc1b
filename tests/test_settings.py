"""Settings: what they may be, and the one line that says so."""

from __future__ import annotations

import math
from typing import Any

import pytest

from standoff.errors import SettingError
from standoff.geodesy import MAX_RADIUS_M
from standoff.ground.shapes import MAX_CORRIDOR_M, MAX_STRIP_M
from standoff.settings import MOST_CHARS, MOST_M, Settings

LENGTHS = sorted(MOST_M)
HUGE = "9" * 5000


def refusal(**values: Any) -> str:
    with pytest.raises(SettingError) as error:
        Settings.of(**values)
    message = str(error.value)
    assert "\n" not in message
    assert len(message) < 300
    return message


@pytest.mark.parametrize("name", LENGTHS)
@pytest.mark.parametrize(
    "value", ["0 km", "0.1 m", "-3 km", "20000 km", f"{HUGE} km", "nan km", "inf km", "5", "", "1,500 km", 5, math.nan]
)  # fmt: skip
def test_a_length_that_cannot_be_drawn_is_refused(name: str, value: Any) -> None:
    assert name in refusal(**{name: value})


@pytest.mark.parametrize("name", LENGTHS)
def test_what_is_within_the_limits_is_taken(name: str) -> None:
    assert Settings.of(**{name: "1 m"}).metres(name) == 1
    assert Settings.of(**{name: "999.9 km"}).metres(name) == pytest.approx(999_900)
    assert Settings.of(**{name: "1,5 km"}).metres(name) == 1500


def test_the_limits_are_those_of_the_shapes() -> None:
    assert MOST_M["zone_radius"] == MAX_RADIUS_M
    assert MOST_M["near_border"] <= MAX_STRIP_M
    assert MOST_M["corridor"] <= MAX_CORRIDOR_M
    assert MOST_M["near"] < MAX_RADIUS_M


@pytest.mark.parametrize("name", ["coverage", "edge_share", "max_chars"])
@pytest.mark.parametrize("value", [-1, 0, math.nan, math.inf, -math.inf, 10**400, HUGE, "lots", "", [], b"x"])
def test_a_number_out_of_range_is_refused(name: str, value: Any) -> None:
    assert name in refusal(**{name: value})


def test_the_longest_report_is_bounded() -> None:
    assert Settings.of(max_chars=MOST_CHARS).max_chars == MOST_CHARS
    refusal(max_chars=MOST_CHARS + 1)


def test_a_value_is_said_once() -> None:
    assert refusal(zone_radius="34 parsecs").count("parsecs") == 1
