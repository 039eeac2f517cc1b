"""The settings at the desk: which there are, what each is called, and what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from standoff.errors import SettingError
from standoff.model import ReadingRecord
from standoff.settings import COVERAGES, Settings
from standoff.units import parse_length, to_metres, unit_of

UNITS = {"mi": "mile", "nm": "nautical_mile", "km": "kilometre"}
"""Units of a radius as they are typed, and the name that a measure has for each."""
_NAMED = re.compile(r"(?:setting )?(\w+): (.*)", re.DOTALL)

Kind = Literal["radius", "choice", "yes or no", "length", "text", "share"]


class Parameter(NamedTuple):
    """A setting as the workbench shows it."""

    name: str
    label: str
    kind: Kind
    group: str


PARAMETERS = (
    Parameter("zone_radius", "Zone radius", "radius", "Zones and shapes"),
    Parameter("coverage", "Coverage", "choice", "Zones and shapes"),
    Parameter("combine", "Combine", "choice", "Zones and shapes"),
    Parameter("edge_share", "Edge of a zone", "share", "Zones and shapes"),
    Parameter("keep_to_zone", "Keep to the zone", "yes or no", "Constraints"),
    Parameter("keep_to_country", "Keep to the country", "yes or no", "Constraints"),
    Parameter("keep_to_sea", "Keep to the sea", "yes or no", "Constraints"),
    Parameter("near", "Near a place", "length", "Reach of vague words"),
    Parameter("near_border", "Near a border", "length", "Reach of vague words"),
    Parameter("corridor", "Along, between", "length", "Reach of vague words"),
    Parameter("pipeline", "Pipeline", "choice", "Read with"),
    Parameter("home", "Publisher at home", "text", "Read with"),
    Parameter("event_types", "Types of events", "text", "Read with"),
)
"""What may be set at the desk; the other settings stay as the reading was made with them."""


def about(name: str) -> str:
    """Return what a setting is, with what holds without it.

    Examples
    --------
    >>> about("corridor")
    "half-width of 'along the road', 'between X and Y' (default: 5 km)"
    """
    field = Settings.model_fields[name]
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    unset = extra.get("unset", "as the report says") if field.default is None else field.default
    default = {True: "yes", False: "no"}.get(unset, unset) if isinstance(unset, bool) else unset
    return f"{field.description} (default: {default})"


def choices(name: str) -> list[tuple[str, Any]]:
    """Return what a setting may be, in words and as it is set.

    Examples
    --------
    >>> choices("coverage")
    [('50 %', 0.5), ('90 %', 0.9), ('95 %', 0.95)]
    """
    if name == "coverage":
        return [(f"{share:.0%}".replace("%", " %"), share) for share in COVERAGES]
    if name == "combine":
        return [("cut to the tightest", "cut"), ("probability surface", "surface")]
    import spacy

    installed = sorted({*spacy.util.get_installed_models(), Settings.of().pipeline})
    return [(pipeline, pipeline) for pipeline in installed]


def problem_with(name: str, value: object) -> str | None:
    """Return what is wrong with a value, without the name of the setting; None if nothing is.

    Examples
    --------
    >>> problem_with("zone_radius", "34 mi"), problem_with("zone_radius", "0 km")
    (None, "'0 km' is not between 1 m and 19,900 km")
    """
    try:
        Settings.of(**{name: value})
    except SettingError as error:
        return blame(error)[1]
    return None


def blame(error: SettingError) -> tuple[str | None, str]:
    """Return which setting an error is about, and what it says of it; None where it names none.

    Examples
    --------
    >>> blame(SettingError("setting home: there is no such place"))
    ('home', 'there is no such place')
    """
    match = _NAMED.fullmatch(str(error))
    if match and match[1] in {*Settings.model_fields, "overrides"}:
        return match[1], match[2]
    return None, str(error)


def radius_of(setting: str | None, record: ReadingRecord | None) -> tuple[float, str]:
    """Return the number and the unit that the control for the radius begins with.

    That is what is set; else the radius of the first zone, in the unit that the report has it in; else 20 km.
    """
    if setting is not None:
        named = unit_of(setting.strip().lstrip("0123456789.,"))
        unit = next((short for short, name in UNITS.items() if name == named), "km")
        return round(parse_length(setting) / to_metres(1, UNITS[unit]), 6), unit
    zone = next((zone for zone in record.zones if zone.radius_m), None) if record else None
    if record is None or zone is None or zone.radius_m is None:
        return 20.0, "km"
    measure = next((measure for measure in record.measures if measure.id == zone.measure), None)
    unit = next((short for short, name in UNITS.items() if measure and measure.unit == name), "km")
    return round(zone.radius_m / to_metres(1, UNITS[unit]), 3), unit


def changed(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """Return settings with other values.

    Raises
    ------
    SettingError
        If one cannot be.
    """
    return Settings.of(**(settings.model_dump() | dict(values)))
