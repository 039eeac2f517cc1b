"""What a timeline looks like: colours and marks by family of event, outlines by claim."""

from __future__ import annotations

import csv
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import Any

import matplotlib as mpl

from standoff.model import Claim
from standoff.resources import data_path

INK, MUTED, RULE = "#1d2430", "#565f6b", "#dfe3e8"


@dataclass(frozen=True)
class Group:
    """Families of events that share a colour and a mark of Matplotlib."""

    label: str
    colour: str
    mark: str
    families: frozenset[str] = frozenset()


# The set of Okabe and Ito, which people with any colour vision tell apart; the marks differ as well.
GROUPS = (
    Group("Strikes, explosions", "#d55e00", "o", frozenset({"strike", "bombing", "explosion"})),
    Group("Fighting", "#0072b2", "s", frozenset({"attack", "clash"})),
    Group(
        "Ships and aircraft", "#56b4e9", "D", frozenset({"boarding", "sinking", "shootdown", "interception"})
    ),
    Group("Taken or held", "#cc79a7", "^", frozenset({"seizure", "kidnapping", "arrest"})),
    Group("Movements, zones", "#009e73", ">", frozenset({"movement", "evacuation", "zone"})),
    Group("Words, protests", "#e69f00", "v", frozenset({"warning", "agreement", "protest"})),
    Group(
        "Hazards, accidents", "#1b1b1b", "p",
        frozenset({"earthquake", "eruption", "flood", "storm", "landslide", "fire", "accident", "outbreak"}),
    ),
)  # fmt: skip
OTHER = Group("Other", "#7b838d", "h")

# Dashes of the outline, as lengths on and off; what is only claimed, planned or denied is hollow.
DASHES: dict[Claim, Any] = {
    "asserted": "solid",
    "planned": (0, (4, 2)),
    "denied": (0, (1, 1.4)),
    "hypothetical": (0, (4, 1.5, 1, 1.5)),
    "disputed": (0, (6, 1.5, 2, 1.5)),
}


def plain(**more: Any) -> AbstractContextManager[None]:
    """Draw as Matplotlib does by itself, for a while: a person's own style is for their own figures.

    Where figures are shown stays as it is: ``rc_context`` does not put that back.
    """
    style: Any = {
        name: value for name, value in mpl.rcParamsDefault.items() if not name.startswith("backend")
    }
    return mpl.rc_context(style | more)


@cache
def _families() -> dict[str, str]:
    with data_path("event_types.csv").open(encoding="utf-8", newline="") as file:
        return {row["type"]: row["family"] for row in csv.DictReader(file)}


def group_of(event_type: str) -> Group:
    """Return what events of a type look like.

    Examples
    --------
    >>> group_of("air strike").label, group_of("picnic").label
    ('Strikes, explosions', 'Other')
    """
    family = _families().get(event_type, "")
    return next((group for group in GROUPS if family in group.families), OTHER)
