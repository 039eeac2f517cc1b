"""What each kind of thing on the map looks like and what it means, once.

Colours were searched for so that people with any colour vision tell them apart (tests/maps/test_styles.py
has the least difference): they differ in lightness, not in hue alone. Outline, fill and glyph differ as
well. Over a dark background the same hues are light.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from standoff.model import Footprint, ReadingRecord


@dataclass(frozen=True)
class Style:
    """How one kind is drawn. Widths are pixels, opacities shares."""

    kind: str
    label: str
    meaning: str
    colour: str
    night: str  # the colour over a dark background
    weight: float = 0
    fill: float = 0
    tint: str = ""  # colour of the fill, where not the outline's
    glyph: str = ""  # a point symbol: disc, target, diamond, dashed, dot

    def as_json(self) -> dict[str, Any]:
        """Return the fields under their own names."""
        return asdict(self)


_DRAWN_AS_STATED = "drawn as the report states it"
_SHARE = "{share} of such statements fall inside"
_NOT_FITTED = "as stated or assumed; no share is known"
_IN_ZONE = "where in the zone the report puts it"
_SOMEWHERE = "somewhere inside"
_STANDS_FOR = "stands for an area; not the spot itself"
_ONLY_NAMED = "named in the report; nothing is located there"

# In the order of the legend.
STYLES: dict[str, Style] = {
    style.kind: style
    for style in (
        Style("zone", "Zone", _DRAWN_AS_STATED, "#033d6c", "#95c5fc", 2.5, 0.06),
        Style("ring", "Ring: distance without direction", _SHARE, "#8c1302", "#fe6628", 1, 0.34, "#e45a04"),
        Style("sector", "Sector: distance and direction", _SHARE, "#6b029a", "#ca80b4", 1.5, 0.3, "#b2679f"),
        Style("inside", "Part of a zone", _IN_ZONE, "#5116f1", "#a983fc", 1.2, 0.2, "#925efe"),
        Style("disc", "Disc: at or near a place", _SHARE, "#956500", "#fee123", 1.5, 0.22, "#decf07"),
        Style("corridor", "Corridor: along or between", _SHARE, "#347889", "#78f7f4", 1.5, 0.3, "#0ce3f6"),
        Style("region", "Region", _SOMEWHERE, "#516c3f", "#caf5ad", 1.5, 0.16, "#9bde71"),
        Style("surface", "Likely area", _SHARE, "#720539", "#ed8481", 1, 0.25),
        Style("anchor", "Anchor", "what a distance is measured from", "#1b1b1b", "#f4f4f4", glyph="diamond"),
        Style("exact", "Exact point", "the report gives this position", "#b00020", "#ff7d7d", glyph="target"),
        Style("representative", "Representative point", _STANDS_FOR, "#b00020", "#ff7d7d", glyph="dashed"),
        Style(
            "taken", "Place taken", "the likeliest that the name means", "#0062a8", "#6cb8f0", glyph="target"
        ),
        Style("candidate", "Other candidate", "the name may mean it, too", "#636b76", "#9aa3ad", glyph="dot"),
        Style("named", "Place named", _ONLY_NAMED, "#5b6470", "#b9c1ca", glyph="dot"),
    )
}

# What a claim other than "asserted" does to a shape: a dash pattern, and how much of the fill is left.
CLAIMS: dict[str, dict[str, Any]] = {
    "planned": {"label": "Planned", "dash": "9 6", "fill": 0.5},
    "denied": {"label": "Denied", "dash": "2 6", "fill": 0},
    "hypothetical": {"label": "Hypothetical", "dash": "9 4 2 4", "fill": 0.4},
    "disputed": {"label": "Disputed", "dash": "14 5 4 5", "fill": 0.5},
}

# Highlights in the text: background and underline by kind of mention.
MENTIONS: dict[str, str] = {
    "place": "Place",
    "measure": "Measure",
    "zone": "Zone",
    "relation": "Statement of where",
    "event": "Event",
}


def kind_of(footprint: Footprint, record: ReadingRecord | None = None) -> str:
    """Return the key of ``STYLES`` that a footprint is drawn with.

    A zone's own footprint is a zone. Without the record, a footprint that is drawn as
    stated and that a zone made is taken for one.
    """
    if record is None:
        is_zone = bool(footprint.zones) and footprint.coverage is None
    else:
        is_zone = any(zone.footprint == footprint.id for zone in record.zones)
    if is_zone:
        return "zone"
    if footprint.shape in ("disc", "ring") and footprint.zones and footprint.coverage is None:
        return "inside"  # "just inside the zone": no distance from a place, and no fitted share
    return footprint.lat_lon_is if footprint.shape == "point" else footprint.shape


def share(coverage: float | None) -> str | None:
    """Return a coverage in words for people.

    Examples
    --------
    >>> share(0.9)
    '90 %'
    """
    return None if coverage is None else f"{coverage * 100:g} %"


def meaning(kind: str, coverage: float | None) -> str:
    """Return what a kind means, with the coverage filled in.

    Examples
    --------
    >>> meaning("ring", 0.9)
    '90 % of such statements fall inside'
    >>> meaning("ring", None)
    'as stated or assumed; no share is known'
    """
    if "{share}" not in STYLES[kind].meaning:
        return STYLES[kind].meaning
    return _NOT_FITTED if coverage is None else STYLES[kind].meaning.format(share=share(coverage))
